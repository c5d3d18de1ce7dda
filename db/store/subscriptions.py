"""The queue of subscriptions (WebSub): feeds that name a hub, what was asked of it, what it confirmed and pushed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import instant_of, text_of
from db.store.hosts import LEASE
from db.work_hubs import DueSubscription, Subscribed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

# A source that has another hub or topic than before subscribes anew; what lapses is asked for before it does.
_DUE = """
SELECT s.id, s.name, s.hub, s.topic, b.failures FROM sources s LEFT JOIN subscriptions b ON b.id = s.id
WHERE s.state = 'active' AND s.websub = 1 AND s.hub != ''
  AND (b.id IS NULL OR b.hub != s.hub OR b.topic != s.topic OR b.renew_at <= :now)
  AND (b.leased_until IS NULL OR b.leased_until <= :now)
ORDER BY s.id LIMIT :limit
"""
_ASK = """
INSERT INTO subscriptions (id, hub, topic, asked_at, renew_at, leased_until)
VALUES (:id, :hub, :topic, :now, :again, :lease)
ON CONFLICT DO UPDATE SET asked_at = :now, leased_until = :lease,
    expires_at = CASE WHEN hub = :hub AND topic = :topic THEN expires_at END, hub = :hub, topic = :topic
"""
_WANTED = "s.state = 'active' AND s.websub = 1"
# A hub confirms within seconds, as a rule. What it confirms later than that nobody asked for.
_ASKED = timedelta(days=1)
# Asked again if the hub did not confirm by then.
UNCONFIRMED = timedelta(minutes=30)
_SHORTEST_LEASE, _LONGEST_LEASE, _USUAL_LEASE = timedelta(minutes=5), timedelta(days=30), timedelta(days=1)
# Renewed after that share of the lease, so that there is time to try again.
_RENEWED_AFTER = 0.8
# However often a hub pushes, a feed is not polled more often than that for it.
_BETWEEN_POLLS = timedelta(seconds=10)


def due_subscriptions(con: sqlite3.Connection, now: datetime, limit: int) -> list[DueSubscription]:
    """Hubs to ask now, leased to the caller."""
    found = []
    for row in con.execute(_DUE, {"now": text_of(now), "limit": limit}).fetchall():
        con.execute(
            _ASK,
            {"id": row["id"], "hub": row["hub"], "topic": row["topic"], "now": text_of(now),
             "again": text_of(now + UNCONFIRMED), "lease": text_of(now + LEASE)},
        )  # fmt: skip
        found.append(DueSubscription(row["id"], row["name"], row["hub"], row["topic"], row["failures"] or 0, now))
    return found


def record_subscriptions(con: sqlite3.Connection, results: Sequence[Subscribed]) -> None:
    """Keep what hubs answered. One that confirmed before its answer came has said already when to renew."""
    for result in results:
        con.execute(
            """UPDATE subscriptions SET leased_until = NULL, error = :error,
                   failures = CASE WHEN :error = '' THEN 0 ELSE failures + 1 END,
                   renew_at = CASE WHEN verified_at >= asked_at AND :error = '' THEN renew_at ELSE :again END
               WHERE id = :id""",
            {"id": result.id, "error": result.error, "again": text_of(result.again_at)},
        )


def topics(con: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """(source, hub, topic) of every subscription that is wanted."""
    rows = con.execute(
        f"SELECT b.id, b.hub, b.topic FROM subscriptions b JOIN sources s ON s.id = b.id WHERE {_WANTED}"
    )
    return [(row["id"], row["hub"], row["topic"]) for row in rows]


def confirm(con: sqlite3.Connection, source_id: int, topic: str, lease: timedelta | None, now: datetime) -> bool:
    """The hub confirms that we subscribe. False: nobody asked for that, or not for this topic."""
    given = min(max(lease or _USUAL_LEASE, _SHORTEST_LEASE), _LONGEST_LEASE)
    return bool(
        con.execute(
            """UPDATE subscriptions SET verified_at = :now, expires_at = :until, renew_at = :renew, failures = 0,
                   error = '' WHERE id = :id AND topic = :topic AND asked_at >= :since""",
            {"now": text_of(now), "until": text_of(now + given), "renew": text_of(now + given * _RENEWED_AFTER),
             "id": source_id, "topic": topic, "since": text_of(now - _ASKED)},
        ).rowcount
    )  # fmt: skip


def deny(con: sqlite3.Connection, source_id: int, topic: str, reason: str, now: datetime) -> bool:
    """The hub does not let us subscribe, or no longer: it is asked again in a day. False: not of this topic."""
    return bool(
        con.execute(
            """UPDATE subscriptions SET expires_at = NULL, renew_at = ?, error = ?, failures = failures + 1
               WHERE id = ? AND topic = ?""",
            [text_of(now + timedelta(days=1)), f"the hub denies the subscription: {reason[:200]}", source_id, topic],
        ).rowcount
    )


def pushed(con: sqlite3.Connection, source_id: int, now: datetime) -> None:
    """The hub says that there is something new: the feed is polled now, if it was not just polled."""
    con.execute("UPDATE subscriptions SET pushed_at = ? WHERE id = ?", [text_of(now), source_id])
    con.execute(
        """UPDATE sources SET next_poll_at = min(next_poll_at, max(:now, coalesce(:after, :now)))
           WHERE id = :id AND state = 'active'""",
        {"now": text_of(now), "id": source_id, "after": _after_the_last(con, source_id)},
    )


def _after_the_last(con: sqlite3.Connection, source_id: int) -> str | None:
    row = con.execute("SELECT last_polled_at FROM sources WHERE id = ?", [source_id]).fetchone()
    last = row["last_polled_at"] if row else None
    return text_of(instant_of(last) + _BETWEEN_POLLS) if last else None
