"""The queue of looks as the coverage page shows it: which are late, and which articles fail, host by host.

Both stand at the head of a host's queue: what fails is asked again within a day. So no more than a bounded number of
rows is read along the index of the queue, however many articles there are; counts say where that was not enough.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.rows import text_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

# A look is late if it is due for that long: looks at one host wait for each other.
LATE_AFTER = timedelta(minutes=10)
# What fails is asked again after a day at the latest (schedules/waits.py).
_ASKED_AGAIN = timedelta(days=1)
_HOSTS, _EACH, _ALL = 1_000, 101, 2_000

_HOST_ROWS = "SELECT h.host, h.free_at FROM hosts h ORDER BY h.host LIMIT ?"
_HEAD = """
SELECT a.id, a.host, a.fetch_url, a.next_visit_at, a.last_visited_at, a.failures, a.error_code, a.error,
    coalesce(a.last_read_at, a.first_seen_at) AS seen_at,
    CASE WHEN a.failures > 0 OR a.next_visit_at < :late
        THEN (SELECT w.watch FROM watching w WHERE w.article_id = a.id) END AS watch
FROM articles a WHERE a.host = :host AND a.next_visit_at <= :until ORDER BY a.next_visit_at LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; with `more`, at least so many."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class LateHost:
    """A host at which looks are late: `worst` is what waits longest; nothing is asked there before `free_at`."""

    host: str
    count: Count
    worst: sqlite3.Row
    free_at: str | None


@dataclass(frozen=True, slots=True)
class Failing:
    """Articles of a host that fail for one reason: `longest` is the one that was not seen for longest."""

    host: str
    code: str
    count: Count
    longest: sqlite3.Row


@dataclass(frozen=True, slots=True)
class Failures:
    """Articles that fail for reasons of one kind, by host and reason; with `more`, they were not all counted."""

    groups: tuple[Failing, ...]
    more: bool

    @property
    def count(self) -> Count:
        return Count(sum(group.count.number for group in self.groups), self.more)

    @property
    def since(self) -> str:
        """Since when one of them was not seen; empty where there is none."""
        return min((group.longest["seen_at"] for group in self.groups), default="")


@dataclass(frozen=True, slots=True)
class Due:
    """What is late, and what fails, the worst first.

    Attributes:
        more_late, more_failing: what is late, or fails, was not all counted: a queue, or the list of hosts, was too
            long. A queue may begin with many articles that nobody watches.
    """

    late: tuple[LateHost, ...]
    failing: tuple[Failing, ...]
    more_late: bool
    more_failing: bool

    def failures(self, kind: Callable[[str], bool]) -> Failures:
        """Those with codes of that kind."""
        return Failures(tuple(group for group in self.failing if kind(group.code)), self.more_failing)

    @property
    def late_count(self) -> Count:
        return Count(sum(host.count.number for host in self.late), self.more_late)

    @property
    def unseen_longest(self) -> sqlite3.Row | None:
        """Of the articles that are late, the one at which nobody looked for longest."""
        return min((host.worst for host in self.late), key=lambda row: row["last_visited_at"] or "", default=None)


def due(con: sqlite3.Connection, now: datetime) -> Due:
    """Read it."""
    hosts = con.execute(_HOST_ROWS, [_HOSTS + 1]).fetchall()
    heads = _heads(con, now, [row["host"] for row in hosts[:_HOSTS]])
    late = [_late(heads[row["host"]], row, now) for row in hosts[:_HOSTS]]
    cut = [rows for rows, is_cut in heads.values() if is_cut]
    failing = [group for host, (rows, cut) in heads.items() for group in _failing(host, rows, cut=cut)]
    return Due(
        late=tuple(sorted(filter(None, late), key=lambda host: host.worst["next_visit_at"])),
        failing=tuple(sorted(failing, key=lambda group: (-group.count.number, group.longest["seen_at"]))),
        more_late=len(hosts) > _HOSTS or any(_is_late(rows[-1], now) for rows in cut),
        more_failing=len(hosts) > _HOSTS or bool(cut),
    )


def _heads(
    con: sqlite3.Connection, now: datetime, hosts: Sequence[str]
) -> Mapping[str, tuple[Sequence[sqlite3.Row], bool]]:
    """The next looks of each host, and whether there are more of them; what few hosts need is given to the others."""
    values = {"late": text_of(now - LATE_AFTER), "until": text_of(now + _ASKED_AGAIN)}
    found = {host: con.execute(_HEAD, {**values, "host": host, "limit": _EACH}).fetchall() for host in hosts}
    long = [host for host, rows in found.items() if len(rows) == _EACH]
    limit = max(_EACH, _ALL // max(len(long), 1))
    for host in long:
        found[host] = con.execute(_HEAD, {**values, "host": host, "limit": limit}).fetchall()
    return {host: (rows, len(rows) == (limit if host in long else _EACH)) for host, rows in found.items()}


def _late(head: tuple[Sequence[sqlite3.Row], bool], host: sqlite3.Row, now: datetime) -> LateHost | None:
    rows, cut = head
    late = [row for row in rows if _is_late(row, now) and row["watch"] == "watched"]
    if not late:
        return None
    more = cut and _is_late(rows[-1], now)
    rests = host["free_at"] if host["free_at"] and host["free_at"] > text_of(now) else None
    return LateHost(host["host"], Count(len(late), more), late[0], rests)


def _failing(host: str, rows: Sequence[sqlite3.Row], *, cut: bool) -> Iterator[Failing]:
    groups: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        if row["failures"] > 0 and row["watch"] == "watched":
            groups[row["error_code"]].append(row)
    for code, failing in groups.items():
        yield Failing(host, code, Count(len(failing), cut), min(failing, key=lambda row: row["seen_at"]))


def _is_late(row: sqlite3.Row, now: datetime) -> bool:
    return bool(row["next_visit_at"] < text_of(now - LATE_AFTER))
