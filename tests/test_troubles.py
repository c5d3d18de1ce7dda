"""Operations events: endpoints that fail, little room, an odd clock. Each is told once when it has lasted, and once
when it is over; what passes is not told."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.rows import text_of
from db.store.deliveries import Wanted, configure, due_deliveries, record_deliveries
from db.store.figures import figures
from db.store.routings import due_events
from db.store.troubles import is_clock_odd, look_after
from db.words.incidents import OPERATIONS as SAID
from db.words.written import size as in_words
from db.work_alerts import DeliveryResult
from schedules.alert import Style, alert
from schedules.endpoints import OPERATIONS
from schedules.values import size
from schedules.vitals import Vitals
from tests.world import AT_ONCE, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS, MINUTES, HOURS = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    wanted = [
        Wanted("desk", "webhook", "https://desk.example/in", "https://desk.example/in", ("article.*", "operations.*")),
        Wanted("ops", "slack", "https://chat.example", "https://chat.example/x", ("operations.*",)),
    ]
    made.store.call(configure, wanted, made.now)
    yield made
    made.store.close()


def told(world: World) -> list[dict[str, Any]]:
    """What those who run it were told: type and what else."""
    rows = world.rows("SELECT type, data FROM events WHERE type LIKE 'operations.%' ORDER BY id")
    events = [{"type": str(row["type"]), "timestamp": "", "data": json.loads(str(row["data"]))} for row in rows]
    for event in events:
        english, german = (alert(json.dumps(event), style, 3_000, world.now).text for style in (Style(), Style("de")))
        assert english != german, "in no language but ours"
    return [{"type": event["type"].removeprefix("operations."), **event["data"]} for event in events]


def deliveries(world: World, number: int) -> list[int]:
    """So many deliveries to the desk."""
    for _ in range(number):
        world.poll(f"{URL}{world.now.timestamp()}")
    world.store.call(lambda con: con.execute(
        """INSERT INTO events (uid, type, at, url, verdict, data) SELECT 'evt_' || id, 'article.changed', first_seen_at,
           url, '', '{}' FROM articles"""
    ))  # fmt: skip
    world.store.call(lambda con: con.execute(
        """INSERT INTO deliveries (event_id, endpoint, state, next_attempt_at)
           SELECT id, 'desk', 'pending', at FROM events"""
    ))  # fmt: skip
    return [item.id for item in world.store.call(due_deliveries, world.now, 100)]


def attempt(world: World, delivery: int, *, ok: bool = False, disable: bool = False) -> None:
    status = 200 if ok else 410 if disable else 500
    error = "" if ok else f"endpoint 'desk' at desk.example: HTTP {status}"
    why = {} if ok else {"host": "desk.example", "reason": "it failed"}
    result = DeliveryResult(delivery, world.now, ok, status, error, world.now + HOURS, disable, **why)
    world.store.call(record_deliveries, [result])


def test_an_endpoint_that_fails_for_a_while_is_told_once(world: World) -> None:
    (delivery,) = deliveries(world, 1)
    attempt(world, delivery)
    attempt(world.wait(seconds=5), delivery)
    assert told(world) == []
    attempt(world.wait(minutes=5), delivery)
    (failing,) = told(world)
    assert (failing["type"], failing["endpoint"], failing["url"]) == (
        "endpoint_failing", "desk", "https://desk.example/in",
    )  # fmt: skip
    assert failing["values"] == {
        "name": "desk", "host": "desk.example", "status": 500, "reason": "it failed", "failures": 3,
        "since": text_of(world.now - 5 * MINUTES - 5 * SECONDS),
    }  # fmt: skip
    assert failing["message"].startswith(
        "endpoint 'desk' at desk.example: HTTP 500: it failed; 3 failed attempts in a row since "
    )
    attempt(world.wait(minutes=30), delivery)
    assert len(told(world)) == 1
    attempt(world.wait(hours=2), delivery, ok=True)
    attempt(world, delivery, ok=True)
    assert [event["type"] for event in told(world)] == ["endpoint_failing", "endpoint_recovered"]
    assert told(world)[1]["message"] == "endpoint 'desk' takes events again"


def test_many_attempts_that_fail_at_once_are_no_alert(world: World) -> None:
    world.store.call(lambda con: con.execute("UPDATE endpoints SET delivered_at = added_at"))
    for delivery in (several := deliveries(world, 4)):
        attempt(world, delivery)
    attempt(world.wait(seconds=20), several[0], ok=True)
    attempt(world.wait(minutes=20), several[1])
    attempt(world, several[2])
    attempt(world, several[3])
    assert told(world) == []


def test_an_endpoint_that_wants_no_more_is_told_at_once(world: World) -> None:
    (delivery,) = deliveries(world, 1)
    attempt(world, delivery, disable=True)
    (failing,) = told(world)
    assert (failing["type"], failing["message"]) == (
        "endpoint_failing",
        "endpoint 'desk' at desk.example: HTTP 410: it failed",
    )


def test_nobody_is_told_of_himself_that_he_fails(world: World) -> None:
    (delivery,) = deliveries(world, 1)
    for _ in range(3):
        attempt(world.wait(minutes=5), delivery)
    attempt(world.wait(minutes=5), delivery, ok=True)
    about = {due.news.type: due.active for due in world.store.call(due_events, 100) if "operations" in due.news.type}
    assert about == {"operations.endpoint_failing": ("ops",), "operations.endpoint_recovered": ("ops",)}


def looked_after(world: World, *, disk_low: int = 0, times: int = 1) -> list[str]:
    for _ in range(times):
        world.store.call(look_after, world.wait(seconds=20).now, disk_low)
    return [event["type"] for event in told(world)]


def test_little_room_is_told_once_and_when_there_is_room_again(world: World) -> None:
    free = shutil.disk_usage(world.store.path.parent).free
    little, some, enough = 2 * free, int(free / 1.1), free // 2  # by what is wanted, as the disk is what it is
    assert looked_after(world, disk_low=enough, times=5) == []
    assert looked_after(world, disk_low=little, times=2) == []
    assert looked_after(world, disk_low=enough) == []
    assert looked_after(world, disk_low=little, times=9) == ["disk_low"]
    said = told(world)[0]["message"]
    assert re.match(rf"the disk of n\.db has [\d.]+ [GM]B left, less than {in_words(little)}: make room", said)
    assert told(world)[0]["values"].items() >= {"name": "n.db", "least_bytes": little}.items()
    assert looked_after(world, disk_low=some, times=9) == ["disk_low"]  # to and fro is not told
    assert looked_after(world, disk_low=enough, times=9) == ["disk_low", "disk_enough"]
    assert re.fullmatch(r"the disk of n\.db has [\d.]+ [GM]B left", told(world)[1]["message"])


def heard(world: World, **ahead: float) -> None:
    """Hosts say now how far their clocks are ahead of ours."""
    for host, seconds in ahead.items():
        values = [f"{host}.example", seconds, text_of(world.now)]
        world.store.call(lambda con, values=values: con.execute(
            """INSERT INTO hosts (host, clock_offset_seconds, clock_checked_at) VALUES (?1, ?2, ?3)
               ON CONFLICT DO UPDATE SET clock_offset_seconds = ?2, clock_checked_at = ?3""", values
        ))  # fmt: skip


def test_a_clock_that_hosts_contradict_is_told_once_and_when_it_is_right(world: World) -> None:
    heard(world, a=300.0)
    assert looked_after(world, times=5) == []  # it may be theirs
    heard(world, b=1.0, c=0.0)
    assert looked_after(world, times=5) == []
    heard(world, a=-90.0, b=-91.0, c=3000.0)
    assert looked_after(world, times=5) == ["clock_odd"]
    assert told(world)[0]["message"].startswith("our clock is 90 s ahead of those of 3 hosts: set it right")
    heard(world, a=45.0, b=45.0)
    assert looked_after(world, times=5) == ["clock_odd"]
    world.wait(hours=2)
    assert looked_after(world, times=5) == ["clock_odd"]  # nobody was heard lately
    heard(world, a=1.0, b=0.0)
    assert looked_after(world, times=5) == ["clock_odd", "clock_right"]
    measured = {item.name: item.values for item in world.store.read(figures, world.now)}
    assert measured["clock_offset_seconds"] == {"": 0.5}


@pytest.mark.parametrize(
    ("offsets", "is_odd"),
    [([], None), ([500.0], None), ([0.0, 0.0], False), ([0.0, 500.0], None), ([500.0, 500.0], True),
     ([500.0, -500.0], None), ([-61.0, -61.0, 0.0], True), ([-61.0, 61.0, 0.0], None), ([31.0, 31.0], None)],
)  # fmt: skip
def test_when_a_clock_is_odd(offsets: list[float], *, is_odd: bool | None) -> None:
    assert is_clock_odd(offsets) is is_odd


async def test_the_daemon_looks_after_the_machine(world: World) -> None:
    world.store.call(lambda con: con.execute("INSERT INTO troubles VALUES ('disk_low', '', 2, 0)"))
    vitals = Vitals([], world.store, lambda: world.now, 10**30)
    writing = asyncio.create_task(vitals.keep_writing())
    while vitals.written_at is None:  # noqa: ASYNC110 -- nobody tells
        await asyncio.sleep(0.01)
    writing.cancel()
    assert [event["type"] for event in told(world)] == ["disk_low"]


def test_all_that_operations_are_told_is_documented_and_has_words() -> None:
    docs = (Path(__file__).parent.parent / "docs/events.md").read_text("utf-8")
    assert tuple(re.findall(r"^\* `(operations\.[a-z_]+)`", docs, re.MULTILINE)) == OPERATIONS
    assert tuple(f"operations.{kind}" for kind in SAID) == OPERATIONS


def test_sizes_as_people_write_them() -> None:
    assert [size(text) for text in ("500 MB", "2GB", "0 MB", "1.5 TB")] == [5 * 10**8, 2 * 10**9, 0, 15 * 10**11]
    for wrong in ("500", "-1 GB", "2 GiB", 5, ""):
        with pytest.raises(ValueError, match="expected a size"):
            size(wrong)
