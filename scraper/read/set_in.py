"""Boxes without a link that are set among the sentences of an article: tables of `<div>`s, chats, answers, quotations.

Their lines are short, and each stands in boxes of its own, so nothing about a line alone tells that it belongs. What
tells is the box: sentences of the text stand before and after it, nothing in it can be clicked at, filled in or played,
and it is laid out as no teaser is: in rows of several parts, in turns, or as what somebody said. An `Outline` with its
roles comes in, numbers of lines go out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scraper.read.comments.count import number_in
from scraper.read.comments.headings import speaks_of_readers
from scraper.read.extras import is_signpost
from scraper.read.live import is_age
from scraper.read.outline import HEADINGS
from scraper.read.phrases import PITCH
from scraper.read.prose import signature_of
from scraper.read.roles import hint
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

# What can be used or leads elsewhere; and pictures: what stands beside them may be their credit, unless it is quoted.
_USED = (
    "a[href], button, form, input, select, textarea, iframe, video, audio, [role=link], [role=button], [role=tab],"
    " [data-href], [onclick]"
)
_PICTURED = "img, picture, noscript"
_MOST, _ROWS, _CELLS = 40, 2, 2
# Weather, shares, votes, prices, vacancies, and what is on at what time.
_MOVES = re.compile(
    r"°|[▲▼△▽↑↓]|[+\u2212–±-] ?\d+[.,]\d+ ?%|\d ?%$|[$€£¥] ?\d+[.,]\d\d\b|\b\d+[.,]\d\d ?(?:[$€£¥]|euro|eur|chf|usd)"
    r"|^\d[\d.,]* ?[$€£¥]$|\((?:[mwfdx]/){1,2}[mwfdx]\)|\b(?:podcast|folge \d|episode \d)",
    re.I,
)
_TIME = re.compile(r"\b\d?\d[:.]\d\d\b(?!\.)|\b\d?\d (?:Uhr|[ap]\.?m\b)")
_CHAT = re.compile(r"chat|message|dialog|bubble")
_SUBHEAD = re.compile(r"sub-?head|zwischen-?(?:titel|ueberschrift|überschrift)|cross-?head|inter-?title")
# All that somebody said, and at most a name.
_SAID = re.compile(r"[\"„“«»‚‘][^\"„“”«»]{12,200}[\"“”«»’‘][^\w\"„“”«»]*(?:[^\W\d_][^\d:?!\"„“”«»]{1,60})?")
_SENTENCE = re.compile(r"[\"„“«»‚‘][^\"„“”«»]{12,200}[.!?…][\"“”«»’‘]\W*")
_NAME = re.compile(r"[^\d:?!]{2,80}")


def set_in(page: Outline, found: dict[int, Role], lines: Sequence[Line]) -> frozenset[int]:
    """The lines, by number, of boxes that stand among the sentences of these lines and are a part of the text."""
    running = [line for line in lines if line.running]
    named = Counter(signature_of(line.box) for line in running)
    core = [line for line in running if named[signature_of(line.box)] > 1]
    kept: set[int] = set()
    for box in _between(page, core):
        inside = _without_captions(page, box)
        if inside and _is_own(found, box, inside):
            kept.update(line.at for line in inside)
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
        if box.first < box.last and id(box) not in spans and (span := spans.get(id(box.parent))):
            first, last = span
            if first < box.first and box.last <= last:
                yield box


def _without_captions(page: Outline, box: Box) -> Sequence[Line]:
    """Its lines; of a quotation in a `<figure>` not what is said about it."""
    lines = page.of(box)
    if box.tag != "figure" or not any(line.box.up("blockquote") for line in lines):
        return lines
    return [line for line in lines if line.box.up("figcaption") is None]


def _is_own(found: dict[int, Role], box: Box, lines: Sequence[Line]) -> bool:
    around, box = box, _innermost(box, lines[0])
    if len(lines) > _MOST or box.hidden or hint(box.words):
        return False
    if found[id(box)] and not {box.tag, around.tag} & {"aside", "figure"}:
        return False
    if found[id(box)] != "aside" and any(found[id(line.box)] not in ("", "meta") for line in lines):
        return False
    if any(map(_is_put_in, lines)) or PITCH.match(lines[0].low) or around.node.css_first(_USED) is not None:
        return False
    if around.node.css_first(_PICTURED) is not None:
        return is_said_by_pictured(lines)
    return _says_it(box, lines) or (not found[id(box)] and _is_in_rows(box, lines))


def _innermost(box: Box, first: Line) -> Box:
    """The last of the boxes that hold nothing but one another."""
    inner = first.box
    while inner is not box and (inner.first, inner.last) != (box.first, box.last):
        inner = inner.parent or box
    return inner


def _is_put_in(line: Line) -> bool:
    """It speaks of the paper or its readers, or moves by itself."""
    return (
        is_signpost(line)
        or is_age(line.text)
        or number_in(line.text) is not None
        or speaks_of_readers(line.text)
        or _MOVES.search(line.text) is not None
    )


def _says_it(box: Box, lines: Sequence[Line]) -> bool:
    """What somebody said, maybe with the name under it; a heading by its name alone; verses."""
    if len(lines) == 1 and (box.tag == "pre" or _SUBHEAD.search(box.words)):
        return True
    quoted = box.tag in ("figure", "blockquote") and _is_quoted(lines)
    return _is_named(lines) and (quoted or _SAID.fullmatch(lines[0].text) is not None)


def is_said_by_pictured(lines: Sequence[Line]) -> bool:
    """Beside a picture: a quotation, or a whole sentence in quotation marks, maybe with the name under it. A title or a
    part of a sentence in such marks may be a caption.
    """
    return _is_quoted(lines) or (_is_named(lines) and _SENTENCE.fullmatch(lines[0].text) is not None)


def _is_quoted(lines: Sequence[Line]) -> bool:
    return bool(lines) and all(line.box.up("blockquote") for line in lines)


def _is_named(lines: Sequence[Line]) -> bool:
    return len(lines) == 1 or (len(lines) == _CELLS and _NAME.fullmatch(lines[1].text) is not None)


def _is_in_rows(box: Box, lines: Sequence[Line]) -> bool:
    """A table, steps, a chat: boxes alike, one after another, each of several parts; or two kinds in turns."""
    if not _CHAT.search(box.words) and any(_TIME.search(line.text) for line in lines):
        return False
    rows = _parts(box.node)
    while len(rows) == 1:
        rows = _parts(rows[0])
    if len(rows) < _ROWS or any(node.tag != "div" for node in rows):
        return False
    kinds = Counter(node.attributes.get("class") or "" for node in rows)
    in_turns = len(kinds) == _CELLS and min(kinds.values()) >= _ROWS
    return in_turns or all(_is_row(_parts(node, and_headings=True)) for node in rows)


def _is_row(parts: Sequence[LexborNode]) -> bool:
    """A teaser has a heading or a paragraph."""
    return len(parts) >= _CELLS and all(part.tag in ("div", "span", "strong", "b", "time", "em") for part in parts)


def _parts(node: LexborNode, *, and_headings: bool = False) -> list[LexborNode]:
    return [part for part in node.iter() if (and_headings or part.tag not in HEADINGS) and text_of(part)]
