"""Kept pages that are to be read again, and what they say now: versions that nobody is told of."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from changes.change import Ruling, Window
from changes.loss import HARMLESS
from changes.ruling import RULE_VERSION
from db.pages import PageError, open_page
from db.reread import DueReread
from db.rows import clocks_from_json, clocks_to_json, instant_of, text_of
from db.store import drift
from db.store.people import NotKnown, find_article
from db.store.revisions import Version, add_revision, add_ruling, load_article, readers_of
from db.work import Outcome, Sighting, VisitResult
from scraper.page import Page

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from db.reread import RereadResult
    from scraper.article import Article


class Reread(StrEnum):
    """What became of a kept page that was read again."""

    ANEW = "anew"  # it says something else now: another version, which stands from now on
    SAME = "same"  # it says what the version that stands says
    LOST = "lost"  # it still says less than the version that stands
    UNREADABLE = "unreadable"  # it cannot be read
    OUTRUN = "outrun"  # another version has come in the meantime


_KEPT = """
SELECT r.*, p.url AS page_url, p.status, p.headers, p.fetched_at FROM revisions r JOIN pages p ON p.id = r.page_id
WHERE r.article_id = :article AND p.body IS NOT NULL
  AND (r.id = :standing OR (r.kind = 'held' AND r.id > coalesce(:standing, 0)))
ORDER BY r.id DESC LIMIT 1
"""


def to_reread(con: sqlite3.Connection, url: str | None, site: str | None) -> list[int]:
    """The articles meant: the one with that address, those of a site, or all that were read and did not move.

    Raises:
        NotKnown: there are none.
    """
    if url is not None:
        return [find_article(con, url)["id"]]
    found = con.execute(
        """SELECT id FROM articles a WHERE state != 'moved' AND (?1 IS NULL OR host = ?1)
             AND EXISTS (SELECT 1 FROM revisions r WHERE r.article_id = a.id) ORDER BY id""",
        [site],
    ).fetchall()
    if site is not None and not found:
        raise NotKnown(f"{site!r}: no article of that host was read; expected a host such as www.example.org")
    return [row["id"] for row in found]


def due_reread(con: sqlite3.Connection, article_id: int) -> DueReread | None:
    """The newest page of an article that counts or is held; None where none is kept, or it is damaged."""
    row = con.execute("SELECT * FROM articles WHERE id = ?", [article_id]).fetchone()
    kept = con.execute(_KEPT, {"article": article_id, "standing": row["revision_id"]}).fetchone()
    if kept is None:
        return None
    try:
        body = open_page(con, kept["page_id"])
    except PageError:
        return None
    headers = tuple((name, value) for name, value in json.loads(kept["headers"]))
    return DueReread(
        article_id=article_id,
        url=row["url"],
        host=row["host"],
        standing_id=row["revision_id"],
        standing=_standing(con, row),
        fingerprint=_fingerprint(con, row["revision_id"]),
        kept_id=kept["id"],
        page=Page(kept["page_url"], kept["status"], headers, body, instant_of(kept["fetched_at"])),
        read_by=readers_of(con, article_id),
    )


def _standing(con: sqlite3.Connection, row: sqlite3.Row) -> Article | None:
    revision = con.execute("SELECT * FROM revisions WHERE id = ?", [row["revision_id"]]).fetchone()
    if revision is None:
        return None
    clocks, count = clocks_from_json(row["clocks"]), row["comment_count"]
    return replace(load_article(con, row["url"], revision), clocks=clocks, comment_count=count, warning=row["warning"])


def _fingerprint(con: sqlite3.Connection, revision_id: int | None) -> str:
    row = con.execute("SELECT fingerprint FROM revisions WHERE id = ?", [revision_id]).fetchone()
    return row["fingerprint"] if row else ""


def record_reread(con: sqlite3.Connection, result: RereadResult, *, accept: bool) -> Reread:
    """Keep what a page says now, and say what became of it. `accept`: also where it says less than before."""
    due, article = result.due, result.article
    row = con.execute("SELECT * FROM articles WHERE id = ?", [due.article_id]).fetchone()
    if row["revision_id"] != due.standing_id:
        return Reread.OUTRUN
    if article is None:
        return Reread.UNREADABLE
    if set(result.lost) - HARMLESS and not accept:
        return Reread.LOST
    con.execute("DELETE FROM doubts WHERE article_id = ?", [due.article_id])
    if result.fingerprint == due.fingerprint and due.standing and article.read_with == due.standing.read_with:
        return Reread.SAME
    _stands(con, row, result, _add(con, result, article), article)
    return Reread.ANEW


def _add(con: sqlite3.Connection, result: RereadResult, article: Article) -> int:
    due = result.due
    before = due.standing.read_with if due.standing else "nothing"
    window = Window(None, due.page.fetched_at)
    clocks = due.standing.clocks if due.standing else ()
    version = Version("reread", window, result.change, clocks, due.standing_id, due.kept_id)
    seen = Sighting(Outcome.REREAD, fingerprint=result.fingerprint)
    look = VisitResult(due.article_id, result.at, seen, result.at, result.at - result.at, (), due.standing_id)
    revision_id = add_revision(con, look, article, version)
    evidence = (
        ("reader", f"{before} → {article.read_with}"),
        ("read again", f"the page kept with revision {due.kept_id}, of {text_of(due.page.fetched_at)}"),
    )
    ruling = Ruling("reread", 1, window, evidence, True, None, RULE_VERSION)
    add_ruling(con, revision_id, text_of(result.at), ruling, None)
    con.execute("UPDATE revisions SET rule_at = ? WHERE id = ? AND rule_at IS NOT NULL",
                [text_of(result.at), due.standing_id])  # fmt: skip
    return revision_id


def _stands(
    con: sqlite3.Connection, row: sqlite3.Row, result: RereadResult, revision_id: int, article: Article
) -> None:
    """What is looked at next is compared with it, whatever the server says of the answer before."""
    seen_at = max(row["last_read_at"] or "", text_of(result.due.page.fetched_at))
    con.execute(
        """UPDATE articles SET revision_id = ?, clocks = ?, comment_count = ?, warning = ?, last_read_at = ?, etag = '',
               last_modified = '' WHERE id = ?""",
        [revision_id, clocks_to_json(article.clocks), article.comment_count, article.warning, seen_at, row["id"]],
    )
    drift.note_reading(con, row["host"], row["id"], result.at, article)


def end_drifts(con: sqlite3.Connection, read_well: dict[str, int], now: datetime, *, accept: bool) -> list[str]:
    """The sites, of those with so many held pages that are read well again, that drift no longer."""
    ended = []
    for host, well in sorted(read_well.items()):
        still = con.execute(
            "SELECT count(*) FROM doubts WHERE host = ? AND lost NOT IN ('', 'page')", [host]
        ).fetchone()[0]
        if accept or (well and still <= (still + well) // drift.STILL):
            by = "person" if accept else "reread"
            ended += [host] if drift.end(con, host, now, by) else []
    return ended
