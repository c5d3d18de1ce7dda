"""Quiet hours, what is late after a time off, and waits that a clock which was ahead left: a real store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.store import hosts
from db.store.articles import due_articles
from db.store.clock import Longest, put_right
from db.store.leases import give_back
from db.store.manners import keep_manners, spread_late
from db.store.sources import WantedSource, configure, due_sources, list_entries
from schedules.manners import Manners
from schedules.times import QuietHours, quiet
from scraper.feeds.entry import FeedEntry
from scraper.http import Door, FetchSettings
from scraper.ledger import Taken
from tests.world import new_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.connection import Store
    from db.work import DueArticle, DueSource

NIGHT = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two outlets: Zeitung with 310 articles, Bote with one."""
    with new_store(tmp_path / "n.db") as made:
        names = ("zeitung", "bote")
        wanted = [WantedSource(name, f"https://{name}.example/feed", timedelta(minutes=5)) for name in names]
        made.call(configure, wanted, NIGHT)
        for source, (name, count) in enumerate((("zeitung", 310), ("bote", 1)), 1):
            entries = [FeedEntry(f"https://{name}.example/{n}", "", None, None) for n in range(count)]
            made.call(list_entries, source, entries, NIGHT)
        yield made


class Night:
    """The queues' side of it, at a time that is set by hand."""

    def __init__(self, store: Store, hours: QuietHours) -> None:
        self.store, self.now = store, NIGHT
        self.manners = Manners(store, Door(FetchSettings("x"), lambda: self.now), lambda: self.now, hours)

    async def articles(self, limit: int = 32, per_host: int = 310) -> list[DueArticle]:
        handed = self.store.call(due_articles, self.now, limit, per_host)
        return list(await self.manners.awake("articles", handed))

    async def sources(self) -> list[DueSource]:
        return list(await self.manners.awake("sources", self.store.call(due_sources, self.now, 8, 310)))

    def moments(self, table: str, column: str, host: str) -> list[datetime]:
        rows = self.store.read(
            lambda con: con.execute(f"SELECT {column} FROM {table} WHERE host = ? ORDER BY 1", [host]).fetchall()
        )
        return [datetime.fromisoformat(row[0]) for row in rows]


@pytest.mark.parametrize("whose", ["host", "source"])
async def test_nobody_is_asked_in_quiet_hours_and_not_all_at_once_after_them(store: Store, whose: str) -> None:
    hours = quiet("22:00-06:00")
    named = QuietHours({"zeitung.example": hours}, {}) if whose == "host" else QuietHours({}, {"zeitung": hours})
    night = Night(store, named)
    assert [item.host for item in await night.articles(500)] == ["bote.example"]
    assert [item.name for item in await night.sources()] == ["bote"]
    night.now = MORNING - timedelta(seconds=1)
    assert [item.host for item in await night.articles()] == ["bote.example"]
    moments = night.moments("articles", "next_visit_at", "zeitung.example")
    assert moments[0] >= MORNING
    assert moments[-1] < MORNING + timedelta(hours=1)
    # In no minute of that hour are there many more than a sixtieth of the 310.
    assert max(sum(at <= other < at + timedelta(minutes=1) for other in moments) for at in moments) <= 8
    (poll,) = night.moments("sources", "next_poll_at", "zeitung.example")
    assert MORNING <= poll < MORNING + timedelta(minutes=5)
    night.now = MORNING + timedelta(hours=1)
    assert sum(item.host == "zeitung.example" for item in await night.articles(500)) == 310


async def test_who_may_be_asked_for_a_quarter_of_an_hour_a_day_is_asked_in_the_end(store: Store) -> None:
    night, looked = Night(store, QuietHours({"zeitung.example": quiet("06:15-06:00")}, {})), set[int]()
    for _ in range(12):
        night.now += timedelta(days=1)
        await night.articles(500)  # puts off to the morning what was due in these hours
        awake = {item.id for item in await night.articles(500)}
        morning = night.now.replace(hour=6, minute=14) + timedelta(days=1)
        night.now, evening = morning, night.now
        looked |= awake | {item.id for item in await night.articles(500)}
        night.store.call(give_back, "articles", sorted(looked))
        night.now = evening
    assert len(looked) == 311


async def test_after_a_time_off_what_is_late_comes_by_and_by_the_newest_first(store: Store) -> None:
    week = NIGHT + timedelta(days=7)
    store.call(lambda con: con.execute("UPDATE articles SET first_seen_at = ? WHERE id = 17", [text_of(week)]))
    night = Night(store, QuietHours({}, {}))
    night.now = week
    await night.manners.catch_up()
    moments = night.moments("articles", "next_visit_at", "zeitung.example")
    assert week <= moments[0] < moments[-1] < week + timedelta(hours=1)
    apart = [later - earlier for earlier, later in pairwise(moments)]
    assert max(apart) - min(apart) < timedelta(seconds=1)
    first = store.read(
        lambda con: con.execute("SELECT id FROM articles WHERE id < 300 ORDER BY next_visit_at").fetchone()[0]
    )
    assert first == 17
    # Whoever goes on looking is late only where the pace of hosts makes it so: that is left as it is.
    night.now += timedelta(minutes=9)
    before = night.moments("articles", "next_visit_at", "zeitung.example")
    await night.manners.catch_up()
    assert night.moments("articles", "next_visit_at", "zeitung.example") == before


def test_a_few_late_looks_are_taken_at_once(store: Store) -> None:
    store.call(lambda con: con.execute("DELETE FROM listings WHERE article_id > 300"))
    store.call(lambda con: con.execute("DELETE FROM articles WHERE id > 300"))
    assert store.call(spread_late, NIGHT + timedelta(days=7)) == 0


def test_how_late_looks_are_by_host(store: Store) -> None:
    store.call(hosts.pause, "zeitung.example", NIGHT + timedelta(days=1))
    store.call(
        lambda con: con.execute("UPDATE articles SET next_visit_at = ? WHERE id <= 2", [text_of(MORNING)])
    )  # two of them are due seven hours later
    waits = store.read(hosts.waits_of_looks, MORNING)
    assert waits["bote.example"] / timedelta(hours=1) == pytest.approx(7)
    assert waits["zeitung.example"] / timedelta(hours=1) == pytest.approx(7 * 308 / 310, rel=1e-4)
    assert "zeitung.example" not in store.read(hosts.waits_of_looks, NIGHT - timedelta(hours=1))


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (None, None),  # nobody asked for so much
        (NIGHT + timedelta(days=2), NIGHT + timedelta(days=2)),
        (NIGHT + timedelta(days=3), NIGHT + timedelta(days=3)),
        (NIGHT - timedelta(days=2), None),
        (NIGHT + timedelta(days=50), None),  # nor for that
    ],
)
def test_pauses_of_a_clock_that_was_ahead_end_but_not_what_was_asked_for(
    store: Store, asked: datetime | None, left: datetime | None
) -> None:
    name = "zeitung.example"
    if asked:
        store.call(keep_manners, Taken(NIGHT, {}, {name: asked}, {}))
    store.call(hosts.pause, name, NIGHT + timedelta(days=3))
    store.call(put_right, NIGHT, Longest(timedelta(days=30)))
    free_at = store.read(lambda con: con.execute("SELECT free_at FROM hosts WHERE host = ?", [name]).fetchone()[0])
    assert free_at == (text_of(left) if left else None)
