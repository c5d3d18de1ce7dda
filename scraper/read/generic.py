"""Reads an article of any site: a `Sheet` in, an `Article` out. Knows no site by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper import stamps
from scraper.article import Article, Comment
from scraper.errors import ReadError
from scraper.read.around import around_text
from scraper.read.body import BROADCAST, blocks
from scraper.read.byline import authors, is_byline, portrays
from scraper.read.clocks import (
    clock_of,
    machine_clocks,
    published_among,
    stamps_alone,
    stand_among,
    stand_clock,
    unfolded,
)
from scraper.read.comments.alone import comments_alone
from scraper.read.comments.count import labelled_count, marked_count, stated_count
from scraper.read.comments.discussion import Discussion, find_discussion
from scraper.read.headline import split_headline
from scraper.read.images import Pictures
from scraper.read.inserts import own_words
from scraper.read.live import is_time
from scraper.read.points import points
from scraper.read.roles import PictureFrames
from scraper.read.standfirst import standfirst_of
from scraper.read.states import state_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.article import Clock, Image
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet

READER = 5
NAME = f"generic/{READER}"
_BARE_LABEL = re.compile(r"dieses thema im programm\s*:?", re.I)
_BEFORE_SENTENCE = re.compile(r"dieses thema im programm\s*:\s*(?=[A-ZÄÖÜ][^|]{20,}[.!]$)", re.I)
_OPENING, _CLOSING = 2, 5
_OVER_HEADLINE, _INTO_TEXT, _LABEL = 6, 6, 60


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an article: its lines, where on the page it begins and ends, and the stamps about it."""

    standfirst: str
    lines: list[Line]
    first: int
    last: int
    clocks: list[Clock]


def read_generic(sheet: Sheet) -> Article:
    """Raises `ReadError` where there is no headline or no text."""
    topline, headline = headline_of(sheet)
    if not headline:
        raise ReadError("no_headline", f"{sheet.url}: no headline was found on this page")
    box = sheet.text
    if box is None:
        raise ReadError("no_text", f"{sheet.url}: no text was found under the headline")
    discussion = find_discussion(sheet)
    text = text_of_article(sheet, box, discussion)
    if comments_alone(sheet) or not (text.lines or text.standfirst):
        raise ReadError("no_text", f"{sheet.url}: no text was found under the headline")
    shown, captions = images(sheet, box, discussion)
    return Article(
        url=sheet.head.canonical,
        topline=topline,
        headline=headline,
        standfirst=text.standfirst,
        authors=authors(sheet, discussion),
        blocks=blocks([line for line in text.lines if line.at not in captions] or text.lines),
        images=shown,
        notes=broadcast_notes(sheet),
        clocks=(*text.clocks, *machine_clocks(sheet)),
        comment_count=comment_count(sheet, text.first, text.last, discussion),
        comments=comments(sheet, discussion),
        language=sheet.head.language,
        read_with=NAME,
    )


def headline_of(sheet: Sheet) -> tuple[str, str]:
    """(topline, headline); from the page's title where no heading can be seen."""
    if sheet.headline is not None:
        return split_headline(sheet.page, sheet.headline, sheet.titles)
    return "", next(iter(sheet.titles), "")


def text_lines(sheet: Sheet, discussion: Discussion | None) -> list[Line]:
    """The lines of the article, its intro among them, without comments and bylines; stamps are still there."""
    lines = list(sheet.body)
    if discussion is not None:
        lines = [line for line in lines if line.at < discussion.first]
    lines = [line for place, line in enumerate(lines) if place > 3 or not is_byline(line.text)]
    lines = [line for line in lines if line.at not in sheet.entries or not labels_entry(line.text)]
    return _without_portraits(sheet, lines)


def labels_entry(text: str) -> bool:
    """When an entry of a live blog was written, or by whom."""
    return is_time(text) or is_byline(text)


