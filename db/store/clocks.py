"""The clocks of a version, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import covers
from scraper.article import Clock

if TYPE_CHECKING:
    import sqlite3


def first_clocks(con: sqlite3.Connection, revision_id: int) -> tuple[Clock, ...]:
    """The clocks of a revision when it was first seen."""
    rows = con.execute(
        "SELECT kind, starts_at, ends_at, again_at, raw FROM revision_clocks WHERE revision_id = ? ORDER BY position",
        [revision_id],
    )
    return tuple(
        Clock(row["kind"], covers(row["starts_at"], row["ends_at"], row["again_at"]), row["raw"]) for row in rows
    )
