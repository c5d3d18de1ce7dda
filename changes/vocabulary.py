"""Words that carry meaning in news: the lists of vocabulary.toml, and what number words count."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

_LISTS = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text("utf-8"))

MONTHS = _LISTS["months"].split()
MONTHS_SHORT = _LISTS["months_short"].split()
WEEKDAYS = _LISTS["weekdays"].split()
BEFORE_YEAR = frozenset(_LISTS["before_year"].split())
TITLES = frozenset(_LISTS["titles"].split())
TITLE_ENDINGS = tuple(_LISTS["title_endings"].split())
NO_NAMES = frozenset(_LISTS["no_names"].split())
GIVEN_NAMES = frozenset(_LISTS["given_names"].split())
PLACES = frozenset(_LISTS["places"].split())

# Articles that count where a number stands in their place on the other side.
ONE = frozenset(["ein", "eine", "einen", "einem", "einer", "eines", "a", "an"])

# By language, "de" and "en".
DAYS = {language: _LISTS[language]["days"].split() for language in ("de", "en")}
NEGATIONS = {language: _LISTS[language]["negations"].split() for language in ("de", "en")}
HEDGES = {language: "|".join(_LISTS[language]["hedges"].split("\n")[:-1]) for language in ("de", "en")}
ATTRIBUTIONS = {language: "|".join(_LISTS[language]["attributions"].split("\n")[:-1]) for language in ("de", "en")}

_COUNT = {"de": ["", *_LISTS["de"]["count"].split()], "en": _LISTS["en"]["count"].split()}  # both from 1
_TENS = {language: _LISTS[language]["tens"].split() for language in ("de", "en")}
_ORDINALS = {language: _LISTS[language]["ordinals"].split() for language in ("de", "en")}
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
    **{word: str(count) for words in _COUNT.values() for count, word in enumerate(words, 1) if word},
    **{word: str(tens * 10) for words in _TENS.values() for tens, word in enumerate(words, 2)},
    **{
        f"{one}und{ten}": str(tens * 10 + ones)
        for (ones, one), (tens, ten) in product(enumerate(["ein", *_COUNT["de"][1:9]], 1), enumerate(_TENS["de"], 2))
    },
    **{
        f"{ten}-{one}": str(tens * 10 + ones)
        for (ones, one), (tens, ten) in product(enumerate(_COUNT["en"][:9], 1), enumerate(_TENS["en"], 2))
    },
    **{word + end: f"{count}." for count, word in enumerate(_ORDINALS["de"], 2) for end in ("", "n", "r", "s", "m")},
    **{word: f"{count}." for count, word in enumerate(_ORDINALS["en"], 3)},
    **{word: value for value, words in _VAGUE.items() for word in words},
}
# A multiplier behind digits → how it is counted.
SCALES: dict[str, str] = {
    **dict.fromkeys(["million", "millionen", "millions", "mio", "mio.", "mn"], "e6"),
    **dict.fromkeys(["milliarde", "milliarden", "mrd", "mrd.", "billion", "billions", "bn"], "e9"),
    **dict.fromkeys(["tausend", "thousand"], "e3"),
}
