"""A page on which nothing is left but what readers wrote: a `Sheet` in, the boxes of their comments out.

The article was taken down, or its address leads to the forum now. To take an article for comments loses it: every
sentence must stand in a comment, each of them laid out alike and begun by a name, and something more must say so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.comments.count import number_in
from scraper.read.comments.discussion import heads, is_stamp
from scraper.read.comments.headings import ANSWER, invites, is_plain, names_readers
from scraper.read.comments.names import are_several, may_be_one
from scraper.read.comments.nicknames import is_handle, may_be_name
from scraper.read.microdata import is_comment
from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet

_ABOUT = re.compile(
    r"\W*(?:leser)?(?:kommentare|comments|diskussion|forum|discussion|commentaires|reacties)\s+(?:zu|zum|zur|on|about|for|to|sur|op)\b",
    re.I,
)
# An embedded post can be answered, too: a single comment is short, and ends so.
_ENOUGH, _MOST_OF_ONE = 2, 6


def comments_alone(sheet: Sheet) -> list[Box]:
    """None where anything else is said."""
    page = sheet.page
    begin = sheet.headline.last if sheet.headline is not None else 0
    told = [line for line in page.lines[begin:] if line.running and sheet.role_of(line) in ("", "comments")]
    told = [line for line in told if not (line.box.of_page or invites(line.text))]
    if not told or "LiveBlog" in sheet.linked.kind:
        return []
    around = _around(told)
    for items in (_items(told, around), [_widened(around, begin)]):
        alike = len({item.tag for item in items}) == 1 and items[0].first >= begin
        if alike and all(_is_begun(sheet, item) for item in items) and _is_said(sheet, items, begin):
            return items
    return []


def _around(lines: list[Line]) -> Box:
    """The smallest box that holds all of them."""
    box = lines[0].box
    while box.parent is not None and not (box.first <= lines[0].at and lines[-1].at < box.last):
        box = box.parent
    return box


def _items(lines: list[Line], around: Box) -> list[Box]:
    """The boxes right in that one in which these lines stand."""
    found: dict[int, Box] = {}
    for line in lines:
        box = line.box
        while box is not around and box.parent is not None and box.parent is not around:
            box = box.parent
        found[id(box)] = box
    return list(found.values())


def _widened(box: Box, begin: int) -> Box:
    """A single comment with the name over it."""
    while box.parent is not None and box.last - box.first < _ENOUGH and box.parent.first >= begin:
        box = box.parent
    return box


def _is_begun(sheet: Sheet, item: Box) -> bool:
    """By a name or by a time, which a text follows; or it ends with the time."""
    lines = sheet.page.of(item)
    if len(lines) < _ENOUGH:
        return False
    if lines[0].running:
        return is_stamp(lines[-1])
    return may_be_name(lines[0].text.strip(" :,–—-")) or is_stamp(lines[0])


def _is_said(sheet: Sheet, items: list[Box], begin: int) -> bool:
    """By a way to answer most of them, by how their boxes are called, or by a heading over names and times."""
    page = sheet.page
    if len(items) < _ENOUGH and items[0].last - items[0].first > _MOST_OF_ONE:
        return False
    answered = sum(any(ANSWER.match(line.text) for line in page.of(item)[-_ENOUGH:]) for item in items)
    marked = sum(is_comment(item.node) for item in items)
    if 2 * max(answered, marked) > len(items):
        return True
    if len(items) < _ENOUGH:
        return False
    if _is_called_so(items, begin):
        return True
    stamped = sum(any(is_stamp(line) for line in page.of(item)) for item in items)
    over = page.lines[begin : items[0].first]
    headed = [line for line in over if line.box.tag in HEADINGS and heads(line.text)]
    names = [page.lines[item.first].text.strip(" :,–—-") for item in items]
    surely = any(names_readers(line.text) or (is_plain(line.text) and any(map(is_handle, names))) for line in headed)
    counted = any(number_in(line.text) == len(items) for line in headed)
    title = page.lines[begin - 1].text if begin else ""
    return counted or surely or (2 * stamped > len(items) and (bool(headed) or _ABOUT.match(title) is not None))


def _is_called_so(items: list[Box], begin: int) -> bool:
    """Each of them is called a comment, or a box around them and not the headline is said to hold several."""
    if all(may_be_one(item.words) for item in items):
        return True
    box = items[0].parent
    while box is not None and box.first >= begin:
        if are_several(box.words):
            return True
        box = box.parent
    return False
