"""Whether what stands under a heading like "Discussion" was said by readers: a `Sheet` and what may be comments in.

Such a word heads parts of articles, too. To take an article for comments loses its text: in doubt it is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.read.comments import BLANK
from scraper.read.comments.count import number_in
from scraper.read.comments.headings import ANSWER, LIKED, calls, is_weak, names_readers, posts_in
from scraper.read.comments.names import are_several, may_be_one
from scraper.read.comments.nicknames import is_handle
from scraper.read.outline import HEADINGS, ends
from scraper.read.text import clean

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line, Outline
    from scraper.read.sheet import Sheet

# A sentence, but "Mary P." is a name.
_NO_NAME = re.compile(r"[!?:;,]$|\w{3}\.$")
# Under such a heading a line with a name and a time of day begins a comment, even where all lies flat.
_TIME_OF_DAY = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
_PLAIN = re.compile(r"\W*(?:(?:leser)?kommentare|comments|commentaires|comentarios|commenti|reacties)\W*", re.I)
_TIME_AT_END = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*(?:uhr|h|[ap]\.?m\.?))?$", re.I)
_LONGEST_NAME, _LONGEST_TOLD, _ENOUGH, _WORDS = 40, 90, 2, 3


@dataclass(frozen=True, slots=True)
class Item:
    """What may be a comment: `lines[first:last]`, with the line of its time."""

    stamp: Line
    first: int
    last: int
    author: str
    text: str


def proven(sheet: Sheet, heading: Line, items: list[Item]) -> bool:
    """By their number, by the name of a box, by a way to reply, or by names and times; our own mark says so, too."""
    page = sheet.page
    between = _sentences(sheet, heading.at + 1, items[0].first)
    if between and _goes_on(sheet, heading, items[0], between):
        return False
    number = number_in(heading.text) or posts_in(heading.text)
    if (number is not None and number >= len(items)) or (not between and all(BLANK in item.text for item in items)):
        return True
    answered = sum(_can_be_answered(page, item) for item in items)
    if 2 * answered > len(items) or any(_is_named(page, heading, item.stamp.box) for item in items):
        return True
    persons = sum(bool(item.text) and _has_name(item) for item in items)
    doubtful = is_weak(heading.text) and not any(is_handle(item.author) for item in items)
    if between or doubtful or 2 * persons <= len(items):
        return False
    stamp = items[0].stamp
    surely = _PLAIN.fullmatch(heading.text) or names_readers(heading.text) or calls(heading.text)
    begun = not stamp.running or _is_set_apart(items[0])
    plain = begun and bool(surely and _TIME_OF_DAY.search(stamp.text))
    one = persons == len(items) and (plain or _stands_alone(sheet, heading, items[0]))
    return persons >= _ENOUGH or one


def _goes_on(sheet: Sheet, heading: Line, item: Item, between: list[Line]) -> bool:
    """The article does: with paragraphs as before the heading, with a heading, or while the comments stand outside."""
    page, text = sheet.page, sheet.text
    outside = text is None or not item.stamp.box.within(text)
    if outside or any(line.box.tag in HEADINGS for line in page.lines[heading.at + 1 : item.first]):
        return True
    before = {_place(line) for line in page.of(text) if line.running and line.at < heading.at} if text else set()
    return any(_place(line) in before for line in between)


def _place(line: Line) -> tuple[int, str, str]:
    return id(line.box.parent), line.box.tag, line.box.kind


def _is_named(page: Outline, heading: Line, inner: Box) -> bool:
    """A box around it is called like comments, and does not begin before the heading with a text."""
    box: Box | None = inner
    while box is not None and not any(line.running for line in page.lines[box.first : heading.at]):
        if are_several(box.words) or may_be_one(box.words):
            return True
        box = box.parent
    return False


def _can_be_answered(page: Outline, item: Item) -> bool:
    """Or voted for."""
    ways = (line for line in page.lines[item.first : item.last] if line.box.tag not in HEADINGS)
    return any(ANSWER.match(line.text) or LIKED.fullmatch(line.text) for line in ways)


def _has_name(item: Item) -> bool:
    """On a line of its own or with the time; before a text on the same line it is set apart."""
    author, stamp = item.author, item.stamp
    if not 0 < len(author) <= _LONGEST_NAME or _NO_NAME.search(author):
        return False
    apart = item.text.split("\n")[0] not in stamp.text
    alone = any(clean(node.text(deep=False)).strip(" :") == author for node in stamp.nodes)
    return apart or alone or _is_set_apart(item)


def _is_set_apart(item: Item) -> bool:
    """A line like "Rosa Roggen wrote on March 2, 9:11:" ends before the text."""
    told = [clean(node.text(deep=False)).strip(" :") for node in item.stamp.nodes]
    short = [said for said in told[:-1] if len(said) <= _LONGEST_TOLD and said.startswith(item.author)]
    return bool(item.author) and any(_TIME_AT_END.search(said) for said in short)


def _sentences(sheet: Sheet, first: int, last: int) -> list[Line]:
    """The text between them, however short, that stands in the box of the article's."""
    text = sheet.text
    lines = sheet.page.lines[first:last] if text is not None else []
    return [line for line in lines if _is_sentence(line) and text is not None and line.box.within(text)]


def _is_sentence(line: Line) -> bool:
    return line.running or (line.box.tag == "p" and ends(line.text) and len(line.text.split()) >= _WORDS)


def _stands_alone(sheet: Sheet, heading: Line, item: Item) -> bool:
    """One comment: in a box of its own, which holds name, time and text and not the heading; nothing follows it."""
    box: Box | None = item.stamp.box
    while box is not None and box.last < item.last:
        box = box.parent
    apart = box is not None and heading.at < box.first <= item.first and box.last - box.first > 1
    return apart and not (sheet.text is not None and _sentences(sheet, item.last, sheet.text.last))
