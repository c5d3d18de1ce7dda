"""The clock that jumps, of simulated hours."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from benchmarks.virtual_time import VirtualTime, run

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_day_passes_at_once_and_in_order() -> None:
    async def wake(clock: VirtualTime, hours: int, woken: list[tuple[int, datetime]]) -> None:
        await asyncio.sleep(hours * 3600)
        woken.append((hours, clock.now()))

    async def main(clock: VirtualTime) -> list[tuple[int, datetime]]:
        woken: list[tuple[int, datetime]] = []
        await asyncio.gather(*(wake(clock, hours, woken) for hours in (24, 1, 7)))
        return woken

    assert run(main, START) == [(hours, START + timedelta(hours=hours)) for hours in (1, 7, 24)]


def test_it_stands_still_while_others_work() -> None:
    async def main(clock: VirtualTime) -> tuple[datetime, datetime]:
        asyncio.get_running_loop().call_later(3600, lambda: None)
        with ThreadPoolExecutor(1) as thread:
            await asyncio.wrap_future(thread.submit(time.sleep, 0.02))
        await asyncio.to_thread(time.sleep, 0.02)
        before = clock.now()
        try:
            async with asyncio.timeout(60):
                await asyncio.Event().wait()
        except TimeoutError:
            return before, clock.now()
        raise AssertionError

    before, after = run(main, START)
    assert (before, after) == (START, START + timedelta(minutes=1))
