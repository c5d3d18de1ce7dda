"""Microdata or RDFa that says nothing about the whole page, as it stands in a part of it: a node in, yes or no out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PART = re.compile(r"liveBlogUpdate|(?:^|\s)comment(?:$|\s)")
_COMMENT = re.compile(r"(?:^|[\s/:])(?:User)?Comments?/?(?=$|\s)", re.I)


def is_comment(node: LexborNode) -> bool:
    """What a reader said, in microdata or RDFa."""
    attributes = node.attributes
    return any(_COMMENT.search(attributes.get(name) or "") for name in ("itemtype", "typeof"))


def in_part(node: LexborNode) -> bool:
    """In an entry of a live blog, or in a comment."""
    around: LexborNode | None = node
    while around is not None:
        if _PART.search(around.attributes.get("itemprop") or "") or is_comment(around):
            return True
        around = around.parent
    return False
