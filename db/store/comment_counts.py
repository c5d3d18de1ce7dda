"""The number of comments of an article: kept whenever it moves, told, and what the numbers come to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from changes.comment_series import WORDS, Count, at_once, later, surge
from db.rows import instant_of, text_of
from db.store import drift, hosts
from db.store.events import Telling, tell
from db.work import Outcome

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from changes.comment_series import Movement
    from db.work import VisitResult

# A series reaches back that far: twelve hours of looks every five minutes.
_LATELY = 200
# What every cache may keep a page for: docs/rulings.md, `cache_allowance`.
_STALE = timedelta(minutes=15)

_ADD = "INSERT INTO comment_counts (article_id, at, count, before_at, movement) VALUES (?, ?, ?, ?, ?)"
_SERIES = "SELECT * FROM comment_counts WHERE article_id = ? ORDER BY id DESC LIMIT ?"
_UNCONFIRMED = "SELECT id FROM comment_counts WHERE article_id = ? AND movement = 'unconfirmed' ORDER BY id"
# Edits of which readers may have had something to say.
_EDITED = """
SELECT max(seen_at) AS at FROM edits WHERE article_id = ? AND verdict NOT IN (
    'site_text', 'site_wide', 'minor', 'automatic', 'peripheral', 'misread', 'partial', 'stand_only', 'stand_other')
"""


def begin(con: sqlite3.Connection, article_id: int, result: VisitResult, count: int | None) -> None:
    """The first reading of an article says so many; None: it offers none."""
    con.execute("UPDATE articles SET comment_count = ? WHERE id = ?", [count, article_id])
    if count is not None:
        con.execute(_ADD, [article_id, text_of(result.at), count, None, ""])


def is_read_alike(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> bool:
    """Whether the reader of this look has read the article before: a new one may find another number."""
    article = result.seen.article
    if article is None:
        return True
    values = [row["id"], article.read_with]
    return con.execute("SELECT 1 FROM readings WHERE article_id = ? AND read_with = ?", values).fetchone() is not None


def go_on(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult, *, alike: bool) -> None:
    """A look that read the page: keep the number if it moved, and tell what is known of it now. `row`: the article as
    it was; `alike`: see `is_read_alike`, as it was before the look was kept."""
    moved = result.seen.comment_count
    ruling = result.seen.ruling
    reread = result.seen.outcome == Outcome.REREAD or (ruling is not None and ruling.verdict == "reread")
    if moved is not None:
        _moved(con, row, result, moved, alike=alike and not reread)
    elif result.seen.article is not None or result.seen.proof:  # an older copy says nothing about comments
        _confirm(con, row, result)


def _moved(
    con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult, moved: tuple[int | None, int | None], *, alike: bool
) -> None:
    before, after = moved
    counts = _series(con, row["id"])
    known = at_once(counts[-1] if counts else None, after) if alike else ""
    at = text_of(result.at)
    con.execute("UPDATE articles SET comment_count = ? WHERE id = ?", [after, row["id"]])
    con.execute(_ADD, [row["id"], at, after, row["last_read_at"], known])
    if not alike:
        return
    # A count that appears or disappears may be the page's doing; it is kept, and only numbers are told.
    if before is not None and after is not None:
        _tell(con, row, result, f"{before} → {after} comments", (row["last_read_at"], at), None)
    if known == "reopened":
        _tell(con, row, result, f"none → {after} comments", (row["last_read_at"], at), "reopened")
    _confirm(con, row, result)
    _surge(con, row, result, (*counts, Count(result.at, after)))


def _confirm(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> None:
    """Whether a number that fell or went is confirmed by now, or is not what it seemed."""
    if drift.lasts(con, row["host"]):  # a site that is redesigned may have lost all its counts
        return
    for open_row in con.execute(_UNCONFIRMED, [row["id"]]).fetchall():
        rows = con.execute(
            """SELECT * FROM comment_counts WHERE article_id = :article AND id >= (SELECT max(id) FROM comment_counts
               WHERE article_id = :article AND id < :open) ORDER BY id""",
            {"article": row["id"], "open": open_row["id"]},
        ).fetchall()
        before, first = rows[0], rows[1]
        stale = max(_STALE, hosts.allowance(con, row["host"]))
        known = later(before["count"], [_count(item) for item in rows[1:]], result.at, stale)
        con.execute("UPDATE comment_counts SET movement = ? WHERE id = ?", [known, first["id"]])
        if known in ("closed", "dropped"):
            now = "none" if first["count"] is None else first["count"]
            window = (first["before_at"], first["at"])
            _tell(con, row, result, f"{before['count']} → {now} comments", window, known)


def _surge(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult, counts: Sequence[Count]) -> None:
    edited_at = con.execute(_EDITED, [row["id"]]).fetchone()["at"]
    found = surge(counts, instant_of(edited_at), result.at) if edited_at else None
    if found is None:
        return
    at = text_of(result.at)
    con.execute("UPDATE comment_counts SET movement = 'surged' WHERE article_id = ? AND at = ?", [row["id"], at])
    _tell(con, row, result, f"{found[0]} → {found[1]} comments", (edited_at, at), "surged")


def _tell(
    con: sqlite3.Connection,
    row: sqlite3.Row,
    result: VisitResult,
    numbers: str,
    window: tuple[str, str],
    movement: Movement | None,
) -> None:
    said = f"{numbers}: {WORDS[movement]}" if movement else numbers
    telling = Telling("comments", not_before=window[0], not_after=window[1], excerpt=said, movement=movement)
    tell(con, "article.comments", row["id"], result.at, telling)


def _series(con: sqlite3.Connection, article_id: int) -> tuple[Count, ...]:
    """The last counts, oldest first."""
    return tuple(_count(row) for row in con.execute(_SERIES, [article_id, _LATELY]).fetchall()[::-1])


def _count(row: sqlite3.Row) -> Count:
    return Count(instant_of(row["at"]), row["count"], row["movement"])
