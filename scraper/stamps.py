"""What a printed stamp covers: "Stand: 10.01.2022 22:53 Uhr" → that minute in UTC, or None. Pure.

A stamp is read, never guessed: better no date than a wrong one. Days that never were, hours that spring skips, dates
whose day and month could be swapped, two dates in one text: None. Where autumn doubles an hour, both readings count.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.article import Covers
from scraper.stamp_ago import (
    EPOCH,
    LONGEST,
    NAMED_DAY,
    WORD,
    ago,
    counts_back,
    is_relative,
    is_time_alone,
    names_a_day,
    only,
    says_no_day,
    stands_alone,
)
from scraper.stamp_labels import LABEL, find_published, find_updated, is_updated_label
from scraper.stamp_parts import DayFound, TimeFound, blotted, day_first, days, normal, times
from scraper.stamp_words import CONNECTORS, DAYS_AGO, WEEKDAYS, ZONES

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = [
    "begins_sentence", "covers", "covers_beside", "find_published", "find_updated", "is_bare", "is_relative",
    "is_time_alone", "is_updated_label", "lasting", "names_a_day", "says_no_day",
]  # fmt: skip

# The end of a text that was cut may be the half of a stamp.
_TORN = 30
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# A page may have been written that long before it came: what docs/rulings.md grants every cache.
_WRITTEN_BEFORE = timedelta(minutes=15)
# A time without a date that is later than now by more than this was yesterday's.
_SOON = timedelta(minutes=5)
# What machines say, and say most often.
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)", re.ASCII)
_LATEST_EPOCH = timedelta(days=366)
# Numbers that stand beside stamps and are no part of them.
_COUNTED = re.compile(
    r"\d[\d.,:]*\+? ?(?:min|mins|minut\w*|kommentare?n?|comments?|comentarios?|commentaires?|reaktionen|bilder|"
    r"fotos?|photos?|views|shares|likes|wörter|words)\b|(?<!\w)(?:seite|page|teil|part) \d+",
    re.I,
)
_NEAR_BEFORE, _NEAR_AFTER, _GAP, _BARE_GAP = 15, 10, 40, 15
# Countries do not tell: German sites, too, print "Stand: 11/01/2021, 05:00" on the first of November, as some
# programs do. No program writes "16h33" but by the hand of people who write the day first.
_DAY_FIRST = re.compile(r"(?<!\d)\d{1,2} ?h ?\d\d(?!\d)", re.I)
_LOWER_WORD = re.compile(r" ([^\W\d_A-ZÄÖÜ]{2,})\b")
# Beside small words these may stand behind a date that is a stamp.
_NO_VERBS = frozenset(("von", "by", "durch", "par", "por", "da", "door", "um", "gegen", "in", "and", "und", "et"))
_ZONE_WORD = re.compile(rf"\b(?:{'|'.join(name.upper() for name in ZONES if len(name) > 2)})\b")


@lru_cache(maxsize=256)
def covers(text: str, zone: ZoneInfo, now: datetime) -> Covers | None:
    """What a stamp may mean: a second, a minute, a whole local day, or for relative ones what the words allow.

    Args:
        text: only its first 200 characters count.
        zone: of stamps that name none.
        now: when the page was fetched, aware: relative stamps count from it.
    """
    try:
        if iso := _ISO.fullmatch(text):
            return _told(iso)
        plain = normal(text[:LONGEST])
        torn = len(plain) - _TORN if len(text) > LONGEST else len(plain)
        if EPOCH.match(plain):
            return _epoch(plain, now)
        return _relative(plain, zone, now) if counts_back(plain) else _printed(plain, torn, zone, now)
    except (ValueError, OverflowError):  # a day that never was, or that no calendar of ours reaches
        return None


def _told(iso: re.Match[str]) -> Covers:
    year, month, day, hour, minute, second = map(int, iso.groups()[:6])
    start = datetime(year, month, day, hour, minute, second, tzinfo=_offset(iso[7].lower())).astimezone(UTC)
    return Covers(start, start + _SECOND)


def begins_sentence(text: str, now: datetime) -> bool:
    """Whether a sentence goes on behind the day: "Stand: 1. Januar 2026 lebten 300.000 Menschen in der Stadt"."""
    plain = normal(text[:LONGEST])
    try:
        day = next(iter(days(plain, now.year)), None)
        if day is None:
            return False
        timed = [one.end for one in times(blotted(plain, [day])) if only(CONNECTORS, plain[day.end : one.start])]
    except ValueError:
        return False
    word = _LOWER_WORD.match(plain, max(day.end, *timed, 0))
    return word is not None and word[1] not in CONNECTORS | _NO_VERBS and not is_updated_label(plain[word.start() :])


def is_bare(text: str, now: datetime) -> bool:
    """Whether a text says a day, its time, a label, and nothing else."""
    plain = normal(text[:LONGEST])
    try:
        rest = blotted(plain, dated := days(plain, now.year, day_before_month=_DAY_FIRST.search(plain) is not None))
        rest = blotted(rest, times(rest))
    except ValueError:
        return False
    return bool(dated) and only(CONNECTORS | WEEKDAYS.keys(), LABEL.sub(" ", rest))


def covers_beside(stamp: str, beside: str, zone: ZoneInfo, now: datetime) -> Covers | None:
    """What a time without a day covers beside a stamp that has one: "25.11.2026, 09:00 Uhr" + "aktualisiert 10:05 Uhr".

    None where another day may be meant: it is earlier than the other stamp, or still to come.
    """
    first = covers(beside, zone, now)
    plain, other = normal(stamp[:LONGEST]), normal(beside[:LONGEST])
    try:
        dated = {one.day for one in days(other, now.year, day_before_month=_DAY_FIRST.search(other) is not None)}
        timed = [one for one in times(plain) if not one.bare]
        if first is None or len(dated) != 1 or not timed or not stands_alone(blotted(plain, timed)):
            return None
        found = _agreed(dated.pop(), timed, zone)
    except (ValueError, OverflowError):
        return None
    if found is None or found.start > now + _SOON:
        return None
    return found if found.start >= first.start or first.end - first.start > _HOUR else None


def _epoch(text: str, now: datetime) -> Covers | None:
    start = datetime.fromtimestamp(int(text[:10]), UTC)
    return Covers(start, start + _SECOND) if start < now + _LATEST_EPOCH else None


def _relative(text: str, zone: tzinfo, now: datetime) -> Covers | None:
    """ "vor 2 Stunden" was at least two and less than three hours ago.

    "vor 2 Tagen" may be counted by the clock or by the calendar: it covers both.
    """
    said = ago(text, now)
    if said is None:
        return None
    span, length = said
    start, end = now.astimezone(UTC) - span - length, now.astimezone(UTC) - span
    if length < _DAY:
        return Covers(start, end)
    day = _whole(end.astimezone(zone).date(), zone)
    return Covers(min(start, day.start), max(end, day.end))


@lru_cache(maxsize=256)
def lasting(text: str, zone: ZoneInfo, now: datetime) -> Covers | None:
    """What a stamp means, at this look and at every other: nothing for a time without a day.

    Of relative words it is all that they may mean on a page that came at `now`. Some programs cut ("1 hour ago" for
    1:59), some round (for 0:31), and the page may have been written a while before it came. So the end of the stretch
    always holds: no stamp is later. The stretches of two looks at one stamp overlap, unless a cache held the page for
    longer than we assume.
    """
    found = covers(text, zone, now)
    if found is None or is_time_alone(text):
        return None
    if found.start > now + _SOON and names_a_day(text):  # written before midnight: "today" was another day
        return covers(text, zone, now - _DAY)
    plain = normal(text[:LONGEST])
    said = ago(plain, now) if counts_back(plain) else None
    if said is None:
        return found
    span, length = said
    rounded = now.astimezone(UTC) - max(span - length / 2, timedelta())
    return Covers(found.start - _WRITTEN_BEFORE, max(found.end, rounded) + _MINUTE)


def _printed(text: str, torn: int, zone: tzinfo, now: datetime) -> Covers | None:
    """Day and time as people and machines write them."""
    dated = days(text, now.year, day_before_month=_DAY_FIRST.search(text) is not None)
    rest = blotted(text, dated)
    timed = [one for one in times(rest) if not one.bare or _beside(rest, one, dated)]
    rest = _COUNTED.sub("", blotted(rest, timed))
    parts: list[DayFound | TimeFound] = [*dated, *timed]
    if any(part.end > torn for part in parts):
        return None
    if not dated:
        return _near_now(rest, timed, zone, now)
    if len({one.day for one in dated}) > 1 or NAMED_DAY.search(rest) or _unread(rest, parts):
        return None
    if not timed:
        return _whole(dated[0].day, zone)
    if not all(_joined(rest, one, dated) for one in timed):
        return None
    is_swapped = any(one.order == "time" and one.day > now.date() + _DAY for one in dated)
    if is_swapped or (any(one.order != "said" for one in dated) and any(one.american for one in timed)):
        day_first(dated[0].day.day, dated[0].day.month)
    return _agreed(dated[0].day, timed, zone)


def _beside(text: str, bare: TimeFound, dated: list[DayFound]) -> bool:
    """Two numbers with a dot are a time right beside a day, if no word follows that they count ("2.50 Euro")."""
    near = any(
        0 <= bare.start - day.end <= 6
        or 0 <= day.start - bare.end <= 6
        or (bare.start - day.end <= _BARE_GAP and _says_at(text[day.end : bare.start]))
        for day in dated
    )
    return near and not re.match(r" ?[^\W\d]|[%€$]", text[bare.end : bare.end + 2])


def _says_at(gap: str) -> bool:
    """Only small words stand there, and some do: "3 maggio 2024 alle ore 16.01"."""
    return WORD.search(gap) is not None and only(CONNECTORS, gap)


def _unread(rest: str, parts: list[DayFound | TimeFound]) -> bool:
    """Whether numbers or zones that we cannot place stand near: "10. and 12. January", "EST 4:42"."""
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    near = rest[max(0, first - _NEAR_BEFORE) : last + _NEAR_AFTER]
    zoned = all(isinstance(part, TimeFound) and part.zone for part in parts[-1:])
    return re.search(r"\d", near) is not None or (not zoned and _ZONE_WORD.search(near) is not None)


def _joined(rest: str, timed: TimeFound, dated: list[DayFound]) -> bool:
    """Whether only small words stand between a time and a day: "10.1.2022, on air at 20:15" is no stamp."""
    return any(
        len(gap) <= _GAP and only(CONNECTORS | WEEKDAYS.keys(), gap)
        for day in dated
        for gap in (rest[day.end : timed.start] or rest[timed.end : day.start],)
    )


def _agreed(day: date, timed: list[TimeFound], zone: tzinfo) -> Covers | None:
    """All times of a text must mean the same moment: "0203 GMT (1003 HKT)" do, on the same day."""
    spans = {_span(datetime.combine(day, one.at), _zone_of(one, day, zone), one.length) for one in timed}
    return spans.pop() if len(spans) == 1 else None


def _near_now(rest: str, timed: list[TimeFound], zone: tzinfo, now: datetime) -> Covers | None:
    """ "14:05 Uhr", "gestern, 9:10": nothing else may stand beside, as "23. März 18.37 Uhr" is not 18.37 of today."""
    named = {DAYS_AGO[word.lower()] for word in NAMED_DAY.findall(rest)}
    if len(named) > 1 or not (named or timed) or not stands_alone(NAMED_DAY.sub(" ", rest)):
        return None
    today = now.astimezone(zone).date()
    if not timed:
        return _whole(today - named.pop() * _DAY, zone)
    if named:
        return _agreed(today - named.pop() * _DAY, timed, zone)
    today = now.astimezone(_zone_of(timed[0], today, zone)).date()
    found = _agreed(today, timed, zone)
    return _agreed(today - _DAY, timed, zone) if found is not None and found.start > now + _SOON else found


def _zone_of(timed: TimeFound, day: date, own: tzinfo) -> tzinfo:
    """The zone that is printed with a time, else the page's. An abbreviation means the page's own where it fits."""
    if not timed.zone:
        return own
    local = datetime.combine(day, timed.at, own)
    if (local.tzname() or "").lower() == timed.zone:
        return timezone(local.utcoffset() or timedelta())
    if timed.zone in ZONES:
        return ZONES[timed.zone]
    return _offset(timed.zone)


def _offset(text: str) -> tzinfo:
    """ "z", "+01:00", "-0500", "utc+1"."""
    if text == "z":
        return UTC
    match = re.search(r"([+-]) ?(\d{1,2}?)(?::?(\d\d))?$", text)
    if match is None or int(match[2]) > 14:
        raise ValueError("no offset that can be known")
    span = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-span if match[1] == "-" else span)


def _whole(day: date, zone: tzinfo) -> Covers:
    start, end = (datetime.combine(on, time(), zone).astimezone(UTC) for on in (day, day + _DAY))
    return Covers(start, end)


def _span(wall: datetime, zone: tzinfo, length: timedelta) -> Covers | None:
    """What a wall time covers: nothing in the hour that spring skips, two stretches in the one that autumn doubles."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        return None
    return Covers(first, first + length, second if second != first else None)
