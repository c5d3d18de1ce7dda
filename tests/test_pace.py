"""Jobs that take turns at a host that wants long pauses: in virtual time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from benchmarks import virtual_time
from scraper.errors import HostRests
from scraper.pace import Pace
from tests.articles import NOON
from tests.scripted import Server, guarded, http

if TYPE_CHECKING:
    from benchmarks.virtual_time import VirtualTime

HOST = "zeitung.example"


def paced(per_host: int, delay: float) -> Pace:
    """A host with that Crawl-delay, as nobody has asked it yet."""
    pace = Pace(per_host, timedelta(seconds=2), {}, lambda _host: 0.0, asyncio.sleep)
    pace.slow_down(HOST, timedelta(seconds=delay))
    return pace


@pytest.mark.parametrize("per_host", [1, 2])
@pytest.mark.parametrize("delay", [30.0, 90.0, 300.0, 900.0])
@pytest.mark.parametrize("late", [0.0, 40.0, 61.0])
def test_looks_are_a_whole_pause_apart_however_many_come_at_a_moment(per_host: int, delay: float, late: float) -> None:
    """Six jobs of two requests each; who is told to come back does."""
    began: list[tuple[float, int]] = []
    longest, refused = 0.0, 0

    async def main(time: VirtualTime) -> None:
        pace = paced(per_host, delay)

        async def job(number: int) -> None:
            nonlocal longest, refused
            asked = 0
            while asked < 2:
                came = time.seconds
                try:
                    async with pace.turn(HOST):
                        began.append((time.seconds, number))
                        asked += 1
                        longest = max(longest, time.seconds - came)
                        await asyncio.sleep(1)
                except HostRests as rests:
                    refused += 1
                    await asyncio.sleep(rests.wait.total_seconds())

        await asyncio.create_task(job(0))
        await asyncio.sleep(max(delay - late, 0))
        await asyncio.gather(*(asyncio.create_task(job(number)) for number in range(1, 7)))

    virtual_time.run(main, NOON)
    assert len(began) == 14
    for (before, one), (after, other) in pairwise(began):
        # What was asked takes a second, and the pause counts from its end.
        assert after - before >= (min(delay, 60.0) if one == other else delay) + 0.99, (before, one, after, other)
    if delay > 60:
        assert longest <= 121
        assert refused <= 12
        assert len({number for _, number in began}) == 7


def test_who_comes_too_early_is_told_a_moment_of_his_own_after_another_configuration_too() -> None:
    told: list[float] = []

    async def main(_time: VirtualTime) -> None:
        pace = paced(1, 300)

        async def job() -> None:
            async with pace.turn(HOST):
                pass

        await asyncio.create_task(job())
        for number in range(6):
            if number == 3:
                before, pace = pace, paced(1, 300)
                pace.follow(before)
            with pytest.raises(HostRests) as rests:
                await asyncio.create_task(job())
            told.append(rests.value.wait.total_seconds())

    virtual_time.run(main, NOON)
    assert told == pytest.approx([300 * place for place in range(1, 7)])


async def test_a_redirect_within_a_host_is_followed_whatever_pause_we_keep_there() -> None:
    """Were it put off, the next look would begin with the same redirect."""
    slept: list[int] = []

    async def pause(seconds: float) -> None:
        slept.append(round(seconds))

    moved = http(b"", "Location: /b", status="302 X")
    async with (
        Server({"/a": moved, "/b": http(b"x")}) as site,
        guarded(gap=timedelta(minutes=5), pause=pause) as door,
    ):
        page = await door.get(f"http://{HOST}:{site.port}/a")
        assert page.url.endswith("/b")
    assert slept == [300]
