"""What could not be seen, so that "no edit" is an honest statement.

Every statement here is bounded, or reads a short table: sources, hosts, subscriptions and drifts grow with the sites
that are watched, not with what was seen of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import instant_of, text_of
from db.web.drawn import sample
from db.web.due import Count, due
from db.words.causes import is_refusal, is_wall

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from db.web.drawn import Sample
    from db.web.due import Due, Failures

_MOST = 100
# Whoever is told nothing for that long should know it.
_SILENT = timedelta(hours=1)

_NOW = "SELECT strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')"
# Of the newest runs one ends with one of the last looks, if anything changes at all; fresh answers confirm clocks.
_SIGN = """
SELECT max(at) FROM (
    SELECT max(last_polled_at) AS at FROM sources
    UNION ALL SELECT max(clock_checked_at) FROM hosts
    UNION ALL SELECT max(last_at) FROM (SELECT last_at FROM observations ORDER BY id DESC LIMIT 500))
"""
_SOURCES = """
SELECT s.* FROM sources s WHERE s.kind != 'hand' AND s.state = 'active' AND s.failures > 0
ORDER BY coalesce(s.last_ok_at, s.added_at)
"""
_PAUSED = "SELECT id, name FROM sources WHERE state = 'paused' ORDER BY name"
_GAPS = """
SELECT g.*, s.name FROM (SELECT * FROM gaps ORDER BY id DESC LIMIT ?) g JOIN sources s ON s.id = g.source_id
ORDER BY g.id DESC
"""
_HUBS = """
SELECT s.id, s.name, s.hub, b.error, b.asked_at, b.verified_at, b.expires_at, b.pushed_at
FROM sources s LEFT JOIN subscriptions b ON b.id = s.id
WHERE s.state = 'active' AND s.websub = 1 AND s.hub != ''
  AND (b.id IS NULL OR b.error != '' OR b.expires_at IS NULL OR b.expires_at < :now) ORDER BY s.name
"""
_DRIFTS = """
SELECT d.*, (SELECT count(*) FROM (SELECT 1 FROM doubts o WHERE o.host = d.host AND o.held = 1 LIMIT :most)) AS held,
    (SELECT count(*) FROM (SELECT 1 FROM doubts o WHERE o.host = d.host AND o.lost = 'page' LIMIT :most)) AS unread
FROM drifts d WHERE d.to_at IS NULL ORDER BY d.from_at
"""
_PAST_DRIFTS = """
SELECT * FROM (SELECT * FROM drifts ORDER BY id DESC LIMIT ?) WHERE to_at IS NOT NULL ORDER BY id DESC
"""
# Rows of robots.txt are long: only its status is read of all.
_ROBOTS = """
SELECT h.host, h.robots_status, h.robots_fetched_at FROM hosts h
WHERE h.robots_status IN (0, 429) OR h.robots_status >= 500 ORDER BY h.host LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The newest gaps of a feed: how many, how long all of them together, and the last one."""

    name: str
    number: int
    seconds: float
    last: sqlite3.Row


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that the page shows.

    Attributes:
        sign_at: the last sign that the daemon is at work; `silent`: it was long ago.
        sources: those that fail, the longest first; `paused`: those that nobody polls.
        gaps: the newest of them, by feed, the last one first; `gap_count`: how many there are.
        hubs: those that do not push; `drifts`: sites that are not read as before; `past_drifts`: that were not.
        robots: hosts that are not asked at all, since their robots.txt cannot be had.
    """

    now: str
    sign_at: str | None
    silent: bool
    due: Due
    sample: Sample
    sources: tuple[sqlite3.Row, ...]
    paused: tuple[sqlite3.Row, ...]
    gaps: tuple[Gaps, ...]
    gap_count: Count
    hubs: tuple[sqlite3.Row, ...]
    drifts: tuple[sqlite3.Row, ...]
    past_drifts: tuple[sqlite3.Row, ...]
    robots: tuple[sqlite3.Row, ...]

    @property
    def walls(self) -> Failures:
        """Articles that are there, but not for us."""
        return self.due.failures(is_wall)

    @property
    def refused(self) -> Failures:
        """Articles that robots.txt keeps from us."""
        return self.due.failures(is_refusal)

    @property
    def unread(self) -> Failures:
        """Articles that fail in another way."""
        return self.due.failures(lambda code: not is_wall(code) and not is_refusal(code))

    @property
    def hubs_since(self) -> str:
        """Since when one of the hubs was asked in vain; empty where none was asked."""
        return min((hub["asked_at"] for hub in self.hubs if hub["asked_at"]), default="")


def moment(con: sqlite3.Connection) -> datetime:
    """Now, by the clock of the database: pages have none of their own."""
    return instant_of(con.execute(_NOW).fetchone()[0])


def coverage(con: sqlite3.Connection, now: datetime) -> Coverage:
    """Read it, as things stand now."""
    sign_at = con.execute(_SIGN).fetchone()[0]
    gaps = con.execute(_GAPS, [_MOST + 1]).fetchall()
    return Coverage(
        now=text_of(now),
        sign_at=sign_at,
        silent=sign_at is not None and sign_at < text_of(now - _SILENT),
        due=due(con, now),
        sample=sample(con, now),
        sources=tuple(con.execute(_SOURCES)),
        paused=tuple(con.execute(_PAUSED)),
        gaps=tuple(_by_feed(gaps[:_MOST])),
        gap_count=Count(min(len(gaps), _MOST), len(gaps) > _MOST),
        hubs=tuple(con.execute(_HUBS, {"now": text_of(now)})),
        drifts=tuple(con.execute(_DRIFTS, {"most": _MOST + 1})),
        past_drifts=tuple(con.execute(_PAST_DRIFTS, [20])),
        robots=tuple(con.execute(_ROBOTS, [_MOST + 1])),
    )


def _by_feed(gaps: Sequence[sqlite3.Row]) -> Iterator[Gaps]:
    by_source: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for gap in gaps:
        by_source[gap["source_id"]].append(gap)
    for own in by_source.values():
        lengths = ((instant_of(gap["to_at"]) - instant_of(gap["from_at"])).total_seconds() for gap in own)
        yield Gaps(own[0]["name"], len(own), sum(lengths), own[0])
