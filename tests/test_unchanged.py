"""Looks that find what stood are kept in a group, as if kept one by one, and only where nothing is the matter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.store.unchanged import keep_unchanged
from db.work import VisitResult
from tests.world import MARKED, OLD, SILENT, START, URL, World

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SAME = {"not_modified": True}
TABLES = ("articles", "observations", "hosts", "revisions", "rulings", "comment_counts", "readings")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return _world(tmp_path / "n.db")


def _world(path: Path) -> World:
    made = World(path)
    made.poll(URL, f"{URL}2")
    made.store.call(lambda con: con.execute("UPDATE articles SET paused = 1 WHERE id = 2"))
    return made


def _lived(world: World, looks: Sequence[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    for look in looks:
        world.wait(minutes=10).look(**look)  # type: ignore[arg-type]
        world.judge()
    rows = {name: world.rows(f"SELECT * FROM {name} ORDER BY 1") for name in TABLES}
    rows["events"] = world.rows("SELECT type, at, verdict FROM events ORDER BY id")
    world.store.close()
    return rows


@pytest.mark.parametrize(
    "looks",
    [
        (OLD, SAME, SAME, SAME),
        (OLD, SAME, {**SAME, "connection": "1"}, {**SAME, "connection": "1", "age": 90}),
        (OLD, OLD, {**SAME, "date": START - timedelta(hours=3)}, {**SAME, "date": "no date"}, SAME),
        (OLD, SAME, SILENT, SAME, SAME, SAME, SAME, SAME, SAME, SAME),
        (OLD, SAME, MARKED, SAME, OLD, SAME, MARKED, SAME, SAME),
        (OLD, {**OLD, "comment_count": 1}, SAME, SAME, SAME, SAME),
        (OLD, {"status": 404}, OLD, SAME, SAME),
    ],
)
def test_a_group_leaves_what_one_by_one_leaves(tmp_path: Path, looks: Sequence[dict[str, object]]) -> None:
    in_groups, singly = _world(tmp_path / "groups.db"), _world(tmp_path / "singly.db")
    # A doubt about another article of the host, which changes nothing, sends every look the long way.
    singly.store.call(lambda con: con.execute("INSERT INTO doubts VALUES (2, 'zeitung.example', '', '', '', 0, 1)"))
    assert _lived(in_groups, looks) == _lived(singly, looks)


def _left(world: World) -> int:
    """How many of a group with one such look have to be kept in the long way."""
    due = world.wait(minutes=10).due()
    result = VisitResult(due.id, world.now, world.seen(due, **SAME), world.now, timedelta(), (), due.revision_id)  # type: ignore[arg-type]
    return len(world.store.call(keep_unchanged, [result]))


@pytest.mark.parametrize("before", ["", "same", "changed", "returned", "reread"])
def test_most_looks_go_the_short_way(world: World, before: str) -> None:
    """As after a first reading, so after any that showed the version that stands."""
    world.look(**OLD)
    if before:
        world.store.call(lambda con: con.execute("UPDATE observations SET outcome = ?", [before]))
    assert _left(world) == 0
    runs = [(row["outcome"], row["count"]) for row in world.rows("SELECT outcome, count FROM observations ORDER BY id")]
    assert runs == ([("same", 2)] if before == "same" else [(before or "new", 1), ("same", 1)])


@pytest.mark.parametrize(
    "matter",
    [
        "UPDATE articles SET state = 'suspect'",
        "UPDATE articles SET failures = 1",
        "UPDATE articles SET missing = 1",
        "UPDATE articles SET taken_down_at = '2026-11-24'",
        "UPDATE revisions SET rule_at = '2027-01-01'",
        "UPDATE observations SET outcome = 'unreadable'",
        "UPDATE observations SET outcome = 'old_copy' WHERE id = (SELECT max(id) FROM observations)",
        "UPDATE comment_counts SET movement = 'unconfirmed'",
        "INSERT INTO doubts VALUES (1, 'other.example', '2026', '2026', '', 1, 0)",
        "INSERT INTO drifts SELECT 1, 'zeitung.example', '', '', NULL, 'stand', 5, 5, 0, ''",
    ],
)
def test_where_something_is_the_matter_a_look_goes_the_long_way(world: World, matter: str) -> None:
    world.look(**OLD)
    world.look(**SAME)
    world.store.call(lambda con: con.execute(matter))
    assert _left(world) == 1


def test_a_look_against_another_version_than_stands_goes_the_long_way(world: World) -> None:
    world.look(**OLD)
    world.look(**SAME)
    due = world.due()
    result = VisitResult(due.id, world.now, world.seen(due, **SAME), world.now, timedelta(), (), 99)  # type: ignore[arg-type]
    assert world.store.call(keep_unchanged, [result]) == [result]


def test_bytes_prove_an_article_only_where_they_would_be_read_the_same(world: World) -> None:
    world.look(digest="d1", **OLD)
    assert world.due().digest == "d1"
    world.wait(minutes=10).look(digest="d2", **{**OLD, "clocks": {"stand": "07:10..08:20", "modified_ld": "08:00"}})
    assert world.due().digest == ""
