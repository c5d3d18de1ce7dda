"""From event to delivery: routed once, in order per article, retried, dead in the end, and nothing sent twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from changes.routing import Rules
from db.rows import text_of
from db.store import people
from db.store.deliveries import Wanted, configure, due_deliveries, record_deliveries
from db.store.events import TOLD_AFTER, operations, recorded
from db.store.routings import due_events, record_routings
from db.work_alerts import DeliveryResult, DueDelivery
from schedules.route import Wishes, route
from tests.world import START, URL, World

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00"}}
ALL = ("article.*",)
RECOVERED = {"name": "Zeitung", "failures": 5}
DESK = Wanted("desk", "webhook", "https://desk.example/", "https://desk.example/?key=old", ALL)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", Patience(timedelta(), timedelta(), 1))
    made.store.call(configure, [DESK], made.now)
    yield made
    made.store.close()


def wishes(world: World) -> dict[str, Wishes]:
    """As the table has them."""
    return {
        str(row["name"]): Wishes(Rules(tuple(json.loads(str(row["events"])))))
        for row in world.rows("SELECT name, events FROM endpoints")
    }


def routed(world: World) -> list[DueDelivery]:
    """Route what there is, and hand out the deliveries that are due."""
    while due := world.store.call(due_events, 100):  # a ruling comes after what was told before
        world.store.call(record_routings, [route(item, wishes(world), world.now) for item in due])
    return world.store.call(due_deliveries, world.now, 100)


def answers(world: World) -> None:
    """It took the last one: several may be on their way to it."""
    world.store.call(lambda con: con.execute("UPDATE endpoints SET delivered_at = added_at, failures = 0"))


def answered(
    world: World, item: DueDelivery, *, ok: bool, again: timedelta | None = None, disable: bool = False
) -> None:
    next_attempt = None if again is None else world.now + again
    error = "" if ok else "HTTP 500"
    result = DeliveryResult(item.id, world.now, ok, 200 if ok else 500, error, next_attempt, disable)
    world.store.call(record_deliveries, [result])


def edited(world: World, *texts: str) -> None:
    for text in texts:
        world.wait(minutes=30).look(**{**OLD, "text": text})


def test_an_event_becomes_one_delivery_with_the_event_s_own_id(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    (item,) = routed(world)
    (event,) = world.rows("SELECT uid FROM events")
    body = json.loads(item.body)
    assert item.event_uid == event["uid"] == body["data"]["id"]
    assert (body["type"], body["data"]["headline"], body["data"]["source"]) == (
        "article.discovered", "Eine Schlagzeile", "Zeitung",
    )  # fmt: skip
    assert routed(world) == []


def test_in_order_per_article(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    edited(world, "Sechs Tote.", "Sieben Tote.")
    (first,) = routed(world)
    assert routed(world) == []
    answered(world, first, ok=False, again=timedelta(minutes=5))
    assert routed(world) == []
    (again,) = (world.wait(minutes=6), routed(world))[1]
    assert (again.id, again.attempts) == (first.id, 1)
    answered(world, again, ok=True)
    (second,) = routed(world)
    answered(world, second, ok=False)
    assert world.rows("SELECT state FROM deliveries WHERE id = ?", second.id) == [{"state": "dead"}]
    (third,) = routed(world)
    assert json.loads(third.body)["data"]["words_added"] == 1


@pytest.mark.parametrize(("failed", "sent_on"), [(TOLD_AFTER, True), (TOLD_AFTER - 1, False)])
def test_what_failed_while_an_endpoint_was_down_goes_as_soon_as_it_takes_something(
    world: World, failed: int, sent_on: bool
) -> None:
    for number in range(failed + 1):
        world.poll(f"{URL}/{number}")
        world.look(**OLD, lives_at=f"{URL}/{number}")
        world.store.call(lambda con: con.execute("UPDATE articles SET paused = 1"))
    for _ in range(failed):
        (item,) = routed(world)
        answered(world, item, ok=False, again=timedelta(hours=20))
    (item,) = world.wait(minutes=20) and routed(world)
    answered(world, item, ok=True)
    assert routed(world) == []  # it may be refused for what it says
    assert len(world.wait(minutes=10) and routed(world)) == (failed if sent_on else 0)


def test_it_is_known_when_an_endpoint_was_last_told(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    (item,) = routed(world)
    answered(world, item, ok=False, again=timedelta(minutes=5))
    assert world.rows("SELECT delivered_at FROM endpoints") == [{"delivered_at": None}]
    (again,) = (world.wait(minutes=6), routed(world))[1]
    answered(world, again, ok=True)
    arrived = text_of(world.now)
    assert world.rows("SELECT delivered_at FROM deliveries") == [{"delivered_at": arrived}]
    edited(world, "Sechs Tote.")
    answered(world, routed(world)[0], ok=False)
    assert world.rows("SELECT delivered_at FROM endpoints") == [{"delivered_at": arrived}]
    assert world.rows("SELECT delivered_at FROM deliveries ORDER BY id")[1] == {"delivered_at": None}


def test_a_lost_lease_is_sent_again_with_the_same_id(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    (item,) = routed(world)
    (again,) = (world.wait(minutes=6), routed(world))[1]
    assert (again.id, again.event_uid, again.body) == (item.id, item.event_uid, item.body)


def test_410_disables_the_endpoint_and_another_address_enables_it(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    edited(world, "Sechs Tote.")
    (item,) = routed(world)
    answered(world, item, ok=False, disable=True)
    assert world.rows("SELECT DISTINCT state FROM deliveries") == [{"state": "dead"}]
    edited(world, "Sieben Tote.")
    assert routed(world) == []
    world.store.call(configure, [DESK], world.now)
    assert world.rows("SELECT state FROM endpoints") == [{"state": "disabled"}]
    world.store.call(configure, [replace(DESK, whole_url="https://desk.example/?key=new")], world.now)
    edited(world, "Acht Tote.")
    assert len(routed(world)) == 1


def test_an_endpoint_that_failed_at_another_address_is_told_of_anew(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    (item,) = routed(world)
    answered(world, item, ok=False, disable=True)
    moved = replace(DESK, whole_url="https://desk.example/?key=new")
    world.store.call(configure, [moved], world.now)
    assert world.rows("SELECT failures, failing_since, error FROM endpoints") == [
        {"failures": 0, "failing_since": None, "error": ""}
    ]
    edited(world, "Sechs Tote.")
    (item,) = routed(world)
    for _ in range(TOLD_AFTER + 1):
        answered(world, item, ok=False, again=timedelta(minutes=5))
        world.wait(minutes=6)
    answered(world, item, ok=True)
    told = world.rows("SELECT type FROM events WHERE type LIKE 'operations.%' ORDER BY id")
    assert [str(row["type"]).partition(".endpoint_")[2] for row in told] == ["failing", "failing", "recovered"]


def test_what_fails_on_its_way_to_an_endpoint_that_is_disabled_meanwhile_is_dead(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.store.call(operations, "source_recovered", world.now, "x", RECOVERED)
    world.store.call(configure, [replace(DESK, events=("article.*", "operations.*"))], world.now)
    answers(world)
    first, second = routed(world)
    answered(world, first, ok=False, disable=True)
    answered(world, second, ok=False, again=timedelta(minutes=5))
    assert world.rows("SELECT DISTINCT state, next_attempt_at FROM deliveries") == [
        {"state": "dead", "next_attempt_at": None}
    ]
    assert world.store.call(people.status)["deliveries_pending"] == 0


def test_an_endpoint_gets_what_it_wants_and_operations_only_if_it_says_so(world: World) -> None:
    world.store.call(
        configure,
        [
            replace(DESK, events=("article.changed",)),
            Wanted("ops", "slack", "https://o.example", "https://o.example/SECRET", ("operations.*",)),
        ],
        world.now,
    )
    world.poll(URL)
    world.look(**OLD)
    edited(world, "Sechs Tote.")
    world.store.call(operations, "source_recovered", world.now, "https://zeitung.example/feed.xml", RECOVERED)
    assert sorted((item.endpoint, json.loads(item.body)["type"]) for item in routed(world)) == [
        ("desk", "article.changed"), ("ops", "operations.source_recovered"),
    ]  # fmt: skip


@pytest.mark.parametrize("routed_late", [False, True])
def test_whoever_was_told_a_change_is_told_how_it_was_ruled_on(tmp_path: Path, routed_late: bool) -> None:
    patient = World(tmp_path / "patient.db")
    wanted = [("desk", ("article.changed",)), ("other", ("article.gone",))]
    patient.store.call(configure, [replace(DESK, name=name, events=types) for name, types in wanted], START)
    patient.poll(URL)
    patient.look(**OLD)
    edited(patient, "Sechs Tote.")
    if not routed_late:
        assert [item.endpoint for item in routed(patient)] == ["desk"]
    for _ in range(5):
        patient.wait(minutes=20).look(**{**OLD, "text": "Sechs Tote."})
        patient.judge()
    routed(patient)
    told = patient.rows("SELECT d.endpoint, e.type, e.verdict FROM deliveries d JOIN events e ON e.id = d.event_id")
    assert [tuple(row.values()) for row in told] == [
        ("desk", "article.changed", "unsettled"), ("desk", "article.ruled", "unmarked"),
    ]  # fmt: skip
    assert [event["data"]["replaces"] for event in patient.events()[-2:]] == [None, "unsettled"]
    patient.store.close()


def test_an_endpoint_that_is_too_busy_is_told_nothing_until_it_may_be(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    edited(world, "Sechs Tote.")
    (first,) = routed(world)
    again, rest = world.now + timedelta(seconds=5), world.now + timedelta(minutes=20)
    busy = DeliveryResult(first.id, world.now, False, 503, "HTTP 503", again, rests_until=rest)
    world.store.call(record_deliveries, [busy])
    world.store.call(operations, "source_recovered", world.now, "x", RECOVERED)
    world.store.call(configure, [replace(DESK, events=("article.*", "operations.*"))], world.now)
    assert routed(world.wait(minutes=19)) == []
    assert len(routed(world.wait(minutes=1))) == 1, "one, to see how it is"
    answers(world)
    assert len(routed(world)) == 1

    sooner = replace(busy, at=world.now, rests_until=world.now + timedelta(minutes=1))
    world.store.call(record_deliveries, [replace(sooner, rests_until=world.now + timedelta(hours=9)), sooner])
    assert routed(world.wait(minutes=30)) == [], "the longest rest counts"
    world.store.call(configure, [replace(DESK, whole_url="https://desk.example/?key=new")], world.now)
    assert routed(world) != [], "another address does not rest"


def test_an_endpoint_that_leaves_the_configuration_waits(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    due = world.store.call(due_events, 10)
    world.store.call(record_routings, [route(item, wishes(world), world.now) for item in due])
    world.store.call(configure, [], world.now)
    assert world.store.call(due_deliveries, world.now, 10) == []
    world.store.call(configure, [DESK], world.now)
    assert len(world.store.call(due_deliveries, world.now, 10)) == 1


def test_events_are_read_in_order_and_in_batches(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    edited(world, *(f"Fassung {number}" for number in range(7)))
    world.store.call(operations, "source_recovered", world.now, "x", RECOVERED)
    read, last = [], 0
    while batch := world.store.call(recorded, None, last, 3, with_operations=False):
        read += [event for _, event in batch]
        last = batch[-1][0]
    assert [event["type"] for event in read] == ["article.discovered", *["article.changed"] * 7]
    assert list(read[0])[:5] == ["id", "type", "at", "url", "verdict"]
    since = world.now - timedelta(minutes=30)
    late = world.store.call(recorded, since, 0, 100, with_operations=True)
    assert [event["type"] for _, event in late] == ["article.changed", "article.changed", "operations.source_recovered"]


def test_an_event_keeps_only_what_its_ruling_does_not_say(world: World) -> None:
    """What is sent is whole all the same, also of events that an earlier version kept whole."""
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**{**OLD, "text": "Sieben Tote.", "clocks": {"stand": "12:20"}})
    (row,) = world.rows("SELECT id, uid, data FROM events WHERE type = 'article.changed'")
    kept = json.loads(str(row["data"]))
    assert kept.keys() == {"severity", "tags", "link"}

    def whole() -> dict[str, object]:
        return dict(world.store.read(recorded, None, 0, 9, with_operations=False))[int(str(row["id"]))]

    said = whole()
    assert (said["id"], said["url"], said["words_added"], said["supersedes"]) == (row["uid"], URL, 1, None)
    assert (said["stand_before"], said["stand_after"]) == ("stand 08:00", "stand 12:20")
    assert said["excerpt"] == "[-Fünf-] {+Sieben+} Tote."
    old = {key: value for key, value in said.items() if key not in ("type", "at")}
    world.store.call(lambda con: con.execute("UPDATE events SET data = ? WHERE id = ?", [json.dumps(old), row["id"]]))
    assert whole() == said


_MANY = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
INSERT OR IGNORE INTO events (uid, type, at, article_id, url, verdict, data, routed_at)
SELECT 'evt_many' || n, type, at, article_id, url, verdict, data, at FROM events, numbers WHERE events.id = 1
"""
_TO_TELL = """INSERT OR IGNORE INTO deliveries (event_id, endpoint, article_id, state, next_attempt_at)
              SELECT id, 'desk', id, 'pending', at FROM events"""


def test_what_waits_while_a_receiver_is_down_is_handed_out_in_time_that_grows_with_it(world: World) -> None:
    """And not with its square: 6,000 deliveries took seven seconds, at every tick."""
    world.poll(URL)
    world.look(**OLD)

    def steps(con: sqlite3.Connection, count: int) -> int:
        """Of SQLite's machine, in hundreds."""
        con.execute(_MANY, [count])
        con.execute(_TO_TELL)
        taken = 0

        def step() -> int:
            nonlocal taken
            taken += 1
            return 0

        con.set_progress_handler(step, 100)
        assert len(due_deliveries(con, world.now + timedelta(days=1), 3)) == 3
        con.set_progress_handler(None, 0)
        con.execute("UPDATE deliveries SET leased_until = NULL")
        return taken

    answers(world)
    few, many = world.store.call(steps, 200), world.store.call(steps, 2_000)
    assert many < 15 * few
