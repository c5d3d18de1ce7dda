"""Where the article's text stands on a page and what its blocks are: an `Outline` with roles in, blocks out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from scraper.amendments import heads_amendment
from scraper.article import Block
from scraper.corrections import begins_correction, is_label
from scraper.read.appeals import appeals
from scraper.read.comments.count import number_in
from scraper.read.extras import (
    adverts,
    card_lines,
    is_signpost,
    labelled_links,
    labels_of_links,
    pitches,
    ranks,
    repeated_captions,
)
from scraper.read.headline import loose
from scraper.read.inserts import own_words
from scraper.read.live import is_age
from scraper.read.named_comments import text_called_comments
from scraper.read.outline import HEADINGS, ends
from scraper.read.prose import Prose
from scraper.read.readers_boxes import readers_boxes
from scraper.read.remarks import is_aside, is_named, remarks
from scraper.read.roles import hint, roles
from scraper.read.set_in import set_in
from scraper.read.sources import sources

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scraper.article import BlockKind
    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

NOTE = re.compile(
    r"^(?:\W*)(?:korrektur(?:hinweis)?|berichtigung|richtigstellung|transparenzhinweis|anm(?:erkung|\.) der redaktion"
    r"|hinweis der redaktion|in eigener sache|correction|corrected|clarification|editor['’]?s note|erratum|update)"
    r"(?:\s*\([^)]{1,40}\))?(?:\s+(?:vom|am|on|of)\s[^:]{0,30}(?:\d|tag|day)[^:]{0,20})?\s*[:|–—-]"
    r"|^\W*(?:this (?:article|story) (?:has been|was)"
    r" (?:updated|amended|corrected)|(?:dieser|der) (?:artikel|text|beitrag) wurde (?:\w+ ){0,4}(?:korrigiert"
    r"|aktualisiert|geändert))",
    re.I,
)
BROADCAST = re.compile(
    r"^(?:über dieses thema bericht|dieses thema im programm|dieses thema (?:im|in der)\b.{0,60}\|)", re.I
)
_OVER_ITS_OWN = ("summary", "caption")
_HEADS = (*HEADINGS, *_OVER_ITS_OWN)
_TEXTUAL = ("p", "blockquote", "pre")
_ROW = ("td", "th")
_PIECES = frozenset((*HEADINGS, "p", "li"))
# Of the page's running text: less than this is not the article.
_LITTLE = 0.4
# Running lines after which another headline begins another article.
_ENOUGH = 3
_OPENING = 2
_NEARLY, _MOST = 0.5, 0.8
_LINK, _PLAIN = 0.8, 0.3
_PAGE, _WHOLE = ("body", "html"), ("article", "main")


def locate(page: Outline, headline: Box | None) -> tuple[dict[int, Role], Box | None, frozenset[int]]:
    """The role of every box, the box that holds the text, and the boxes, by id, that their own words put aside.

    Where the names of classes leave next to no text, those around the bulk of it are misnomers.
    """
    found, points = roles(page, headline), list(map(_points, page.lines))
    text_box = text_called_comments(page, found, headline)
    if text_box is not None:
        found = roles(page, headline, exempt=(id(text_box),))
    sums = _sums(page, found, points)
    if not _surely_enough(page, found, sums):
        bare = roles(page, headline, names=False)
        core = _container(page, bare, headline, _sums(page, bare, points))
        text = [line for line in page.of(core) if line.running and not bare[id(line.box)]] if core is not None else []
        if core is not None and _little_left(text, found):
            named = roles(page, headline, exempt=_path(core))
            found = roles(page, headline, exempt=_path(core) | _misnomers(page, text, named))
            if _little_left(text, found):
                return bare, core, frozenset()
        sums = _sums(page, found, points)
    beside = _put_aside(page, found, headline)
    if beside:
        sums = _sums(page, found, points)
    return found, _container(page, found, headline, sums), beside


def _surely_enough(page: Outline, found: dict[int, Role], sums: list[float]) -> bool:
    """However the page is looked at, its bulk is no less than what stands together now: nothing was lost then."""
    dropped = sum(line.width for line in page.lines if line.running and found[id(line.box)])
    return dropped <= (1 - _LITTLE) * max(sums)


def _put_aside(page: Outline, found: dict[int, Role], headline: Box | None) -> frozenset[int]:
    """Advertisements and talk to the reader about the paper: their own words say so, whatever their class."""
    beside = {
        id(box)
        for box in (
            *adverts(page, found, headline),
            *pitches(page, found, headline),
            *appeals(page, found, headline),
            *readers_boxes(page, found, headline),
        )
    }
    # With all that is inside them, which comes behind them.
    for box in page.boxes if beside else ():
        if id(box) in beside or (box.parent is not None and id(box.parent) in beside):
            found[id(box)] = "aside"
            beside.add(id(box))
    return frozenset(beside)


def _little_left(lines: Sequence[Line], found: dict[int, Role]) -> bool:
    """Of sentences; those of readers may well be more than the article's."""
    told = [line for line in lines if found[id(line.box)] != "comments"]
    dropped = [line for line in told if found[id(line.box)]]
    whole, lost = (sum(line.width for line in some) for some in (told, dropped))
    return len(dropped) > 1 and whole - lost < _LITTLE * whole


