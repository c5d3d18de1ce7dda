"""Digests: what is held for an endpoint is told together when its time has come.

A digest is its first delivery, which carries the others: they wait as long as it is on its way, and share its fate.
What it says is put together from the events at every attempt, so that nothing is kept twice or outlives a takedown.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, cast

from changes.render import shortened
from changes.routing import WEIGHTS
from db.rows import json_of, text_of
from db.store.damage import tolerated
from db.store.events import TOLD_AFTER, whole
from db.store.routings import as_heard, note_let_through

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from changes.meaning import Severity

# Receivers may refuse more than 20 kB (Standard Webhooks); the rest is room for what is around the events.
_ROOM = 18_000
# So much longer than any other a verdict that is replaced may be.
_LONGER = 20
_LONGEST = {"headline": 200, "excerpt": 200}
# What a digest says of an event; the event itself has more.
SAID = (
    "id", "url", "source", "headline", "verdict", "not_before", "not_after", "words_added", "words_removed", "excerpt",
    "severity", "tags", "supersedes", "replaces", "absence", "absent_seconds", "successor", "in_common", "movement",
    "published", "kept_until", "cite", "taken_down_at", "message", "values", "link",
)  # fmt: skip

# What came before, where nothing had been said that could be wrong; what corrects whatever came before; and what edits
# are, which are many.
_NOTHING_SAID, _TAKES_BACK = (None, "", "unsettled"), ("misread", "removed_before_expected", "returned")
_EDITS = ("article.changed", "article.ruled", "article.discovered", "article.comments")

# What is held for endpoints that can be told, as far as its time has come and nothing of its article comes first; while
# a digest is on its way there, the next one waits, unless that failed several times: what it says may be refused.
_READY = f"""
SELECT d.id, d.endpoint, p.kind FROM deliveries d JOIN endpoints p ON p.name = d.endpoint
WHERE d.state = 'held' AND d.carried_by IS NULL AND d.next_attempt_at <= :now AND p.state = 'active'
  AND d.endpoint NOT IN (SELECT value FROM json_each(:quiet))
  AND NOT EXISTS (SELECT 1 FROM deliveries l WHERE l.state = 'pending' AND l.digest_uid IS NOT NULL
                  AND l.endpoint = d.endpoint AND l.attempts < {TOLD_AFTER})
  AND NOT EXISTS (SELECT 1 FROM deliveries b WHERE b.state IN ('pending', 'held') AND b.endpoint = d.endpoint
                  AND b.article_id = d.article_id AND b.id < d.id
                  AND (b.state = 'pending' OR b.carried_by IS NOT NULL OR b.next_attempt_at > :now))
ORDER BY d.endpoint, d.id
"""
_EVENTS = """
SELECT d.id, d.endpoint, e.uid, e.type, e.at, e.url, e.ruling_id, e.data
FROM deliveries d JOIN events e ON e.id = d.event_id
"""
_CARRIED = f"{_EVENTS} WHERE d.id = :leader OR d.carried_by = :leader ORDER BY d.id"
_AMONG = f"{_EVENTS} WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id"
_INHERIT = """
UPDATE deliveries SET carried_by = NULL,
    (state, attempts, next_attempt_at, released_at, last_attempt_at, handed_out, status, error, digest_uid) =
    (SELECT state, attempts, next_attempt_at, released_at, last_attempt_at, handed_out, status, error, digest_uid
     FROM deliveries WHERE id = ?)
WHERE id = ?
"""
_LEAVE = """
UPDATE deliveries SET
    state = iif(state = 'delivered', state, 'withheld'), error = iif(state = 'delivered', error, :why),
    last_attempt_at = coalesce(last_attempt_at, (SELECT l.last_attempt_at FROM deliveries l
                                                 WHERE l.id = deliveries.carried_by)),
    handed_out = max(handed_out, coalesce((SELECT l.handed_out FROM deliveries l
                                           WHERE l.id = deliveries.carried_by), 0)),
    next_attempt_at = NULL, leased_until = NULL, digest_uid = NULL, carried_by = NULL
