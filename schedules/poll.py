"""The job of the sources' queue: poll a feed, conditionally. Writes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.work import DueSource, Failure, PollResult
from schedules.policy import bug, next_poll
from schedules.robots import Gate
from scraper.errors import HttpStatus, ScrapeError
from scraper.page import NotModified, Page, header

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from schedules.readers import Readers
    from scraper.http import Door

_ACCEPT = "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, */*;q=0.5"
# The longest feeds of real sites have some megabytes; what is longer swallows the tracker.
_MAX_BYTES = 8 * 1024 * 1024


class Poller:
    """Polls feeds with the tools it is given."""

    def __init__(
        self, door: Door, readers: Readers, clock: Callable[[], datetime], *, agent: str, gap: timedelta
    ) -> None:
        self._door, self._readers, self._clock = door, readers, clock
        self._agent, self._gap = agent, gap

    async def poll(self, due: DueSource) -> PollResult:
        """Fetch and parse the feed. What went wrong is in the result: nothing expected is raised."""
        gate = Gate(self._door, self._agent, self._clock, due.host, due.robots)
        try:
            page = await self._door.get(
                due.url, validators=due.validators, accept=_ACCEPT, check=gate.check, statuses=frozenset(),
                max_bytes=_MAX_BYTES,
            )  # fmt: skip
            feed = None
            if not isinstance(page, NotModified):
                feed = await self._readers.feed(page, header(page.headers, "content-type"))
        except ScrapeError as error:
            asked = (error.wait if isinstance(error, HttpStatus) else None) or timedelta()
            return self._failed(due, Failure(error.code, error.message), max(asked, gate.asked), gate)
        now = self._clock()
        whole = feed is None or not feed.truncated
        return PollResult(
            source_id=due.id,
            at=now,
            entries=feed.entries if feed else None,
            # Those of half a feed would have the server say that nothing changed, and the other half never come.
            validators=page.validators if isinstance(page, Page) and whole else due.validators,
            failure=None if whole else Failure("truncated", f"{due.url}: the feed breaks off; what came is kept"),
            next_poll_at=next_poll(due.every, 0, now),
            host_pause=max(self._gap, gate.delay()),
            robots=gate.fetched,
            skipped=feed.skipped if feed else 0,
        )

    def failed(self, due: DueSource, error: Exception) -> PollResult:
        """What to record of a poll that died of a bug, or brought what cannot be kept: a failure like any other."""
        return self._failed(due, bug(error), timedelta(), None)

    def _failed(self, due: DueSource, failure: Failure, asked: timedelta, gate: Gate | None) -> PollResult:
        now = self._clock()
        return PollResult(
            source_id=due.id,
            at=now,
            entries=None,
            validators=due.validators,
            failure=failure,
            next_poll_at=max(next_poll(due.every, due.failures_in_a_row, now), now + asked),
            host_pause=max(self._gap, gate.delay() if gate else timedelta(), asked),
            robots=gate.fetched if gate else (),
        )
