"""Readers' comments, told from how they are laid out and not from class names: a `Sheet` in, a `Discussion` out.

A comment is an author, a time and a text, under a heading that says "comments".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from scraper.read.comments import BLANK
from scraper.read.comments.count import BEFORE, NUMBER, WORD, number_in
from scraper.read.comments.evidence import Item, proven
from scraper.read.comments.headed import readers_under, says
from scraper.read.comments.headings import (
    ANSWER,
    LIKED,
    calls,
    is_about,
    is_plain,
    is_weak,
    leads_to_writing,
    names_one,
    names_readers,
    posts_in,
)
from scraper.read.comments.untimed import lines_under, pieces_in, pieces_of
from scraper.read.outline import HEADINGS, ends
from scraper.read.text import clean

if TYPE_CHECKING:
    from scraper.read.outline import Box, Line, Outline
    from scraper.read.sheet import Sheet

_PHRASE = (
    rf"(?:{BEFORE}{WORD}|(?:ihre|eure|deine) meinung|diskussion|leserbriefe|leserstimmen|discussion|responses"
    rf"|join the (?:discussion|conversation)|have your say|diskutier(?:en sie|e|t) mit|mitdiskutieren)"
)
# A heading may have a topline: "Ihre Meinung: Kommentare".
_HEADING = re.compile(
    rf"^\W*(?:\(?{NUMBER}\)?\s*)?(?:{_PHRASE}\W*)?{_PHRASE}"
    rf"\s*[(\[:]*\s*{NUMBER}?\s*[)\]]?"
    r"(?:\s+(?:zum artikel|on this story))?\W*$",
    re.I,
)
# Without a number they head parts of articles.
_REACTIONS = r"(?:responses?|réactions?|reaktion(?:en)?|antwort(?:en)?|reply|replies|opini(?:ón|ones)|beiträge)"
_ELSEWHERE = (
    r"(?:auf|bei|on|sur|su|en|op|på)\s+(?:facebook|instagram|twitter|x|youtube|tiktok|bluesky|mastodon|linkedin)"
)
_COUNTED = re.compile(
    rf"^\W*(?:{NUMBER}\s+{_REACTIONS}|(?:(?:ihre|vos) )?{_REACTIONS}\s*\({NUMBER}\)"
    rf"|{NUMBER}\s+{WORD}\s+(?:{_ELSEWHERE}|anzeigen|(?:ein|aus)blenden|ansehen|lesen)|forum\s*\({NUMBER}(?:\s+beiträge)?\))\W*$",
    re.I,
)
# "Kommentar" alone is a kind of article: what stands under it is that article.
_KIND = re.compile(r"\W*(?:kommentar|comment|commento|commentaire|comentario|opinion|meinung)\W*", re.I)
_NONE_YET = re.compile(
    r"^\W*(?:noch )?keine (?:leser)?kommentare|^\W*no comments(?: yet)?\b|^be the first to comment", re.I
)
_MONTH = r"(?:jan|feb|mär|mar|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc])[a-zä]*\.?"
_TIME = r"(?:\D{1,6}\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*(?:uhr|h\b|[ap]\.?m\.?))?)"
POSTED = re.compile(
    rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:\d{{4}}|\d{{2}})\b(?![:.]\d)"
    # The year may be left out before a time of day.
    rf"|\d{{1,2}}\.\s?\d{{1,2}}\.(?=,?\s+(?:um\s+)?\d{{1,2}}[:.]\d{{2}}(?!\d))"
    rf"|\d{{1,2}}\.?\s(?:\d{{1,2}}\.\s)?{_MONTH},?\s\d{{4}}"
    rf"|{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\b(?:gestern|heute"
    rf"|yesterday|today))"
    rf"{_TIME}?|\bvor (?:\d+|eine[rmn]) \w+|\bvor \d+(?:[hdm]|min|std)\b"
    r"|\b(?:\d+|an?) \w+ ago\b|\b\d+(?:[hdmw]|min|hrs?) ago\b|\b(?:gerade eben|just now)\b",
    re.I,
)
_CHROME = re.compile(
    r"^\W*(?:(?:avatar|profilbild|antworten|reply|(?:(?:kommentar|beitrag) )?melden|report|perma(?:nenter )?link|teilen"
    r"|share|zitieren|quote|link|gefällt mir|likes?|votes?|löschen|bearbeiten|mehr anzeigen|mehr|bewerten|empfehlen"
    r"|\+?\d{1,4}(?!\W*\d))"
    r"\b\W*)*$",
    re.I,
)
_SAID = re.compile(
    r"\s*(?:\b(?:sagte?|says|said|schrieb|schreibt|wrote|meint))?\s*"
    r"(?:\b(?:am|um|on|at|(?:mo|di|mi|do|fr|sa|so)\.))?[\s:•|,·–—-]*$",
    re.I,
)
_BY = re.compile(
    r"^(?:(?:(?:ein )?(?:kommentar|beitrag|comment)|gespeichert|verfasst|geschrieben|eingetragen|submitted|posted"
    r"|written) )?(?:von|by):?\s+(?=\S)",
    re.I,
)
# A sentence does, after a time in it.
_GOES_ON = re.compile(r"\s*,?\s+[a-zäöüß]|\s*[.!?]")
_BAR = re.compile(r"\s*(?:uhr|h\b)?\s*[):|•·–—-]", re.I)
_TIME_ALONE = re.compile(r"^\W*(\d{1,2}[:.]\d{2}(?:\s*(?:uhr|h|[ap]\.?m\.?))?)\W*$", re.I)
_LEADING_AVATAR = re.compile(r"^(?:avatar|profilbild)\s+(?:von\s+)?", re.I)
_EDGES = " •|,·–—-:("
_LONGEST_LABEL, _LONGEST_NAME, _BEGINNING = 90, 40, 200
_PERMALINK = 15  # what a link may say besides the time of a comment
# From the heading to the first time: lines, and boxes to go out.
_SOON, _NEAR = 12, 3
# More headings with a number of comments are no headings of comments.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class RawComment:
    """A comment before its time is understood."""

    author: str
    posted: str
    text: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comment section of a page: `lines[first:last]`.

    Attributes:
        whole: each of `comments` is one, and there are no others on the page.
    """

    first: int
    last: int
    comments: tuple[RawComment, ...]
    none_yet: bool = False
    whole: bool = True


