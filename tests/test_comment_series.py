"""What the number of comments comes to: each case goes through looks, the store and the events."""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = tomllib.loads((Path(__file__).parent / "data/comment_series.toml").read_text("utf-8"))["case"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    made.poll(URL)
    yield made
    made.store.close()


def movements(world: World) -> list[str]:
    """The events that name a movement."""
    rows = world.rows("SELECT data FROM events WHERE type = 'article.comments' ORDER BY id")
    told = [json.loads(str(row["data"])) for row in rows]
    return [f"{data['movement']}: {data['excerpt'].partition(' comments')[0]}" for data in told if data["movement"]]


def looked(world: World, start: Any, minutes: int, count: int, edited: bool) -> None:
    world.now = start + timedelta(minutes=minutes)
    text = "Sechs Tote." if edited else OLD["text"]
    world.look(**{**OLD, "text": text, "comment_count": None if count < 0 else count})


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_the_numbers_come_to(world: World, case: dict[str, Any]) -> None:
    start, edit = world.now, case.get("edit", 10**6)
    last = case["counts"][-1][1]
    steps = [*case["counts"], *([minutes, last] for minutes in case.get("looks", ())), *case.get("then", ())]
    if edit < 10**6 and edit not in [minutes for minutes, _ in steps]:
        steps = sorted([*steps, [edit, last]])
    for minutes, count in steps:
        looked(world, start, minutes, count, minutes >= edit)
    assert movements(world) == case["says"]
    kept = [row["movement"] for row in world.rows("SELECT movement FROM comment_counts ORDER BY id")]
    assert [name for name in kept if name not in ("", "unconfirmed")] == [said.split(":")[0] for said in case["says"]]


def test_the_window_is_that_of_the_movement(world: World) -> None:
    start = world.now
    for minutes, count in ((0, 50), (20, 50), (30, 20), (50, 20)):
        looked(world, start, minutes, count, edited=False)
    data = [json.loads(str(row["data"])) for row in world.rows("SELECT data FROM events ORDER BY id")][-1]
    assert data["excerpt"] == "50 → 20 comments: many fewer between two looks"
    assert data["not_before"] == (start + timedelta(minutes=20)).isoformat(timespec="microseconds")
    assert data["not_after"] == (start + timedelta(minutes=30)).isoformat(timespec="microseconds")


def test_a_copy_that_is_older_than_the_last_look_confirms_nothing(world: World) -> None:
    start = world.now
    looked(world, start, 0, 50, edited=False)
    looked(world, start, 30, 20, edited=False)
    world.now = start + timedelta(minutes=60)
    world.look(**{**OLD, "comment_count": 20}, age=45 * 60)
    assert movements(world) == []
    world.wait(minutes=1).look(not_modified=True)
    assert movements(world) == ["dropped: 50 → 20"]


def test_caches_of_the_host_that_keep_pages_for_long_are_waited_for(world: World) -> None:
    start = world.now
    looked(world, start, 0, 50, edited=False)
    world.store.call(
        lambda con: con.execute(
            "UPDATE hosts SET stale_seconds = 7200, stale_proven_at = ?", [start.isoformat(timespec="microseconds")]
        )
    )
    for minutes, said in ((30, []), (149, []), (151, ["dropped: 50 → 20"])):
        looked(world, start, minutes, 20, edited=False)
        assert movements(world) == said


def test_another_reader_closes_nothing(world: World) -> None:
    start = world.now
    looked(world, start, 0, 50, edited=False)
    for minutes in (30, 60):
        world.now = start + timedelta(minutes=minutes)
        world.look(**{**OLD, "comment_count": None, "read_with": "zeitung/1"})
    assert movements(world) == []


def test_a_site_that_drifts_closes_nothing(world: World) -> None:
    start = world.now
    looked(world, start, 0, 50, edited=False)
    looked(world, start, 30, -1, edited=False)
    world.store.call(
        lambda con: con.execute(
            "INSERT INTO drifts (host, from_at, at, lost, odd, looked, holds)"
            " VALUES ('zeitung.example', :at, :at, 'comments', 5, 6, 0)",
            {"at": world.now.isoformat(timespec="microseconds")},
        )
    )
    looked(world, start, 60, -1, edited=False)
    assert movements(world) == []
