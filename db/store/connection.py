"""The one writer: opens the file, owns the thread and the transactions.

`Store.run(work, …)` runs `work(connection, …)` on the store's thread inside one `BEGIN IMMEDIATE` transaction: all
of it is kept, or nothing; `Store.read(work, …)` runs what only reads, without a lock that others wait for. The
functions that they run stand beside this file, one module per queue.
"""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from db.migrations import is_migrated, migrate, unknown_steps
from db.schema import APPLICATION_ID
from db.store.sizes import has_no_room
from db.views import create_views, has_views

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

P = ParamSpec("P")
T = TypeVar("T")

# How long a write waits for another process that holds the lock (a backup, a second `run --once`).
BUSY_MS = 60_000
# How long the emptying of the write-ahead log waits for whoever reads from it: Datasette may for three seconds.
_LOG_MS = 5_000
# What `PRAGMA auto_vacuum` says of a file that gives room back bit by bit.
_INCREMENTAL = 2
_PAGES_AT_A_TIME = 500
# An edit alone asks more than the 128 that Python keeps, and to prepare one takes longer than most take to run.
_STATEMENTS = 1024


class StoreError(Exception):
    """The database cannot be used. The message names the file and what to do."""


class Store:
    """The database of one daemon or command. Close it, or use it as a context manager.

    Args:
        forward: one of an earlier version is brought to this one, for good; else it is refused.

    Attributes:
        locked_out: a transaction waits to begin, as another process writes.
    """

    def __init__(self, path: Path, *, forward: bool = True) -> None:
        self.path = path
        self.locked_out = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        try:
            self._connection = self._thread.submit(_open, path, forward=forward).result()
        except (sqlite3.Error, OSError, StoreError) as error:
            self._thread.shutdown()
            full = "; its disk is full: make room" if has_no_room(path) else ""
            raise StoreError(f"{path}: cannot be used as Nachtrag's database: {error}{full}") from error

    def call(self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one piece of work in one transaction, and wait for it."""
        return self._thread.submit(self._transaction, lambda con: work(con, *args, **kwargs)).result()

    async def run(self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for the event loop."""
        return await asyncio.wrap_future(self._thread.submit(self._transaction, lambda con: work(con, *args, **kwargs)))

    def read(self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one piece of work that only reads, on one state of the database: whoever writes is not held up."""
        return self._thread.submit(self._reading, lambda con: work(con, *args, **kwargs)).result()

    async def ask(self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for the event loop."""
        return await asyncio.wrap_future(self._thread.submit(self._reading, lambda con: work(con, *args, **kwargs)))

    def empty_log(self) -> bool:
        """Put the write-ahead log into the file and empty it: what was erased was still in it.

        False if another process reads what stands in it, and kept doing so: then it is as it was.
        """
        return self._thread.submit(self._emptied).result()

    def write_anew(self) -> None:
        """Write the whole file anew, without room that holds nothing; nobody else can write meanwhile.

        Raises:
            sqlite3.Error: it could not be done; the file is as it was.
        """
        self._thread.submit(_write_anew, self._connection).result()

    def close(self) -> None:
        """Finish what was begun, put the write-ahead log into the file, and let it go."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _emptied(self) -> bool:
        self._connection.execute(f"PRAGMA busy_timeout = {_LOG_MS:d}")
        try:
            busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {BUSY_MS:d}")
        return not busy

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        # IMMEDIATE: a transaction that reads first and writes later fails at once when another process wrote between.
        return self._within("BEGIN IMMEDIATE", work)

    def _reading(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self._connection.execute("PRAGMA query_only = ON")
        try:
            return self._within("BEGIN", work)
        finally:
            self._connection.execute("PRAGMA query_only = OFF")

    def _within(self, begin: str, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        self.locked_out = True
        try:
            connection.execute(begin)
        finally:
            self.locked_out = False
        try:
            result = work(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return result


def give_back_some(con: sqlite3.Connection) -> int | None:
    """Hand a little of the room that holds nothing back to the disk, and say how many pages of it are left.

    None: the file cannot do that, until it was written anew.
    """
    if con.execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
        return None
    left = int(con.execute("PRAGMA freelist_count").fetchone()[0])
    given = min(left, _PAGES_AT_A_TIME)
    for _ in range(given):  # Python steps a PRAGMA once only, and each step is one page
        con.execute("PRAGMA incremental_vacuum(1)")
    return left - given


def _write_anew(con: sqlite3.Connection) -> None:
    con.execute("PRAGMA auto_vacuum = INCREMENTAL")  # files of earlier versions take that when they are written anew
    con.execute("VACUUM")


def _open(path: Path, *, forward: bool) -> sqlite3.Connection:
    if not path.parent.is_dir():
        raise StoreError(f"there is no folder {path.parent}; make it, or name another path as `database`")
    if not path.exists():
        path.touch(mode=0o600)  # SQLite gives the files beside it the same rights
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000, cached_statements=_STATEMENTS)
    connection.row_factory = sqlite3.Row
    _refuse_foreign(connection)
    _refuse_newer(connection)
    if not forward:
        _refuse_earlier(connection)
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # only a new file takes that
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # a takedown erases what was written anew before, too
    _update(connection)
    return connection


def _update(connection: sqlite3.Connection) -> None:
    """To the newest schema, all in one transaction: another program that opens the file meanwhile waits for it."""
    database = Database(connection)
    if is_migrated(database) and has_views(database):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrate(database)
        create_views(database)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _refuse_newer(connection: sqlite3.Connection) -> None:
    if steps := unknown_steps(Database(connection)):
        raise StoreError(
            f"a newer version of Nachtrag wrote it (its step {steps[0]!r} is not known here); "
            "install that version, or name a backup that was made before"
        )


def _refuse_earlier(connection: sqlite3.Connection) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and not is_migrated(Database(connection)):
        raise StoreError(
            "it is of an earlier version; `nachtrag upgrade` brings it forward (docs/running.md, Upgrades)"
        )


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application_id != APPLICATION_ID:
        raise StoreError("it is another program's SQLite file; name another path as `database` in the configuration")
