"""The changes of the clock in Berlin, with zdump as the oracle: a printed wall time covers the instant that it was.

An hour that spring skips was never, so there is no date; in the hour that autumn doubles both readings are given.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.hostile.case import Case, Verdict, manifest, same, unexpected
from scraper.article import Covers
from scraper.stamps import covers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BERLIN = ZoneInfo("Europe/Berlin")
_NOW = datetime(2040, 1, 1, tzinfo=UTC)


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_JUDGES[case["id"].split("/")[0]], case))


def _instant(case: dict[str, Any]) -> Verdict:
    """As machines write it, and as it was printed in Berlin."""
    instant = datetime.fromisoformat(case["utc"])
    local = instant + timedelta(seconds=case["expected"]["utcoffset_s"])
    printed = covers(f"{local:%d.%m.%Y %H:%M:%S} Uhr", _BERLIN, _NOW)
    if printed is None or instant not in (printed.start, printed.again):
        return unexpected(f"{local} in Berlin read as {printed}")
    return same(covers(case["utc"], _BERLIN, _NOW), Covers(instant, instant + timedelta(seconds=1)))


def _gap(case: dict[str, Any]) -> Verdict:
    return same(covers(case["local"], _BERLIN, _NOW), None)


def _fold(case: dict[str, Any]) -> Verdict:
    found = covers(case["local"], _BERLIN, _NOW)
    readings = [moment.isoformat() for moment in (found.start, found.again) if moment] if found else []
    return same(readings, [expected.split(" ")[0] for expected in case["expected"]])


_JUDGES: dict[str, Callable[[dict[str, Any]], Verdict]] = {"zdump": _instant, "gap": _gap, "fold": _fold}
