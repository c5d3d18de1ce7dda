"""Hosts: who may be asked now, robots.txt as last fetched, how stale their caches were, how their clocks stand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import instant_of, robots_columns, text_of
from db.store.following import WANTED
from db.work import RobotsCopy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from db.work import VisitResult

# A job that has not come back by then is taken for dead, and its item is handed out again.
LEASE = timedelta(minutes=5)
# A cache that is staler than that is broken, and may be so only once.
_MOST_STALE, _FORGOTTEN = timedelta(days=1), timedelta(days=30)
# Our clock counts as confirmed if so many hosts agreed with it within the last day.
_WITNESSES = 2
_AGREES = timedelta(seconds=60)

# A host that failed so often in a row, whatever was asked of it, rests as a whole; after that it is asked one thing at
# a time until it answers.
FAILING = 5
# At its second rest it was asked again, and failed: that is no passing failure, and those who run it are told.
TOLD_AT = 2

# How many items of a host `h` are in somebody's hand.
IN_HAND = """((SELECT count(*) FROM articles x WHERE x.host = h.host AND x.leased_until > :now)
    + (SELECT count(*) FROM sources x WHERE x.host = h.host AND x.leased_until > :now))"""


# How many may be.
SLOTS = f"(CASE WHEN h.failures >= {FAILING} THEN 1 ELSE :per_host END)"
# How many more.
FREE = f"({SLOTS} - {IN_HAND})"


_ANSWERED = """
UPDATE hosts SET free_at = max(coalesce(free_at, ''), :until),
    clock_offset_seconds = coalesce(:offset, clock_offset_seconds),
    clock_checked_at = CASE WHEN :offset IS NULL THEN clock_checked_at ELSE :at END WHERE host = :host
"""


def know(con: sqlite3.Connection, host: str) -> None:
    """Make sure that there is a row for the host."""
    con.execute("INSERT INTO hosts (host) VALUES (?) ON CONFLICT DO NOTHING", [host])


def pause(con: sqlite3.Connection, host: str, until: datetime) -> None:
    """No request to the host before that moment; a longer pause stays."""
    con.execute(
        "UPDATE hosts SET free_at = max(coalesce(free_at, ''), ?) WHERE host = ?",
        [text_of(until), host],
    )


def waits_of_looks(con: sqlite3.Connection, now: datetime) -> dict[str, timedelta]:
    """How late the looks that are due now are on the mean, by host: what its pace, its pauses and its rests cost."""
    rows = con.execute(
        f"""SELECT h.host, (SELECT avg(julianday(:now) - julianday(a.next_visit_at)) FROM articles a
                WHERE a.host = h.host AND a.next_visit_at <= :now AND {WANTED}) AS days FROM hosts h""",
        {"now": text_of(now)},
    )
    return {row["host"]: timedelta(days=row["days"]) for row in rows if row["days"] is not None}


def robots(con: sqlite3.Connection, *names: str) -> tuple[RobotsCopy, ...]:
    """robots.txt of the hosts as last fetched, where it was."""
    marks = ", ".join("?" * len(names))
    rows = con.execute(
        f"""SELECT host, robots_status, robots_body, robots_fetched_at FROM hosts
            WHERE host IN ({marks}) AND robots_fetched_at IS NOT NULL""",
        names,
    )
    return tuple(robots_of(row) for row in rows)


def robots_elsewhere(con: sqlite3.Connection, limit: int) -> tuple[RobotsCopy, ...]:
    """robots.txt of hosts that others lead to, where nothing is looked at by their own names; the newest last."""
    rows = con.execute(
        """SELECT host, robots_status, robots_body, robots_fetched_at FROM hosts h
           WHERE robots_fetched_at IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.host = h.host AND a.next_visit_at IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.host = h.host)
           ORDER BY robots_fetched_at DESC LIMIT ?""",
        [limit],
    ).fetchall()
    return tuple(robots_of(row) for row in reversed(rows))


def robots_of(row: sqlite3.Row) -> RobotsCopy:
    """robots.txt in a row of a host that has one."""
    return RobotsCopy(row["host"], row["robots_status"], row["robots_body"], instant_of(row["robots_fetched_at"]))


def keep_robots(con: sqlite3.Connection, copies: Iterable[RobotsCopy]) -> None:
    """Keep newly fetched robots.txt."""
    for copy in copies:
        know(con, copy.host)
        con.execute(
            "UPDATE hosts SET robots_status = ?, robots_body = ?, robots_fetched_at = ? WHERE host = ?",
            [*robots_columns(copy), copy.host],
        )


def allowance(con: sqlite3.Connection, host: str) -> timedelta:
    """The longest staleness that the host's caches proved."""
    row = con.execute("SELECT stale_seconds FROM hosts WHERE host = ?", [host]).fetchone()
    return timedelta(seconds=row["stale_seconds"] if row else 0)


def grow_allowance(con: sqlite3.Connection, host: str, proven: timedelta, at: datetime) -> None:
    """Caches of this host were that stale; what was proven long ago is forgotten when something is proven anew."""
    con.execute(
        """UPDATE hosts SET stale_seconds = CASE WHEN stale_proven_at > :old THEN max(stale_seconds, :proven)
               ELSE :proven END, stale_proven_at = :at WHERE host = :host""",
        {"proven": min(proven, _MOST_STALE).total_seconds(), "at": text_of(at), "old": text_of(at - _FORGOTTEN),
         "host": host},
    )  # fmt: skip


def keep_answers(con: sqlite3.Connection, looks: Sequence[tuple[str, VisitResult]]) -> None:
    """What looks say of their hosts: until when these rest, their robots.txt, and their Date minus our clock, where the
    answer was fresh."""
    con.executemany(_ANSWERED, [_answered(host, result) for host, result in looks])
    for _, result in looks:
        keep_robots(con, result.robots)


def _answered(host: str, result: VisitResult) -> dict[str, object]:
    offset = result.seen.clock_offset
    return {"until": text_of(result.at + result.host_pause), "at": text_of(result.at), "host": host,
            "offset": None if offset is None else offset.total_seconds()}  # fmt: skip


def clock_confirmed(con: sqlite3.Connection, but: str, now: datetime) -> bool:
    """Whether at least two other hosts agreed with our clock within a day."""
    row = con.execute(
        "SELECT count(*) FROM hosts WHERE host != ? AND abs(clock_offset_seconds) <= ? AND clock_checked_at >= ?",
        [but, _AGREES.total_seconds(), text_of(now - timedelta(days=1))],
    ).fetchone()
    return int(row[0]) >= _WITNESSES
