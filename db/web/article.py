"""An article's page: its versions, newest first, with what we say of each and what that rests on."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changes.render import spans
from db.store.replies import replies
from db.web.evidence import delay
from db.web.life import life
from db.web.stands import MOMENT
from db.web.timeline import timeline
from db.web.weights import weights

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from changes.render import Span
    from db.web.life import Life
    from db.web.timeline import Timeline
    from db.web.weights import Weight

# A live blog may have hundreds of versions: that many on a page.
_VERSIONS = 60
_EVENTS = 100
_RUNS = 60

_ARTICLE = f"""
SELECT a.*, {MOMENT.format("r.id")} AS stand_moment,
    s.name AS source, w.watch, r.headline, r.topline, r.standfirst, r.stand_raw,
    r.language, r.authors, (SELECT count(*) FROM revisions n WHERE n.article_id = a.id) AS versions,
    EXISTS (SELECT 1 FROM unread_pages u WHERE u.article_id = a.id AND u.code = a.error_code) AS unread_kept,
    (SELECT max(g.at) FROM revisions n JOIN rulings g ON g.revision_id = n.id WHERE n.article_id = a.id
        AND n.kind = 'reread' AND g.at > coalesce(a.last_changed_at, '')) AS reread_at,
    (SELECT max(n.seen_at) FROM revisions n WHERE n.article_id = a.id
        AND n.kind = 'held' AND n.seen_at > coalesce(a.last_changed_at, '')) AS held_at
FROM articles a JOIN watching w ON w.article_id = a.id JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?
"""

_LOOKS = """
SELECT coalesce(sum(count), 0) AS all_looks,
    coalesce(sum(count) FILTER (WHERE outcome IN ('failed', 'unreadable')), 0) AS failed,
    coalesce(sum(count) FILTER (WHERE outcome = 'old_copy'), 0) AS old_copies,
    max(longest_gap_seconds) AS longest_gap, max(last_at) AS last_at
FROM observations WHERE article_id = ?
"""

_STANDS = """
SELECT sum(count) AS looks FROM observations
WHERE revision_id = ? AND article_id = ? AND outcome IN ('new', 'same', 'changed', 'reread', 'returned')
"""

_VERSION_ROWS = f"""
SELECT r.*, {MOMENT.format("r.id")} AS stand_moment,
    l.looks, l.first_at, l.last_at, l.longest_gap_seconds, p.fetched_at, p.status, p.size, p.kept_sha256,
    p.body IS NOT NULL AS page_kept, b.number AS before_number, b.read_with = r.read_with AS read_alike,
    (SELECT o.number FROM revisions o WHERE o.id = r.reread_of) AS reread_number,
    (SELECT max(n.number) FROM revisions n WHERE n.page_id = r.page_id AND n.id > r.id) AS superseded_number
FROM revisions r LEFT JOIN (
    SELECT revision_id, sum(count) AS looks, min(first_at) AS first_at, max(last_at) AS last_at,
        max(longest_gap_seconds) AS longest_gap_seconds
    FROM observations WHERE article_id = :article AND outcome IN ('new', 'same', 'changed', 'reread', 'returned')
    GROUP BY revision_id
) l ON l.revision_id = r.id
LEFT JOIN pages p ON p.id = r.page_id
LEFT JOIN revisions b ON b.id = r.before_id
WHERE r.article_id = :article AND r.number < :before ORDER BY r.number DESC LIMIT :limit
"""

_EVENT_ROWS = """
SELECT e.id, e.type, e.at, e.verdict, e.revision_id, coalesce(json_extract(e.data, '$.excerpt'), (
        SELECT r.excerpt FROM rulings g JOIN revisions r ON r.id = g.revision_id WHERE g.id = e.ruling_id)) AS excerpt,
    (SELECT count(*) FROM events o WHERE o.article_id = e.article_id) AS number
