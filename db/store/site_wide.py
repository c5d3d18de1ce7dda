"""What happens to most articles of a site at once: a template, a counter, a badge; editors change one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import text_of
from db.store.drift import ask_again, others_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from changes.change import Window

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


def burst(con: sqlite3.Connection, host: str, article_id: int, window: Window) -> tuple[int, int] | None:
    """How many others changed without their Stands when an edit of that window may have happened, and of how many:
    those that were read since the edit was seen, or since it may have happened. A template or a counter changes most
    articles at once, and editors do not. None if it is not most.
    """
    others = others_of(con, host, article_id)
    changed = {row["article"] for row in at_once(con, host, article_id, window)}
    for since in (window.not_after, window.not_before):
        read = {other["id"] for other in others if since is not None and other["last_read_at"] >= text_of(since)}
        alike = len(read & changed)
        if alike >= SEVERAL and 2 * alike >= len(read):
            return alike, len(read)
    return None


def at_once(con: sqlite3.Connection, host: str, article_id: int, window: Window) -> list[sqlite3.Row]:
    """The edits of other articles, without their Stands, that may have happened when one of that window did."""
    start = window.not_before or window.not_after - LONGEST / 4
    values = {"start": text_of(start), "end": text_of(window.not_after), "host": host, "article": article_id,
              "latest": text_of(window.not_after + LONGEST)}  # fmt: skip
    return con.execute(_AT_ONCE, values).fetchall()


def ask_others(con: sqlite3.Connection, row: sqlite3.Row, at: datetime) -> None:
    """Look at some other articles: what a template brought, they show, too."""
    ask_again(con, [other["id"] for other in others_of(con, row["host"], row["id"])[:SEVERAL]], at)


def others_read(con: sqlite3.Connection, host: str, article_id: int, since: datetime, now: datetime) -> bool:
    """Whether as many other articles of the host were read since then as are needed, or as there are."""
    others = others_of(con, host, article_id)
    read = sum(other["last_read_at"] >= text_of(since) for other in others)
    return read >= min(SEVERAL, len(others)) or now - since >= LONGEST
