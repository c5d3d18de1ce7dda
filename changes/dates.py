"""The dates and times of day of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes import vocabulary
from changes.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = vocabulary.any_of([*vocabulary.MONTHS, *map(str.upper, vocabulary.MONTHS)])
MONTH = rf"(?:{_MONTHS}|(?:{vocabulary.any_of(vocabulary.MONTHS_SHORT)})\b\.?)"
# "24., 25. und" and "2 to" before the last day of a month.
_DAYS_BEFORE = r"(?:\d{1,2}\.?(?:,[ ]|[ ]?[-/][ ]?|[ ](?:und|bis|and|to)[ ]))*"
_CLOCK_WORDS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".replace(" ", "|")
_DATE = re.compile(
    rf"""\b(?:
    (?:{_DAYS_BEFORE}\d{{1,2}}(?:\.|st|nd|rd|th)?[ ])?{MONTH}(?:[ ]\d{{1,2}}(?:st|nd|rd|th)?\b(?![.,:]?\d))?
        (?:,?[ ](?:1[5-9]|20)\d\d\b)?
    |(?:{vocabulary.any_of(vocabulary.WEEKDAYS)})(?:s|abend|morgen|mittag|vormittag|nachmittag|nacht)?
    |\d{{1,2}}\.\d{{1,2}}\.(?:(?:19|20)?\d\d\b)?
    |\d{{4}}-\d\d-\d\d
    |\d{{1,2}}/\d{{1,2}}/(?:\d\d)?\d\d
    |(?:\d{{1,2}}(?:[.:]\d\d)?|{_CLOCK_WORDS})[ ]Uhr
    |\d{{1,2}}(?:[.:]\d\d)?[ ]?(?:[ap]m\b|[ap]\.m\.?)
    |\d{{1,2}}:\d\d
    )(?!\w)""",
    re.VERBOSE,
)
_YEAR = re.compile(r"(?<![\w.,])(?:1[5-9]|20)\d\d(?![\d%€$]|[.,:]\d)")
_LAST_WORD = re.compile(r"(\w+) $")
_BEFORE_COUNT = frozenset(["um", "von", "vor", "nach"])
_SIGHT = 12  # characters: no word that stands before a year is longer
_DAY_WORDS = {
    language: re.compile(rf"\b(?:{vocabulary.any_of(words)})\b") for language, words in vocabulary.DAYS.items()
}


def dates(text: str, language: str) -> Iterator[Fact]:
    """Days, months, years that are told as such, times of day, and words like "yesterday"."""
    taken = []
    for match in _DATE.finditer(text):
        if match[0] != "May" or match.start():  # at the head of a sentence it is as likely a verb
            taken.append(match.span())
            yield Fact("date", match[0].lower().rstrip("."), match[0], match.start())
    if language in _DAY_WORDS:
        for match in _DAY_WORDS[language].finditer(text):
            yield Fact("date", match[0], match[0], match.start())
    for match in _YEAR.finditer(text):
        if _is_year(text, match, language) and not any(start <= match.start() < end for start, end in taken):
            yield Fact("date", match[0], match[0], match.start())


def _is_year(text: str, match: re.Match[str], language: str) -> bool:
    """ "seit 1987", "wurde 1987 gebaut"; not "2000 Menschen", nor "vor 2000 Menschen"."""
    last = _LAST_WORD.search(text, max(match.start() - _SIGHT, 0), match.start())
    before, following = last[1].lower() if last else "", text[match.end() + 1 : match.end() + 2]
    if before in vocabulary.BEFORE_YEAR:
        return not (following.isupper() and before in _BEFORE_COUNT)
    return language == "de" and following.islower()
