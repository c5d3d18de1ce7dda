"""Words that a page shows struck through, as some newsrooms correct: "rund <del>900</del> <ins>1.200</ins>".

They stay in the text as `~~900~~`: without a sign, nobody could tell them from words that hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.text import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

STRUCK = ("del", "s", "strike")
_WORD = re.compile(r"\w")
_INNER = ", ".join(sorted(BLOCKS))


def mark_struck(nodes: Iterable[LexborNode]) -> None:
    """Writes the signs into the tree, around what is struck within a line. `nodes`: all `STRUCK` in it, in order."""
    for node in nodes:
        first = node.first_child
        if first is None or not _WORD.search(node.text()) or node.css_first(_INNER):
            continue
        if not any(around.tag in STRUCK for around in _around(node)):
            first.insert_before("~~")
            node.insert_child("~~")


def _around(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent
