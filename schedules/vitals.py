"""How the daemon itself does: whether its queues turn, and whether the database takes what is written.

Nothing here asks the store and waits: where the store hangs, that is to be said.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import TYPE_CHECKING, Any

from db.store.alive import note_alive
from db.store.troubles import look_after

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from db.store.connection import Store
    from schedules.worker import Worker

log = logging.getLogger("nachtrag")

# How often a sign of life is written, and how old the last one may be.
_WRITE_SECONDS, _UNWRITTEN_SECONDS = 20.0, 90.0
# Nothing that a turn does takes so long.
_HANGS_SECONDS = 120.0


class Vitals:
    """What is known of a session of the daemon. `keep_writing` runs beside the queues.

    Attributes:
        patience: seconds after which a turn that is not over hangs.
        written_at: when the database last took something, by the loop's clock and by ours; None: not yet.

    Args:
        disk_low: bytes that the disk is to have left.
        watchdog: seconds after which somebody ends us who does not hear that all is well; None: nobody does.
    """

    def __init__(
        self,
        workers: Sequence[Worker[Any, Any]],
        store: Store,
        clock: Callable[[], datetime],
        disk_low: int,
        watchdog: float | None = None,
    ) -> None:
        self.workers = workers
        self.patience = _HANGS_SECONDS if watchdog is None else min(_HANGS_SECONDS, watchdog / 2)
        self._store, self._clock, self._disk_low = store, clock, disk_low
        self._began = asyncio.get_running_loop().time()
        self._refused = ""
        self.written_at: tuple[float, datetime] | None = None

    async def keep_writing(self) -> None:
        """Write a sign of life now and then, and what is wrong with the machine, until cancelled."""
        while True:
            try:
                await self._store.run(_look_round, self._clock(), self._disk_low)
            except sqlite3.Error as error:
                if not self._refused:
                    log.error("the database cannot be written: %s", error)  # noqa: TRY400 -- the text says it all
                self._refused = str(error)
            else:
                if self._refused:
                    log.info("the database can be written again")
                self._refused, self.written_at = "", (asyncio.get_running_loop().time(), self._clock())
            await asyncio.sleep(_WRITE_SECONDS)

    def turned(self, worker: Worker[Any, Any]) -> float:
        """Seconds since the last turn of a queue was over."""
        return asyncio.get_running_loop().time() - (worker.turned_at or self._began)

    def hanging(self) -> list[str]:
        """The queues whose turn hangs. While another process writes, turns wait for it: no restart would help them."""
        if self._store.locked_out:
            return []
        return [worker.queue.name for worker in self.workers if self.turned(worker) > self.patience]

    def faults(self) -> list[str]:
        """What is wrong, in words."""
        found = [f"the queue of {name} has not turned for {self.patience:g} s" for name in self.hanging()]
        since = asyncio.get_running_loop().time() - (self.written_at[0] if self.written_at else self._began)
        if self._refused:
            found.append(f"the database cannot be written: {self._refused}")
        elif since > _UNWRITTEN_SECONDS:
            found.append(f"the database has taken nothing for {since:.0f} s")
        return found


def _look_round(con: sqlite3.Connection, now: datetime, disk_low: int) -> None:
    note_alive(con, now)
    look_after(con, now, disk_low)
