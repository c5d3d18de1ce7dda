"""Walks through the sitemaps of a site: the one that is named, those that it names, and those that these name.

A large site has hundreds of them, and nearly all are archive. What holds something new is asked for at every poll,
conditionally; of the others a few at a time, those first that were never read or not for the longest. Where there is
more than a poll can ask for, all have their turn over the polls.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from db.store.hosts import FAILING
from db.work import Failure, PartState
from scraper.errors import BlockedAddress, FetchError, HostRests, RobotsDenied, ScrapeError
from scraper.feeds.sitemap import MAX_ENTRIES
from scraper.ledger import is_failure
from scraper.page import NotModified, Page, Validators
from scraper.urls import host_key, web_address

if TYPE_CHECKING:
    from db.work import DueSource
    from scraper.feeds.entry import Feed, FeedEntry, SitemapPart

Fetch = Callable[[str, Validators, str], Awaitable[Page | NotModified]]
Read = Callable[[Page], Awaitable["Feed"]]

MAX_DEPTH = 2
# Requests of one poll, and how long it may take: a poll that takes five minutes counts as dead (db.store.hosts.LEASE).
_MAX_PARTS = 20
# After so many in a row that held something new, it is the turn of one that held nothing, or was never read.
_IN_A_ROW = 3
_LONGEST = timedelta(minutes=3)
# What is remembered of parts; beyond that they are asked for unconditionally.
_MAX_KNOWN = 2_000
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a poll brought; `entries` None: nothing changed.

    Attributes:
        failure: of a part of it: what came is kept, and the source is polled again in its own time.
        in_part: other parts can be read.
        parts: of an index of sitemaps; None leaves what is known as it is.
        hub, topic: of a feed, digest: see db.work.PollResult.
    """

    entries: tuple[FeedEntry, ...] | None
    validators: Validators
    skipped: int = 0
    failure: Failure | None = None
    in_part: bool = False
    parts: tuple[PartState, ...] | None = None
    hub: str = ""
    topic: str = ""
    digest: str = ""


def unchanged(due: DueSource, answer: NotModified) -> Harvest:
    """What a poll brought that found what the one before did."""
    # Whoever says 200 may name other validators for the same bytes; a 304 need not name any.
    validators = due.validators if answer.status == 304 else answer.validators
    return Harvest(None, validators, digest=due.digest)


@dataclass(slots=True)
class _Basket:
    """What was gathered so far.

    Attributes:
        reached: a sitemap that names no others was asked for.
        well: one of those answered, and is of use.
        failed: requests in a row in which a host failed, by its name; `resting`: hosts that are left alone for now.
        lately: of those that were asked for last, by earlier polls, too: whether they hold something new.
    """

    entries: dict[str, FeedEntry] = field(default_factory=dict)
    changed: bool = False
    skipped: int = 0
    undated: int = 0
    dated: int = 0
    faults: list[Failure] = field(default_factory=list)
    known: dict[str, PartState] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    requests: int = 0
    reached: bool = False
    well: bool = False
    failed: Counter[str] = field(default_factory=Counter)
    resting: set[str] = field(default_factory=set)
    lately: deque[bool] = field(default_factory=deque)

    def add(self, url: str, feed: Feed) -> None:
        room = MAX_ENTRIES - len(self.entries)
        self.entries.update({entry.url: entry for entry in feed.entries[: max(room, 0)]})
        self.changed = True
        self.skipped += feed.skipped
        self.undated += feed.undated
        self.dated += feed.older + len(feed.entries)
        if feed.truncated:
            self.faults.append(Failure("truncated", f"{url}: the sitemap breaks off; what came is kept"))
        if len(feed.entries) > room:
            self.faults.append(Failure("too_large", f"{url}: more than {MAX_ENTRIES} new entries in all"))


