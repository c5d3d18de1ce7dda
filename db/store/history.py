"""The versions of an article, whole: as they are exported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.rows import optional_text
from db.store.clocks import clocks_before
from db.store.replies import replies
from db.store.revisions import load_article

if TYPE_CHECKING:
    import sqlite3

    from scraper.article import Clock

_VERSIONS = """
SELECT r.*, b.read_with = r.read_with AS read_alike, u.verdict, u.rule, u.settled, u.evidence,
    (SELECT max(n.id) FROM revisions n WHERE n.page_id = r.page_id AND n.id > r.id) AS superseded_by
FROM revisions r
LEFT JOIN revisions b ON b.id = r.before_id
LEFT JOIN rulings u ON u.id = (SELECT max(id) FROM rulings WHERE revision_id = r.id)
WHERE r.article_id = ? ORDER BY r.number
"""
_OUTSIDE = """
SELECT c.kind, c.starts_at AS at, c.raw, s.name AS source FROM outside_clocks c
LEFT JOIN sources s ON s.id = c.source_id WHERE c.revision_id = ? ORDER BY c.position
"""
_REMARKS = "SELECT id, at, text FROM remarks WHERE revision_id = ? ORDER BY id"


def versions_of(con: sqlite3.Connection, article: sqlite3.Row) -> list[dict[str, object]]:
    """The versions of an article with their newest rulings, text, replies, remarks, oldest first; lists are lists."""
    rows = con.execute(_VERSIONS, [article["id"]]).fetchall()
    return [_version(con, article, row) for row in rows]


def _version(con: sqlite3.Connection, article: sqlite3.Row, row: sqlite3.Row) -> dict[str, object]:
    reading = load_article(con, article["url"], row)
    return {
        **{name: row[name] for name in row.keys() if name != "images_of"},  # noqa: SIM118 -- a Row iterates over its values
        "url": article["url"],
        "taken_down_at": article["taken_down_at"],
        "authors": list(reading.authors),
        "notes": list(reading.notes),
        "clocks": [_clock(clock) for clock in reading.clocks],
        "clocks_before": [_clock(clock) for clock in clocks_before(con, row)] if row["number"] > 1 else [],
        "outside_clocks": [dict(said) for said in con.execute(_OUTSIDE, [row["id"]])],
        "evidence": json.loads(row["evidence"] or "[]"),
        "blocks": [{"kind": block.kind, "text": block.text} for block in reading.blocks],
        "images": [
            {"url": image.url, "alt": image.alt, "caption": image.caption, "credit": image.credit}
            for image in reading.images
        ],
        "replies": [dict(reply) for reply in replies(con, [row["id"]])[row["id"]]],
        "remarks": [dict(remark) for remark in con.execute(_REMARKS, [row["id"]])],
    }


def _clock(clock: Clock) -> dict[str, object]:
    moment = clock.covers.start if clock.covers and clock.covers.is_moment else None
    return {"kind": clock.kind, "at": optional_text(moment), "raw": clock.raw}
