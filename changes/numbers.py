"""The numbers of a text, in figures and in words, and what they count."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from changes import vocabulary
from changes.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

_VAGUE = {
    "100": ("hundert", "einhundert", "hundred"),
    "1000": ("tausend", "eintausend", "thousand"),
    "dozens": ("dutzend", "dutzende", "dutzenden", "dozen", "dozens"),
    "hundreds": ("hunderte", "hunderten", "hundreds"),
    "thousands": ("tausende", "tausenden", "thousands"),
    "tens of thousands": ("zehntausende", "zehntausenden"),
    "hundreds of thousands": ("hunderttausende", "hunderttausenden"),
    "millions": ("millionen", "millions", "million"),
    "billions": ("milliarden", "milliarde", "billions", "billion"),
    "1/2": ("hälfte", "half"),
    "1/3": ("drittel",),
    "1/4": ("viertel", "quarter"),
}
# Word → what it counts. "ein", "eine" and "a" are mostly articles and "second" is a time: they are not in it.
NUMBERS: dict[str, str] = {
    **{word: str(count) for words in vocabulary.COUNT.values() for count, word in enumerate(words, 1) if word},
    **{word: str(tens * 10) for words in vocabulary.TENS.values() for tens, word in enumerate(words, 2)},
    **{
        f"{one}und{ten}": str(tens * 10 + ones)
        for (ones, one), (tens, ten) in product(
            enumerate(["ein", *vocabulary.COUNT["de"][1:9]], 1), enumerate(vocabulary.TENS["de"], 2)
        )
    },
    **{
        f"{ten}-{one}": str(tens * 10 + ones)
        for (ones, one), (tens, ten) in product(
            enumerate(vocabulary.COUNT["en"][:9], 1), enumerate(vocabulary.TENS["en"], 2)
        )
    },
    **{
        word + end: f"{count}."
        for count, word in enumerate(vocabulary.ORDINALS["de"], 2)
        for end in ("", "n", "r", "s", "m")
        if word + end != "achten"  # the verb is commoner
    },
    **{word: f"{count}." for count, word in enumerate(vocabulary.ORDINALS["en"], 3)},
    **{word: value for value, words in _VAGUE.items() for word in words},
}
# A multiplier behind digits → how it is counted.
_SCALES: dict[str, str] = {
    **dict.fromkeys(["million", "millionen", "millions", "mio", "mio.", "mn"], "e6"),
    **dict.fromkeys(["milliarde", "milliarden", "mrd", "mrd.", "billion", "billions", "bn"], "e9"),
    **dict.fromkeys(["tausend", "thousand"], "e3"),
}
_FIGURE = re.compile(
    rf"(?<!\w)(?<![^\W\d_]-)(?:\d{{1,3}}(?:[ ’']\d{{3}})+(?![.,]?\d)|\d+(?:[.,]\d+)*)"
    rf"(?: (?:{vocabulary.any_of(list(_SCALES))})(?!\w))?",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,’' ]\d{3})+")
_SCALED = re.compile(r"(.*\d) ?(\D*)")


def numbers(text: str) -> Iterator[Fact]:
    """Numbers, each as what it counts: "5" for "fünf". Dates must be taken out before."""
    end = 0
    for match in _FIGURE.finditer(text):
        yield from _number_words(text, end, match.start())
        end = match.end()
        yield Fact("number", _value(match[0].lower()), match[0], match.start())
    yield from _number_words(text, end, len(text))


def _number_words(text: str, start: int, end: int) -> Iterator[Fact]:
    if NUMBERS.keys().isdisjoint(_LETTERS.findall(text[start:end].lower())):
        return
    for match in _HYPHENED.finditer(text, start, end):
        word = match[0] if match[0].lower() in NUMBERS else match[0].partition("-")[0]
        value = NUMBERS.get(word.lower())
        if value:
            yield Fact("number", value, word, match.start())


def _value(figure: str) -> str:
    figure, scale = _SCALED.sub(r"\1", figure), _SCALED.sub(r"\2", figure)
    figure = re.sub("[.,’' ]", "", figure) if _THOUSANDS.fullmatch(figure) else figure.replace(",", ".")
    return figure + _SCALES.get(scale, "")


def number(word: str) -> str:
    """What a word counts, as a key to compare by: "5" for "fünf" and "5"; empty if it is no number."""
    return next((fact.value for fact in numbers(word) if fact.words == word), "")
