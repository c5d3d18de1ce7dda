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
    from collections.abc import Callable, Iterable, Iterator

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
_YEAR = re.compile(r"(?<![\w.,])(?:1[5-9]|20)\d\d(?![\d%€$]|[.,:]\d)")
_LAST_WORD = re.compile(r"(\w+) $")
_BEFORE_COUNT = frozenset(["um", "von", "vor", "nach"])
_SIGHT = 12  # characters: no word that stands before a year is longer
_FIGURE = re.compile(rf"(?<!\w)(?<![^\W\d_]-)\d+(?:[.,]\d+)*(?: (?:{_SCALES})(?!\w))?", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_QUOTATION = re.compile(
    r"„([^„“”\"]+)[“”\"]|“([^“”]+)”|\"([^\"]+)\"|»([^«»]+)«|«([^«»]+)»|‚([^‚‘’]+)[‘’]|›([^‹›]+)‹"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)|(?<![\w'])'((?=\w)(?:[^']|'(?=\w))+)'(?!\w)"
)
# "3. The court", "(a) the court": the number of a paragraph states nothing.
_ENUMERATOR = re.compile(rf"^\W*(?:\d{{1,3}}[.)](?! (?:{_MONTH}))|\([a-z]{{1,3}}\)|[a-z][.)])(?=\s)")
_QUOTATION_EDGE = " .,;:!?"
_DAY_WORDS = {language: re.compile(rf"\b(?:{_any(words)})\b") for language, words in vocabulary.DAYS.items()}
_TIMES_AND_NUMBERS = vocabulary.NUMBERS.keys() | {word for words in vocabulary.DAYS.values() for word in words}
_NEGATION = {
    "de": re.compile(rf"\b(?:{_any(vocabulary.NEGATIONS['de'])})\b", re.IGNORECASE),
    "en": re.compile(rf"\b(?:{_any(vocabulary.NEGATIONS['en'])}|\w+n't)\b", re.IGNORECASE),
}
_HEDGE = {language: re.compile(rf"\b(?:{words})\b") for language, words in vocabulary.HEDGES.items()}
_ATTRIBUTION = {language: re.compile(rf"\b(?:{words})(?!\w)") for language, words in vocabulary.ATTRIBUTIONS.items()}


def facts(text: str, language: str, names: Callable[[str], Iterator[Fact]]) -> list[Fact]:
    """What a sentence states of the world. `names` finds the names in a plain text: changes/names.py."""
    rest = _ENUMERATOR.sub("", plain(text))
    dates = list(_dates(rest, language))
    for date in dates:
        rest = f"{rest[: date.at]}{' ' * (len(date.words) - 1)},{rest[date.at + len(date.words) :]}"
    return [*dates, *_numbers(rest), *names(rest)]


def may_state(words: Iterable[str]) -> bool:
    """Whether any of these words can be part of a date, a number or a name; no proof that one is."""
    return any(word != word.lower() or not word.isalpha() or word in _TIMES_AND_NUMBERS for word in words)


def manner(text: str, language: str) -> list[Fact]:
    """How a sentence says it: negated, hedged, attributed to somebody."""
    style_free = plain(text)
    return [
        *_matching(_ATTRIBUTION, "attribution", style_free, language),
        *_matching(_HEDGE, "hedge", style_free, language),
        *_matching(_NEGATION, "negation", style_free, language),
    ]


def quotations(text: str) -> Iterator[Fact]:
    """What stands in quotation marks, the single ones of headlines included."""
    for match in _QUOTATION.finditer(text):
        words = next(filter(None, match.groups())).strip(_QUOTATION_EDGE)
        if words:
            yield Fact("quotation", plain(words).lower(), words, match.start())


def number(word: str) -> str:
    """What a word counts, as a key to compare by: "5" for "fünf" and "5"; empty if it is no number."""
    return next((fact.value for fact in _numbers(word) if fact.words == word), "")


def _matching(patterns: dict[str, re.Pattern[str]], kind: FactKind, text: str, language: str) -> Iterator[Fact]:
    if language in patterns:
        for match in patterns[language].finditer(text):
            value = match[0].lower()
            yield Fact(kind, "not" if value.endswith("n't") else value, match[0], match.start())


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
        if _is_year(text, match, language) and not any(start <= match.start() < end for start, end in taken):
            yield Fact("date", match[0], match[0], match.start())


def _is_year(text: str, match: re.Match[str], language: str) -> bool:
    """ "seit 1987", "wurde 1987 gebaut"; not "2000 Menschen", nor "vor 2000 Menschen"."""
    last = _LAST_WORD.search(text, max(match.start() - _SIGHT, 0), match.start())
    before, following = last[1].lower() if last else "", text[match.end() + 1 : match.end() + 2]
    if before in vocabulary.BEFORE_YEAR:
        return not (following.isupper() and before in _BEFORE_COUNT)
    return language == "de" and following.islower()


def _numbers(text: str) -> Iterator[Fact]:
    end = 0
    for match in _FIGURE.finditer(text):
        yield from _number_words(text, end, match.start())
        end = match.end()
        yield Fact("number", _value(match[0].lower()), match[0], match.start())
    yield from _number_words(text, end, len(text))


def _number_words(text: str, start: int, end: int) -> Iterator[Fact]:
    if vocabulary.NUMBERS.keys().isdisjoint(_LETTERS.findall(text[start:end].lower())):
        return
    for match in _HYPHENED.finditer(text, start, end):
        word = match[0] if match[0].lower() in vocabulary.NUMBERS else match[0].partition("-")[0]
        value = vocabulary.NUMBERS.get(word.lower())
        if value:
            yield Fact("number", value, word, match.start())


def _value(figure: str) -> str:
    figure, _, scale = figure.partition(" ")
    figure = re.sub("[.,]", "", figure) if _THOUSANDS.fullmatch(figure) else figure.replace(",", ".")
    return figure + vocabulary.SCALES.get(scale, "")