def _misnomers(page: Outline, lines: Sequence[Line], found: dict[int, Role]) -> set[int]:
    """The boxes, by id, whose names say the same as those that hold the bulk of these sentences: other names stand."""
    widths: Counter[str] = Counter()
    for line in lines:
        if found[id(line.box)]:
            widths[hint(_put_aside_by(line.box, found).words)] += line.width
    most = _LITTLE * sum(line.width for line in lines)
    bulk = {said for said, width in widths.items() if said and width > most}
    return {id(box) for box in page.boxes if bulk and hint(box.words) in bulk}


def _put_aside_by(box: Box, found: dict[int, Role]) -> Box:
    """The outermost box that has a role."""
    while box.parent is not None and found[id(box.parent)]:
        box = box.parent
    return box


def _path(box: Box | None) -> set[int]:
    ids = set()
    while box is not None:
        ids.add(id(box))
        box = box.parent
    return ids


def _container(page: Outline, found: dict[int, Role], headline: Box | None, points: list[float]) -> Box | None:
    """The box whose lines add up to most points: running text counts for it, everything else a little against it.

    What is around an article adds up to more than it as soon as a banner says a sentence: so an `<article>`, or else
    any box, that holds nearly as much is meant.
    """
    if max(points) <= 0:
        return None
    sums = list(zip(page.boxes, points, strict=True))[::-1]
    best, most = max(sums, key=lambda sum_: sum_[1])
    if best.tag in _PAGE:
        inner = [(box, sum_) for box, sum_ in sums if box.tag not in _PAGE and box.last - box.first > 1]
        box, sum_ = max(inner, key=lambda sum_: sum_[1], default=(best, most))
        best = box if sum_ >= _MOST * most else best
    marked = (box for box, sum_ in sums if sum_ >= _NEARLY * most and box.tag in _WHOLE and box.within(best))
    return next((box for box in marked if _is_all(page, found, best, box, headline)), best)


def _is_all(page: Outline, found: dict[int, Role], around: Box, box: Box, headline: Box | None) -> bool:
    """Outside this box stands no other article, and no text but an intro between the headline and it."""
    outside = [
        line for line in page.of(around) if line.running and not found[id(line.box)] and not line.box.within(box)
    ]
    start = headline.last if headline is not None else box.first
    if sum(start <= line.at < box.first for line in outside) > 1:
        return False
    return not any(line.box.up("article") for line in outside if line.at >= box.last)


def _sums(page: Outline, found: dict[int, Role], points: list[float]) -> list[float]:
    """The points of each box, from those that the lines have where nothing puts them aside."""
    counted = [-2 if found[id(line.box)] else one for line, one in zip(page.lines, points, strict=True)]
    sums = list(accumulate(counted, initial=0.0))
    return [sums[box.last] - sums[box.first] for box in page.boxes]


def _points(line: Line) -> float:
    if line.running:
        return line.width * (1 - line.link_share)
    if line.box.tag in _ROW:
        return -2 if line.linked else 0
    return -2 if line.box.tag in _PIECES else -3 - line.linked / 8


def body_lines(page: Outline, found: dict[int, Role], box: Box, headline: Box | None) -> list[Line]:
    """The lines of the article in order, without headline, teasers, captions and the like."""
    noted = remarks(page, found, box, headline)
    told = {line.at: line for line in page.of(box) if not found[id(line.box)] or _notes(line, found)}
    told |= {at: page.lines[at] for at in noted}
    lines = _this_article([told[at] for at in sorted(told)], headline, noted)
    dropped = {line.at + 1 for line in lines if BROADCAST.match(line.text) and line.text.endswith(":")}
    dropped |= (
        card_lines(page, lines)
        | labels_of_links(page, lines)
        | labelled_links(lines)
        | ranks(page, lines)
        | repeated_captions(page, found, lines)
    )
    drawn_on = sources(page, lines)
    lines = [line for line in lines if line.at in drawn_on or (line.at not in dropped and not _is_none_of_it(line))]
    inset = set_in(page, found, lines)
    surely = noted | drawn_on | inset
    lines = [page.lines[at] for at in sorted({line.at for line in lines} | inset)]
    prose = Prose(page, found, [line for line in lines if line.link_share <= _LINK or ends(line.text)])
    kept = _without_headline(page, [line for line in lines if line.at in surely or _belongs(line, prose)], headline)
    return _without_loose_headings(page, found, kept)


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


def _this_article(lines: list[Line], headline: Box | None, noted: Collection[int]) -> list[Line]:
    """From the headline on, and up to the next article's headline where a page strings several together; but a remark
    may stand over it.
    """
    if headline is None or not lines or not lines[0].at <= headline.first <= lines[-1].at:
        return lines
    lines = [line for line in lines if line.at >= headline.last or line.at in noted]
    if headline.tag != "h1":
        return lines
    for place, line in enumerate(lines):
        if _heads_another(line, headline) and sum(before.running for before in lines[:place]) >= _ENOUGH:
            return lines[:place]
    return lines


