"""A text comes in, its sentences go out; a reading comes in, its sentences with their places go out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import sentencex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.article import Article

Place = Literal["topline", "headline", "text"]

# sentencex looks for the end of a quotation from each of its beginnings, so a page full of opening marks would cost
# it minutes; in pieces of that many characters it costs milliseconds.
_PIECE = 2000
_PIECE_END = re.compile(r"[.!?…]\S{0,2}\s+(?=\S)")
# What it does not cut and every reader would: behind a bracket, and behind the one month that is no abbreviation.
_END = re.compile(r"(?:(?<=[.!?…][)\]])|(?<=\bMay\.))\s+(?=[A-ZÄÖÜ„“\"»])")
_MAYBE_END = (") ", "] ", "May. ")  # most paragraphs have none, and looking is quicker than matching
# What it cuts and no reader would: "in der 3. | Runde", "H.-P. | Schmidt". It knows days before months itself.
_ORDINAL = re.compile(
    r"\b(?:[Dd](?:er|ie|as|em|en|es)|[Zz]u[mr]|[AaIi]m|[Bb]eim|[Vv]om|[Jj]ede[rnms]?|[Ee]ine?[mnrs]?|[Ii]hr|[Ss]ein)e?[mnrs]?"
    r"\s\d{1,3}\.$"
)
# "3.", "(a)", "•": what stands before the items of a list and says nothing alone.
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]|[*•↩–-]+")
_LONGEST_MARK = 12
_INITIAL = re.compile(r"\b[A-ZÄÖÜ]\.-[A-ZÄÖÜ]\.$|\bapprox\.$")
_LETTER = re.compile(r"\w")
_ABBREVIATED = re.compile(r"[A-Z]\.[A-Z]\.")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b")
# A word without its ending, where that leaves four letters: "Menschen" and "Mensch" are one word.
_STEM = re.compile(r"\b(\w{4,}?|\w{1,3})(?:ern|ing|en|er|es|ed|em|e|n|s)?\b")
_LONG_WORD = 4
_FIGURE = "#"
_GERMAN = frozenset(("der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "von", "zu", "den"))
_ENGLISH = frozenset(("the", "and", "of", "to", "is", "in", "that", "a", "for", "on", "was", "with"))

# German and English have twice as many of them, other languages a few that look the same.
_SHARE, _SOME_WORDS = 0.07, 20


@dataclass(frozen=True)
class Sentence:
    """A sentence, and where it stands.

    Attributes:
        place: headline and topline are sentences of their own; standfirst and blocks are one running text.
        block: position of its block; None in headline, topline and standfirst.
    """

    text: str
    place: Place
    block: int | None = None

    @cached_property
    def in_order(self) -> list[str]:
        """Its words in small letters, without endings and punctuation; all figures are alike, for they change most."""
        return [_FIGURE if word[0].isdigit() else word for word in _STEM.findall(self.text.lower())]

    @cached_property
    def words(self) -> frozenset[str]:
        """The same, each once."""
        return frozenset(self.in_order)

    @cached_property
    def long_words(self) -> frozenset[str]:
        """Those that tell most: short words are mostly grammar."""
        return frozenset(word for word in self.words if len(word) >= _LONG_WORD)


def split(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a paragraph, without the white space between them. `language`: "de", "en", …"""
    found: list[str] = []
    end = 0  # of the last sentence in the text
    for sentence in _cut(text, language):
        at = text.find(sentence, end)
        glue = "" if at == end else " "
        if found and (_goes_on(found[-1], language) or _continues(sentence, found[-1][-2:] + glue)):
            found[-1] += glue + sentence
        else:
            found.append(sentence)
        end = at + len(sentence)
    return tuple(found)


def sentences(article: Article, known: dict[str, tuple[str, ...]]) -> tuple[Sentence, ...]:
    """Topline, headline, then standfirst and blocks, sentence by sentence.

    Args:
        known: paragraphs that were split before; most of them stand in both readings. Those of this one are added.
    """
    language = language_of(article)
    above: tuple[tuple[Place, str], ...] = (("topline", article.topline), ("headline", article.headline))
    found = [Sentence(text, place) for place, text in above if text]
    paragraphs = [(None, article.standfirst), *((at, block.text) for at, block in enumerate(article.blocks))]
    for at, paragraph in paragraphs:
        if paragraph not in known:
            known[paragraph] = split(paragraph, language)
        found += [Sentence(text, "text", at) for text in known[paragraph]]
    return tuple(found)


def language_of(article: Article) -> str:
    """The language in two letters: as the page states it, else German or English by their commonest words."""
    if article.language:
        return article.language[:2].lower()
    german, english, _ = _common_words(article)
    return "en" if english > german else "de"


def may_be_other(article: Article) -> bool:
    """The page states no language, and has too few of the commonest words of German or English for either."""
    german, english, every = _common_words(article)
    return not article.language and every >= _SOME_WORDS and max(german, english) < _SHARE * every


def _common_words(article: Article) -> tuple[int, int, int]:
    """The commonest ones of German and of English at its beginning, and how many words there are at all."""
    some = " ".join([article.headline, article.standfirst, *(block.text for block in article.blocks[:5])])
    words = some.lower().split()
    german, english = (sum(word in common for word in words) for common in (_GERMAN, _ENGLISH))
    return german, english, len(words)


def _cut(text: str, language: str) -> Iterator[str]:
    more = any(mark in text for mark in _MAYBE_END)
    for piece in _pieces(text):
        for sentence in _segment(language, piece):
            parts = _END.split(sentence) if more else (sentence,)
            yield from filter(None, map(str.strip, parts))


def _segment(language: str, piece: str) -> list[str]:
    """sentencex 1.0.32 panics at a letter between no-break spaces before a full stop; what it panics at stays whole."""
    try:
        return list(sentencex.segment(language, piece))
    except BaseException as fault:  # a panic is no Exception, and its class has no name that could be imported
        if type(fault).__module__ != "pyo3_runtime":
            raise
        return [piece]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of bounded length, cut where a sentence seems to end, else anywhere."""
    start = 0
    while len(text) - start > _PIECE:
        ends = [match.end() for match in _PIECE_END.finditer(text, start + _PIECE // 2, start + _PIECE)]
        end = ends[-1] if ends else start + _PIECE
        yield text[start:end]
        start = end
    yield text[start:]


def _continues(sentence: str, before: str) -> bool:
    """Whether it is no sentence but a mark alone, or the second half of "U.S." or of "Amt.Stadt.de".

    `before` are the last two characters before it, and a space if there is one.
    """
    if _LETTER.search(sentence) is None:
        return True
    return _ABBREVIATED.fullmatch(before + sentence[:2]) is not None or (
        before[-1] != " " and _DOMAIN.match(sentence) is not None
    )


def _goes_on(sentence: str, language: str) -> bool:
    if _INITIAL.search(sentence[-8:]) or (len(sentence) <= _LONGEST_MARK and _ENUMERATOR.fullmatch(sentence)):
        return True
    # Most sentences end with no figure, and looking is quicker than matching.
    return language == "de" and sentence[-2:-1].isdigit() and _ORDINAL.search(sentence) is not None
