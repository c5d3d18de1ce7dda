"""Readers' comments, told from how they are laid out and not from class names: an `Outline` in, a `Discussion` out.

A comment is an author, a time and a text, under a heading that says "comments".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.read.comment_count import BEFORE, NUMBER, WORD
from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line, Outline

_HEADING = re.compile(
    rf"^\W*(?:\(?{NUMBER}\)?\s*)?"
    rf"(?:{BEFORE}{WORD}|(?:ihre|eure|deine) meinung|diskussion|leserbriefe|leserstimmen|discussion"
    rf"|join the (?:discussion|conversation))"
    rf"\s*[(\[:]*\s*{NUMBER}?\s*[)\]]?(?:\s+(?:zum artikel|on this story))?\W*$",
    re.I,
)
_NONE_YET = re.compile(
    r"^\W*(?:noch )?keine (?:leser)?kommentare|^\W*no comments(?: yet)?\b|^be the first to comment", re.I
)
_MONTH = r"(?:jan|feb|mär|mar|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc])[a-zä]*\.?"
_TIME = r"(?:\D{1,6}\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*(?:uhr|h\b|[ap]\.?m\.?))?)"
_POSTED = re.compile(
    rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:\d{{4}}|\d{{2}})\b|\d{{1,2}}\.?\s(?:\d{{1,2}}\.\s)?{_MONTH},?\s\d{{4}}"
    rf"|{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\b(?:gestern|heute"
    rf"|yesterday|today))"
    rf"{_TIME}?|\bvor \d+ \w+|\b\d+ \w+ ago\b",
    re.I,
)
_CHROME = re.compile(
    r"^\W*(?:avatar|profilbild|antworten|reply|melden|report|permalink|permanenter link|teilen|share|zitieren|quote"
    r"|link"
    r"|gefällt mir|like|löschen|bearbeiten|mehr anzeigen|\+?\d{0,4}|bewerten|empfehlen)\W*$",
    re.I,
)
_SAID = re.compile(r"\s*(?:sagte?|says|said|schrieb|schreibt|wrote|meint)?\s*(?:am|um|on|at)?[\s:•|,·–—-]*$", re.I)
_LEADING_AVATAR = re.compile(r"^(?:avatar|profilbild)\s+(?:von\s+)?", re.I)
_LONGEST_LABEL = 90
# What a link may say besides the time of a comment.
_PERMALINK = 15
# From the heading to the first time: lines, and boxes to go out.
_SOON, _NEAR = 12, 3


@dataclass(frozen=True, slots=True)
class RawComment:
    """A comment before its time is understood."""

    author: str
    posted: str
    text: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comment section of a page: `lines[first:last]`."""

    first: int
    last: int
    comments: tuple[RawComment, ...]
    none_yet: bool = False


def find_discussion(page: Outline, after: int) -> Discussion | None:
    """The section under a heading that says "comments", somewhere below the text that begins after line `after`."""
    text_seen = False
    for line in page.lines[after:]:
        text_seen = text_seen or line.running
        if not text_seen or len(line.text) > _LONGEST_LABEL or line.linked + line.jumps > 0.9 * len(line.text):
            continue
        if _NONE_YET.match(line.text):
            return Discussion(line.at, line.at + 1, (), none_yet=True)
        if _HEADING.match(line.text) and (stamps := _stamps(page, line)):
            found = _discussion(page, line, stamps)
            if found.comments:
                return found
    return None


def _stamps(page: Outline, heading: Line) -> list[Line]:
    """The times under the heading; the first must follow soon and stand near, or it belongs to something else."""
    found = [line for line in page.lines[heading.at + 1 :] if _is_stamp(line) and not _heads_other(line, heading)]
    if not found or found[0].at - heading.at > _SOON or _climb(heading.box, found[0].box) > _NEAR:
        return []
    section = _around(heading.box, found[0].box)
    return [line for line in found if line.at < section.last]


def _is_stamp(line: Line) -> bool:
    return len(line.text) <= _LONGEST_LABEL and _POSTED.search(line.text) is not None


