"""What it takes to hand out what is due, and to look at it, in a large database and in a small one."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.scale.room import articles, config, enrich, make_due, queues, unchanged

if TYPE_CHECKING:
    from pathlib import Path

    from db.store.connection import Store
    from schedules.queues import Queues

_BATCH, _TURNS = 32, 40


@dataclass(frozen=True, slots=True)
class Picked:
    """How long it took to hand out a batch: processor time and time by the clock, in ms, medians; `items` in each."""

    due: int
    items: int
    busy_ms: float
    wall_ms: float


def picking(database: Path, hosts: int, every: int) -> Picked:
    """Hand out batches while every so-many-th of the live articles is due, and give them back."""

    async def main() -> Picked:
        async with queues(config(database, hosts), _now, unchanged) as (working, store):
            enrich(working)
            due = await store.run(make_due, _now(), every)
            return await _pick(working, due if every else 0)

    return asyncio.run(main())


async def _pick(working: Queues, due: int) -> Picked:
    queue = articles(working).queue
    busy, wall, items = [], [], 0
    for _ in range(_TURNS):
        began, used = time.perf_counter(), time.process_time()
        found = await queue.due(_BATCH)
        busy.append(1000 * (time.process_time() - used))
        wall.append(1000 * (time.perf_counter() - began))
        items = len(found)
        await queue.release(found)
    return Picked(due, items, median(busy), median(wall))


def looking(database: Path, hosts: int, looks: int) -> float:
    """Processor time of one look that finds nothing new, in ms: store, queues and all, but no network."""

    async def main() -> float:
        made = config(database, hosts, fetch={"gap": "0s", "user_agent": "Nachtrag/benchmark"})
        async with queues(made, _now, unchanged) as (working, store):
            await _look(working, store, hosts)  # so that what is read once of each host does not count
            return await _look(working, store, looks)

    return asyncio.run(main())


async def _look(working: Queues, store: Store, looks: int) -> float:
    enrich(working)
    worker, used, begun = articles(working), 0.0, working.tally.visited
    while (done := working.tally.visited - begun) < looks:
        await store.run(make_due, _now(), 1)
        began = time.process_time()
        while working.tally.visited - begun < looks and (await worker.turn() or worker.jobs):
            if worker.jobs:
                await asyncio.wait(worker.jobs, return_when=asyncio.FIRST_COMPLETED)
        used += time.process_time() - began
        if working.tally.visited - begun == done:
            raise RuntimeError("nothing was looked at")
    return 1000 * used / done


def _now() -> datetime:
    return datetime.now(UTC)