def find_discussion(sheet: Sheet) -> Discussion | None:
    """The section under a heading that says "comments", somewhere below the text; the heading of an entry of a live
    blog heads that entry.
    """
    page, entries = sheet.page, sheet.entries
    text_seen, untimed, tries = False, None, 0
    for line in page.lines[sheet.headline.last if sheet.headline else 0 :]:
        text_seen = text_seen or line.running
        if not text_seen or _is_too_long(line.text) or line.at in entries or _is_signpost(line):
            continue
        if _NONE_YET.match(line.text):
            return untimed or Discussion(line.at, line.at + 1, (), none_yet=True)
        if not (heads(line.text) or is_weak(line.text)):
            continue
        if (stamps := _stamps(page, line)) and (found := _discussion(sheet, line, stamps)) is not None:
            return found
        if untimed is None and tries < _TRIES:
            tries += 1
            untimed = _untimed(sheet, line)
    return untimed


def _untimed(sheet: Sheet, heading: Line) -> Discussion | None:
    """A short first line of several is the author."""
    lines = [line for line in lines_under(sheet.page, heading) if not _is_chrome(line)]
    stated, posts = number_in(heading.text), posts_in(heading.text)
    number = stated or posts
    pieces = _numbered(sheet, heading, number, lines) if number else _without_number(sheet, heading, lines)
    if posts and pieces and not stated and not readers_under(sheet, heading, pieces, counted=True):
        pieces = []  # whatever has so many parts may be called a debate
    comments = []
    for said in pieces:
        name, rest = said[0], said[1:]
        if rest and says(name) and not says(said[-1]):  # signed
            name, rest = said[-1], said[:-1]
        named = bool(rest) and len(name.text) <= _LONGEST_NAME and not name.running
        author = _BY.sub("", _SAID.sub("", _LEADING_AVATAR.sub("", name.text))).strip(_EDGES) if named else ""
        words = "\n".join(line.text for line in (rest if named else said))
        if words:
            comments.append(RawComment(author, "", words))
    if not comments:
        return None
    return Discussion(heading.at, pieces[-1][-1].at + 1, tuple(comments), whole=bool(number))


def _numbered(sheet: Sheet, heading: Line, number: int, lines: list[Line]) -> list[list[Line]]:
    text = sheet.page.of(sheet.text) if sheet.text is not None else []
    before = sum(line.running for line in text if line.at < heading.at)
    after = sum(line.running for line in text if lines and line.at > lines[-1].at)
    return pieces_of(heading, number, lines, (before, after))


