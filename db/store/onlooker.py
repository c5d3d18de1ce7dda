"""A second connection that only reads, in a thread of its own: however large and cold the file is, what it takes long
to find holds up nobody who writes, and is broken off."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

P = ParamSpec("P")
T = TypeVar("T")

# After so many steps of SQLite it is asked whether somebody still waits.
_STEPS = 1_000


class Onlooker:
    """Of one database, which is there and of this version. Close it when done."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._address, self._seconds = f"{path.absolute().as_uri()}?mode=ro", seconds
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onlooker")
        self._connection: sqlite3.Connection | None = None
        self._late = False

    async def ask(self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what reads, on one state of the database.

        Raises:
            TimeoutError: it took too long, and was broken off.
            sqlite3.Error: it cannot be read.
        """
        self._late = False
        running = self._thread.submit(self._read, lambda con: work(con, *args, **kwargs))
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(running)
        except TimeoutError:
            self._late = True
            if self._connection is not None:
                self._connection.interrupt()
            raise

    def close(self) -> None:
        """Let the file go."""
        self._late = True
        self._thread.submit(self._end).result()
        self._thread.shutdown()

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection = self._connection or self._opened()
        connection.execute("BEGIN")
        try:
            return work(connection)
        finally:
            connection.execute("ROLLBACK")

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._address, uri=True, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.set_progress_handler(lambda: self._late, _STEPS)
        return connection

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
