"""Versions of articles and the rulings on them: added and linked into the hash chain, and read back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from changes.plain import word_count
from changes.render import excerpt
from db.pages import keep_page
from db.rows import (
    article_from_rows,
    clock_columns,
    clocks_to_json,
    inserted,
    json_of,
    optional_text,
    text_of,
    with_kept,
)
from db.schema_compact import KEPT_CLOCK, KEPT_KIND, LASTS, STARTS
from db.store.beside import keep_outside_clocks, keep_them_again
from db.store.chain import answer_hash, chained, last_hash
from db.store.clocks import first_clocks
from db.store.images import image_rows, keeper_of
from db.store.practice import count_practice

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from changes.change import Change, Ruling, Window
    from db.work import VisitResult
    from scraper.article import Article, Clock


_ADD_BLOCK = f"""
INSERT INTO revision_blocks (revision_id, position, kept_kind, block_id)
SELECT ?1, ?2, {KEPT_KIND.format("?3")}, id FROM blocks WHERE sha256 = ?4
"""
_ADD_CLOCK = f"""
INSERT INTO revision_clocks (revision_id, position, kept_kind, starts, lasts, again_at, raw)
VALUES (?1, ?2, {KEPT_CLOCK.format("?3")}, {STARTS.format("?4")}, {LASTS.format("?4", "?5")}, ?6, ?7)
"""
_GIVE_WAY = """
UPDATE revision_blocks SET block_id = :twin WHERE block_id = :block AND revision_id IN (
    SELECT r.id FROM block_articles ba JOIN revisions r ON r.article_id = ba.article_id WHERE ba.block_id = :block)
"""


@dataclass(frozen=True, slots=True)
class Version:
    """A revision about to be recorded.

    Attributes:
        kind: first, changed, reread or held; the first has no change.
        before_id: the revision that it was compared with.
        page_id: the page that was read again, where it was not read from the wire; reread_of: its reading before.
    """

    kind: str
    window: Window
    change: Change | None
    clocks_before: tuple[Clock, ...]
    before_id: int | None = None
    page_id: int | None = None
    reread_of: int | None = None


def add_revision(con: sqlite3.Connection, result: VisitResult, article: Article, version: Version) -> int:
    """Record a version with its blocks, pictures, clocks and raw page, and give its number."""
    page_id, page_sha256 = _page(con, result, version)
    url = con.execute("SELECT url FROM articles WHERE id = ?", [result.article_id]).fetchone()["url"]
    values = _values(result, article, version) | {
        "number": _next_number(con, result.article_id),
        "page_sha256": page_sha256,
        "url": url,
        "answer_sha256": answer_hash(con, page_id),
    }
    block_hashes = [hashlib.sha256(block.text.encode()).digest() for block in article.blocks]
    previous = last_hash(con, "revisions")
    images = [[image.url, image.alt, image.caption, image.credit] for image in article.images]
    parts = [
        [[block.kind, digest.hex()] for block, digest in zip(article.blocks, block_hashes, strict=True)],
        images,
        [list(clock_columns(clock)) for clock in article.clocks],
    ]
    images_of = keeper_of(con, version.before_id, images)
    row = {
        **values,
        "clocks_before": _unless_known(con, version),
        "images_of": images_of,
        "page_id": page_id,
        "before_id": version.before_id,
        "reread_of": version.reread_of,
        "previous_hash": previous,
        "hash": chained(previous, [values, *parts]),
    }
    row = with_kept(row, "not_before", "not_after", "stand_at")
    marks = ", ".join(f":{name}" for name in row)
    revision_id = inserted(con.execute(f"INSERT INTO revisions ({', '.join(row)}) VALUES ({marks})", row))
    _add_blocks(con, revision_id, article, block_hashes)
    _add_images_and_clocks(con, revision_id, article if images_of is None else replace(article, images=()))
    if version.reread_of is None:
        keep_outside_clocks(con, revision_id, result)
    else:
        keep_them_again(con, revision_id, version.reread_of)
    return revision_id


def _page(con: sqlite3.Connection, result: VisitResult, version: Version) -> tuple[int | None, str]:
    """The raw page's number and SHA-256 as served: it is kept now, or was when it was read for the first time."""
    page = result.seen.page
    if page is not None:
        page_id: int | None = keep_page(con, result.article_id, page, result.seen.kept_body)
    else:
        page_id = version.page_id
    kept = con.execute("SELECT id, sha256 FROM pages WHERE id = ?", [page_id]).fetchone()
    return (kept["id"], kept["sha256"]) if kept else (None, "")


def _unless_known(con: sqlite3.Connection, version: Version) -> str:
    """The clocks before as they are kept: empty where they are those that the version before was first seen with."""
    kept = clocks_to_json(version.clocks_before)
    known = version.before_id is not None and kept == clocks_to_json(first_clocks(con, version.before_id))
    return "" if known and version.clocks_before else kept


def _next_number(con: sqlite3.Connection, article_id: int) -> int:
    row = con.execute("SELECT max(number) AS last FROM revisions WHERE article_id = ?", [article_id]).fetchone()
    return (row["last"] or 0) + 1