def _heads_other(line: Line, heading: Line) -> bool:
    """A title that is a link, a heading as high as that of the comments, or what stands beside them."""
    posted = _POSTED.search(line.text)
    title = line.link_share > 0.9 and posted is not None and len(line.text) - len(posted[0]) > _PERMALINK
    apart = line.box.of_page and not heading.box.of_page
    return apart or title or (line.box.tag in HEADINGS and line.box.tag <= heading.box.tag)


def _climb(box: Box, other: Box) -> int:
    """How many boxes to go out from one until the other is inside."""
    steps = 0
    around: Box | None = box
    while around is not None and not other.within(around):
        around = around.parent
        steps += 1
    return steps


def _around(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    box = other
    while box.parent is not None and not one.within(box):
        box = box.parent
    return box


def _discussion(page: Outline, heading: Line, stamps: list[Line]) -> Discussion:
    section = _around(heading.box, stamps[0].box)
    items = [_item(stamp, stamps, heading) for stamp in stamps]
    starts = [_start(page, stamp, item, heading) for stamp, item in zip(stamps, items, strict=True)]
    comments: list[RawComment] = []
    end = heading.at + 1
    for place, (stamp, item) in enumerate(zip(stamps, items, strict=True)):
        limit = starts[place + 1] if place + 1 < len(starts) else section.last
        if item.last > stamp.at + 1:
            limit = min(limit, item.last)
        elif place + 1 == len(starts):
            limit = min(limit, _flat_end(page, stamp, section))
        comment = _comment(page, starts[place], stamp, limit)
        end = limit
        if comment is not None:
            comments.append(comment)
    return Discussion(heading.at, max(end, heading.at + 1), tuple(comments))


def _item(stamp: Line, stamps: list[Line], heading: Line) -> Box:
    """The largest box that holds this time and no other, and not the heading."""
    box = stamp.box
    while box.parent is not None:
        outer = box.parent
        inside = sum(outer.first <= other.at < outer.last for other in stamps)
        if inside > 1 or outer.first <= heading.at < outer.last:
            break
        box = outer
    return box


def _start(page: Outline, stamp: Line, item: Box, heading: Line) -> int:
    """Where the comment begins: with its box, or with the author and the avatar before the time."""
    if item.last - item.first > 1:
        return item.first
    start = stamp.at
    if not _author_of(stamp.text) and start - 1 > heading.at:
        start -= 1
    if start - 1 > heading.at and _CHROME.match(page.lines[start - 1].text):
        start -= 1
    return start


def _flat_end(page: Outline, stamp: Line, section: Box) -> int:
    """Without a box of its own the last comment ends with the box that its time stands in, or at the next heading."""
    end = min((stamp.box.parent or section).last, section.last)
    for line in page.lines[stamp.at + 1 : end]:
        if line.box.tag in ("h1", "h2", "h3", "h4", "footer") or line.box.up("footer", "nav", "aside", "form"):
            return line.at
    return end


def _comment(page: Outline, start: int, stamp: Line, end: int) -> RawComment | None:
    """None where nothing but links follows: a teaser of another article."""
    posted = _POSTED.search(stamp.text)
    raw = posted[0] if posted else ""
    before = [line for line in page.lines[start : stamp.at] if not _CHROME.match(line.text)]
    author = _author_of(stamp.text) or (_SAID.sub("", before[-1].text) if before else "")
    after = [line for line in page.lines[stamp.at + 1 : end] if not _is_chrome(line)]
    if not author and after and len(after) > 1 and len(after[0].text) <= 40:
        author, after = after[0].text, after[1:]
    if all(line.link_share > 0.9 for line in after):
        return None
    return RawComment(_LEADING_AVATAR.sub("", author), raw, "\n".join(line.text for line in after))


def _author_of(text: str) -> str:
    """What stands on one line with the time."""
    posted = _POSTED.search(text)
    if posted is None:
        return ""
    name = _LEADING_AVATAR.sub("", _SAID.sub("", text[: posted.start()]).strip(" •|,·–—-"))
    return name if not _CHROME.match(name) else ""


def _is_chrome(line: Line) -> bool:
    return (
        bool(_CHROME.match(line.text)) or line.box.tag in ("button", "form", "label") or line.box.up("form") is not None
    )
