"""Boxes without a link that are set among the sentences of an article: tables of `<div>`s, answers of one word, chats.

Their lines are short, and each stands in boxes of its own, so nothing about a line alone tells that it belongs. What
tells is the box: sentences of the text stand before and after it, and nothing in it can be clicked at, filled in or
played. An `Outline` with its roles comes in, numbers of lines go out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scraper.read.byline import is_byline
from scraper.read.comment_count import number_in
from scraper.read.comment_headings import speaks_of_readers
from scraper.read.extras import is_signpost
from scraper.read.live import is_age
from scraper.read.outline import ends
from scraper.read.phrases import PITCH
from scraper.read.prose import signature_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

# What can be used or leads elsewhere; and pictures, as what stands beside them may be their credit.
_NONE_OF_IT = (
    "a[href], button, form, input, select, textarea, iframe, video, audio, [role=link], [role=button], [role=tab],"
    " [data-href], [onclick], img, picture, noscript"
)
_MOST = 40
# Weather, shares, votes, and a price alone, as of petrol.
_MOVES = re.compile(
    r"°|^(?:[$€£¥] ?)?\d[\d.,]* ?(?:[$€£¥]|euro|eur|chf|usd)$|[▲▼△▽↑↓]|[+\u2212–±-] ?\d+[.,]\d+ ?%|\d ?%$", re.I
)
_SAYS = re.compile(r"\w")
_QUOTED = '"„“”«»‚‘'
_SUBHEAD = re.compile(r"sub-?head|zwischen-?(?:titel|ueberschrift|überschrift)|cross-?head|inter-?title")


def set_in(page: Outline, found: dict[int, Role], lines: Sequence[Line]) -> frozenset[int]:
    """The lines, by number, of boxes that stand among the sentences of these lines and are a part of the text."""
    running = [line for line in lines if line.running]
    named = Counter(signature_of(line.box) for line in running)
    core = [line for line in running if named[signature_of(line.box)] > 1]
    kept: set[int] = set()
    for box in _between(page, core):
        if _is_own(page, found, box):
            kept.update(range(box.first, box.last))
    return frozenset(kept)


def _between(page: Outline, core: Sequence[Line]) -> Iterator[Box]:
    """The largest boxes that hold no sentence of the text, with such before and after them in the box around."""
    spans: dict[int, tuple[int, int]] = {}
    for line in core:
        box: Box | None = line.box
        while box is not None:
            spans[id(box)] = spans.get(id(box), (line.at, line.at))[0], line.at
            box = box.parent
    for box in page.boxes:
        first, last = spans.get(id(box.parent), (0, 0))
        if box.first < box.last and id(box) not in spans and first < box.first and box.last <= last:
            yield box


def _is_own(page: Outline, found: dict[int, Role], box: Box) -> bool:
    lines = page.of(box)
    if len(lines) > _MOST or found[id(box)] or any(found[id(line.box)] not in ("", "meta") for line in lines):
        return False
    if any(map(_is_put_in, lines)) or PITCH.match(lines[0].low):
        return False
    if len(lines) == 1 and not _is_alone(lines[0]):
        return False
    return box.node.css_first(_NONE_OF_IT) is None


def _is_alone(line: Line) -> bool:
    """A line by itself may be a credit or a label, unless it is in quotation marks or a heading by its name."""
    quoted = line.text[0] in _QUOTED
    return quoted or ends(line.text) or _SUBHEAD.search(line.box.words) is not None


def _is_put_in(line: Line) -> bool:
    """It speaks of the paper or its readers, or moves by itself."""
    return (
        is_signpost(line)
        or is_byline(line.text)
        or is_age(line.text)
        or number_in(line.text) is not None
        or speaks_of_readers(line.text)
        or _MOVES.search(line.text) is not None
    )
