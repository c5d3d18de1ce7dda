"""Raw answers, kept against an earlier version: most of a page is the same from one revision to the next."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import zstandard

from db.rows import inserted, json_of, text_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence

    from scraper.page import Page

# So many pages stand on one that stands alone. The n-th builds on the one whose place is n without its lowest bit
# (7 on 6, 6 on 4, 4 on 0): to open any of them takes six steps at most.
_FAMILY = 64
_LEVEL = 9
# Against an earlier version: higher levels take three times as long for a tenth less.
_DELTA_LEVEL = 3
# Two to that power in bytes; zstandard refuses less than 10, and less than 17 gains nothing.
_LEAST_WINDOW = 17
# A page is never larger than the door lets in; a stored body that claims more is damaged.
_MAX_SIZE = 64 * 1024 * 1024


class PageError(Exception):
    """A stored page cannot be opened; the message names the row."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All of a raw answer but its body. `headers`: as served; `fetched_at`: as text of the database."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    fetched_at: str


def keep_page(con: sqlite3.Connection, article_id: int, page: Page, kept_body: bytes | None = None) -> int:
    """Store a raw answer and give its number. `kept_body` takes the place of its body, where that may not be kept."""
    body = page.body if kept_body is None else kept_body
    base_id = _base_for(_family(con, article_id))
    try:
        dictionary = open_page(con, base_id) if base_id is not None else b""
        base = answer_of(con, base_id) if base_id is not None else None
    except PageError:  # the page before was damaged or erased: this one stands alone
        base_id, dictionary, base = None, b"", None
    answer = Answer(page.url, page.status, tuple(page.headers), text_of(page.fetched_at))
    url, headers = _said_against(answer, base)
    return inserted(
        con.execute(
            """INSERT INTO pages (article_id, url, status, headers, fetched_at, sha256, size, base_id, body,
                   kept_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [article_id, url, page.status, headers, answer.fetched_at, hashlib.sha256(page.body).hexdigest(),
             len(body), base_id, _compressed(body, dictionary),
             None if kept_body is None else hashlib.sha256(kept_body).hexdigest()],
        )
    )  # fmt: skip


def keep_again(
    con: sqlite3.Connection, bodies: Mapping[int, bytes], unread: Collection[int], gone: Collection[int] = ()
) -> None:
    """Replace the bodies of all pages of an article, in their order, and erase those of pages that are `gone`: no page
    may build on one that was erased, nor on one of the `unread`.

    Raises:
        PageError: headers of one of the `bodies` cannot be read; nothing was written.
    """
    answers = {page_id: answer_of(con, page_id) for page_id in bodies}
    # What is erased still says by which headers it came, against a page that does so, too.
    con.executemany("UPDATE pages SET body = NULL WHERE id = ?", [(page_id,) for page_id in gone])
    family: list[int] = []
    for page_id, body in bodies.items():
        base_id = None if page_id in unread else _base_for(family)
        url, headers = _said_against(answers[page_id], answers[base_id] if base_id is not None else None)
        con.execute(
            """UPDATE pages SET body = ?, size = ?, base_id = ?, url = ?, headers = ?,
               kept_sha256 = CASE sha256 WHEN ?6 THEN NULL ELSE ?6 END WHERE id = ?7""",
            [_compressed(body, bodies[base_id] if base_id is not None else b""), len(body), base_id, url, headers,
             hashlib.sha256(body).hexdigest(), page_id],
        )  # fmt: skip
        if page_id not in unread:
            family = [*family, page_id] if base_id is not None else [page_id]


def answer_of(con: sqlite3.Connection, page_id: int) -> Answer:
    """Where and when a page came, with which status and headers.

    Raises:
        PageError: there is no such page, or its headers are no longer what was written.
    """
    row = con.execute("SELECT url, status, headers, fetched_at, base_id FROM pages WHERE id = ?", [page_id]).fetchone()
    if row is None:
        raise PageError(f"pages row {page_id}: it is not there")
    base = answer_of(con, row["base_id"]) if row["base_id"] is not None else None
    known = base.headers if base else ()
    try:
        said = [known[part] if isinstance(part, int) else part for part in json.loads(row["headers"])]
        headers = tuple((str(name), str(value)) for name, value in said)
    except (ValueError, TypeError, LookupError) as error:
        raise PageError(f"pages row {page_id}: its headers cannot be read") from error
    return Answer(row["url"] or (base.url if base else ""), row["status"], headers, row["fetched_at"])


def is_kept(con: sqlite3.Connection, page_id: int | None) -> bool:
    """Whether the body of a page is there, and was not erased."""
    row = con.execute("SELECT body IS NOT NULL AS kept FROM pages WHERE id = ?", [page_id]).fetchone()
    return row is not None and bool(row["kept"])


def open_page(con: sqlite3.Connection, page_id: int) -> bytes:
    """The body of a stored page, as it was kept.

    Raises:
        PageError: the row is missing, was erased, or does not match its SHA-256; or that is so of one it builds on.
    """
    try:
        return _opened(con, page_id, thoroughly=False)
    except PageError:
        return _opened(con, page_id, thoroughly=True)


def _opened(con: sqlite3.Connection, page_id: int, *, thoroughly: bool, is_base: bool = False) -> bytes:
    """`thoroughly`: those that it builds on are compared with their SHA-256, too, to name the first that is damaged."""
    row = con.execute(
        "SELECT id, base_id, body, size, coalesce(kept_sha256, sha256) AS sha256 FROM pages WHERE id = ?", [page_id]
    ).fetchone()
    if row is None or row["body"] is None:
        raise PageError(f"pages row {page_id}: the body is not there (erased, or never kept)")
    dictionary = _base(con, row, thoroughly=thoroughly)
    try:
        body = _decompressor(dictionary).decompress(row["body"], max_output_size=min(row["size"] + 1, _MAX_SIZE))
    except zstandard.ZstdError as error:
        raise PageError(f"pages row {page_id}: the body cannot be unpacked: {error}") from error
    if (thoroughly or not is_base) and hashlib.sha256(body).hexdigest() != row["sha256"]:
        raise PageError(f"pages row {page_id}: the body does not match its SHA-256 {row['sha256']}")
    return body


def _base(con: sqlite3.Connection, row: sqlite3.Row, *, thoroughly: bool) -> bytes:
    """What a page is compressed against."""
    if row["base_id"] is None:
        return b""
    try:
        return _opened(con, row["base_id"], thoroughly=thoroughly, is_base=True)
    except PageError as error:
        said = f"pages row {row['id']}: it builds on row {row['base_id']}, which cannot be opened"
        raise PageError(said) from error


def _family(con: sqlite3.Connection, article_id: int) -> list[int]:
    """The newest page of an article that stands alone, and those after it. A page that could not be read gives way to
    the next one: no other may build on it."""
    rows = con.execute(
        """SELECT id FROM pages WHERE article_id = ?1 AND body IS NOT NULL
             AND id NOT IN (SELECT page_id FROM unread_pages WHERE article_id = ?1)
             AND id >= (SELECT max(id) FROM pages WHERE article_id = ?1 AND body IS NOT NULL AND base_id IS NULL
                 AND id NOT IN (SELECT page_id FROM unread_pages WHERE article_id = ?1))
           ORDER BY id""",
        [article_id],
    )
    return [row["id"] for row in rows]


def _base_for(family: Sequence[int]) -> int | None:
    """What the next of them builds on; None: it stands alone."""
    place = len(family)
    return family[place & (place - 1)] if 0 < place < _FAMILY else None


def _said_against(answer: Answer, base: Answer | None) -> tuple[str, str]:
    """Address and headers as they are kept: what the base says, too, is empty, or its place there."""
    if base is None:
        return answer.url, json_of([list(pair) for pair in answer.headers])
    known = {pair: place for place, pair in enumerate(base.headers)}
    headers = [known.get(pair, list(pair)) for pair in answer.headers]
    return "" if answer.url == base.url else answer.url, json_of(headers)


def _compressed(body: bytes, dictionary: bytes) -> bytes:
    if not dictionary:
        return zstandard.ZstdCompressor(level=_LEVEL).compress(body)
    # The window must span old and new page, or the compressor forgets the head of the page it builds on.
    window = max((len(body) + len(dictionary)).bit_length(), _LEAST_WINDOW)
    # Long-distance matching would find less here: it samples, and what it found it is not looked for again.
    parameters = zstandard.ZstdCompressionParameters.from_level(_DELTA_LEVEL, window_log=window)
    content = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(dict_data=content, compression_params=parameters).compress(body)


def _decompressor(dictionary: bytes) -> zstandard.ZstdDecompressor:
    if not dictionary:
        return zstandard.ZstdDecompressor()
    content = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdDecompressor(dict_data=content, max_window_size=2 * _MAX_SIZE)
