"""Stamps that name no day of their own: relative words, "yesterday", a time alone. Text in, what it says out. Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from scraper.stamp_labels import LABEL
from scraper.stamp_parts import blotted, days, normal, times
from scraper.stamp_words import CONNECTORS, DAYS_AGO, JUST, UNITS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

LONGEST = 200
# Ten digits may be a telephone number, too.
EPOCH = re.compile(r"^[1-9]\d{9}(?:\d{3})?$")
AGO = re.compile(
    r"(?<!\w)(?:(?:vor|hace|il y ?a) (?P<many>\d{1,3}|(?:ein(?:e[rmn])?|une?|una)(?= )) ?(?P<what>[^\W\d]+)"
    r"|(?P<number>\d{1,3}|(?:an?|one|een|un[oa]?)(?= )|un') ?(?P<unit>[^\W\d]+) (?:ago|fa|geleden))(?!\w)",
    re.I,
)
# Less than a minute ago. "Stand jetzt" begins many a sentence.
JUST_NOW = re.compile(rf"(?<!\w)(?<!stand )(?:{JUST})(?!['\w])", re.I)
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
WORD = re.compile(r"\w+")
# "yesterday +1h" is a sum.
_SIGNED = re.compile(r"[+−-]\0")
NAMED_DAY = re.compile(rf"(?<!\w)(?:{'|'.join(DAYS_AGO)})(?!['\w])", re.I)


def ago(text: str, now: datetime) -> tuple[timedelta, timedelta] | None:
    """How long ago normalised words say, and how long their unit is; None where other times or rough words are, too."""
    if is_just_now(text):
        return timedelta(), timedelta(minutes=1)
    found = list(AGO.finditer(text))
    before, after = text[: found[0].start()], text[found[0].end() :]
    if len(found) > 1 or _ROUGH.search(before) or _AND_MORE.search(after) or names_any(before + after, now.year):
        return None
    number, unit = found[0]["many"] or found[0]["number"], (found[0]["what"] or found[0]["unit"]).lower()
    if unit not in UNITS:
        return None
    length = timedelta(seconds=UNITS[unit])
    return (int(number) if number.isdecimal() else 1) * length, length


def is_relative(text: str) -> bool:
    """Whether it counts from the moment at which the page was written: "2 hours ago", "just now"."""
    return counts_back(normal(text[:LONGEST]))


def counts_back(text: str) -> bool:
    """The same of a normalised text."""
    return is_just_now(text) or AGO.search(text) is not None


def is_just_now(text: str) -> bool:
    """Whether a normalised text says "updated just now" and nothing else: "now" is a word of many a sentence."""
    just = JUST_NOW.search(text)
    return (
        just is not None
        and LABEL.search(text) is not None
        and stands_alone(f"{text[: just.start()]} {text[just.end() :]}")
    )


def is_time_alone(text: str) -> bool:
    """Whether it says a time of day and nothing of the day: "Stand: 14:05 Uhr"."""
    plain = normal(text[:LONGEST])
    try:
        timed = [one for one in times(plain) if not one.bare]
        return bool(timed) and NAMED_DAY.search(plain) is None and stands_alone(blotted(plain, timed))
    except ValueError:
        return False


def says_no_day(text: str) -> bool:
    """Whether it is another moment, or none, at every look: a time alone, or "12.30 Uhr vor 12 Minuten"."""
    return is_time_alone(text) or is_relative(text)


def stands_alone(rest: str) -> bool:
    """Whether nothing but labels and small words stands beside times that are blotted out."""
    return _SIGNED.search(rest) is None and only(CONNECTORS, LABEL.sub(" ", rest))


def only(words: AbstractSet[str], text: str) -> bool:
    return all(word.lower() in words for word in WORD.findall(text))


def names_a_day(text: str) -> bool:
    """Whether it says "today", "yesterday" or the like."""
    return NAMED_DAY.search(normal(text)) is not None


def names_any(text: str, year: int) -> bool:
    """Whether a text names a day or a time of its own."""
    return bool(days(text, year) or times(text) or NAMED_DAY.search(text))
