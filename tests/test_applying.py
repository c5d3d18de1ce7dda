"""What the configuration says of looks holds for those that are planned already, not only for those to come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.store.chores import is_due, note_done
from db.store.hosts import robots_elsewhere
from db.store.manners import asked_pauses, failing_rests, put_off, spread_late
from db.store.planning import found_lately, keep_planned, planned_of
from db.work import History, Outcome, Sighting
from schedules.applying import apply, end_odd_waits
from schedules.config import load
from schedules.daemon import take_over
from schedules.planner import Budget, Planner
from schedules.waits import after_trouble, by_age
from tests.world import OLD, START, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Four articles of "Zeitung": one of them is due at once, one fails, one is watched slowly."""
    made = World(tmp_path / "n.db")
    told(made, tmp_path)
    for number in range(1, 5):
        made.poll(f"https://zeitung.example/{number}")
        made.look(**OLD)
    moments = {1: START + 20 * DAY, 2: START - HOUR, 3: START + 90 * DAY, 4: START + 30 * DAY}
    made.store.call(
        lambda con: con.executemany(
            "UPDATE articles SET next_visit_at = ?, failures = id = 4 WHERE id = ?",
            [(at.isoformat(timespec="microseconds"), number) for number, at in moments.items()],
        )
    )
    yield made
    made.store.close()


def told(world: World, folder: Path, *, source: str = "", budget: str = "") -> None:
    path = folder / "config.toml"
    feed = 'name = "Zeitung"\nfeed = "https://zeitung.example/feed.xml"'
    path.write_text(f"[budget]\n{budget}\n[[sources]]\n{feed}\n{source}\n", "utf-8")
    world.store.call(apply, load(path), START)


def due(world: World) -> list[datetime]:
    rows = world.rows("SELECT next_visit_at FROM articles ORDER BY id")
    return [datetime.fromisoformat(str(row["next_visit_at"])) for row in rows]


def test_an_interval_holds_for_what_is_planned_for_later_and_comes_spread_over_it(world: World, tmp_path: Path) -> None:
    told(world, tmp_path, source='revisit = "2h"')
    assert due(world) == [START + HOUR, START - HOUR, START + 2 * HOUR, START + 30 * DAY]
    world.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = ?", [(START + DAY).isoformat()]))
    told(world, tmp_path, source='revisit = "2h"')  # nothing new
    assert due(world) == [START + DAY] * 4


EVENING = START + 6 * HOUR
BEFORE = "10:00-18:00"


@pytest.mark.parametrize("whose", ["source", "host"])
@pytest.mark.parametrize("after", ["", "10:00-11:00", "10:00-17:00"])
def test_what_was_put_off_to_the_end_of_quiet_hours_is_due_where_others_are_quiet_now(
    world: World, tmp_path: Path, whose: str, after: str
) -> None:
    def be_quiet(hours: str) -> None:
        said = f'quiet = "{hours}"' if hours else ""
        host = f'[[hosts]]\nname = "zeitung.example"\ngap = "3s"\n{said}'
        told(world, tmp_path, source=said if whose == "source" else host)

    be_quiet(BEFORE)
    # One of them is gone, one fails; one is planned for that time anyhow.
    world.store.call(lambda con: con.execute("UPDATE articles SET state = 'gone' WHERE id = 1"))
    world.store.call(put_off, "articles", {1: EVENING, 2: EVENING, 4: EVENING})
    planned = EVENING + timedelta(minutes=7)
    world.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = ? WHERE id = 3", [text_of(planned)]))
    be_quiet(BEFORE)
    assert all(EVENING <= at <= EVENING + HOUR for at in due(world))
    be_quiet(after)
    assert due(world) == [START, START, planned, START]


def test_times_hold_for_what_is_planned_for_later(world: World, tmp_path: Path) -> None:
    told(world, tmp_path, source='cron = "30 14 * * *"')
    at = START.replace(hour=14, minute=30)
    assert due(world) == [at, START - HOUR, at, START + 30 * DAY]


@pytest.mark.parametrize(
    ("source", "budget", "again"),
    [
        ("", "", False),
        ("", 'prefer = "all"', True),
        ("", "fetches_per_article = 5", True),
        ('revisit = "2h"', "", True),
        ('quiet = "02:00-12:00"', "", False),
    ],
)
def test_all_looks_are_planned_anew_where_what_they_are_planned_by_is_new(
    world: World, tmp_path: Path, source: str, budget: str, again: bool
) -> None:
    world.store.call(note_done, "planned", START)
    told(world, tmp_path, source=source, budget=budget)
    assert world.store.read(is_due, "planned", 6 * HOUR, START + HOUR) == again


