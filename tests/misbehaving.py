"""Cases for the test of the hostile-input benchmark itself: each misbehaves in its own way."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from benchmarks.hostile.case import EXPECTED, Case, Verdict, declined, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cases(folder: Path) -> Iterator[Case]:
    if folder.name == "hanging":
        yield Case("hangs", _hang)
    yield Case("good", lambda: EXPECTED)
    yield Case("raises", lambda: same(1 // 0, 0))
    yield Case("dies", _die)
    yield Case("greedy", lambda: same(len(b"x" * (400 * 1024**2)), 400 * 1024**2))
    yield Case("too greedy", lambda: same(bytes(3 * 1024**3), b""))
    yield Case("prints", _print)
    yield Case("wrong", lambda: same(folder.name, "another"))
    yield Case("declines", lambda: declined("not promised"))


def _hang() -> Verdict:
    time.sleep(600)
    return EXPECTED


def _die() -> Verdict:
    os.kill(os.getpid(), signal.SIGKILL)
    return EXPECTED


def _print() -> Verdict:
    print("this is no line of JSON")
    return EXPECTED
