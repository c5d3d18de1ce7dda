"""What hostile input does to us: `NACHTRAG_SHARED=folder python -m benchmarks.hostile [SUITE …] [--json FILE]`.

The folder holds `hostile/<suite>/manifest.json`. Each suite has a module here that says, in its docstring, what its
expectations mean for us. `exceptions.toml` names the cases that we answer otherwise, with the reason. Exit code 1 if
anything else is not as expected, or if what is excused there is as expected by now; 2 without the
folder.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from benchmarks.hostile.report import Report, examine_all
from benchmarks.shared import shared

PREFIXES = ("html-", "feeds-", "xss-", "url-", "dates-")


def main(*arguments: str) -> int:
    """Prints a row a suite and names every case that is not as it should be; 1 if there is one."""
    options = ArgumentParser(description="Tries hostile input and prints what became of it.")
    options.add_argument("suite", nargs="*", help="only these")
    options.add_argument("--json", default="", help="write all that is not as expected to this file")
    said = options.parse_args(arguments)
    hostile = shared() / "hostile"
    names = said.suite or sorted(folder.name for folder in hostile.iterdir() if folder.name.startswith(PREFIXES))
    print(Report.TITLE)
    reports = []
    for report in examine_all(hostile / name for name in names):
        reports.append(report)
        print(report.row(), flush=True)
    for report in reports:
        for line in report.faults():
            print(f"  {report.suite}: {line}")
    if said.json:
        everything = {report.suite: asdict(report) for report in reports}
        Path(said.json).write_text(json.dumps(everything, ensure_ascii=False, indent=1), "utf-8")
    return int(any(report.faults() for report in reports))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