def _values(result: VisitResult, article: Article, version: Version) -> dict[str, object]:
    stand, change = article.stand, version.change
    return {
        "article_id": result.article_id,
        "kind": version.kind,
        "seen_at": text_of(result.at),
        "not_before": optional_text(version.window.not_before),
        "not_after": text_of(version.window.not_after),
        "topline": article.topline,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": json_of(article.authors),
        "notes": json_of(article.notes),
        "language": article.language,
        "read_with": article.read_with,
        "stand_at": text_of(stand.covers.start) if stand and stand.covers and stand.covers.is_moment else None,
        "stand_raw": stand.raw if stand else "",
        "comment_count": article.comment_count,
        "words": word_count(article),
        "words_added": change.words_added if change else 0,
        "words_removed": change.words_removed if change else 0,
        "excerpt": excerpt(change) if change else "",
        "stand_only": int(bool(change and not change.text_changed and change.clock("stand"))),
        "clocks_before": clocks_to_json(version.clocks_before),
        "fingerprint": result.seen.fingerprint,
        **({"live": 1} if article.live else {}),
    }


def _add_blocks(con: sqlite3.Connection, revision_id: int, article: Article, hashes: list[bytes]) -> None:
    texts = list(zip(hashes, article.blocks, strict=True))
    _give_way(con, {digest: block.text for digest, block in texts})
    con.executemany(
        "INSERT INTO blocks (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(digest, block.text) for digest, block in texts],
    )
    con.executemany(
        _ADD_BLOCK,
        [(revision_id, position, block.kind, digest) for position, (digest, block) in enumerate(texts)],
    )


def _give_way(con: sqlite3.Connection, texts: Mapping[bytes, str]) -> None:
    """Where these words had been erased by a takedown they are published elsewhere now: the row is theirs again, and
    what was erased gets another that stays empty."""
    marks = ", ".join("?" * len(texts))
    erased = con.execute(f"SELECT id, sha256 FROM blocks WHERE sha256 IN ({marks}) AND text = ''", [*texts]).fetchall()
    for row in erased:
        twin = erased_twin(con, row["sha256"])
        con.execute(_GIVE_WAY, {"twin": twin, "block": row["id"]})
        con.execute("UPDATE blocks SET text = ? WHERE id = ?", [texts[row["sha256"]], row["id"]])


def erased_twin(con: sqlite3.Connection, sha256: bytes) -> int:
    """An empty text in the place of one that others keep. No two texts may have one hash: a zero byte follows."""
    con.execute("INSERT INTO blocks (sha256, text) VALUES (?, '') ON CONFLICT DO NOTHING", [sha256 + b"\0"])
    return int(con.execute("SELECT id FROM blocks WHERE sha256 = ?", [sha256 + b"\0"]).fetchone()["id"])


def _add_images_and_clocks(con: sqlite3.Connection, revision_id: int, article: Article) -> None:
    con.executemany(
        "INSERT INTO revision_images (revision_id, position, url, alt, caption, credit) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (revision_id, position, image.url, image.alt, image.caption, image.credit)
            for position, image in enumerate(article.images)
        ],
    )
    con.executemany(
        _ADD_CLOCK,
        [(revision_id, position, *clock_columns(clock)) for position, clock in enumerate(article.clocks)],
    )


def readers_of(con: sqlite3.Connection, article_id: int) -> tuple[str, ...]:
    """Who read the versions of an article, held ones too: each reader once."""
    rows = con.execute("SELECT DISTINCT read_with FROM revisions WHERE article_id = ? ORDER BY 1", [article_id])
    return tuple(row["read_with"] for row in rows)


def add_ruling(con: sqlite3.Connection, revision_id: int, at: str, ruling: Ruling, supersedes: int | None) -> int:
    """Append a ruling and give its number; the revision is ruled on again when the ruling says so."""
    values: dict[str, object] = {
        "revision_id": revision_id,
        "at": at,
        "verdict": ruling.verdict,
        "rule": ruling.rule,
        "rule_version": ruling.rule_version,
        "settled": int(ruling.settled),
        "not_before": optional_text(ruling.window.not_before),
        "not_after": text_of(ruling.window.not_after),
        "evidence": json_of([list(pair) for pair in ruling.evidence]),
        "supersedes": supersedes,
    }
    previous = last_hash(con, "rulings")
    row = {**values, "previous_hash": previous, "hash": chained(previous, values)}
    row = with_kept(row, "at", "not_before", "not_after")
    marks = ", ".join(f":{name}" for name in row)
    ruling_id = inserted(con.execute(f"INSERT INTO rulings ({', '.join(row)}) VALUES ({marks})", row))
    rule_again(con, revision_id, ruling)
    count_practice(con, ruling_id, supersedes)
    return ruling_id


def rule_again(con: sqlite3.Connection, revision_id: int, ruling: Ruling) -> None:
    """Note when the revision is to be ruled on again; never, if it has settled."""
    con.execute("UPDATE revisions SET rule_at = ? WHERE id = ?", [optional_text(ruling.again_at), revision_id])


def load_article(con: sqlite3.Connection, url: str, revision: sqlite3.Row) -> Article:
    """A recorded reading, with the clocks of its first sight."""
    blocks = con.execute(
        """SELECT rb.kind, b.text FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
           WHERE rb.revision_id = ? ORDER BY rb.position""",
        [revision["id"]],
    ).fetchall()
    return article_from_rows(url, revision, blocks, image_rows(con, revision), first_clocks(con, revision["id"]))


def same_text(con: sqlite3.Connection, one: int, other: int) -> bool:
    """Whether two revisions have the same blocks."""
    texts = [
        con.execute("SELECT block_id FROM revision_blocks WHERE revision_id = ? ORDER BY position", [number]).fetchall()
        for number in (one, other)
    ]
    return texts[0] == texts[1]
