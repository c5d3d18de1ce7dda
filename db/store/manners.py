"""How we treat hosts: what was asked of them is written down, and what they ask of us obeyed, in one transaction with
what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from db.rows import instant_of, text_of
from db.store import events, hosts
from db.store.following import WANTED
from scraper.ledger import SUMS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from scraper.ledger import Day, Health, Taken

# How long the rows of days are kept.
KEPT = timedelta(days=400)
# A host that fails rests, each time twice as long, until one request finds it well.
_REST, LONGEST_REST = timedelta(minutes=5), timedelta(hours=1)

# What is late after a time in which nobody looked is caught up in that time, if it is much; polls sooner.
_CATCHING_UP, _POLLS, _LATE, _MANY = timedelta(hours=1), timedelta(minutes=5), timedelta(minutes=10), 300
_GOLDEN = 0.6180339887498949

# What the configuration says of all hosts, by its keys in `meta`.
SAID = ("user_agent", "gap", "per_host", "looks", "watch_days", "per_day", "prefer", "quiet")
_COLUMNS = (*SUMS, "closest", "busiest")
_ADD = f"""
INSERT INTO host_days (host, day, {", ".join(_COLUMNS)}) VALUES (?, ?, {", ".join("?" * len(_COLUMNS))})
ON CONFLICT DO UPDATE SET {", ".join(f"{name} = {name} + excluded.{name}" for name in SUMS)},
    closest = min(coalesce(closest, excluded.closest), coalesce(excluded.closest, closest)),
    busiest = max(busiest, excluded.busiest)
"""
# Of what failed with its host, and was not told, it is told when it fails several times more.
_ANEW = """
UPDATE sources SET failures = 1 WHERE host = ? AND failures > 1 AND failing_told = 0
"""
# Where each of its sources was told of, that is the same once more.
_HEALTH = """
SELECT failures, failing_since, rests, rests_until, failing_told,
    (SELECT min(s.failing_told) FROM sources s WHERE s.host = h.host AND s.state = 'active') = 1 AS sources_told
