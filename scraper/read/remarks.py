"""What the editors say about their article beside its text or near it: an `Outline` in, numbers of lines out."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from scraper.amendments import heads_amendment, is_about_another, tells_of_change
from scraper.corrections import corrects, is_label
from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline

_NAMED = re.compile(r"correct(?:ion|ie)|korrektur|berichtigung|richtigstellung|clarification|erratum|editors?-?note")
_UPDATED = re.compile(r"\bthis (?:article|story|report|piece|headline) (?:was|has been) updated\b", re.I)
_TOLD = re.compile(r"\b[^\W\d_A-ZÄÖÜ][^\W\d_]{4,}")  # a word in small letters: more than when it was
_LINKED, _TITLE, _TITLE_WIDTH, _SHORTEST = 0.3, 0.7, 20, 20
# How many lines the box of a remark has at most, its heading among them; characters of one; lines away from the text.
_SMALL, _LONGEST, _FAR = 6, 600, 30
_OVER, _INTRO = 6, 3
_ITALIC = frozenset(("i", "em"))


def remarks(page: Outline, found: Mapping[int, str], text: Box, headline: Box | None) -> set[int]:
    """The lines, by number, of what the editors say about their article, in boxes beside its text, over its headline or
    under it, wherever the article's own box ends.
    """
    whole, own = whole_of(text, headline), _title(page, headline)
    numbers = set()
    for line in _near(page, found, whole, headline):
        if line.link_share >= _LINKED or line.box.tag in HEADINGS:
            continue
        label, apart = _label(page, line), _is_apart(line, found, text, headline)
        if (label is None and not apart) or not _is_beside(line, found, text, whole):
            continue
        if label is not None and _TOLD.search(line.text):
            said = {line.at, label.at}
        elif apart and _says_so(line) and not _is_teaser(page, line):
            said = {line.at}
        else:
            continue
        of_another = headline is not None and is_about_another(line.text, own)
        if not (of_another and is_about_another(line.text, _rest(page, text, line))):
            numbers |= said
    return numbers


def _rest(page: Outline, text: Box, line: Line) -> str:
    return " ".join(other.text for other in page.of(text) if other is not line and other.running)


def _near(page: Outline, found: Mapping[int, str], whole: Box, headline: Box | None) -> Iterator[Line]:
    """What stands right over the headline, the lines of the whole article from it on, and what follows up to comments
    or titles of others.
    """
    start = whole.first
    if headline is not None:
        yield from page.lines[max(0, headline.first - _OVER) : headline.first]
    if headline is not None and (headline.within(whole) or 0 <= whole.first - headline.last <= _FAR):
        start = headline.last
    yield from page.lines[start : whole.last]
    after = islice(page.lines, whole.last, whole.last + _FAR)
    yield from takewhile(lambda line: found[id(line.box)] != "comments" and not _is_title(line), after)


def _is_beside(line: Line, found: Mapping[int, str], text: Box, whole: Box) -> bool:
    if found[id(line.box)] not in ("", "aside", "meta") or _hidden(line.box):
        return False
    if line.box.up("nav", "form", "button", "dialog") is not None:
        return False
    own = text.up("article")
    if line.box.within(whole):
        return line.box.up("article") is own
    return line.box.up("aside") is None and line.box.up("article") in (None, own)


def _is_apart(line: Line, found: Mapping[int, str], text: Box, headline: Box | None) -> bool:
    """It is not read anyway."""
    if found[id(line.box)] != "" or not line.box.within(text) or not line.running:
        return True
    return headline is not None and line.at < headline.first


def _says_so(line: Line) -> bool:
    if not _SHORTEST <= len(line.text) <= _LONGEST:
        return False
    if corrects(line.text) or is_aside(line):
        return True
    return line.running and (_UPDATED.search(line.text) is not None or is_named(line))


def is_aside(line: Line) -> bool:
    """All of it is set in italics, and says that a part of the article was changed."""
    if not line.nodes or len(line.text) > _LONGEST or not all(_is_italic(node, line.box) for node in line.nodes):
        return False
    return tells_of_change(line.text)


def _is_italic(node: LexborNode, box: Box) -> bool:
    around = node.parent
    while around is not None and around.mem_id != box.node.mem_id:
        if around.tag in _ITALIC:
            return True
        around = around.parent
    return False


def is_named(line: Line) -> bool:
    """Its box, or the small one around that, is called so."""
    around = line.box.parent
    if _NAMED.search(line.box.words):
        return True
    return around is not None and around.last - around.first <= _SMALL and bool(_NAMED.search(around.words))


def _label(page: Outline, line: Line) -> Line | None:
    """The heading of a correction in the same small box before it."""
    around = line.box.parent
    while around is not None and around.last - around.first <= _SMALL:
        for before in page.lines[around.first : line.at]:
            if is_label(before.text) or heads_amendment(before.text, line.text):
                return before
        around = around.parent
    return None


def _title(page: Outline, headline: Box | None) -> str:
    """The headline and what stands right under it."""
    if headline is None:
        return ""
    return " ".join(line.text for line in page.lines[headline.first : headline.last + _INTRO])


def _is_title(line: Line) -> bool:
    return line.link_share > _TITLE and line.width >= _TITLE_WIDTH


def _is_teaser(page: Outline, line: Line) -> bool:
    """Beside a title that is a link."""
    around = line.box.parent
    return around is not None and around.last - around.first <= _SMALL and any(map(_is_title, page.of(around)))


def _hidden(box: Box | None) -> bool:
    while box is not None and not box.hidden:
        box = box.parent
    return box is not None


def whole_of(text: Box, headline: Box | None) -> Box:
    """The article's own box, where it holds the headline."""
    whole = text.up("article") or text.up("main")
    return whole if whole is not None and headline is not None and headline.within(whole) else text
