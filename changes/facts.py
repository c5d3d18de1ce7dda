"""A sentence comes in, what it states goes out: dates, numbers, names, quotations, and words that bend what is said.

Lists and patterns, no model: what they do not know is not found, and nothing is said about it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes import vocabulary
from changes.dates import MONTH, dates
from changes.fact import Fact
from changes.numbers import NUMBERS, numbers
from changes.plain import plain
from changes.struck import unstruck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from changes.fact import FactKind

_QUOTATION = re.compile(
    r"„([^„“”\"]+)[“”\"]|“([^“”]+)”|\"([^\"]+)\"|»([^«»]+)«|«([^«»]+)»|‚([^‚‘’]+)[‘’]|›([^‹›]+)‹"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w)){1,300})’(?!\w)|(?<![\w'])'((?=\w)(?:[^']|'(?=\w)){1,300})'(?!\w)"
)
# "3. The court", "(a) the court": the number of a paragraph states nothing.
_ENUMERATOR = re.compile(rf"^\W*(?:\d{{1,3}}[.)](?! (?:{MONTH}))|\([a-z]{{1,3}}\)|[a-z][.)])(?=\s|[A-ZÄÖÜ])")
# Addresses on the web and of mail: their numbers and large letters state nothing.
_ADDRESS = re.compile(r"\bhttps?://[^\s)]+|\bwww\.[^\s)]+|\b[\w.+-]+@[\w-]+\.[\w.-]+")
_QUOTATION_EDGE = " .,;:!?"
_TIMES_AND_NUMBERS = NUMBERS.keys() | {word for words in vocabulary.DAYS.values() for word in words}
_NEGATION = {
    "de": re.compile(rf"\b(?:{vocabulary.any_of(vocabulary.NEGATIONS['de'])})\b", re.IGNORECASE),
    "en": re.compile(rf"\b(?:{vocabulary.any_of(vocabulary.NEGATIONS['en'])}|\w+n't)\b", re.IGNORECASE),
}
_DENIALS = frozenset(["no", "cannot", "not", "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines"])
_HEDGE = {language: re.compile(rf"\b(?:{words})\b") for language, words in vocabulary.HEDGES.items()}
_ATTRIBUTION = {language: re.compile(rf"\b(?:{words})(?!\w)") for language, words in vocabulary.ATTRIBUTIONS.items()}


def facts(text: str, language: str, names: Callable[[str], Iterable[Fact]]) -> list[Fact]:
    """What a sentence states of the world. `names` finds the names in a plain text: changes/names.py."""
    rest = _ENUMERATOR.sub("", unstruck(plain(text))).lstrip()
    if "@" in rest or "://" in rest or "www." in rest:
        rest = _ADDRESS.sub("", rest)
    found = list(dates(rest, language))
    for date in found:
        rest = f"{rest[: date.at]}{' ' * (len(date.words) - 1)},{rest[date.at + len(date.words) :]}"
    return [*found, *numbers(rest), *names(rest)]


def may_state(words: Iterable[str]) -> bool:
    """Whether any of these words can be part of a date, a number or a name; no proof that one is."""
    return any(word != word.lower() or not word.isalpha() or word in _TIMES_AND_NUMBERS for word in words)


def manner(text: str, language: str) -> list[Fact]:
    """How a sentence says it: negated, hedged, attributed to somebody."""
    style_free = unstruck(plain(text))
    return [
        *_matching(_ATTRIBUTION, "attribution", style_free, language),
        *_matching(_HEDGE, "hedge", style_free, language),
        *_matching(_NEGATION, "negation", style_free, language),
    ]


def quotations(text: str) -> Iterator[Fact]:
    """What stands in quotation marks, the single ones of headlines included."""
    for match in _QUOTATION.finditer(unstruck(text)):
        words = next(filter(None, match.groups())).strip(_QUOTATION_EDGE)
        if words:
            yield Fact("quotation", plain(words).lower(), words, match.start())


def _matching(patterns: dict[str, re.Pattern[str]], kind: FactKind, text: str, language: str) -> Iterator[Fact]:
    if language in patterns:
        for match in patterns[language].finditer(text):
            yield Fact(kind, _same_as(match[0].lower()), match[0], match.start())


def _same_as(word: str) -> str:
    """What a word is compared as: "don't have any" and "have no" deny the same, "nicht einen" and "keinen", too."""
    if word in _DENIALS or word.endswith("n't"):
        return "not"
    return word
