"""Texts of articles in boxes that are called like readers' words: "gastkommentar", "leserbrief", "comments".

To take readers for the article accuses it of their edits; to take it for readers loses it. It is the article where
next to nothing else stands under the headline and nothing of what goes with readers' words stands in the box.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.comments.count import number_in
from scraper.read.comments.headings import ANSWER, calls, is_plain, names_readers
from scraper.read.comments.names import may_hold_comments
from scraper.read.comments.nicknames import may_be_name
from scraper.read.outline import HEADINGS
from scraper.read.phrases import BYLINE
from scraper.read.text import clean

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

# So many paragraphs are a text; over it stands an intro, and at the foot of the page whose it is.
_TEXT, _INTRO, _BESIDE, _NEARLY = 3, 1, 2, 2 / 3
_PERSONS = 2
_FIGURE = re.compile(r"\d")


def text_called_comments(page: Outline, found: dict[int, Role], headline: Box | None) -> Box | None:
    """The box that holds nearly all sentences under the headline, though it is called like comments."""
    if headline is None:
        return None
    told = [line for line in page.lines[headline.last :] if line.running]
    left = [line for line in told if not found[id(line.box)]]
    said = [line for line in told if found[id(line.box)] == "comments"]
    if len(left) > _BESIDE or len(said) < _TEXT or sum(line.at < said[0].at for line in left) > _INTRO:
        return None
    box = _outermost(said[0].box, found)
    if _has_readers(page, box):
        return None
    inside = [line.width for line in said if line.box.within(box)]
    nearly = sum(inside) > _NEARLY * (sum(inside) + sum(line.width for line in left))
    return box if len(inside) >= _TEXT and nearly else None


def _outermost(box: Box, found: dict[int, Role]) -> Box:
    while box.parent is not None and found[id(box.parent)]:
        box = box.parent
    return box


def _has_readers(page: Outline, box: Box) -> bool:
    """A field to write in, comments in it that are called so, a heading, times, ways to answer, or several names."""
    if box.node.css_first("textarea") is not None:
        return True
    lines = page.of(box)
    if any(_is_dated(line) or ANSWER.match(line.text) or _heads(line.text) for line in lines):
        return True
    names = [line for line in lines if _is_name(line) or _begins_with_name(line)]
    if len(names) >= _PERSONS or names[:1] == lines[:1]:
        return True
    parts = (one for one in page.boxes if box.first <= one.first < one.last <= box.last)
    return any(one.last - one.first < len(lines) and may_hold_comments(one.words) and one.within(box) for one in parts)


def _is_dated(line: Line) -> bool:
    """Or numbered: a label with a figure in it, or one that opens what somebody said."""
    label = not line.running or line.text.endswith(":")
    return label and line.box.tag not in HEADINGS and _FIGURE.search(line.text) is not None


def _heads(text: str) -> bool:
    return number_in(text) is not None or names_readers(text) or is_plain(text) or calls(text)


def _is_name(line: Line) -> bool:
    short = not line.running and line.box.tag not in HEADINGS and may_be_name(line.text)
    return short and line.box.up("figure") is None and BYLINE.match(line.text) is None


def _begins_with_name(line: Line) -> bool:
    """Set apart in bold."""
    return 0 < line.strong < line.width and may_be_name(clean(line.nodes[0].text(deep=False)).strip(" :,"))
