"""What readers wrote, where a source asks for it: kept, and forgotten when somebody says so."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from db.pages import PageError, answer_of, keep_again, open_page
from db.rows import optional_text, text_of
from db.store.people import find_article

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from db.pages import Answer
    from scraper.article import Comment

_KEEP = """
INSERT INTO comments (article_id, key, author, posted_at, text, first_seen_at, last_seen_at)
VALUES (?, ?, ?, ?, ?, ?6, ?6) ON CONFLICT DO UPDATE SET last_seen_at = excluded.last_seen_at
"""


def keep_comments(con: sqlite3.Connection, article_id: int, at: datetime, comments: Sequence[Comment]) -> None:
    """Keep those that a look showed. "2 hours ago" is another time at each look: author and text say which is which."""
    if not comments:
        return
    known = defaultdict(list)
    for row in con.execute("SELECT id, author, text FROM comments WHERE article_id = ? ORDER BY id DESC", [article_id]):
        known[row["author"], row["text"]].append(row["id"])
    kept = Counter({said: len(rows) for said, rows in known.items()})  # the same may be said twice, without a time
    for comment in comments:
        if same := known[comment.author, comment.text]:
            con.execute("UPDATE comments SET last_seen_at = ? WHERE id = ?", [text_of(at), same.pop()])
            continue
        posted = optional_text(comment.posted_at)
        before = kept[comment.author, comment.text]
        kept[comment.author, comment.text] += 1
        parts = (comment.author, posted or "", comment.text, *([str(before)] if before else []))
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        con.execute(_KEEP, (article_id, key, comment.author, posted, comment.text, text_of(at)))


def articles_of(con: sqlite3.Connection, target: str | None) -> list[int]:
    """The articles that a source listed, the one with that address, or all.

    Raises:
        NotKnown: there is neither such a source nor such an article.
    """
    if target is None:
        return [row["id"] for row in con.execute("SELECT id FROM articles ORDER BY id")]
    source = con.execute("SELECT id FROM sources WHERE name = ?", [target]).fetchone()
    if source is None:
        return [find_article(con, target)["id"]]
    listed = con.execute("SELECT article_id FROM listings WHERE source_id = ? ORDER BY article_id", [source["id"]])
    return [row["article_id"] for row in listed]


def forget(
    con: sqlite3.Connection,
    article_id: int,
    before: datetime,
    blanked: Callable[[Answer, bytes], bytes | None],
) -> tuple[int, int]:
    """Erase the comments of an article that were last seen before that, and those in raw pages of before that.

    `blanked` gives of an answer and its body the body without comments, or None where there are none. Says how
    many comments and pages that were. What `nachtrag verify` checks of a page, the SHA-256 as served, stays.
    """
    erased = con.execute(
        "DELETE FROM comments WHERE article_id = ? AND last_seen_at < ?", [article_id, text_of(before)]
    ).rowcount
    try:
        return erased, _blank_pages(con, article_id, text_of(before), blanked)
    except PageError:  # what cannot be opened is left for `verify` to name
        return erased, 0


def _blank_pages(
    con: sqlite3.Connection, article_id: int, before: str, blanked: Callable[[Answer, bytes], bytes | None]
) -> int:
    rows = con.execute(
        """SELECT id, fetched_at, kept_sha256 IS NULL AS as_served FROM pages
           WHERE article_id = ? AND body IS NOT NULL ORDER BY id""",
        [article_id],
    ).fetchall()
    bodies = {row["id"]: open_page(con, row["id"]) for row in rows}
    new = {
        row["id"]: body
        for row in rows
        if row["as_served"] and row["fetched_at"] < before
        and (body := blanked(answer_of(con, row["id"]), bodies[row["id"]])) is not None
    }  # fmt: skip
    if new:
        unread = con.execute("SELECT page_id FROM unread_pages WHERE article_id = ?", [article_id])
        keep_again(con, bodies | new, {row["page_id"] for row in unread})
    return len(new)
