"""Where the article's text stands on a page and what its blocks are: an `Outline` with roles in, blocks out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.article import Block
from scraper.read.comment_count import number_in
from scraper.read.outline import HEADINGS
from scraper.read.roles import roles
from scraper.read.text import breadth

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_SIGNPOST = re.compile(
    r"^\W*(?:lesen sie|lies auch|auch interessant|mehr:|mehr (?:zum thema|dazu)\b.{0,40} finden sie"
    r"|siehe auch|read (?:more|also|next|the full)|also read|also:"
    r"|see also|more:|watch:|watch (?:more|now)|sign up|subscribe\b|follow (?:us|\w+ on)|click here|join (?:us|our)\b"
    r"|download (?:our|the)\b|get our\b|advertisement|anzeige$|werbung$|story continues|continue reading"
    r"|article continues|don['’]?t miss|(?:copyright )?(?:©|\(c\) )|all rights reserved"
    r"|foto:|fotos:|bild:|bildquelle|quelle:|photo:|image:"
    r"|picture:|artikel teilen|(?:(?:noch )?keine )?kommentare?$|comments?$|tags?:|topics:|themen:|leer más|lire aussi"
    r"|leggi anche|lees ook|les også|läs också|čtěte|también te|à lire|this article (?:first|originally) appeared)",
    re.I,
)
# These begin sentences of an article too: there they are followed by no link and no colon.
_MAYBE_SIGNPOST = re.compile(
    r"^\W*(?:mehr (?:zum|zu|aus|über|dazu)|weitere (?:artikel|themen|nachrichten|infos)|das könnte sie|hier geht es"
    r"|zum thema|empfohlene|related|more (?:from|on|about)|recommended|join the|get the |newsletter|copyright"
    r"|share (?:this|on)|teilen|we (?:may )?earn)",
    re.I,
)
_TEXTUAL = ("p", "blockquote", "pre")
_ROW = ("td", "th")
_ITEMS = ("li", "dt", "dd", *_ROW)
# Of the page's running text: less than this is not the article.
_LITTLE = 0.4
# Running lines after which another headline begins another article.
_ENOUGH = 3


def locate(page: Outline, headline: Box | None) -> tuple[dict[int, Role], Box | None]:
    """The role of every box, and the box that holds the text.

    Where the names of classes leave next to no text, those around the bulk of it are misnomers.
    """
    found = roles(page, headline)
    bare = roles(page, headline, names=False)
    core = _container(page, bare)
    if core is not None and _little_left(page.of(core), found):
        found = roles(page, headline, exempt=_path(core))
        if _little_left(page.of(core), found):
            return bare, core
    return found, _container(page, found)


def _little_left(lines: Sequence[Line], found: dict[int, Role]) -> bool:
    whole = left = 0
    for line in lines:
        if line.running:
            width = breadth(line.text)
            whole += width
            left += 0 if found[id(line.box)] else width
    return left < _LITTLE * whole


def _path(box: Box | None) -> set[int]:
    ids = set()
    while box is not None:
        ids.add(id(box))
        box = box.parent
    return ids


def _container(page: Outline, found: dict[int, Role]) -> Box | None:
    """The box whose lines add up to most: running text counts for it, everything else a little against it."""
    sums = [0.0]
    for line in page.lines:
        sums.append(sums[-1] + _points(line, found[id(line.box)]))
    best, most = None, 0.0
    for box in page.boxes:
        points = sums[box.last] - sums[box.first]
        if points > 0 and points >= most:
            best, most = box, points
    return best


def _points(line: Line, role: Role) -> float:
    if role:
        return -2
    if line.running:
        return breadth(line.text) * (1 - line.link_share)
    if line.box.tag in _ROW:
        return -0.5
    return -2 if line.box.tag in (*HEADINGS, "p", "li") else -3 - line.linked / 8


def body_lines(page: Outline, found: dict[int, Role], box: Box, headline: Box | None) -> list[Line]:
    """The lines of the article in order, without headline, teasers, captions and the like."""
    lines = _this_article([line for line in page.of(box) if not found[id(line.box)]], headline)
    prose = {id(line.box.parent) for line in lines if line.running}
    aired = {line.at + 1 for line in lines if BROADCAST.match(line.text) and line.text.endswith(":")}
    kept = [line for line in lines if line.at not in aired and _belongs(line, prose)]
    return _without_loose_headings(kept)


def _this_article(lines: list[Line], headline: Box | None) -> list[Line]:
    """From the headline on, and up to the next article's headline where a page strings several together."""
    if headline is None or not lines or not lines[0].at <= headline.first <= lines[-1].at:
        return lines
    lines = [line for line in lines if line.at >= headline.last]
    if headline.tag != "h1":
        return lines
    for place, line in enumerate(lines):
        if line.box.tag == "h1" and sum(before.running for before in lines[:place]) >= _ENOUGH:
            return lines[:place]
    return lines


def _belongs(line: Line, prose: set[int]) -> bool:
    if line.box.tag == "h1" or is_signpost(line) or BROADCAST.match(line.text) or _counts_comments(line):
        return False
    if line.box.tag in HEADINGS:
        return line.link_share < 0.9
    if line.running:
        return True
    if line.link_share > 0.8:
        return False
    item = line.box if line.box.tag in _ITEMS else line.box.parent
    if item is not None and item.tag in _ITEMS and _beside(item, prose):
        return True
    return line.box.tag in _TEXTUAL and id(line.box.parent) in prose


def is_signpost(line: Line) -> bool:
    if _SIGNPOST.match(line.text):
        return True
    plain = line.running and not line.linked and ":" not in line.text[:40]
    return not plain and _MAYBE_SIGNPOST.match(line.text) is not None


def _counts_comments(line: Line) -> bool:
    return not line.running and number_in(line.text) is not None


def _beside(box: Box, prose: set[int]) -> bool:
    """A list or table that stands among the paragraphs."""
    around = box.up("ul", "ol", "dl", "table")
    return around is not None and around.parent is not None and id(around.parent) in prose


def _without_loose_headings(lines: list[Line]) -> list[Line]:
    """A heading without text after it heads something that was dropped."""
    kept: list[Line] = []
    for line in reversed(lines):
        if line.box.tag not in HEADINGS or (kept and kept[-1].box.tag not in HEADINGS) or _level(line, kept):
            kept.append(line)
    return kept[::-1]


def _level(line: Line, after: list[Line]) -> bool:
    """A heading over a smaller heading stays."""
    return bool(after) and after[-1].box.tag > line.box.tag


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """One block per line; the cells of a table row become one."""
    made: list[Block] = []
    row: Box | None = None
    for line in lines:
        around = line.box.up("tr") if line.box.tag in (*_ROW, "p", "div") else None
        if around is not None and around is row:
            made[-1] = Block("table", f"{made[-1].text} | {line.text}")
            continue
        row = around
        made.append(Block("table" if around else kind_of(line), line.text))
    return tuple(made)


def kind_of(line: Line) -> BlockKind:
    if NOTE.match(line.text):
        return "note"
    if line.box.tag in HEADINGS:
        return "subhead"
    if line.box.up("blockquote"):
        return "quote"
    return "list_item" if line.box.up("li", "dd", "dt") else "paragraph"
