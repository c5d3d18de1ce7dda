"""What a printed stamp covers: "Stand: 10.01.2022 22:53 Uhr" → that minute in UTC, or None. Pure.

A stamp is read, never guessed: better no date than a wrong one. Days that never were, hours that spring skips, dates
whose day and month could be swapped, two dates in one text: None. Where autumn doubles an hour, both readings count.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.article import Covers
from scraper.stamp_labels import LABEL, find_published, find_updated, is_updated_label
from scraper.stamp_parts import DayFound, TimeFound, blotted, day_first, days, normal, times
from scraper.stamp_words import CONNECTORS, DAYS_AGO, UNITS, WEEKDAYS, ZONES

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from zoneinfo import ZoneInfo

__all__ = [
    "covers", "covers_beside", "find_published", "find_updated", "is_relative", "is_time_alone", "is_updated_label",
    "lasting", "names_a_day",
]  # fmt: skip

_LONGEST = 200
# The end of a text that was cut may be the half of a stamp.
_TORN = 30
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# A page may have been written that long before it came: what docs/rulings.md grants every cache.
_WRITTEN_BEFORE = timedelta(minutes=15)
# A time without a date that is later than now by more than this was yesterday's.
_SOON = timedelta(minutes=5)
# Ten digits may be a telephone number, too.
_EPOCH = re.compile(r"^[1-9]\d{9}(?:\d{3})?$")
_LATEST_EPOCH = timedelta(days=366)
_AGO = re.compile(
    r"(?<!\w)(?:(?:vor|hace|il y ?a) (?P<many>\d{1,3}|(?:ein(?:e[rmn])?|une?|una)(?= )) ?(?P<what>[^\W\d]+)"
    r"|(?P<number>\d{1,3}|(?:an?|one|een|un[oa]?)(?= )|un') ?(?P<unit>[^\W\d]+) (?:ago|fa|geleden))(?!\w)",
    re.I,
)
_UNIT = "|".join(UNITS)
# "vor 1 Stunde 5 Minuten", "about 2 hours ago", "half an hour ago", "2.5 hours ago", "2-3 hours ago".
_ROUGH = re.compile(
    r"(?:\d ?[a-z]+(?:,| and| und| e| en)? ?|\d ?(?:[.,/–—-]|or|to|bis|o|of) ?|½ ?|~ ?"
    r"|\b(?:about|almost|nearly|over|under|around|roughly|than|half|of|circa|ca\.?|quasi|oltre|di|ongeveer|bijna|ruim"
    r"|dan|zo'n) ?)$",
    re.I,
)
_AND_MORE = re.compile(
    rf"^\.?(?:,| and| und| y| et| e| en)? ?\d{{1,3}} (?:{_UNIT})\b(?!\.? (?:de |di )?(?:read|lese|lees|lect|lett))",
    re.I,
)
_NAMED_DAY = re.compile(rf"(?<!\w)(?:{'|'.join(DAYS_AGO)})(?!['\w])", re.I)
_WORD = re.compile(r"\w+")
# Numbers that stand beside stamps and are no part of them.
_COUNTED = re.compile(
    r"\d[\d.,:]*\+? ?(?:min|mins|minut\w*|kommentare?n?|comments?|comentarios?|commentaires?|reaktionen|bilder|"
    r"fotos?|photos?|views|shares|likes|wörter|words)\b|(?<!\w)(?:seite|page|teil|part) \d+",
    re.I,
)
_NEAR_BEFORE, _NEAR_AFTER, _GAP, _BARE_GAP = 15, 10, 40, 15
# "yesterday +1h" is a sum.
_SIGNED = re.compile(r"[+−-]\0")
# Countries do not tell: German sites, too, print "Stand: 11/01/2021, 05:00" on the first of November, as some
# programs do. No program writes "16h33" but by the hand of people who write the day first.
_DAY_FIRST = re.compile(r"(?<!\d)\d{1,2} ?h ?\d\d(?!\d)", re.I)
_ZONE_WORD = re.compile(rf"\b(?:{'|'.join(name.upper() for name in ZONES if len(name) > 2)})\b")


@lru_cache(maxsize=256)
def covers(text: str, zone: ZoneInfo, now: datetime) -> Covers | None:
    """What a stamp may mean: a second, a minute, a whole local day, or for relative ones what the words allow.

    Args:
        text: only its first 200 characters count.
        zone: of stamps that name none.
        now: when the page was fetched, aware: relative stamps count from it.
    """
    plain = normal(text[:_LONGEST])
    torn = len(plain) - _TORN if len(text) > _LONGEST else len(plain)
    try:
        if _EPOCH.match(plain):
            return _epoch(plain, now)
        return _relative(plain, zone, now) if _AGO.search(plain) else _printed(plain, torn, zone, now)
    except (ValueError, OverflowError):  # a day that never was, or that no calendar of ours reaches
        return None


def covers_beside(stamp: str, beside: str, zone: ZoneInfo, now: datetime) -> Covers | None:
    """What a time without a day covers beside a stamp that has one: "25.11.2026, 09:00 Uhr" + "aktualisiert 10:05 Uhr".

    None where another day may be meant: it is earlier than the other stamp, or still to come.
    """
    first = covers(beside, zone, now)
    plain, other = normal(stamp[:_LONGEST]), normal(beside[:_LONGEST])
    try:
        dated = {one.day for one in days(other, now.year, day_before_month=_DAY_FIRST.search(other) is not None)}
        timed = [one for one in times(plain) if not one.bare]
        if first is None or len(dated) != 1 or not timed or not _is_time_alone(blotted(plain, timed)):
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
    said = _ago(text, now)
    if said is None:
        return None
    ago, length = said
    start, end = now.astimezone(UTC) - ago - length, now.astimezone(UTC) - ago
    if length < _DAY:
        return Covers(start, end)
    day = _whole(end.astimezone(zone).date(), zone)
    return Covers(min(start, day.start), max(end, day.end))


def _ago(text: str, now: datetime) -> tuple[timedelta, timedelta] | None:
    """How long ago the words say, and how long their unit is; None where other times or rough words stand beside."""
    found = list(_AGO.finditer(text))
    before, after = text[: found[0].start()], text[found[0].end() :]
    if len(found) > 1 or _ROUGH.search(before) or _AND_MORE.search(after) or _named(before + after, now.year):
        return None
    number, unit = found[0]["many"] or found[0]["number"], (found[0]["what"] or found[0]["unit"]).lower()
    if unit not in UNITS:
        return None
    length = timedelta(seconds=UNITS[unit])
    return (int(number) if number.isdecimal() else 1) * length, length


def is_relative(text: str) -> bool:
    """Whether it counts from the moment at which the page was written: "2 hours ago"."""
    return _AGO.search(normal(text[:_LONGEST])) is not None


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
    plain = normal(text[:_LONGEST])
    said = _ago(plain, now) if _AGO.search(plain) else None
    if said is None:
        return found
    ago, length = said
    rounded = now.astimezone(UTC) - ago + length / 2
    return Covers(found.start - _WRITTEN_BEFORE, max(found.end, rounded) + _MINUTE)


def is_time_alone(text: str) -> bool:
    """Whether it says a time of day and no day at all: "Stand: 14:05 Uhr"."""
    plain = normal(text[:_LONGEST])
    if _EPOCH.match(plain) or _AGO.search(plain) or _NAMED_DAY.search(plain):
        return False
    try:
        return bool(times(plain)) and not days(plain, MAXYEAR - 1)
    except ValueError:
        return False


def names_a_day(text: str) -> bool:
    """Whether it says "today", "yesterday" or the like."""
    return _NAMED_DAY.search(normal(text)) is not None


def _named(text: str, year: int) -> bool:
    """Whether a text names a day or a time of its own."""
    return bool(days(text, year) or times(text) or _NAMED_DAY.search(text))


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
    if len({one.day for one in dated}) > 1 or _NAMED_DAY.search(rest) or _unread(rest, parts):
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
    return _WORD.search(gap) is not None and _only(CONNECTORS, gap)


def _unread(rest: str, parts: list[DayFound | TimeFound]) -> bool:
    """Whether numbers or zones that we cannot place stand near: "10. and 12. January", "EST 4:42"."""
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    near = rest[max(0, first - _NEAR_BEFORE) : last + _NEAR_AFTER]
    zoned = all(isinstance(part, TimeFound) and part.zone for part in parts[-1:])
    return re.search(r"\d", near) is not None or (not zoned and _ZONE_WORD.search(near) is not None)


def _joined(rest: str, timed: TimeFound, dated: list[DayFound]) -> bool:
    """Whether only small words stand between a time and a day: "10.1.2022, on air at 20:15" is no stamp."""
    return any(
        len(gap) <= _GAP and _only(CONNECTORS | WEEKDAYS.keys(), gap)
        for day in dated
        for gap in (rest[day.end : timed.start] or rest[timed.end : day.start],)
    )


def _only(words: AbstractSet[str], text: str) -> bool:
    return all(word.lower() in words for word in _WORD.findall(text))


def _agreed(day: date, timed: list[TimeFound], zone: tzinfo) -> Covers | None:
    """All times of a text must mean the same moment: "0203 GMT (1003 HKT)" do, on the same day."""
    spans = {_span(datetime.combine(day, one.at), _zone_of(one, day, zone), one.length) for one in timed}
    return spans.pop() if len(spans) == 1 else None


def _near_now(rest: str, timed: list[TimeFound], zone: tzinfo, now: datetime) -> Covers | None:
    """ "14:05 Uhr", "gestern, 9:10": nothing else may stand beside, as "23. März 18.37 Uhr" is not 18.37 of today."""
    named = {DAYS_AGO[word.lower()] for word in _NAMED_DAY.findall(rest)}
    if len(named) > 1 or not (named or timed) or not _is_time_alone(_NAMED_DAY.sub(" ", rest)):
        return None
    today = now.astimezone(zone).date()
    if not timed:
        return _whole(today - named.pop() * _DAY, zone)
    if named:
        return _agreed(today - named.pop() * _DAY, timed, zone)
    today = now.astimezone(_zone_of(timed[0], today, zone)).date()
    found = _agreed(today, timed, zone)
    return _agreed(today - _DAY, timed, zone) if found is not None and found.start > now + _SOON else found


def _is_time_alone(rest: str) -> bool:
    """Whether nothing but labels and small words stands beside times that are blotted out."""
    return _SIGNED.search(rest) is None and _only(CONNECTORS, LABEL.sub(" ", rest))


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
