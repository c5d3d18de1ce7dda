"""What is measured of the database for whoever watches the watching: figures, each with its name and what it says.

Names and units are Prometheus' (https://prometheus.io/docs/practices/naming/). No figure has a label of which there may
be many, such as an article or a host, and none reads more than a bounded number of rows.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from db.rows import text_of
from db.store.following import LEFT_ALONE, WANTED
from db.store.hosts import FAILING
from db.store.planning import spent_until
from db.store.troubles import clock_error, clock_offsets

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

# A look is overdue if it is due for that long: looks at one host wait for each other.
_OVERDUE = timedelta(minutes=10)
# The newest of what is due is counted up to that: articles that nobody follows any more stay due for ever.
_MOST = 5_000

_AGE = "max(0, coalesce((julianday(:now) - julianday({})) * 86400, 0))"
_LATE = f"""
SELECT {{}} FROM (SELECT next_visit_at AS at FROM articles a WHERE {WANTED} AND id IN (
    SELECT id FROM articles WHERE next_visit_at < :late ORDER BY next_visit_at DESC LIMIT {_MOST}))
"""
_BY_ENDPOINT = """
SELECT p.name, {} FROM endpoints p LEFT JOIN deliveries d ON d.endpoint = p.name AND d.state = '{}'
WHERE p.state != 'removed' GROUP BY p.name
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, or one for each value of its label."""

    name: str
    says: str
    label: str
    sql: str


_MEASURES = (
    Measure(
        "sources", "Sources, by state: active or paused.", "state",
        "SELECT state, count(*) FROM sources WHERE kind != 'hand' AND state != 'removed' GROUP BY state",
    ),
    Measure(
        "sources_failing", "Active sources whose last poll failed.", "",
        "SELECT '', count(*) FROM sources WHERE state = 'active' AND failures > 0",
    ),
    Measure(
        "last_poll_timestamp_seconds", "When a source was polled last; 0: never.", "",
        "SELECT '', coalesce(strftime('%s', max(last_polled_at)), 0) FROM sources",
    ),
    Measure(
        "last_poll_success_timestamp_seconds", "When a poll last succeeded; 0: never.", "",
        "SELECT '', coalesce(strftime('%s', max(last_ok_at)), 0) FROM sources",
    ),
    Measure(
        "articles", "Articles, by whether they are watched, and if not, why not.", "watch",
        "SELECT watch, sum(articles) FROM counted_articles GROUP BY watch",
    ),
    Measure(
        "articles_failing", "Watched articles whose last look failed or could not be read.", "",
        "SELECT '', coalesce(sum(articles), 0) FROM counted_articles WHERE failing AND watch = 'watched'",
    ),
    Measure(
        "articles_missing", "Watched articles that are not there: missing once (suspect), or gone.", "state",
        """SELECT state, sum(articles) FROM counted_articles
           WHERE state IN ('suspect', 'gone') AND watch = 'watched' GROUP BY state""",
    ),
    Measure(
        "sites_drifting", "Sites that are not read as before.", "",
        "SELECT '', count(*) FROM drifts WHERE to_at IS NULL",
    ),
    Measure(
        "hosts_failing", "Hosts that fail, so that they rest as a whole.", "",
        f"SELECT '', count(*) FROM hosts h WHERE failures >= {FAILING} AND NOT ({LEFT_ALONE})",
    ),
    Measure(
        "looks_overdue", f"Looks that are due for more than ten minutes; counted up to {_MOST}.", "",
        _LATE.format("'', count(*)"),
    ),
    Measure(
        "looks_overdue_oldest_seconds", "For how long the oldest of them is due; 0: there is none.", "",
        _LATE.format(f"'', {_AGE.format('min(at)')}"),
    ),
    Measure(
        "rulings_open", "Edits whose ruling waits for more looks.", "",
        "SELECT '', count(*) FROM revisions WHERE rule_at IS NOT NULL",
    ),
    Measure(
        "events_unrouted", "Events of which it is not decided yet who is told; those of a drifting site wait.", "",
        "SELECT '', count(*) FROM events WHERE routed_at IS NULL",
    ),
    Measure(
        "deliveries_pending", "Deliveries on their way to an endpoint.", "endpoint",
        _BY_ENDPOINT.format("count(d.id)", "pending"),
    ),
    Measure(
        "deliveries_pending_oldest_seconds", "For how long the oldest is on its way to it; 0: none is.", "endpoint",
        f"""SELECT p.name, {_AGE.format("min(coalesce(d.released_at, e.at))")} FROM endpoints p
            LEFT JOIN deliveries d ON d.endpoint = p.name AND d.state = 'pending'
            LEFT JOIN events e ON e.id = d.event_id WHERE p.state != 'removed' GROUP BY p.name""",
    ),
    Measure(
        "deliveries_held", "Deliveries held for it, to be told together later.", "endpoint",
        _BY_ENDPOINT.format("count(d.id)", "held"),
    ),
    Measure(
        "deliveries_dead", "Deliveries to an endpoint that were given up.", "endpoint",
        _BY_ENDPOINT.format("count(d.id)", "dead"),
    ),
    Measure(
        "endpoint_failures", "Attempts in a row to tell an endpoint that failed.", "endpoint",
        "SELECT name, failures FROM endpoints WHERE state != 'removed'",
    ),
    Measure(
        "endpoint_disabled", "1: the endpoint said that it wants no more (410), and is told nothing.", "endpoint",
        "SELECT name, state = 'disabled' FROM endpoints WHERE state != 'removed'",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: values by label, or one by the empty text."""

    name: str
    says: str
    label: str
    values: dict[str, float]


