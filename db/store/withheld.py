"""What waited to be told, or is asked for again, and is not told any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import text_of
from db.store import digests
from db.store.routings import BEFORE, CORRECTIONS, overtaken

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

TAKEN_DOWN = "its article was taken down"

# Of a delivery and of what it carries that of articles that were taken down, without what corrects something that went
# out, or may have: an accusation without a word of the article is none that anybody can check.
_TAKEN_DOWN = f"""
SELECT d.id FROM deliveries d JOIN events e ON e.id = d.event_id
JOIN articles a ON a.id = d.article_id AND a.taken_down_at IS NOT NULL
WHERE (d.id = :id OR d.carried_by = :id) AND NOT (e.type IN {CORRECTIONS!r} AND EXISTS (
    SELECT 1 FROM events b INDEXED BY events_article JOIN deliveries t ON t.event_id = b.id AND t.endpoint = d.endpoint
    LEFT JOIN deliveries l ON l.id = t.carried_by
    WHERE {BEFORE} AND (t.handed_out = 1 OR l.handed_out = 1)
      AND (b.verdict != 'unsettled' OR e.verdict = 'misread')))
"""


# What was said since of the same edit, or of whether the article is there, and its delivery to the same endpoint, if
# there is one. What was not routed yet will be told to whoever is told this.
_SINCE = """
SELECT n.uid, n.id AS event_id, n.type, n.verdict, e.type AS before, t.id, t.state
FROM deliveries d JOIN events e ON e.id = d.event_id
JOIN events n INDEXED BY events_article ON n.article_id = e.article_id AND n.id > e.id AND n.routed_at IS NOT NULL
  AND CASE n.type WHEN 'article.ruled' THEN n.revision_id = e.revision_id
      ELSE n.type IN ('article.gone', 'article.returned') AND e.type IN ('article.gone', 'article.returned') END
LEFT JOIN deliveries t ON t.event_id = n.id AND t.endpoint = d.endpoint
WHERE d.id = ? ORDER BY n.id
"""


# A delivery and what it carries; whether it may have arrived.
_TOGETHER = """
SELECT d.id, max(d.handed_out, coalesce(l.handed_out, 0)) AS was_tried
FROM deliveries d LEFT JOIN deliveries l ON l.id = d.carried_by WHERE d.id = :id OR d.carried_by = :id ORDER BY d.id
"""
_INSTEAD = """
INSERT INTO deliveries (event_id, endpoint, article_id, state, next_attempt_at, released_at)
SELECT :event, endpoint, article_id, 'pending', :at, :at FROM deliveries WHERE id = :id ON CONFLICT DO NOTHING
"""


def is_taken_down(con: sqlite3.Connection, delivery_id: int) -> bool:
    """Whether a delivery may not be sent any more, nor again, as its article was taken down."""
    return any(row["id"] == delivery_id for row in con.execute(_TAKEN_DOWN, {"id": delivery_id}).fetchall())


def said_since(con: sqlite3.Connection, delivery_id: int) -> list[sqlite3.Row]:
    """What was said later of the same thing, oldest first: its uid, and id and state of its delivery to the same
    endpoint, null where there is none."""
    return con.execute(_SINCE, [delivery_id]).fetchall()


def unheard(con: sqlite3.Connection, delivery_id: int) -> sqlite3.Row | None:
    """What was said last to correct it, where its endpoint has no delivery of that: it was off, or not configured, when
    that was routed. None: there is nothing of the kind."""
    last = None
    for row in said_since(con, delivery_id):
        if row["before"] == "article.returned" or (last is not None and last["type"] == "article.returned"):
            break  # that an article goes once more corrects nothing, and is told by the rules of whoever is told
        last = row
    return last if last is not None and last["id"] is None else None


def may_be_told(con: sqlite3.Connection, delivery_id: int, now: datetime) -> bool:
    """Whether a delivery is still to be sent; what is not any more goes out of it, or of its digest, for good. What
    was said since, and its endpoint was not told, is told in its place."""
    left = {row["id"]: TAKEN_DOWN for row in con.execute(_TAKEN_DOWN, {"id": delivery_id}).fetchall()}
    for row in con.execute(_TOGETHER, {"id": delivery_id}).fetchall():
        if row["id"] not in left and (last := unheard(con, row["id"])) is not None:
            left[row["id"]] = overtaken(last["uid"])
            if row["was_tried"] or last["verdict"] != "misread":  # of no edit nobody told there is nothing to take back
                con.execute(_INSTEAD, {"event": last["event_id"], "at": text_of(now), "id": row["id"]})
    for number, why in left.items():
        digests.leave_out(con, number, why)
    return delivery_id not in left
