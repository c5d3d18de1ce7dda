"""Is it still quick, cheap and polite with millions of articles? Makes such a database, works on it, and says so."""

from __future__ import annotations

import json
import sys
import tempfile
from argparse import ArgumentParser
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.machine import machine, said
from benchmarks.scale.hour import GAP, SLOW, pace, spending
from benchmarks.scale.looks import looking, picking
from benchmarks.scale.made import Size, make
from benchmarks.scale.room import make_live
from benchmarks.scale.whole import memory, timed
from db.store.connection import Store

if TYPE_CHECKING:
    from argparse import Namespace

_SMALL = Size(1_000, 1_000, 100)
_SHORT = Size(20_000, 4_000, 400)


@dataclass(slots=True)
class Table:
    """What was found, a line each: what, the figure, what is aimed at."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, found: str, target: str = "") -> None:
        """One more, printed at once."""
        self.lines.append((what, found, target))
        print(f"| {what} | {found} | {target} |", flush=True)


def main(*arguments: str) -> None:
    options = ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    options.add_argument("--articles", type=int, default=3_000_000, help="stored, with five years of looks; 7 kB each")
    options.add_argument("--live", type=int, default=20_000, help="of these looked at closely")
    options.add_argument("--hosts", type=int, default=2_000)
    options.add_argument(
        "--many", type=int, default=0, metavar="N", help="then let so many be live, and see the memory"
    )
    options.add_argument("--minutes", type=int, default=20, help="of simulated traffic without a budget")
    options.add_argument("--looks", type=int, default=2_000, help="to see what one costs")
    options.add_argument("--short", action="store_true", help=f"{_SHORT.articles:,} articles, ten minutes")
    options.add_argument("--folder", type=Path, help="keep the databases there, and use those that are there")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the table there, too")
    given = options.parse_args(arguments or None)
    size = Size(given.articles, given.live, given.hosts)
    if given.short:
        size, given.minutes, given.looks = _SHORT, 10, 800
    found, table = machine(), Table()
    print(said(found), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        _measure(given.folder or Path(folder), size, given, table)
    if given.json:
        given.json.write_text(json.dumps({"machine": found, "size": asdict(size), "table": table.lines}, indent=1))


def _measure(folder: Path, size: Size, given: Namespace, table: Table) -> None:
    large, small = _made(folder, size, given.seed), _made(folder, _SMALL, given.seed)
    print(f"{size.articles:,} articles, {size.live:,} live, {size.hosts:,} hosts, {large.stat().st_size / 1e9:.1f} GB")
    print("| what | found | aim |\n|---|---|---|")
    for every, name in ((0, "nothing is due"), (100, "one in a hundred is due"), (1, "all that is live is due")):
        one = picking(large, size.hosts, every)
        table.add(f"next batch, {name} ({one.due:,})", f"{one.busy_ms:.2f} ms for {one.items} articles", "5 ms")
    little, much = looking(small, _SMALL.hosts, given.looks), looking(large, size.hosts, given.looks)
    again = looking(small, _SMALL.hosts, given.looks)
    least = min(little, again)
    table.add(
        "one look without the network", f"{much:.2f} ms; {least:.2f} ms with {_SMALL.articles:,} articles"
        f" ({much / least - 1:+.0%})", "+15 %",
    )  # fmt: skip
    times = timed(large, size.hosts)
    table.add("start to first fetch", f"{times.first_fetch:.1f} s, {times.first_fetch_busy:.1f} s of them busy", "5 s")
    table.add("backup", "no room for it" if times.backup is None else f"{times.backup:.0f} s")
    table.add("migration that adds three indexes", f"{times.migration:.1f} s")
    _traffic(large, size, given.minutes, table)
    if given.many:
        _memory(large, size, given, table)


def _traffic(large: Path, size: Size, minutes: int, table: Table) -> None:
    cost = spending(large, size.hosts, size.live)
    table.add(
        "an hour: looks spent of the budget", f"{cost.spent:,.0f} of {cost.allowed:,.0f}"
        f" ({cost.spent / cost.allowed - 1:+.1%}), {cost.looks:,} looks", "5 %",
    )  # fmt: skip
    kept = pace(large, size.hosts, minutes)
    table.add(f"{minutes} minutes without a budget: looks", f"{kept.looks:,}")
    table.add("shortest interval at any host", f"{kept.shortest:.2f} s", f"{GAP} s")
    table.add("median interval at the busiest host", f"{kept.busiest:.2f} s", f"{GAP} s")
    table.add("shortest interval at a host with Crawl-delay", f"{kept.slow:.2f} s", f"{SLOW} s")


def _memory(large: Path, size: Size, given: Namespace, table: Table) -> None:
    before = memory(large, size.hosts, given.looks)
    with Store(large) as store:
        store.call(make_live, given.many)
    after = memory(large, size.hosts, given.looks)
    growth = (after - before) / (given.many - size.live) * 100_000
    table.add(
        f"memory with {size.live:,} and {given.many:,} live", f"{before:.0f} and {after:.0f} MB: {growth:.1f} MB for"
        " 100,000", "15 MB",
    )  # fmt: skip


def _made(folder: Path, size: Size, seed: int) -> Path:
    path = folder / f"scale-{size.articles}-{size.live}-{size.hosts}.db"
    if not path.exists():
        make(path, size, datetime.now(UTC), Random(seed))
    Store(path).close()
    return path


if __name__ == "__main__":
    main(*sys.argv[1:])