FROM events e WHERE e.article_id = ? ORDER BY e.id DESC LIMIT ?
"""

_RUN_ROWS = """
SELECT o.*, r.number AS shown, (SELECT count(*) FROM observations n WHERE n.article_id = o.article_id) AS runs
FROM observations o LEFT JOIN revisions r ON r.id = o.revision_id
WHERE o.article_id = ? ORDER BY o.id DESC LIMIT ?
"""

_COUNT_ROWS = "SELECT at, count, difference, movement FROM comment_moves WHERE article_id = ? ORDER BY at"

_BESIDE = """
SELECT c.*, s.name AS source FROM outside_clocks c LEFT JOIN sources s ON s.id = c.source_id
WHERE c.revision_id IN ({}) ORDER BY c.position
"""

_LISTINGS = """
SELECT s.name, s.kind, l.title, l.first_listed_at, l.last_listed_at FROM listings l JOIN sources s ON s.id = l.source_id
WHERE l.article_id = ? AND s.kind != 'hand' ORDER BY l.first_listed_at
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A ruling with its evidence taken apart. `replies`: to it, and to those whose place it took."""

    row: sqlite3.Row
    evidence: tuple[tuple[str, str], ...]
    replies: tuple[sqlite3.Row, ...] = ()

    @property
    def delay(self) -> int | None:
        """How many minutes after the edit the page told of it, where it did so later."""
        return delay(self.evidence)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the article.

    Attributes:
        weight: of the edit that made it; None where it is not weighed.
        judgements: its rulings, the one that stands first.
        beside: what sources and the answer said of it, beside the clocks of the page.
    """

    row: sqlite3.Row
    weight: Weight | None
    excerpt: tuple[Span, ...]
    judgements: tuple[Judgement, ...]
    clocks: tuple[sqlite3.Row, ...]
    beside: tuple[sqlite3.Row, ...]
    remarks: tuple[sqlite3.Row, ...]

    @property
    def ruling(self) -> Judgement | None:
        """The ruling that stands, if one was made."""
        return self.judgements[0] if self.judgements else None

    @property
    def read_again(self) -> bool:
        """Whether it was read from a page that had been kept, not at a look."""
        return self.ruling is not None and any(what == "read again" for what, _ in self.ruling.evidence)

    @property
    def edited(self) -> bool:
        """Whether it shows an edit: also one that only came to light when the kept pages were read again."""
        if self.row["kind"] == "changed":
            return self.ruling is None or self.ruling.row["verdict"] != "misread"
        return self.read_again and bool(self.row["read_alike"] and self.row["excerpt"])


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All that the page shows.

    Attributes:
        older: where the next page of versions begins, or 0.
        stands: the looks at the version that stands; null where there is none.
        counts: the comment counts, oldest first, each with what came or went.
        runs: the last looks, run-length, newest first.
        events: each with its deliveries.
    """

    row: sqlite3.Row
    authors: tuple[str, ...]
    looks: sqlite3.Row
    stands: sqlite3.Row
    versions: tuple[Version, ...]
    older: int
    timeline: Timeline
    life: Life
    counts: tuple[sqlite3.Row, ...]
    runs: tuple[sqlite3.Row, ...]
    listings: tuple[sqlite3.Row, ...]
    events: tuple[tuple[sqlite3.Row, tuple[sqlite3.Row, ...]], ...]


def article(con: sqlite3.Connection, article_id: int, before: int | None) -> ArticlePage | None:
    """Read it; with `before`, the versions older than that number. None where there is no such article."""
    row = con.execute(_ARTICLE, [article_id]).fetchone()
    if row is None:
        return None
    values = {"article": article_id, "before": before or 2**31, "limit": _VERSIONS + 1}
    found = con.execute(_VERSION_ROWS, values).fetchall()
    shown = found[:_VERSIONS]
    counts = con.execute(_COUNT_ROWS, [article_id]).fetchall()
    return ArticlePage(
        row=row,
        authors=tuple(json.loads(row["authors"] or "[]")),
        looks=con.execute(_LOOKS, [article_id]).fetchone(),
        stands=con.execute(_STANDS, [row["revision_id"], article_id]).fetchone(),
        versions=_versions(con, shown),
        older=shown[-1]["number"] if len(found) > len(shown) else 0,
        timeline=timeline(con, article_id, [(count["at"], count["count"]) for count in counts]),
        life=life(con, article_id),
        counts=tuple(counts),
        runs=tuple(con.execute(_RUN_ROWS, [article_id, _RUNS])),
        listings=tuple(con.execute(_LISTINGS, [article_id])),
        events=_events(con, article_id),
    )


def judgements(con: sqlite3.Connection, revision_ids: Iterable[int]) -> Mapping[int, tuple[Judgement, ...]]:
    """The rulings on each revision, the newest first."""
    ids = tuple(revision_ids)
    found = _by_revision(con, "SELECT * FROM rulings WHERE revision_id IN ({}) ORDER BY id DESC", ids)
    answers = replies(con, ids)
    return {number: tuple(_judgement(row, answers[number]) for row in rows) for number, rows in found.items()}


def _judgement(row: sqlite3.Row, answers: tuple[sqlite3.Row, ...]) -> Judgement:
    pairs = json.loads(row["evidence"])
    evidence = tuple((str(what), str(value)) for what, value in pairs)
    return Judgement(row, evidence, tuple(reply for reply in answers if reply["ruling_id"] <= row["id"]))


def _versions(con: sqlite3.Connection, rows: list[sqlite3.Row]) -> tuple[Version, ...]:
    ids = [row["id"] for row in rows]
    rulings, weighed = judgements(con, ids), weights(con, ids)
    clocks = _by_revision(con, "SELECT * FROM revision_clocks WHERE revision_id IN ({}) ORDER BY position", ids)
    beside = _by_revision(con, _BESIDE, ids)
    remarks = _by_revision(con, "SELECT * FROM remarks WHERE revision_id IN ({}) ORDER BY id", ids)
    return tuple(
        Version(
            row=row,
            weight=weighed.get(row["id"]),
            excerpt=spans(row["excerpt"]),
            judgements=rulings.get(row["id"], ()),
            clocks=tuple(clocks[row["id"]]),
            beside=tuple(beside[row["id"]]),
            remarks=tuple(remarks[row["id"]]),
        )
        for row in rows
    )


def _by_revision(con: sqlite3.Connection, sql: str, ids: Iterable[int]) -> defaultdict[int, list[sqlite3.Row]]:
    numbers = list(ids)
    found: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in con.execute(sql.format(", ".join("?" * len(numbers))), numbers):
        found[row["revision_id"]].append(row)
    return found


def _events(con: sqlite3.Connection, article_id: int) -> tuple[tuple[sqlite3.Row, tuple[sqlite3.Row, ...]], ...]:
    rows = con.execute(_EVENT_ROWS, [article_id, _EVENTS]).fetchall()
    deliveries: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    marks = ", ".join("?" * len(rows))
    for sent in con.execute(
        f"SELECT * FROM deliveries WHERE event_id IN ({marks}) ORDER BY endpoint", [row["id"] for row in rows]
    ):
        deliveries[sent["event_id"]].append(sent)
    return tuple((row, tuple(deliveries[row["id"]])) for row in rows)
