"""Plays worlds of edited articles and prints how many versions each policy catches, at equal cost.

`python -m benchmarks.revisit [--worlds news shift …] [--looks 3 10 30] [--json FILE]`. A world is `news`, `shift` or
`poisson`, with `/SEED`, or a source of the recorded traces with `/PERIOD`; `+stamps`: the stamps of its feed are seen.
"""

from __future__ import annotations

import json
import math
import os
import platform
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.revisit.bound import bounds
from benchmarks.revisit.ours import Ours
from benchmarks.revisit.peers import PEERS, Oracle, best_backoff, tuned
from benchmarks.revisit.play import Score, play
from benchmarks.revisit.worlds import SCENES, World, drawn, recorded
from benchmarks.shared import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORLDS = ("news/101", "news/102", "news/103", "shift/201", "poisson/1", "poisson/2", "bbc-rss/0", "nu.nl/3")
_STAMPED = ("bbc-rss/0+stamps", "nu.nl/3+stamps")
_ORACLE = "oracle of rates"


def main(*arguments: str) -> None:
    options = ArgumentParser(prog="python -m benchmarks.revisit", description=(__doc__ or "").split("\n")[0])
    options.add_argument("--worlds", nargs="+", default=[*_WORLDS, *_STAMPED], metavar="WORLD")
    options.add_argument("--looks", nargs="+", type=float, default=[3, 10, 30], metavar="B", help="looks an article")
    options.add_argument("--traces", type=Path, help="recorded traces; those of NACHTRAG_SHARED if not given")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the table there, too")
    said = options.parse_args(arguments or None)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"{'world':<20}{'policy':<26}{'looks':>7}{'recall':>8}{'median h':>10}{'p90 h':>8}{'seconds':>9}")
    rows = []
    for name in said.worlds:
        world = world_of(name, said.traces)
        for looks in [2.0] if name.endswith("+stamps") else said.looks:
            for row in _rows(world, name, looks):
                print(_line(row), flush=True)
                rows.append(row)
    if said.json:
        said.json.write_text(json.dumps(rows, indent=1))


def world_of(name: str, traces: Path | None) -> World:
    """By its name on the command line."""
    plain, hints = name.removesuffix("+stamps"), name.endswith("+stamps")
    kind, _, number = plain.rpartition("/")
    if kind in SCENES:
        return drawn(kind, int(number), hints=float(hints))
    path = traces or shared() / "revisions" / "traces.dev.jsonl.gz"
    return recorded(path, kind, int(number), hints=hints)


def _rows(world: World, name: str, looks: float) -> Iterator[dict[str, object]]:
    watch = world.articles[0].end - world.articles[0].found
    hints = name.endswith("+stamps")
    for label, patience in (("ours, all", math.inf), ("ours, balanced", 96.0), ("ours, early", 24.0)):
        begun = time.process_time()
        yield _row(name, label, equal(world, looks, watch, patience, hints=hints), begun)
    if hints:
        return
    for label, (make, low, high) in PEERS.items():
        begun = time.process_time()
        yield _row(name, label, tuned(world, make, low, high, looks), begun)
    begun = time.process_time()
    yield _row(name, "back-off, in hindsight", best_backoff(world, looks), begun)
    if world.rate is not None and not name.startswith("poisson"):
        begun = time.process_time()
        yield _row(name, _ORACLE, tuned(world, lambda price: Oracle(price, world), 1e-6, 20, looks), begun)
    if name.startswith("poisson"):
        yield {"world": name, "policy": "bound of Bayes", "looks": looks, "recall": bounds((looks,))[looks]}


def equal(world: World, looks: float, watch: float, patience: float, *, hints: bool = False) -> Score:
    """Ours, with a budget at which it spends so much in the measured part: it is told the budget, not the future."""
    budget = looks
    for _ in range(3):
        score = play(world, Ours(budget, watch, patience, hints=hints))
        if abs(score.looks / looks - 1) < 0.015:
            break
        budget *= looks / score.looks
    return score


def _row(world: str, policy: str, score: Score, begun: float) -> dict[str, object]:
    delays = sorted(score.delays)
    late = delays[int(0.9 * len(delays))] if delays else 0.0
    return {
        "world": world, "policy": policy, "looks": score.looks, "recall": score.recall, "median": score.median,
        "p90": None if math.isinf(late) else late, "seconds": time.process_time() - begun,
    }  # fmt: skip


def _line(row: dict[str, object]) -> str:
    def number(key: str, form: str, width: int) -> str:
        value = row.get(key)
        return f"{'–' if value is None else format(value, form):>{width}}"

    return (
        f"{row['world']!s:<20}{row['policy']!s:<26}{number('looks', '.2f', 7)}{number('recall', '.3f', 8)}"
        f"{number('median', '.2f', 10)}{number('p90', '.1f', 8)}{number('seconds', '.0f', 9)}"
    )


if __name__ == "__main__":
    main()
