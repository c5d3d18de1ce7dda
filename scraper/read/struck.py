"""Words that a page shows struck through, as some newsrooms correct: "rund <del>900</del> <ins>1.200</ins>".

They stay in the text as `~~900~~`: without a sign, nobody could tell them from words that hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.text import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_TAGS = ("del", "s", "strike")
_BEGUN = re.compile(rf"<(?:{'|'.join(_TAGS)})[\s>]", re.I)
_WORD = re.compile(r"\w")
_INNER = ", ".join(sorted(BLOCKS))


def mark_struck(tree: LexborHTMLParser, markup: str) -> None:
    """Writes the signs into the tree, around what is struck within a line."""
    if not _BEGUN.search(markup):
        return
    for node in tree.css(", ".join(_TAGS)):
        first = node.first_child
        if first is None or not _WORD.search(node.text()) or node.css_first(_INNER):
            continue
        if not any(around.tag in _TAGS for around in _around(node)):
            first.insert_before("~~")
            node.insert_child("~~")


def _around(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent
