"""The verbs of the program, each in a process of its own that is forked from one which has imported them all.

A fresh interpreter spends nearly all of its time on imports, and twice that where coverage is measured: tests that
run hundreds of verbs would do little else. The daemon is started as its users start it: by the console script.
"""

from __future__ import annotations

import multiprocessing.forkserver
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coverage import process_startup

from schedules.cli import VERBS, main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PATIENCE = 120
# With it, coverage starts in every new interpreter. What serves forks needs none, is slow with it, and writes its
# results when the test run is over.
_MEASURING = "COVERAGE_PROCESS_CONFIG"
_FORKING = multiprocessing.get_context("forkserver")


@dataclass(frozen=True, slots=True)
class Done:
    """How a verb ended, and what it wrote. `raw` is `stdout` byte for byte."""

    code: int
    raw: bytes
    stdout: str
    stderr: str


def prepare() -> None:
    """Start the process that the others are forked from; it imports in the background."""
    verbs = sorted({f"schedules.cli.{module}" for module, _ in VERBS.values()})
    _FORKING.set_forkserver_preload([*verbs, "tests.stacked"])
    with unmeasured():
        multiprocessing.forkserver.ensure_running()


@contextmanager
def unmeasured() -> Iterator[None]:
    """Verbs and interpreters that are started meanwhile run without coverage."""
    kept = os.environ.pop(_MEASURING, None)
    try:
        yield
    finally:
        if kept is not None:
            os.environ[_MEASURING] = kept


def run_verb(*words: object, env: Mapping[str, str] | None = None) -> Done:
    """Run a verb to its end, with that environment instead of ours."""
    argv = [str(word) for word in words]
    with tempfile.TemporaryDirectory(prefix="nachtrag-verb-") as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = _FORKING.Process(target=_verb, args=(argv, dict(os.environ if env is None else env), out, err))
        process.start()
        process.join(_PATIENCE)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"{argv} took more than {_PATIENCE} s: {err.read_text('utf-8')}")
        raw = out.read_bytes()
        return Done(process.exitcode, raw, raw.decode("utf-8", "replace"), err.read_text("utf-8"))


def _verb(argv: list[str], env: dict[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(env)
    measuring = process_startup(force=True)
    os.environ.pop(_MEASURING, None)
    for path, number in ((out, 1), (err, 2)):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(descriptor, number)
        os.close(descriptor)
    try:
        main(argv, prog_name="nachtrag")
    finally:
        if measuring is not None:  # a forked process ends without what coverage does at the end of others
            measuring.stop()
            measuring.save()