def _without_number(sheet: Sheet, heading: Line, lines: list[Line]) -> list[list[Line]]:
    """Beside the page stands what readers wrote elsewhere."""
    if heading.box.of_page:
        return []
    pieces = pieces_in(heading, lines) if any(map(says, lines)) else []
    return pieces if pieces and readers_under(sheet, heading, pieces) else []


def heads(text: str) -> bool:
    """It may head comments; our own mark does not."""
    return not _is_too_long(text) and BLANK not in text and _is_headed_so(text)


@lru_cache(maxsize=2048)  # the same menus stand on all pages of a site
def _is_headed_so(text: str) -> bool:
    if _KIND.fullmatch(text):
        return False
    said = _HEADING.match(text) or _COUNTED.match(text) or posts_in(text)
    return bool(said) or is_about(text) or names_readers(text) or is_plain(text) or calls(text)


def is_heading(text: str) -> bool:
    """It heads comments or one of them, or says that there are none."""
    return heads(text) or names_one(text) or (len(text) <= _LONGEST_LABEL and _NONE_YET.match(text) is not None)


def _is_too_long(text: str) -> bool:
    return len(text) > _LONGEST_LABEL and not is_about(text)


def _is_signpost(line: Line) -> bool:
    """A link to where the comments are; a heading may be one and still head them."""
    return line.linked + line.jumps > 0.9 * len(line.text) and line.box.tag not in HEADINGS


def _stamps(page: Outline, heading: Line) -> list[Line]:
    """The times under the heading; the first must follow soon and stand near, or it belongs to something else,
    as does what stands under a higher heading."""
    soon = page.lines[heading.at + 1 : heading.at + 1 + _SOON]
    if not any(is_stamp(line) for line in soon):
        return []
    level = heading.box.tag if heading.box.tag in HEADINGS else "h3"
    below = takewhile(lambda line: line.box.tag not in HEADINGS or line.box.tag >= level, page.lines[heading.at + 1 :])
    found = [line for line in below if is_stamp(line) and not _heads_other(line, heading)]
    if not found or found[0].at - heading.at > _SOON or _climb(heading.box, found[0].box) > _NEAR:
        return []
    section = _around(heading.box, found[0].box)
    return [line for line in found if line.at < section.last]


def is_stamp(line: Line) -> bool:
    """A short line with a time, or a longer one that begins with name, date and time; no sentence that names one."""
    if (posted := POSTED.search(line.text[:_BEGINNING])) is None:
        return False
    before, after = _SAID.sub("", line.text[: posted.start()]).strip(_EDGES), line.text[posted.end() :]
    if len(before) > _LONGEST_NAME or (before and before[-1] in ".!?"):
        return len(line.text) <= _LONGEST_LABEL and not line.running and not ends(line.text)
    if _CHROME.match(after) or _SAID.fullmatch(after) or _BY.match(after.strip(_EDGES)):
        return after.strip() != "." and (not line.running or line.text.endswith(":"))
    if _GOES_ON.match(after):
        return False
    if len(line.text) <= _LONGEST_LABEL and not ends(line.text):
        return True
    return bool(before) and ":" in posted[0] and posted.end() <= _LONGEST_LABEL and _is_parted(line, posted[0], after)


def _is_parted(line: Line, posted: str, after: str) -> bool:
    """Something stands between the time and the text: a bar, or the end of an element."""
    return bool(_BAR.match(after)) or any(clean(node.text(deep=False)).endswith(posted) for node in line.nodes)


def _heads_other(line: Line, heading: Line) -> bool:
    """A title that is a link, a heading as high as that of the comments, or what stands beside them."""
    posted = POSTED.search(line.text)
    title = line.link_share > 0.9 and posted is not None and len(line.text) - len(posted[0]) > _PERMALINK
    apart = line.box.of_page and not heading.box.of_page
    return apart or title or "h" < line.box.tag <= heading.box.tag <= "h6"


def _climb(box: Box, other: Box) -> int:
    """How many boxes to go out from one until the other is inside; a box around one box alone does not count."""
    steps = 0
    around: Box | None = box
    while around is not None and not other.within(around):
        outer = around.parent
        steps += outer is None or (outer.first, outer.last) != (around.first, around.last)
        around = outer
    return steps


