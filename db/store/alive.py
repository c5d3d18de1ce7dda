"""A sign of life in the database: that the daemon works, and that the database takes what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import instant_of, text_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


def note_alive(con: sqlite3.Connection, now: datetime) -> None:
    """Write down that the daemon lives."""
    con.execute(
        "INSERT INTO meta (key, value) VALUES ('alive_at', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        [text_of(now)],
    )


def alive_at(con: sqlite3.Connection) -> datetime | None:
    """When it last did; None: never."""
    row = con.execute("SELECT value FROM meta WHERE key = 'alive_at'").fetchone()
    return instant_of(row["value"]) if row else None