def figures(con: sqlite3.Connection, now: datetime) -> list[Figure]:
    """How the watching stands now."""
    values = {"now": text_of(now), "late": text_of(now - _OVERDUE)}
    found = [
        Figure(
            item.name, item.says, item.label, {str(key): float(value) for key, value in con.execute(item.sql, values)}
        )
        for item in _MEASURES
    ]
    return [*found, *_room(con), _clock(con, now)]


def _clock(con: sqlite3.Connection, now: datetime) -> Figure:
    error = clock_error(clock_offsets(con, now))
    says = "How far hosts' clocks are ahead of ours, the median of the last hour; none: too few were heard."
    return Figure("clock_offset_seconds", says, "", {} if error is None else {"": error})


def _room(con: sqlite3.Connection) -> Iterator[Figure]:
    page, pages, free = (
        con.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
    )
    path = Path(con.execute("PRAGMA database_list").fetchone()[2])
    log = path.with_name(path.name + "-wal")
    disk = shutil.disk_usage(path.parent)
    for name, says, value in (
        (
            "budget_spent",
            "1: the budget for looks is spent, and looks that are due wait for it.",
            bool(spent_until(con)),
        ),
        ("database_size_bytes", "Size of the database file.", page * pages),
        ("database_free_bytes", "Of that what holds nothing, and is used again.", page * free),
        ("database_wal_size_bytes", "Size of the write-ahead log.", log.stat().st_size if log.exists() else 0),
        ("disk_free_bytes", "What the disk of the database has left for us.", disk.free),
        ("disk_size_bytes", "Size of the disk of the database.", disk.total),
    ):
        yield Figure(name, says, "", {"": float(value)})


def newest_event(con: sqlite3.Connection) -> int:
    """Its number; 0: there is none."""
    return int(con.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0])


def events_since(con: sqlite3.Connection, after: int) -> tuple[int, dict[str, int]]:
    """The number of the newest event, and how many came after that one, by type."""
    newest = newest_event(con)
    rows = con.execute("SELECT type, count(*) FROM events WHERE id > ? AND id <= ? GROUP BY type", [after, newest])
    return newest, dict(rows.fetchall())
