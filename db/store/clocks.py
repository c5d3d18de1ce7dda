"""The clocks of a version, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import clocks_from_json, covers
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


def clocks_before(con: sqlite3.Connection, revision: sqlite3.Row) -> tuple[Clock, ...]:
    """The clocks beside the old text when it was last seen. Mostly they are those that it was first seen with, and are
    not kept again then."""
    kept = revision["clocks_before"]
    return clocks_from_json(kept) if kept else first_clocks(con, revision["before_id"])
