"""Which lines of a page are the intro of its article: a `Sheet` and the lines of the text in, some of these out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper import stamps
from scraper.read.byline import is_byline
from scraper.read.extras import is_signpost
from scraper.read.headline import around_headline, loose
from scraper.read.outline import HEADINGS, ends

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet

_LEDE = re.compile(
    r"standfirst|strapline|teaser-?text|shorttext|\blede\b|\bintro|preface|einleitung|vorspann|sub-?title|sub-?head|\bdeck?\b"
    r"|summary|abstract"
    r"|excerpt|article-?description|description|tagline|chapeau|sumario|entradilla|bajada|perex|ingress|sommario"
    r"|occhiello|unterzeile"
    r"|(?:^|[\s_-])lead(?:$|\s|[_-]?(?:text|paragraph|in)\b)"
)
_NO_LEDE = re.compile(r"pay-?wall|shar(?:e|ing)|cookie|consent")
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b.{0,20}\d[:.]\d\d|\d{1,2}[./]\s?\d{1,2}[./]\s?(?:20)?\d\d\b|\b\d+ (?:min|hours?)\b"
)
_LINKED = 0.3
_SAID, _SHORTEST, _LONG, _SOON, _FAR, _INTRO = 12, 30, 45, 4, 12, 3


def standfirst_of(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """`lines` are those of the text, without stamps."""
    if not lines:
        return []
    # A heading under the headline may be in the box of the text or not.
    first = lines[0].at
    text = next((line.at for line in lines[:_SOON] if line.box.tag not in HEADINGS), first)
    named, under, bold, between = (
        [line for line in found if line.at not in sheet.entries]
        for found in (
            _lede(sheet, first), _under_headline(sheet, text), _bold_opening(lines), _between(sheet, first),
        )
    )  # fmt: skip
    if named and under and under[0].running and under[0].at < named[0].at:
        return under
    return named or bold or under or between


def described(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """A first paragraph that is word for word what the page tells machines about itself.

    For sites of which it is known that every article has an intro: elsewhere it may be a mere excerpt.
    """
    if len(lines) < 2 or not lines[0].running:
        return []
    told = (sheet.head.first("description"), sheet.head.first("og:description"), sheet.linked.description)
    return lines[:1] if loose(lines[0].text) in {loose(text) for text in told if text} else []


def _lede(sheet: Sheet, first: int) -> list[Line]:
    """The lines between headline and text, or the first of the text, that their class calls an introduction."""
    start = sheet.headline.last if sheet.headline and sheet.headline.last <= first else max(0, first - 6)
    found: list[Line] = []
    for line in sheet.page.lines[start : first + 3]:
        if (
            len(line.text) < (_SAID if ends(line.text) else _SHORTEST)
            or line.link_share > _LINKED
            or sheet.role_of(line) in ("caption", "comments")
        ):
            continue
        if is_signpost(line) or _NO_LEDE.search(line.box.words):
            continue
        named = _lede_box(sheet, line)
        if named is None or (found and not _one_intro(_lede_box(sheet, found[0]), named)):
            if found:
                break
            continue
        found.append(line)
    return found


def _one_intro(box: Box | None, other: Box) -> bool:
    """The same box, or a heading beside it that is called the same."""
    if box is other:
        return True
    return box is not None and box.tag in HEADINGS and box.parent is other.parent and box.words == other.words


def _lede_box(sheet: Sheet, line: Line) -> Box | None:
    """The box that is called an introduction; one that holds a whole text is not meant."""
    box: Box | None = line.box
    roles = ("", sheet.role_of(line))
    for _ in range(3):
        if box is None or sum(sheet.role_of(inner) in roles for inner in sheet.page.of(box)) > _INTRO:
            return None
        if _LEDE.search(box.words):
            return box
        box = box.parent
    return None


def _under_headline(sheet: Sheet, first: int) -> list[Line]:
    """The line between headline and text that stands in one box with the headline, or that says what the page tells
    machines about itself.
    """
    if sheet.headline is None or sheet.headline.last >= first:
        return []
    told = {loose(text) for text in (sheet.head.first("description"), sheet.head.first("og:description")) if text}
    around, near = sheet.headline.up("header") or around_headline(sheet.headline), sheet.headline.last
    for line in sheet.page.lines[sheet.headline.last : min(first, sheet.headline.last + _SOON)]:
        role = sheet.role_of(line)
        if role in ("caption", "comments") or line.link_share > _LINKED or is_signpost(line) or is_byline(line.text):
            continue
        beside = not role and line.at <= near and line.box.within(around) and _is_sentence(line.text)
        beside = beside and not any(loose(line.text) == loose(title) for title in sheet.titles)
        if beside or (len(line.text) >= _SHORTEST and loose(line.text) in told):
            return _whole_list(sheet, line)
        if not role and len(line.text) < _LONG:
            near = min(near + 1, sheet.headline.last + 1)  # a topline that stands under the headline
    return []


def _between(sheet: Sheet, first: int) -> list[Line]:
    """The only sentence that stands between headline and text, outside the box of the text."""
    start = sheet.headline.last if sheet.headline is not None else first
    said = [
        line
        for line in sheet.page.lines[max(start, first - _FAR) : first]
        if (line.running or (line.box.tag in HEADINGS and line.text.endswith(".")))
        and not sheet.role_of(line)
        and not is_signpost(line)
        and not is_byline(line.text)
    ]
    return said if len(said) == 1 and said[0].link_share <= _LINKED and _is_sentence(said[0].text) else []


def _whole_list(sheet: Sheet, line: Line) -> list[Line]:
    """Of an intro in points, all points."""
    points = line.box.up("ul", "ol")
    return (
        [line]
        if points is None
        else [
            point
            for point in sheet.page.of(points)
            if sheet.role_of(point) == sheet.role_of(line) and point.link_share <= _LINKED
        ]
    )


def _is_sentence(text: str) -> bool:
    """Long, and no date."""
    return len(text) >= _LONG and not _DATED.search(text) and not stamps.is_updated_label(text)


def _bold_opening(lines: list[Line]) -> list[Line]:
    """A first paragraph all in bold, where the second is not."""
    if len(lines) < 3 or not lines[0].running:
        return []
    bold = [line.strong >= 0.9 * len(line.text) for line in lines[:2]]
    return lines[:1] if bold == [True, False] else []
