"""`python -m benchmarks.xss`: how much runs of the attacks of `hostile/`, as markup and in our pages."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.hostile.case import manifest
from benchmarks.shared import shared
from benchmarks.xss.planted import AT_ONCE, different
from benchmarks.xss.trial import COUNTED, Counts, trial

_SUITES = ("xss-dompurify", "xss-miniflux-sanitizer", "html-naughty-strings")


def main(*arguments: str) -> int:
    """Prints the counts beside each other; 1 where anything of ours ran, or asked for anything elsewhere."""
    options = ArgumentParser(description="Opens attacks in Chromium: in every field that we show, and as markup.")
    options.add_argument("suites", nargs="*", metavar="SUITE", default=_SUITES)
    options.add_argument("--every", type=int, default=1, help="only each so-manieth attack")
    options.add_argument("--json", type=Path, help="write the counts there")
    said = options.parse_args(arguments)
    hostile, start = shared() / "hostile", time.monotonic()
    texts = {suite: [case["input_text"] for case in manifest(hostile / suite)][:: said.every] for suite in said.suites}
    found = _tried({suite: different(some) for suite, some in texts.items()})
    print(_table(found))
    print(f"\n{time.monotonic() - start:.0f} s")
    faults = [f"{suite}: {fault}" for suite, counts in found.items() for fault in counts.faults]
    print(*faults, sep="\n", end="\n" if faults else "")
    if said.json:
        numbers = {suite: {name: counts.numbers[name] for name in COUNTED} for suite, counts in found.items()}
        said.json.write_text(json.dumps({**numbers, "faults": faults}, indent=1) + "\n", encoding="utf-8")
    return int(bool(faults))


def _tried(texts: dict[str, list[str]]) -> dict[str, Counts]:
    """So many at once as there are processors, in the order of the suites."""
    jobs = [(suite, some[at : at + AT_ONCE]) for suite, some in texts.items() for at in range(0, len(some), AT_ONCE)]
    found = {suite: Counts() for suite in texts}
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        done = pool.map(trial, [some for _suite, some in jobs])
        for number, ((suite, _some), counts) in enumerate(zip(jobs, done, strict=True), start=1):
            found[suite].add(counts)
            print(f"\r{number} of {len(jobs)} databases", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def _table(found: dict[str, Counts]) -> str:
    """A line for each count, a column for each suite and one for all."""
    lines = ["".join([f"{'':<38}", *(f"{head:>24}" for head in (*found, "all"))])]
    for name in COUNTED:
        values = [counts.numbers[name] for counts in found.values()]
        lines.append("".join([f"{name:<38}", *(f"{value:>24,}" for value in (*values, sum(values)))]))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
