"""What was handed out and is given back undone: at a stop by its holder, after a crash by whoever starts next."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from db.store.hosts import pause, robots
from scraper.politeness import crawl_delay, rules_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

Leased = Literal["sources", "articles", "deliveries", "subscriptions"]
_TABLES: tuple[Leased, ...] = ("sources", "articles", "deliveries", "subscriptions")
_IN_HAND = """
SELECT host FROM articles WHERE leased_until IS NOT NULL UNION SELECT host FROM sources WHERE leased_until IS NOT NULL
"""
_GAP = "SELECT coalesce(gap_seconds, 0) AS gap FROM hosts WHERE host = ?"


def give_back(con: sqlite3.Connection, table: Leased, ids: Sequence[int]) -> None:
    """End the leases of these rows."""
    con.executemany(f"UPDATE {table} SET leased_until = NULL WHERE id = ?", [(number,) for number in ids])


def hosts_in_hand(con: sqlite3.Connection) -> list[str]:
    """The hosts of all that is handed out to be asked."""
    return [row["host"] for row in con.execute(_IN_HAND).fetchall()]


def rest(con: sqlite3.Connection, names: Collection[str], now: datetime, gap: timedelta, agent: str) -> None:
    """Let these hosts rest from now: they may have been asked, and nobody noted it.

    Args:
        gap: the least pause between two requests; a host's own, and its kept crawl-delay for `agent`, may be longer.
    """
    for name in sorted(set(names)):
        own = [timedelta(seconds=row["gap"]) for row in con.execute(_GAP, [name])]
        delays = [crawl_delay(rules_from(copy.status, copy.body), agent) for copy in robots(con, name)]
        if span := max(gap, *own, *(delay or timedelta() for delay in delays), timedelta()):
            pause(con, name, now + span)


def end_all(con: sqlite3.Connection) -> int:
    """End all leases, as whoever held them is dead, and say how many there were."""
    return sum(
        con.execute(f"UPDATE {table} SET leased_until = NULL WHERE leased_until IS NOT NULL").rowcount
        for table in _TABLES
    )


@contextmanager
def at_work(database: Path) -> Iterator[bool]:
    """Be known as somebody who hands out from this database; True if nobody else was when we came.

    The kernel takes the lock back when a process ends, however it ends. It lies on a file of its own: SQLite's locks on
    the database are lost when any other handle to it is closed (https://sqlite.org/howtocorrupt.html, §2.2).
    """
    lock = database.with_name(f"{database.name}.lock")
    lock.touch(mode=0o600)
    with lock.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        except BlockingIOError:
            alone = False
        fcntl.flock(file, fcntl.LOCK_SH)  # from here on others see that they are not alone
        yield alone
