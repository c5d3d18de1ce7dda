"""The job of the articles' queue: look at an article once more. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from db.work import DueArticle, Failure, Outcome, Sighting, VisitResult
from schedules.robots import Gate
from schedules.sighting import Look, absence, missing, sighting, unread
from schedules.waits import after_trouble, bug, by_age, confirming_visit, settling_visit
from scraper.errors import HttpStatus, ReadError, ScrapeError
from scraper.page import Page
from scraper.read.fallback import may_fall_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from changes.case import Patience
    from db.work_planning import Planned
    from schedules.planner import Planner
    from schedules.readers import Readers
    from schedules.times import Fixed
    from scraper.article import Article
    from scraper.http import Door
    from scraper.page import NotModified, Validators


# Looks that a ruling can count; others are repeated as if none were open.
_SHOWS_VERSION = (Outcome.NEW, Outcome.SAME, Outcome.CHANGED, Outcome.RETURNED)


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """What the configuration says about looking.

    Attributes:
        agent: our User-Agent, for robots.txt.
        gap: least pause between two requests to one host.
        revisit: by source name, the fixed times of its articles; others follow schedules/waits.py, or the planner.
        with_comments: sources that want what readers wrote kept, too.
    """

    agent: str
    gap: timedelta
    patience: Patience
    revisit: Mapping[str, Fixed] = field(default_factory=dict)
    with_comments: frozenset[str] = frozenset()


class Visitor:
    """Looks at articles with the tools it is given."""

    def __init__(
        self,
        door: Door,
        readers: Readers,
        clock: Callable[[], datetime],
        settings: VisitSettings,
        planner: Planner | None = None,
    ) -> None:
        self._door, self._readers, self._clock, self._settings = door, readers, clock, settings
        self._planner = planner

    async def visit(self, due: DueArticle) -> VisitResult:
        """Fetch, read, compare and rule. What went wrong is in the result: nothing expected is raised."""
        gate = Gate(self._door, self._settings.agent, self._clock, due.host, due.robots)
        asked = timedelta()
        try:
            seen = await self._look(due, gate)
        except ReadError as error:
            seen = Sighting(Outcome.UNREADABLE, failure=Failure(error.code, error.message), status=200)
        except ScrapeError as error:
            asked = (error.wait if isinstance(error, HttpStatus) else None) or timedelta()
            status = error.status if isinstance(error, HttpStatus) else 0
            seen = Sighting(Outcome.FAILED, failure=Failure(error.code, error.message), status=status)
        now = self._clock()
        planned = self._learned(due, seen, now)
        return VisitResult(
            article_id=due.id,
            at=now,
            seen=seen,
            next_visit_at=max(self._next(due, seen, planned, now), now + max(asked, gate.asked)),
            host_pause=max(self._settings.gap, gate.delay(), asked),
            robots=gate.fetched,
            against=_standing(due),
            planned=planned,
        )

    def failed(self, due: DueArticle, error: Exception) -> VisitResult:
        """What to record of a look that died of a bug, or brought what cannot be kept: a failure like any other."""
        now = self._clock()
        seen = Sighting(Outcome.FAILED, failure=bug(error))
        again = self._next(due, seen, due.planned if self._planner else None, now)
        return VisitResult(due.id, now, seen, again, self._settings.gap, (), _standing(due))

    async def _look(self, due: DueArticle, gate: Gate) -> Sighting:
        patience = self._settings.patience
        uncached = due.wants_uncached or due.state == "suspect"
        answer = await self._door.get(
            due.fetch_url, validators=self._validators(due), uncached=uncached, check=gate.check
        )
        look = Look(due, answer, None, patience, uncached)
        how = absence(answer, due.fetch_url)
        if how is not None:
            return missing(look, _why_missing(answer, due.fetch_url), how)
        try:
            seen = await self._read(look)
        except ReadError as error:
            return await self._as_kept(due, unread(look, error))
        return await self._as_kept(due, seen)

    async def _read(self, look: Look) -> Sighting:
        """What the answer means, with what readers wrote."""
        if not isinstance(look.answer, Page):
            return sighting(look)
        article = await self._readers.article(look.answer, last_resort=may_fall_back(look.due.read_by))
        _refuse_less(article, look.due)
        seen = await self._readers.sighting(replace(look, article=article))
        return replace(seen, comments=article.comments)

    async def _as_kept(self, due: DueArticle, seen: Sighting) -> Sighting:
        """The same with what may be kept of the page, and of what readers wrote."""
        if due.source in self._settings.with_comments:
            return seen
        seen = replace(seen, comments=())
        if seen.page is None:
            return seen
        try:
            return replace(seen, kept_body=await self._readers.without_comments(seen.page))
        except ReadError:
            if seen.article is not None:
                raise
            return replace(seen, page=None)

    def _validators(self, due: DueArticle) -> Validators | None:
        """A 304 is relative to how we read: ask unconditionally when the reader changed, or the article was missing."""
        if due.latest is None or due.state != "live":
            return None
        alike = self._readers.reads_alike(due.fetch_url, due.latest.article.read_with)
        return due.validators if alike else None

    def _learned(self, due: DueArticle, seen: Sighting, now: datetime) -> Planned | None:
        if self._planner is None:
            return None
        return self._planner.after(due.planned, seen, now, paid=due.source not in self._settings.revisit)

    def _next(self, due: DueArticle, seen: Sighting, planned: Planned | None, now: datetime) -> datetime:
        patience = self._settings.patience
        allowance = max(due.allowance, patience.cache_allowance)
        if seen.outcome == Outcome.SUSPECT:
            return confirming_visit(now, patience, allowance)
        fixed, trouble = self._settings.revisit.get(due.source), after_trouble(due.history, seen.outcome, now)
        if fixed is not None:
            failed = trouble is not None and seen.outcome in (Outcome.FAILED, Outcome.UNREADABLE)
            wanted = min(trouble, fixed.after(now)) if failed and trouble else fixed.after(now)
        else:
            wanted = trouble or self._of_nothing_wrong(due, seen, planned, now)
        is_open = seen.ruling.again_at is not None if seen.ruling else due.wants_settling
        is_open = is_open and seen.outcome in _SHOWS_VERSION
        return min(wanted, settling_visit(now, patience, allowance, due.practice)) if is_open else wanted

    def _of_nothing_wrong(self, due: DueArticle, seen: Sighting, planned: Planned | None, now: datetime) -> datetime:
        if self._planner is None or planned is None:
            return by_age(due.history, seen.outcome, now)
        return self._planner.next_look(planned, now).at


def _standing(due: DueArticle) -> int | None:
    return due.latest.revision_id if due.latest else None


def _refuse_less(article: Article, due: DueArticle) -> None:
    """Row 2 of docs/rulings.md: a text that was cut is never compared, nor is a teaser where we had the whole text."""
    teaser = article.warning and due.latest is not None and not due.latest.article.warning
    if article.warning == "truncated" or teaser:
        raise ReadError(article.warning, f"{due.fetch_url}: only a part of the text came ({article.warning})")


def _why_missing(answer: Page | NotModified, asked: str) -> str:
    if isinstance(answer, Page) and answer.status >= 400:
        return f"{asked}: the server says {answer.status}"
    return f"{asked}: redirects to the front page {answer.url}"