DAYS = {
    # By number: how many days ago it was found, in how many it is looked at next, and whether that was meant.
    1: (31, 59, True),  # the second of the looks long after
    2: (91, 274, True),
    3: (800, 295, True),
    4: (3, 27, True),  # no look of the close watch is worth its price
    5: (3, 40, False),
    6: (-200, 200.2, False),  # found by a clock that was ahead
    7: (40, 367, False),
}


def test_a_look_long_after_is_not_taken_for_one_that_a_wrong_clock_put_off(tmp_path: Path) -> None:
    world, path = World(tmp_path / "n.db"), tmp_path / "config.toml"
    path.write_text('[budget]\nwatch = "20d"\n[[sources]]\nname = "Z"\nfeed = "https://z.example/f"\n', "utf-8")
    for number, (age, ahead, _) in DAYS.items():
        world.poll(f"https://zeitung.example/{number}")
        found, due_at = (text_of(START + days * DAY) for days in (-age, ahead))
        moments = [found, due_at, f"https://zeitung.example/{number}"]
        world.store.call(
            lambda con, moments=moments: con.execute(
                "UPDATE articles SET first_seen_at = ?, next_visit_at = ? WHERE url = ?", moments
            )
        )
    world.store.call(end_odd_waits, load(path), START)
    for at, (number, (_, ahead, meant)) in zip(due(world), DAYS.items(), strict=True):
        assert at == (START + ahead * DAY if meant else START), number
    world.store.close()


def test_what_a_clock_that_was_ahead_found_grows_old_from_when_it_was_put_right(tmp_path: Path) -> None:
    world, path = World(tmp_path / "n.db"), tmp_path / "config.toml"
    path.write_text('[budget]\npanel = 1.0\n[[sources]]\nname = "Z"\nfeed = "https://z.example/f"\n', "utf-8")
    budget = Budget(panel=1.0)
    right, world.now = world.now, world.now + 700 * DAY
    world.poll(URL)
    planner = Planner(budget, {}, world.now)
    world.look(**OLD)
    (row,) = world.rows("SELECT first_seen_at FROM articles")

    def next_look(now: datetime) -> timedelta:
        found = world.store.read(
            lambda con: planned_of(con, con.execute("SELECT * FROM articles").fetchone(), 1, "Z", now)
        )
        seen = planner.after(replace(found, last_visited_at=found.born_at), Sighting(Outcome.SAME, status=200), now)
        world.store.call(keep_planned, [seen])  # as a look does
        return planner.next_look(replace(seen, panel=(True, 1.0)), now).at - now

    world.store.call(end_odd_waits, load(path), right)
    assert due(world) == [right]
    early = right - 20_000 * DAY
    world.store.call(end_odd_waits, load(path), early)  # on a machine that begins in 1970
    assert next_look(right) == HOUR / 4
    assert next_look(right + 5 * HOUR) == 3 * HOUR
    world.store.call(end_odd_waits, load(path), right + 10 * DAY)
    assert next_look(right + 10 * DAY) == DAY
    assert world.rows("SELECT first_seen_at FROM articles") == [row], "what was written down stays"
    world.store.close()


@pytest.mark.parametrize("outcome", [Outcome.SAME, Outcome.GONE])
def test_what_is_still_to_come_is_no_reason_to_look_at_once(outcome: Outcome) -> None:
    ahead = START + 700 * DAY
    history = History(ahead, START, ahead, 0, 1, ahead, "", START)
    at = by_age(history, outcome, START) if outcome == Outcome.SAME else after_trouble(history, outcome, START)
    assert at is not None
    assert at >= START + 2 * HOUR


async def test_what_a_start_asks_does_not_grow_with_what_was_ever_found(tmp_path: Path) -> None:
    """With three million articles it took a minute and a half to know which hosts only others lead to."""
    world, path = World(tmp_path / "n.db"), tmp_path / "config.toml"
    path.write_text('[[sources]]\nname = "Z"\nfeed = "https://z.example/f"\n', "utf-8")
    config = load(path)
    said: list[str] = []
    world.store.call(lambda con: con.set_trace_callback(said.append))
    world.store.call(apply, config, START)
    await take_over(world.store, config, START, alone=True)
    for question in (asked_pauses, failing_rests, spread_late):
        world.store.call(question, START)
    world.store.call(robots_elsewhere, 10)
    world.store.call(found_lately, START, START)
    world.store.call(lambda con: con.set_trace_callback(None))
    asked = {sql for sql in said if sql.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))}
    assert len(asked) > 20
    steps = {str(row["detail"]): sql for sql in asked for row in world.rows(f"EXPLAIN QUERY PLAN {sql}")}
    many = re.compile(r"SCAN (a|articles|r|revisions|events)\b(?!.* articles_leased)")  # few are in somebody's hand
    whole = {step: sql for step, sql in steps.items() if many.match(step)}
    assert not whole
    world.store.close()
