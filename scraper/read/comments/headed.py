"""Readers' words under a heading that states no number, without times: lines of a page in, those of the comments out.

"Kommentare" and "Diskussion" head parts of articles, too. What stands under them is the readers' only where more says
so: a box of its own at the end, a way to answer, or names as only readers have. In doubt it is the article's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.comments import BLANK
from scraper.read.comments.headings import (
    ANSWER,
    LIKED,
    calls,
    invites,
    is_about,
    is_plain,
    is_weak,
    leads_to_writing,
    names_readers,
)
from scraper.read.comments.nicknames import is_handle, may_be_name
from scraper.read.comments.untimed import lines_under
from scraper.read.outline import HEADINGS, ends
from scraper.read.readers_boxes import stands_in_like
from scraper.read.text import clean

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet

# After a name: "2h".
_AGO = re.compile(r"\s+\d{1,3} ?(?:[smhdwy]|min|std|hrs?|tage?|days?)\.?(?: ago)?$", re.I)
# The same where it tells the day, be it with the time.
_DAY = re.compile(
    r",?\s+(?:am |on )?(?:\d{1,2}\. ?\d{1,2}\. ?\d{2,4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d)"
    r"(?:\D{1,6}\d{1,2}[:.]\d\d\D{0,5})?$"
)
_TITLE_WORDS, _LINKED = 4, 0.9
# A sentence, and who says it.
_SIGNED = re.compile(r"[.!?…][“”\"»«]?\s+[–—-]\s+\S.{1,40}$")
_OVER, _BEFORE, _SENTENCE = 2, 2, 4


def readers_under(sheet: Sheet, heading: Line, pieces: list[list[Line]], *, counted: bool = False) -> bool:
    """Whether these pieces, all that stands under the heading, were written by readers; our own mark says so, too.

    `counted`: the heading states how many there are.
    """
    said = [line for piece in pieces for line in piece if says(line)]
    if all(BLANK in line.text for line in said):
        return True
    text = _Text(sheet, heading, pieces)
    if len(text.before) < _BEFORE or text.after or _leads_elsewhere(pieces) or _only_invite(pieces):
        return False
    if any(ANSWER.match(line.text) and line.box.tag not in HEADINGS for line in text.under):
        return True
    about = is_about(heading.text)
    surely = about or names_readers(heading.text)
    names = [name for piece in pieces if (name := _name_in(piece, surely=surely))]
    persons = len(names) == len(pieces)
    handles = persons and any(is_handle(name.partition(",")[0]) for name in names)
    if counted:
        return persons or text.apart or text.can_write
    if not (surely or is_plain(heading.text) or calls(heading.text)):
        liked = any(LIKED.fullmatch(line.text) for line in text.under)
        outside = text.outside and not is_weak(heading.text)
        return text.apart and (handles or text.can_write or (persons and (outside or liked)))
    dated = len(pieces) > 1 and all(_DAY.search(piece[-1].text) for piece in pieces)
    return (
        (text.apart and not about)
        or ((surely or dated) and persons and (len(pieces) > 1 or text.single))
        or handles
        or text.can_write
    )


def says(line: Line) -> bool:
    """A sentence, be it short or signed, or our own mark."""
    if line.running or BLANK in line.text:
        return True
    told = any(ends(part) and len(part.split()) >= _SENTENCE for part in (line.text, *_parts(line)))
    return told or _SIGNED.search(line.text) is not None


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
        after = [line for line in own if line.at > last and not ANSWER.match(line.text)]
        self.after = [line for line in after if not sheet.role_of(line) and _place(line) in places]
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
    def single(self) -> bool:
        """No part of the article has a box like the one around the heading: else it may be a letter after others."""
        outside = [line for line in self.before if not line.box.within(self.box)]
        return not any(stands_in_like(line, self.box) for line in outside)

    @property
    def can_write(self) -> bool:
        """There is a place to write in, or a way to one or to more comments."""
        return (
            any(leads_to_writing(line.text) for line in self.under) or self.box.node.css_first("textarea") is not None
        )


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
    return all(invites(line.text) for piece in pieces for line in piece if says(line))


def _leads_elsewhere(pieces: list[list[Line]]) -> bool:
    """A title among them is a link: these are teasers."""
    lines = [line for piece in pieces for line in piece]
    return any(line.link_share > _LINKED and len(line.text.split()) >= _TITLE_WORDS for line in lines)


def _name_in(piece: list[Line], *, surely: bool) -> str:
    """Who speaks in it: the first line, the last, or what is set apart at the beginning of the only one; by a colon
    where that is a reader `surely`, or nobody else is called so.
    """
    first, last = piece[0], piece[-1]
    if len(piece) > 1:
        said = [" ".join(_parts(line)) for line in (first, last) if not line.running]
    else:
        parts = _parts(first)
        said = parts[:1] if len(parts) > 1 else []
        if said and ends(parts[-2]):
            said.append(parts[-1])
        before, colon, _ = first.text.partition(": ")
        if colon and (surely or is_handle(before)):
            said.append(before)
    return next((name for text in said if may_be_name(name := _DAY.sub("", _AGO.sub("", text.strip(" :,–—-"))))), "")


def _parts(line: Line) -> list[str]:
    return [clean(node.text(deep=False)) for node in line.nodes]
