"""Runs trials: each in a process of its own, side by side where that is honest."""

from __future__ import annotations

import os
import pkgutil
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pytest

from tests import trials, verbs
from tests.trials.trial import NotTested, Size, Trial, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Beside the modules of trials: what they are made of.
_FRAME = ("__main__", "frame", "trial", "inside", "beacon", "truth", "steps")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a promise; `why` says what did not hold, or could not be tried."""

    name: str
    promise: str
    verdict: Verdict
    did: tuple[str, ...]
    why: tuple[str, ...]
    seconds: float

    def row(self) -> str:
        """A few lines of the table."""
        lines = [f"{self.verdict:<11} {self.name:<18} {self.seconds:7.0f} s  {self.promise}"]
        lines += [_indented(text, "· ") for text in self.did]
        lines += [_indented(text, "! ") for text in self.why]
        return "\n".join(lines)


def _indented(text: str, mark: str) -> str:
    return fill(text, 120, initial_indent=" " * 12 + mark, subsequent_indent=" " * 14)


def names() -> list[str]:
    """All trials."""
    return [module.name for module in pkgutil.iter_modules(trials.__path__) if module.name not in _FRAME]


def attempt(name: str, size: Size = "full", *, with_fault: bool = False) -> Result:
    """Put one promise to the test."""
    return tried(name, import_module(f"tests.trials.{name}"), size, with_fault=with_fault)


def tried(name: str, module: Any, size: Size, *, with_fault: bool) -> Result:
    """The same with the module at hand; of several faults each must be noticed."""
    began = time.monotonic()
    faults = faults_of(module) if with_fault else {"": ""}
    trials = {what: _run(name, module, size, fault, with_fault=with_fault) for what, fault in faults.items()}
    verdict = next((trial.verdict for trial in trials.values() if trial.verdict != Verdict.BROKEN), Verdict.BROKEN)
    did, why = list[str](), list[str]()
    for what, trial in trials.items():
        did += trial.did
        why += (*trial.broken, *(f"not tested: {part}" for part in trial.untested))
        if with_fault and trial.verdict == Verdict.KEPT:
            why.append(f"the fault was not noticed: {what}")
    return Result(name, module.PROMISE, verdict, tuple(did), tuple(why), time.monotonic() - began)


def faults_of(module: Any) -> dict[str, str]:
    """What breaks the promise of a trial: Python, by what it does."""
    return module.FAULT if isinstance(module.FAULT, dict) else {"its only one": module.FAULT}


def _run(name: str, module: Any, size: Size, fault: str, *, with_fault: bool) -> Trial:
    """One run. Whatever it dies of, its promise is not kept."""
    with tempfile.TemporaryDirectory(prefix=f"nachtrag-{name}-", ignore_cleanup_errors=True) as folder:
        trial = Trial(Path(folder), size, fault)
        try:
            if with_fault and not fault:
                trial.skip("it has no fault of its own: its docstring names the tests that show what it notices")
            else:
                module.run(trial)
        except (NotTested, pytest.skip.Exception) as missing:
            trial.skip(str(missing))
        except Exception:  # noqa: BLE001 -- that is the point
            trial.wrong(f"the trial itself died: {traceback.format_exc()}")
        finally:
            trial.end()
    return trial


def attempts(chosen: Sequence[str], size: Size, *, with_fault: bool) -> Iterator[Result]:
    """As they end: side by side where that is honest, the longest first, then the others alone."""
    modules = {name: import_module(f"tests.trials.{name}") for name in chosen}
    alone = [name for name in chosen if getattr(modules[name], "ALONE", False)]
    beside = [name for name in chosen if name not in alone]
    beside.sort(key=lambda name: -getattr(modules[name], "MINUTES", 0))
    # One more than there are processors: for half of its time each of them waits.
    for names_, jobs in ((beside, (os.cpu_count() or 1) + 1), (alone, 1)):
        with ProcessPoolExecutor(jobs, get_context("spawn"), verbs.prepare) as pool:
            tries = [pool.submit(attempt, name, size, with_fault=with_fault) for name in names_]
            for each in as_completed(tries):
                yield each.result()
