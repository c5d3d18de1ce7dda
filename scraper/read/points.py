"""Lists of points right over or under the text of an article: an `Outline` with its roles in, lines out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.byline import is_byline
from scraper.read.comments.count import number_in
from scraper.read.outline import HEADINGS
from scraper.read.phrases import WHOLE_LINE
from scraper.read.remarks import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scraper.read.outline import Box, Line, Outline

_DATED = re.compile(r"\d[:.]\d\d\b|\b(?:19|20)\d\d\b|\bmin\b", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_POINTS, _WORDS, _NEAR = 2, 3, 2


def points(page: Outline, found: Mapping[int, str], text: Box, headline: Box | None, last: int) -> Iterator[Line]:
    """The items of lists right between headline and text, and right behind the text, which ends at `last`, in the
    article's own box. None of them leads elsewhere, or is a date, a name or a number of something.
    """
    whole = whole_of(text, headline)
    if headline is None or not headline.within(whole) or whole is text:
        return
    for box in page.boxes:
        if box.tag not in ("ul", "ol") or not box.within(whole) or box.within(text):
            continue
        under = headline.last <= box.first and box.last <= text.first
        if (under or last <= box.first <= last + _NEAR) and _are_points(page, box, found, text):
            over = page.lines[box.first - 1]
            if (
                over.box.tag in HEADINGS
                and over.at >= headline.last
                and over.box.parent is box.parent
                and not over.linked
            ):
                yield over
            yield from page.of(box)


def _are_points(page: Outline, box: Box, found: Mapping[int, str], text: Box) -> bool:
    lines = page.of(box)
    if len(lines) < _POINTS or box.up("article") is not text.up("article") or box.up("nav", "form") is not None:
        return False
    return all(_is_point(line, found) for line in lines) and len({id(line.box.up("li")) for line in lines}) == len(
        lines
    )


def _is_point(line: Line, found: Mapping[int, str]) -> bool:
    if found[id(line.box)] or line.linked or line.box.up("li") is None or len(_WORD.findall(line.text)) < _WORDS:
        return False
    said = is_byline(line.text) or _DATED.search(line.text) or WHOLE_LINE.fullmatch(line.low)
    return not said and number_in(line.text) is None
