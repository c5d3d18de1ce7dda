"""How we treat hosts: what was asked of them is written down, and what they ask of us obeyed, in one transaction with
what was found."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import instant_of, text_of
from db.store import hosts
from scraper.ledger import SUMS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

    from scraper.ledger import Day, Health, Taken

# How long the rows of days are kept.
KEPT = timedelta(days=400)
# A host that fails rests, each time twice as long, until one request finds it well.
_REST, _LONGEST_REST = timedelta(minutes=5), timedelta(hours=1)

_COLUMNS = (*SUMS, "closest", "busiest")
_ADD = f"""
INSERT INTO host_days (host, day, {", ".join(_COLUMNS)}) VALUES (?, ?, {", ".join("?" * len(_COLUMNS))})
ON CONFLICT DO UPDATE SET {", ".join(f"{name} = {name} + excluded.{name}" for name in SUMS)},
    closest = min(coalesce(closest, excluded.closest), coalesce(excluded.closest, closest)),
    busiest = max(busiest, excluded.busiest)
"""
_WELL = """
UPDATE hosts SET failures = 0, failing_since = NULL, rests = 0, rests_until = NULL WHERE host = ? AND failures > 0
"""


def keep_manners(con: sqlite3.Connection, taken: Taken) -> None:
    """Write down what the ledger counted, and let hosts rest that asked for it or fail."""
    if taken.days:
        _count(con, taken.days)
        con.execute("DELETE FROM host_days WHERE day < ?", [f"{taken.at - KEPT:%F}"])
    for host, until in taken.pauses.items():
        hosts.know(con, host)
        hosts.pause(con, host, until)
        con.execute("UPDATE hosts SET asked_until = ? WHERE host = ?", [text_of(until), host])
    for host, health in taken.health.items():
        _note_health(con, host, health, taken.at)


def _count(con: sqlite3.Connection, days: Mapping[tuple[str, str], Day]) -> None:
    con.executemany(
        _ADD, [(host, day, *(getattr(counted, name) for name in _COLUMNS)) for (host, day), counted in days.items()]
    )


def _note_health(con: sqlite3.Connection, host: str, health: Health, at: datetime) -> None:
    if health.answered:
        con.execute(_WELL, [host])
    if not health.failed:
        return
    hosts.know(con, host)
    con.execute(
        """UPDATE hosts SET failures = failures + ?, failing_since = coalesce(failing_since, ?) WHERE host = ?""",
        [health.failed, text_of(at), host],
    )
    row = con.execute("SELECT failures, rests, rests_until FROM hosts WHERE host = ?", [host]).fetchone()
    # What was under way when it began to rest says nothing new.
    resting = row["rests_until"] is not None and instant_of(row["rests_until"]) > at
    if row["failures"] >= hosts.FAILING and not resting:
        until = at + min(_REST * (1 << min(row["rests"], 10)), _LONGEST_REST)
        hosts.pause(con, host, until)
        con.execute("UPDATE hosts SET rests = rests + 1, rests_until = ? WHERE host = ?", [text_of(until), host])
        con.execute("UPDATE host_days SET rests = rests + 1 WHERE host = ? AND day = ?", [host, f"{at:%F}"])


def end_rests(con: sqlite3.Connection) -> None:
    """Somebody wants to know now: let one request find out whether a host that fails is well. What hosts themselves
    asked for stays.
    """
    con.execute(
        "UPDATE hosts SET free_at = CASE WHEN asked_until > free_at THEN asked_until END WHERE free_at = rests_until"
    )
