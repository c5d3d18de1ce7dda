"""The suites of others: tried, as expected, not as expected, by name.

It is `benchmarks.hostile`, whose exceptions.toml gives a reason for each case that we answer otherwise. Suites of the
wire and of robots.txt are tried by tests; they are run here, too. Suites that nothing tries are named. That a case is
noticed which crashes, hangs, is greedy or answers wrongly, tests/test_hostile_suites.py shows (tests/misbehaving.py):
there is no `FAULT`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.hostile.__main__ import PREFIXES
from benchmarks.hostile.report import examine_all
from tests.trials.inside import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.trials.trial import Trial

PROMISE = (
    "Feeds, pages, encodings, addresses, robots, compression and dates of others do what is stated, or are explained."
)
FAULT = ""
# Suite → the test that tries every case of it.
_TESTS = {
    "robots-protego": "tests/test_politeness.py",
    "robots-reppy": "tests/test_politeness.py",
    "http-compression-scrapy": "tests/test_decoding.py",
    "webhook-vectors": "tests/test_message.py",
    "webhooks-standard": "tests/test_message.py",
}
# Suite → the trial, or why there is none.
_ELSEWHERE = {
    "ssrf-addresses": "trial private_addresses",
    "changedetection-regressions": "trial executed",
}


def run(trial: Trial) -> None:
    """All suites, side by side."""
    hostile = trial.shared() / "hostile"
    suites = sorted(folder.name for folder in hostile.iterdir() if (folder / "manifest.json").is_file())
    ours = [suite for suite in suites if suite.startswith(PREFIXES)][: trial.sized(2, None, None)]
    os.environ["NACHTRAG_SHOW_EVERY"] = str(trial.sized(50, 10, 1))
    for report in examine_all(hostile / suite for suite in ours):
        counts = report.counts
        trial.wrong(*(f"{report.suite}: {fault}" for fault in report.faults()))
        trial.done(
            f"{report.suite}: {sum(counts.values())} tried, {counts['expected']} as expected, {counts['declined']} "
            f"declined, {len(report.explained)} explained, {len(report.unexpected)} not as expected, "
            f"{len(report.crashed)} crashed"
        )
    for suite in suites:
        if suite in _TESTS and trial.size != "short":
            _tested(trial, hostile, suite)
        elif not suite.startswith(PREFIXES) and suite not in (*_TESTS, *_ELSEWHERE):
            trial.skip(f"{suite}: nothing of ours tries it")


def _tested(trial: Trial, hostile: Path, suite: str) -> None:
    """A test that tries a suite, which it names."""
    cases = len(json.loads((hostile / suite / "manifest.json").read_text("utf-8"))["cases"])
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", _TESTS[suite]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    trial.expect(done.returncode == 0, f"{suite}: {_TESTS[suite]} fails: {done.stdout[-800:]}")
    trial.done(f"{suite}: {cases} cases, by {_TESTS[suite]}: {done.stdout.strip().splitlines()[-1]}")
