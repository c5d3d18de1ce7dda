"""Full-text search over every version ever seen, also over what has since been removed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changes.render import Span

if TYPE_CHECKING:
    import sqlite3

    from db.publish import Publish

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
# What FTS5 puts around a hit; controls, so that they cannot be mistaken for text.
_START, _END = "\x02", "\x03"
_PASSAGES = 25
# Versions of one article may have the same headline: so many are read to show a page of different ones.
_HEADLINES_READ = 400
_HEADLINES = 10

# A version that a kept page is when it is read again was seen when the page came.
_IN_TEXT = """
SELECT b.block_id, b.snippet, a.id AS article_id, s.name AS source, n.headline, a.state, a.revision_id,
    f.number AS first, l.number AS last, f.id AS first_id, l.id AS last_id,
    coalesce((SELECT min(r.seen_at) FROM revisions r JOIN revision_blocks rb ON rb.revision_id = r.id
        AND rb.block_id = b.block_id WHERE r.article_id = a.id AND r.kind = 'reread' AND r.seen_at < f.seen_at
    ), f.seen_at) AS seen_at,
    EXISTS (SELECT 1 FROM revision_blocks rb WHERE rb.revision_id = a.revision_id AND rb.block_id = b.block_id
    ) AS stands
FROM (
    SELECT rowid AS block_id, snippet(blocks_fts, 0, char(2), char(3), ' … ', 32) AS snippet
    FROM blocks_fts WHERE blocks_fts MATCH :query AND rowid < :before ORDER BY rowid DESC LIMIT :limit
) b
JOIN block_articles ba ON ba.block_id = b.block_id
JOIN articles a ON a.id = ba.article_id
JOIN revisions f ON f.id = ba.first_id
JOIN revisions l ON l.id = ba.last_id
JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions n ON n.id = a.revision_id
ORDER BY b.block_id DESC, a.id
"""

_IN_HEADLINES = """
SELECT r.id, r.article_id, r.number, r.headline, r.standfirst, r.seen_at, s.name AS source,
    f.topline, f.marked_headline, f.marked_standfirst
FROM (
    SELECT rowid, highlight(revisions_fts, 0, char(2), char(3)) AS topline,
        highlight(revisions_fts, 1, char(2), char(3)) AS marked_headline,
        highlight(revisions_fts, 2, char(2), char(3)) AS marked_standfirst
    FROM revisions_fts WHERE revisions_fts MATCH :query ORDER BY rowid DESC LIMIT :limit
) f
JOIN revisions r ON r.id = f.rowid JOIN articles a ON a.id = r.article_id JOIN sources s ON s.id = a.source_id
WHERE :gone OR a.state != 'gone' ORDER BY r.id DESC
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an article that has the words. `row["stands"]` says whether it is still there."""

    row: sqlite3.Row
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """Headline, lead and topline of an article that have the words; the topline only where it has one of them."""

    row: sqlite3.Row
    headline: tuple[Span, ...]
    standfirst: tuple[Span, ...]
    topline: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `older` continues the passages, 0 at their end."""

    question: str
    headlines: tuple[Headline, ...] = ()
    passages: tuple[Passage, ...] = ()
    older: int = 0


def fts_query(question: str) -> str:
    """The question for FTS5: every word or "quoted phrase" is looked for as it stands, word* as a beginning.

    Nothing in it can act as FTS5's query language. Empty where there is no letter or digit to look for.
    """
    terms = []
    for phrase, word in _TERM.findall(question.replace("\x00", " ")):
        text = (phrase or word).replace('"', " ").strip()
        beginning = "*" if word.endswith("*") else ""
        if any(char.isalnum() for char in text):
            terms.append(f'"{text.rstrip("*") if beginning else text}"{beginning}')
    return " ".join(terms)


def find(con: sqlite3.Connection, question: str, before: int | None, publish: Publish) -> Found:
    """Search; with `before`, the passages recorded before that one. Only what may be shown can be looked for."""
    query = fts_query(question)
    if not query or publish == "metrics":
        return Found(question)
    if publish == "excerpts":
        return Found(question, _headlines(con, query, gone=False))
    values = {"query": query, "before": before or 2**62, "limit": _PASSAGES}
    rows = con.execute(_IN_TEXT, values).fetchall()
    blocks = {row["block_id"] for row in rows}
    return Found(
        question=question,
        headlines=() if before else _headlines(con, query, gone=True),
        passages=tuple(Passage(row, _marked(row["snippet"])) for row in rows),
        older=min(blocks) if len(blocks) == _PASSAGES else 0,
    )


def _headlines(con: sqlite3.Connection, query: str, *, gone: bool) -> tuple[Headline, ...]:
    """Different headlines of articles, each with the newest version that brought it."""
    seen: dict[tuple[int, str, str], sqlite3.Row] = {}
    for row in con.execute(_IN_HEADLINES, {"query": query, "limit": _HEADLINES_READ, "gone": gone}):
        seen.setdefault((row["article_id"], row["headline"], row["standfirst"]), row)
    return tuple(map(_headline, list(seen.values())[:_HEADLINES]))


def _headline(row: sqlite3.Row) -> Headline:
    topline = _marked(row["topline"]) if _START in row["topline"] else ()
    return Headline(row, _marked(row["marked_headline"]), _marked(row["marked_standfirst"]), topline)


def _marked(snippet: str) -> tuple[Span, ...]:
    spans = []
    for number, piece in enumerate(re.split(f"[{_START}{_END}]", snippet)):
        if piece:
            spans.append(Span(piece, "added" if number % 2 else "same"))
    return tuple(spans)
