"""Where in the bytes of a page its article stands, and which of its links are a part of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from typing import TYPE_CHECKING

from scraper.imprint import tells
from scraper.read.text import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scraper.article import Article

_PLAIN_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_SHORTEST_KEY, _LONGEST_KEY, _PIECES = 6, 40, 4
_LETTERS = re.compile(r"[^\W_]+")
_PICTURE = re.compile(r"[^/?#]{6,}(?=[?#]|$)")
_TAG, _WORDS = re.compile(rb"<[^<>]*>"), re.compile(rb"[^<>]+")
_VALUE = re.compile(rb"""\s(?:alt|title|aria-label)\s*=\s*(?:"([^"]+)"|'([^']+)')""", re.I)
# Nothing but tags and white space.
_SILENT = re.compile(rb"(?:\s++|<[^<>]*+>)*+")
# In lower case: to look for both takes twice as long.
_BOX = re.compile(rb"<(/?)(div|section|article|main|aside|body|form|td)(?=[\s/>])")
_EDGE = re.compile(rb"</?(?:" + "|".join(sorted(BLOCKS)).encode() + rb")(?=[\s/>])")
# So many letters on end are no accident.
_NO_ACCIDENT = 12
# How far the ends of a block are looked for, in bytes: beside its letters, and in times of them; at how many places.
_WINDOW, _MARKUP, _TIMES = 10_000, 6, 4


@dataclass(frozen=True)
class Told:
    """What a reading says, letters only; and the names of its pictures.

    Attributes:
        letters: of all but the text, in one; texts: of each of its blocks.
        title: some letters of its headline, as they stand on the page.
        start, end: of its stretch of the page, see `span`; stretch: what stands there.
    """

    letters: str
    texts: tuple[str, ...]
    pictures: frozenset[bytes]
    title: bytes
    start: int
    end: int
    stretch: bytes

    def has(self, link: bytes) -> bool:
        """Whether a link, from behind "<a" to its end, says something of it, or shows its picture."""
        if (self.title and self.title in link) or tells(link) or any(map(link.__contains__, self.pictures)):
            return True
        said = _said(link)
        return any(map(self.letters.__contains__, said)) or any(map(self._is_text, said))

    def _is_text(self, said: str) -> bool:
        """Whether it may be a part of the text: not if longer blocks say it that stand elsewhere, and only these."""
        if said not in self._text:
            return False
        within = [text for text in self.texts if said in text]
        if len(said) < _NO_ACCIDENT or len(within) != self._text.count(said):
            return True
        return any(len(text) < len(said) + _NO_ACCIDENT or text not in self._standing for text in within)

    @cached_property
    def _text(self) -> str:
        """In one, without anything between: a link may go on from one block to the next."""
        return "".join(self.texts)

    @cached_property
    def _standing(self) -> str:
        return loose(_TAG.sub(b"", self.stretch))


def told_by(article: Article, page: bytes) -> Told:
    """`page`: see `span`."""
    texts = [article.topline, article.headline, article.standfirst]
    texts += [*article.authors, *article.notes, *(clock.raw for clock in article.clocks)]
    texts += [text for image in article.images for text in (image.alt, image.caption, image.credit)]
    texts += [text for comment in article.comments for text in (comment.author, comment.text)]
    pictures = {match[0].encode() for image in article.images if (match := _PICTURE.search(image.url))}
    title = next(iter(_keys(article.headline)), b"")
    start, end = span(page, article)
    blocks = tuple(_letters(block.text) for block in article.blocks)
    return Told(_letters("".join(texts)), blocks, frozenset(pictures), title, start, end, page[start:end])


# The menus of a site and the teasers of a day stand on all its pages.
@lru_cache(maxsize=2048)
def _said(link: bytes) -> tuple[str, ...]:
    """Letters only: of each piece of a link that is long enough to tell, and of all of it, where that says more."""
    link = b"<a" + link
    words = [*_TAG.split(link), *(one or other for one, other in _VALUE.findall(link))]
    pieces = (loose(piece) for piece in words if len(piece) >= _NO_ACCIDENT)
    long = dict.fromkeys(said for said in pieces if len(said) >= _NO_ACCIDENT)
    whole = loose(_TAG.sub(b"", link))
    # What says all of it says each of its pieces.
    return *((whole,) if whole and not any(piece in whole for piece in long) else ()), *long


def loose(words: bytes) -> str:
    """The letters of a piece of a page that is no tag."""
    return _letters(unescape(words.decode(errors="replace")))


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text)).casefold()