def _heads_another(line: Line, headline: Box) -> bool:
    """Right beside the headline another `<h1>` is a subhead."""
    return line.box.tag == "h1" and line.box.parent is not headline.parent


def _is_none_of_it(line: Line) -> bool:
    """It says itself that it is no text, wherever it stands."""
    return line.box.tag == "h1" or _is_label(line) or is_signpost(line) or BROADCAST.match(line.text) is not None


def _notes(line: Line, found: dict[int, Role]) -> bool:
    """A remark of the editors may well stand in a box beside the text."""
    beside = found[id(line.box)] in ("aside", "meta") and line.box.up("nav", "form", "button") is None
    return beside and line.running and line.link_share < _PLAIN and NOTE.match(line.text) is not None


def _belongs(line: Line, prose: Prose) -> bool:
    if line.box.tag in _HEADS:
        return line.link_share < 0.9
    if line.running or (line.box.tag == "figcaption" and line.tells):
        return True
    if line.link_share > _LINK:
        return prose.goes_on_in(line) or prose.names_row(line)
    if prose.lists(line) or prose.has_like(line) or prose.quotes(line):
        return True
    if prose.answers(line):
        return True
    is_note = line.link_share < _PLAIN and ends(line.text) and NOTE.match(line.text) is not None
    return is_note or _is_beside_sentences(line, prose)


def _is_beside_sentences(line: Line, prose: Prose) -> bool:
    """A paragraph in the box that they stand in, or several words right in that box, or in one with sentences."""
    if (id(line.box) in prose.parents or id(line.box) in prose.boxes) and " " in line.text and ends(line.text):
        return True
    return line.box.tag in _TEXTUAL and id(line.box.parent) in prose.parents


def _is_label(line: Line) -> bool:
    """How many comments there are, or how long ago something was."""
    counts = not line.running and number_in(line.text) is not None
    return counts or (line.box.tag not in _ROW and is_age(line.text))


def _without_loose_headings(page: Outline, found: dict[int, Role], lines: list[Line]) -> list[Line]:
    """A heading without text after it heads something that was dropped."""
    kept: list[Line] = []
    for line in reversed(lines):
        if line.box.tag not in _HEADS or (kept and _heads(page, found, line, kept[-1])):
            kept.append(line)
    return kept[::-1]


def _heads(page: Outline, found: dict[int, Role], line: Line, after: Line) -> bool:
    """Text, a smaller heading or one right under it; but not links in a box of its own, with the text only after it.

    A question that opens heads its own answer only, and so does what stands over a table.
    """
    if line.box.tag in _OVER_ITS_OWN:
        return line.box.parent is not None and after.box.within(line.box.parent)
    between = [other for other in page.lines[line.at + 1 : after.at] if found[id(other.box)] not in ("caption", "meta")]
    if after.box.tag in HEADINGS and after.box.tag <= line.box.tag:
        return not between
    linked = sum(other.linked > 0 for other in between)
    return not linked or linked < len(between) / 2 or _around(between[0], line) is _around(after, line)


def _around(line: Line, other: Line) -> Box | None:
    """The innermost box that both stand in."""
    box: Box | None = line.box
    while box is not None and not other.box.within(box):
        box = box.parent
    return box


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """One block per line; the cells of a table row become one."""
    made: list[Block] = []
    row: Box | None = None
    # A list item that has a heading is an entry of a live blog or the like: its paragraphs are paragraphs.
    headed = {id(line.box.up("li")) for line in lines if line.box.tag in HEADINGS}
    texts = Counter(id(line.box.up(*_ROW)) for line in lines if line.running)
    for line in lines:
        around = line.box.up("tr") if line.box.tag in (*_ROW, "p", "div") else None
        if around is not None and texts[id(line.box.up(*_ROW))] >= _ENOUGH:
            around = None  # a table that lays out the page: a whole text stands in one of its cells
        if around is not None and around is row:
            made[-1] = Block("table", f"{made[-1].text} | {own_words(line)}")
            continue
        row = around
        labelled = made and (is_label(made[-1].text) or heads_amendment(made[-1].text, line.text))
        kind = "note" if labelled and line.box.tag not in _HEADS else kind_of(line, headed)
        made.append(Block("table" if around else kind, own_words(line)))
    return tuple(made)


def kind_of(line: Line, headed: Collection[int]) -> BlockKind:
    """`headed` are list items, by id, that are no points of a list."""
    if NOTE.match(line.text):
        return "note"
    if line.box.tag in _HEADS:
        return "subhead"
    if begins_correction(line.text) or is_named(line) or is_aside(line):
        return "note"
    if line.box.up("blockquote"):
        return "quote"
    item = line.box.up("li", "dd", "dt", "article")
    return "paragraph" if item is None or item.tag == "article" or id(item) in headed else "list_item"
