"""Looks that found what stood, of articles with which nothing is the matter: most looks. They are kept in a group, by
one row of the article and one of its evidence each; what else there could be to do is ruled out by one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import json_of, text_of
from db.store import hosts
from db.store.observations import note_looks
from db.store.planning import keep_planned

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from db.work import VisitResult

# Nothing failed, is missing, open, unconfirmed or in doubt, and the look before showed the version that stands.
_AT_REST = """
SELECT a.id, a.host, a.revision_id, o.id AS run, o.outcome, o.last_at, o.last_connection, o.first_headers
FROM json_each(?) asked JOIN articles a ON a.id = asked.value
JOIN observations o ON o.id = (SELECT max(id) FROM observations WHERE article_id = a.id)
JOIN revisions r ON r.id = a.revision_id
WHERE a.state = 'live' AND a.failures = 0 AND a.missing = 0 AND a.taken_down_at IS NULL AND r.rule_at IS NULL
  AND o.outcome IN ('same', 'new', 'changed', 'returned', 'reread') AND o.revision_id = a.revision_id
  AND NOT EXISTS (SELECT 1 FROM comment_counts c WHERE c.article_id = a.id AND c.movement = 'unconfirmed')
  AND NOT EXISTS (SELECT 1 FROM doubts d WHERE d.article_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM doubts d WHERE d.host = a.host)
  AND NOT EXISTS (SELECT 1 FROM drifts d WHERE d.host = a.host AND d.to_at IS NULL)
"""
_KEEP = """
UPDATE articles SET leased_until = NULL, asked_again = 0, hinted = 0, last_visited_at = :at, last_read_at = :at,
    next_visit_at = CASE WHEN next_visit_at IS NOT NULL THEN :next END, read_stale_seconds = :stale,
    etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),
    digest = coalesce(:digest, digest)
WHERE id = :id
"""


def keep_unchanged(con: sqlite3.Connection, results: Sequence[VisitResult]) -> list[VisitResult]:
    """Keep those of the looks for which there is nothing more to do, and give back the others, in their order."""
    proven = [result.article_id for result in results if result.seen.proof]
    rows = {row["id"]: row for row in con.execute(_AT_REST, [json_of(proven)]).fetchall()} if proven else {}
    looks: list[tuple[VisitResult, sqlite3.Row]] = []
    others: list[VisitResult] = []
    for result in results:
        row = rows.get(result.article_id) if result.seen.proof else None
        if row is not None and row["revision_id"] == result.against:
            looks.append((result, row))
        else:
            others.append(result)
    con.executemany(_KEEP, [_values(result) for result, _ in looks])
    keep_planned(con, [result.planned for result, _ in looks if result.planned is not None])
    note_looks(con, looks)
    hosts.keep_answers(con, [(row["host"], result) for result, row in looks])
    return others


def _values(result: VisitResult) -> dict[str, object]:
    seen = result.seen
    return {
        "id": result.article_id,
        "at": text_of(result.at),
        "next": text_of(result.next_visit_at),
        "stale": seen.allowance.total_seconds() if seen.allowance else 0.0,
        "etag": seen.validators.etag if seen.validators else None,
        "last_modified": seen.validators.last_modified if seen.validators else None,
        "digest": seen.digest if seen.proof == "imprint" else None,
    }
