"""The queue of departures: where the story of an article that is gone goes on, and whether it was to be kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from changes.retention import Gone
from changes.succession import WITHIN
from db.rows import covers, instant_of, optional_text, text_of
from db.store import hosts
from db.store.damage import AGAIN, tolerated
from db.store.drift import HOLDING
from db.store.events import Telling, tell
from db.store.revisions import load_article
from db.work_departures import Candidate, DueDeparture
from scraper.article import Clock
from scraper.urls import same_site

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from changes.retention import Expected
    from db.work import Failure
    from db.work_departures import DepartureResult, Successor
    from scraper.article import Article

# A paragraph that stands on more than two other articles is a template's.
_OTHERS = 2
# Shorter ones say too little to look for.
_SHORTEST, _BLOCKS, _CANDIDATES = 40, 60, 5

_DUE = f"""
SELECT d.* FROM departures d JOIN articles a ON a.id = d.article_id
WHERE d.check_at <= ? AND a.state = 'gone' AND a.taken_down_at IS NULL AND NOT EXISTS ({HOLDING} a.host)
ORDER BY d.check_at LIMIT ?
"""
_BLOCKS_OF = """
SELECT rb.block_id, rb.position, length(b.text) AS length FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
WHERE rb.revision_id = ? ORDER BY rb.position
"""
_WHERE = "SELECT article_id FROM block_articles WHERE block_id = ? AND article_id != ? LIMIT ?"
_NEAR = """
SELECT c.id, c.url, c.revision_id FROM articles c WHERE c.id = :candidate AND c.state = 'live'
  AND c.revision_id IS NOT NULL AND c.taken_down_at IS NULL
  AND c.first_seen_at > :first AND c.first_seen_at BETWEEN :start AND :end
  AND (c.source_id = :source OR EXISTS (SELECT 1 FROM listings l JOIN listings m ON m.source_id = l.source_id
      WHERE l.article_id = c.id AND m.article_id = :article))
"""
_PUBLISHED = """
SELECT DISTINCT c.kind, c.starts_at, c.ends_at, c.again_at, c.raw FROM revisions r
JOIN revision_clocks c ON c.revision_id = r.id WHERE r.article_id = ? AND r.kind != 'held' AND c.kind LIKE 'published%'
"""


def due_departures(con: sqlite3.Connection, now: datetime, limit: int) -> list[DueDeparture]:
    """Articles that are gone, to follow up on now; not handed out again while somebody may be at it."""
    rows = con.execute(_DUE, [text_of(now), limit]).fetchall()
    found: list[DueDeparture] = []
    for row in rows:
        _again_at(con, row["id"], now + hosts.LEASE)
        with tolerated(partial(_failed, con, row["id"], now)):
            found.append(_handed_out(con, row))
    return found


def _again_at(con: sqlite3.Connection, departure_id: int, at: datetime) -> None:
    con.execute("UPDATE departures SET check_at = ? WHERE id = ?", [text_of(at), departure_id])


def _failed(con: sqlite3.Connection, departure_id: int, now: datetime, _failure: Failure) -> None:
    _again_at(con, departure_id, now + AGAIN)


def _handed_out(con: sqlite3.Connection, row: sqlite3.Row) -> DueDeparture:
    about = con.execute("SELECT * FROM articles WHERE id = ?", [row["article_id"]]).fetchone()
    article = _reading(con, about["url"], row["revision_id"])
    template, others = _where_else(con, row)
    own = tuple(block for at, block in enumerate(article.blocks) if at not in template)
    published = con.execute(_PUBLISHED, [about["id"]]).fetchall()
    return DueDeparture(
        id=row["id"],
        gone=Gone(
            url=about["url"],
            absence=row["absence"],
            first_seen_at=instant_of(about["first_seen_at"]),
            missing_since=instant_of(row["missing_since"]),
            published=tuple(map(_clock, published)),
        ),
        article=replace(article, blocks=own),
        candidates=tuple(_candidates(con, about, row, others)),
        at=instant_of(row["at"]),
        last_look_at=_last_found_gone(con, row),
    )


def _last_found_gone(con: sqlite3.Connection, row: sqlite3.Row) -> datetime:
    """The last look that did not find it: one that failed says nothing."""
    found = con.execute(
        "SELECT max(last_at) AS at FROM observations WHERE article_id = ? AND outcome = 'gone'", [row["article_id"]]
    ).fetchone()
    return instant_of(found["at"] or row["at"])


def _clock(row: sqlite3.Row) -> Clock:
    return Clock(row["kind"], covers(row["starts_at"], row["ends_at"], row["again_at"]), row["raw"])


def _where_else(con: sqlite3.Connection, row: sqlite3.Row) -> tuple[set[int], Counter[int]]:
    """The places of paragraphs that are a template's, and other articles with paragraphs of this one: how many."""
    template: set[int] = set()
    shared: Counter[int] = Counter()
    for block in con.execute(_BLOCKS_OF, [row["revision_id"]]).fetchall()[:_BLOCKS]:
        places = con.execute(_WHERE, [block["block_id"], row["article_id"], _OTHERS + 1])
        others = {place["article_id"] for place in places}
        if len(others) > _OTHERS:
            template.add(block["position"])
        elif block["length"] >= _SHORTEST:
            shared.update(others)
    return template, shared


