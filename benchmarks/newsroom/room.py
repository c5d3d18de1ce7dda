"""The store, the jobs and the clock: days of outlets and their articles, lived through one step after the other."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.newsroom.clock import ours
from benchmarks.newsroom.outlet import OUTLETS, START
from benchmarks.newsroom.story import stories
from benchmarks.newsroom.wire import PROFILES, Wire
from changes.case import Patience
from db.rows import instant_of
from db.store.articles import Bound, due_articles, known
from db.store.connection import Store
from db.store.planning import plan, to_plan
from db.store.rulings import due_rulings, record_rulings
from db.store.sources import WantedSource, configure, record_polls
from db.store.successions import due_departures, record_departures
from db.store.visits import record_visits
from db.work import PollResult
from schedules.departure import follow
from schedules.judge import judge
from schedules.planner import Budget, Planner
from schedules.robots import Gatekeeper
from schedules.visit import Visitor, VisitSettings
from scraper.feeds.entry import FeedEntry
from scraper.page import Validators
from scraper.site_profile import profile_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from benchmarks.newsroom.state import Story
    from db.work import DueArticle, DueRuling, Known, RulingResult, VisitResult
    from db.work_departures import DepartureResult, DueDeparture

_DAYS = 7
# The world goes on in steps: whatever is due within one is done at its end.
_STEP = timedelta(seconds=60)
# As the daemon does it (schedules/daemon.py).
_PLANNED_EVERY = timedelta(hours=6)
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Due:
    """What the queues hand out at a moment."""

    articles: Sequence[DueArticle]
    rulings: Sequence[DueRuling]
    departures: Sequence[DueDeparture]


class Room:
    """Outlets with so many articles each, and a Nachtrag that follows them.

    Args:
        budget: of looks at an article; None: looks come by its age.
    """

    def __init__(self, path: Path, articles: int, seed: int, budget: float | None) -> None:
        random = Random(seed)
        self.stories = [story for outlet in OUTLETS for story in stories(outlet, outlet.size * articles, random)]
        self.wire = Wire({story.url: story for story in self.stories}, random)
        self.patience = Patience()
        settings = VisitSettings(timedelta(), self.patience)
        self.planner = None if budget is None else Planner(Budget(looks=budget), {}, START)
        self.visitor = Visitor(
            Gatekeeper(self.wire, "Nachtrag/newsroom", self.clock),  # type: ignore[arg-type]
            self.wire,  # type: ignore[arg-type]
            self.clock,
            settings,
            self._known,
            self.planner,
        )
        self.store = Store(path)
        feeds = [WantedSource(outlet.name, f"https://{outlet.host}/feed", timedelta(days=30)) for outlet in OUTLETS]
        self.store.call(configure, feeds, START)

    def clock(self) -> datetime:
        """What our clock shows now."""
        return ours(self.wire.now)

    async def run(self) -> None:
        """Live through the days."""
        end, waiting = START + timedelta(days=_DAYS), sorted(self.stories, key=lambda story: story.born)
        planned = START
        while self.wire.now < end:
            self.wire.now += _STEP
            if self.wire.now - planned >= _PLANNED_EVERY:
                planned = self.wire.now
                self._plan_again()
            while waiting and waiting[0].born <= self.wire.now:
                self._publish(waiting.pop(0))
            await self._work()
            self._wake(min([end, *(story.born for story in waiting[:1])]))

    async def _work(self) -> None:
        now = self.clock()
        due = self.store.call(_due, now, self.planner.affordable(now) if self.planner else _AT_ONCE)
        visits = [await self.visitor.visit(item) for item in due.articles]
        rulings = [judge(item, self.patience, now) for item in due.rulings]
        departures = [self._follow(item) for item in due.departures]
        if visits or rulings or departures:
            self.store.call(_record, visits, rulings, departures)

    async def _known(self, due: DueArticle) -> Known:
        return self.store.read(known, due, self.clock())

    def _plan_again(self) -> None:
        """Prices moved, and with them what is worth a look."""
        if self.planner is None:
            return
        now = self.clock()
        items, _ = self.store.read(to_plan, now, START - timedelta(days=1), 0, _AT_ONCE * _AT_ONCE)
        self.store.call(plan, [(item.id, self.planner.next_look(item, now).at) for item in items], now)

    def _follow(self, due: DueDeparture) -> DepartureResult:
        profile = profile_for(due.gone.url, PROFILES)
        return follow(due, profile.retention if profile else (), self.clock(), patient=True)

    def _publish(self, story: Story) -> None:
        number, at = self.store.read(_source, story.outlet.name), self.clock()
        entry = FeedEntry(story.url, "", None, None)
        result = PollResult(number, at, (entry,), Validators(), None, at + timedelta(days=30), timedelta(), ())
        self.store.call(record_polls, [result])

    def _wake(self, at_the_latest: datetime) -> None:
        """Skip the steps in which nothing happens."""
        soonest = self.store.read(_next)
        ahead = self.clock() - self.wire.now
        wanted = min([at_the_latest, *([instant_of(soonest) - ahead] if soonest else [])])
        self.wire.now = max(self.wire.now, wanted - _STEP)

    def said(self) -> list[dict[str, Any]]:
        """Every ruling, with its window and whether it stands, and every article that was said to have been removed."""
        return [*self.store.read(_rulings), *self.store.read(_departures)]


def _due(con: sqlite3.Connection, now: datetime, affordable: int) -> Due:
    """What is due; of articles that were read no more than can be paid for."""
    articles = due_articles(con, now, _AT_ONCE, per_host=_AT_ONCE, bound=Bound(affordable))
    return Due(articles, due_rulings(con, now, _AT_ONCE), due_departures(con, now, _AT_ONCE))


def _record(
    con: sqlite3.Connection,
    visits: Sequence[VisitResult],
    rulings: Sequence[RulingResult],
    departures: Sequence[DepartureResult],
) -> None:
    record_rulings(con, rulings)
    record_visits(con, visits)
    record_departures(con, departures)


def _source(con: sqlite3.Connection, name: str) -> int:
    return int(con.execute("SELECT id FROM sources WHERE name = ?", [name]).fetchone()[0])


def _next(con: sqlite3.Connection) -> str | None:
    row = con.execute(
        """SELECT min(at) AS at FROM (SELECT min(next_visit_at) AS at FROM articles
           UNION ALL SELECT min(rule_at) FROM revisions UNION ALL SELECT min(check_at) FROM departures)"""
    ).fetchone()
    found: str | None = row["at"]
    return found


def _rulings(con: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = con.execute(
        """SELECT a.url, u.verdict, u.at, u.not_before, u.not_after, u.rule,
               u.id = (SELECT max(id) FROM rulings WHERE revision_id = r.id) AS stands
           FROM rulings u JOIN revisions r ON r.id = u.revision_id JOIN articles a ON a.id = r.article_id
           ORDER BY u.id"""
    )
    return [dict(row) for row in rows.fetchall()]


def _departures(con: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = con.execute(
        """SELECT a.url, d.verdict, e.at, d.last_read_at AS not_before, d.missing_since AS not_after,
               d.absence AS rule, 1 AS stands
           FROM departures d JOIN articles a ON a.id = d.article_id
           JOIN events e ON e.id = (SELECT max(id) FROM events WHERE article_id = a.id AND type = 'article.gone')
           ORDER BY d.id"""
    )
    return [dict(row) for row in rows.fetchall()]


def live(path: Path, articles: int, seed: int, budget: float | None) -> tuple[Room, list[dict[str, Any]]]:
    """A room that has lived through its days, and what was said in it."""
    room = Room(path, articles, seed, budget)
    try:
        asyncio.run(room.run())
        return room, room.said()
    finally:
        room.store.close()
