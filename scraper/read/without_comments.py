"""A page without what readers wrote: a `Page` in, its markup with the comments blanked out.

Comment texts and names are people's. The times and the number of comments stay, so that the kept page is still read
as the served one was; what the page tells scripts of its comments goes with the texts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from scraper.charset import text_of as decode
from scraper.page import header
from scraper.read.comment_boxes import comment_lines
from scraper.read.comment_count import MARKS
from scraper.read.comments import POSTED, find_discussion, is_stamp
from scraper.read.linked_data import LINKED_DATA, parse
from scraper.read.sheet import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from scraper.page import Page
    from scraper.read.comments import Discussion
    from scraper.read.linked_data import Json
    from scraper.read.outline import Line, Outline

BLANK = "[comment]"
# What tells how a section is laid out, and when; all other attributes may name people.
_HARMLESS = frozenset(("class", "id", "role", "datetime", "itemprop", "itemtype", "itemscope", "hidden", "style"))
_FIGURES = re.compile(r"[\d\s:.,+TZ-]{1,40}")
_COMMENT_KEYS = frozenset(("comment", "comments"))
# So much of a comment in a script is that comment and no coincidence.
_TELLING = 24
# Browsers and `scraper.charset` believe a byte order mark before any header.
_MARK = b"\xef\xbb\xbf"


def without_comments(page: Page) -> bytes | None:
    """The body without comments, in UTF-8; None where the page shows none and so can be kept as it was served."""
    sheet = lay_out(page.url, decode(page.body, header(page.headers, "content-type")), page.fetched_at)
    discussion = find_discussion(sheet)
    lines = [sheet.page.lines[at] for at in sorted(comment_lines(sheet) | _discussed(discussion))]
    told = _blank_linked_data(sheet.tree)
    if not lines:
        return _MARK + (sheet.tree.html or "").encode() if told else None
    texts = [comment.text for comment in discussion.comments] if discussion else []
    _empty_scripts(sheet.tree, "script:not([src])", texts)
    # A box of comments may name the article, as its linked data does.
    _empty_scripts(sheet.tree, f"script:not([src]):not({LINKED_DATA})", [line.text for line in lines])
    _blank(sheet.page, lines)
    return _MARK + (sheet.tree.html or "").encode()


def _discussed(discussion: Discussion | None) -> set[int]:
    """The lines of the section but its heading."""
    return set(range(discussion.first + 1, discussion.last)) if discussion and discussion.comments else set()


def _blank(page: Outline, lines: list[Line]) -> None:
    """Every text of these lines but the times, and the attributes of the boxes that hold nothing else."""
    for line in lines:
        for node in line.nodes:
            posted = POSTED.search(node.text(deep=False)) if is_stamp(line) else None
            before = f"{BLANK} " if posted and node.text(deep=False)[: posted.start()].strip() else ""
            node.replace_with(f"{before}{posted[0]}" if posted else BLANK)
    blanked = {line.at for line in lines}
    for box in page.boxes:
        if box.first < box.last and blanked.issuperset(range(box.first, box.last)):
            _strip(box.node)


def _strip(box: LexborNode) -> None:
    for node in (box, *box.css("*")):
        for name in [name for name, value in node.attributes.items() if not _is_harmless(name, value or "")]:
            del node.attrs[name]


def _is_harmless(name: str, value: str) -> bool:
    """A number of comments or a time that machines are told names nobody."""
    return name in _HARMLESS or (name in MARKS and _FIGURES.fullmatch(value) is not None)


def _blank_linked_data(tree: LexborHTMLParser) -> bool:
    """Whether any block told of comments."""
    told = False
    for script in tree.css(LINKED_DATA):
        value = parse(script.text())
        if _drop_comments(value):
            told = True
            _fill(script, json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
    return told


def _drop_comments(value: Json) -> bool:
    """Takes the comments out in place; does not recurse, as a page may nest deeper than Python."""
    found = False
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            for key in _COMMENT_KEYS & item.keys():
                found = True
                del item[key]
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return found


def _empty_scripts(tree: LexborHTMLParser, which: str, texts: Iterable[str]) -> None:
    marks = [start for text in texts if len(start := _letters(text)[:_TELLING]) == _TELLING]
    for script in tree.css(which):
        letters = _letters(script.text())
        if any(mark in letters for mark in marks):
            _fill(script, "")


def _letters(text: str) -> str:
    """Without anything that JSON, HTML or a typesetter may write in another way."""
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})|\\[nrt]", lambda match: chr(int(match[1], 16)) if match[1] else " ", text)
    return re.sub(r"[\W_]+", "", unescaped).casefold()


def _fill(script: LexborNode, text: str) -> None:
    for child in list(script.iter(include_text=True)):
        child.replace_with(text) if text else child.decompose()
