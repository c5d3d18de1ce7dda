"""Whether the story of an article that is gone goes on at another address: how many of its sentences stand there. Pure.

A link for readers, never an accusation; where it is not plain, there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.plain import all_words, plain
from changes.sentences import Sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from scraper.article import Article

# Whoever publishes a story anew does so within days: later, it is another one on the same matter.
WITHIN = timedelta(hours=72)

_WORD = re.compile(r"\w+")
_SHINGLE = 4
# Shorter sentences stand in many articles ("Die Ermittlungen dauern an.").
_LONG_SENTENCE = 6
# A changed word takes four shingles with it: a sentence in which one of a dozen was changed is still the same.
_OF_SENTENCE = 0.5
# So many, and so large a share of the one that is gone: of articles of one form (travel advice on two islands) two
# thirds may be the same. And of the other: a round-up of the day has much of everything.
_SENTENCES, _OF_GONE, _OF_OTHER = 4, 0.75, 1 / 3
# Dates of publication are set anew, or kept; an article that says to be older by more than that was there before.
_OLDER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Of so many sentences of one article, so many stand in another.

    Attributes:
        of_other: sentences of the other.
        headlines: they have a long word in common. Articles of one form differ in it, and in little else.
    """

    shared: int
    sentences: int
    of_other: int
    headlines: bool

    @property
    def goes_on(self) -> bool:
        """Whether the other article is the same story, as far as anybody can tell from that."""
        enough = self.shared >= max(_SENTENCES, _OF_GONE * self.sentences)
        return self.headlines and enough and self.shared >= _OF_OTHER * self.of_other

    @property
    def percent(self) -> int:
        """The share, rounded down."""
        return 100 * self.shared // self.sentences if self.sentences else 0


def overlap(gone: Article, other: Article) -> Overlap:
    """How much of an article stands in another: sentences of which most shingles (four words in a row) are there."""
    there = set(_shingles(_words(" ".join(all_words(other)))))
    mine, its = _long_sentences(gone), _long_sentences(other)
    headlines = [Sentence(article.headline, "headline").long_words for article in (gone, other)]
    shared = sum(_stands(sentence, there) for sentence in mine)
    return Overlap(shared, len(mine), len(its), headlines=bool(headlines[0] & headlines[1]))


def is_older(other: Article, gone: Article) -> bool:
    """Whether it says to be from before the one that is gone."""
    one, two = published(other), published(gone)
    return one is not None and two is not None and one < two - _OLDER


def published(article: Article) -> datetime | None:
    """The earliest of the dates of publication that the page gives."""
    starts = [clock.covers.start for clock in article.clocks if clock.kind.startswith("published") and clock.covers]
    return min(starts, default=None)


def _stands(sentence: Sequence[str], there: set[tuple[str, ...]]) -> bool:
    shingles = _shingles(sentence)
    return sum(shingle in there for shingle in shingles) >= _OF_SENTENCE * len(shingles)


def _long_sentences(article: Article) -> list[list[str]]:
    texts = [_words(sentence.text) for sentence in sentences(article, {}) if sentence.place == "text"]
    return [words for words in texts if len(words) >= _LONG_SENTENCE]


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text).lower())


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]
