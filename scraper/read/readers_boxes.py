"""Boxes that say of themselves that readers speak in them: the best comment amid a text, and what one can answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scraper.read.comments import BLANK
from scraper.read.comments.headings import ANSWER, speaks_of_readers
from scraper.read.comments.nicknames import may_be_name
from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

_MOST_LINES, _MOST_SENTENCES, _LINKED = 16, 6, 0.9
_LABEL = 50
_WHOLE = ("html", "body", "main", "article")


def readers_boxes(page: Outline, found: dict[int, Role], headline: Box | None) -> Iterator[Box]:
    """Small beside the text around them, and nothing of that is laid out as they are: letters may be the article."""
    begin = headline.last if headline is not None else 0
    for line in page.lines[begin:]:
        if line.running or line.box.first != line.at or not speaks_of_readers(line.text):
            continue
        box = _begun_by(line)
        if box is not None and _is_beside(page, found, box, begin):
            yield box
    yield from _answered(page, begin)


def _answered(page: Outline, begin: int) -> list[Box]:
    """Side by side several that begin with a name and end with a way to answer."""
    boxes = [
        _ended_by(page, line) for line in page.lines[begin:] if len(line.text) <= _LABEL and ANSWER.match(line.text)
    ]
    kept = {id(box): box for box in boxes if box is not None and box.first >= begin}.values()
    beside = Counter((id(box.parent), box.tag) for box in kept)
    return [box for box in kept if beside[id(box.parent), box.tag] > 1]


def _ended_by(page: Outline, line: Line) -> Box | None:
    """The smallest box around that holds a text; None if that does not begin with a name."""
    box: Box | None = line.box
    while box is not None and not any(inner.running or BLANK in inner.text for inner in page.of(box)):
        box = box.parent
    if box is None or box.tag in _WHOLE or line.box.tag in HEADINGS or box.last - box.first > _MOST_LINES:
        return None
    return box if may_be_name(page.lines[box.first].text.strip(" :,")) else None


def _begun_by(line: Line) -> Box | None:
    """The largest small box that begins with this line."""
    best, box = None, line.box
    if line.link_share > _LINKED:
        return None
    while box.parent is not None and box.first == line.at and box.tag not in _WHOLE:
        if 1 < box.last - box.first <= _MOST_LINES:
            best = box
        box = box.parent
    return best


def _is_beside(page: Outline, found: dict[int, Role], box: Box, begin: int) -> bool:
    inside = [line for line in page.of(box) if line.running or BLANK in line.text]
    text = [
        line for line in page.lines[begin:] if line.running and not found[id(line.box)] and not line.box.within(box)
    ]
    if not 0 < len(inside) <= _MOST_SENTENCES or sum(line.width for line in text) < sum(line.width for line in inside):
        return False
    return not any(stands_in_like(line, box) for line in text)


def stands_in_like(line: Line, box: Box) -> bool:
    """Whether a line stands in a box beside this one that is called the same."""
    inner: Box | None = line.box
    while inner is not None and inner.parent is not box.parent:
        inner = inner.parent
    return inner is not None and inner.tag != "p" and (inner.tag, inner.kind) == (box.tag, box.kind)
