"""An article and its versions for programs: what the page shows in, JSON values out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changes.ruling import QUOTING
from changes.wording import verdict_words
from db.web.lists_json import reply_json, spans_json, weight_json
from db.web.publishing import of_article

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.publish import Publish
    from db.web.article import ArticlePage, Judgement, Version
    from db.web.headlines import Headline
    from db.web.lists_json import Values

_ARTICLE = (
    "id", "url", "source", "state", "watch", "first_seen_at", "last_changed_at", "last_visited_at", "next_visit_at",
    "missing_since", "taken_down_at", "failures", "error_code", "error", "warning", "stand_raw", "comment_count",
    "versions",
)  # fmt: skip
_VERSION = (
    "id", "number", "kind", "seen_at", "not_before", "not_after", "stand_raw", "words", "words_added", "words_removed",
    "comment_count", "language", "read_with", "before_id", "hash", "page_sha256", "kept_sha256", "looks", "first_at",
    "last_at", "longest_gap_seconds",
)  # fmt: skip
_RUN = ("outcome", "shown", "count", "first_at", "last_at", "longest_gap_seconds", "error_code", "error")
_CLOCK = ("kind", "raw", "starts_at", "ends_at")
_LISTING = ("name", "kind", "first_listed_at", "last_listed_at")
_SENT = ("endpoint", "state", "attempts", "delivered_at", "next_attempt_at", "error")


def article_json(page: ArticlePage, publish: Publish, home: str, *, told: bool) -> Values:
    """The page. `told`: also to whom its events were delivered."""
    row, words = page.row, publish != "metrics"
    shows = of_article(publish, row["state"])
    older = f"{home}-/article/{row['id']}.json?before={page.older}"
    return {
        **picked(row, _ARTICLE),
        "headline": (row["headline"] or "") if words else "",
        "topline": (row["topline"] or "") if publish == "full" else "",
        "lead": (row["standfirst"] or "") if publish == "full" else "",
        "authors": list(page.authors) if words else [],
        "looks": picked(page.looks, ("all_looks", "failed", "old_copies", "longest_gap", "last_at")),
        "headlines": [_headline(headline) for headline in page.timeline.headlines] if words else [],
        "comments": [picked(count, ("at", "count", "difference")) for count in page.counts],
        "revisions": [_version(version, publish, shows, home) for version in page.versions],
        "runs": [picked(run, _RUN) for run in page.runs],
        "listings": [
            {**picked(listing, _LISTING), "title": listing["title"] if words else ""} for listing in page.listings
        ],
        "events": [_event(event, sent if told else (), words=words) for event, sent in page.events],
        "link": f"{home}-/article/{row['id']}",
        "older": older if page.older else None,
    }


def picked(row: sqlite3.Row, names: Iterable[str]) -> Values:
    """Columns of a row by their names."""
    return {name: row[name] for name in names}


def judgement_json(judgement: Judgement, publish: Publish) -> Values:
    """A ruling with what it rests on; without what quotes the page, where no words are published."""
    quoted = QUOTING if publish == "metrics" else ()
    names = ("id", "at", "verdict", "rule", "rule_version", "not_before", "not_after", "supersedes", "hash")
    return {
        **picked(judgement.row, names),
        "said": verdict_words(judgement.row["verdict"]),
        "settled": bool(judgement.row["settled"]),
        "evidence": [[what, value] for what, value in judgement.evidence if what not in quoted],
        "replies": [reply_json(reply) for reply in judgement.replies],
    }


def _version(version: Version, publish: Publish, shows: Publish, home: str) -> Values:
    row = version.row
    before = row["before_id"]
    return {
        **picked(row, _VERSION),
        "headline": row["headline"] if publish != "metrics" else "",
        "edited": version.edited,
        "weight": weight_json(version.weight.bare if version.weight and shows == "metrics" else version.weight),
        "excerpt": spans_json(version.excerpt) if shows != "metrics" else [],
        "rulings": [judgement_json(judgement, publish) for judgement in version.judgements],
        "clocks": [picked(clock, _CLOCK) for clock in version.clocks],
        "beside": [picked(clock, (*_CLOCK, "source")) for clock in version.beside],
        "remarks": [picked(remark, ("at", "text")) for remark in version.remarks],
        "page_kept": bool(row["page_kept"]),
        "compare": f"{home}-/compare/{before}/{row['id']}" if before else None,
    }


def _headline(headline: Headline) -> Values:
    return {
        "text": headline.text,
        "version": headline.row["number"],
        "not_before": headline.row["not_before"],
        "not_after": headline.row["not_after"],
        "edited": headline.edited,
        "variant": headline.variant,
        "until_version": headline.until["number"] if headline.until else None,
    }


def _event(event: sqlite3.Row, sent: Iterable[sqlite3.Row], *, words: bool) -> Values:
    quotes = words and not event["revision_id"]
    return {
        **picked(event, ("id", "type", "at", "verdict", "revision_id")),
        "excerpt": (event["excerpt"] or "") if quotes else "",
        "deliveries": [picked(delivery, _SENT) for delivery in sent],
    }
