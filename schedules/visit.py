"""The job of the articles' queue: look at an article once more. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from db.store.damage import Damaged
from db.work import DueArticle, Failure, Outcome, Sighting, VisitResult
from schedules.looking import not_there
from schedules.proving import contradicts, has_validators, is_in_full, proof, without_304s
from schedules.sighting import Look, unchanged, unread
from schedules.times import Every
from schedules.waits import after_trouble, bug, by_age, confirming_visit, settling_visit, waits_of
from scraper.errors import HostRests, HttpStatus, ReadError, ScrapeError
from scraper.page import Page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from changes.case import Patience
    from changes.change import Practice
    from db.work import Known
    from db.work_planning import Planned
    from schedules.planner import Planner
    from schedules.proving import Proof
    from schedules.readers import Readers
    from schedules.robots import Gate, Gatekeeper
    from schedules.times import Fixed


_FAILED = (Outcome.FAILED, Outcome.UNREADABLE)
# Looks that a ruling can count; others are repeated as if none were open.
_SHOWS_VERSION = (Outcome.NEW, Outcome.SAME, Outcome.CHANGED, Outcome.RETURNED)


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """What the configuration says about looking.

    Attributes:
        gap: least pause between two requests to one host.
        revisit: by source name, the fixed times of its articles; others follow schedules/waits.py, or the planner.
        with_comments: sources that want what readers wrote kept, too.
    """

    gap: timedelta
    patience: Patience
    revisit: Mapping[str, Fixed] = field(default_factory=dict)
    with_comments: frozenset[str] = frozenset()


class Visitor:
    """Looks at articles with the tools it is given.

    Attributes:
        asking: the numbers of those articles whose sites have not answered yet.

    Args:
        known: what an article that was handed out is compared with; asked for when a look brings another page.
    """

    def __init__(
        self,
        keeper: Gatekeeper,
        readers: Readers,
        clock: Callable[[], datetime],
        settings: VisitSettings,
        known: Callable[[DueArticle], Awaitable[Known]],
        planner: Planner | None = None,
    ) -> None:
        self._keeper, self._door, self._readers, self._clock = keeper, keeper.door, readers, clock
        self._settings = settings
        self._known, self._planner = known, planner
        self.asking: set[int] = set()

    async def visit(self, due: DueArticle) -> VisitResult:
        """Fetch, read, compare and rule. What went wrong is in the result: nothing expected is raised."""
        gate = self._keeper.gate(due.host, due.robots)
        practice, asked, later = None, timedelta(), timedelta()
        try:
            seen, practice = await self._look(due, gate)
        except Damaged as error:
            seen = Sighting(Outcome.FAILED, failure=error.failure)
        except ScrapeError as error:
            asked, later = waits_of(error, due.host)
            status = error.status if isinstance(error, HttpStatus) else 0
            outcome = Outcome.PUT_OFF if isinstance(error, HostRests) else Outcome.FAILED
            seen = Sighting(outcome, failure=Failure(error.code, error.message), status=status)
        now = self._clock()
        planned = self._learned(due, seen, now)
        return VisitResult(
            article_id=due.id,
            at=now,
            seen=seen,
            next_visit_at=max(self._next(due, seen, planned, practice, now), now + max(asked, gate.asked, later)),
            host_pause=max(self._settings.gap, gate.delay(), asked),
            robots=gate.fetched,
            against=due.revision_id,
            planned=planned,
        )

    def failed(self, due: DueArticle, error: Exception) -> VisitResult:
        """What to record of a look that died of a bug, or brought what cannot be kept: a failure like any other."""
        now = self._clock()
        seen = Sighting(Outcome.FAILED, failure=bug(error))
        again = self._next(due, seen, due.planned if self._planner else None, None, now)
        return VisitResult(due.id, now, seen, again, self._settings.gap, (), due.revision_id)

    async def _look(self, due: DueArticle, gate: Gate) -> tuple[Sighting, Practice | None]:
        """What was seen, and what is known of the outlet, where that matters."""
        # What is unchanged is so relative to how we read: ask for all where the reader changed, or the article was
        # missing.
        alike = due.state == "live" and due.revision_id is not None
        alike = alike and self._readers.reads_alike(due.fetch_url, due.read_with)
        uncached = due.wants_uncached or due.state == "suspect"
        ask = partial(
            self._door.get, due.fetch_url, known=due.digest if alike else "", uncached=uncached, check=gate.check
        )
        self.asking.add(due.id)
        try:
            asked = due.validators if alike and not is_in_full(due, self._clock()) else None
            answer = await ask(validators=asked)
            if asked and not isinstance(answer, Page) and contradicts(answer, asked):
                asked, answer = None, await ask()
        finally:
            self.asking.discard(due.id)
        if not isinstance(answer, Page):
            practice = (await self._known(due)).practice if due.wants_settling else None
            return unchanged(answer, uncached=uncached), practice
        # A look that a ruling waits for is to be a reading.
        said: Proof = proof(due, answer) if alike and not due.wants_settling and not uncached else ""
        if said == "proven":
            return unchanged(answer, uncached=False, read_at=due.history.last_read_at), None
        known = await self._known(due)
        look = Look(due, known, answer, self._settings.patience, uncached, said)
        seen = await self._read(look)
        if seen.edit is not None and alike and has_validators(due):
            seen = replace(seen, told=True) if asked else await self._put_to_the_test(look, seen, gate)
        return seen, known.practice

    async def _put_to_the_test(self, look: Look, seen: Sighting, gate: Gate) -> Sighting:
        """The page was asked for in full, and is edited: what does the server say to whom knows the old one? If it says
        304, nobody knows how long it did, and the edit may have been made whenever the old one had been read."""
        self.asking.add(look.due.id)
        try:
            answer = await self._door.get(
                look.due.fetch_url, validators=look.due.validators, uncached=look.uncached, check=gate.check
            )
        except ScrapeError:
            return seen
        finally:
            self.asking.discard(look.due.id)
        if isinstance(answer, Page):
            return replace(seen, told=True)
        return replace(await self._read(replace(look, known=without_304s(look.known))), told=False)

    async def _read(self, look: Look) -> Sighting:
        """What a page means, with what readers wrote."""
        gone = not_there(look)
        if gone is not None:
            return gone
        try:
            return await self._readers.look(look, with_comments=look.due.source in self._settings.with_comments)
        except ReadError as error:
            return unread(look, error)

    def _learned(self, due: DueArticle, seen: Sighting, now: datetime) -> Planned | None:
        if self._planner is None or seen.outcome == Outcome.PUT_OFF:
            return None
        return self._planner.after(due.planned, seen, now, paid=due.source not in self._settings.revisit)

    def _next(
        self, due: DueArticle, seen: Sighting, planned: Planned | None, practice: Practice | None, now: datetime
    ) -> datetime:
        patience = self._settings.patience
        allowance = max(due.allowance, patience.cache_allowance)
        if seen.outcome == Outcome.PUT_OFF:
            return now
        if seen.outcome == Outcome.SUSPECT:
            return confirming_visit(now, patience, allowance)
        fixed = self._settings.revisit.get(due.source)
        interval = fixed.span if isinstance(fixed, Every) else None
        wanted = after_trouble(due.history, seen.outcome, now, interval)
        if fixed is not None and seen.outcome not in _FAILED:
            wanted = fixed.after(now)
        elif wanted is None:
            wanted = self._of_nothing_wrong(due, seen, planned, now)
        is_open = seen.ruling.again_at is not None if seen.ruling else due.wants_settling
        if not is_open or practice is None or seen.outcome not in _SHOWS_VERSION:
            return wanted
        return min(wanted, settling_visit(now, patience, allowance, practice))

    def _of_nothing_wrong(self, due: DueArticle, seen: Sighting, planned: Planned | None, now: datetime) -> datetime:
        if self._planner is None or planned is None:
            return by_age(due.history, seen.outcome, now)
        return self._planner.next_look(planned, now).at
