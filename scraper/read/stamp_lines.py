"""Stamps that share a line with the intro or the byline: an `Outline` in, each of these becomes a line of its own.

What tells is how it is set apart: behind a line break, in an element of its own, beside an element that holds all that
stands before it, or in brackets behind the first sentences; and that it says nothing but names and a whole date. What a
sentence says of a Stand stays in the sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scraper import stamps
from scraper.passing import is_counter
from scraper.read.outline import HEADINGS, Line, is_running
from scraper.read.phrases import BYLINE, ONLY_NAMES
from scraper.read.text import begins_line, breadth, clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Outline

_UTC = ZoneInfo("UTC")
_LONGEST, _SHORTEST, _MOST_NODES = 120, 25, 40
_SENTENCE = re.compile(r"[^\W\d]{2}[.!?…][\"'”“»«’)\]]*$")
_BRACKETED = re.compile(r"(?<=[.!?…»“”\"]) \((?=[^()]{10,90}\)\.?$)")
_TIMED = re.compile(r"\d[:.h]\d\d|\d ?(?:uhr|[ap]\.?m\b)", re.I)
_PART = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+|[\s\u00a0]{2,}")
_OPEN = " |·•–—-,;([/\t\n\u00a0"
_EDGE = f"{_OPEN})]."
_ONE_WORD = re.compile(r"[^\W\d_a-z][\w-]*")
SOURCE = re.compile(r"\W*(?:quellen?|sources?|daten)\b", re.I)
# What is told of has a stamp of its own.
_COUNTS = re.compile(r"\d|(?:zahl|daten|preis|kurs|angaben|fälle)\w*|\b(?:figures|numbers|data|cases|prices)\b", re.I)
# In these a sentence says it.
_FORMATS = frozenset(("b", "strong", "i", "em", "u", "mark", "q", "cite", "a"))
_FIGURES = re.compile(r"stand der (?!artikel|information|meldung|recherche|nachricht)\w+", re.I)
_FIGURES_BEFORE = re.compile(
    r"\b(?:\w*daten|\w*zahlen|\w*preise|\w*kurse|tarife|angaben|tabelle|grafik|karte)\W*$", re.I
)


def is_of_figures(before: str, raw: str) -> bool:
    """ "Stand der Daten: …", "Preise, Stand: …": as of when the numbers before it hold."""
    return _FIGURES.match(raw) is not None or _FIGURES_BEFORE.search(before) is not None


def part_stamps(page: Outline, headline: Box | None, now: datetime) -> None:
    """Below the headline, from where each sets itself apart to the end of its line."""
    if headline is None:
        return
    said, at = 0, headline.last
    while at < len(page.lines):
        line = page.lines[at]
        if _may_be_parted(line) and stamps.find_updated(line.text[-_LONGEST:]):
            start = next(_starts(line, now, first=not said), 0)
            if start:
                _part(page, line, start)
                at += 1
        said += line.running
        at += 1


def _may_be_parted(line: Line) -> bool:
    """Something stands before a part of it; so it is with few lines."""
    parted = len(line.text) > _SHORTEST and (len(line.nodes) > 1 or "(" in line.text)
    return parted and line.box.tag not in HEADINGS


def _starts(line: Line, now: datetime, *, first: bool) -> Iterator[int]:
    """Where in its text a stamp that ends it may begin."""
    for place, (start, node) in enumerate(places := _places(line)):
        before, said = line.text[:start].rstrip(_OPEN), line.text[start:]
        if not place or len(said) > _LONGEST or len(before) < _SHORTEST or _is_byline(before):
            continue
        broken = begins_line(node) and (first or not _COUNTS.search(before))
        if not broken and not (first and _is_apart(line, before, [one for _, one in places], place)):
            continue
        if is_stamp_line(before, said, now):
            yield start
    found = _BRACKETED.search(line.text) if first else None
    if found is None or not _TIMED.search(line.text, found.start()):
        return
    before, said = line.text[: found.start()], line.text[found.end() - 1 :]
    if len(before) >= _SHORTEST and not _COUNTS.search(before) and is_stamp_line(before, said, now):
        yield found.end() - 1


def _is_byline(text: str) -> bool:
    """What stands beside stamps in one box is read with them."""
    return any(one.match(text) for one in (BYLINE, SOURCE)) or re.search(r"[|•·]", text) is not None


def _places(line: Line) -> list[tuple[int, LexborNode]]:
    """Where each of its text nodes begins in the line; none of a line of very many."""
    found, at = [], 0
    for node in line.nodes if 1 < len(line.nodes) <= _MOST_NODES else []:
        words = clean(node.text(deep=False))
        start = line.text.find(words, at)
        if start >= 0:
            found.append((start, node))
            at = start + len(words)
    return found


def _is_apart(line: Line, said: str, nodes: list[LexborNode], place: int) -> bool:
    """All before that place, `said`, is sentences in one inline element; or all behind it is one that is not there for
    stress.
    """
    if not _SENTENCE.search(said):
        return False
    around = [_elements(node, line.box) for node in nodes]
    before, behind = around[:place], around[place:]
    shared = set.intersection(*map(set, before)).difference(*behind)
    own = set.intersection(*map(set, behind)).difference(*before)
    return bool(shared) or any(behind[0][one] not in _FORMATS for one in own)


def _elements(node: LexborNode, box: Box) -> dict[int, str]:
    """Those that a text node stands in, within a box, by `mem_id`, with their tags."""
    found, around = dict[int, str](), node.parent
    while around is not None and around.mem_id != box.node.mem_id:
        found[around.mem_id] = around.tag or ""
        around = around.parent
    return found


def is_stamp_line(before: str, said: str, now: datetime) -> bool:
    """It names people or a place, says when it was updated, maybe how long it takes to read, and nothing else."""
    raw = stamps.find_updated(said)
    if raw is None or is_of_figures(before, raw):
        return False
    names, _, after = said.partition(raw)
    names = names.replace(stamps.find_published(names) or "", "")
    after = after.replace(stamps.find_published(after) or "", "")
    return all(map(_is_name, _pieces(names))) and not after.strip(_EDGE) and _is_whole(raw, now)


def _is_whole(raw: str, now: datetime) -> bool:
    """A date that can be read, with what may stand beside stamps."""
    stamp, *others = re.split(r"\s*[|•·]\s*", raw)
    if not stamps.is_bare(stamp, now) or stamps.covers(raw, _UTC, now) is None:
        return False
    return all(is_counter(piece) or _is_name(piece) or stamps.is_bare(piece, now) for piece in others)


def _pieces(text: str) -> list[str]:
    return [piece for part in _PART.split(text) if (piece := part.strip(_EDGE))]


def _is_name(text: str) -> bool:
    return any(one.fullmatch(text) for one in (BYLINE, ONLY_NAMES, _ONE_WORD))


def _part(page: Outline, line: Line, start: int) -> None:
    """The line ends there, and what follows becomes the next."""
    first = [node for begins, node in _places(line) if begins < start]
    last = [node for begins, node in _places(line) if begins >= start] or line.nodes[-1:]
    text, said = line.text[:start].rstrip(_OPEN), line.text[start:]
    linked, strong = (
        min(
            sum(len(clean(node.text(deep=False))) for node in last if tags & {*_elements(node, line.box).values()}),
            len(said),
        )
        for tags in ({"a"}, {"b", "strong"})
    )
    line.linked, line.strong = max(0, line.linked - linked), max(0, line.strong - strong)
    tail = Line(said, line.box, linked, 0, strong, line.at, breadth(said), False, last)
    line.text, line.width, line.nodes, line._low = text, breadth(text), first or line.nodes, ""
    line.running = line.running or is_running(line)
    page.lines.insert(line.at + 1, tail)
    for at in range(line.at + 1, len(page.lines)):
        page.lines[at].at = at
    for box in page.boxes:
        box.first += box.first > line.at
        box.last += box.last > line.at
    page.images[:] = [(node, box, at + (at > line.at)) for node, box, at in page.images]
