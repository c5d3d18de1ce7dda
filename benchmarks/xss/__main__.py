"""`python -m benchmarks.xss`: how much runs of the attacks of `hostile/`, as markup and in our pages."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

from benchmarks.hostile.case import manifest
from benchmarks.shared import shared

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
    suites = import_module("benchmarks.xss.suites")  # takes seconds: not before it is known that there is something
    found = suites.tried(texts)
    print(suites.table(found))
    print(f"\n{time.monotonic() - start:.0f} s")
    faults = [f"{suite}: {fault}" for suite, counts in found.items() for fault in counts.faults]
    print(*faults, sep="\n", end="\n" if faults else "")
    if said.json:
        numbers = {suite: {name: counts.numbers[name] for name in suites.COUNTED} for suite, counts in found.items()}
        said.json.write_text(json.dumps({**numbers, "faults": faults}, indent=1) + "\n", encoding="utf-8")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
