"""Where the article's text stands on a page and what its blocks are: an `Outline` with roles in, blocks out."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from scraper.article import Block
from scraper.read.comment_count import number_in
from scraper.read.extras import card_lines, is_signpost, labelled_links, pitches, repeated_captions
from scraper.read.headline import loose
from scraper.read.live import is_age, without_label
from scraper.read.outline import HEADINGS
from scraper.read.prose import Prose
from scraper.read.roles import roles

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scraper.article import BlockKind
    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

NOTE = re.compile(
    r"^(?:\W*)(?:korrektur(?:hinweis)?|berichtigung|richtigstellung|transparenzhinweis|anm(?:erkung|\.) der redaktion"
    r"|hinweis der redaktion|in eigener sache|correction|corrected|clarification|editor['’]?s note|erratum|update)"
    r"(?:\s*\([^)]{1,40}\))?(?:\s+(?:vom|am|on|of)\s[^:]{1,40})?\s*[:|–—-]"
    r"|^\W*(?:in einer (?:früheren|vorherigen|ersten) (?:version|fassung)|an earlier version of th|this (?:article"
    r"|story) (?:has been|was)"
    r" (?:updated|amended|corrected)|(?:dieser|der) (?:artikel|text|beitrag) wurde (?:\w+ ){0,4}(?:korrigiert"
    r"|aktualisiert|geändert))",
    re.I,
)
BROADCAST = re.compile(
    r"^(?:über dieses thema bericht|dieses thema im programm|dieses thema (?:im|in der)\b.{0,60}\|)", re.I
)
_TEXTUAL = ("p", "blockquote", "pre")
_ROW = ("td", "th")
# Of the page's running text: less than this is not the article.
_LITTLE = 0.4
# Running lines after which another headline begins another article.
_ENOUGH = 3
_OPENING = 2
_NEARLY = 0.5


def locate(page: Outline, headline: Box | None) -> tuple[dict[int, Role], Box | None]:
    """The role of every box, and the box that holds the text.

    Where the names of classes leave next to no text, those around the bulk of it are misnomers.
    """
    found = roles(page, headline)
    if not _surely_enough(page, found):
        bare = roles(page, headline, names=False)
        core = _container(page, bare)
        if core is not None and _little_left(page.of(core), found):
            found = roles(page, headline, exempt=_path(core))
            if _little_left(page.of(core), found):
                return bare, core
    _put_aside(page, found, headline)
    return found, _container(page, found)


def _surely_enough(page: Outline, found: dict[int, Role]) -> bool:
    """However the page is looked at, its bulk is no less than what stands together now: nothing was lost then."""
    dropped = sum(line.width for line in page.lines if line.running and found[id(line.box)])
    return dropped <= (1 - _LITTLE) * max(_sums(page, found))


def _put_aside(page: Outline, found: dict[int, Role], headline: Box | None) -> None:
    """Boxes that talk to the reader about the paper; their own words say so, whatever their class."""
    for box in pitches(page, found, headline):
        last = box.last
        for inner in page.boxes:
            if box.first <= inner.first and inner.last <= last and inner.within(box):
                found[id(inner)] = "aside"


def _little_left(lines: Sequence[Line], found: dict[int, Role]) -> bool:
    running = [line for line in lines if line.running]
    dropped = [line for line in running if found[id(line.box)]]
    whole, lost = (sum(line.width for line in some) for some in (running, dropped))
    return len(dropped) > 1 and whole - lost < _LITTLE * whole


def _path(box: Box | None) -> set[int]:
    ids = set()
    while box is not None:
        ids.add(id(box))
        box = box.parent
    return ids


def _container(page: Outline, found: dict[int, Role]) -> Box | None:
    """The box whose lines add up to most: running text counts for it, everything else a little against it."""
    points = _sums(page, found)
    most = max(points)
    if most <= 0:
        return None
    best = next(box for box, sum_ in zip(reversed(page.boxes), reversed(points), strict=True) if sum_ == most)
    return _article_in(page, best, points)


def _sums(page: Outline, found: dict[int, Role]) -> list[float]:
    """The points of each box."""
    sums = list(accumulate((_points(line, found[id(line.box)]) for line in page.lines), initial=0.0))
    return [sums[box.last] - sums[box.first] for box in page.boxes]


def _article_in(page: Outline, best: Box, points: list[float]) -> Box:
    """Where the best is the whole page: an `<article>` or `<main>` that holds nearly as much."""
    if best.tag not in ("body", "html"):
        return best
    most = _NEARLY * max(points)
    marked = [
        box for box, sum_ in zip(page.boxes, points, strict=True) if box.tag in ("article", "main") and sum_ >= most
    ]
    return marked[-1] if marked else best


def _points(line: Line, role: Role) -> float:
    if role:
        return -2
    if line.running:
        return line.width * (1 - line.link_share)
    if line.box.tag in _ROW:
        return -2 if line.linked else 0
    return -2 if line.box.tag in (*HEADINGS, "p", "li") else -3 - line.linked / 8


def body_lines(page: Outline, found: dict[int, Role], box: Box, headline: Box | None) -> list[Line]:
    """The lines of the article in order, without headline, teasers, captions and the like."""
    lines = _this_article([line for line in page.of(box) if not found[id(line.box)]], headline)
    prose = Prose(page, found, lines)
    dropped = {line.at + 1 for line in lines if BROADCAST.match(line.text) and line.text.endswith(":")}
    dropped |= card_lines(page, lines) | labelled_links(lines) | repeated_captions(page, found, lines)
    kept = [line for line in lines if line.at not in dropped and _belongs(line, prose)]
    return _without_loose_headings(_without_headline(page, kept, headline))


def _without_headline(page: Outline, lines: list[Line], headline: Box | None) -> list[Line]:
    """Some pages print it twice, for different screens."""
    title = loose("".join(line.text for line in page.of(headline))) if headline is not None else ""
    if not title:
        return lines
    return [
        line
        for place, line in enumerate(lines)
        if place > _OPENING or line.box.tag not in HEADINGS or not loose(line.text).endswith(title)
    ]


def _this_article(lines: list[Line], headline: Box | None) -> list[Line]:
    """From the headline on, and up to the next article's headline where a page strings several together."""
    if headline is None or not lines or not lines[0].at <= headline.first <= lines[-1].at:
        return lines
    lines = [line for line in lines if line.at >= headline.last]
    if headline.tag != "h1":
        return lines
    for place, line in enumerate(lines):
        if _heads_another(line, headline) and sum(before.running for before in lines[:place]) >= _ENOUGH:
            return lines[:place]
    return lines


