"""A page without what readers wrote: a `Page` in, its markup with the comments blanked out.

Comment texts and names are people's. The times and the number of comments stay, so that the kept page is still read
as the served one was; what the page tells scripts of its comments goes with the texts.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from scraper.charset import text_of as decode
from scraper.errors import ReadError
from scraper.page import header
from scraper.read import read
from scraper.read.comments import BLANK
from scraper.read.comments.attributes import blank_attributes
from scraper.read.comments.boxes import comment_lines
from scraper.read.comments.carriers import blank_carriers, unseen_comments
from scraper.read.comments.count import MARKS, marked_count, number_alone
from scraper.read.comments.data import Words, blank_states
from scraper.read.comments.discussion import POSTED, find_discussion, is_stamp
from scraper.read.comments.headings import ANSWER, LIKED
from scraper.read.comments.linked import blank_linked_data
from scraper.read.generic import told_to_scripts
from scraper.read.sheet import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from scraper.page import Page
    from scraper.read.outline import Line, Outline
    from scraper.read.sheet import Sheet
    from scraper.site_profile import SiteProfile

# What tells how a section is laid out, and when; all other attributes may name people.
_HARMLESS = frozenset((
    "class", "id", "role", "datetime", "itemprop", "itemtype", "itemscope", "typeof", "hidden", "style",
    "data-component",
))  # fmt: skip
_FIGURES = re.compile(r"[\d\s:.,+TZ-]{1,40}")
_COMMENTS = re.compile(r"comments?|kommentare?", re.I)
# After the time stands a text, or else a button.
_LABEL = 20
# Browsers and `scraper.charset` believe a byte order mark before any header.
_MARK = b"\xef\xbb\xbf"


def without_comments(page: Page, own: Sequence[SiteProfile] = (), sheet: Sheet | None = None) -> bytes | None:
    """The body without comments, in UTF-8; None where the page shows none and so can be kept as it was served.

    Args:
        own: a user's profiles of sites: what they read is the article's, whatever it is called.
        sheet: the page as it was laid out to be read, if it was: it is changed, and of no more use.
    """
    if sheet is None:
        sheet = lay_out(page.url, decode(page.body, header(page.headers, "content-type")), page.fetched_at)
    discussion = find_discussion(sheet)
    found = comment_lines(sheet, discussion, frozenset())
    if found:
        found = comment_lines(sheet, discussion, _said(page, own))
    lines = [sheet.page.lines[at] for at in sorted(found)]
    texts = [comment.text for comment in discussion.comments] if discussion else []
    stay = [line.text for line in sheet.page.lines if line.at not in found]
    words = Words.of([*texts, *(line.text for line in lines)], stay)
    stated = told_to_scripts(sheet)
    changed = [
        blank_linked_data(sheet.tree),
        blank_states(sheet.tree, words),
        blank_attributes(sheet.tree, words),
        blank_carriers(sheet.tree, words),
    ]
    unseen = unseen_comments(sheet.tree)
    if not (lines or unseen or any(changed)):
        return None
    if stated is not None and told_to_scripts(sheet) != stated and marked_count(sheet.tree) is None:
        _keep_number(sheet.tree, stated)
    _blank(sheet.page, lines)
    for node in unseen:
        _blank_unseen(node)
    return _MARK + (sheet.tree.html or "").encode()


def _keep_number(tree: LexborHTMLParser, stated: int) -> None:
    """A script that had to be emptied told it."""
    if tree.body is not None:
        tree.body.attrs["data-comment-count"] = str(stated)


def _said(page: Page, own: Sequence[SiteProfile]) -> frozenset[str]:
    """The texts of the article; none where it cannot be read."""
    try:
        article = read(page, own=own)
    except ReadError:
        return frozenset()
    captions = (
        text
        for image in article.images
        for text in (image.caption, image.credit, f"{image.caption} {image.credit}".strip())
    )
    texts = (article.standfirst, article.headline, *(block.text for block in article.blocks), *article.notes, *captions)
    return frozenset(texts) - {""}


def _blank(page: Outline, lines: list[Line]) -> None:
    """Every text of these lines but the times, and the attributes of the boxes that hold nothing else: the way to
    answer the last comment is none of its words, and the picture of who wrote it may stand in a column of its own.
    """
    for line in lines:
        for node in line.nodes:
            text = node.text(deep=False)
            posted = POSTED.search(text) if is_stamp(line) else None
            node.replace_with(_around(posted, text) if posted else BLANK)
    numbers = {line.at for line in lines}
    upto = list(accumulate((line.at in numbers for line in page.lines), initial=0))
    ways = list(accumulate((line.at not in numbers and _is_way(line) for line in page.lines), initial=0))
    bare = set()
    for box in page.boxes:
        if id(box.parent) in bare:
            bare.add(id(box))
            continue
        said = upto[box.last] - upto[box.first]
        if said and said + ways[box.last] - ways[box.first] == box.last - box.first:
            bare.add(id(box))
            _strip(box.node)


def _is_way(line: Line) -> bool:
    """To answer or to praise what was said."""
    return len(line.text) <= _LABEL and (ANSWER.match(line.text) or LIKED.fullmatch(line.text)) is not None


def _around(posted: re.Match[str], text: str) -> str:
    """A time with what stood before and after it blanked out."""
    before, after = text[: posted.start()].strip(), text[posted.end() :].strip()
    parts = [BLANK if before else "", posted[0], BLANK if len(after) > _LABEL else ""]
    return " ".join(part for part in parts if part)


def _blank_unseen(node: LexborNode) -> None:
    for text in [inner for inner in node.traverse(include_text=True) if inner.tag == "-text"]:
        if not text.is_empty_text_node:
            text.replace_with(BLANK)
    for inner in node.css("*"):
        _strip(inner)


def _strip(box: LexborNode) -> None:
    for node in (box, *box.css("*")):
        for name, value in list(node.attributes.items()):
            harmless = _harmless(name, value or "")
            if harmless is None:
                del node.attrs[name]
            elif harmless != value and value is not None:
                node.attrs[name] = harmless


def _harmless(name: str, value: str) -> str | None:
    """What may be kept of an attribute; None: nothing. A link stays one, and a number for machines names nobody."""
    if name in _HARMLESS or (name in MARKS and _FIGURES.fullmatch(value)):
        return value
    if name == "href":
        return "#" if value.startswith("#") else "."
    if name == "aria-label" and number_alone(value) is not None:
        return value
    said = _COMMENTS.search(value) if name == "aria-label" else None
    return said[0] if said else None
