"""The attacks of suites, tried side by side, and what came of it as a table."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.xss.planted import AT_ONCE, different
from benchmarks.xss.trial import COUNTED, Counts, trial


def tried(all_texts: dict[str, list[str]]) -> dict[str, Counts]:
    """So many at once as there are processors, in the order of the suites."""
    texts = {suite: different(some) for suite, some in all_texts.items()}
    jobs = [(suite, some[at : at + AT_ONCE]) for suite, some in texts.items() for at in range(0, len(some), AT_ONCE)]
    found = {suite: Counts() for suite in texts}
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        done = pool.map(trial, [some for _suite, some in jobs])
        for number, ((suite, _some), counts) in enumerate(zip(jobs, done, strict=True), start=1):
            found[suite].add(counts)
            print(f"\r{number} of {len(jobs)} databases", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def table(found: dict[str, Counts]) -> str:
    """A line for each count, a column for each suite and one for all."""
    lines = ["".join([f"{'':<38}", *(f"{head:>24}" for head in (*found, "all"))])]
    for name in COUNTED:
        values = [counts.numbers[name] for counts in found.values()]
        lines.append("".join([f"{name:<38}", *(f"{value:>24,}" for value in (*values, sum(values)))]))
    return "\n".join(lines)
