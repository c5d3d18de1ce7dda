"""What somebody asks to be sent again: dead deliveries, and what was delivered, by the same ids and in order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from db.rows import optional_text, text_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence
    from datetime import datetime

# By the id of an event, or of a digest with all that it carries. What waits for an endpoint that was disabled goes with
# what was given up.
_CHOSEN = """
SELECT d.id, d.endpoint, d.state, d.carried_by, e.uid, p.state AS endpoint_state
FROM deliveries d JOIN events e ON e.id = d.event_id JOIN endpoints p ON p.name = d.endpoint
WHERE (:endpoint IS NULL OR d.endpoint = :endpoint)
  AND (:event IS NULL OR e.uid = :event OR d.digest_uid = :event
       OR d.carried_by IN (SELECT l.id FROM deliveries l WHERE l.digest_uid = :event))
  AND (:since IS NULL OR e.at >= :since)
  AND (d.state = 'dead' OR NOT :dead OR (d.state = 'pending' AND p.state = 'disabled'))
ORDER BY d.endpoint, d.id
"""
# The order per article is that of their numbers: what is older goes first, before what waits already.
_AGAIN = """
UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt_at = ?, leased_until = NULL, error = '',
    carried_by = NULL WHERE id = ?
"""
_CARRIED_AGAIN = """
UPDATE deliveries SET state = 'held', error = '' WHERE carried_by = ? AND state IN ('dead', 'delivered')
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be sent again; all of it must hold, and None asks for nothing.

    Attributes:
        event: id of an event, or of a digest.
        since: events that were recorded from then on.
        dead: only what was given up.
    """

    endpoint: str | None = None
    event: str | None = None
    since: datetime | None = None
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """What becomes of the deliveries to one endpoint.

    Attributes:
        state: of the endpoint, before: active, disabled (its receiver said 410) or removed (from the configuration).
        events: ids of those that are sent again, oldest first; none where the endpoint cannot be told.
        kept: how many are not sent again, as the endpoint cannot be told.
        waiting: how many are on their way already, or held.
    """

    endpoint: str
    state: str
    events: tuple[str, ...]
    kept: int
    waiting: int


def send_again(con: sqlite3.Connection, asked: Asked, now: datetime, *, dry_run: bool) -> tuple[Again, ...]:
    """Make them pending again, with all their attempts before them; with `dry_run` only say which.

    An endpoint that its receiver disabled is told again if it is asked for by its name.
    """
    values = {
        "endpoint": asked.endpoint, "event": asked.event, "since": optional_text(asked.since), "dead": asked.dead,
    }  # fmt: skip
    found = []
    for endpoint, group in groupby(con.execute(_CHOSEN, values).fetchall(), key=lambda row: str(row["endpoint"])):
        rows = list(group)
        state, over = rows[0]["endpoint_state"], [row for row in rows if row["state"] in ("dead", "delivered")]
        can_be_told = state == "active" or (state == "disabled" and asked.endpoint is not None)
        if can_be_told and not dry_run:
            con.execute("UPDATE endpoints SET state = 'active', failures = 0, error = '' WHERE name = ?", [endpoint])
            _renew(con, over, now)
        uids = tuple(row["uid"] for row in over) if can_be_told else ()
        found.append(Again(endpoint, state, uids, len(over) - len(uids), len(rows) - len(over)))
    return tuple(found)


def _renew(con: sqlite3.Connection, rows: Sequence[sqlite3.Row], now: datetime) -> None:
    """A digest takes along what it carries; what it carried goes alone if the digest was not asked for."""
    chosen: Collection[int] = {row["id"] for row in rows}
    for row in rows:
        if row["carried_by"] not in chosen:
            con.execute(_AGAIN, [text_of(now), row["id"]])
            con.execute(_CARRIED_AGAIN, [row["id"]])
