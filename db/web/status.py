"""The state of the machine for those who run it: sources, failing articles, what was not delivered, gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.schema_counts import OPERATIONS
from db.store.planning import spent_until
from db.store.sizes import sizes
from db.store.validators import HIDING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.publish import Publish
    from db.store.sizes import Sizes

_SOURCES = """
SELECT s.*, (SELECT coalesce(sum(c.articles), 0) FROM article_counts c WHERE c.source_id = s.id) AS articles
FROM sources s
WHERE s.state != 'removed' ORDER BY s.failures = 0, s.name
"""
# Grouped within, so that whether a kind is watched is worked out once.
_STATES = """
SELECT CASE WHEN watch IN ('removed', 'source removed') THEN 'no longer followed'
        WHEN watch IN ('paused', 'source paused') THEN 'paused' WHEN watch = 'moved' THEN 'moved'
        WHEN state = 'suspect' THEN 'missing once' WHEN state = 'gone' THEN 'gone'
        WHEN failing THEN 'not readable' WHEN unread THEN 'not read yet' ELSE 'live' END
    AS state, watch AS why, sum(articles) AS number
FROM (
    SELECT watch, state, failing, unread, sum(articles) AS articles FROM counted_articles GROUP BY 1, 2, 3, 4)
GROUP BY 1, 2 ORDER BY 3 DESC
"""
_RESTING = ("paused", "removed", "source paused", "source removed")
# Each with the newest of its articles, which the index finds.
_FAILING = """
SELECT n.code AS error_code, n.number, f.article_id AS example, f.error, f.last_visited_at AS last_at
FROM (SELECT code, sum(articles) AS number FROM counted_articles WHERE failing AND watch = 'watched' GROUP BY code) n
JOIN failing f ON f.article_id = (
    SELECT i.article_id FROM failing i WHERE i.error_code = n.code ORDER BY i.last_visited_at DESC LIMIT 1)
ORDER BY 2 DESC
"""
_MISSING = """
SELECT m.state, n.number, m.article_id AS example, m.headline, m.missing_since AS since,
    (SELECT o.error FROM observations o WHERE o.article_id = m.article_id ORDER BY o.id DESC LIMIT 1) AS error
FROM (SELECT state, sum(articles) AS number FROM counted_articles
    WHERE state IN ('suspect', 'gone') AND watch = 'watched' GROUP BY state) n
JOIN missing m ON m.article_id = (
    SELECT i.article_id FROM missing i WHERE i.state = n.state ORDER BY i.missing_since DESC LIMIT 1)
ORDER BY m.state DESC
"""
_DRIFTING = "SELECT * FROM drifting ORDER BY host"
_MISPROVEN = """
SELECT host, proofs_wrong AS wrong, proofs_checked AS checked FROM hosts
WHERE proofs_checked > 0 AND proofs_wrong > 0 ORDER BY host
"""
_HIDING = f"""
SELECT host, edits_hidden AS hidden, edits_hidden + edits_validated AS edits FROM hosts
WHERE edits_hidden > 0 AND {HIDING} ORDER BY host
"""
_ENDPOINTS = """
SELECT p.name, p.kind, p.state, p.failures, p.error, p.delivered_at AS last_at,
    (SELECT count(*) FROM deliveries d WHERE d.endpoint = p.name AND d.state = 'pending') AS pending,
    (SELECT count(*) FROM deliveries d WHERE d.endpoint = p.name AND d.state = 'held' AND d.carried_by IS NULL) AS held,
    (SELECT count(*) FROM deliveries d WHERE d.endpoint = p.name AND d.state = 'dead') AS dead
FROM endpoints p ORDER BY p.name
"""
_UNDELIVERED = """
SELECT * FROM undelivered WHERE delivery_id IN (
    SELECT id FROM deliveries INDEXED BY deliveries_dead WHERE state = 'dead' ORDER BY id DESC LIMIT 20)
ORDER BY delivery_id DESC
"""
_GAPS = """
SELECT g.from_at, g.to_at, s.name FROM gaps g JOIN sources s ON s.id = g.source_id ORDER BY g.id DESC LIMIT 20
"""
# What is told of texts that a whole site shows quotes them.
_OPERATIONS = f"""
SELECT type, at, url,
    iif(:quoted OR type != 'operations.site_text', json_extract(data, '$.message'), url) AS message,
    iif(:quoted OR type != 'operations.site_text', json_extract(data, '$.values'), NULL) AS told
FROM events
WHERE {OPERATIONS} AND (:told OR type NOT IN ('operations.endpoint_failing', 'operations.endpoint_recovered'))
ORDER BY id DESC LIMIT 20
"""
_OPEN_RULINGS = "SELECT count(*) AS number, min(rule_at) AS next_at FROM revisions WHERE rule_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Status:
    """All that the page shows, as rows of the statements above.

    Attributes:
        misproven: hosts where a page was read otherwise than its bytes had proved.
        hiding: hosts that said 304 though the page had been edited.
        states: how many articles are in which state, the most first; resting: how many rest, by the reason.
        spent_until: about when the budget has enough for another look; None: it has.
    """

    sources: tuple[sqlite3.Row, ...]
    states: tuple[tuple[str, int], ...]
    failing: tuple[sqlite3.Row, ...]
    missing: tuple[sqlite3.Row, ...]
    resting: tuple[tuple[str, int], ...]
    drifting: tuple[sqlite3.Row, ...]
    misproven: tuple[sqlite3.Row, ...]
    hiding: tuple[sqlite3.Row, ...]
    endpoints: tuple[sqlite3.Row, ...]
    undelivered: tuple[sqlite3.Row, ...]
    gaps: tuple[sqlite3.Row, ...]
    operations: tuple[sqlite3.Row, ...]
    open_rulings: sqlite3.Row
    spent_until: str | None
    sizes: Sizes


def status(con: sqlite3.Connection, publish: Publish) -> Status:
    """Read it."""
    states = con.execute(_STATES).fetchall()
    return Status(
        sources=tuple(con.execute(_SOURCES)),
        states=_counts((row["state"], row["number"]) for row in states),
        failing=tuple(con.execute(_FAILING)),
        missing=tuple(con.execute(_MISSING)),
        resting=tuple(sorted(_counts((row["why"], row["number"]) for row in states if row["why"] in _RESTING))),
        drifting=tuple(con.execute(_DRIFTING)),
        misproven=tuple(con.execute(_MISPROVEN)),
        hiding=tuple(con.execute(_HIDING)),
        endpoints=tuple(con.execute(_ENDPOINTS)) if publish == "full" else (),
        undelivered=tuple(con.execute(_UNDELIVERED)) if publish == "full" else (),
        gaps=tuple(con.execute(_GAPS)),
        operations=tuple(con.execute(_OPERATIONS, {"quoted": publish != "metrics", "told": publish == "full"})),
        open_rulings=con.execute(_OPEN_RULINGS).fetchone(),
        spent_until=spent_until(con),
        sizes=sizes(con),
    )


def _counts(parts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The sums, the largest first."""
    found: Counter[str] = Counter()
    for name, number in parts:
        found[name] += number
    return tuple(found.most_common())
