"""Where the sentences of a text stand, and what short lines belong to them: lines of an `Outline` in, yes or no out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

Signature: TypeAlias = tuple[tuple[str, str], ...]

_ITEMS = ("li", "dt", "dd", "td", "th")
_CELLS = ("td", "th")
_LISTS = ("ul", "ol", "dl", "table")
_LIKE = ("p", "div")
_WIDE = ("body", "main", "article")
# How many boxes around a line tell how it is called, and how much of a line may be a link.
_DEEP, _LINKED, _WHOLE = 4, 0.2, 0.85
_POINTS = 3
_MOVED = re.compile(r"[+\u2212–±-] ?\d+[.,]\d+ ?%")


class Prose:
    """The sentences among the lines of a text."""

    def __init__(self, page: Outline, found: dict[int, Role], lines: Sequence[Line]) -> None:
        running = [line for line in lines if line.running]
        self.page, self.found = page, found
        self.first, self.last = (running[0].at, running[-1].at) if running else (0, 0)
        self.parents = {id(line.box.parent) for line in running}
        # Every paragraph has a box of its own, and these stand side by side in another.
        boxes = {id(line.box.parent): line.box.parent for line in running if line.box.tag == "p"}.values()
        beside = Counter(id(box.parent) for box in boxes if box is not None and box.tag == "div")
        self.grandparents = {box for box, times in beside.items() if times > 1}
        sections = {id(box): box.parent for line in running if (box := line.box.up("section")) is not None}
        self.sections = {box for box, times in Counter(map(id, sections.values())).items() if times > 1}
        self.listed = {id(line.box.up(*_LISTS)) for line in running if line.box.tag == "li"}
        self.boxes = {id(line.box) for line in running if line.box.tag == "div"}
        self.between = {
            line.at for (before, line), (_, after) in pairwise(pairwise(lines)) if _joins(before, line, after)
        }
        self.among = {
            line.at
            for (before, line), (_, after) in pairwise(pairwise(lines))
            if all(other.running or other.box.tag in HEADINGS for other in (before, after))
        }
        # Where every paragraph has a name of its own, names say nothing.
        seen = Counter(signature_of(line.box) for line in running)
        self.named = max(seen.values(), default=0) > 1
        if not self.named:
            seen = Counter(self._signature(line.box) for line in running)
        self.signatures = {signature for signature, times in seen.items() if times > 1 and signature[0][0] in _LIKE}
        # A list stands where paragraphs stand, or in one.
        self.holders = {signature[1:] if signature[0][0] == "p" else signature[:-1] for signature in self.signatures}

    def has_like(self, line: Line) -> bool:
        """Sentences stand in boxes that are called like this one, or before and after it; and it leads nowhere."""
        if line.box.tag != "p" and line.link_share >= _LINKED:
            return False
        return line.at in self.between or self._signature(line.box) in self.signatures

    def goes_on_in(self, line: Line) -> bool:
        """A sentence that is a link as a whole, in a box called like those of the sentences next to it.

        A title has no full stop, and is asked as a question.
        """
        if line.link_share <= _WHOLE or not line.text.endswith((".", "。")):
            return False
        return line.at in self.among and self._signature(line.box) in self.signatures

    def quotes(self, line: Line) -> bool:
        """It is part of a quotation that stands among the sentences."""
        around = line.box.up("blockquote")
        return around is not None and id(around.parent) in self.parents and line.link_share < _LINKED

    def answers(self, line: Line) -> bool:
        """It opens under a question that stands behind a sentence, however short it is: over them stamps open too."""
        around = line.box.up("details")
        outer = around.parent if around is not None else None
        return outer is not None and line.at > self.first and not line.linked and self._holds(outer, alike=True)

    def lists(self, line: Line) -> bool:
        """It is an item of a list or a table that stands among the sentences."""
        item = line.box if line.box.tag in _ITEMS else line.box.parent
        around = self._outermost(item) if item is not None and item.tag in _ITEMS else None
        if around is None or (around.tag == "table" and moves(self._row(line))):
            return False
        if line.box.tag == "li" and not line.linked and id(line.box.up(*_LISTS)) in self.listed:
            return True
        outer = around.parent
        while outer is not None and outer.parent is not None and self._wraps(outer, around, bare=not line.linked):
            outer = outer.parent
        if outer is not None and self._holds(outer, alike=line.link_share < _LINKED):
            return True
        return self._is_plain(around)

    def names_row(self, line: Line) -> bool:
        """It leads elsewhere, and yet is a cell of the article's table: others in its row count and lead nowhere."""
        if line.box.tag == "dd" and line.at:
            term = self.page.lines[line.at - 1]
            return term.box.tag == "dt" and not term.linked and term.box.parent is line.box.parent and self.lists(term)
        row = self._row(line)
        return len(row) > 1 and any(not other.linked and self.lists(other) for other in row)

    def _row(self, line: Line) -> list[Line]:
        """The cells of its row, each a line; none where a cell holds more, as in a table that lays out a page."""
        row = line.box.up("tr") if line.box.tag in _CELLS or line.box.up(*_CELLS) is line.box.parent else None
        lines = self.page.of(row) if row is not None else []
        return lines if len({id(other.box.up(*_CELLS)) for other in lines}) == len(lines) else []

    def _outermost(self, item: Box) -> Box | None:
        """The list that is in no other; a live blog may be a list of its entries, each with a heading."""
        around, outer = None, item.up(*_LISTS)
        while outer is not None:
            around, entry = outer, outer.up("li", "article")
            if entry is None or entry.tag == "article" or any(line.box.tag in HEADINGS for line in self.page.of(entry)):
                break
            outer = entry.up(*_LISTS)
        return around

    def _wraps(self, outer: Box, around: Box, *, bare: bool) -> bool:
        """It holds nothing else, or but what is said about it: in a figure, or by a heading over what is no link."""
        if outer.tag == "figure" or (outer.first, outer.last) == (around.first, around.last):
            return True
        headed = outer.tag not in _WIDE and (outer.first, outer.last) == (around.first - 1, around.last)
        return bare and headed and self.page.lines[outer.first].box.tag in HEADINGS

    def _holds(self, box: Box, *, alike: bool) -> bool:
        """Sentences stand right in this box; or, if asked for, in others that are called like it."""
        if id(box) in self.parents:
            return True
        named = id(box) in self.grandparents or id(box) in self.boxes or self._signature(box)[:-1] in self.holders
        return alike and named

    def _is_plain(self, around: Box) -> bool:
        """Nothing in it is a link, and it stands between the first sentence and the last: several points, or anything
        between the sections that hold the text.
        """
        lines = self.page.of(around)
        if not self.first < around.first <= around.last <= self.last:
            return False
        outer = around.parent.parent if around.parent is not None and around.parent.tag == "figure" else around.parent
        if id(outer) not in self.sections and (around.tag == "table" or len(lines) < _POINTS):
            return False
        return not any(line.linked or self.found[id(line.box)] for line in lines)

    def _signature(self, box: Box | None) -> Signature:
        signature = signature_of(box)
        return signature if self.named else tuple((tag, "") for tag, _ in signature)


def moves(row: Sequence[Line]) -> bool:
    """The price of a share: a name that leads to more about it, and by how much it went up or down."""
    return any(line.linked for line in row) and any(_MOVED.fullmatch(line.text) for line in row)


def signature_of(box: Box | None) -> Signature:
    """How an element and what it stands in are called: the paragraphs of a text are called alike, or numbered."""
    said: list[tuple[str, str]] = []
    while box is not None and len(said) < _DEEP:
        said.append((box.tag, box.kind))
        box = box.parent
    return tuple(said)


def _joins(before: Line, line: Line, after: Line) -> bool:
    """A paragraph between two sentences that stand in boxes of their own beside it; or right beside it, if it is none
    but has no link either.
    """
    around = line.box.parent
    if line.box.tag not in _LIKE or around is None or not (before.running and after.running):
        return False
    if line.box.tag == "div":
        return not line.linked and around is before.box.parent is after.box.parent
    return before.box.within(around) and after.box.within(around)
