"""Every promise put to the test, and a table of what became of it: `python -m tests.trials [NAME …] [--long]`.

Exit code 1 if one is broken.

Trials in which no times are measured run side by side. One that cannot be run here says so and why: that is no promise
kept.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import machine, said
from tests.trials.frame import attempts, names
from tests.trials.trial import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.trials.frame import Result
    from tests.trials.trial import Size


def main(*arguments: str) -> int:
    """Prints a row a trial, and all of them once more at the end; 1 if a promise is broken."""
    options = ArgumentParser(prog="python -m tests.trials", description="Puts the promises of Nachtrag to the test.")
    options.add_argument("names", nargs="*", metavar="NAME", help=f"only these of {', '.join(names())}")
    options.add_argument("--long", action="store_true", help="the long forms, which take hours")
    options.add_argument("--short", action="store_true", help="the short forms, as the tests run them")
    options.add_argument("--with-fault", action="store_true", help="break what is promised: must end with BROKEN")
    options.add_argument("--json", type=Path, help="write what became of them there")
    asked = options.parse_args(arguments)
    if unknown := set(asked.names) - set(names()):
        options.error(f"no trial is named {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    size: Size = "long" if asked.long else "short" if asked.short else "full"
    return tell(attempts(asked.names or names(), size, with_fault=asked.with_fault), size, asked.json)


def tell(found: Iterable[Result], size: Size, file: Path | None = None) -> int:
    """Print what became of trials as they end, and in one table; 1 if a promise is broken."""
    results: list[Result] = []
    began = time.monotonic()
    for result in found:
        results.append(result)
        print(result.row(), flush=True)
    results.sort(key=lambda result: result.name)
    print(f"\n{said(machine())}; {size}, {time.monotonic() - began:.0f} s")
    print(*(f"{result.verdict:<11} {result.name}" for result in results), sep="\n")
    if file:
        what = {"machine": machine(), "size": size, "trials": [asdict(result) for result in results]}
        file.write_text(json.dumps(what, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return int(any(result.verdict == Verdict.BROKEN for result in results))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
