"""Memory of one process that works over a large database: `python -m benchmarks.scale.resident FILE HOSTS LOOKS`."""

from __future__ import annotations

import asyncio
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scale.room import articles, config, enrich, queues, unchanged

# Planning a million articles takes minutes; all its batches are alike.
_PLANNED = 60


async def _work(database: Path, hosts: int, looks: int) -> None:
    made = config(database, hosts, fetch={"gap": "0s", "user_agent": "Nachtrag/benchmark"})
    async with queues(made, lambda: datetime.now(UTC), unchanged) as (working, _):
        enrich(working)
        planning, worker = asyncio.create_task(working.plan_again()), articles(working)
        await asyncio.wait([planning], timeout=_PLANNED)
        planning.cancel()
        while working.tally.visited < looks and (await worker.turn() or worker.jobs):
            if worker.jobs:
                await asyncio.wait(worker.jobs, return_when=asyncio.FIRST_COMPLETED)


if __name__ == "__main__":
    asyncio.run(_work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
    # Not getrusage: a child's ru_maxrss begins with what its parent held.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    print(int(found[1]) / 1024 if found else "null")
