"""Words that carry meaning in news: the lists of vocabulary.toml."""

from __future__ import annotations

import re
import tomllib
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

# Number words by language: from 1, from 20 in tens, from second (in English: third) on.
COUNT = {"de": ["", *_LISTS["de"]["count"].split()], "en": _LISTS["en"]["count"].split()}
TENS = {language: _LISTS[language]["tens"].split() for language in ("de", "en")}
ORDINALS = {language: _LISTS[language]["ordinals"].split() for language in ("de", "en")}


def any_of(words: list[str]) -> str:
    """A regular expression for any of these words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
