"""Where readers' words stand, with or without times: a `Sheet` in, numbers of its lines out.

More is taken for a comment here than `comments` can tell apart: what is wrongly blanked out is lost to nobody, as
long as it is not the article's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.read.body import body_lines
from scraper.read.comment_count import number_in
from scraper.read.comments import is_heading
from scraper.read.outline import HEADINGS
from scraper.read.roles import in_comments

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet


def comment_lines(sheet: Sheet) -> set[int]:
    """Of boxes that are called comments or marked as such, and of what is under a heading with their number; without
    headings, counts and the article's own lines.
    """
    own = _of_article(sheet)
    found: set[int] = set()
    for box in sheet.page.boxes:
        if box.first < box.last and box.first not in found and _holds_comments(sheet, box, own):
            found.update(range(box.first, box.last))
    for line in sheet.page.lines:
        if line.at > max(own, default=0) and line.box.tag in HEADINGS and _counts(line):
            found.update(_under(sheet, line, own))
    return {at for at in found - own if not _stays(sheet.page.lines[at])}


def _of_article(sheet: Sheet) -> set[int]:
    own = set() if sheet.text is None else body_lines(sheet.page, sheet.role, sheet.text, sheet.headline)
    over = range(sheet.headline.first, sheet.headline.last) if sheet.headline else ()
    return {line.at for line in own} | set(over)


def _holds_comments(sheet: Sheet, box: Box, own: set[int]) -> bool:
    """What stands before the text and says nothing is the line of the author, or a link."""
    if not in_comments(box, sheet.role) or not own.isdisjoint(range(box.first, box.last)):
        return False
    over = sheet.headline.last if sheet.headline else 0
    return box.first > min((at for at in own if at >= over), default=over) or any(
        line.running for line in sheet.page.of(box)
    )


def _counts(line: Line) -> bool:
    """ "2 Kommentare": without a number it may head anything."""
    return bool(number_in(line.text)) and is_heading(line.text)


def _under(sheet: Sheet, heading: Line, own: set[int]) -> range:
    """The rest of the smallest box that holds more than the heading, up to the next heading as high."""
    box: Box = heading.box
    while box.last - 1 <= heading.at and box.parent is not None and box.parent.tag not in ("body", "main", "article"):
        box = box.parent
    end = next(
        (line.at for line in sheet.page.lines[heading.at + 1 : box.last] if "h" < line.box.tag <= heading.box.tag),
        box.last,
    )
    under = range(heading.at + 1, end)
    return under if own.isdisjoint(under) else range(0)


def _stays(line: Line) -> bool:
    """It says how many there are, or what this is."""
    return number_in(line.text) is not None or is_heading(line.text) or line.box.tag in ("button", "label")
