"""What is done every few hours: when it was done last, so that a start or another configuration puts nothing off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from db.rows import instant_of, text_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    # What is due every hour; that the looks of all articles were planned anew.
    Chore = Literal["hourly", "planned"]


def is_due(con: sqlite3.Connection, chore: Chore, every: timedelta, now: datetime) -> bool:
    """Whether it was not done for so long; what a clock that was ahead wrote down does not count."""
    row = con.execute("SELECT value FROM meta WHERE key = ?", [f"{chore}_at"]).fetchone()
    return row is None or not timedelta() <= now - instant_of(row["value"]) < every


def bring_forward(con: sqlite3.Connection, chore: Chore) -> None:
    """Let it be due now."""
    con.execute("DELETE FROM meta WHERE key = ?", [f"{chore}_at"])


def note_done(con: sqlite3.Connection, chore: Chore, now: datetime) -> None:
    """Write down that it was done."""
    con.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        [f"{chore}_at", text_of(now)],
    )
