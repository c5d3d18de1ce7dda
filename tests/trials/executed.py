"""Nothing that was scraped runs: attacks in every field, on every page, in Chromium, with every link clicked.

It is `benchmarks.xss`: without any policy, so that escaping alone protects, and as served; and alerts of all kinds,
taken for HTML, which no chat and no mail program does. Its control is the same texts as markup, whose counts stand
beside: where none of them runs, the trial is blind. That whatever runs is noticed is shown in tests/test_xss.py: there
is no `FAULT`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.hostile.case import manifest
from benchmarks.xss.suites import tried
from tests.browser import require_chromium

if TYPE_CHECKING:
    from pathlib import Path

    from tests.trials.trial import Trial

MINUTES = 3
PROMISE = "Nothing that was scraped is executed, in no page, feed, file or alert."
FAULT = ""
_SUITES = ("xss-dompurify", "xss-miniflux-sanitizer", "html-naughty-strings")


def run(trial: Trial) -> None:
    """One in so many attacks, each in every field."""
    require_chromium()
    hostile, every = trial.shared() / "hostile", trial.sized(60, 10, 1)
    texts = {suite: [case["input_text"] for case in manifest(hostile / suite)][::every] for suite in _SUITES}
    texts["changedetection-regressions"] = _regressions(hostile)
    found = tried(texts)
    total = {name: sum(counts.numbers[name] for counts in found.values()) for name in _SAID}
    for suite, counts in found.items():
        trial.wrong(*(f"{suite}: {fault}" for fault in counts.faults))
    trial.expect(total["as markup: attacks that run"], "no attack runs as markup: the trial is blind")
    trial.done(f"one in {every} attacks: " + ", ".join(f"{name} {number:,}" for name, number in total.items()))


_SAID = (
    "attacks", "as markup: attacks that run", "without policy: pages", "without policy: pages that run",
    "without policy: requests elsewhere", "as served: pages", "as served: pages that run", "alerts: pages",
    "alerts: pages that run", "alerts: requests elsewhere",
    "our CSV: cells that are formulas",
)  # fmt: skip


def _regressions(hostile: Path) -> list[str]:
    """What a peer was hit by: strings, one or several a case."""
    cases = json.loads((hostile / "changedetection-regressions" / "manifest.json").read_text("utf-8"))["cases"]
    texts = [case["input_text"] for case in cases]
    return [text for some in texts for text in ([some] if isinstance(some, str) else some) if text.strip()]
