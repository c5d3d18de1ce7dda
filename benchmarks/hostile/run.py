"""Runs a suite in a child process, with limits: a case that hangs, or kills its process, costs itself and no other."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import Ran, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

# Processor time, so that a busy machine makes no case slow; by the clock, a case that waits has a little longer.
SECONDS, MEGABYTES = 5.0, 300.0
_BY_THE_CLOCK = 30.0
# To import the product and to build what the cases of a suite share.
_SECONDS_TO_BEGIN = 120.0
_ROOT = Path(__file__).parent.parent.parent


def run(module: str, folder: Path, seconds: float = _BY_THE_CLOCK) -> Iterator[Ran]:
    """Every case that a module knows of the suite in this folder, tried; each has so many seconds by the clock."""
    done = 0
    while True:
        with _Child(module, folder, done, seconds) as child:
            for ran in child.cases():
                done += 1
                yield ran
            if child.finished:
                return


class _Child:
    """A process that runs cases, and what it says."""

    def __init__(self, module: str, folder: Path, skip: int, seconds: float) -> None:
        command = [sys.executable, "-m", "benchmarks.hostile.child", module, str(folder.absolute()), str(skip)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=_ROOT)
        self._seconds = seconds
        self._rest = b""
        self.finished = False

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def cases(self) -> Iterator[Ran]:
        """What was tried, until the process ends or has to be ended."""
        while True:
            said = self._line(_SECONDS_TO_BEGIN)
            if said is None:
                # A process that dies between two cases has a fault in the suite's module; that is ours to mend.
                assert self._process.wait() == 0, f"the suite itself fails: {self._process.args!r}"
                self.finished = True
                return
            start = time.perf_counter()
            after = self._line(self._seconds)
            if after is None:
                took = 1000 * (time.perf_counter() - start)
                yield Ran(said["start"], Verdict("crashed", self._death()), took, 0.0)
                return
            yield _within_limits(said["start"], after)

    def _line(self, seconds: float) -> dict[str, Any] | None:
        """The next thing that the process says; None where it ends first, or says nothing for so long."""
        assert self._process.stdout is not None
        until = time.perf_counter() + seconds
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, until - time.perf_counter()))
            piece = os.read(self._process.stdout.fileno(), 1 << 16) if ready else b""
            if not piece:
                return None
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        said: dict[str, Any] = json.loads(line)
        return said

    def _death(self) -> str:
        try:
            return f"its process ended with exit code {self._process.wait(0.2)}"
        except subprocess.TimeoutExpired:
            return f"took more than {self._seconds:g} s and was stopped"


def _within_limits(name: str, said: dict[str, Any]) -> Ran:
    verdict = Verdict(said["outcome"], said["why"])
    if said["milliseconds"] > 1000 * SECONDS:
        verdict = Verdict("crashed", f"took more than {SECONDS:g} s")
    elif said["megabytes"] > MEGABYTES:
        verdict = Verdict("crashed", f"took {said['megabytes']:.0f} MB, more than {MEGABYTES:g}")
    return Ran(name, verdict, said["milliseconds"], said["megabytes"])
