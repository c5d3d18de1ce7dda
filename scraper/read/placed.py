"""Which moment a printed stamp means that leaves it open: its day or its zone is known from other clocks of the page.

Where the page shows no zone, a stamp that names none covers all that it may mean: an hour more at each end where the
machines' stamps show an offset, as summer time may not be in it, else every zone that there is.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scraper import stamps
from scraper.article import Covers
from scraper.stamp_parts import MONTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scraper.article import Clock
    from scraper.read.sheet import Sheet

_DAY, _HOUR, _MINUTE, _NONE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta()
# No zone is further from UTC, to the west and to the east.
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
# Some pages were published in the year 1.
_OLDEST = 1990
_ELSEWHERE = ZoneInfo("Etc/GMT-14")
_YEARLESS = re.compile(
    rf"(?<![\d.,])\d{{1,2}}\. ?(?:\d{{1,2}}\.(?=,| \d)|(?:{MONTH})(?=,| \d))(?! ?\d{{4}}|\d| \d\d(?:,| \d))", re.I
)
_OFFSET = re.compile(r"(?:(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)|(?<=\d)Z)$")


def on_its_day(sheet: Sheet, said: Covers | None, machines: Iterable[Clock]) -> Covers | None:
    """What "Stand: 14:05" means where machines are told one moment at that time of day, else nothing: the page may say
    so for days."""
    if said is None:
        return None
    wall = said.start.astimezone(sheet.zone).time()
    found = {
        start for start, local in _moments(sheet, machines) if local and local.time() == wall and start <= sheet.now
    }
    return _minute(found)


def with_its_year(sheet: Sheet, raw: str, machines: Iterable[Clock]) -> str:
    """ "Stand: 25.11., 09:05 Uhr" with its year, where only one can be meant: since the article came, by what machines
    are told; of several the one in which they are told of that day. Else as it was.
    """
    told = [clock.covers.start for clock in machines if clock.covers and clock.covers.start.year >= _OLDEST]
    if not told or len(_YEARLESS.findall(raw)) != 1 or stamps.covers(raw, sheet.zone, sheet.now) is not None:
        return raw
    first = min(told) - _DAY
    meant: dict[str, datetime] = {}
    for year in range(first.year, sheet.now.year + 1):
        dated = _YEARLESS.sub(rf"\g<0> {year}", raw)
        found = stamps.covers(dated, sheet.zone, sheet.now)
        if found is not None and first <= found.start <= sheet.now + _MINUTE:
            meant[dated] = found.start
    if len(meant) > 1:
        meant = {dated: start for dated, start in meant.items() if any(abs(start - at) <= _DAY for at in told)}
    return next(iter(meant)) if len(meant) == 1 else raw


def in_its_zone(
    sheet: Sheet, raw: str, read: Callable[[ZoneInfo], Covers | None], machines: Iterable[Clock]
) -> Covers | None:
    """What a stamp means; `read` says what it does in a zone."""
    found = read(sheet.zone)
    if sheet.shows_zone or found is None or found.is_rough or found == read(_ELSEWHERE):
        return found
    exact = _minute(set(_like(sheet, found, machines))) if found.end - found.start <= _MINUTE else None
    if exact is not None or stamps.names_a_day(raw):  # which day "today" is depends on the zone
        return exact
    before, after = (_EAST, _WEST) if sheet.zone.key == "UTC" else (_HOUR, _HOUR)
    return Covers(found.start - before, found.end + after)


def _minute(starts: set[datetime]) -> Covers | None:
    start = starts.pop() if len(starts) == 1 else None
    return Covers(start, start + _MINUTE) if start else None


def _like(sheet: Sheet, found: Covers, machines: Iterable[Clock]) -> Iterator[datetime]:
    """The machines' moments that read the same by the clock of some zone: of the one that they name, or of one that is
    some full hours from UTC."""
    wall = found.start.replace(second=0, microsecond=0, tzinfo=None) + (
        found.start.astimezone(sheet.zone).utcoffset() or _NONE
    )
    at_most = (-_WEST, _EAST) if sheet.zone.key == "UTC" else _around(sheet, found)
    for start, local in _moments(sheet, machines):
        away = wall - start.replace(tzinfo=None)
        if local == wall or (local is None and not away % _HOUR and at_most[0] <= away <= at_most[1]):
            yield start


def _around(sheet: Sheet, found: Covers) -> tuple[timedelta, timedelta]:
    shown = found.start.astimezone(sheet.zone).utcoffset() or _NONE
    return shown - _HOUR, shown + _HOUR


def _moments(sheet: Sheet, machines: Iterable[Clock]) -> Iterator[tuple[datetime, datetime | None]]:
    """The minutes that machines are told, and what a clock of the page shows then; None where that is not known: "Z"
    is no place."""
    for clock in machines:
        stated = _OFFSET.search(clock.raw)
        if clock.covers is None or clock.covers.end - clock.covers.start > _MINUTE:
            continue
        start = clock.covers.start.replace(second=0, microsecond=0)
        if sheet.shows_zone:
            yield start, start.astimezone(sheet.zone).replace(tzinfo=None)
        elif stated is not None:
            away = timedelta(hours=int(stated["hours"] or 0), minutes=int(stated["minutes"] or 0))
            shift = -away if stated["sign"] == "-" else away
            yield start, start.replace(tzinfo=None) + shift if shift else None
