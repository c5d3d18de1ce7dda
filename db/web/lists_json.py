"""The list of changes and what a search found, for programs: what the pages show in, JSON values out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from changes.wording import verdict_words
from db.web.feed import page_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from changes.render import Span
    from db.publish import Publish
    from db.web.entries import Entry
    from db.web.finding import Found, Headline, Passage
    from db.web.front import Front
    from db.web.weights import Weight

Values = dict[str, object]

_ENTRY = (
    "kind", "article_id", "source_id", "source", "headline", "url", "verdict", "told_at", "not_before", "not_after",
    "stand_before", "stand_after", "words_added", "words_removed", "movement", "delay",
)  # fmt: skip

_REPLY = ("id", "ruling_id", "author", "received_at", "text", "link", "withdrawn_at", "withdrawn_because")


def front_json(front: Front, strange: Iterable[str], home: str) -> Values:
    """The list of changes; `home`: the address of the front page."""
    older = urlencode({**front.wanted.asked, "before": front.page.older})
    return {
        "asked": dict(front.wanted.asked),
        "not_understood": list(strange),
        "counts": {name: front.counts[name] for name in ("articles", "revisions", "last_look")},
        "changes": [entry_json(entry, home) for entry in front.page.entries],
        "comments_changed": dict(front.comments),
        "older": f"{home}-/changes.json?{older}" if front.page.older else None,
    }


def entry_json(entry: Entry, home: str) -> Values:
    """One entry of the list. `revision_id` is that of the later version, `event_id` that of what an event tells."""
    ids = ("revision_id", "event_id") if entry.kind == "change" else ("event_id", "revision_id")
    return {
        **{name: getattr(entry, name) for name in _ENTRY},
        **dict(zip(ids, (entry.id, None), strict=True)),
        "before_id": entry.before_id,
        "at": entry.at,
        "said": verdict_words(entry.verdict),
        "excerpt": spans_json(entry.excerpt),
        "weight": weight_json(entry.weight),
        "replies": [reply_json(reply) for reply in entry.replies],
        "link": home + page_of(entry),
        "article": f"{home}-/article/{entry.article_id}",
    }


def reply_json(reply: sqlite3.Row) -> Values:
    """What an outlet replied; `ruling_id`: to which ruling."""
    return {name: reply[name] for name in _REPLY}


def weight_json(weight: Weight | None) -> Values | None:
    """How much an edit weighs, why, and its tags with the first words of each; None where it is not weighed."""
    if weight is None:
        return None
    tags = [{"kind": kind, "before": words[0], "after": words[1]} for kind, words in weight.tags]
    return {"severity": weight.severity, "because": weight.because, "tags": tags}


def spans_json(spans: Iterable[Span]) -> list[list[str]]:
    """A text in pieces: each "same", "added" or "removed", and its words."""
    return [[span.mark, span.text] for span in spans]


def found_json(found: Found, home: str, publish: Publish) -> Values:
    """What a search found; in a text the words that were looked for are marked "added"."""
    older = urlencode({"q": found.question, "before": found.older})
    return {
        "question": found.question,
        "headlines": [_headline(headline, home, publish) for headline in found.headlines],
        "passages": [_passage(passage, home) for passage in found.passages],
        "older": f"{home}-/search.json?{older}" if found.older else None,
    }


def _headline(found: Headline, home: str, publish: Publish) -> Values:
    row = found.row
    return {
        "article_id": row["article_id"],
        "revision_id": row["id"],
        "version": row["number"],
        "source": row["source"],
        "first_seen_at": row["seen_at"],
        "topline": spans_json(found.topline),
        "headline": spans_json(found.headline),
        "lead": spans_json(found.standfirst) if publish == "full" else [],
        "link": f"{home}-/article/{row['article_id']}#r{row['id']}",
    }


def _passage(found: Passage, home: str) -> Values:
    row = found.row
    return {
        "article_id": row["article_id"],
        "revision_id": row["last_id"],
        "first_version": row["first"],
        "last_version": row["last"],
        "source": row["source"],
        "headline": row["headline"] or "",
        "first_seen_at": row["seen_at"],
        "still_there": bool(row["stands"]),
        "article_state": row["state"],
        "text": spans_json(found.spans),
        "link": f"{home}-/article/{row['article_id']}#r{row['last_id']}",
    }