FROM hosts h WHERE host = ?
"""
_WELL = """
UPDATE hosts SET failures = 0, failing_since = NULL, rests = 0, rests_until = NULL, failing_told = 0 WHERE host = ?
"""


def keep_manners(con: sqlite3.Connection, taken: Taken) -> dict[str, datetime]:
    """Write down what the ledger counted, and let hosts rest that asked for it or fail. Of those that fail: until when
    they rest from now on."""
    if taken.days:
        _count(con, taken.days)
        con.execute("DELETE FROM host_days WHERE day < ?", [f"{taken.at - KEPT:%F}"])
    for host, until in taken.pauses.items():
        hosts.know(con, host)
        hosts.pause(con, host, until)
        con.execute("UPDATE hosts SET asked_until = ? WHERE host = ?", [text_of(until), host])
    rests = {host: _note_health(con, host, health, taken.at) for host, health in taken.health.items()}
    return {host: until for host, until in rests.items() if until is not None}


def failing_rests(con: sqlite3.Connection, now: datetime) -> dict[str, datetime]:
    """Until when hosts rest that fail; those of which somebody wants to know now are not among them."""
    rows = con.execute(
        "SELECT host, rests_until FROM hosts WHERE rests_until > ? AND free_at >= rests_until", [text_of(now)]
    )
    return {row["host"]: instant_of(row["rests_until"]) for row in rows}


def asked_pauses(con: sqlite3.Connection, now: datetime) -> dict[str, datetime]:
    """Until when hosts want to be left alone that asked for it."""
    rows = con.execute("SELECT host, asked_until FROM hosts WHERE asked_until > ?", [text_of(now)])
    return {row["host"]: instant_of(row["asked_until"]) for row in rows}


def _count(con: sqlite3.Connection, days: Mapping[tuple[str, str], Day]) -> None:
    con.executemany(
        _ADD, [(host, day, *(getattr(counted, name) for name in _COLUMNS)) for (host, day), counted in days.items()]
    )


def _note_health(con: sqlite3.Connection, host: str, health: Health, at: datetime) -> datetime | None:
    """Until when it rests from now on; None: it goes on as it did."""
    if health.answered:
        _note_well(con, host, at)
    if not health.failed:
        return None
    hosts.know(con, host)
    con.execute(
        """UPDATE hosts SET failures = failures + ?, failing_since = coalesce(failing_since, ?) WHERE host = ?""",
        [health.failed, text_of(at), host],
    )
    row = con.execute(_HEALTH, [host]).fetchone()
    # What was under way when it began to rest says nothing new.
    resting = row["rests_until"] is not None and instant_of(row["rests_until"]) > at
    if row["failures"] < hosts.FAILING or resting:
        return None
    until: datetime = at + min(_REST * (1 << min(row["rests"], 10)), LONGEST_REST)
    hosts.pause(con, host, until)
    con.execute("UPDATE hosts SET rests = rests + 1, rests_until = ? WHERE host = ?", [text_of(until), host])
    con.execute("UPDATE host_days SET rests = rests + 1 WHERE host = ? AND day = ?", [host, f"{at:%F}"])
    if row["rests"] + 1 >= hosts.TOLD_AT and not row["failing_told"] and not row["sources_told"]:
        values = {"host": host, "failures": row["failures"], "since": row["failing_since"]}
        events.operations(con, "host_failing", at, host, values)
        con.execute("UPDATE hosts SET failing_told = 1 WHERE host = ?", [host])
    return until


def _note_well(con: sqlite3.Connection, host: str, at: datetime) -> None:
    row = con.execute("SELECT failures, failing_told, failing_since FROM hosts WHERE host = ?", [host]).fetchone()
    if row is None or not row["failures"]:
        return
    if row["failing_told"]:
        events.operations(con, "host_recovered", at, host, {"host": host, "since": row["failing_since"]})
    if row["failures"] >= hosts.FAILING:
        con.execute(_ANEW, [host])
    con.execute(_WELL, [host])


def end_rests(con: sqlite3.Connection) -> None:
    """Somebody wants to know now: let one request find out whether a host that fails is well. What hosts themselves
    asked for stays.
    """
    con.execute(
        "UPDATE hosts SET free_at = CASE WHEN asked_until > free_at THEN asked_until END WHERE free_at = rests_until"
    )


@dataclass(frozen=True, slots=True)
class HostWish:
    """What the configuration says of one host: its own gap, and its quiet hours in words."""

    name: str
    gap: timedelta
    quiet: str


def configure(con: sqlite3.Connection, wishes: Sequence[HostWish], said: Mapping[str, str]) -> None:
    """Make the database say what the configuration says of hosts.

    Args:
        said: of how we ask all of them, by name (`SAID`): as whom, how often, for how many looks, and not when.
    """
    con.execute("UPDATE hosts SET gap_seconds = NULL, quiet = '' WHERE gap_seconds IS NOT NULL OR quiet != ''")
    for wish in wishes:
        hosts.know(con, wish.name)
        con.execute(
            "UPDATE hosts SET gap_seconds = ?, quiet = ? WHERE host = ?",
            [wish.gap.total_seconds() or None, wish.quiet, wish.name],
        )
    con.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", said.items()
    )


def said(con: sqlite3.Connection) -> dict[str, str]:
    """What the configuration said last of how we ask all hosts."""
    marks = ", ".join("?" * len(SAID))
    return dict(con.execute(f"SELECT key, value FROM meta WHERE key IN ({marks})", SAID).fetchall())


def put_off(con: sqlite3.Connection, table: Literal["sources", "articles"], ends: Mapping[int, datetime]) -> None:
    """Give back what was handed out, by number; it is due when its quiet hours are over, and not all at once, nor in
    the same minute every day: others may begin by then.
    """
    column, span = ("next_poll_at", _POLLS) if table == "sources" else ("next_visit_at", _CATCHING_UP)
    con.executemany(
        f"UPDATE {table} SET leased_until = NULL, {column} = ? WHERE id = ?",
        [(text_of(_after(end, span, number)), number) for number, end in ends.items()],
    )


def wake(con: sqlite3.Connection, ends: Collection[datetime], now: datetime) -> None:
    """Let articles be due that were put off to the end of quiet hours, if it is one of these."""
    for end in ends:
        rows = con.execute(
            "SELECT id, next_visit_at FROM articles WHERE next_visit_at BETWEEN ? AND ?",
            [text_of(end), text_of(end + _CATCHING_UP)],
        ).fetchall()
        put_off = [row["id"] for row in rows if row["next_visit_at"] == text_of(_after(end, _CATCHING_UP, row["id"]))]
        con.executemany("UPDATE articles SET next_visit_at = ? WHERE id = ?", [(text_of(now), one) for one in put_off])


def spread_late(con: sqlite3.Connection, now: datetime) -> int:
    """After a time in which nobody looked: spread the looks that are late over an hour, each host's evenly, the newest
    articles first. How many they are; 0 where there are too few to matter.
    """
    late = text_of(now - _LATE)
    found = con.execute(
        f"""SELECT h.host, (SELECT count(*) FROM articles a
                WHERE a.host = h.host AND a.next_visit_at <= ? AND {WANTED}) AS looks FROM hosts h""",
        [late],
    ).fetchall()
    if sum(row["looks"] for row in found) <= _MANY:
        return 0
    moved = 0
    for place, host in enumerate(row["host"] for row in found if row["looks"]):
        rows = con.execute(
            f"""SELECT id FROM articles a WHERE host = ? AND next_visit_at <= ? AND {WANTED}
                ORDER BY revision_id IS NOT NULL, state != 'suspect', first_seen_at DESC""",
            [host, late],
        ).fetchall()
        step = _CATCHING_UP / len(rows)
        con.executemany(
            "UPDATE articles SET next_visit_at = ? WHERE id = ?",
            [(text_of(now + step * (rank + _share(place))), row["id"]) for rank, row in enumerate(rows)],
        )
        moved += len(rows)
    return moved


def _after(end: datetime, span: timedelta, number: int) -> datetime:
    """When that is due which was put off to the end of quiet hours."""
    return end + span * _share(number + end.toordinal())


def _share(number: int) -> float:
    """Numbers that follow each other, spread evenly between 0 and 1."""
    return number * _GOLDEN % 1.0
