"""After a clock that was ahead is put right: what was to wait until a moment that nobody can have asked for waits no
longer. What was seen stays as it was written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import text_of
from db.store.hosts import LEASE
from db.store.manners import LONGEST_REST
from scraper.politeness import MAX_DELAY

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

# What is due so far ahead is due now.
_DUE = (
    ("sources", "next_poll_at"), ("deliveries", "next_attempt_at"),
    ("deliveries", "scheduled_at"), ("deliveries", "asked_until"),
    ("revisions", "rule_at"), ("subscriptions", "renew_at"),
    ("endpoints", "rests_until"),
)  # fmt: skip
_LEASED = ("sources", "articles", "deliveries", "subscriptions")
# A moment of the past that lies ahead would pass for fresh, or for done already.
_PAST = (
    ("hosts", "robots_fetched_at"), ("hosts", "clock_checked_at"), ("sources", "last_polled_at"),
    ("articles", "last_visited_at"), ("deliveries", "last_attempt_at"),
    ("endpoints", "attempted_at"),
)  # fmt: skip

_DAY = timedelta(days=1)
# Articles that are no longer watched closely are looked at once a year at least.
_YEAR = timedelta(days=366)
# Of those that are, each may be looked at so long after it was found at the latest: their first look long after. They
# are searched by when they were found, for most of what was ever found is looked at long after.
_LOOKED_AT = """
UPDATE articles SET next_visit_at = :now WHERE next_visit_at IS NOT NULL AND first_seen_at > :since
    AND +next_visit_at > :late AND +next_visit_at > strftime('%Y-%m-%dT%H:%M:%f', min(first_seen_at, :now), :slow)
"""


@dataclass(frozen=True, slots=True)
class Longest:
    """What the configuration lets somebody wait for at the longest.

    Attributes:
        wait: of everything but articles that are looked at long after they were found.
        gap: between two requests to a host, if it does not ask for more.
        watch: how long an article is watched closely; `slow`: how long after it was found the next look comes at the
            latest that no longer belongs to that.
    """

    wait: timedelta
    gap: timedelta = timedelta()
    watch: timedelta = timedelta(days=30)
    slow: timedelta = timedelta(days=30)


# By what moment each waits.
_WAITS = (
    ("sources", "next_poll_at"), ("articles", "next_visit_at"), ("deliveries", "next_attempt_at"),
    ("deliveries", "scheduled_at"), ("deliveries", "asked_until"), ("subscriptions", "renew_at"),
    ("hosts", "free_at"), ("hosts", "asked_until"),
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


def put_right(con: sqlite3.Connection, now: datetime, longest: Longest) -> int:
    """Let nothing wait longer than it can have been meant to, and say how many rows had to be changed.

    A host waits for the longest gap, crawl-delay or rest of our own at most, unless it asked for more.
    """
    at, soon, late = text_of(now), text_of(now + LEASE), text_of(now + longest.wait)
    done = con.execute("UPDATE hosts SET asked_until = NULL WHERE asked_until > ?", [late]).rowcount
    done += con.execute(
        """UPDATE hosts SET free_at = CASE WHEN asked_until > :at THEN asked_until END,
               rests_until = CASE WHEN rests_until <= :rest THEN rests_until END
           WHERE free_at > :rest AND free_at > coalesce(asked_until, '')""",
        {"at": at, "rest": text_of(now + max(longest.gap, MAX_DELAY, LONGEST_REST) + LEASE)},
    ).rowcount
    since, slow = text_of(now - longest.watch), f"+{(longest.slow + _DAY).total_seconds():.0f} seconds"
    done += con.execute(_LOOKED_AT, {"now": at, "since": since, "late": late, "slow": slow}).rowcount
    over = text_of(max(now + longest.wait, now + _YEAR))
    done += con.execute("UPDATE articles SET next_visit_at = ? WHERE next_visit_at > ?", [at, over]).rowcount
    for table, column in _DUE:
        done += con.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", [at, late]).rowcount
    for table in _LEASED:
        done += con.execute(f"UPDATE {table} SET leased_until = NULL WHERE leased_until > ?", [soon]).rowcount
    for table, column in _PAST:
        done += con.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} > ?", [soon]).rowcount
    return done
