"""An hour of looks in virtual time: is the budget kept, and the pace of every host?"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import virtual_time
from benchmarks.scale.made import CLOSELY
from benchmarks.scale.room import articles, config, enrich, make_due, queues, unchanged
from db.rows import text_of
from db.store.connection import Store

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import httpx

    from benchmarks.virtual_time import VirtualTime
    from schedules.config import Config

_TICK, _HOUR = 0.25, 3600
GAP, SLOW, SLOW_HOST = 2, 10, "h1.example"
# What an answer that nothing is new counts (schedules/planner.py).
_COST = 0.25
_FETCH = {"gap": f"{GAP}s", "user_agent": "Nachtrag/benchmark"}
# Of all that is due in the hour so much can be paid for.
_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Spending:
    """What an hour may cost and did, in looks; `looks` were taken, of so many that were due."""

    due: int
    looks: int
    allowed: float
    spent: float


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two requests to one host: the shortest of all hosts, the median at the one that has most to be
    looked at, and the shortest at the one that asks for a Crawl-delay.
    """

    looks: int
    shortest: float
    busiest: float
    slow: float


def spending(database: Path, hosts: int, live: int) -> Spending:
    """An hour in which all that is live is due; four fifths of it can be paid for."""
    hourly = _SHARE * live * _COST
    # What articles bring in an hour is a little more than what a day may cost: the bound is what holds.
    each = 1.3 * hourly * (CLOSELY.days * 24) / live
    budget = {"per_day": round(24 * hourly), "fetches_per_article": each}
    due, looks, _ = _lived(config(database, hosts, fetch=_FETCH, budget=budget), _HOUR, rich=False)
    return Spending(due, looks, hourly, looks * _COST)


def pace(database: Path, hosts: int, minutes: int) -> Pace:
    """All that is live is due, whatever it costs."""
    _, looks, asked = _lived(config(database, hosts, fetch=_FETCH), 60 * minutes, rich=True)
    between = {host: [after - before for before, after in pairwise(times)] for host, times in asked.items()}
    slow = between.pop(SLOW_HOST)
    most = max(between.values(), key=len)
    return Pace(looks, min(min(times) for times in between.values() if times), median(most), min(slow))


def _lived(made: Config, seconds: float, *, rich: bool) -> tuple[int, int, dict[str, list[float]]]:
    """How many looks were due and taken, and when each host was asked."""
    asked: defaultdict[str, list[float]] = defaultdict(list)

    with Store(made.database) as store:
        store.call(_forget)

    async def main(time: VirtualTime) -> tuple[int, int]:
        def answer(request: httpx.Request) -> httpx.Response:
            asked[request.url.host].append(time.seconds)
            return unchanged(request)

        async with queues(made, time.now, answer) as (working, store):
            await store.run(_slow_down, time.now())
            if rich:
                enrich(working)
            due = await store.run(make_due, time.now(), 1)
            worker = articles(working)
            while time.seconds < seconds:
                await worker.turn()
                await asyncio.sleep(_TICK)
            return due, working.tally.visited

    due, looks = virtual_time.run(main, datetime.now(UTC).replace(minute=0, second=0, microsecond=0))
    return due, looks, asked


def _slow_down(con: sqlite3.Connection, now: datetime) -> None:
    """One host asks for a longer pause. All robots.txt were read just now."""
    robots = f"User-agent: *\nCrawl-delay: {SLOW}\n"
    con.execute("UPDATE hosts SET robots_body = ? WHERE host = ?", [robots, SLOW_HOST])
    con.execute("UPDATE hosts SET robots_fetched_at = ? WHERE robots_status = 200", [text_of(now)])


def _forget(con: sqlite3.Connection) -> None:
    """Before a planner remembers it: another benchmark filled the purse."""
    con.execute("DELETE FROM learned")
