"""How many looks there were, from a sample: looks are kept run-length, so that nobody counts them all for one page.

Articles are drawn evenly over all that there ever were; with few of them, that is all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from db.rows import instant_of, text_of
from db.web.due import LATE_AFTER

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

_DRAWN, _DAYS, _RUNS = 200, 7, 100

_LAST = "SELECT max(id) FROM articles"
_ARTICLE = """
SELECT a.id, a.next_visit_at, a.last_visited_at, (SELECT w.watch FROM watching w WHERE w.article_id = a.id) AS watch
FROM articles a WHERE a.id >= ? ORDER BY a.id LIMIT 1
"""
_RUN_ROWS = """
SELECT outcome, first_at, last_at, count FROM observations WHERE article_id = ? ORDER BY id DESC LIMIT ?
"""
_FAILED = ("failed", "unreadable")


@dataclass(frozen=True, slots=True)
class Day:
    """A UTC day: looks, and how many of them could not read the page."""

    date: str
    looks: int
    failed: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What became of the looks at the drawn articles within a day, and the looks of the last days at all articles.

    Attributes:
        drawn, total: articles in the sample, and about how many there are.
        looked, waiting, late, resting: of the sample: looked at within a day; not due; due and not looked at; not
            watched.
        days: the newest first; estimates, if the sample is not everything.
    """

    drawn: int
    total: int
    looked: int
    waiting: int
    late: int
    resting: int
    days: tuple[Day, ...]

    @property
    def is_all(self) -> bool:
        return self.drawn == self.total


def sample(con: sqlite3.Connection, now: datetime) -> Sample:
    """Draw and count."""
    last = con.execute(_LAST).fetchone()[0] or 0
    starts = range(1, last + 1) if last <= _DRAWN else [1 + place * last // _DRAWN for place in range(_DRAWN)]
    found = [con.execute(_ARTICLE, [start]).fetchone() for start in starts]
    rows = {row["id"]: row for row in found if row is not None}
    became = [_became(row, now) for row in rows.values()]
    total = len(rows) if last <= _DRAWN else last
    return Sample(
        drawn=len(rows),
        total=total,
        looked=became.count("looked"),
        waiting=became.count("waiting"),
        late=became.count("late"),
        resting=became.count("resting"),
        days=_days(con, list(rows), now, total / max(len(rows), 1)),
    )


def _became(row: sqlite3.Row, now: datetime) -> str:
    if row["watch"] != "watched":
        return "resting"
    if row["next_visit_at"] < text_of(now - LATE_AFTER):
        return "late"
    return "looked" if (row["last_visited_at"] or "") >= text_of(now - timedelta(days=1)) else "waiting"


def _days(con: sqlite3.Connection, ids: Sequence[int], now: datetime, scale: float) -> tuple[Day, ...]:
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [midnight - timedelta(days=ago) for ago in range(_DAYS)]
    looks, failed = [0.0] * _DAYS, [0.0] * _DAYS
    for article_id in ids:
        for run in con.execute(_RUN_ROWS, [article_id, _RUNS]):
            if run["last_at"] < text_of(starts[-1]):
                break
            first, last = instant_of(run["first_at"]), instant_of(run["last_at"])
            for ago, start in enumerate(starts):
                made = run["count"] * _share(first, last, start)
                looks[ago] += made
                failed[ago] += made if run["outcome"] in _FAILED else 0
    days = zip(starts, looks, failed, strict=True)
    return tuple(Day(text_of(start), round(made * scale), round(bad * scale)) for start, made, bad in days)


def _share(first: datetime, last: datetime, start: datetime) -> float:
    """Which part of a run lies in a day, if its looks were spread evenly."""
    end = start + timedelta(days=1)
    if first == last:
        return float(start <= first < end)
    overlap = min(last, end) - max(first, start)
    return max(overlap.total_seconds(), 0.0) / (last - first).total_seconds()
