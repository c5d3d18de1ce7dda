"""The job of the sources' queue: poll a source, conditionally. Writes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from db.work import DueSource, Failure, PollResult
from schedules.sitemaps import Harvest, Sitemaps, unchanged
from schedules.waits import bug, next_poll, waits_of
from scraper.errors import FeedError, HostRests, ScrapeError
from scraper.feeds.kinds import Kind, Reading
from scraper.feeds.sitemap import MAX_BYTES as MAX_SITEMAP_BYTES
from scraper.page import NotModified, Page, Validators, header, linked
from scraper.urls import join

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from schedules.readers import Readers
    from schedules.robots import Gate, Gatekeeper
    from scraper.feeds.entry import Feed

_ACCEPT: dict[Kind, str] = {
    "feed": "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, */*;q=0.5",
    "sitemap": "application/xml, text/xml, application/gzip, */*;q=0.5",
    "api": "application/json, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
}
# The longest feeds of real sites have some megabytes; what is longer swallows the tracker.
_MAX_BYTES = 8 * 1024 * 1024


class Poller:
    """Polls sources with the tools it is given."""

    def __init__(self, keeper: Gatekeeper, readers: Readers, clock: Callable[[], datetime], gap: timedelta) -> None:
        self._keeper, self._door, self._readers, self._clock, self._gap = keeper, keeper.door, readers, clock, gap

    async def poll(self, due: DueSource) -> PollResult:
        """Fetch and parse the source. What went wrong is in the result: nothing expected is raised."""
        gate = self._keeper.gate(due.host, due.robots)
        how = Reading(due.kind, self._clock() - due.newest, due.links)
        try:
            if due.kind == "list":
                found = await self._listed(due, how)
            elif due.kind == "sitemap":
                found = await self._sitemap(due, how, gate)
            else:
                found = await self._page(due, how, gate)
        except ScrapeError as error:
            asked, later = waits_of(error, due.host)
            result = self._failed(due, Failure(error.code, error.message), max(asked, gate.asked), gate)
            soonest = result.at if isinstance(error, HostRests) else result.next_poll_at
            return replace(result, next_poll_at=max(soonest, result.at + later))
        now = self._clock()
        return PollResult(
            source_id=due.id,
            at=now,
            entries=found.entries,
            validators=found.validators,
            failure=found.failure,
            in_part=found.in_part,
            next_poll_at=next_poll(due.every, 0, now),
            host_pause=timedelta() if due.kind == "list" else max(self._gap, gate.delay()),
            robots=gate.fetched,
            skipped=found.skipped,
            parts=found.parts,
            hub=found.hub,
            topic=found.topic,
            digest=found.digest,
        )

    def failed(self, due: DueSource, error: Exception) -> PollResult:
        """What to record of a poll that died of a bug, or brought what cannot be kept: a failure like any other."""
        return self._failed(due, bug(error), timedelta(), None)

    async def _page(self, due: DueSource, how: Reading, gate: Gate) -> Harvest:
        """A source of one answer: a feed, an answer of the API, an index page."""
        page = await self._fetch(due.url, how.kind, due.validators, due.digest, gate)
        if isinstance(page, NotModified):
            return unchanged(due, page)
        feed = await self._read(page, how)
        # Those of half a feed would have the server say that nothing changed, and the other half never come.
        validators, digest = (due.validators, "") if feed.truncated else (page.validators, page.digest)
        # The header comes first (WebSub §4); a feed that names no address of its own means the one that answered.
        hub = join(page.url, linked(page.headers, "hub") or feed.hub or "") if how.kind == "feed" else None
        topic = join(page.url, linked(page.headers, "self") or feed.topic or page.url)
        failure = _broken_off(due.url, feed)
        return Harvest(feed.entries, validators, feed.skipped, failure, hub=hub or "", topic=topic or "", digest=digest)

    async def _sitemap(self, due: DueSource, how: Reading, gate: Gate) -> Harvest:
        async def fetch(url: str, validators: Validators, known: str) -> Page | NotModified:
            return await self._fetch(url, "sitemap", validators, known, gate)

        async def read(page: Page) -> Feed:
            return await self._read(page, how)

        return await Sitemaps(fetch, read, self._clock, gate.delay).harvest(due)

    async def _listed(self, due: DueSource, how: Reading) -> Harvest:
        """A local file; its content is its validator."""
        body = await asyncio.to_thread(_content, Path(due.url))
        validators = Validators(etag=sha256(body).hexdigest())
        if validators == due.validators:
            return Harvest(None, validators)
        feed = await self._readers.source(how, body, "", due.url)
        failure = Failure("no_address", feed.refused) if feed.refused else None
        return Harvest(feed.entries, validators, feed.skipped, failure)

    async def _fetch(self, url: str, kind: Kind, validators: Validators, known: str, gate: Gate) -> Page | NotModified:
        return await self._door.get(
            url, validators=validators, known=known, accept=_ACCEPT[kind], check=gate.check, statuses=frozenset(),
            max_bytes=MAX_SITEMAP_BYTES if kind == "sitemap" else _MAX_BYTES,
        )  # fmt: skip

    async def _read(self, page: Page, how: Reading) -> Feed:
        return await self._readers.source(how, page.body, header(page.headers, "content-type"), page.url)

    def _failed(self, due: DueSource, failure: Failure, asked: timedelta, gate: Gate | None) -> PollResult:
        now, crawl_delay = self._clock(), gate.delay() if gate else timedelta()
        return PollResult(
            source_id=due.id,
            at=now,
            entries=None,
            validators=due.validators,
            failure=failure,
            next_poll_at=max(next_poll(due.every, due.failures_in_a_row, now), now + asked),
            host_pause=timedelta() if due.kind == "list" else max(self._gap, crawl_delay, asked),
            robots=gate.fetched if gate else (),
        )


def _broken_off(url: str, feed: Feed) -> Failure | None:
    return Failure("truncated", f"{url}: the feed breaks off; what came is kept") if feed.truncated else None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise FeedError("no_file", f"{path}: cannot be read: {error.strerror or error}") from None
    if len(body) > _MAX_BYTES:
        raise FeedError("too_large", f"{path}: more than {_MAX_BYTES} bytes")
    return body
