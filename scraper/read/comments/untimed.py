"""Comments that carry no time, told from the number that heads them: lines of a page in, those of the comments out.

What stands under such a heading may just as well be the article: it is taken for comments only where it comes in as
many pieces as the heading says.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from scraper.read.comments import BLANK
from scraper.read.outline import HEADINGS, ends
from scraper.read.text import clean

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line, Outline

_APART = ("footer", "nav", "aside")
# Over a fold stands what is in it.
_HEADS = (*HEADINGS, "summary")
_LONGEST_NAME = 40
_ENOUGH, _TEXT, _SENTENCE = 2, 3, 4


def lines_under(page: Outline, heading: Line) -> list[Line]:
    """The rest of the smallest box that holds more than the heading, up to the next heading as high."""
    box: Box = heading.box
    while box.last - 1 <= heading.at and box.parent is not None and (box is heading.box or box.parent.tag != "body"):
        box = box.parent
    level, apart = heading.box.tag if heading.box.tag in HEADINGS else "h6", heading.box.up(*_APART)
    below = (page.lines[at] for at in range(heading.at + 1, box.last))
    return list(takewhile(lambda line: not "h" < line.box.tag <= level and line.box.up(*_APART) is apart, below))


def pieces_of(heading: Line, number: int, lines: list[Line], around: tuple[int, int]) -> list[list[Line]]:
    """The lines of each comment; nothing where these are none.

    Args:
        lines: what stands under the heading, without buttons and forms.
        around: how many sentences of the article's box stand before the heading, and how many after those lines.
    """
    before, after = around
    if not any(line.running or line.text == BLANK for line in lines):
        return []
    pieces = _counted(heading, number, lines)
    named = all(_has_name(piece) for piece in pieces)
    if heading.box.tag not in _HEADS:
        # A label may stand anywhere: beside the buttons for sharing, say, in the middle of the text.
        return pieces if named and _ENOUGH <= len(pieces) == number and not after else []
    if named and _ENOUGH <= len(pieces) <= number:
        return pieces
    # Over the text stands a number, too. How much is under it does not count: that grows from day to day.
    leads = heading.linked + heading.jumps > 0
    return pieces if len(pieces) == number and before >= _TEXT and not leads else []


def _counted(heading: Line, number: int, lines: list[Line]) -> list[list[Line]]:
    if len(lines) == number:
        return [[line] for line in lines]
    if number == 1 and _has_name(lines) and _around(lines).first > heading.at:
        return [lines]  # of several paragraphs, in a box of its own
    pairs = _pairs(lines)
    return pairs if len(pairs) == number else pieces_in(heading, lines)


def pieces_in(heading: Line, lines: list[Line]) -> list[list[Line]]:
    """As they are laid out: a name and a text by turns, in boxes, or as names and sentences follow each other."""
    pairs = _pairs(lines)
    return pairs if pairs and all(text.running or ends(text.text) for _, text in pairs) else _laid_out(heading, lines)


def _pairs(lines: list[Line]) -> list[list[Line]]:
    pairs = [list(pair) for pair in zip(lines[::2], lines[1::2], strict=False)]
    return pairs if 2 * len(pairs) == len(lines) and all(map(_has_name, pairs)) else []


def _laid_out(heading: Line, lines: list[Line]) -> list[list[Line]]:
    around = _around(lines)
    if _is_signed(lines) and all(line.box.parent is around for line in lines):
        return _by_sentence(lines)
    apart = around.first > heading.at or all(line.box is not around is not line.box.parent for line in lines)
    return _by_box(lines, around) if apart else _by_sentence(lines)


def _around(lines: list[Line]) -> Box:
    """The smallest box that holds all of them."""
    box = lines[0].box
    while box.parent is not None and not (box.first <= lines[0].at and lines[-1].at < box.last):
        box = box.parent
    return box


def _by_box(lines: list[Line], around: Box) -> list[list[Line]]:
    pieces: list[list[Line]] = []
    last: Box | None = None
    for line in lines:
        box = line.box
        while box is not around and box.parent is not None and box.parent is not around:
            box = box.parent
        if box is not last or box is around:
            pieces.append([])
        pieces[-1].append(line)
        last = box
    return pieces


def _by_sentence(lines: list[Line]) -> list[list[Line]]:
    """A name before a text begins a new piece, and so does a text after a text; or names stand after the texts."""
    pieces: list[list[Line]] = []
    signed = _is_signed(lines)
    for line in lines:
        begun = bool(pieces) and not (any(map(_is_said, pieces[-1])) and _is_said(line) >= signed)
        if not begun:
            pieces.append([])
        pieces[-1].append(line)
    return pieces


def _is_signed(lines: list[Line]) -> bool:
    return _is_said(lines[0]) and not _is_said(lines[-1])


def _is_said(line: Line) -> bool:
    """Who said it may stand behind it on the same line."""
    told = (line.text, clean(line.nodes[0].text(deep=False))) if line.nodes else (line.text,)
    return line.running or any(ends(text) and len(text.split()) >= _SENTENCE for text in told)


def _has_name(piece: list[Line]) -> bool:
    if len(piece) < _ENOUGH or len(piece[0].text) > _LONGEST_NAME or piece[0].running:
        return False
    said = piece[0].text
    return not ends(said) or len(said.split()) < _SENTENCE