def _candidates(
    con: sqlite3.Connection, about: sqlite3.Row, row: sqlite3.Row, others: Counter[int]
) -> Iterator[Candidate]:
    missing_since = instant_of(row["missing_since"])
    values = {"article": about["id"], "source": about["source_id"], "first": about["first_seen_at"],
              "start": text_of(missing_since - WITHIN), "end": text_of(missing_since + WITHIN)}  # fmt: skip
    for number, _blocks in others.most_common(_CANDIDATES):
        near = con.execute(_NEAR, {**values, "candidate": number}).fetchone()
        if near is not None and same_site(near["url"], about["url"]):
            yield Candidate(number, _reading(con, near["url"], near["revision_id"]))


def _reading(con: sqlite3.Connection, url: str, revision_id: int) -> Article:
    return load_article(con, url, con.execute("SELECT * FROM revisions WHERE id = ?", [revision_id]).fetchone())


def record_departures(con: sqlite3.Connection, results: Sequence[DepartureResult]) -> None:
    """Keep what following up came to, and tell it; nothing of an article that has returned meanwhile."""
    for result in results:
        row = con.execute(
            """SELECT d.*, a.url FROM departures d JOIN articles a ON a.id = d.article_id
               WHERE d.id = ? AND d.returned_at IS NULL AND a.state = 'gone' AND a.taken_down_at IS NULL""",
            [result.id],
        ).fetchone()
        if row is None:
            continue
        con.execute("UPDATE departures SET check_at = ? WHERE id = ?", [optional_text(result.check_at), result.id])
        if result.successor is not None:
            _goes_on(con, row, result, result.successor)
        elif result.expected is not None:
            _was_to_be_kept(con, row, result, result.expected)


def _goes_on(con: sqlite3.Connection, row: sqlite3.Row, result: DepartureResult, found: Successor) -> None:
    con.execute(
        "UPDATE departures SET successor_id = ?, shared = ?, sentences = ? WHERE id = ?",
        [found.id, found.shared, found.sentences, row["id"]],
    )
    url = con.execute("SELECT url FROM articles WHERE id = ?", [found.id]).fetchone()["url"]
    telling = Telling(
        "succeeded_by",
        not_before=row["last_read_at"],
        not_after=text_of(result.at),
        excerpt=f"{row['url']} → {url}: {found.percent} % of its sentences in common",
        absence=row["absence"],
        successor=url,
        in_common=found.percent,
    )
    tell(con, "article.succeeded", row["article_id"], result.at, telling)


def _was_to_be_kept(con: sqlite3.Connection, row: sqlite3.Row, result: DepartureResult, expected: Expected) -> None:
    """The same departure, told anew: what was told of it first is taken back."""
    con.execute(
        "UPDATE departures SET verdict = 'removed_before_expected', kept_until = ?, cite = ? WHERE id = ?",
        [text_of(expected.kept_until), expected.cite, row["id"]],
    )
    first = con.execute(
        """SELECT uid FROM events WHERE article_id = ? AND type = 'article.gone' ORDER BY id DESC LIMIT 1""",
        [row["article_id"]],
    ).fetchone()
    telling = Telling(
        "removed_before_expected",
        not_before=row["last_read_at"],
        not_after=row["missing_since"],
        excerpt=expected.said,
        published=text_of(expected.published),
        kept_until=text_of(expected.kept_until),
        cite=expected.cite,
        supersedes=first["uid"] if first else None,
        absence=row["absence"],
    )
    tell(con, "article.gone", row["article_id"], result.at, telling)
