"""Finds days and times of day in the text of a stamp: normalised text in, `DayFound` and `TimeFound` out. Pure.

What looks like a day or a time but names none (31.02., 24:61, a day and month that could be swapped, a weekday that
the date contradicts) raises ValueError: the whole stamp is then unreadable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from scraper.stamp_words import AMBIGUOUS_ZONES, AMERICAN, MONTHS, WEEKDAYS, ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WHITE = re.compile(r"\s+")
_APOSTROPHES = re.compile("[\u2019\u02bc\u02bb\u055a\ua78c\uff07\u2032\u2035\u02b9`´]")
MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
WEEKDAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
_ZONE_NAMES = "|".join(sorted([*ZONES, *AMBIGUOUS_ZONES], key=len, reverse=True))

# "20220110T225300Z" and "Mon Jan 10 22:53:14 +0100 2022" → forms that the patterns below read.
_BASIC = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d)(?:[.,]\d+)?)?(?=Z|[+-]|$)", re.I)
_ASCTIME = re.compile(r"\b([a-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d)((?: [+-]\d{4}| [a-z]{3,4})?) (\d{4})$", re.I)

_YEAR_FIRST = r"(?<![\w./-])(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d|[-/.]\d)"
_DOTTED = (
    r"(?<![\d.,])(?<!\bv)(?P<d>\d{1,2})(?P<dot> ?\.) ?(?P<m>\d{1,2}) ?\.(?: ?(?P<y>\d{4})|(?P<yy>\d\d))"
    r"(?!\d|[.:,]\d| ?uhr)"
)
_DAY_FIRST = (
    rf"(?<![\d.,])(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th|er|[º°])?[ -]?(?:de |of )?(?P<m>{MONTH})\.?,?[ -](?:del? )?"
    r"(?:(?P<y>\d{4})|(?P<yy>(?<=-)\d\d|\d\d(?= \d{1,2}:\d\d)))(?!\d|\.\d)"
)
_MONTH_FIRST = rf"(?<!\w)(?P<m>{MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})(?!\d|[.:]\d)"
_EITHER = (
    r"(?<![\w/-])(?P<d>\d{1,2})(?:(?P<sep>[/-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})"
    r"|(?P<slash>/)(?P<mm>\d{1,2})/(?P<yy>\d\d))(?![\d/]|-\d)"
)
_DAYS = tuple(re.compile(pattern, re.I) for pattern in (_YEAR_FIRST, _DOTTED, _DAY_FIRST, _MONTH_FIRST, _EITHER))
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w)({WEEKDAY})\.?,? (?:den |the |le |el )?$", re.I)
# "10.–12. Januar", "bis 31.12.", "before 10 May": not the moment that a stamp means.
_RANGE_BEFORE = re.compile(
    r"(?:\d\. ?(?:-|–|—|/|bis|und)(?: zum)? ?"
    r"|(?<![\d:.h])\d{1,2} ?(?:-|–|—|/|&|bis|to|und|and|y|et|e) ?"
    rf"|(?<!\w)(?:bis|ab|seit|vor|nach|until|till|since|before|after|by)(?: (?:zum|dem|{WEEKDAY})[.,]?)* )$",
    re.I,
)

_TIME = re.compile(
    r"(?<![\d.:])(?P<h>\d{1,2}?)"
    r"(?:(?P<sep>[:.]| ?[hu] ?| ?u[hu]r (?=\d\d(?! ?[\w.]))|)(?P<min>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\b\.?)?(?P<mark> ?(?:uhr|uur|hrs)\b| ?h\b)?"
    rf"(?: ?\(?(?P<zone>(?:gmt|utc) ?[+-] ?\d{{1,2}}(?::?\d\d)?(?!\d)|(?:{_ZONE_NAMES})(?!\w|[+-]\d)|(?<=\d)z(?!\w)"
    r"|[+-]\d\d:?\d\d(?!\d)|(?<=\d)[+-]\d\d(?![\d:]))\)?)?"
    r"(?!\d|[:.]\d)",
    re.I,
)
_DURATION = re.compile(r" ?(?:min|std|stunden?|sek|sec|hours?|hrs?|stdn?)\w*(?!\w)", re.I)
# "20:05 Uhr Ortszeit", "4 p.m. Moscow time": the zone is not the page's own.
_ELSEWHERE = re.compile(
    r"\W{0,3}(?:ortszeit|lokalzeit|(?!deutsch|mitteleurop)\w+er zeit|(?!read)[a-z]+ time|heure de|hora (?:local|de))\b",
    re.I,
)
# In lower case these are words.
_WORDS = frozenset({"est", "et", "ct", "pt", *AMBIGUOUS_ZONES})
# A range of times ("10:00-11:00") is no offset: that has seconds, or the T of ISO 8601 before it, or no colon.
_OFFSET = re.compile(r"[+]|-\d{4}$")


Order: TypeAlias = Literal["said", "dots", "time"]


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day that stands at [start, end) of the text.

    Attributes:
        order: what tells the day from the month: the stamp itself, dots (the German way), or the way that the
            time beside it is written.
    """

    start: int
    end: int
    day: date
    order: Order


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time of day at [start, end) of the text.

    Attributes:
        length: a second where seconds are printed, else a minute.
        zone: as printed, in lower case, empty if none.
        bare: only a dot between two numbers makes it a time, so it counts only right beside a day.
        american: a half day or an American zone stands with it.
    """

    start: int
    end: int
    at: time
    length: timedelta
    zone: str
    bare: bool
    american: bool


@lru_cache(maxsize=256)  # each question about a stamp begins here
def normal(text: str) -> str:
    """One kind of white space and of apostrophes, nothing invisible, composed letters."""
    text = _WHITE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
    text = _APOSTROPHES.sub("'", text)
    text = _BASIC.sub(lambda m: f"{m[1]}-{m[2]}-{m[3]}T{m[4]}:{m[5]}" + (f":{m[6]}" if m[6] else ""), text)
    return _ASCTIME.sub(r"\2 \1 \5 \3\4", text)


def blotted(text: str, parts: Iterable[DayFound | TimeFound]) -> str:
    """The text with these parts blotted out, as long as before."""
    for part in parts:
        text = text[: part.start] + "\0" * (part.end - part.start) + text[part.end :]
    return text


def days(text: str, this_year: int, *, day_before_month: bool = False) -> list[DayFound]:
    """All days that a text names in full. `day_before_month`: in slashes, too."""
    found: list[DayFound] = []
    for pattern in _DAYS:
        alike = []
        for match in pattern.finditer(text):
            if _RANGE_BEFORE.search(text[: match.start()]):
                raise ValueError("a stretch of days")
            day, order = _day(match, this_year, day_before_month)
            _check_weekday(text[: match.start()], day)
            alike.append(DayFound(match.start(), match.end(), day, order))
        text = blotted(text, alike)
        found += alike
    return sorted(found, key=lambda one: one.start)


def _day(match: re.Match[str], this_year: int, day_before_month: bool) -> tuple[date, Order]:
    parts = match.groupdict()
    day, year = int(parts["d"]), int(parts["y"] or 0)
    named = parts["m"] or parts["mm"]
    month = MONTHS.get(named.lower()) or int(named)
    order: Order = "dots" if "dot" in parts else "said"
    if "mm" in parts:
        day, month, order = _ordered(parts, day, month, day_before_month)
    if parts.get("yy") and not parts["y"]:
        year = 2000 + int(parts["yy"])
        if year > this_year + 1:
            raise ValueError("which century?")
    return date(year, month, day), order


def _ordered(parts: dict[str, str], first: int, second: int, day_before_month: bool) -> tuple[int, int, Order]:
    """Day and month of "03/04/2022" or "03/04/22"."""
    if day_before_month and second <= 12:
        return first, second, "time"
    if parts["yy"] and len(parts["d"]) == 2 and second <= 12 and int(parts["yy"]) <= 31:
        raise ValueError("the year could be the first number")
    return *day_first(first, second), "said"


def day_first(first: int, second: int) -> tuple[int, int]:
    """Day and month of "03/04/2022", as far as only one order makes sense."""
    if first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    raise ValueError("day and month could be swapped")


def _check_weekday(before: str, day: date) -> None:
    said = _WEEKDAY_BEFORE.search(before[-20:])
    if said and WEEKDAYS[said[1].lower()] != day.weekday():
        raise ValueError("not that day of the week")


def times(text: str) -> list[TimeFound]:
    """All times of day in a text whose days are blotted out."""
    return [found for match in _TIME.finditer(text) if (found := _time(text, match)) is not None]


def _time(text: str, match: re.Match[str]) -> TimeFound | None:
    half, zone = (match["half"] or "").lower(), _zone_name(match)
    if not _is_time(match, half, zone) or _DURATION.match(text, match.end()):
        return None
    if _ELSEWHERE.match(text, match.end()):
        raise ValueError("a time of another place")
    return TimeFound(
        match.start(),
        match.end(),
        time(_hour(int(match["h"]), half), int(match["min"] or 0), int(match["s"] or 0)),
        SECOND if match["s"] else MINUTE,
        zone,
        bare=match["sep"] == "." and not (half or zone or match["mark"]),
        american=bool(half) or zone in AMERICAN,
    )


def _hour(hour: int, half: str) -> int:
    """Of the day. Some print "15:24 pm": the afternoon said twice."""
    if half == "p" and 13 <= hour <= 23:
        return hour
    if half and not 1 <= hour <= 12:
        raise ValueError("no hour of half a day")
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _is_time(match: re.Match[str], half: str, zone: str) -> bool:
    """Whether a number is a time: "22:53", "22.53", "22 Uhr", "20h05", "8 pm", "0203 GMT"."""
    mark, sep, minute = (match["mark"] or "").lower(), (match["sep"] or "").lower(), match["min"]
    if minute is None:
        return bool(half) or mark.strip() in ("uhr", "uur") or mark == "h"
    if sep == "":
        return len(match["h"]) == 2 and bool(half or zone or mark)
    return True


def _zone_name(match: re.Match[str]) -> str:
    said = match["zone"] or ""
    if said.lower() in _WORDS and said.islower() and not match["half"]:
        return ""
    if said[:1] == "-" and not (
        match["s"] or _OFFSET.match(said) or match.string[: match.start()].endswith(("T", "t"))
    ):
        raise ValueError("a stretch of times")
    return said.lower()
