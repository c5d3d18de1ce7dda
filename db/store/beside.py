"""What feeds, sitemaps and HTTP say of an article: kept beside its versions, not mixed with the clocks of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import clock_columns, clocks_from_json, covers
from db.schema_compact import KEPT_CLOCK, LASTS, STARTS
from scraper.article import Clock
from scraper.beside import http_clock

if TYPE_CHECKING:
    import sqlite3

    from db.work import VisitResult

_ADD = f"""
INSERT INTO outside_clocks (revision_id, position, source_id, kept_kind, starts, lasts, again_at, raw)
VALUES (?1, ?2, ?3, {KEPT_CLOCK.format("?4")}, {STARTS.format("?5")}, {LASTS.format("?5", "?6")}, ?7, ?8)
"""


def keep_outside_clocks(con: sqlite3.Connection, revision_id: int, result: VisitResult) -> None:
    """What sources and the answer said when this version was first seen."""
    found = [*_listed(con, result.article_id)]
    answered = http_clock(result.seen.headers, result.at)
    if answered is not None:
        found.append((None, answered))
    con.executemany(
        _ADD,
        [(revision_id, position, source, *clock_columns(clock)) for position, (source, clock) in enumerate(found)],
    )


def keep_them_again(con: sqlite3.Connection, revision_id: int, reread_of: int) -> None:
    """A kept page that is read again: what was said when it came."""
    con.execute(
        """INSERT INTO outside_clocks (revision_id, position, source_id, kept_kind, starts, lasts, again_at, raw)
           SELECT ?, position, source_id, kept_kind, starts, lasts, again_at, raw FROM outside_clocks
           WHERE revision_id = ?""",
        [revision_id, reread_of],
    )


def told_outside(con: sqlite3.Connection, revision: sqlite3.Row) -> tuple[Clock, ...]:
    """What was said beside the page when that version was first seen, and when the next one was, and what they say now;
    without what they had said already when the version before was first seen."""
    later = "SELECT min(id) FROM revisions WHERE article_id = ? AND number > ?"
    following = con.execute(later, [revision["article_id"], revision["number"]]).fetchone()[0]
    before, since, then = (_kept(con, number) for number in (revision["before_id"], revision["id"], following))
    now = [clock for _source, clock in _listed(con, revision["article_id"])]
    return tuple(clock for clock in (*since, *then, *now) if clock not in before)


def _kept(con: sqlite3.Connection, revision_id: int | None) -> tuple[Clock, ...]:
    rows = con.execute(
        "SELECT kind, starts_at, ends_at, again_at, raw FROM outside_clocks WHERE revision_id = ? ORDER BY position",
        [revision_id],
    )
    return tuple(Clock(kind, covers(start, end, again), raw) for kind, start, end, again, raw in rows)


def _listed(con: sqlite3.Connection, article_id: int) -> list[tuple[int | None, Clock]]:
    rows = con.execute("SELECT source_id, clocks FROM listings WHERE article_id = ? ORDER BY source_id", [article_id])
    return [(row["source_id"], clock) for row in rows for clock in clocks_from_json(row["clocks"])]
