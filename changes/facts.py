"""A sentence comes in, what it states goes out: dates, numbers, names, quotations, and words that bend what is said.

Lists and patterns, no model: what they do not know is not found, and nothing is said about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from changes import vocabulary
from changes.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FactKind = Literal["number", "date", "name", "quotation", "attribution", "negation", "hedge"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a sentence states.

    Attributes:
        value: what is compared: "5" for "fünf".
        words: as it is written there.
        at: where it begins in the plain text, so that neighbours can be told as one.
    """

    kind: FactKind
    value: str
    words: str
    at: int


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBER_WORDS = _any(list(vocabulary.NUMBERS))
_SCALES = _any(list(vocabulary.SCALES))
_MONTH = rf"(?:{_any(vocabulary.MONTHS)}|(?:{_any(vocabulary.MONTHS_SHORT)})\b\.?)"
_CLOCK_WORDS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".replace(" ", "|")
_DATE = re.compile(
    rf"""\b(?:
    (?:\d{{1,2}}(?:\.|st|nd|rd|th)?[ ])?{_MONTH}(?:[ ]\d{{1,2}}(?:st|nd|rd|th)?\b(?![.,:]?\d))?
        (?:,?[ ](?:1[5-9]|20)\d\d\b)?
    |(?:{_any(vocabulary.WEEKDAYS)})(?:s|abend|morgen|mittag|vormittag|nachmittag|nacht)?
    |\d{{1,2}}\.\d{{1,2}}\.(?:(?:19|20)?\d\d\b)?
    |\d{{4}}-\d\d-\d\d
    |\d{{1,2}}/\d{{1,2}}/(?:\d\d)?\d\d
    |(?:\d{{1,2}}(?:[.:]\d\d)?|{_CLOCK_WORDS})[ ]Uhr
    |\d{{1,2}}(?:[.:]\d\d)?[ ]?[ap]\.?m\b\.?
    |\d{{1,2}}:\d\d
    )(?!\w)""",
    re.VERBOSE,
)
_YEAR = re.compile(r"(?:\b(\w+) )?(?<![\w.,])((?:1[5-9]|20)\d\d)(?![\d%€$]|[.,:]\d)(?=(?: (\w))?)")
_NUMBER = re.compile(
    rf"(?<![\w])(?<![^\W\d_]-)\d+(?:[.,]\d+)*(?:[ ](?:{_SCALES})(?!\w))?|(?<!\w)(?:{_NUMBER_WORDS})(?=-|\b)(?!\w)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SPLIT_NUMBER = re.compile(r"([\d.,]*\d)(?: (.+))?")
_QUOTATION = re.compile(
    r"„([^„“”\"]+)[“”\"]|“([^“”]+)”|\"([^\"]+)\"|»([^«»]+)«|«([^«»]+)»|‚([^‚‘’]+)[‘’]|›([^‹›]+)‹"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)|(?<![\w'])'((?=\w)(?:[^']|'(?=\w))+)'(?!\w)"
)
# "3. The court", "(a) the court": the number of a paragraph states nothing.
_ENUMERATOR = re.compile(rf"^\W*(?:\d{{1,3}}[.)](?! (?:{_MONTH}))|\([a-z]{{1,3}}\)|[a-z][.)])(?=\s)")
_QUOTATION_EDGE = " .,;:!?"
_DAY_WORDS = {language: re.compile(rf"\b(?:{_any(words)})\b") for language, words in vocabulary.DAYS.items()}
_NEGATION = {
    "de": re.compile(rf"\b(?:{_any(vocabulary.NEGATIONS['de'])})\b", re.IGNORECASE),
    "en": re.compile(rf"\b(?:{_any(vocabulary.NEGATIONS['en'])}|\w+n't)\b", re.IGNORECASE),
}
_HEDGE = {language: re.compile(rf"\b(?:{words})\b") for language, words in vocabulary.HEDGES.items()}
_ATTRIBUTION = {language: re.compile(rf"\b(?:{words})(?!\w)") for language, words in vocabulary.ATTRIBUTIONS.items()}


def facts(text: str, language: str, names: Callable[[str], Iterator[Fact]]) -> list[Fact]:
    """All that a sentence states. `names` finds the names in a plain text: changes/names.py."""
    style_free = _ENUMERATOR.sub("", plain(text))
    found = list(_quotations(text))
    found += _matching(_ATTRIBUTION, "attribution", style_free, language)
    found += _matching(_HEDGE, "hedge", style_free, language)
    found += _matching(_NEGATION, "negation", style_free, language)
    dates = list(_dates(style_free, language))
    found += dates
    rest = style_free
    for date in dates:
        rest = f"{rest[: date.at]}{' ' * (len(date.words) - 1)},{rest[date.at + len(date.words) :]}"
    found += _numbers(rest)
    return found + list(names(rest))


def number(word: str) -> str:
    """What a word counts, as a key to compare by: "5" for "fünf" and "5"; empty if it is no number."""
    match = _NUMBER.fullmatch(word)
    return _value(word) if match else ""


def _matching(patterns: dict[str, re.Pattern[str]], kind: FactKind, text: str, language: str) -> Iterator[Fact]:
    if language in patterns:
        for match in patterns[language].finditer(text):
            value = match[0].lower()
            yield Fact(kind, "not" if value.endswith("n't") else value, match[0], match.start())


def _quotations(text: str) -> Iterator[Fact]:
    for match in _QUOTATION.finditer(text):
        words = next(filter(None, match.groups())).strip(_QUOTATION_EDGE)
        if words:
            yield Fact("quotation", plain(words).lower(), words, match.start())


def _dates(text: str, language: str) -> Iterator[Fact]:
    taken = []
    for match in _DATE.finditer(text):
        if match[0] != "May" or match.start():  # at the head of a sentence it is as likely a verb
            taken.append(match.span())
            yield Fact("date", match[0].lower().rstrip("."), match[0], match.start())
    if language in _DAY_WORDS:
        for match in _DAY_WORDS[language].finditer(text):
            yield Fact("date", match[0], match[0], match.start())
    for match in _YEAR.finditer(text):
        at = match.start(2)
        if _is_year(match, language) and not any(start <= at < end for start, end in taken):
            yield Fact("date", match[2], match[2], at)


def _is_year(match: re.Match[str], language: str) -> bool:
    """ "seit 1987", "wurde 1987 gebaut"; not "2000 Menschen"."""
    if (match[1] or "").lower() in vocabulary.BEFORE_YEAR:
        return (
            match[3] is None or not match[3].isupper() or (match[1] or "").lower() not in ("um", "von", "vor", "nach")
        )
    return language == "de" and match[3] is not None and match[3].islower()


def _numbers(text: str) -> Iterator[Fact]:
    for match in _NUMBER.finditer(text):
        yield Fact("number", _value(match[0]), match[0], match.start())


def _value(words: str) -> str:
    lower = words.lower()
    digits = _SPLIT_NUMBER.fullmatch(lower)
    if digits is None:
        return vocabulary.NUMBERS[lower]
    figure = digits[1]
    figure = re.sub("[.,]", "", figure) if _THOUSANDS.fullmatch(figure) else figure.replace(",", ".")
    return figure + vocabulary.SCALES.get(digits[2] or "", "")