WHERE id = :id
"""


def gather(con: sqlite3.Connection, now: datetime, quiet: Collection[str]) -> None:
    """Send what was held until now on its way: what is alone as itself, the rest together. `quiet`: endpoints that are
    to be left alone now. To programs no more than fits into one goes at a time: what is left over comes next."""
    held: dict[tuple[str, str], list[int]] = {}
    for row in con.execute(_READY, {"now": text_of(now), "quiet": json_of(sorted(quiet))}).fetchall():
        held.setdefault((row["endpoint"], row["kind"]), []).append(row["id"])
    for (endpoint, kind), ids in held.items():
        leader, *others = _first_that_fit(con, ids) if kind == "webhook" else ids
        con.execute(
            "UPDATE deliveries SET state = 'pending', digest_uid = ?, released_at = ? WHERE id = ?",
            [f"dig_{uuid.uuid4().hex}" if others else None, text_of(now), leader],
        )
        con.executemany("UPDATE deliveries SET carried_by = ? WHERE id = ?", [(leader, other) for other in others])
        note_let_through(con, endpoint, now)


def share(con: sqlite3.Connection, leader: int) -> None:
    """Let what a delivery carries have become what it became, unless it is still on its way."""
    con.execute(
        """UPDATE deliveries SET (state, next_attempt_at, last_attempt_at, status, error, handed_out) =
               (SELECT l.state, NULL, l.last_attempt_at, l.status, l.error, l.handed_out FROM deliveries l
                WHERE l.id = :leader)
           WHERE carried_by = :leader
             AND (SELECT l.state FROM deliveries l WHERE l.id = :leader) IN ('delivered', 'dead')""",
        {"leader": leader},
    )


def leave_out(con: sqlite3.Connection, delivery_id: int, why: str) -> None:
    """Send a delivery never more; one that was delivered stays so. If it carries others, one of them carries the rest:
    by the same id of the digest, and with its attempts."""
    heir = con.execute("SELECT min(id) FROM deliveries WHERE carried_by = ?", [delivery_id]).fetchone()[0]
    if heir is not None:
        con.execute(_INHERIT, [delivery_id, heir])
        con.execute("UPDATE deliveries SET carried_by = ? WHERE carried_by = ?", [heir, delivery_id])
    con.execute(_LEAVE, {"id": delivery_id, "why": why})


def body(con: sqlite3.Connection, leader: int, uid: str) -> str:
    """A digest as it is sent; of more events than there is room for those that come first by `rank`."""
    rows = con.execute(_CARRIED, {"leader": leader}).fetchall()
    told: list[dict[str, object]] = []
    for row in rows:
        with tolerated(lambda _failure: None):
            told.append(_short(con, row))
    chosen = _that_fit(told)
    link = con.execute("SELECT value FROM meta WHERE key = 'base_url'").fetchone()
    data = {
        "id": uid,
        "count": len(rows),
        "more": len(rows) - len(chosen),
        "from": rows[0]["at"],
        "until": rows[-1]["at"],
        "events": chosen,
        "link": f"{link['value'] if link else ''}/",
    }
    return json_of({"type": "digest", "timestamp": rows[-1]["at"], "data": data})


def _first_that_fit(con: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """As many of the first as one digest has room for: one at least."""
    room, fit = _ROOM, list[int]()
    for row in con.execute(_AMONG, [json_of(list(ids))]).fetchall():
        with tolerated(lambda _failure: None):
            # What it corrects is known when it is in the digest: with what comes first there, say.
            room -= len(json.dumps(_cut(row, whole(con, row)))) + _LONGER
        if room < 0 and fit:
            break
        fit.append(row["id"])
    return fit


def _short(con: sqlite3.Connection, row: sqlite3.Row) -> dict[str, object]:
    return _cut(row, as_heard(con, row["endpoint"], row["uid"], whole(con, row)))


def _cut(row: sqlite3.Row, data: dict[str, object]) -> dict[str, object]:
    for key, longest in _LONGEST.items():
        data[key] = shortened(str(data.get(key) or ""), longest)
    return {"type": row["type"], "timestamp": row["at"], **{key: data[key] for key in SAID if key in data}}


def _that_fit(events: list[dict[str, object]]) -> list[dict[str, object]]:
    """As many as there is room for, in their order."""
    sizes = [len(json.dumps(event)) for event in events]  # in ASCII: whoever escapes it has room, too
    room, chosen = _ROOM, []
    for place in sorted(range(len(events)), key=lambda place: rank(events[place])):
        room -= sizes[place]
        if room >= 0:
            chosen.append(place)
    return [events[place] for place in sorted(chosen)]


def rank(event: Mapping[str, object]) -> tuple[bool, bool, int]:
    """What is told of too many: first what is taken back or corrected, then what is no edit (an article that is gone,
    say), then by weight.
    """
    severity = cast("Severity | None", event.get("severity"))
    takes_back = event.get("replaces") not in _NOTHING_SAID or event.get("verdict") in _TAKES_BACK
    return not takes_back, event.get("type") in _EDITS, -WEIGHTS.index(severity) if severity else 1
