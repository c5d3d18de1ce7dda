"""The hash chains over revisions, rulings and replies, and whether everything else still says what was recorded.

hash = sha256(hash of the row before ‖ content): who changes or removes a row of the past breaks all that follow.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING

from db.pages import PageError, answer_of, open_page
from db.rows import clocks_to_json, json_of
from db.store.clocks import clocks_before
from db.store.images import image_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# What the chain covers of a revision. Texts of blocks enter by their SHA-256, so that a takedown can erase them.
REVISION_COLUMNS = (
    "article_id", "number", "kind", "seen_at", "not_before", "not_after", "topline", "headline", "standfirst",
    "authors", "notes", "language", "read_with", "stand_at", "stand_raw", "comment_count", "words", "words_added",
    "words_removed", "excerpt", "stand_only", "clocks_before", "fingerprint", "page_sha256",
)  # fmt: skip
RULING_COLUMNS = (
    "revision_id", "at", "verdict", "rule", "rule_version", "settled", "not_before", "not_after", "evidence",
    "supersedes",
)  # fmt: skip
REPLY_COLUMNS = ("ruling_id", "revision_id", "at", "author", "received_at", "text", "link", "withdraws")
FIRST_HASH = "0" * 64
# Of a revision, since migration 6: rows from before do not have them, and their hashes do not cover them. `live`, of
# migration 13, is covered where it is 1.
ADDED_COLUMNS = ("url", "answer_sha256")

_REVISIONS = "SELECT r.*, a.taken_down_at FROM revisions r JOIN articles a ON a.id = r.article_id ORDER BY r.id"
_RULINGS = """
SELECT g.*, a.taken_down_at FROM rulings g JOIN revisions r ON r.id = g.revision_id
JOIN articles a ON a.id = r.article_id ORDER BY g.id
"""
# A takedown leaves them as they are.
_REPLIES = "SELECT r.*, NULL AS taken_down_at FROM replies r ORDER BY r.id"
_UNTOLD = """
SELECT r.id FROM revisions r
LEFT JOIN events e ON e.revision_id = r.id AND e.type IN ('article.discovered', 'article.changed')
WHERE e.id IS NULL AND (r.kind = 'first'
    OR (SELECT u.verdict FROM rulings u WHERE u.revision_id = r.id ORDER BY u.id LIMIT 1)
        NOT IN ('reread', 'unreadable', 'site_text', 'site_wide'))
ORDER BY r.id
"""
_OTHERWISE_TOLD = """
SELECT e.id, e.verdict AS told, u.verdict AS ruled FROM events e JOIN rulings u ON u.id = e.ruling_id
WHERE e.verdict != u.verdict OR json_extract(e.data, '$.verdict') != u.verdict ORDER BY e.id
"""


def last_hash(con: sqlite3.Connection, table: str) -> str:
    """The hash that the next row of the table follows."""
    row = con.execute(f"SELECT hash FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
    return FIRST_HASH if row is None else str(row["hash"])


def chained(previous: str, content: object) -> str:
    """sha256(previous hash ‖ content), with the content as JSON whose keys are sorted."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def answer_hash(con: sqlite3.Connection, page_id: int | None) -> str:
    """SHA-256 over all of a raw answer but its body: where and when it came, with which status and headers."""
    if page_id is None:
        return ""
    said = answer_of(con, page_id)
    headers = json_of([list(pair) for pair in said.headers])
    return chained("", [said.url, said.status, headers, said.fetched_at])


def faults(con: sqlite3.Connection) -> list[str]:
    """What is wrong with the database, one line each: SQLite's own check, chains, texts, raw pages and events."""
    found: list[str] = []
    for what, check in _CHECKS.items():
        try:
            found += check(con)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise  # that says nothing of what is in it
            found.append(f"{what} cannot be read to the end: {error}")
    return found


def _unsound(con: sqlite3.Connection) -> Iterator[str]:
    yield from (str(row[0]) for row in con.execute("PRAGMA integrity_check") if row[0] != "ok")


def _lost_references(con: sqlite3.Connection) -> Iterator[str]:
    for table, row_id, target, _ in con.execute("PRAGMA foreign_key_check"):
        which = "a row" if row_id is None else f"row {row_id}"
        yield f"{table}: {which} refers to a {target} row that is not there"


