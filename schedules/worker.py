"""Keeps N jobs of one queue in flight: due → job → result. Knows nothing of what the jobs do.

    due = store.due_X(now)   →   result = await job(due)   →   store.record_X([result, …])

Results are recorded in groups, one transaction each. A job that dies of a bug, or whose result cannot be kept, is
logged and recorded as a failure of its item, which backs off as after any other.
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
T = TypeVar("T")

log = logging.getLogger("nachtrag.worker")


@dataclass(frozen=True, slots=True)
class Queue(Generic[D, R]):
    """One queue.

    Attributes:
        due: gives at most so many items, leased to us.
        job: does one item.
        record: writes a group of results in one transaction.
        slots: jobs in flight at most, but for those that wait for somebody else.
        release: gives items back that were handed out and not done.
        fail: makes of an item and the bug that its job died of the result to record; None: there is none.
        waits: whether the job of an item waits for somebody else, who may hang: after `patience` seconds it takes no
            slot any more, so that those who answer have their turn, unless there are too many.
    """

    name: str
    due: Callable[[int], Awaitable[Sequence[D]]]
    job: Callable[[D], Awaitable[R]]
    record: Callable[[Sequence[R]], Awaitable[None]]
    slots: int
    release: Callable[[Sequence[D]], Awaitable[None]] = lambda _items: asyncio.sleep(0)
    fail: Callable[[D, Exception], R | None] = lambda _item, _bug: None
    waits: Callable[[D], bool] = lambda _item: False
    patience: float = 2.0


# So many jobs may be in flight for each slot, if most of them only wait.
_IN_FLIGHT = 16
_NOT_RECORDED = "cannot be recorded; it is tried again when the lease ends"


@dataclass(frozen=True, slots=True)
class _Died:
    """What comes in the place of a result."""

    error: Exception


async def _attempt(work: Awaitable[T]) -> T | _Died:
    """The one broad `except`: whatever a job or a write dies of is an answer."""
    try:
        return await work
    except Exception as error:  # noqa: BLE001 -- this is the one
        return _Died(error)


class Worker(Generic[D, R]):
    """Works one queue. `turn` fills the free slots; it is called by a ticker, and again whenever a job is done.

    Attributes:
        broken: the last error that could not be recorded either: the item stays as it is, and is handed out again.
        died: how many jobs died of a bug, or left a result that could not be kept.
        turned_at: when the last turn was over, however it ended, by the loop's clock; None: there was none.
    """

    def __init__(self, queue: Queue[D, R]) -> None:
        self.queue = queue
        self._jobs: dict[asyncio.Task[None], tuple[D, float]] = {}
        self._done: list[tuple[D, R]] = []
        self._recording = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._stopping = False
        self.broken: Exception | None = None
        self.died = 0
        self.turned_at: float | None = None

    async def turn(self) -> int:
        """Hand out what is due, as far as there are free slots, and say how many items that were."""
        try:
            return await self._hand_out()
        finally:
            self.turned_at = asyncio.get_running_loop().time()

    async def _hand_out(self) -> int:
        async with self._asking:
            free = self._free()
            if self._stopping or free <= 0:
                return 0
            in_hand = [item for item, _ in self._jobs.values()]  # before, so that none of them slips out meanwhile
            try:
                handed = await self.queue.due(free)
            except sqlite3.OperationalError as error:
                self._cannot("what is due cannot be handed out; it is asked for again", error)
                return 0
            now = asyncio.get_running_loop().time()
            # A clock that leaps ahead ends the leases of what is in hand: that is handed out again, and not done twice.
            items = [item for item in handed if item not in in_hand]
            for item in items:
                task = asyncio.create_task(self._work(item))
                self._jobs[task] = item, now
                task.add_done_callback(self._jobs.pop)
            return len(items)

    def _free(self) -> int:
        """How many more jobs there may be."""
        queue, late = self.queue, asyncio.get_running_loop().time() - self.queue.patience
        hung = sum(began <= late and queue.waits(item) for item, began in self._jobs.values())
        return min(queue.slots + hung, _IN_FLIGHT * queue.slots) - len(self._jobs)

    @property
    def jobs(self) -> frozenset[asyncio.Task[None]]:
        """The jobs in flight."""
        return frozenset(self._jobs)

    @property
    def oldest(self) -> float:
        """For how many seconds the oldest job is in flight; 0: there is none."""
        began = min((began for _, began in self._jobs.values()), default=None)
        return 0.0 if began is None else asyncio.get_running_loop().time() - began

    async def stop(self, patience: float) -> None:
        """Hand out nothing more, give the jobs in flight `patience` seconds, then cancel them and give theirs back."""
        self._stopping = True
        async with self._asking:  # what a turn is being handed right now is in flight too
            jobs = dict(self._jobs)
        if jobs:
            _, late = await asyncio.wait(jobs, timeout=patience)
            for job in late:
                job.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            if late:
                await self.queue.release([item for job, (item, _) in jobs.items() if job in late])

    async def _work(self, item: D) -> None:
        result: R | _Died | None = await _attempt(self.queue.job(item))
        if isinstance(result, _Died):
            result = self._instead(item, result.error, "a job died of a bug")
        if result is not None:
            self._done.append((item, result))
            await self._record()

    async def _record(self) -> None:
        """Record all results that are there. Whoever comes first writes for those who wait: that makes the groups."""
        async with self._recording:
            group, self._done = self._done, []
            if group and (died := await self._written([result for _, result in group])):
                if isinstance(died.error, sqlite3.OperationalError):  # locked or full: everybody's failure
                    self._cannot(_NOT_RECORDED, died.error)
                else:
                    await self._record_singly(group)

    async def _record_singly(self, group: Sequence[tuple[D, R]]) -> None:
        """One result that cannot be kept is not to take the others of its group with it."""
        for item, result in group:
            if died := await self._written([result]):
                instead = self._instead(item, died.error, "a result cannot be kept")
                if instead is not None and (died := await self._written([instead])):
                    self._cannot(_NOT_RECORDED, died.error)

    async def _written(self, results: Sequence[R]) -> _Died | None:
        return await _attempt(self.queue.record(results))

    def _instead(self, item: D, error: Exception, what: str) -> R | None:
        name = self.queue.name
        log.error("%s: %s: %.300r", name, what, item, exc_info=error, extra={"queue": name})
        self.died += 1
        result = self.queue.fail(item, error)
        if result is None:
            self.broken = error
        return result

    def _cannot(self, what: str, error: Exception) -> None:
        """The database does not let us. Where its file is locked or full that says all; of a bug it matters where."""
        self.broken = error
        bug = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR
        said = "%s: %s: %s"
        log.error(said, self.queue.name, what, error, exc_info=error if bug else None, extra={"queue": self.queue.name})
