"""Text that a site puts into many articles, or takes out of them: no edit of any of them, however it looks in one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from changes.compare import in_words
from changes.plain import words
from changes.render import excerpt, shortened
from changes.ruling import of_the_site
from db.rows import text_of
from db.store import events
from db.store.drift import others_of
from db.store.site_wide import LONGEST, MAY_BE, SEVERAL, at_once, burst

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from changes.change import Change, Edit
    from db.work import VisitResult

# Both "Ja." and "Nein." stand in many interviews, and one may take the place of the other.
_SHORT = 4
# So many characters of the text are told.
_SHOWN = 200
_ON_OTHERS = """
SELECT count(*) FROM (
    SELECT a.id FROM blocks b JOIN block_articles ba ON ba.block_id = b.id JOIN articles a ON a.id = ba.article_id
    WHERE b.sha256 = ? AND a.host = ? AND a.id != ? LIMIT ?)
"""
# The search index finds the words, as a phrase; most titles have few words that others have.
_TITLES = """
SELECT 1 FROM revisions_fts f JOIN revisions r ON r.id = f.rowid JOIN articles a ON a.id = r.article_id
WHERE revisions_fts MATCH :phrase AND a.host = :host AND a.id != :article AND :text IN (r.headline, r.standfirst)
LIMIT 1
"""
_TOLD = "SELECT 1 FROM events WHERE at >= ? AND type = 'operations.site_text' AND url = ?"
_ALIKE = f"""
UPDATE revisions SET rule_at = :at WHERE id IN (
    SELECT r.id FROM blocks b JOIN block_articles ba ON ba.block_id = b.id JOIN articles a ON a.id = ba.article_id
    JOIN revisions r ON r.article_id = a.id
    JOIN revision_blocks rb ON rb.revision_id IN (r.id, r.before_id) AND rb.block_id = b.id
    WHERE b.sha256 = :digest AND a.host = :host AND r.kind = 'changed' AND r.seen_at >= :since AND (
        SELECT u.rule FROM rulings u WHERE u.revision_id = r.id ORDER BY u.id DESC LIMIT 1) IN {MAY_BE})
"""


def is_site_text(con: sqlite3.Connection, host: str, article_id: int, change: Change) -> bool:
    """Whether all blocks that came, went or changed stand, or stood, on several other articles of the host; where few
    are followed, on half of them."""
    few = len(others_of(con, host, article_id)) // 2
    return _are_on_others(con, host, article_id, change, max(1, min(SEVERAL, few)))


def is_shared(con: sqlite3.Connection, host: str, article_id: int, change: Change) -> bool:
    """Whether they stand on any other article of the host: too few to call it the site's, and too many to accuse."""
    return _are_on_others(con, host, article_id, change, 1)


def _are_on_others(con: sqlite3.Connection, host: str, article_id: int, change: Change, needed: int) -> bool:
    texts = _texts(change)
    return bool(texts) and all(_on_others(con, host, article_id, text, needed) for text in texts)


def as_of_the_site(con: sqlite3.Connection, row: sqlite3.Row, result: VisitResult) -> VisitResult:
    """The look with what the table says of it, if what it found is the site's doing; else as it is. What stands on
    fewer than three other articles is told as a change, and ruled on when it settles; if it has, nothing is waited for.
    """
    edit, ruling = result.seen.edit, result.seen.ruling
    if edit is None or ruling is None or ruling.rule not in MAY_BE:
        return result
    here = con, row["host"], row["id"], edit.change
    on_others = is_site_text(*here) if ruling.settled else _are_on_others(*here, SEVERAL)
    known = replace(edit.course, site_text=on_others, burst=burst(con, row["host"], row["id"], edit))
    again = of_the_site(replace(edit, course=known), ruling)
    return replace(result, seen=replace(result.seen, ruling=again))


def found_of_the_site(con: sqlite3.Connection, row: sqlite3.Row, edit: Edit, at: datetime) -> None:
    """Those who run it are told, once a day; what was said of the first articles that showed it is ruled again."""
    host = row["host"]
    if con.execute(_TOLD, [text_of(at - LONGEST), host]).fetchone() is None:
        values = {"host": host, "excerpt": shortened(excerpt(edit.change), _SHOWN)}
        events.operations(con, "site_text", at, host, values)
    others = [other for other in at_once(con, host, row["id"], edit.window) if other["verdict"] != "site_wide"]
    alike = [(text_of(at), other["id"]) for other in others]
    con.executemany("UPDATE revisions SET rule_at = ? WHERE id = ?", alike)
    for text in _texts(edit.change):
        digest = hashlib.sha256(text.encode()).digest()
        con.execute(_ALIKE, {"at": text_of(at), "digest": digest, "host": host, "since": text_of(at - 30 * LONGEST)})


def _texts(change: Change) -> list[str]:
    """Both sides of each block that changed; none, if one of them cannot be text of a site."""
    blocks = in_words(change)
    old = [item.before for item in blocks if item.before]
    new = [item.after for item in blocks if item.after]
    exchanged = old and new and any(len(words(text)) < _SHORT for text in old + new)
    return [] if exchanged or any(item.kind == "note" for item in blocks) else old + new


def _on_others(con: sqlite3.Connection, host: str, article_id: int, text: str, needed: int) -> bool:
    """It stands in the text of several, or is what one of them is called: a teaser says no more than that."""
    digest = hashlib.sha256(text.encode()).digest()
    count: int = con.execute(_ON_OTHERS, [digest, host, article_id, needed]).fetchone()[0]
    return count >= needed or _is_title(con, host, article_id, text)


def _is_title(con: sqlite3.Connection, host: str, article_id: int, text: str) -> bool:
    """Whether that is the headline or the lead of another article of the host: a teaser of it."""
    phrase = '"' + text.replace("\x00", " ").replace('"', '""') + '"'
    values = {"phrase": phrase, "host": host, "article": article_id, "text": text}
    return con.execute(_TITLES, values).fetchone() is not None
