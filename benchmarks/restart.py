"""The first hour after a week off: the product's own queues and store in virtual time, only the wire is ours.

    python -m benchmarks.restart [--articles 50000] [--hosts 500] [--by-age] [--at-once] [--json FILE]

All articles are due, many times over. Told is how many requests go out in each minute of the hour, in all and to the
host that gets most. A budget alone lets no storm come; with `--by-age` there is none, and all is caught up within the
hour. `--at-once` shows how that would be if nothing were spread.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks import virtual_time
from benchmarks.machine import machine, said
from benchmarks.scale.made import Size, make
from benchmarks.scale.room import articles, config, queues, unchanged
from schedules import manners

if TYPE_CHECKING:
    import sqlite3

    import httpx

    from benchmarks.virtual_time import VirtualTime

_GAP, _TICK, _HOUR, _MINUTE = 2, 0.5, 3600, 60
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Curve:
    """Requests by minute: of all hosts, and of the one that was asked most; seconds between the closest two to a host.

    Attributes:
        left: looks that were due at the start and were not taken within the hour.
    """

    articles: int
    hosts: int
    by_age: bool
    at_once: bool
    minutes: tuple[int, ...]
    most: tuple[int, ...]
    closest: float
    left: int


def curve(folder: Path, size: Size, *, by_age: bool, at_once: bool) -> Curve:
    """Live through it."""
    stopped = datetime.now(UTC).replace(microsecond=0)
    database = folder / "restart.db"
    make(database, size, stopped, Random(1))
    fetch, budget = {"gap": f"{_GAP}s", "user_agent": "Nachtrag/benchmark"}, {"by_age": True} if by_age else {}
    made = config(database, size.hosts, fetch=fetch, budget=budget)
    asked: defaultdict[str, list[float]] = defaultdict(list)

    async def stop() -> None:
        async with queues(made, lambda: stopped, unchanged):
            """What it had learned is kept when it stops."""

    async def main(time: VirtualTime) -> int:
        def answer(request: httpx.Request) -> httpx.Response:
            asked[request.url.host].append(time.seconds)
            return unchanged(request)

        async with queues(made, time.now, answer) as (working, store):
            await store.run(_allow, time.now())
            worker = articles(working)
            while time.seconds < _HOUR:
                await worker.turn()
                await asyncio.sleep(_TICK)
            return await store.ask(_left, stopped + _WEEK)

    with patch.object(manners, "spread_late", (lambda _con, _now: 0) if at_once else manners.spread_late):
        asyncio.run(stop())
        left = virtual_time.run(main, stopped + _WEEK)
    by_minute = Counter(int(at // _MINUTE) for times in asked.values() for at in times)
    most = Counter(int(at // _MINUTE) for at in max(asked.values(), key=len))
    closest = min(after - before for times in asked.values() for before, after in pairwise(times))
    hour = range(_HOUR // _MINUTE)
    return Curve(
        size.articles, size.hosts, by_age, at_once, tuple(by_minute[minute] for minute in hour),
        tuple(most[minute] for minute in hour), closest, left,
    )  # fmt: skip


def _allow(con: sqlite3.Connection, now: datetime) -> None:
    """robots.txt was asked already: it would be asked once a host."""
    con.execute("UPDATE hosts SET robots_fetched_at = ?", [now.isoformat(timespec="microseconds")])


def _left(con: sqlite3.Connection, start: datetime) -> int:
    row = con.execute("SELECT count(*) FROM articles WHERE last_visited_at < ?", [start.isoformat()]).fetchone()
    return int(row[0])


def drawn(found: Curve) -> str:
    """A line for every other minute."""
    wide = max(found.minutes)
    lines = [f"{'minute':>6}{'all':>8}{'busiest host':>14}"]
    for minute in range(0, len(found.minutes), 2):
        number = found.minutes[minute]
        lines.append(f"{minute:>6}{number:>8}{found.most[minute]:>14}  {'█' * round(50 * number / wide)}")
    return "\n".join(lines)


def main() -> int:
    """Prints the curve."""
    options = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--articles", type=int, default=50_000)
    options.add_argument("--hosts", type=int, default=500)
    options.add_argument("--by-age", action="store_true", help="no budget")
    options.add_argument("--at-once", action="store_true", help="spread nothing")
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    found = machine()
    with tempfile.TemporaryDirectory() as folder:
        size = Size(asked.articles, asked.articles, asked.hosts)
        made = curve(Path(folder), size, by_age=asked.by_age, at_once=asked.at_once)
    how = f"{'no budget' if made.by_age else 'the usual budget'}{', nothing spread' if made.at_once else ''}"
    print(f"{said(found)}\n{made.articles:,} articles due on {made.hosts} hosts; {how}\n")
    print(drawn(made))
    print(
        f"\nmost in a minute {max(made.minutes)}, to one host {max(made.most)}; closest two to a host"
        f" {made.closest:.2f} s apart; {made.left:,} not looked at within the hour"
    )
    if asked.json:
        asked.json.write_text(json.dumps({"machine": found, **asdict(made)}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
