"""A clock that was wrong for a moment and was put right: looks go on as before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import instant_of, text_of
from db.store import deliveries
from db.store.articles import due_articles
from db.store.clock import set_back
from db.store.deliveries import Wanted
from schedules.config import load
from schedules.daemon import bring_forward, timetable
from schedules.queues import Queues
from tests.world import FEED, OLD, START, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUR = timedelta(hours=1)
CONFIG = f"""
database = "n.db"
[fetch]
user_agent = "Nachtrag/test (+https://zeitung.example)"
[[sources]]
name = "Zeitung"
feed = "{FEED}"
"""
DELIVERY = """INSERT INTO deliveries (event_id, endpoint, state, next_attempt_at)
              SELECT id, 'desk', 'pending', '2026' FROM events LIMIT 1"""
LEAPS = (timedelta(days=2), timedelta(days=10), timedelta(days=40), timedelta(days=400), timedelta(days=-20_000))


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five new articles an hour for two days; their host may not be asked."""
    path = tmp_path_factory.mktemp("leaps") / "n.db"
    made = World(path)
    made.poll(URL)
    made.look(**OLD)
    for hour in range(1, 49):
        made.now = START + hour * HOUR
        made.poll(*(f"{URL}/{hour}/{number}" for number in range(5)))
        for due in made.store.call(due_articles, made.now, 10, 10):
            made.record(due, made.seen(due, lives_at=due.url, **OLD))
        made.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = '2099'"))
    made.store.call(lambda con: con.execute("UPDATE hosts SET free_at = '2099-01-01T00:00:00.000000+00:00'"))
    made.store.close()
    return path


@pytest.fixture
def world(two_days: Path, tmp_path: Path) -> Iterator[World]:
    """These two days have passed."""
    made = World(tmp_path / "n.db", begun=two_days)
    made.now = START + 48 * HOUR + timedelta(minutes=5)
    yield made
    made.store.close()


def queues(world: World, tmp_path: Path, more: str = "") -> Queues:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + more, "utf-8")
    return Queues(load(path), world.store, lambda: world.now)


async def hourly(made: Queues) -> float:
    """What an hour brings, after the queue of articles had its turn."""
    await made.workers[1].turn()
    assert made.planner is not None
    return made.planner.purse.hourly


@pytest.mark.parametrize("leap", LEAPS)
async def test_the_budget_is_what_it_was(world: World, tmp_path: Path, leap: timedelta) -> None:
    made = queues(world, tmp_path)
    before, now = await hourly(made), world.now
    assert before > 50
    world.now = now + leap
    await hourly(made)
    world.now = now + timedelta(minutes=1)
    assert await hourly(made) == pytest.approx(before)
    assert made.planner is not None
    made.planner.purse.saved = 0
    for minute in range(2, 62):
        world.now = now + timedelta(minutes=minute)
        await hourly(made)
    assert made.planner.purse.saved == pytest.approx(before, rel=0.1)


@pytest.mark.parametrize("leap", LEAPS)
async def test_so_it_is_where_a_process_ended_meanwhile(world: World, tmp_path: Path, leap: timedelta) -> None:
    made = queues(world, tmp_path)
    before, now = await hourly(made), world.now
    world.now = now + leap
    await hourly(made)
    await made.stop(0)
    world.now = now + timedelta(minutes=1)
    again = queues(world, tmp_path)
    assert again.planner is not None
    assert again.planner.purse.hourly == pytest.approx(before)
    assert await hourly(again) == pytest.approx(before)


async def test_what_was_looked_at_while_it_was_ahead_is_looked_at_as_if_it_had_been_now(
    world: World, tmp_path: Path
) -> None:
    made = queues(world, tmp_path)
    await hourly(made)
    now, ahead = world.now, world.now + timedelta(days=10)
    world.store.call(
        lambda con: con.execute(
            "UPDATE articles SET last_visited_at = ?, next_visit_at = ?", [text_of(ahead), text_of(ahead + HOUR)]
        )
    )
    world.now = ahead
    await hourly(made)
    world.now = now
    await hourly(made)
    (row,) = world.rows("SELECT min(next_visit_at) AS at FROM articles")
    assert now < instant_of(str(row["at"])) < now + 6 * HOUR


WAITS = (
    ("sources", "next_poll_at"), ("articles", "next_visit_at"), ("deliveries", "next_attempt_at"), ("hosts", "free_at"),
    ("hosts", "asked_until"), ("hosts", "rests_until"), ("endpoints", "rests_until"),
)  # fmt: skip


@pytest.mark.parametrize("back", [HOUR, timedelta(days=1), timedelta(days=26_000)])
def test_what_waits_waits_no_longer_when_the_clock_was_set_back(hasty: World, back: timedelta) -> None:
    hasty.store.call(deliveries.configure, [Wanted("desk", "webhook", "https://a.example", "", ("*",))], START)
    hasty.store.call(lambda con: con.execute("INSERT OR IGNORE INTO hosts (host) VALUES ('zeitung.example')"))
    hasty.store.call(lambda con: con.execute(DELIVERY))
    ahead = text_of(hasty.now + back + timedelta(minutes=10))
    for table, column in WAITS:
        hasty.store.call(lambda con, sql: con.execute(sql, [ahead]), f"UPDATE {table} SET {column} = ?")
    assert hasty.store.call(set_back, hasty.now, back) >= len(WAITS)
    for table, column in WAITS:
        (left,) = hasty.rows(f"SELECT max({column}) AS at FROM {table}")
        assert instant_of(str(left["at"])) == hasty.now + timedelta(minutes=10), table


def test_what_was_due_already_stays_due(hasty: World) -> None:
    due = text_of(hasty.now - HOUR)
    hasty.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = ?", [due]))
    hasty.store.call(lambda con: con.execute("UPDATE sources SET next_poll_at = ?", [text_of(hasty.now + HOUR)]))
    hasty.store.call(set_back, hasty.now, timedelta(days=1))
    assert hasty.rows("SELECT next_visit_at AS at FROM articles") == [{"at": due}]
    assert hasty.rows("SELECT next_poll_at AS at FROM sources") == [{"at": text_of(hasty.now)}]


async def test_articles_that_cost_the_budget_nothing_bring_nothing(world: World, tmp_path: Path) -> None:
    assert await hourly(queues(world, tmp_path, 'revisit = "1h"\n')) == 0


async def test_no_job_waits_for_the_moment_that_it_had_come_to() -> None:
    async def turn() -> None:
        """Of a queue."""

    scheduler = timetable([turn], [turn])
    scheduler.start(paused=True)
    jobs, now = scheduler.get_jobs(), datetime.now(UTC)
    bring_forward(scheduler, now)
    assert all(job.next_run_time - now > timedelta() for job in jobs)  # there is nothing to bring forward
    for job in jobs:
        job.modify(next_run_time=job.next_run_time + timedelta(days=40))
    bring_forward(scheduler, now)
    assert [job.next_run_time for job in scheduler.get_jobs()] == [now] * 2
    scheduler.shutdown(wait=False)


async def test_no_job_makes_up_for_what_it_missed_when_the_clock_leapt_ahead() -> None:
    async def turn() -> None:
        """Of a queue."""

    scheduler, now = timetable([turn], [turn]), datetime.now(UTC)
    scheduler.start(paused=True)
    for job in scheduler.get_jobs():
        due = job.trigger.get_next_fire_time(datetime(1970, 1, 1, 1, tzinfo=UTC), now)
        assert now < due <= now + job.trigger.interval
    scheduler.shutdown(wait=False)
