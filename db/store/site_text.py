"""Text that a site puts into many articles, or takes out of them: no edit of any of them, however it looks in one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.plain import words
from changes.ruling import on_other_articles
from db.rows import text_of
from db.store import events
from db.store.drift import ask_again, others_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from changes.change import Change, Edit
    from db.work import VisitResult

# On so many other articles of a host: two may share a paragraph on one story. Where we know few, on half of them.
_SEVERAL = 3
# Both "Ja." and "Nein." stand in many interviews, and one may take the place of the other.
_SHORT = 4
# Other articles are waited for no longer than that.
_LONGEST = timedelta(days=1)
# Rows that ruled on what may turn out to be text of the site.
_MAY_BE = (18, 19, 20, 22)

_ON_OTHERS = """
SELECT count(*) FROM (
    SELECT DISTINCT r.article_id FROM blocks b JOIN revision_blocks rb ON rb.block_id = b.id
    JOIN revisions r ON r.id = rb.revision_id JOIN articles a ON a.id = r.article_id
    WHERE b.sha256 = ? AND a.host = ? AND a.id != ? LIMIT ?)
"""
_TOLD = "SELECT 1 FROM events WHERE at >= ? AND type = 'operations.site_text' AND url = ?"
_ALIKE = f"""
UPDATE revisions SET rule_at = :at WHERE id IN (
    SELECT r.id FROM blocks b JOIN revision_blocks rb ON rb.block_id = b.id
    JOIN revisions r ON rb.revision_id IN (r.id, r.before_id) JOIN articles a ON a.id = r.article_id
    WHERE b.sha256 = :digest AND a.host = :host AND r.kind = 'changed' AND r.seen_at >= :since AND (
        SELECT u.rule FROM rulings u WHERE u.revision_id = r.id ORDER BY u.id DESC LIMIT 1) IN {_MAY_BE})
"""


def is_site_text(con: sqlite3.Connection, host: str, article_id: int, change: Change) -> bool:
    """Whether all blocks that came, went or changed stand, or stood, on several other articles of the host."""
    texts = _texts(change)
    needed = max(1, min(_SEVERAL, len(others_of(con, host, article_id)) // 2)) if texts else 0
    return bool(texts) and all(_on_others(con, host, article_id, text, needed) for text in texts)


def as_site_text(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> VisitResult:
    """The look with what the table says of it, if what it found is text of the site; else as it is."""
    edit, ruling = result.seen.edit, result.seen.ruling
    if edit is None or ruling is None or not is_site_text(con, row["host"], row["id"], edit.change):
        return result
    again = on_other_articles(replace(edit, course=replace(edit.course, site_text=True)), ruling)
    return replace(result, seen=replace(result.seen, ruling=again))


def ask_others(con: sqlite3.Connection, row: sqlite3.Row, edit: Edit, at: datetime) -> None:
    """Look at some other articles: what a template brought, they show, too."""
    if edit.whole_blocks:
        ask_again(con, [other["id"] for other in others_of(con, row["host"], row["id"])[:_SEVERAL]], at)


def others_read(con: sqlite3.Connection, host: str, article_id: int, since: datetime, now: datetime) -> bool:
    """Whether as many other articles of the host were read since then as are needed, or as there are."""
    others = others_of(con, host, article_id)
    read = sum(other["last_read_at"] >= text_of(since) for other in others)
    return read >= min(_SEVERAL, len(others)) or now - since >= _LONGEST


def found_site_text(con: sqlite3.Connection, host: str, change: Change, at: datetime) -> None:
    """Those who run it are told, once a day; what was said of the first articles that showed it is ruled again."""
    texts = _texts(change)
    told = con.execute(_TOLD, [text_of(at - _LONGEST), host]).fetchone()
    if told is None:
        said = f"{host}: the same text came or went on several articles, which is no edit of them: {texts[0][:200]!r}"
        events.operations(con, "site_text", at, host, f"{said}; a profile can leave it out (docs/sites.md)")
    for text in texts:
        digest = hashlib.sha256(text.encode()).digest()
        con.execute(_ALIKE, {"at": text_of(at), "digest": digest, "host": host, "since": text_of(at - 30 * _LONGEST)})


def _texts(change: Change) -> list[str]:
    """Both sides of each block that changed; none, if one of them cannot be text of a site."""
    old = [item.before for item in change.blocks if item.before]
    new = [item.after for item in change.blocks if item.after]
    exchanged = old and new and any(len(words(text)) < _SHORT for text in old + new)
    return [] if exchanged or any(item.kind == "note" for item in change.blocks) else old + new


def _on_others(con: sqlite3.Connection, host: str, article_id: int, text: str, needed: int) -> bool:
    digest = hashlib.sha256(text.encode()).digest()
    count: int = con.execute(_ON_OTHERS, [digest, host, article_id, needed]).fetchone()[0]
    return count >= needed