def _changed_texts(con: sqlite3.Connection) -> Iterator[str]:
    """A text that was erased is no fault."""
    for row in con.execute("SELECT id, sha256, text FROM blocks WHERE text != '' ORDER BY id"):
        if hashlib.sha256(row["text"].encode()).digest() != row["sha256"]:
            yield f"blocks row {row['id']}{_where(con, row['id'])}: its text is not what was recorded"


def _where(con: sqlite3.Connection, block_id: int) -> str:
    """The version that showed a text first, for people; none for a text that no version has."""
    row = con.execute(
        """SELECT a.url, r.number FROM block_articles ba JOIN articles a ON a.id = ba.article_id
           JOIN revisions r ON r.id = ba.first_id WHERE ba.block_id = ? ORDER BY r.id LIMIT 1""",
        [block_id],
    ).fetchone()
    return f" ({row['url']}, version {row['number']})" if row else ""


def _broken_chains(con: sqlite3.Connection) -> Iterator[str]:
    revisions = con.execute(_REVISIONS)
    rulings = con.execute(_RULINGS)
    yield from _walk("revisions", revisions, lambda row: [_of_revision(con, row), *_parts(con, row)])
    yield from _walk("rulings", rulings, lambda row: _named(row, RULING_COLUMNS))
    yield from _walk("replies", con.execute(_REPLIES), lambda row: _named(row, REPLY_COLUMNS))


def _walk(table: str, rows: Iterable[sqlite3.Row], content: Callable[[sqlite3.Row], object]) -> Iterator[str]:
    previous = FIRST_HASH
    for row in rows:
        if row["previous_hash"] != previous:
            yield f"{table} row {row['id']}: the row before it was changed or removed (its hash does not follow)"
        # The words of an article that was taken down are erased: its hash still links the rows before and after.
        if row["taken_down_at"] is None and row["hash"] != chained(row["previous_hash"], content(row)):
            yield f"{table} row {row['id']}: its content is not what was recorded"
        previous = row["hash"]


def _of_revision(con: sqlite3.Connection, row: sqlite3.Row) -> dict[str, object]:
    added = (*(ADDED_COLUMNS if row["url"] else ()), *(("live",) if row["live"] else ()))
    return _named(row, (*REVISION_COLUMNS, *added)) | {"clocks_before": clocks_to_json(clocks_before(con, row))}


def _damaged_pages(con: sqlite3.Connection) -> Iterator[str]:
    for row in con.execute("SELECT id FROM pages WHERE body IS NOT NULL ORDER BY id").fetchall():
        try:
            open_page(con, row["id"])
        except PageError as error:
            yield str(error)
    kept = "SELECT page_id, answer_sha256 FROM revisions WHERE answer_sha256 != '' ORDER BY id"
    for row in con.execute(kept).fetchall():
        if not _says(con, row["page_id"], row["answer_sha256"]):
            yield f"pages row {row['page_id']}: its address, time, status or headers are not what was recorded"


def _says(con: sqlite3.Connection, page_id: int, recorded: str) -> bool:
    try:
        return answer_hash(con, page_id) == recorded
    except PageError:
        return False


def _events_otherwise(con: sqlite3.Connection) -> Iterator[str]:
    for row in con.execute(_OTHERWISE_TOLD):
        yield f"events row {row['id']}: says {row['told']!r}, but its ruling is {row['ruled']!r}"
    for row in con.execute(_UNTOLD):
        yield f"revisions row {row['id']}: the event that told of it is gone"


def _named(row: sqlite3.Row, columns: tuple[str, ...]) -> dict[str, object]:
    return {name: row[name] for name in columns}


def _parts(con: sqlite3.Connection, revision: sqlite3.Row) -> list[list[list[object]]]:
    blocks = con.execute(
        """SELECT rb.kind, b.sha256 FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
           WHERE rb.revision_id = ? ORDER BY rb.position""",
        [revision["id"]],
    )
    clocks = con.execute(
        "SELECT kind, starts_at, ends_at, again_at, raw FROM revision_clocks WHERE revision_id = ? ORDER BY position",
        [revision["id"]],
    )
    hashed = [[row["kind"], row["sha256"].hex()] for row in blocks]
    return [hashed, [list(row) for row in image_rows(con, revision)], [list(row) for row in clocks]]


_CHECKS = {
    "the file": _unsound,
    "references": _lost_references,
    "texts": _changed_texts,
    "versions, rulings and replies": _broken_chains,
    "raw pages": _damaged_pages,
    "events": _events_otherwise,
}
