"""Spoils the thresholds and rows of the table one by one: some case of tests/test_ruling.py must come out otherwise."""

from __future__ import annotations

import sys
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from changes import case as case_module
from changes import ruling
from changes.case import Finding
from tests.articles import case
from tests.test_ruling import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECOND = timedelta(seconds=1)
_THRESHOLDS = (
    (ruling, "KAPPA", _SECOND), (ruling, "_CUT", 0.02), (ruling, "_BACK", 0.02), (ruling, "_TURNS", 1),
    (ruling, "_AT_ONCE", _SECOND), (ruling, "_AHEAD", _SECOND), (ruling, "_HALF_HOUR", _SECOND), (ruling, "ENOUGH", 1),
    (ruling, "_STAND_MOVES", 0.02), (ruling, "_MOVES", 0.02), (case_module, "LONGEST_WAIT", _SECOND),
    (case_module, "LONGEST_DELAY", _SECOND),
)  # fmt: skip
# Neighbours of which no edit can be both: the text changed or not, the Stand went on or back, a notice came or none.
_DISJOINT = {
    ("_live", "_same"),
    ("_same", "_announced_late"),
    ("_stand_alone", "_stand_backwards"),
    ("_minor", "_peripheral_only"),
    ("_peripheral_only", "_site_text"),
    ("_site_text", "_disclosed"),
    ("_noted", "_unstamped"),
    ("_machines_told", "_silent"),
}


def _spoilt() -> Iterator[tuple[str, object, str, object]]:
    """What is spoilt, in words; where it stands; and with what."""
    for module, name, hair in _THRESHOLDS:
        value = getattr(module, name)
        yield f"{name} a hair more", module, name, value + hair
        yield f"{name} a hair less", module, name, value - hair
    rows, clocks = ruling.ROWS, ruling.MACHINE_CLOCKS
    for at, (number, row) in enumerate(rows):
        kept = (*rows[:at], *rows[at + 1 :], (23, lambda _: Finding("same")))
        yield f"without {number} {row.__name__}", ruling, "ROWS", kept
    for at, ((_, first), (_, second)) in enumerate(pairwise(rows)):
        if (first.__name__, second.__name__) not in _DISJOINT:
            swapped = (*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :])
            yield f"{second.__name__} before {first.__name__}", ruling, "ROWS", swapped
    for kind in clocks:
        yield f"without {kind}", ruling, "MACHINE_CLOCKS", tuple(other for other in clocks if other != kind)


def _is_found() -> bool:
    for item in CASES:
        said = ruling.rule(case(item["before"], item["after"], item.get("saw", {})))
        if (said.verdict, said.rule) != (item["expect"]["verdict"], item["expect"]["rule"]):
            return True
    return False


def main() -> int:
    """Print what no case finds out."""
    tried, missed = 0, 0
    for what, module, name, value in _spoilt():
        right = getattr(module, name)
        setattr(module, name, value)
        try:
            found = _is_found()
        finally:
            setattr(module, name, right)
        tried, missed = tried + 1, missed + (not found)
        if not found:
            print(f"no case finds out: {what}")
    print(f"{tried - missed} of {tried} found out")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
