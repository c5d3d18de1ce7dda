"""The state of the machine for those who run it: sources, failing articles, what was not delivered, gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_SOURCES = """
SELECT s.*, (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles FROM sources s
WHERE s.state != 'removed' ORDER BY s.failures = 0, s.name
"""
# Grouped within, so that whether an article is watched is worked out once for each.
_STATES = """
SELECT CASE WHEN watch IN ('removed', 'source removed') THEN 'no longer followed'
        WHEN watch IN ('paused', 'source paused') THEN 'paused' WHEN watch = 'moved' THEN 'moved'
        WHEN state = 'suspect' THEN 'missing once' WHEN state = 'gone' THEN 'gone'
        WHEN failing THEN 'not readable' WHEN unread THEN 'not read yet' ELSE 'live' END
    AS state, watch AS why, sum(articles) AS number
FROM (
    SELECT w.watch, a.state, a.failures > 0 AS failing, a.revision_id IS NULL AS unread, count(*) AS articles
    FROM articles a JOIN watching w ON w.article_id = a.id GROUP BY 1, 2, 3, 4)
GROUP BY 1, 2 ORDER BY 3 DESC
"""
_RESTING = ("paused", "removed", "source paused", "source removed")
# Columns beside max() come from the row that has the maximum.
_FAILING = """
SELECT f.error_code, count(*) AS number, f.article_id AS example, f.error, max(f.last_visited_at) AS last_at
FROM failing f GROUP BY f.error_code ORDER BY 2 DESC
"""
_MISSING = """
SELECT m.state, count(*) AS number, m.article_id AS example, m.headline, max(m.missing_since) AS since,
    (SELECT o.error FROM observations o WHERE o.article_id = m.article_id ORDER BY o.id DESC LIMIT 1) AS error
FROM missing m GROUP BY m.state ORDER BY m.state DESC
"""
_DRIFTING = "SELECT * FROM drifting ORDER BY host"
_ENDPOINTS = """
SELECT p.name, p.kind, p.state, p.failures, p.error,
    (SELECT count(*) FROM deliveries d WHERE d.endpoint = p.name AND d.state = 'pending') AS pending,
    (SELECT count(*) FROM deliveries d WHERE d.endpoint = p.name AND d.state = 'dead') AS dead,
    (SELECT max(d.delivered_at) FROM deliveries d WHERE d.endpoint = p.name) AS last_at
FROM endpoints p ORDER BY p.name
"""
_UNDELIVERED = "SELECT * FROM undelivered WHERE state = 'dead' ORDER BY delivery_id DESC LIMIT 20"
_GAPS = """
SELECT g.from_at, g.to_at, s.name FROM gaps g JOIN sources s ON s.id = g.source_id ORDER BY g.id DESC LIMIT 20
"""
_OPERATIONS = """
SELECT type, at, url, json_extract(data, '$.message') AS message FROM events
WHERE type >= 'operations.' AND type < 'operations/' ORDER BY id DESC LIMIT 20
"""
_OPEN_RULINGS = "SELECT count(*) AS number, min(rule_at) AS next_at FROM revisions WHERE rule_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Status:
    """All that the page shows, as rows of the statements above.

    Attributes:
        states: how many articles are in which state, the most first; resting: how many rest, by the reason.
    """

    sources: tuple[sqlite3.Row, ...]
    states: tuple[tuple[str, int], ...]
    failing: tuple[sqlite3.Row, ...]
    missing: tuple[sqlite3.Row, ...]
    resting: tuple[tuple[str, int], ...]
    drifting: tuple[sqlite3.Row, ...]
    endpoints: tuple[sqlite3.Row, ...]
    undelivered: tuple[sqlite3.Row, ...]
    gaps: tuple[sqlite3.Row, ...]
    operations: tuple[sqlite3.Row, ...]
    open_rulings: sqlite3.Row


def status(con: sqlite3.Connection) -> Status:
    """Read it."""
    states = con.execute(_STATES).fetchall()
    return Status(
        sources=tuple(con.execute(_SOURCES)),
        states=_counts((row["state"], row["number"]) for row in states),
        failing=tuple(con.execute(_FAILING)),
        missing=tuple(con.execute(_MISSING)),
        resting=tuple(sorted(_counts((row["why"], row["number"]) for row in states if row["why"] in _RESTING))),
        drifting=tuple(con.execute(_DRIFTING)),
        endpoints=tuple(con.execute(_ENDPOINTS)),
        undelivered=tuple(con.execute(_UNDELIVERED)),
        gaps=tuple(con.execute(_GAPS)),
        operations=tuple(con.execute(_OPERATIONS)),
        open_rulings=con.execute(_OPEN_RULINGS).fetchone(),
    )


def _counts(parts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The sums, the largest first."""
    found: Counter[str] = Counter()
    for name, number in parts:
        found[name] += number
    return tuple(found.most_common())
