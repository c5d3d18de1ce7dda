"""Text as the page wrote it: runs of ASCII white space become one space, nothing else is touched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from selectolax.lexbor import LexborNode

_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
SILENT = frozenset(
    """head title script style noscript template svg iframe object embed canvas audio video select textarea map
    frame""".split()  # noqa: SIM905 -- quoted one by one they are unreadable
)
BLOCKS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary
    table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905 -- quoted one by one they are unreadable
)


def clean(text: str) -> str:
    """Collapses ASCII white space and strips it from the ends."""
    return collapsed(text.strip(" \t\r\n\f"))


def collapsed(text: str) -> str:
    """The same, and a space at an end stays one."""
    # Most texts hold nothing but single spaces. To look for one sign at a time takes a tenth of what a pattern does.
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        return _SPACE.sub(" ", text)
    return text


def breadth(text: str) -> int:
    """Length in Latin letters; a Chinese, Japanese or Thai character says as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def walk(root: LexborNode) -> Iterator[tuple[str, LexborNode, bool]]:
    """Every visible element and text below a node, in order: (tag, node, entering); elements come twice.

    Does not recurse: pages nest deeper than Python allows.
    """
    path: list[LexborNode] = []
    node = root.first_child
    while node is not None or path:
        if node is None:
            node = path.pop()
            yield node.tag or "", node, False
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield tag, node, True
        elif tag not in SILENT and tag[:1].isalpha():
            yield tag, node, True
            path.append(node)
            node = node.first_child
            continue
        node = node.next


def text_of(node: LexborNode, without: Collection[int] = ()) -> str:
    """What a reader sees of this element, on one line. Inline tags add no space; blocks and `<br>` do.

    `without` are the `mem_id`s of inner elements that do not count.
    """
    parts: list[str] = []
    skipped = 0
    for tag, inner, entering in walk(node):
        if tag == "-text":
            parts.append("" if skipped else inner.text(deep=False))
            continue
        if tag == "br" or tag in BLOCKS:
            parts.append(" ")
        if without and inner.mem_id in without:
            skipped += 1 if entering else -1
    return clean("".join(parts))


def begins_line(node: LexborNode) -> bool:
    """Right behind a `<br>`."""
    around: LexborNode | None = node
    while around is not None and around.prev is None:
        around = around.parent
    before = around.prev if around is not None else None
    while before is not None and before.is_text_node and not before.text(deep=False).strip():
        before = before.prev
    return before is not None and before.tag == "br"
