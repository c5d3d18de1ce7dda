"""An article is gone, and may return: a row each time, with what stood in its place and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import instant_of, text_of
from db.store.events import Telling, tell
from db.store.site_wide import LONGEST, others_read
from db.work import Outcome

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from db.work import VisitResult

_BEGIN = """
INSERT INTO departures (article_id, revision_id, last_read_at, missing_since, at, absence, check_at)
VALUES (:article, :revision, :last_read_at, :missing_since, :at, :absence, :at)
"""
_END = """
UPDATE departures SET returned_at = ?, returned_as = ?, check_at = NULL WHERE article_id = ? AND returned_at IS NULL
"""


def may_be_the_site(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> bool:
    """Whether what would confirm an absence is an error page with the status of a page, or leads elsewhere, and others
    of the site were not read since: it may be in trouble as a whole. A site says 404 of one article, and means it."""
    seen = result.seen
    if seen.outcome != Outcome.GONE or seen.absence not in ("soft_404", "elsewhere") or row["state"] == "gone":
        return False
    since = instant_of(row["missing_since"])
    return result.at - since < LONGEST and not others_read(con, row["host"], row["id"], since)


def begin(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> None:
    """The article is gone, as a second look confirmed: keep it, and tell it."""
    seen = result.seen
    con.execute(
        _BEGIN,
        {"article": row["id"], "revision": row["revision_id"], "last_read_at": row["last_read_at"],
         "missing_since": row["missing_since"], "at": text_of(result.at),
         "absence": seen.absence},
    )  # fmt: skip
    telling = Telling(
        "removed",
        not_before=row["last_read_at"],
        not_after=row["missing_since"],
        excerpt=seen.failure.message if seen.failure else "",
        absence=seen.absence,
    )
    tell(con, "article.gone", row["id"], result.at, telling)


def follow_up_at_once(con: sqlite3.Connection, article_id: int, now: datetime) -> None:
    """It was just seen to be gone still: what needs a fresh look can be said now."""
    con.execute(
        "UPDATE departures SET check_at = ? WHERE article_id = ? AND returned_at IS NULL AND check_at > ?",
        [text_of(now), article_id, text_of(now)],
    )


def end(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult, revision_id: int) -> None:
    """It is there again, as that version: keep it, and tell for how long it was not, and how much is another."""
    con.execute(_END, [text_of(result.at), revision_id, row["id"]])
    change = result.seen.edit.change if result.seen.edit and result.seen.outcome == Outcome.RETURNED else None
    last = con.execute("SELECT absence FROM departures WHERE article_id = ? ORDER BY id DESC", [row["id"]]).fetchone()
    telling = Telling(
        "returned",
        not_before=row["missing_since"],
        not_after=text_of(result.at),
        words_added=change.words_added if change else 0,
        words_removed=change.words_removed if change else 0,
        absence=last["absence"] if last else None,
        absent_seconds=round((result.at - instant_of(row["missing_since"])).total_seconds()),
    )
    tell(con, "article.returned", row["id"], result.at, telling)
