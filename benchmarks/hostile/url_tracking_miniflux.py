"""Tracking parameters: an address with them is known by the same form as the one that the suite wants.

Miniflux keeps fragments and re-encodes what it likes; we know one form of each address (`scraper.urls.canonical`). So
what has to be equal is the form of both. What is no web address Miniflux leaves as it is, and we refuse.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import Case, Verdict, manifest, same
from scraper.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, case))


def _judge(case: dict[str, Any]) -> Verdict:
    return same(canonical(case["input_text"]), canonical(case["expected"]))