def lines(page: bytes, links: Iterable[tuple[int, int]], asked: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the `asked` links beside which nothing but links stands between the breaks around them: how long another
    one is tells whether what stands there is read as a sentence.
    """
    bare = without(page, ((start - 2, end) for start, end in links))
    edges = [0, *(found.start() for found in _EDGE.finditer(bare.lower())), len(bare)]
    places = [bisect_right(edges, start) for start, _ in asked]
    silent = {place for place in set(places) if not _speaks(bare[edges[place - 1] : edges[place]])}
    return {link for place, link in zip(places, asked, strict=True) if place in silent}


def _speaks(piece: bytes) -> bool:
    return not _SILENT.fullmatch(piece) and loose(_TAG.sub(b"", piece)) != ""


def without(body: bytes, unseen: Iterable[tuple[int, int]]) -> bytes:
    """The same with white space in the place of some stretches."""
    seen = bytearray(body)
    for start, end in unseen:
        seen[start:end] = b" " * (end - start)
    return bytes(seen)


def span(page: bytes, article: Article) -> tuple[int, int]:
    """The box around the headline and the end of the text; the whole page where that cannot be told. `page`: without
    what is no markup, or another kind of it.
    """
    top = max(0, page.find(b"<body"))
    blocks = [block.text for block in article.blocks]
    first = [_start_of(page, top, text) for text in (article.headline, *blocks[:2]) if _keys(text)]
    last = [_end_of(page, top, text) for text in blocks[-3:] if _keys(text)]
    if not first or not last or min(first) < 0 or min(last) < 0:
        return 0, len(page)
    heading = page.find(b"<h1", top)
    start = min(first if heading < 0 else [heading, *first])
    return _box_around(page, top, start, max(*first, *last)) or (0, len(page))


def _box_around(page: bytes, top: int, start: int, end: int) -> tuple[int, int] | None:
    """The innermost box that is opened before one place and closed behind another: how much in it is linked tells which
    box of a page is read.
    """
    opened: list[tuple[bytes, int]] = []
    for found in _BOX.finditer(page.lower(), top):
        name = found[2]
        if not found[1]:
            opened.append((name, found.start()))
            continue
        while opened:
            other, since = opened.pop()
            if found.start() >= end and since < start:
                return since, found.start()
            if other == name:
                break
    return None


def _start_of(page: bytes, top: int, text: str) -> int:
    """Of its letters that stand before one of its keys the first; -1 where they are not found."""
    for key in _keys(text):
        before, at, first = _letters(text[: text.find(key.decode())])[::-1], page.find(key, top), -1
        for _ in range(_TIMES):
            if at < 0:
                break
            first = at if first < 0 else first
            low = max(top, at - _WINDOW - _MARKUP * len(before))
            pieces = ((start, loose(words)[::-1]) for start, words in _backwards(page, low, at))
            place = _reach(pieces, before) if before else at
            if place >= 0:
                return min(first, place)
            at = page.find(key, at + 1)
    return -1


def _backwards(page: bytes, low: int, at: int) -> Iterator[tuple[int, bytes]]:
    """The pieces between signs of markup, with their places, the last first."""
    while at > low:
        start = max(page.rfind(b"<", low, at), page.rfind(b">", low, at), low - 1) + 1
        if start < at:
            yield start, page[start:at]
        at = start - 1


def _end_of(page: bytes, top: int, text: str) -> int:
    """Of its letters from one of its keys on the last; -1 where they are not found."""
    for key in _keys(text):
        rest, at, last = _letters(text[text.rfind(key.decode()) :]), page.rfind(key, top), -1
        for _ in range(_TIMES):
            if at < 0:
                break
            last = max(last, at)
            high = at + _WINDOW + _MARKUP * len(rest)
            place = _reach(((found.end(), loose(found[0])) for found in _WORDS.finditer(page, at, high)), rest)
            if place >= 0:
                return max(last, place)
            at = page.rfind(key, top, at)
    return -1


def _reach(pieces: Iterable[tuple[int, str]], letters: str) -> int:
    """The place of the piece with the last of these letters; what says something else stands between. -1: it is not
    there.
    """
    for place, said in pieces:
        if not said:
            continue
        if said.startswith(letters):
            return place
        if letters.startswith(said):
            letters = letters[len(said) :]
    return -1


def _keys(text: str) -> list[bytes]:
    """Pieces of a text that are written in one way only, the best first: in a long one may be a tag, or a line break.
    Of a word that stands elsewhere, too, the stretch becomes longer than it is, never shorter.
    """
    pieces = sorted(_PLAIN_WORDS.findall(text), key=len, reverse=True)[:_PIECES]
    words = [word for piece in pieces for word in piece.split()]
    pieces += [max(words, key=len)] if words else []
    return [piece[:_LONGEST_KEY].encode() for piece in pieces if len(piece) >= _SHORTEST_KEY]
