"""What waited to be told and is not told any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store import digests
from db.store.routings import BEFORE, CORRECTIONS

if TYPE_CHECKING:
    import sqlite3

_WHY = "its article was taken down"

# Of a delivery and of what it carries that of articles that were taken down, without what corrects something that went
# out, or may have: an accusation without a word of the article is none that anybody can check.
_TAKEN_DOWN = f"""
SELECT d.id FROM deliveries d JOIN events e ON e.id = d.event_id
JOIN articles a ON a.id = d.article_id AND a.taken_down_at IS NOT NULL
WHERE (d.id = :id OR d.carried_by = :id) AND NOT (e.type IN {CORRECTIONS!r} AND EXISTS (
    SELECT 1 FROM events b INDEXED BY events_article JOIN deliveries t ON t.event_id = b.id AND t.endpoint = d.endpoint
    LEFT JOIN deliveries l ON l.id = t.carried_by
    WHERE {BEFORE} AND coalesce(t.last_attempt_at, l.last_attempt_at) IS NOT NULL
      AND (b.verdict != 'unsettled' OR e.verdict = 'misread')))
"""


def may_be_told(con: sqlite3.Connection, delivery_id: int) -> bool:
    """Whether a delivery is still to be sent; what is not any more goes out of it, or of its digest, for good."""
    taken_down = {row["id"] for row in con.execute(_TAKEN_DOWN, {"id": delivery_id}).fetchall()}
    for number in taken_down:
        digests.leave_out(con, number, _WHY)
    return delivery_id not in taken_down
