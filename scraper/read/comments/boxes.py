"""Where readers' words stand, with or without times: a `Sheet` in, numbers of its lines out.

More is taken for a comment here than `comments` can tell apart. But "comment" is also the name of a kind of article: a
box goes whole only if its name says that several people speak in it, or if something else does.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scraper.read.comments.alone import comments_alone
from scraper.read.comments.count import number_alone, number_in
from scraper.read.comments.discussion import is_heading
from scraper.read.comments.headings import ANSWER, invites, leads_to_writing
from scraper.read.comments.names import are_several, may_be_one, may_hold_comments
from scraper.read.comments.untimed import lines_under
from scraper.read.microdata import is_comment
from scraper.read.outline import HEADINGS, ends
from scraper.read.readers_boxes import readers_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from scraper.read.comments.discussion import Discussion
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet

_TITLES = "h2 a[href], h3 a[href], h4 a[href]"
_TITLE_WORDS, _LINKED, _ALIKE = 4, 0.9, 2
_CONTROLS = ("form", "nav", "button", "label")


def comment_lines(sheet: Sheet, discussion: Discussion | None, said: AbstractSet[str]) -> set[int]:
    """Without headings, counts, forms, and what belongs to the article: its own lines and whatever was read of it.

    `said` are the texts of the article as it was read, be it with a profile.
    """
    found: set[int] = set()
    if discussion is not None and discussion.comments:
        said_there = sheet.page.lines[discussion.first + 1 : discussion.last]
        ours = [line for line in said_there if number_alone(line.text) is not None or leads_to_writing(line.text)]
        found.update(line.at for line in said_there if line not in ours)
    places = _Places(sheet, discussion, said)
    for box in places.with_comments():
        found.update(line.at for line in sheet.page.of(box) if not _stays(line, box))
    for line in sheet.page.lines[places.end :]:
        if line.box.tag in HEADINGS and line.at not in found and number_in(line.text) and is_heading(line.text):
            under = lines_under(sheet.page, line)
            if places.own.isdisjoint(other.at for other in under):
                found.update(other.at for other in under if not _stays(other, line.box))
    alone = {at for box in comments_alone(sheet) for at in range(box.first, box.last)}
    return found - places.own | alone


class _Places:
    """Where the article is, and which boxes hold comments.

    Attributes:
        own: the lines of the article, by number.
        end: the line after the last of them.
    """

    def __init__(self, sheet: Sheet, discussion: Discussion | None, said: AbstractSet[str]) -> None:
        self.sheet, self.page = sheet, sheet.page
        over = range(sheet.headline.first, sheet.headline.last) if sheet.headline else range(0)
        self.own = set(over) | _first_of(self.page.lines, said)
        self.own |= {line.at for line in sheet.body if discussion is None or line.at < discussion.first}
        told = [at for at in self.own if self.page.lines[at].running and at >= over.stop]
        self.begin, self.end = min(told, default=0), max(told, default=-1) + 1
        # Between headline and text stand author, date and links.
        self.own |= {line.at for line in self.page.lines[over.stop : self.begin] if not line.running}
        marked = {node.mem_id for node in sheet.tree.css("[itemtype], [typeof]") if is_comment(node)}
        self.marked = {id(box) for box in self.page.boxes if box.node.mem_id in marked} if marked else set()
        single = [box for box in self.page.boxes if id(box) in self.marked or may_be_one(box.words)]
        self.alike = Counter((box.tag, box.kind) for box in single)
        self.lists = _around(single)
        self.said_so = {id(box) for box in readers_boxes(self.page, sheet.role, sheet.headline)}

    def with_comments(self) -> Iterator[Box]:
        """The outermost boxes."""
        inside: set[int] = set()
        for box in self.page.boxes:
            if id(box.parent) in inside:
                inside.add(id(box))
            elif box.first < box.last and self._holds_comments(box):
                inside.add(id(box))
                yield box

    def _holds_comments(self, box: Box) -> bool:
        said_so = id(box) in self.marked or id(box) in self.said_so
        if not (said_so or may_hold_comments(box.words)) or box.tag in _CONTROLS:
            return False
        if not self.own.isdisjoint(range(box.first, box.last)):
            return False
        if said_so:
            return True
        if are_several(box.words):
            return self._speaks(box)
        return may_be_one(box.words) and not self._is_teaser(box) and self._answers(box)

    def _speaks(self, box: Box) -> bool:
        """Not only the paper does, to say who may comment."""
        said = (line for line in self.page.of(box) if not _stays(line, box))
        return id(box) in self.lists or any(_says(line) and not invites(line.text) for line in said)

    def _is_teaser(self, box: Box) -> bool:
        """Its title leads to an article."""
        return any(len(anchor.text().split()) >= _TITLE_WORDS for anchor in box.node.css(_TITLES))

    def _answers(self, box: Box) -> bool:
        """One can answer it, or outside the text there is another like it, or a heading of comments over it."""
        if any(ANSWER.match(line.text) for line in self.page.of(box)):
            return True
        if self.begin <= box.first < self.end or self.sheet.text is None:
            return False
        before = self.page.lines[box.first - 1].text if box.first else ""
        return self.alike[box.tag, box.kind] >= _ALIKE or is_heading(before)


def _first_of(lines: list[Line], said: AbstractSet[str]) -> set[int]:
    """Where each of these texts stands first: a comment may quote the article."""
    first: dict[str, int] = {}
    for line in reversed(lines):
        if line.text in said:
            first[line.text] = line.at
    return set(first.values())


def _around(boxes: list[Box]) -> set[int]:
    """The ids of all boxes that hold one of these."""
    ids: set[int] = set()
    for inner in boxes:
        box = inner.parent
        while box is not None and id(box) not in ids:
            ids.add(id(box))
            box = box.parent
    return ids


def _says(line: Line) -> bool:
    words = line.text.count(" ")
    return line.running or words >= _TITLE_WORDS or (words > 0 and ends(line.text))


def _leads(line: Line) -> bool:
    """To another article: a title is a link, but so may be what somebody said, to where they said it."""
    if line.link_share <= _LINKED or len(line.text.split()) < _TITLE_WORDS:
        return False
    anchors = [node.parent for node in line.nodes]
    return not any("#" in (anchor.attributes.get("href") or "") for anchor in anchors if anchor is not None)


def _stays(line: Line, around: Box) -> bool:
    """It says how many there are, or is there to write, press or go somewhere."""
    if number_in(line.text) is not None or is_heading(line.text) or _leads(line):
        return True
    box = line.box
    while box is not around and box.tag not in ("form", "nav") and not may_be_one(box.words) and box.parent is not None:
        box = box.parent
    return box is not around and box.tag in ("form", "nav")
