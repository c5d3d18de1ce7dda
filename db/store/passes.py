"""One pass over all that is due: what of it waits for a host, and which of these waits are not worth waiting for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import optional_instant, text_of
from db.store.following import WANTED

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

# A pass sits out the gap between two requests and a crawl-delay, never a Retry-After.
LONGEST_WAIT = timedelta(seconds=60)

_WAITING = f"""
SELECT i.host, max(h.free_at) AS free_at, count(i.source) AS sources, count(*) - count(i.source) AS articles,
       group_concat(i.source, ', ') AS names, max(h.free_at IS h.rests_until) AS failing
FROM (SELECT a.host, NULL AS source FROM articles a
      WHERE a.next_visit_at <= :now AND {WANTED}
        AND (a.last_visited_at IS NULL OR a.last_visited_at < :since OR a.state = 'suspect'
           OR a.asked_again = 1)
      UNION ALL
      SELECT host, name FROM sources WHERE state = 'active' AND next_poll_at <= :now
        AND (last_polled_at IS NULL OR last_polled_at < :since)) i
JOIN hosts h ON h.host = i.host GROUP BY i.host ORDER BY i.host
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something of this pass is due, but its host is not free, or somebody else has it in hand.

    Attributes:
        free_at: when the host may be asked; a moment that has passed where it is only in somebody's hand.
        what: names the sources, and counts the articles.
        failing: the host did not ask for the wait: it rests as it fails.
    """

    host: str
    free_at: datetime
    what: str
    failing: bool


def waiting(con: sqlite3.Connection, now: datetime, since: datetime) -> list[Waiting]:
    """What is due in the pass that began at `since`, by host."""
    rows = con.execute(_WAITING, {"now": text_of(now), "since": text_of(since)}).fetchall()
    return [
        Waiting(row["host"], optional_instant(row["free_at"]) or now, _what(row), bool(row["failing"])) for row in rows
    ]


def _what(row: sqlite3.Row) -> str:
    named = [f"source {row['names']}"] if row["sources"] else []
    counted = [f"{row['articles']} articles"] if row["articles"] else []
    return " and ".join(named + counted)
