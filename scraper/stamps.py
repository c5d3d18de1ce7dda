"""What a printed stamp covers: "Stand: 10.01.2022 22:53 Uhr" → that minute in UTC, or None. Pure.

A stamp is read, never guessed: better no date than a wrong one. Days that never were, hours that spring skips, dates
whose day and month could be swapped, two dates in one text: None. Where autumn doubles an hour, both readings count.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scraper.article import Covers
from scraper.stamp_words import DAY_UNITS, DAYS_AGO, MONTHS, ONE, PUBLISHED, UNITS, UPDATED, ZONES

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_LONGEST = 200
_DAY, _MINUTE, _SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
# A time without a date that is later than now by more than this was yesterday's.
_SOON = timedelta(minutes=5)
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[t ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_RFC822 = re.compile(r"^(?:[a-z]{3},? )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|gmt|utc|[ecmp][sd]t)$")
_DATES = (
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d\d)(?![\d.]\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th|er)?(?: de| of)? (?P<m>{_MONTH})\.?,?(?: de)? (?P<y>\d{{4}})(?!\d)"
    ),
    re.compile(rf"(?<!\w)(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})(?!\d)"),
    re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})(?![\d/])"),
)
_TIME = re.compile(
    r"(?<![\d.:])(?P<h>\d{1,2})(?:(?P<sep>[:.h])(?P<min>\d\d))?(?::(?P<s>\d\d))?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?(?P<uhr> ?uhr)?(?![\d:])"
)
_ZONE = re.compile(
    r"(?<![a-z])(" + "|".join(ZONES) + r")(?![a-z])|(?:gmt|utc)?(?P<offset>[+-]\d{1,2}:\d\d|[+-]\d{4})(?!\d)"
)
_AGO = re.compile(
    r"(?<!\w)(?:vor (?P<de>\d{1,3}|ein(?:e[rm])?) (?P<deu>[a-zä]+)|(?P<en>\d{1,3}|an?|one) (?P<enu>[a-z]+) ago)(?!\w)"
)
_LABEL = re.compile(rf"(?<!\w)(?:{UPDATED})(?!\w)", re.IGNORECASE)
_OTHER_LABEL = re.compile(rf"(?<!\w)(?:{PUBLISHED})(?!\w)", re.IGNORECASE)
_WHITE = re.compile(r"[\s\u00a0\u2007\u202f]+")


def covers(text: str, zone: ZoneInfo, now: datetime) -> Covers | None:
    """What a stamp may mean: a second, a minute, a whole local day, or for relative ones what the words allow.

    Args:
        zone: of stamps that name none.
        now: when the page was fetched, aware: relative stamps count from it.
    """
    plain = _WHITE.sub(" ", text[:_LONGEST]).strip().lower()
    try:
        for form, read in _FORMS:
            if form.search(plain):
                return read(plain, zone, now)
        return _printed(plain, zone, now)
    except (ValueError, OverflowError):  # a day that never was
        return None


def is_updated_label(text: str) -> bool:
    """Whether the text says "as of" or "updated"; not for a bare date, nor for "published"."""
    return _LABEL.search(text[:_LONGEST]) is not None


def find_updated(text: str) -> str | None:
    """The part of a text from its "updated" label on, up to the next label; None if it has none with digits."""
    return _labelled(text, _LABEL, _OTHER_LABEL)


def find_published(text: str) -> str | None:
    """The part of a text that says when it was published; None if it has none."""
    return _labelled(text, _OTHER_LABEL, _LABEL)


def _labelled(text: str, wanted: re.Pattern[str], other: re.Pattern[str]) -> str | None:
    text = text[: 2 * _LONGEST]
    for label in wanted.finditer(text):
        rest = text[label.start() :]
        ends = [mark.start() for mark in other.finditer(rest)] + [mark.start() for mark in wanted.finditer(rest, 1)]
        later = [end for end in ends if re.search(r"\d", rest[:end])]
        part = rest[: min(later, default=_LONGEST)].strip(" |·•–-,;()/\n\t\u00a0")
        if re.search(r"\d", part) or _named_day(part.lower()) is not None:
            return part
    return None


def _iso(text: str, zone: tzinfo, now: datetime) -> Covers | None:  # noqa: ARG001 -- one signature for all
    found = list(_ISO.finditer(text))
    if len(found) != 1:
        return None
    year, month, day, hour, minute, second, offset = found[0].groups()
    on = date(int(year), int(month), int(day))
    if hour is None:
        return None if _TIME_WORD.search(text.replace(found[0].group(), "")) else _day(on, zone)
    at = datetime.combine(on, time(int(hour), int(minute), int(second or 0)))
    if offset is None:
        named = _zone(text[found[0].end() :])
        return _span(at, named or zone, _SECOND if second else _MINUTE)
    return _span(at, UTC if offset == "z" else _offset(offset), _SECOND if second else _MINUTE)


def _epoch(text: str, zone: tzinfo, now: datetime) -> Covers | None:  # noqa: ARG001
    start = datetime.fromtimestamp(int(text[:10]), UTC)
    return Covers(start, start + _SECOND)


def _rfc822(text: str, zone: tzinfo, now: datetime) -> Covers | None:  # noqa: ARG001
    start = parsedate_to_datetime(text.upper())
    start = start.replace(tzinfo=UTC) if start.tzinfo is None else start.astimezone(UTC)
    return Covers(start, start + (_SECOND if text.count(":") > 1 else _MINUTE))


def _relative(text: str, zone: tzinfo, now: datetime) -> Covers | None:
    """ "vor 2 Stunden" was more than two and less than three hours ago; "vor 3 Tagen" is that whole local day."""
    found = list(_AGO.finditer(text))
    if len(found) != 1:
        return None
    number, unit = found[0]["de"] or found[0]["en"], found[0]["deu"] or found[0]["enu"]
    count = ONE[number] if number in ONE else int(number)
    if unit in DAY_UNITS:
        return _day((now.astimezone(zone) - count * DAY_UNITS[unit] * _DAY).date(), zone)
    if unit not in UNITS:
        return None
    width = timedelta(seconds=max(UNITS[unit], 60))
    end = now.astimezone(UTC) - count * timedelta(seconds=UNITS[unit]) + _MINUTE
    return Covers(end - width - _MINUTE, end)


def _printed(text: str, zone: tzinfo, now: datetime) -> Covers | None:
    """Day and time as people write them."""
    rest, days = _days(text, now.astimezone(zone).date())
    found = [match for match in _TIME.finditer(rest) if match["min"] or match["half"] or match["uhr"]]
    times = {_clock(match) for match in found}
    if len(days) > 1 or len(times) > 1 or not (days or times):
        return None
    own = _zone(rest) or zone
    if not times:
        return _day(days.pop(), own)
    length = _SECOND if any(match["s"] for match in found) else _MINUTE
    if days:
        return _span(datetime.combine(days.pop(), times.pop()), own, length)
    return None if _WORD.search(_SAYS_NOTHING.sub(" ", rest)) else _today(times.pop(), own, length, now)


def _today(at: time, zone: tzinfo, length: timedelta, now: datetime) -> Covers | None:
    """A time without a day: the last one that there was."""
    today = now.astimezone(zone).date()
    found = _span(datetime.combine(today, at), zone, length)
    if found is not None and found.start > now + _SOON:
        return _span(datetime.combine(today - _DAY, at), zone, length)
    return found


def _days(text: str, today: date) -> tuple[str, set[date]]:
    """The days that a text names, and the text without them."""
    days: set[date] = set()
    for pattern in _DATES:
        for match in pattern.finditer(text):
            days.add(_date(match))
        text = pattern.sub(" ", text)
    ago = _named_day(text)
    if ago is not None:
        days.add(today - ago * _DAY)
    return text, days


def _date(match: re.Match[str]) -> date:
    month = match["m"] if match["m"] in MONTHS else int(match["m"])
    day, number = int(match["d"]), MONTHS[month] if isinstance(month, str) else month
    if "/" in match.group() and day <= 12 and day != number:
        if number > 12:
            day, number = number, day
        else:
            raise ValueError("day and month could be swapped")
    elif "/" in match.group() and number > 12:
        day, number = number, day
    year = int(match["y"])
    return date(year + 2000 if year < 100 else year, number, day)


def _named_day(text: str) -> int | None:
    found = {ago for word, ago in DAYS_AGO.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)}
    return found.pop() if len(found) == 1 else None


def _clock(match: re.Match[str]) -> time:
    hour, half = int(match["h"]), (match["half"] or "")[:1]
    if half and not 1 <= hour <= 12:
        raise ValueError("no hour of a half day")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, int(match["min"] or 0), int(match["s"] or 0))


def _zone(text: str) -> tzinfo | None:
    found = _ZONE.search(text)
    if found is None:
        return None
    return _offset(found["offset"]) if found["offset"] else ZONES[found.group(1)]


def _offset(text: str) -> timezone:
    sign = -1 if text[0] == "-" else 1
    hours, minutes = text[1:].split(":") if ":" in text else (text[1:-2], text[-2:])
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def _day(on: date, zone: tzinfo) -> Covers:
    start = datetime.combine(on, time(), zone).astimezone(UTC)
    return Covers(start, datetime.combine(on + _DAY, time(), zone).astimezone(UTC))


def _span(wall: datetime, zone: tzinfo, length: timedelta) -> Covers | None:
    """What a wall time covers: nothing in the hour that spring skips, two stretches in the one that autumn doubles."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        return None
    return Covers(first, first + length, second if second != first else None)


_TIME_WORD = re.compile(r"\d{1,2}[:.]\d\d|\d ?uhr")
# Beside a time without a day nothing else may stand: "23. März 18.37 Uhr" is not 18.37 of today.
_WORD = re.compile(r"\w")
_SAYS_NOTHING = re.compile(
    rf"(?<!\w)(?:{UPDATED}|{PUBLISHED}|uhr|um|at|am|as of|\d{{1,2}}[:.h]\d\d(?::\d\d)?|\d{{1,2}}(?= ?uhr| ?[ap]\.?m)|"
    rf"[ap]\.?m\.?|{'|'.join(ZONES)}|(?:gmt|utc)?[+-]\d\d?:?\d\d)(?!\w)"
)
# The first form that a text has decides; what that form cannot read is not tried otherwise.
_FORMS = ((_RFC822, _rfc822), (_ISO, _iso), (_EPOCH, _epoch), (_AGO, _relative))
