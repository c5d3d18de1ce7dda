"""Raw answers, compressed against the version before: most of a page is the same from one revision to the next."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import zstandard

from db.rows import headers_to_json, inserted, text_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping

    from scraper.page import Page

# A chain of pages that stand on one another is cut there, so that any version opens fast.
_CHAIN = 16
_LEVEL = 9
# Two to that power in bytes; zstandard refuses less than 10, and less than 17 gains nothing.
_LEAST_WINDOW = 17
# A page is never larger than the door lets in; a stored body that claims more is damaged.
_MAX_SIZE = 64 * 1024 * 1024


class PageError(Exception):
    """A stored page cannot be opened; the message names the row."""


def keep_page(con: sqlite3.Connection, article_id: int, page: Page, kept_body: bytes | None = None) -> int:
    """Store a raw answer and give its number. `kept_body` takes the place of its body, where that may not be kept."""
    body = page.body if kept_body is None else kept_body
    # A page that could not be read gives way to the next one: no other may build on it.
    base = con.execute(
        """SELECT id FROM pages WHERE article_id = ? AND body IS NOT NULL
             AND id NOT IN (SELECT page_id FROM unread_pages) ORDER BY id DESC LIMIT 1""",
        [article_id],
    ).fetchone()
    base_id = base["id"] if base and _chain_length(con, base["id"]) < _CHAIN else None
    try:
        dictionary = open_page(con, base_id) if base_id is not None else b""
    except PageError:  # the page before was damaged or erased: this one stands alone
        base_id, dictionary = None, b""
    return inserted(
        con.execute(
            """INSERT INTO pages (article_id, url, status, headers, fetched_at, sha256, size, base_id, body,
                   kept_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [article_id, page.url, page.status, headers_to_json(page.headers), text_of(page.fetched_at),
             hashlib.sha256(page.body).hexdigest(), len(body), base_id, _compressed(body, dictionary),
             None if kept_body is None else hashlib.sha256(kept_body).hexdigest()],
        )
    )  # fmt: skip


def keep_again(con: sqlite3.Connection, bodies: Mapping[int, bytes], unread: Collection[int]) -> None:
    """Replace the bodies of all pages of an article, in their order: no page may build on one that was erased, nor on
    one of the `unread`."""
    last_id: int | None = None
    for place, (page_id, body) in enumerate(bodies.items()):
        base_id = last_id if place % _CHAIN and page_id not in unread else None
        con.execute(
            """UPDATE pages SET body = ?, size = ?, base_id = ?,
               kept_sha256 = CASE sha256 WHEN ?4 THEN NULL ELSE ?4 END WHERE id = ?5""",
            [_compressed(body, bodies[base_id] if base_id is not None else b""), len(body), base_id,
             hashlib.sha256(body).hexdigest(), page_id],
        )  # fmt: skip
        last_id = last_id if page_id in unread else page_id


def open_page(con: sqlite3.Connection, page_id: int) -> bytes:
    """The body of a stored page, as it was kept.

    Raises:
        PageError: the row is missing, was erased, or does not match its SHA-256; or that is so of one it builds on.
    """
    row = con.execute(
        "SELECT id, base_id, body, size, coalesce(kept_sha256, sha256) AS sha256 FROM pages WHERE id = ?", [page_id]
    ).fetchone()
    if row is None or row["body"] is None:
        raise PageError(f"pages row {page_id}: the body is not there (erased, or never kept)")
    dictionary = _base(con, row)
    try:
        body = _decompressor(dictionary).decompress(row["body"], max_output_size=min(row["size"] + 1, _MAX_SIZE))
    except zstandard.ZstdError as error:
        raise PageError(f"pages row {page_id}: the body cannot be unpacked: {error}") from error
    if hashlib.sha256(body).hexdigest() != row["sha256"]:
        raise PageError(f"pages row {page_id}: the body does not match its SHA-256 {row['sha256']}")
    return body


def _base(con: sqlite3.Connection, row: sqlite3.Row) -> bytes:
    """What a page is compressed against."""
    if row["base_id"] is None:
        return b""
    try:
        return open_page(con, row["base_id"])
    except PageError as error:
        said = f"pages row {row['id']}: it builds on row {row['base_id']}, which cannot be opened"
        raise PageError(said) from error


def _chain_length(con: sqlite3.Connection, page_id: int) -> int:
    """How many pages must be opened for this one."""
    row = con.execute(
        """WITH RECURSIVE chain(id) AS (
               SELECT ? UNION ALL SELECT base_id FROM pages JOIN chain USING (id) WHERE base_id IS NOT NULL)
           SELECT count(*) FROM chain""",
        [page_id],
    ).fetchone()
    return int(row[0])


def _compressed(body: bytes, dictionary: bytes) -> bytes:
    if not dictionary:
        return zstandard.ZstdCompressor(level=_LEVEL).compress(body)
    # The window must span old and new page, or the compressor forgets the head of the page it builds on.
    window = max((len(body) + len(dictionary)).bit_length(), _LEAST_WINDOW)
    parameters = zstandard.ZstdCompressionParameters.from_level(_LEVEL, window_log=window, enable_ldm=True)
    content = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(dict_data=content, compression_params=parameters).compress(body)


def _decompressor(dictionary: bytes) -> zstandard.ZstdDecompressor:
    if not dictionary:
        return zstandard.ZstdDecompressor()
    content = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdDecompressor(dict_data=content, max_window_size=2 * _MAX_SIZE)
