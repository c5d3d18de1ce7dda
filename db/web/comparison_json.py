"""A comparison for programs: what the page shows in, JSON values out. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from db.web.article_json import judgement_json, picked
from db.web.lists_json import spans_json

if TYPE_CHECKING:
    import sqlite3

    from db.publish import Publish
    from db.web.asking import Compared
    from db.web.comparison import Comparison
    from db.web.lists_json import Values
    from db.web.meant import Meant
    from db.web.sides import Row, Side

_SIDE = (
    "id", "number", "kind", "seen_at", "not_before", "not_after", "stand_raw", "read_with", "hash", "page_sha256",
    "kept_sha256",
)  # fmt: skip


def comparison_json(asked: Compared, publish: Publish, home: str) -> Values:
    """The page; `publish` is what may be shown of articles that are there."""
    page = asked.page
    change = page.beside.change
    return {
        "article_id": page.after["article_id"],
        "source": page.after["source"],
        "url": page.after["address"],
        "headline": asked.headline,
        "published": page.publish,
        "one_article": page.one_article,
        "consecutive": page.consecutive,
        "one_reader": page.one_reader,
        "taken_down": page.taken_down,
        "before": _version(page, 0),
        "after": _version(page, 1),
        "words_added": change.words_added,
        "words_removed": change.words_removed,
        "minor": change.minor,
        "meaning": _meaning(page.meant, words=page.publish != "metrics") if page.meant else None,
        "fields": [_row(row) for row in page.beside.fields],
        "text": [_row(row) for stretch in page.beside.text for row in stretch.rows],
        "clocks": [asdict(clock) for clock in page.clocks],
        "rulings": [judgement_json(judgement, publish) for judgement in page.judgements],
        "explains": [_link(row, home) for row in page.explains],
        "explained_by": [_link(row, home) for row in page.explained_by],
        "remarks": [picked(remark, ("number", "at", "text")) for remark in page.remarks],
        "notes": list(page.notes[1]) if page.publish == "full" else [],
        "citation": asked.cited,
        "earlier": _pair(page.earlier, home),
        "later": _pair(page.later, home),
        "link": _pair((page.before["id"], page.after["id"]), home),
    }


def _version(page: Comparison, side: int) -> Values:
    looks = page.looks[side]
    seen = {"looks": looks["looks"], "last_at": looks["last_at"]} if looks else {"looks": 0, "last_at": None}
    return {**picked((page.before, page.after)[side], _SIDE), **seen}


def _meaning(meant: Meant, *, words: bool) -> Values:
    return {
        "severity": meant.severity,
        "because": meant.because if words else "",
        "tags": [
            {"kind": tag.kind, "before": tag.before if words else "", "after": tag.after if words else ""}
            for tag in meant.labels
        ],
        "more_tags": meant.more,
    }


def _row(row: Row) -> Values:
    return {"move": row.move, "before": _side(row.before), "after": _side(row.after)}


def _side(side: Side | None) -> Values | None:
    if side is None:
        return None
    return {
        "kind": side.kind,
        "sentences": [{"said": piece.said, "text": spans_json(piece.spans)} for piece in side.pieces],
    }


def _link(row: sqlite3.Row, home: str) -> Values:
    return {"version": row["number"], "link": _pair((row["before_id"], row["id"]), home)}


def _pair(pair: tuple[int, int] | None, home: str) -> str | None:
    return None if pair is None else f"{home}-/compare/{pair[0]}/{pair[1]}"
