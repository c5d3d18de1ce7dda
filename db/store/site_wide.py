"""What happens to most articles of a site at once: a template, a counter, a badge; editors change one by one."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.compare import TEXT_FIELDS
from db.rows import text_of
from db.store.drift import ask_again, others_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from changes.change import Change, Edit, Window

# On so many other articles of a host: two may share a paragraph on one story.
SEVERAL = 3
# Other articles are waited for no longer than that.
LONGEST = timedelta(days=1)
# Rows that ruled on what may turn out to be the site's doing.
MAY_BE = (17, 18, 19, 20, 21, 22)

# Edits of other articles, without their Stands, that may have happened at the same time as one between two moments.
_AT_ONCE = f"""
SELECT r.id, a.id AS article, u.verdict FROM revisions r JOIN articles a ON a.id = r.article_id
JOIN rulings u ON u.id = (SELECT max(id) FROM rulings WHERE revision_id = r.id)
WHERE r.seen_at > :start AND r.seen_at <= :latest AND r.kind = 'changed' AND a.host = :host AND a.id != :article
  AND coalesce(r.not_before, '') < :end AND (u.rule IN {MAY_BE} OR u.verdict = 'site_wide')
"""
# The blocks that came or went with an edit, if its titles stayed.
_CAME_OR_WENT = """
WITH both AS (
    SELECT r.id, r.before_id FROM revisions r JOIN revisions b ON b.id = r.before_id
    WHERE r.id = ? AND (r.headline, r.topline, r.standfirst) IS (b.headline, b.topline, b.standfirst)),
new AS (SELECT block_id FROM revision_blocks WHERE revision_id = (SELECT id FROM both)),
old AS (SELECT block_id FROM revision_blocks WHERE revision_id = (SELECT before_id FROM both))
SELECT sha256 FROM blocks WHERE id IN (
    SELECT * FROM (SELECT * FROM new EXCEPT SELECT * FROM old)
    UNION SELECT * FROM (SELECT * FROM old EXCEPT SELECT * FROM new))
"""


def burst(con: sqlite3.Connection, host: str, article_id: int, edit: Edit) -> tuple[int, int] | None:
    """How many others changed without their Stands when an edit of that window may have happened, and of how many:
    those that were read since the edit was seen, or since it may have happened. A template or a counter changes most
    articles at once, and editors do not. None if it is not most. Where the template's words are only a part of what
    changed here, they say nothing of the rest.
    """
    others = others_of(con, host, article_id)
    at_the_time = at_once(con, host, article_id, edit.window)
    if len(at_the_time) < SEVERAL:
        return None
    parts = _parts(con, [row["id"] for row in at_the_time], edit.change)
    changed = {row["article"] for row in at_the_time if row["id"] not in parts}
    for since in (edit.window.not_after, edit.window.not_before):
        read = {other["id"] for other in others if since is not None and other["last_read_at"] >= text_of(since)}
        alike = len(read & changed)
        if alike >= SEVERAL and 2 * alike >= len(read):
            return alike, len(read)
    return None


def _parts(con: sqlite3.Connection, revision_ids: list[int], change: Change) -> set[int]:
    """Those in which nothing changed but what changed here, and here more did."""
    texts = {text for item in change.blocks for text in (item.before, item.after) if text}
    here = {hashlib.sha256(text.encode()).digest() for text in texts}
    titled = any(item.field in TEXT_FIELDS for item in change.fields)
    found = set[int]()
    for revision_id in revision_ids:
        there = {row["sha256"] for row in con.execute(_CAME_OR_WENT, [revision_id])}
        if there and (there < here or (titled and there == here)):
            found.add(revision_id)
    return found


def at_once(con: sqlite3.Connection, host: str, article_id: int, window: Window) -> list[sqlite3.Row]:
    """The edits of other articles, without their Stands, that may have happened when one of that window did."""
    start = window.not_before or window.not_after - LONGEST / 4
    values = {"start": text_of(start), "end": text_of(window.not_after), "host": host, "article": article_id,
              "latest": text_of(window.not_after + LONGEST)}  # fmt: skip
    return con.execute(_AT_ONCE, values).fetchall()


def ask_others(con: sqlite3.Connection, row: sqlite3.Row, at: datetime) -> None:
    """Look at some other articles: what a template brought, they show, too."""
    ask_again(con, [other["id"] for other in others_of(con, row["host"], row["id"])[:SEVERAL]], at)


def others_read(con: sqlite3.Connection, host: str, article_id: int, since: datetime) -> bool:
    """Whether as many other articles of the host were read since then as are needed, or as there are."""
    others = others_of(con, host, article_id)
    read = [other for other in others if other["last_read_at"] >= text_of(since)]
    return len(read) >= min(SEVERAL, len(others))
