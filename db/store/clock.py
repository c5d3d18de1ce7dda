"""After a clock that was ahead is put right: what was to wait until a moment that nobody can have asked for waits no
longer. What was seen stays as it was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import text_of
from db.store.hosts import LEASE
from db.store.manners import LONGEST_REST
from scraper.politeness import MAX_DELAY

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime, timedelta

# What is due so far ahead is due now.
_DUE = (
    ("sources", "next_poll_at"), ("articles", "next_visit_at"), ("deliveries", "next_attempt_at"),
    ("revisions", "rule_at"), ("subscriptions", "renew_at"),
    ("endpoints", "rests_until"),
)  # fmt: skip
_LEASED = ("sources", "articles", "deliveries", "subscriptions")
# A moment of the past that lies ahead would pass for fresh, or for done already.
_PAST = (
    ("hosts", "robots_fetched_at"), ("hosts", "clock_checked_at"), ("sources", "last_polled_at"),
    ("articles", "last_visited_at"), ("deliveries", "last_attempt_at"),
)  # fmt: skip


# By what moment each waits.
_WAITS = (
    ("sources", "next_poll_at"), ("articles", "next_visit_at"), ("deliveries", "next_attempt_at"),
    ("subscriptions", "renew_at"), ("hosts", "free_at"), ("hosts", "asked_until"),
    ("hosts", "rests_until"), ("endpoints", "rests_until"), *((table, "leased_until") for table in _LEASED),
)  # fmt: skip


def set_back(con: sqlite3.Connection, now: datetime, by: timedelta) -> int:
    """Of a clock that was set back, let what waits end as much earlier, but not before now; says of how many rows.

    What began to wait before the clock was ahead comes too early by that, once: a look or an attempt more, no worse.
    Rulings wait on: what has to stand for an hour has to.
    """
    back = f"-{by.total_seconds():.6f} seconds"
    return sum(
        con.execute(
            f"""UPDATE {table} SET {column} = max(:now, strftime('%Y-%m-%dT%H:%M:%f000+00:00', {column}, :back))
                WHERE {column} > :now""",
            {"now": text_of(now), "back": back},
        ).rowcount
        for table, column in _WAITS
    )


def put_right(con: sqlite3.Connection, now: datetime, longest: timedelta, gap: timedelta) -> int:
    """Let nothing wait longer than `longest`, the longest that there is, and say how many rows had to be changed.

    A host waits for the longest `gap`, crawl-delay or rest of our own at most, unless it asked for more.
    """
    at, soon, late = text_of(now), text_of(now + LEASE), text_of(now + longest)
    done = con.execute("UPDATE hosts SET asked_until = NULL WHERE asked_until > ?", [late]).rowcount
    done += con.execute(
        """UPDATE hosts SET free_at = CASE WHEN asked_until > :at THEN asked_until END,
               rests_until = CASE WHEN rests_until <= :rest THEN rests_until END
           WHERE free_at > :rest AND free_at > coalesce(asked_until, '')""",
        {"at": at, "rest": text_of(now + max(gap, MAX_DELAY, LONGEST_REST) + LEASE)},
    ).rowcount
    for table, column in _DUE:
        done += con.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", [at, late]).rowcount
    for table in _LEASED:
        done += con.execute(f"UPDATE {table} SET leased_until = NULL WHERE leased_until > ?", [soon]).rowcount
    for table, column in _PAST:
        done += con.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} > ?", [soon]).rowcount
    return done
