"""What feeds, sitemaps and HTTP say of an article: kept beside its versions, not mixed with the clocks of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import clock_columns, clocks_from_json
from scraper.beside import http_clock

if TYPE_CHECKING:
    import sqlite3

    from db.work import VisitResult
    from scraper.article import Clock


def keep_outside_clocks(con: sqlite3.Connection, revision_id: int, result: VisitResult) -> None:
    """What sources and the answer said when this version was first seen."""
    found = [*_listed(con, result.article_id)]
    answered = http_clock(result.seen.headers, result.at)
    if answered is not None:
        found.append((None, answered))
    con.executemany(
        """INSERT INTO outside_clocks (revision_id, position, source_id, kind, starts_at, ends_at, again_at, raw)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [(revision_id, position, source, *clock_columns(clock)) for position, (source, clock) in enumerate(found)],
    )


def keep_them_again(con: sqlite3.Connection, revision_id: int, reread_of: int) -> None:
    """A kept page that is read again: what was said when it came."""
    con.execute(
        """INSERT INTO outside_clocks (revision_id, position, source_id, kind, starts_at, ends_at, again_at, raw)
           SELECT ?, position, source_id, kind, starts_at, ends_at, again_at, raw FROM outside_clocks
           WHERE revision_id = ?""",
        [revision_id, reread_of],
    )


def _listed(con: sqlite3.Connection, article_id: int) -> list[tuple[int | None, Clock]]:
    rows = con.execute("SELECT source_id, clocks FROM listings WHERE article_id = ? ORDER BY source_id", [article_id])
    return [(row["source_id"], clock) for row in rows for clock in clocks_from_json(row["clocks"])]
