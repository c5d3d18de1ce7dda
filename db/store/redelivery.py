"""What somebody asks to be sent again: dead deliveries, and what was delivered, by the same ids and in order.

What no longer holds is not to be the last word: it is left out, or what was told since follows it once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from db.rows import optional_text, text_of
from db.store import digests, withheld
from db.store.routings import overtaken

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence
    from datetime import datetime

# By the id of an event, or of a digest with all that it carries. What waits for an endpoint that was disabled, or taken
# out, goes with what was given up.
_CHOSEN = """
SELECT d.id, d.endpoint, d.state, d.carried_by, d.handed_out, e.uid, p.state AS endpoint_state
FROM deliveries d JOIN events e ON e.id = d.event_id JOIN endpoints p ON p.name = d.endpoint
WHERE (:endpoint IS NULL OR d.endpoint = :endpoint)
  AND (:event IS NULL OR e.uid = :event OR d.digest_uid = :event
       OR d.carried_by IN (SELECT l.id FROM deliveries l WHERE l.digest_uid = :event))
  AND (:since IS NULL OR e.at >= :since)
  AND (d.state != 'withheld' OR :event IS NOT NULL)
  AND (d.state = 'dead' OR NOT :dead OR (d.state = 'pending' AND p.state != 'active'))
ORDER BY d.endpoint, d.id
"""
# The order per article is that of their numbers: what is older goes first, before what waits already.
_AGAIN = """
UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt_at = ?1, released_at = ?1, scheduled_at = NULL,
    asked_until = NULL, leased_until = NULL, error = '', carried_by = NULL WHERE id = ?2
"""
_CARRIED_AGAIN = """
UPDATE deliveries SET state = 'held', error = '' WHERE carried_by = ? AND state IN ('dead', 'delivered')
"""
_ENABLE = "UPDATE endpoints SET state = 'active', failures = 0, error = '' WHERE name = ? AND state = 'disabled'"
# Somebody asked for it: sooner than its receiver did, if need be.
_NOW = """
UPDATE deliveries SET scheduled_at = coalesce(scheduled_at, next_attempt_at), next_attempt_at = :at
WHERE id = :id AND leased_until IS NULL AND next_attempt_at > :at
"""
# What is not on its way.
_OVER = ("dead", "delivered", "withheld")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be sent again; all of it must hold, and None asks for nothing.

    Attributes:
        event: id of an event, or of a digest; what was told since of the same is sent again after it.
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
        waiting: how many are on their way already: another attempt is made now, if the endpoint can be told.
        held: how many are told when their time comes.
        overtaken: how many are not sent again, as something else was said of the same since.
        taken_down: how many are not, as their articles were taken down.
        replaced: of how many the endpoint is told what was said of the same since, as it was not told that.
        told: the endpoint can be told.
    """

    endpoint: str
    state: str
    events: tuple[str, ...]
    kept: int
    waiting: int
    held: int = 0
    overtaken: int = 0
    taken_down: int = 0
    replaced: int = 0
    told: bool = True


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
        state, over = rows[0]["endpoint_state"], [row for row in rows if row["state"] in _OVER]
        waiting = [row for row in rows if row["state"] == "pending"]
        held = len(rows) - len(over) - len(waiting)
        if state != "active" and (state != "disabled" or asked.endpoint is None):
            found.append(Again(endpoint, state, (), len(over), len(waiting), held, told=False))
            continue
        left = _left_out(con, over, even_overtaken=asked.event is not None)
        sent = [row for row in over if row["id"] not in left]
        if asked.event is not None:
            sent += _what_follows(con, sent)
        replaced = sum(withheld.unheard(con, row["id"]) is not None for row in [*sent, *waiting])
        if not dry_run:
            con.execute(_ENABLE, [endpoint])
            con.executemany(_NOW, [{"at": text_of(now), "id": row["id"]} for row in waiting])
            for number, why in left.items():
                digests.leave_out(con, number, why)
            _renew(con, sent, now)
        uids, taken_down = tuple(row["uid"] for row in sent), list(left.values()).count(withheld.TAKEN_DOWN)
        over_since = len(left) - taken_down
        found.append(Again(endpoint, state, uids, 0, len(waiting), held, over_since, taken_down, replaced))
    return tuple(found)


def _left_out(con: sqlite3.Connection, rows: Sequence[sqlite3.Row], *, even_overtaken: bool) -> dict[int, str]:
    """Deliveries that are not sent again, and why; `even_overtaken` ones are."""
    together = {row["id"] for row in rows}
    left: dict[int, str] = {}
    for row in rows:
        if withheld.is_taken_down(con, row["id"]):
            left[row["id"]] = withheld.TAKEN_DOWN
            continue
        since = [later for later in withheld.said_since(con, row["id"]) if later["id"] not in together]
        # What was told nowhere, and was none, needs no correction there either.
        is_nothing = since and since[-1]["verdict"] == "misread" and not row["handed_out"]
        if since and (since[-1]["id"] is not None or is_nothing) and not even_overtaken:
            left[row["id"]] = overtaken(since[-1]["uid"])
    return left


def _what_follows(con: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
    """The last that was told of the same things, where it is not on its way, nor among them."""
    together = {row["id"] for row in rows}
    last = [since[-1] for row in rows if (since := withheld.said_since(con, row["id"]))]
    return list({row["id"]: row for row in last if row["state"] in _OVER and row["id"] not in together}.values())


def _renew(con: sqlite3.Connection, rows: Sequence[sqlite3.Row], now: datetime) -> None:
    """A digest takes along what it carries; what it carried goes alone if the digest was not asked for."""
    chosen: Collection[int] = {row["id"] for row in rows}
    for number in sorted(chosen):
        (carried_by,) = con.execute("SELECT carried_by FROM deliveries WHERE id = ?", [number]).fetchone()
        if carried_by not in chosen:
            con.execute(_AGAIN, [text_of(now), number])
            con.execute(_CARRIED_AGAIN, [number])
