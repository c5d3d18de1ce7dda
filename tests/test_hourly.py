"""What the daemon does once an hour, whatever is due: real SQLite, an injected clock, and somebody who reads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.store.takedown import take_down
from schedules.config import Config
from schedules.daemon import hourly, timetable
from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = "Moorgrabenbrücke".encode()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    made.poll(URL)
    made.look(**{**OLD, "headline": "Moorgrabenbrücke gesperrt"})
    yield made
    made.store.close()


def config(folder: Path) -> Config:
    return Config.model_validate({"database": str(folder / "n.db"), "sources": []})


def files_with_words(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.glob("n.db*")) if WORDS in path.read_bytes()]


async def test_what_was_erased_while_somebody_read_is_overwritten(world: World, tmp_path: Path) -> None:
    once_an_hour = partial(hourly, world.store, config(tmp_path), lambda: world.now)
    with closing(sqlite3.connect(tmp_path / "n.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        (headline,) = reader.execute("SELECT headline FROM revisions").fetchone()
        world.store.call(take_down, URL, world.now)
        await once_an_hour()  # it is no fault that somebody still reads
        assert files_with_words(tmp_path) != []
        assert reader.execute("SELECT headline FROM revisions").fetchone() == (headline,)
        reader.execute("COMMIT")
        world.wait(hours=1)
        await once_an_hour()
        assert files_with_words(tmp_path) == []
        assert reader.execute("SELECT headline FROM revisions").fetchone() == ("",)


async def test_waits_of_a_clock_that_was_ahead_end(world: World, tmp_path: Path) -> None:
    def next_visit() -> object:
        return world.rows("SELECT next_visit_at FROM articles")[0]["next_visit_at"]

    world.store.call(
        lambda con: con.execute("UPDATE articles SET next_visit_at = ?", [text_of(world.now + timedelta(days=900))])
    )
    await hourly(world.store, config(tmp_path), lambda: world.now + timedelta(days=899))  # a wait that may be meant
    assert next_visit() == text_of(world.now + timedelta(days=900))
    await hourly(world.store, config(tmp_path), lambda: world.now)
    assert next_visit() == text_of(world.now)


def test_it_is_asked_every_minute_beside_the_queues_whether_it_is_due() -> None:
    async def turn() -> None:
        """Of a queue."""

    async def every_hour() -> None:
        """What is done then: tests/test_chores.py says when it is due."""

    jobs = {job.func: job.trigger.interval for job in timetable([turn], [every_hour]).get_jobs()}
    assert jobs == {turn: timedelta(seconds=0.25), every_hour: timedelta(minutes=1)}
