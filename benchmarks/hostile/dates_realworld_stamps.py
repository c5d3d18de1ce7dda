"""Stamps as they were found in pages: each is read, or declined, in the zone of its site.

The suite states no date. So what is read is held against the text itself: it may say no number that is not printed
there (day, year, minute; where a zone is printed, the day before or after), and must not lie in the future.
`declined` are stamps that were cut through, that lack a day, that could mean two days, and sentences.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.hostile.case import EXPECTED, Case, Verdict, declined, manifest, unexpected
from scraper.read.zones import zone_for
from scraper.stamps import covers, find_published, find_updated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
_HOST = re.compile(r": ([\w.-]+?\.[a-z]{2,6})[-.]")
_DATED = re.compile(r"(?:19|20)\d\d|\d[./]\d\d?[./]\d\d")
_AGO = re.compile(r"\bago\b|\bvor\b|\bhace\b|il y a", re.I)
_DAY = timedelta(days=1)


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, case))


def _judge(case: dict[str, Any]) -> Verdict:
    text = case["input_text"]
    stamp = find_updated(text) or find_published(text) or text
    host = _HOST.search(case["seen_in"])
    zone = ZoneInfo(zone_for(f"https://{host[1]}/" if host else "", [case["lang"] or ""], ""))
    found = covers(stamp, zone, _NOW)
    if found is None:
        return declined("not read")
    printed = {number % size for number in map(int, re.findall(r"\d+", stamp)) for size in (100, 10_000)}
    days = [(found.start + step * _DAY).astimezone(zone) for step in (-1, 0, 1)]
    start = days[1]
    if found.end - found.start >= _DAY:
        days = days[1:2]
    if found.start > _NOW:
        return unexpected(f"{stamp!r} read as {start}, which is still to come")
    if _AGO.search(stamp):
        return EXPECTED
    wrong = _DATED.search(stamp) and not any({day.day, day.year % 100} <= printed for day in days)
    if wrong or (found.end - found.start < _DAY and start.minute and start.minute not in printed):
        return unexpected(f"{stamp!r} read as {start}")
    return EXPECTED
