"""What is done every few hours is done then, however often the daemon is started or told another configuration."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import instant_of
from db.store.connection import Store
from schedules.config import load
from schedules.daemon import when_due
from schedules.queues import Queues
from tests.test_clock_leaps import CONFIG
from tests.world import OLD, START, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db")
    yield made
    made.store.close()


class Daemons:
    """A daemon that is started anew every ten minutes, and asks every minute what is due."""

    def __init__(self, file: Path) -> None:
        self.file, self.now = file, START
        self.done: list[datetime] = []

    def clock(self) -> datetime:
        return self.now

    async def chore(self) -> None:
        self.done.append(self.now)

    async def live(self, span: timedelta) -> None:
        end = self.now + span
        while self.now < end:
            with Store(self.file) as store:
                for _ in range(10):
                    self.now += MINUTE
                    await when_due(store, self.clock, "planned", 6 * HOUR, self.chore)


async def test_starts_put_nothing_off_and_bring_nothing_twice(tmp_path: Path) -> None:
    daemons = Daemons(tmp_path / "n.db")
    await daemons.live(24 * HOUR)
    assert daemons.done == [START + MINUTE + hours * HOUR for hours in (0, 6, 12, 18)]


async def test_what_failed_is_due_as_it_was(tmp_path: Path) -> None:
    async def fail() -> None:
        raise OSError("the disk is full")

    daemons = Daemons(tmp_path / "n.db")
    with Store(daemons.file) as store:
        with pytest.raises(OSError, match="full"):
            await when_due(store, daemons.clock, "hourly", HOUR, daemons.chore, fail)
        await when_due(store, daemons.clock, "hourly", HOUR, daemons.chore)
        await when_due(store, daemons.clock, "planned", HOUR, daemons.chore)
        await when_due(store, daemons.clock, "hourly", HOUR, daemons.chore)
    assert len(daemons.done) == 3


async def test_a_clock_that_was_ahead_puts_nothing_off(tmp_path: Path) -> None:
    daemons = Daemons(tmp_path / "n.db")
    daemons.now = START + timedelta(days=400)
    await daemons.live(10 * MINUTE)
    daemons.now = START
    await daemons.live(10 * MINUTE)
    assert len(daemons.done) == 2


async def test_looks_that_were_planned_as_the_clock_leapt_are_not_planned_again(world: World, tmp_path: Path) -> None:
    world.poll(URL)
    world.look(**OLD)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, "utf-8")
    made = Queues(load(path), world.store, lambda: world.now)
    world.wait(days=2)
    await made.workers[1].turn()
    planned = world.rows("SELECT value FROM meta WHERE key = 'planned_at'")
    assert [instant_of(str(row["value"])) for row in planned] == [world.now]
    await made.stop(0)
