"""The last resort: trafilatura, where it is installed, for a page under whose headline our reader finds no text.

It finds other words than our reader does, and drops what is repeated. So it only ever reads an article that no other
reader has read, and its readings are marked: where our reader can read the page one day, that is another reader.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from scraper.article import Article, Block
from scraper.read.byline import authors
from scraper.read.clocks import clock_of, machine_clocks, stand_in
from scraper.read.generic import comment_count, headline_of, visible_clocks
from scraper.read.live import is_time
from scraper.read.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scraper.article import BlockKind
    from scraper.read.sheet import Sheet

_NAME = "trafilatura"
_KINDS: dict[str, BlockKind] = {
    "head": "subhead", "p": "paragraph", "item": "list_item", "quote": "quote", "row": "table",
}  # fmt: skip
# It makes a text of teasers and cookie banners too: so many long sentences are an article.
_SENTENCE, _ENOUGH = re.compile(r".{79,}[.!?…。][\"'»”“)]*", re.S), 3


def may_fall_back(readers: Iterable[str]) -> bool:
    """Whether the last resort may read an article whose versions were read by these: not if another reader began."""
    return all(reader.startswith(f"{_NAME}/") for reader in readers)


def read_fallback(sheet: Sheet, markup: str) -> Article | None:
    """None where it is not installed, or does not find enough for an article."""
    if find_spec(_NAME) is None:
        return None
    found = import_module(_NAME).bare_extraction(markup, url=sheet.url, include_comments=False)
    topline, headline = headline_of(sheet)
    blocks = [block for block in _blocks(found.body) if block.text != headline] if found is not None else []
    if sum(_SENTENCE.fullmatch(block.text) is not None for block in blocks) < _ENOUGH:
        return None
    under = sheet.headline.last if sheet.headline else 0
    stamps = [block for block in blocks if is_time(block.text)]
    visible = visible_clocks(sheet, under, under)[0]
    visible = visible or [clock_of(sheet, "stand", raw) for block in stamps if (raw := stand_in(sheet, block.text))][:1]
    return Article(
        url=sheet.head.canonical,
        topline=topline,
        headline=headline,
        standfirst="",
        authors=authors(sheet),
        blocks=tuple(block for block in blocks if block not in stamps),
        images=(),
        notes=(),
        clocks=(*visible, *machine_clocks(sheet)),
        comment_count=comment_count(sheet, under, under, None),
        comments=(),
        language=sheet.head.language,
        read_with=f"{_NAME}/{version(_NAME)}",
    )


def _blocks(body: Any) -> Iterator[Block]:
    """Of the tree that it gives, whose elements are those of `_KINDS`, others around them and `lb` for line breaks."""
    for line_break in body.iter("lb"):
        line_break.tail = f" {line_break.tail or ''}"
    for node in body.iter(*_KINDS):
        if not any(around.tag in _KINDS for around in node.iterancestors()):
            parts = node.iter("cell") if node.tag == "row" else (node,)
            text = " | ".join(clean("".join(part.itertext())) for part in parts)
            if text:
                yield Block(_KINDS[node.tag], text)
