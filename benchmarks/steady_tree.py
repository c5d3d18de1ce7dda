"""What both halves of the steadiness benchmark need: a page as a tree that can be changed, and its article's text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scraper.charset import text_of as decode
from scraper.page import header
from scraper.read.text import BLOCKS, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from benchmarks.corpus import Gold
    from scraper.page import Page

_LOOSE = re.compile(r"[\W_]+")


def loose(text: str) -> str:
    """Letters and digits only, for telling whether two texts are the same."""
    return _LOOSE.sub("", unicodedata.normalize("NFC", text)).casefold()


@dataclass(slots=True)
class Block:
    """A block of a page: its own text nodes, and those of inline elements in it, but not those of blocks in it."""

    node: LexborNode
    texts: list[LexborNode] = field(default_factory=list)

    @property
    def said(self) -> str:
        return loose("".join(node.text(deep=False) for node in self.texts))


@dataclass(frozen=True, slots=True)
class Known:
    """What the gold says an article consists of, loosely written.

    Attributes:
        whole: all of its text in one.
        marks: what else belongs to it: captions, authors, titles.
    """

    whole: str
    marks: frozenset[str]

    def holds(self, said: str) -> bool:
        return bool(said) and (said in self.whole or said in self.marks)


def known(gold: Gold) -> Known:
    texts = [gold.get("title") or "", *(gold.get("summary") or []), *(text for _, text in gold.get("blocks") or [])]
    texts += gold.get("captions") or []
    marks = [*(gold.get("title_alt") or []), *(gold.get("authors") or []), *(gold.get("authors_unverified") or [])]
    return Known("\n".join(map(loose, texts)), frozenset(map(loose, [*marks, gold.get("topline") or ""])))


def tree_of(page: Page) -> LexborHTMLParser:
    return LexborHTMLParser(decode(page.body, header(page.headers, "content-type")))


def changed(page: Page, tree: LexborHTMLParser) -> Page:
    """The page as the tree has it now."""
    return replace(page, body=b"\xef\xbb\xbf" + (tree.html or "").encode())


def blocks_of(tree: LexborHTMLParser) -> Iterator[Block]:
    """All blocks that hold text of their own, in the order in which they end."""
    if tree.root is None:
        return
    path = [Block(tree.root)]
    for tag, node, entering in walk(tree.root):
        if tag == "-text":
            path[-1].texts.append(node)
        elif tag in BLOCKS and entering:
            path.append(Block(node))
        elif tag in BLOCKS and (block := path.pop()).texts:
            yield block
    yield path[0]


def write(node: LexborNode, text: str) -> None:
    """Puts another text in the place of a text node's."""
    node.replace_with(text)
