"""Measures what a check of an article costs, beside others and the least that can be, on a simulated news site."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.cost.runs import FLOOR, OURS, bench, harder, run, sizes, venv
from benchmarks.cost.table import SCENES, Kept, kept, table
from benchmarks.machine import machine, said
from benchmarks.shared import shared

if TYPE_CHECKING:
    from argparse import Namespace

_PEER = "urlwatch"
_SHORT = ("nochange304", "nochange200", "edit10_noise")


def main(*arguments: str) -> None:
    options = ArgumentParser(prog="python -m benchmarks.cost", description=__doc__)
    options.add_argument("--articles", type=int, default=2000, help="the larger number of them")
    options.add_argument("--small", type=int, default=200, help="the smaller number of them, all that peers get")
    options.add_argument("--rounds", type=int, default=3, help="medians are taken of so many")
    options.add_argument("--short", action="store_true", help="one round, fewer articles and scenarios, no peer")
    options.add_argument("--tools", type=Path, metavar="DIR", help="has venv/urlwatch and venv/bench; or PERF")
    options.add_argument("--out", type=Path, metavar="DIR", help="keep databases, logs and passes there")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the table there, too")
    given = options.parse_args(arguments or None)
    if given.short:
        given.rounds, given.articles, given.small = 1, 600, 100
    reference, found = shared(), machine()
    print(said(found), flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rows, grown = measured(given, reference, given.out or Path(folder))
    print("\n".join(table(rows, given.small, given.articles)))
    if grown:
        print(_bytes(grown))
    if not given.short:
        rows += _harder(given, reference)
    print(f"{time.monotonic() - began:,.0f} s; N = {given.small:,} and {given.articles:,}, {given.rounds} rounds")
    if given.json:
        result = {"machine": found, "passes": rows, "bytes": asdict(grown) if grown else None}
        given.json.write_text(json.dumps(result, indent=1))


def measured(given: Namespace, reference: Path, out: Path) -> tuple[list[dict[str, Any]], Kept | None]:
    """All rounds of all tools, one after the other; and what our database grew by in the last."""
    tools = _tools(given)
    jobs = [(name, number) for name, number in _jobs(given) if name == OURS or _is_there(tools, name)]
    rows = []
    with bench(reference, tools, out.absolute(), given.articles) as where:
        for turn in range(given.rounds):
            for name, number in jobs:
                print(f"\rround {turn + 1}: {name}, {number:,} articles   ", end="", file=sys.stderr, flush=True)
                rows += run(where, name, number, _SHORT if given.short else tuple(SCENES))
        print(file=sys.stderr)
        return rows, kept(sizes(where, given.articles))


def _harder(given: Namespace, reference: Path) -> list[dict[str, Any]]:
    """The same of us alone on the site of our own, once; told apart by the name of the tool."""
    with (
        tempfile.TemporaryDirectory() as folder,
        harder(reference, _tools(given), Path(folder), given.articles) as where,
    ):
        rows = [row for number in (given.small, given.articles) for row in run(where, OURS, number, tuple(SCENES))]
    print("noise inside the article of every other one, TLS on half of the hosts:")
    print("\n".join(table(rows, given.small, given.articles)))
    return [row | {"tool": "nachtrag, harder"} for row in rows]


def _tools(given: Namespace) -> Path:
    return Path(given.tools or os.environ.get("PERF", ".")).absolute()


def _jobs(given: Namespace) -> list[tuple[str, int]]:
    both = [(name, number) for name in (FLOOR, OURS) for number in (given.small, given.articles)]
    return both if given.short else [*both, (_PEER, given.small)]


def _is_there(tools: Path, name: str) -> bool:
    python = venv(tools, "bench" if name == FLOOR else name)
    if not python.exists():
        print(f"NOT RUN: {name}: there is no {python} (PERF or --tools names the folder)", file=sys.stderr)
    return python.exists()


def _bytes(grown: Kept) -> str:
    most = sorted(grown.by_table.items(), key=lambda item: -item[1])[:12]
    return (
        f"bytes per further version ({grown.versions:,}): text and page {grown.text_and_page:,.0f},"
        f" everything {grown.everything:,.0f}; {', '.join(f'{name} {size:,.0f}' for name, size in most)}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