def _without_portraits(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """What is said about the authors, before the text or after it."""
    names = [name for name in sheet.linked.authors or (sheet.head.first("author"),) if " " in name]
    edges = [*lines[:_OPENING], *lines[-_CLOSING:]]
    portraits = {line.at for line in edges for name in names if portrays(line.text, name)}
    return [line for line in lines if line.at not in portraits] if len(portraits) < len(lines) / 2 else lines


def text_of_article(sheet: Sheet, box: Box, discussion: Discussion | None) -> Text:
    """Stamps go first: the intro may stand under one."""
    lines = text_lines(sheet, discussion)
    start = sheet.headline.last if sheet.headline is not None and sheet.headline.last <= box.last else 0
    # Stamps stand between text and remarks, too.
    inside = [line.at for line in lines if line.box.within(box) and line.at >= start]
    first, last = (inside[0], inside[-1] + 1) if inside else (box.first, box.last)
    clocks, stamps_at = visible_clocks(sheet, first, last)
    lines = [line for line in lines if line.at not in stamps_at]
    lede = [line for line in standfirst_of(sheet, [line for line in lines if line.at >= start])
            if line.at not in stamps_at]  # fmt: skip
    taken = {line.at for line in lede}
    apart = [line for line in points(sheet.page, sheet.role, box, sheet.headline, last) if line.at not in stamps_at]
    if discussion is not None:
        apart = [line for line in apart if line.at < discussion.first]
    own = {line.at: line for line in (*lines, *apart) if line.at not in taken}
    kept = [own[at] for at in sorted(own)]
    return Text(" ".join(map(own_words, lede)), kept, first, last, clocks)


def visible_clocks(sheet: Sheet, first: int, last: int) -> tuple[list[Clock], frozenset[int]]:
    """The Stand and the printed date of publication, and the lines that are nothing but these."""
    around = around_text(sheet, first, last)
    found: list[Clock] = []
    taken = stamps_alone(sheet, around.within + around.apart)
    stand = stand_among(sheet, around) or unfolded(sheet, around.head)
    if stand:
        found.append(stand_clock(sheet, stand))
        taken |= stand.lines
    published = published_among(sheet, around.head, stand)
    if published:
        found.append(clock_of(sheet, "published", published.raw))
        taken |= published.lines
    return found, taken


def images(sheet: Sheet, box: Box, discussion: Discussion | None) -> tuple[tuple[Image, ...], set[int]]:
    """The pictures in the text and about the headline, without those of teasers and of readers; and the lines, by
    number, that turned out to be captions.
    """
    start = sheet.headline.last if sheet.headline else box.first
    end = discussion.first if discussion else box.last
    pictures, frames = Pictures(sheet.page, sheet.url, box), PictureFrames(sheet.role)
    found: dict[str, Image] = {}
    for node, around, at in sheet.page.images:
        near = around.within(box) or start <= at <= box.first
        over = not near and _right_above(sheet, at)
        if not (near or over) or at > end or around not in frames:
            continue
        image = pictures.image_of(node)
        # A logo stands above the headline too, but nothing is written about it.
        if image is not None and (near or image.caption or image.credit):
            found.setdefault(image.url, image)
    return tuple(found.values()), pictures.lines


def _right_above(sheet: Sheet, at: int) -> bool:
    """Nothing between the picture and the headline but captions and labels."""
    if sheet.headline is None or not 0 <= sheet.headline.first - at <= _OVER_HEADLINE:
        return False
    between = sheet.page.lines[at : sheet.headline.first]
    return all(sheet.role_of(line) == "caption" or len(line.text) <= _LABEL for line in between)


def broadcast_notes(sheet: Sheet) -> tuple[str, ...]:
    """Where the topic was on air; a label that says nothing by itself goes with the line after it."""
    lines = sheet.page.lines
    found = []
    for line in lines:
        if BROADCAST.match(line.text):
            after = lines[line.at + 1].text if line.at + 1 < len(lines) else ""
            found.append(broadcast_note(line.text, after))
    return tuple(dict.fromkeys(note for note in found if note))


def broadcast_note(text: str, after: str = "") -> str:
    """Without its label where a whole sentence follows; empty if the next line says it all."""
    if _BARE_LABEL.fullmatch(text):
        return "" if BROADCAST.match(after) or not text.endswith(":") else f"{text} {after}".strip()
    label = _BEFORE_SENTENCE.match(text)
    return text[label.end() :] if label else text


def comment_count(sheet: Sheet, first: int, last: int, discussion: Discussion | None) -> int | None:
    """What the page states, else what machines are told, else what can be counted; None where nothing is said."""
    return counted_by(sheet, first, last, discussion)[0]


def counted_by(sheet: Sheet, first: int, last: int, discussion: Discussion | None) -> tuple[int | None, str]:
    """The same with the rule that gave it, in words."""
    start = min(first, sheet.headline.first) if sheet.headline else first
    head = range(_over(sheet, start), max(first + 1, min(first + _INTO_TEXT, last)))
    for rule, count in _told(sheet, head, last):
        if count is not None:
            return count, rule
    if discussion is None:
        return None, ""
    counted = (len(discussion.comments) if discussion.whole else 0) or (0 if discussion.none_yet else None)
    return counted, "the comments on the page, counted"


def _told(sheet: Sheet, head: range, last: int) -> Iterator[tuple[str, int | None]]:
    own = (sheet.url, sheet.head.canonical)
    yield "visible text", stated_count(sheet.page, sheet.role, sheet.headline, head, last, own)
    yield "JSON-LD commentCount or interactionStatistic", sheet.linked.comment_count
    yield "microdata or a data attribute", marked_count(sheet.tree)
    yield "a label, or a link to the comments", labelled_count(sheet.tree, own)
    yield "the data of a script", told_to_scripts(sheet)


def told_to_scripts(sheet: Sheet) -> int | None:
    """The number of comments in the page's data."""
    return state_count(sheet.scripts, (sheet.url, sheet.head.canonical), _titles(sheet))


def _titles(sheet: Sheet) -> list[str]:
    shown = sheet.page.of(sheet.headline) if sheet.headline else []
    return [*sheet.titles, *(line.text for line in shown), " ".join(line.text for line in shown)]


def _over(sheet: Sheet, start: int) -> int:
    """Where that begins which stands over the headline: not in a sidebar or a navigation."""
    lines, over = sheet.page.lines, start
    while over > max(0, start - _OVER_HEADLINE) and lines[over - 1].box.up("aside", "nav") is None:
        over -= 1
    return over


def comments(sheet: Sheet, discussion: Discussion | None) -> tuple[Comment, ...]:
    found = []
    for raw in discussion.comments if discussion else ():
        posted = stamps.covers(raw.posted, sheet.zone, sheet.now)
        found.append(Comment(raw.author, posted.start if posted else None, raw.text))
    return tuple(found)
