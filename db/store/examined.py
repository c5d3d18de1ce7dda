"""A database looked at without changing anything in it, whatever state it is in: for `nachtrag doctor`."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlite_utils import Database

from db.migrations import migrations
from db.schema import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Whoever named an article first lately is not quiet, and an index knows it: of the others only all listings are read.
_QUIET = """
WITH slow AS MATERIALIZED (
    SELECT s.id, s.name FROM sources s
    WHERE s.state = 'active' AND s.failures = 0 AND s.kind IN ('feed', 'sitemap', 'api', 'page')
      AND coalesce((SELECT max(a.first_seen_at) FROM articles a WHERE a.source_id = s.id), '') < :since)
SELECT name, (SELECT max(l.first_listed_at) FROM listings l WHERE l.source_id = slow.id) AS newest_at
FROM slow WHERE newest_at < :since ORDER BY name
"""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """It, for reading only; nothing is made and nothing brought to another schema.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as con:
        con.row_factory = sqlite3.Row
        yield con


def is_ours(con: sqlite3.Connection) -> bool:
    """Whether Nachtrag made it."""
    return bool(con.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def schema_apart(con: sqlite3.Connection) -> tuple[int, int]:
    """How many steps its schema is behind this program, and how many ahead of it."""
    steps = {step.name for step in migrations.pending(Database(memory=True))}
    taken = {step.name for step in migrations.applied(Database(con, execute_plugins=False))}
    return len(steps - taken), len(taken - steps)


def is_behind(path: Path) -> bool:
    """Whether a database is of an earlier version."""
    try:
        with opened(path) as con:
            return is_ours(con) and schema_apart(con)[0] > 0
    except sqlite3.Error:  # it is not there, or cannot be read: whoever opens it says so
        return False


def quick_check(con: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the file; empty where that is nothing. Reads all of it."""
    said = str(con.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if said == "ok" else said


def quiet_sources(con: sqlite3.Connection, since: str) -> dict[str, str]:
    """Sources that answer and have named nothing new since then, each with when it last did."""
    return {row["name"]: row["newest_at"] for row in con.execute(_QUIET, {"since": since})}
