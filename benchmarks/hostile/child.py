"""In the child process: runs the cases of one suite in turn and writes a line of JSON before and after each.

Called by `run.py`, with the module that knows the suite, its folder, and how many cases are to be left out.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import resource
import sys
import time
from itertools import islice
from pathlib import Path

from benchmarks.hostile.case import Verdict

# What is measured is resident memory; this only keeps a case from taking the machine with it.
_BACKSTOP = 1024**3
_STATUS = Path("/proc/self/status")


def main(module: str, folder: str, skip: str) -> None:
    # What the product prints must not be taken for a line of ours.
    lines = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    cases = importlib.import_module(module).cases(Path(folder))
    for number, case in enumerate(islice(cases, int(skip), None)):
        if not number:
            limit = _kilobytes("VmSize") * 1024 + _BACKSTOP
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        # Sets VmHWM, the most that was resident, back to what is.
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        before = _kilobytes("VmRSS")
        print(json.dumps({"start": case.name}), file=lines)
        start = time.process_time()
        try:
            verdict = case.run()
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what the benchmark looks for
            verdict = Verdict("crashed", f"{type(fault).__name__}: {fault}")
        took = 1000 * (time.process_time() - start)
        grown = (_kilobytes("VmHWM") - before) / 1024
        said = {"outcome": verdict.outcome, "why": verdict.why, "milliseconds": took, "megabytes": max(0.0, grown)}
        print(json.dumps(said), file=lines)


def _kilobytes(name: str) -> int:
    found = re.search(rf"^{name}:\s*(\d+) kB$", _STATUS.read_text("ascii"), re.M)
    assert found is not None, f"the system does not say {name}"
    return int(found[1])


if __name__ == "__main__":
    main(*sys.argv[1:])
