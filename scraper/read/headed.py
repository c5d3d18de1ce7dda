"""Readers' words under a heading that states no number, without times: lines of a page in, those of the comments out.

"Kommentare" and "Diskussion" head parts of articles, too. What stands under them is the readers' only where more says
so: a box of its own at the end, a way to answer, or names as only readers have. In doubt it is the article's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.comment_data import BLANK
from scraper.read.comment_headings import ANSWER, invites, is_plain, names_readers
from scraper.read.nicknames import is_handle, may_be_name
from scraper.read.outline import HEADINGS
from scraper.read.readers_boxes import stands_in_like
from scraper.read.text import clean
from scraper.read.untimed import lines_under

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet

# Ways to write or to see more; they stand under the comments.
_WAYS = re.compile(
    r"\W*(?:(?:schreiben|verfassen|hinterlassen) sie (?:einen|ihren) kommentar|(?:neuen |einen )?kommentar (?:schreiben"
    r"|verfassen|abgeben|hinzufügen|hinterlassen)|(?:weitere|mehr|alle) (?:leser)?kommentare(?: (?:laden|anzeigen|lesen"
    r"|ansehen))?|(?:write|leave|add|post) (?:a|your) (?:comment|reply)|(?:load|show|view|see) (?:more|all) comments"
    r"|(?:anmelden|einloggen|registrieren),? um zu kommentieren|(?:log|sign) in to (?:comment|join)|mitdiskutieren"
    r"|jetzt kommentieren)\b.{0,30}",
    re.I,
)
_TITLE_WORDS, _LINKED = 4, 0.9
_ENOUGH, _OVER, _BEFORE = 2, 2, 2


def readers_under(sheet: Sheet, heading: Line, pieces: list[list[Line]]) -> bool:
    """Whether these pieces, all that stands under the heading, were written by readers; our own mark says so, too."""
    said = [line for piece in pieces for line in piece if line.running or BLANK in line.text]
    if all(BLANK in line.text for line in said):
        return True
    text = _Text(sheet, heading, pieces)
    if len(text.before) < _BEFORE or text.after or _leads_elsewhere(pieces) or _only_invite(pieces):
        return False
    if any(ANSWER.match(line.text) and line.box.tag not in HEADINGS for line in text.under):
        return True
    names = [name for piece in pieces if (name := _name_in(piece))]
    persons = len(names) == len(pieces) >= _ENOUGH
    handles = persons and any(map(is_handle, names))
    surely = names_readers(heading.text)
    if not (surely or is_plain(heading.text)):
        return text.apart and (handles or (persons and text.outside))
    return text.apart or (surely and persons) or handles or text.can_write


class _Text:
    """The article around the heading.

    Attributes:
        before: its sentences before the heading.
        after: those after the pieces that are laid out as those before: what stands there else is about the paper.
        under: all that stands under the heading, buttons and forms, too.
        outside: the heading stands outside the box of the article's text.
    """

    def __init__(self, sheet: Sheet, heading: Line, pieces: list[list[Line]]) -> None:
        page, self.heading = sheet.page, heading
        begin = sheet.headline.last if sheet.headline is not None else 0
        own = [line for line in (page.of(sheet.text) if sheet.text else []) if line.running and line.at >= begin]
        self.before = [line for line in own if line.at < heading.at and sheet.role_of(line) in ("", "comments")]
        last = pieces[-1][-1].at
        places = {_place(line) for line in self.before}
        self.after = [line for line in own if line.at > last and not sheet.role_of(line) and _place(line) in places]
        self.under = lines_under(page, heading)
        self.outside = sheet.text is not None and not heading.box.within(sheet.text)
        self.box = _box_of(heading)

    @property
    def apart(self) -> bool:
        """It begins a box that holds nothing of the article, and no part of the article has a box like it."""
        box, at = self.box, self.heading.at
        if at - box.first > _OVER or any(line.at >= box.first for line in self.before):
            return False
        while box.parent is not None and box.parent.first == box.first and not self._holds(box.parent):
            box = box.parent
        return not any(stands_in_like(line, box) for line in self.before)

    def _holds(self, box: Box) -> bool:
        return any(box.first <= line.at < box.last for line in self.before)

    @property
    def can_write(self) -> bool:
        """There is a place to write in, or a way to one or to more comments."""
        ways = any(_WAYS.fullmatch(line.text) and not line.running for line in self.under)
        return ways or self.box.node.css_first("textarea") is not None


def _place(line: Line) -> tuple[str, str, str, str]:
    around = line.box.parent
    return line.box.tag, line.box.kind, around.tag if around else "", around.kind if around else ""


def _box_of(heading: Line) -> Box:
    """The smallest box that holds more than the heading."""
    box: Box = heading.box
    while box.last - 1 <= heading.at and box.parent is not None and (box is heading.box or box.parent.tag != "body"):
        box = box.parent
    return box


def _only_invite(pieces: list[list[Line]]) -> bool:
    """The paper alone speaks, to say who may comment."""
    return all(invites(line.text) for piece in pieces for line in piece if line.running)


def _leads_elsewhere(pieces: list[list[Line]]) -> bool:
    """A title among them is a link: these are teasers."""
    lines = [line for piece in pieces for line in piece]
    return any(line.link_share > _LINKED and len(line.text.split()) >= _TITLE_WORDS for line in lines)


def _name_in(piece: list[Line]) -> str:
    """Who speaks in it: the first line, the last, or what is set apart at the beginning of the only one."""
    first, last = piece[0], piece[-1]
    if len(piece) > 1:
        said = [line.text for line in (first, last) if not line.running]
    else:
        said = [clean(first.nodes[0].text(deep=False))] if len(first.nodes) > 1 else []
    return next((name for text in said if may_be_name(name := text.strip(" :,–—-"))), "")