def _heads_another(line: Line, headline: Box) -> bool:
    """Right beside the headline another `<h1>` is a subhead."""
    return line.box.tag == "h1" and line.box.parent is not headline.parent


def _belongs(line: Line, prose: Prose) -> bool:
    if line.box.tag == "h1" or _is_label(line) or is_signpost(line) or BROADCAST.match(line.text):
        return False
    if line.box.tag in HEADINGS:
        return line.link_share < 0.9
    if line.running:
        return True
    if line.link_share > 0.8:
        return False
    if prose.lists(line) or prose.has_like(line):
        return True
    return line.box.tag in _TEXTUAL and id(line.box.parent) in prose.parents


def _is_label(line: Line) -> bool:
    """How many comments there are, or how long ago something was."""
    counts = not line.running and number_in(line.text) is not None
    return counts or (line.box.tag not in _ROW and is_age(line.text))


def _without_loose_headings(lines: list[Line]) -> list[Line]:
    """A heading without text after it heads something that was dropped."""
    kept: list[Line] = []
    for line in reversed(lines):
        if line.box.tag not in HEADINGS or (kept and kept[-1].box.tag not in HEADINGS) or _level(line, kept):
            kept.append(line)
    return kept[::-1]


def _level(line: Line, after: list[Line]) -> bool:
    """A heading over a smaller heading stays, and one right over another: nothing was dropped between."""
    return bool(after) and (after[-1].box.tag > line.box.tag or after[-1].at == line.at + 1)


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """One block per line; the cells of a table row become one."""
    made: list[Block] = []
    row: Box | None = None
    # A list item that has a heading is an entry of a live blog or the like: its paragraphs are paragraphs.
    headed = {id(line.box.up("li")) for line in lines if line.box.tag in HEADINGS}
    for line in lines:
        around = line.box.up("tr") if line.box.tag in (*_ROW, "p", "div") else None
        if around is not None and around is row:
            made[-1] = Block("table", f"{made[-1].text} | {line.text}")
            continue
        row = around
        made.append(Block("table" if around else kind_of(line, headed), without_label(line)))
    return tuple(made)


def kind_of(line: Line, headed: Collection[int]) -> BlockKind:
    """`headed` are list items, by id, that are no points of a list."""
    if NOTE.match(line.text):
        return "note"
    if line.box.tag in HEADINGS:
        return "subhead"
    if line.box.up("blockquote"):
        return "quote"
    item = line.box.up("li", "dd", "dt", "article")
    return "paragraph" if item is None or item.tag == "article" or id(item) in headed else "list_item"
