"""What an edit means, kept beside what we say of it: its weight, its tags, and the edit that a correction explains."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from changes.alignment import align
from changes.meaning import BY_ITSELF, MEANING_VERSION, NOT_WEIGHED, as_ruled
from changes.notices import explained, still_named
from db.rows import instant_of, json_of
from db.store.around import early_notices
from db.store.clocks import clocks_before
from db.store.revisions import load_article

if TYPE_CHECKING:
    import sqlite3

    from changes.alignment import Alignment
    from changes.meaning import Meaning
    from scraper.article import Article

# A correction explains what an article said lately; its first edits of hundreds are not read again for it.
_LOOKED_BACK = 12

_EDITS_SO_FAR = """
SELECT id FROM (SELECT revision_id AS id FROM edits WHERE article_id = (
    SELECT article_id FROM edits WHERE revision_id = :revision) AND revision_id <= :revision
    ORDER BY revision_id DESC LIMIT :limit) ORDER BY id
"""


def keep_meaning(con: sqlite3.Connection, revision_id: int, meaning: Meaning | None) -> None:
    """Note what the edit that made that version means, in the place of what was noted before; None: it says nothing."""
    row = con.execute("SELECT * FROM edits WHERE revision_id = ?", [revision_id]).fetchone()
    if row["verdict"] in NOT_WEIGHED:
        return
    meaning = meaning and as_ruled(meaning, row["verdict"])
    con.execute("DELETE FROM edit_tags WHERE revision_id = ?", [revision_id])
    words: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for tag in meaning.tags if meaning else ():
        words[tag.kind].append((tag.before, tag.after))
    con.executemany(
        "INSERT INTO edit_tags (kind, seen_at, revision_id, source_id, words) VALUES (?, ?, ?, ?, ?)",
        [
            (kind, row["seen_at"], revision_id, row["source_id"], json_of(list(dict.fromkeys(pairs))))
            for kind, pairs in words.items()
        ],
    )
    con.execute(
        """UPDATE edits SET severity = ?, because = ?, meaning_version = ?,
               explains_id = coalesce(?, iif(explains_id > revision_id, explains_id, NULL)) WHERE revision_id = ?""",
        [
            meaning.severity if meaning else "",
            meaning.because if meaning else "",
            MEANING_VERSION,
            _explains(con, revision_id, [after for _, after in words.get("correction notice", ()) if after]),
            revision_id,
        ],
    )
    _link_early_notices(con, row)


def _explains(con: sqlite3.Connection, revision_id: int, notices: list[str]) -> int | None:
    """The version whose edit the correction notices name the words of."""
    if not notices:
        return None
    values = {"revision": revision_id, "limit": _LOOKED_BACK}
    numbers = [row["id"] for row in con.execute(_EDITS_SO_FAR, values).fetchall()]
    edits = [_alignment(con, number) for number in numbers]
    found = explained(" ".join(notices), edits)
    return None if found is None else numbers[found]


def _link_early_notices(con: sqlite3.Connection, edit: sqlite3.Row) -> None:
    """A notice that came a while before the edit that it names, which is disclosed by it, is linked to it: to the first
    of several."""
    made = edit["revision_id"]
    con.execute("UPDATE edits SET explains_id = NULL WHERE explains_id = ? AND revision_id < ?", [made, made])
    early = early_notices(con, edit["article_id"], instant_of(edit["seen_at"]), made)
    if edit["verdict"] != "disclosed" or not early:
        return
    before, after = readings(con, made)
    for number, said in early:
        if any(still_named(before, after, said)):
            con.execute(
                "UPDATE edits SET explains_id = ? WHERE revision_id = ? AND explains_id IS NULL", [made, number]
            )


def _alignment(con: sqlite3.Connection, revision_id: int) -> Alignment:
    return align(*readings(con, revision_id))


def readings(con: sqlite3.Connection, revision_id: int) -> tuple[Article, Article]:
    """The article before and after the edit that made that version."""
    row = con.execute("SELECT * FROM revisions WHERE id = ?", [revision_id]).fetchone()
    old = con.execute("SELECT * FROM revisions WHERE id = ?", [row["before_id"]]).fetchone()
    before = replace(load_article(con, row["url"], old), clocks=clocks_before(con, row))
    return before, load_article(con, row["url"], row)


def to_weigh(con: sqlite3.Connection) -> list[int]:
    """Edits that were not weighed by the rules and the ruling as they are, by their versions, oldest first."""
    rows = con.execute(
        """SELECT e.revision_id, e.verdict FROM edits e JOIN articles a ON a.id = e.article_id
           WHERE a.taken_down_at IS NULL AND (e.meaning_version != ?
               OR (e.verdict = 'automatic' AND e.severity != '') != (e.because = ?)) ORDER BY e.revision_id""",
        [MEANING_VERSION, BY_ITSELF],
    )
    return [row["revision_id"] for row in rows.fetchall() if row["verdict"] not in NOT_WEIGHED]
