"""Keeps N jobs of one queue in flight: due → job → result. Knows nothing of what the jobs do.

    due = store.due_X(now)   →   result = await job(due)   →   store.record_X([result, …])

Results are recorded in groups, one transaction each. A job that dies of a bug is logged, its item stays leased, and
is handed out again when the lease ends.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

D = TypeVar("D")
R = TypeVar("R")

log = logging.getLogger("nachtrag.worker")

# What recording raises because of the result itself; a database that is locked or full is everybody's failure.
_OF_ONE_RESULT = (ValueError, TypeError, ArithmeticError, LookupError, sqlite3.IntegrityError, sqlite3.DataError)


@dataclass(frozen=True, slots=True)
class Queue(Generic[D, R]):
    """One queue.

    Attributes:
        due: gives at most so many items, leased to us.
        job: does one item.
        record: writes a group of results in one transaction.
        slots: jobs in flight at most.
    """

    name: str
    due: Callable[[int], Awaitable[Sequence[D]]]
    job: Callable[[D], Awaitable[R]]
    record: Callable[[Sequence[R]], Awaitable[None]]
    slots: int


class Worker(Generic[D, R]):
    """Works one queue. `turn` fills the free slots; it is called by a ticker, and again whenever a job is done."""

    def __init__(self, queue: Queue[D, R]) -> None:
        self.queue = queue
        self._jobs: set[asyncio.Task[None]] = set()
        self._done: list[R] = []
        self._recording = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._stopping = False
        self.finished = 0

    @property
    def busy(self) -> bool:
        """Whether jobs are in flight."""
        return bool(self._jobs)

    async def turn(self) -> int:
        """Hand out what is due, as far as there are free slots, and say how many items that were."""
        async with self._asking:
            free = self.queue.slots - len(self._jobs)
            if self._stopping or free <= 0:
                return 0
            items = await self.queue.due(free)
            for item in items:
                task = asyncio.create_task(self._work(item))
                self._jobs.add(task)
                task.add_done_callback(self._jobs.discard)
            return len(items)

    async def drain(self) -> None:
        """Wait until the jobs in flight are done and recorded."""
        while self._jobs:
            await asyncio.wait(self._jobs)

    async def stop(self, patience: float) -> None:
        """Hand out nothing more, give the jobs in flight `patience` seconds, then cancel them."""
        self._stopping = True
        async with self._asking:  # what a turn is being handed right now is in flight too
            jobs = set(self._jobs)
        if jobs:
            _, late = await asyncio.wait(jobs, timeout=patience)
            for job in late:
                job.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, item: D) -> None:
        try:
            result = await self.queue.job(item)
            self._done.append(result)  # a line of its own: `_record` may have put a new list there meanwhile
            await self._record()
            self.finished += 1
        except Exception:
            log.exception(
                "%s: a job died of a bug; it is tried again when its lease ends: %.300r", self.queue.name, item
            )

    async def _record(self) -> None:
        """Record all results that are there. Whoever comes first writes for those who wait: that makes the groups."""
        async with self._recording:
            group, self._done = self._done, []
            try:
                if group:
                    await self.queue.record(group)
            except _OF_ONE_RESULT:
                await self._record_singly(group)

    async def _record_singly(self, group: Sequence[R]) -> None:
        """One result that cannot be kept is not to take the others of its group with it."""
        for result in group:
            try:
                await self.queue.record([result])
            except _OF_ONE_RESULT:
                log.exception("%s: a result cannot be kept: %.300r", self.queue.name, result)
