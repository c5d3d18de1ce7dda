"""What a program is at, readable after it was killed: counters in a file that it has mapped.

What is begun raises a counter, what ends lowers it. They lie in the kernel's memory, which SIGKILL leaves as it is.
"""

from __future__ import annotations

import asyncio
import mmap
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from db.store import connection
from db.store.deliveries import record_deliveries
from schedules import daemon, queues
from schedules.readers import Readers
from scraper.http import Door

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What is told of a moment at which several are under way: the first of them. `note` is between a receiver's 2xx and
# the commit that notes it; `digest` is the same of a digest, and stretched, as there are so few. `stretch` is raised by
# the trial, which wants a moment within a transaction: most of one is its commit, and no kill would fall between two of
# its writes.
PHASES = (
    "migrate", "commit", "transaction", "checkpoint", "digest", "note", "send", "read", "fetch", "working", "stretch"
)  # fmt: skip
_STRETCHED, _WRITE = 0.1, 0.005


class Beacon:
    """The counters."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(len(PHASES)))
        with file.open("r+b") as opened:
            self._counts = mmap.mmap(opened.fileno(), len(PHASES))

    def clear(self) -> None:
        """Nothing is under way."""
        self._counts[:] = bytes(len(PHASES))

    def raised(self, phase: str, by: int = 1) -> None:
        """Something began, or ended."""
        at = PHASES.index(phase)
        self._counts[at] = min(max(self._counts[at] + by, 0), 255)

    @contextmanager
    def under_way(self, phase: str) -> Iterator[None]:
        """What is done within is."""
        self.raised(phase)
        try:
            yield
        finally:
            self.raised(phase, -1)

    def __contains__(self, phase: str) -> bool:
        return self._counts[PHASES.index(phase)] > 0

    @property
    def phase(self) -> str:
        """What is told of this moment."""
        found = next((phase for phase in PHASES if phase in self), "start")
        return "idle" if found == "working" else found


def light(file: Path) -> None:
    """Have the counters raised by all that this program does from now on."""
    beacon = Beacon(file)
    _watch_database(beacon)
    _watch_network(beacon)
    timetable = daemon.timetable

    def begun(*arguments: Any) -> Any:
        beacon.raised("working")
        return timetable(*arguments)

    daemon.timetable = begun


def _watch_database(beacon: Beacon) -> None:
    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql == "BEGIN IMMEDIATE":
                done = super().execute(sql, *values)
                beacon.raised("transaction")
                return done
            if sql not in ("COMMIT", "ROLLBACK"):
                if "stretch" in beacon and self.in_transaction and not sql.lstrip().startswith("SELECT"):
                    time.sleep(_WRITE)
                return super().execute(sql, *values)
            with beacon.under_way("commit"):
                done = super().execute(sql, *values)
            beacon.raised("transaction", -1)  # one that only read lowers it no further than to nothing
            return done

    connect = sqlite3.connect
    sqlite3.connect = lambda *args, **named: connect(*args, **{"factory": Watched, **named})
    _wrap(beacon, connection, "_update", "migrate")
    _wrap(beacon, connection.Store, "_emptied", "checkpoint")


def _watch_network(beacon: Beacon) -> None:
    _wrap_async(beacon, Door, "get", "fetch")
    for method in ("look", "ruling", "source"):
        _wrap_async(beacon, Readers, method, "read")
    carry, recorder, digests = queues.carry, queues.Queues._recorder, set[int]()

    async def sent(due: Any, *arguments: Any) -> Any:
        with beacon.under_way("send"):
            result = await carry(due, *arguments)
        if result.delivered and due.event_uid.startswith("dig_"):
            digests.add(due.id)
            beacon.raised("digest")
            await asyncio.sleep(_STRETCHED)
        beacon.raised("note", result.delivered)
        return result

    def noting(self: Any, record: Any) -> Any:
        write = recorder(self, record)

        async def noted(results: Any) -> None:
            await write(results)
            beacon.raised("note", -sum(result.delivered for result in results))
            for result in results:
                beacon.raised("digest", -(result.delivery_id in digests))
                digests.discard(result.delivery_id)

        return noted if record is record_deliveries else write

    queues.carry, queues.Queues._recorder = sent, noting  # type: ignore[method-assign]


def _wrap(beacon: Beacon, owner: Any, name: str, phase: str) -> None:
    whole = getattr(owner, name)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        with beacon.under_way(phase):
            return whole(*arguments, **named)

    setattr(owner, name, wrapped)


def _wrap_async(beacon: Beacon, owner: Any, name: str, phase: str) -> None:
    whole = getattr(owner, name)

    async def wrapped(*arguments: Any, **named: Any) -> Any:
        with beacon.under_way(phase):
            return await whole(*arguments, **named)

    setattr(owner, name, wrapped)
