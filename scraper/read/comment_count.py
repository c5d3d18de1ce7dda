"""The number of comments that a page states for its article: an `Outline` in, a number or None out.

A number that stands with a teaser, or with shares and likes, is never taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.outline import HEADINGS
from scraper.read.text import text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

WORD = (
    r"(?:leser|user|nutzer|reader)?[- ]?(?:kommentare?|comments?|ergänzung(?:en)?|postings?|diskussionsbeiträge"
    r"|meinungen|comentarios?|commentaires?|commenti|commento|reacties|reageringen|kommentarer)"
)
NUMBER = r"(\d{1,3}(?:[.,]\d{3})+|\d{1,7})"
BEFORE = r"(?:(?:alle|all|view|show|load|read|see|reader|user|lesen|zeige|zu den|die|add|insgesamt)\s+){0,3}"
AFTER = (
    r"(?:\s+(?:zum artikel|zu diesem artikel|im forum|lesen|anzeigen|ansehen|on this (?:article|story)|so far"
    r"|geladen))*\W*"
)
_STATED = (
    re.compile(rf"^\W*{BEFORE}\(?{NUMBER}\)?\s*{WORD}{AFTER}$", re.I),
    re.compile(
        rf"^\W*{BEFORE}{WORD}(?:\s+(?:lesen|anzeigen|ansehen|zum artikel))?\s*[:(\[]*\s*{NUMBER}\s*[)\]]?{AFTER}$",
        re.I,
    ),
)
_BETWEEN_BARS = re.compile(rf"(?:^|\s[|•·–—-]\s|\)\s)\(?{NUMBER}\)?\s*{WORD}(?=$|\s[|•·–—-])", re.I)
_INSIDE = re.compile(rf"(?:^|[\s|•·(]){NUMBER}\)?\s*{WORD}(?=$|[\s|•·),])", re.I)
_MARKED = "[itemprop=commentCount], [data-comment-count], [data-comments-count], [data-commentcount], [data-comments]"
_MARKS = ("content", "data-comment-count", "data-comments-count", "data-commentcount", "data-comments")
_LONGEST = 160
_DIGIT = re.compile(r"\d")
_BELOW = 12
_CARD_LINES, _CARD_TITLE = 12, 25


def stated_count(page: Outline, found: dict[int, Role], head: range, last: int) -> int | None:
    """As the heading of the comments, else near the headline, else elsewhere.

    `head` are the lines about the headline, `last` is where the text ends.
    """
    best: tuple[int, int] | None = None
    for line in page.lines:
        if len(line.text) > _LONGEST or not _DIGIT.search(line.text):
            continue
        number = _alone(line.text) if line.running else number_in(line.text)
        if number is None and line.at in head and not line.running:
            number = _number(_INSIDE.search(line.text))
        if number is None or not _of_article(line, found[id(line.box)], head, last):
            continue
        rank = _rank(line, found[id(line.box)], head)
        if best is None or rank < best[0]:
            best = (rank, number)
    return best[1] if best else None


def number_in(text: str) -> int | None:
    """The number of comments, if a line says nothing else, or sets it apart with bars."""
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    alone = _alone(text)
    if alone is not None:
        return alone
    return _number(_BETWEEN_BARS.search(text))


def _alone(text: str) -> int | None:
    """The number of comments, if a text says nothing else."""
    if len(text) > _LONGEST:
        return None
    return next((number for pattern in _STATED if (number := _number(pattern.search(text))) is not None), None)


def _number(match: re.Match[str] | None) -> int | None:
    return int(re.sub(r"\D", "", match[1])) if match else None


def _rank(line: Line, role: Role, head: range) -> int:
    if line.box.tag in HEADINGS or (role == "comments" and line.at not in head):
        return 0
    return 1 if line.at in head else 2


def _of_article(line: Line, role: Role, head: range, last: int) -> bool:
    """Not in a sidebar, nor with a teaser: beside a link that is no mere label."""
    if line.at in head:
        return True
    if line.at < head.start or (role == "aside" and not last <= line.at < last + _BELOW):
        return False
    card: Box | None = line.box.up("article", "li")
    if card is None or card.last - card.first > _CARD_LINES:
        return True
    if any(number_in(text_of(anchor)) is None for anchor in card.node.css("h2 a[href], h3 a[href], h4 a[href]")):
        return False
    return not any(len(anchor.text().strip()) > _CARD_TITLE for anchor in card.node.css("a[href]"))


def marked_count(tree: LexborHTMLParser) -> int | None:
    """The number in attributes and microdata, if there is only one."""
    said = set()
    for node in tree.css(_MARKED):
        value = next((value for name in _MARKS if (value := node.attributes.get(name))), None) or node.text()
        if re.fullmatch(r"\s*[0-9]{1,7}\s*", value):
            said.add(int(value))
    return said.pop() if len(said) == 1 else None
