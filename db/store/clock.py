"""After a clock that was ahead is put right: what was to wait until a moment that nobody can have asked for waits no
longer. What was seen stays as it was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import text_of
from db.store.hosts import LEASE

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime, timedelta

# What is due so far ahead is due now.
_DUE = (
    ("sources", "next_poll_at"), ("articles", "next_visit_at"), ("deliveries", "next_attempt_at"),
    ("revisions", "rule_at"), ("subscriptions", "renew_at"),
)  # fmt: skip
_LEASED = ("sources", "articles", "deliveries", "subscriptions")
# A moment of the past that lies ahead would pass for fresh, or for done already.
_PAST = (
    ("hosts", "robots_fetched_at"), ("hosts", "clock_checked_at"), ("sources", "last_polled_at"),
    ("articles", "last_visited_at"), ("deliveries", "last_attempt_at"),
)  # fmt: skip


def put_right(con: sqlite3.Connection, now: datetime, longest: timedelta) -> int:
    """Let nothing wait longer than `longest`, the longest that there is, and say how many rows had to be changed."""
    at, soon, late = text_of(now), text_of(now + LEASE), text_of(now + longest)
    done = con.execute("UPDATE hosts SET free_at = NULL WHERE free_at > ?", [late]).rowcount
    for table, column in _DUE:
        done += con.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", [at, late]).rowcount
    for table in _LEASED:
        done += con.execute(f"UPDATE {table} SET leased_until = NULL WHERE leased_until > ?", [soon]).rowcount
    for table, column in _PAST:
        done += con.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} > ?", [soon]).rowcount
    return done