def _around(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    box = other
    while box.parent is not None and not one.within(box):
        box = box.parent
    return box


def _discussion(sheet: Sheet, heading: Line, stamps: list[Line]) -> Discussion | None:
    """None where it takes more than the heading to believe it."""
    page = sheet.page
    section = _around(heading.box, stamps[0].box)
    items = [_item(stamp, stamps, heading) for stamp in stamps]
    starts = [_start(page, stamp, item, heading) for stamp, item in zip(stamps, items, strict=True)]
    comments: list[RawComment] = []
    told: list[Item] = []
    end = heading.at + 1
    for place, (stamp, item) in enumerate(zip(stamps, items, strict=True)):
        limit = starts[place + 1] if place + 1 < len(starts) else section.last
        if item.last > stamp.at + 1:
            limit = min(limit, item.last)
        elif place + 1 == len(starts):
            limit = min(limit, _flat_end(page, stamp, section))
        comment = _comment(page.lines[starts[place] : stamp.at], stamp, page.lines[stamp.at + 1 : limit])
        end = limit
        if comment is not None:
            comments.append(comment)
            told.append(Item(stamp, starts[place], limit, comment.author, comment.text))
    if not told or not proven(sheet, heading, told):
        return None
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
    if not _Stamp.of(stamp).author and start - 1 > heading.at and not _HEADING.match(page.lines[start - 1].text):
        start -= 1
    if start - 1 > heading.at and _CHROME.match(page.lines[start - 1].text):
        start -= 1
    return start


def _flat_end(page: Outline, stamp: Line, section: Box) -> int:
    """Without a box of its own the last comment ends with the box that its time stands in, or at the next heading; in
    an old table a row says who and when, and the next one what.
    """
    row = stamp.box.up("tr")
    alone = row is not None and row.last == stamp.at + 1
    around = row.up("table") if row is not None and alone else stamp.box.parent
    end = min((around or section).last, section.last)
    for line in page.lines[stamp.at + 1 : end]:
        if line.box.tag in ("h1", "h2", "h3", "h4", "footer") or line.box.up("footer", "nav", "aside", "form"):
            return line.at
    return end


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What stands on the line with the time: the author before it or after it, and where the text begins."""

    author: str
    posted: str
    text: str

    @staticmethod
    def of(line: Line) -> _Stamp:
        pieces = [clean(node.text(deep=False)) for node in line.nodes]
        while pieces and _CHROME.match(pieces[0]):
            del pieces[0]
        said = _LEADING_AVATAR.sub("", " ".join(pieces))
        if (posted := POSTED.search(said)) is None:
            return _Stamp("", "", "")
        author = _BY.sub("", _SAID.sub("", said[: posted.start()]).strip(_EDGES))
        rest = said[posted.end() :].strip(_EDGES).lstrip(") ")
        if not author and _BY.match(rest) and len(rest) <= _LONGEST_NAME:
            return _Stamp(_BY.sub("", rest), posted[0], "")
        return _Stamp(author, posted[0], "" if _CHROME.match(rest) or _SAID.fullmatch(rest) else rest)


def _comment(before: list[Line], stamp: Line, after: list[Line]) -> RawComment | None:
    """None where nothing but links follows, or a link as long as a title stands for the author: a teaser."""
    read = _Stamp.of(stamp)
    posted, author = read.posted, read.author
    titled = after[:1] and after[0].box.tag in HEADINGS  # by who wrote it, as in Drupal
    after = list(takewhile(lambda line: line.box.tag not in HEADINGS, after[1:] if titled else after))
    if after and (time := _TIME_ALONE.match(after[0].text)) and ":" not in posted:
        posted, after = f"{posted} {time[1]}", after[1:]
    names = [line for line in before if not _CHROME.match(line.text) and not _HEADING.match(line.text)]
    if not author and names:
        if len(names[-1].text) > _LONGEST_NAME and names[-1].link_share > 0.9:
            return None
        author = _BY.sub("", _SAID.sub("", names[-1].text))
    after = [line for line in after if not _is_chrome(line)]
    if not author and len(after) > 1 and len(after[0].text) <= _LONGEST_NAME:
        author, after = _BY.sub("", after[0].text), after[1:]
    if not read.text and all(line.link_share > 0.9 for line in after):
        return None
    while after and after[-1].linked + after[-1].jumps > 0.9 * len(after[-1].text):
        del after[-1]
    texts = [read.text, *(line.text for line in after)]
    return RawComment(_LEADING_AVATAR.sub("", author), posted, "\n".join(text for text in texts if text))


def _is_chrome(line: Line) -> bool:
    said = line.text
    pressed = _CHROME.match(said) or ANSWER.match(said) or LIKED.fullmatch(said)
    return (
        bool(pressed)
        or leads_to_writing(said)
        or line.box.tag in ("button", "form", "label")
        or line.box.up("form") is not None
    )
