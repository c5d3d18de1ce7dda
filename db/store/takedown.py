"""Taking an article down: its words are erased, everywhere they are kept; hashes, times and rulings stay.

docs/running.md says what that means. It is the one exception to "history is only added to".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changes.ruling import QUOTING
from db.pages import keep_again
from db.rows import json_of, text_of
from db.schema_counts import OPERATIONS
from db.store.people import find_article
from db.store.revisions import erased_twin
from db.words.incidents import kept
from scraper.urls import host_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

_ERASED = "(erased by us)"

_REVISIONS = """
UPDATE revisions SET topline = '', headline = '', standfirst = '', authors = '[]', notes = '[]', excerpt = '',
    rule_at = NULL WHERE article_id = :article
"""
# The index keeps no text of its own: it has to be told what it indexed, and nothing else.
_HEADLINES = """
INSERT INTO revisions_fts (revisions_fts, rowid, topline, headline, standfirst)
SELECT 'delete', id, topline, headline, standfirst FROM revisions
WHERE article_id = :article AND id IN (SELECT id FROM revisions_fts_docsize)
"""
_OWN_BLOCKS = """
SELECT DISTINCT rb.block_id FROM revision_blocks rb JOIN revisions r ON r.id = rb.revision_id
WHERE r.article_id = :article
"""
_SHARED = f"""
SELECT b.id, b.sha256, min(a.url) AS url FROM blocks b JOIN block_articles ba ON ba.block_id = b.id
JOIN articles a ON a.id = ba.article_id
WHERE a.id != :article AND a.taken_down_at IS NULL AND b.id IN ({_OWN_BLOCKS}) GROUP BY b.id
"""
_TWINNED = """
UPDATE revision_blocks SET block_id = :twin
WHERE block_id = :block AND revision_id IN (SELECT id FROM revisions WHERE article_id = :article)
"""
_REST = (
    f"UPDATE blocks SET text = '' WHERE id IN ({_OWN_BLOCKS}) AND text != ''",
    """UPDATE revision_images SET url = '', alt = '', caption = '', credit = ''
       WHERE revision_id IN (SELECT id FROM revisions WHERE article_id = :article)""",
    "DELETE FROM unread_pages WHERE article_id = :article",
    "DELETE FROM comments WHERE article_id = :article",
    "DELETE FROM imprints WHERE article_id = :article",
    "UPDATE observations SET error = '' WHERE article_id = :article",  # earlier versions quoted headings
    "UPDATE listings SET title = '' WHERE article_id = :article",
    """UPDATE events SET data = json_set(data, '$.headline', '', '$.excerpt', '', '$.taken_down_at', :at)
       WHERE article_id = :article AND json_valid(data)""",
    "UPDATE departures SET check_at = NULL WHERE article_id = :article",
    "UPDATE edits SET because = '' WHERE article_id = :article",
    """UPDATE edit_tags SET words = '[["", ""]]'
       WHERE revision_id IN (SELECT id FROM revisions WHERE article_id = :article)""",
    "UPDATE articles SET taken_down_at = :at, next_visit_at = NULL, error = '', warning = '' WHERE id = :article",
)
_ADDRESSES = """
SELECT url FROM (
    SELECT url FROM articles WHERE id = :article UNION SELECT fetch_url FROM articles WHERE id = :article
    UNION SELECT url FROM revisions WHERE article_id = :article UNION SELECT url FROM pages WHERE article_id = :article)
WHERE url != ''
"""
# What those who run it were told of its pages, and of its sites: which article that quotes is not kept, and nothing
# cites it, so that of a site all of it goes.
_QUOTED = f"""
SELECT id, type, data FROM events WHERE {OPERATIONS} AND json_valid(data) AND (
    type = 'operations.site_text' AND url IN (SELECT value FROM json_each(:hosts))
    OR type = 'operations.article_unreadable' AND url IN (SELECT value FROM json_each(:urls)))
"""
_QUOTES = {"operations.site_text": "excerpt", "operations.article_unreadable": "detail"}


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What was erased.

    Attributes:
        shared: addresses of articles that have paragraphs in common with it; those stay there.
    """

    url: str
    versions: int
    pages: int
    shared: tuple[str, ...]


def take_down(con: sqlite3.Connection, url: str, now: datetime) -> TakenDown:
    """Erase the words of an article, and follow it no longer.

    Raises:
        NotKnown: there is no such article.
    """
    article = find_article(con, url)
    values = {"article": article["id"], "at": text_of(now)}
    pages = con.execute("SELECT id, body IS NOT NULL AS kept FROM pages WHERE article_id = :article", values).fetchall()
    con.execute(_HEADLINES, values)
    versions = con.execute(_REVISIONS, values).rowcount
    shared = con.execute(_SHARED, values).fetchall()
    for row in shared:
        con.execute(_TWINNED, {"block": row["id"], "twin": erased_twin(con, row["sha256"]), **values})
    for statement in _REST:
        con.execute(statement, values)
    keep_again(con, {}, (), gone=[page["id"] for page in pages])
    _unquote(con, article["id"])
    _unquote_operations(con, values)
    for index in (
        "blocks_fts",
        "revisions_fts",
    ):  # what was taken out of it stays in its old parts until they are merged
        con.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    return TakenDown(
        article["url"], versions, sum(page["kept"] for page in pages), tuple(sorted({row["url"] for row in shared}))
    )


def _unquote(con: sqlite3.Connection, article_id: int) -> None:
    """Rulings stay, without what their evidence quotes of the page."""
    rows = con.execute(
        "SELECT g.id, g.evidence FROM rulings g JOIN revisions r ON r.id = g.revision_id WHERE r.article_id = ?",
        [article_id],
    ).fetchall()
    for row in rows:
        pairs = json.loads(row["evidence"])
        quiet = [[what, _ERASED if what in QUOTING else value] for what, value in pairs]
        if quiet != pairs:
            con.execute("UPDATE rulings SET evidence = ? WHERE id = ?", [json_of(quiet), row["id"]])


def _unquote_operations(con: sqlite3.Connection, article: Mapping[str, object]) -> None:
    """What those who run it were told stays, without what it quotes."""
    urls = [row["url"] for row in con.execute(_ADDRESSES, article).fetchall()]
    hosts = sorted({host_key(url) for url in urls})
    for row in con.execute(_QUOTED, {"urls": json_of(urls), "hosts": json_of(hosts)}).fetchall():
        data, quoting = json.loads(row["data"]), _QUOTES[row["type"]]
        data["message"] = _ERASED
        if values := data.get("values"):  # which events of earlier versions have not
            data["message"] = kept(row["type"].removeprefix("operations."), {**values, quoting: _ERASED})
            data["values"] = {**values, quoting: ""}
        con.execute("UPDATE events SET data = ? WHERE id = ?", [json_of(data), row["id"]])