class Sitemaps:
    """One walk. `delay`: the crawl-delay that robots.txt asks for, beyond the gap that the door keeps by itself."""

    def __init__(
        self,
        fetch: Fetch,
        read: Read,
        clock: Callable[[], datetime],
        delay: Callable[[], timedelta],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._fetch, self._read, self._clock, self._delay, self._sleep = fetch, read, clock, delay, sleep

    async def harvest(self, due: DueSource) -> Harvest:
        """All that is new enough.

        Raises:
            ScrapeError: the sitemap that is named cannot be had or read. What is wrong with others is in `failure`.
        """
        started = self._clock()
        # An index that did not change says nothing of its parts: it is read anew each time.
        page = await self._fetch(due.url, Validators() if due.parts else due.validators, due.digest)
        if isinstance(page, NotModified):
            return unchanged(due, page)
        feed = await self._read(page)
        lately = deque((part.fresh for part in sorted(due.parts, key=lambda part: part.read_at)), _IN_A_ROW)
        basket = _Basket(known={part.url: part for part in due.parts}, seen={due.url}, lately=lately)
        basket.add(due.url, feed)
        wanted = {part.url: (part, 1) for part in feed.parts if part.url not in basket.seen}
        left: set[str] = set()
        while wanted and basket.requests < _MAX_PARTS:
            if self._clock() + self._delay() - started > _LONGEST:
                if not basket.reached:
                    basket.faults.append(self._too_slow(due.url))
                break
            part, depth = wanted.pop(_next(wanted, basket))
            basket.seen.add(part.url)
            inner = await self._part(part.url, depth, basket)
            basket.reached = basket.reached or not inner
            basket.lately.append((state := basket.known.get(part.url)) is not None and state.fresh)
            wanted |= {part.url: (part, depth + 1) for part in inner if part.url not in basket.seen}
            left |= {url for url in wanted if _host(url) in basket.resting}
            wanted = {url: part for url, part in wanted.items() if url not in left}
        # Those whose turn it is not count as they were found last.
        basket.well = basket.well or any(basket.known[url].well for url in (*wanted, *left) if url in basket.known)
        return self._harvest(due, page, feed, basket)

    def _too_slow(self, url: str) -> Failure:
        said = f"{url}: its host wants {self._delay()} between two requests: no time to read what it names;"
        return Failure("too_slow", f"{said} make the sitemap of what is new, or a feed, the source")

    async def _part(self, url: str, depth: int, basket: _Basket) -> tuple[SitemapPart, ...]:
        """Read one sitemap into the basket; if it is an index, its parts come back."""
        basket.requests += 1
        known = basket.known.get(url)
        await self._sleep(self._delay().total_seconds())
        try:
            page = await self._fetch(url, known.validators if known else Validators(), "")
            feed = None if isinstance(page, NotModified) else await self._read(page)
        except ScrapeError as error:
            self._failed(url, error, basket)
            return ()
        basket.failed[_host(url)] = 0
        if feed is None or isinstance(page, NotModified):
            fresh, validators = known is not None and known.fresh, known.validators if known else Validators()
            basket.known[url] = PartState(url, validators, self._clock(), fresh, well=True)
            basket.well = True
            return ()
        is_index = feed.format == "sitemapindex"
        if is_index and depth >= MAX_DEPTH:
            basket.faults.append(Failure("too_deep", f"{url}: an index of sitemaps more than {MAX_DEPTH} levels down"))
            return ()
        basket.add(url, feed)
        basket.well = basket.well or not is_index
        # Half a sitemap, and an index, are read anew each time.
        validators = Validators() if is_index or feed.truncated else page.validators
        basket.known[url] = PartState(url, validators, self._clock(), bool(feed.entries or feed.parts), not is_index)
        return feed.parts

    def _failed(self, url: str, error: ScrapeError, basket: _Basket) -> None:
        host = _host(url)
        basket.faults.append(Failure(error.code, error.message))
        if isinstance(error, HostRests):  # nothing was asked
            basket.resting.add(host)
            return
        basket.known[url] = PartState(url, Validators(), self._clock(), fresh=False)
        basket.failed[host] = basket.failed[host] + 1 if _is_its_fault(error) else 0
        if basket.failed[host] >= FAILING:
            basket.resting.add(host)

    def _harvest(self, due: DueSource, page: Page, feed: Feed, basket: _Basket) -> Harvest:
        if basket.undated and not basket.dated and not basket.entries and not basket.faults:
            text = f"{due.url}: none of its {basket.undated} entries says when it was changed, or all name one moment: "
            basket.faults.append(
                Failure("undated", f"{text}nobody can tell which are new; look for a news sitemap or a feed")
            )
            basket.well = False
        failure = _summed(basket.faults)
        is_index = feed.format == "sitemapindex"
        kept = due.validators if feed.truncated else page.validators
        known = sorted(basket.known.values(), key=lambda part: (part.fresh, part.read_at), reverse=True)
        return Harvest(
            entries=tuple(basket.entries.values()),
            validators=Validators() if is_index else kept,
            skipped=basket.skipped,
            failure=failure,
            in_part=basket.well,
            parts=tuple(known[:_MAX_KNOWN]) if is_index else (),
            digest="" if is_index or feed.truncated else page.digest,
        )


def _host(url: str) -> str:
    """Of what is no web address: none."""
    return host_key(url) if web_address(url) else ""


def _is_its_fault(error: ScrapeError) -> bool:
    """Whether the host failed, and not only what was asked of it."""
    asked = isinstance(error, FetchError) and not isinstance(error, RobotsDenied | BlockedAddress)
    return asked and is_failure(error)


def _next(wanted: dict[str, tuple[SitemapPart, int]], basket: _Basket) -> str:
    """Which is asked next: what held something new, but now and then another. There may be more of it than can be asked
    for, and what was never read may hold more still.
    """
    fresh = {url for url, state in basket.known.items() if state.fresh}
    news: list[str] = []
    others: list[str] = []
    for url in wanted:
        (news if url in fresh else others).append(url)
    among = news if news and not (others and all(basket.lately)) else others
    return min(among, key=lambda url: _urgency(wanted[url][0], basket.known))


def _urgency(part: SitemapPart, known: dict[str, PartState]) -> tuple[datetime, float]:
    """Of its like: what was never read, the newest of it first; then what was not for the longest."""
    state = known.get(part.url)
    updated = part.updated_at.timestamp() if part.updated_at else 0.0
    return state.read_at if state else _NEVER, -updated


def _summed(faults: list[Failure]) -> Failure | None:
    if len(faults) <= 1:
        return faults[0] if faults else None
    return Failure(faults[0].code, f"{faults[0].message} (and {len(faults) - 1} more faults of this kind or others)")
