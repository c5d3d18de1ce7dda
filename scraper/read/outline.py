"""A page as a list of lines, each with the boxes that it stands in. The parsed tree comes in, an `Outline` goes out.

A line is what a reader sees as one paragraph, heading, list item or label. Says nothing about what is an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.read.text import BLOCKS, SILENT, breadth, clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LABELS = frozenset(("h1", *HEADINGS, "button", "header", "summary"))
_ENDS, _EASTERN_ENDS, _CLOSING = frozenset(".!?…:;"), frozenset("。！？」』।۔؟"), "'\"”“»«’)]"
_NAMING = ("class", "id", "role", "itemprop", "data-component", "aria-label")
_BOLD = frozenset(("strong", "b"))
_ENTERED = BLOCKS | _BOLD | {"a", "br", "img"}
_LEFT = BLOCKS | _BOLD | {"a"}
_SHORTEST = 25
_NUMBERS = dict.fromkeys(map(ord, "0123456789"))
# "adBox" and "topAd", but neither "Advice" nor "download".
_CAMEL_AD = re.compile(r"(?<![A-Za-z])[Aa]ds?(?=[A-Z])|(?<=[a-z])Ads?(?![a-z])")
_AD_SLOT = re.compile(r"data-ads?(?:-(?:unit|slot|client|zone|format|size)s?(?:-\w+)?)?|data-ad(?:unit|slot|client)")
_SLOTS, _NOT = frozenset(("div", "section", "ins")), frozenset(("false", "0", "no", "off"))
_CLASSES = ("class", "role", "itemprop")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element. It holds `lines[first:last]`."""

    tag: str
    node: LexborNode
    parent: Box | None
    first: int
    last: int = 0
    _named: tuple[str, bool, str] | None = None

    @property
    def words(self) -> str:
        """Its class, id, role and the like, in lower case, for matching."""
        return (self._named or self._look())[0]

    @property
    def hidden(self) -> bool:
        """By its own attributes."""
        return (self._named or self._look())[1]

    @property
    def kind(self) -> str:
        """Its class and role alone, and no numbers: what it has in common with others."""
        return (self._named or self._look())[2]

    def _look(self) -> tuple[str, bool, str]:
        """Attributes are dear, and of most boxes nobody asks: they are read when somebody does."""
        attributes = self.node.attributes
        kind = _words(attributes, _CLASSES)
        # The id of a heading says what the heading says.
        words = kind if self.tag in HEADINGS else _words(attributes, _NAMING)
        if self.tag in _SLOTS and _is_ad_slot(attributes):
            words += " ad"
        self._named = words, _is_hidden(attributes), kind.translate(_NUMBERS)
        return self._named

    def within(self, other: Box) -> bool:
        """This box is the other one or stands inside it."""
        box: Box | None = self
        while box is not None and box is not other:
            box = box.parent
        return box is other

    def up(self, *tags: str) -> Box | None:
        """The nearest box around with one of these tags, itself included."""
        box: Box | None = self
        while box is not None and box.tag not in tags:
            box = box.parent
        return box

    @property
    def of_page(self) -> bool:
        """It stands in a navigation, a sidebar or a footer of the page, not of an article."""
        box = self.up("nav", "aside", "footer")
        return box is not None and box.up("article", "main") is None


@dataclass(slots=True, eq=False)
class Line:
    """A stretch of text without a break in it.

    Attributes:
        linked: how many of its characters are links to elsewhere.
        jumps: how many are links to a place on the same page.
        strong: how many of its characters are bold.
        at: its number.
        width: its length in Latin letters.
        running: it reads like a sentence of an article, wherever it stands.
        nodes: the text nodes that it was made of, without the blank ones.
    """

    text: str
    box: Box
    linked: int
    jumps: int
    strong: int
    at: int
    width: int
    running: bool
    nodes: list[LexborNode]

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text)


@dataclass(slots=True)
class Outline:
    """All lines and boxes in document order, and where the pictures stand: (node, box, index of the next line)."""

    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    images: list[tuple[LexborNode, Box, int]] = field(default_factory=list)

    def of(self, box: Box) -> list[Line]:
        return self.lines[box.first : box.last]


def outline(root: LexborNode, url: str = "") -> Outline:
    """Walks the tree once. `url` is the page's own: a heading may link to its own place there."""
    return _Builder(root, url).build()


class _Builder:
    def __init__(self, root: LexborNode, url: str) -> None:
        self.root, self.own = root, urlsplit(url)
        self.page = Outline()
        self.box = Box("html", root, None, 0, _named=("", False, ""))
        self.page.boxes.append(self.box)
        self.parts: list[str] = []
        self.nodes: list[LexborNode] = []
        self.open: list[tuple[bool, bool]] = []
        self.links = self.leaps = self.bolds = 0
        self.linked = self.jumps = self.strong = 0
        self.broken = False

    def build(self) -> Outline:
        """What `text.walk` does, without a call for each node: pages have thousands, and most mean nothing."""
        parts = self.parts
        path: list[tuple[LexborNode, str]] = []
        node = self.root.first_child
        while node is not None or path:
            if node is None:
                node, tag = path.pop()
                if tag in _LEFT:
                    self._leave(tag)
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                if not node.is_empty_text_node:
                    self._text(node)
                elif parts:  # before the first word it would be stripped anyway
                    parts.append(" ")
            elif tag in _ENTERED or (tag not in SILENT and tag[:1].isalpha()):
                self._enter(tag, node)
                path.append((node, tag))
                node = node.first_child
                continue
            node = node.next
        self._flush()
        self.page.boxes[0].last = len(self.page.lines)
        return self.page

    def _text(self, node: LexborNode) -> None:
        text = node.text_content or ""
        self.parts.append(text)
        self.nodes.append(node)
        self.broken = False
        if self.links or self.leaps or self.bolds:
            length = len(clean(f"-{text}-")) - 2  # the line will be as long, however its source is wrapped
            self.linked += length if self.links else 0
            self.jumps += length if self.leaps else 0
            self.strong += length if self.bolds else 0

    def _enter(self, tag: str, node: LexborNode) -> None:
        if tag in BLOCKS:
            if self.parts:
                self._flush()
            self.box = Box(tag, node, self.box, len(self.page.lines))
            self.page.boxes.append(self.box)
        elif tag == "a":
            href = node.attrs.get("href") or ""
            leap = href[:1] == "#" or ("#" in href and self.box.tag in HEADINGS and self._stays(href))
            link = bool(href) and not leap
            self.open.append((link, leap))
            self.links += link
            self.leaps += leap
        elif tag in _BOLD:
            self.bolds += 1
        elif tag == "br":
            self._break()
        elif tag == "img":
            self.page.images.append((node, self.box, len(self.page.lines)))

    def _stays(self, href: str) -> bool:
        """Whether a link to a place on a page means this page: "/flood?block=3#block-3", but not "/?p=3#more"."""
        try:
            aim = urlsplit(href)
        except ValueError:
            return False
        return len(self.own.path) > 1 and aim.netloc in ("", self.own.netloc) and aim.path in ("", self.own.path)

    def _leave(self, tag: str) -> None:
        if tag in BLOCKS:
            if self.parts:
                self._flush()
            self.box.last = len(self.page.lines)
            if tag == "figure":
                self._late_picture()
            self.box = self.box.parent or self.box
        elif tag == "a":
            link, leap = self.open.pop()
            self.links -= link
            self.leaps -= leap
        elif tag in _BOLD:
            self.bolds -= 1

    def _late_picture(self) -> None:
        """A figure without an `<img>` in sight: a script will put it there, or it has another name."""
        images, box = self.page.images, self.box
        if not images or images[-1][2] < box.first:
            node = box.node.css_first("noscript img[src], [src][alt]")
            if node is not None:
                images.append((node, box, box.first))

    def _break(self) -> None:
        """One `<br>` is a space, two in a row part paragraphs."""
        if self.broken and self.parts:
            self._flush()
        self.parts.append(" ")
        self.broken = True

    def _flush(self) -> None:
        text = clean("".join(self.parts))
        if text and not text.isspace():
            length, width, lines = len(text), breadth(text), self.page.lines
            linked = self.linked if self.linked < length else length
            jumps = self.jumps if self.jumps < length else length
            strong = self.strong if self.strong < length else length
            running = width >= _SHORTEST and linked <= length / 2 and _is_running(text, width, self.box.tag)
            lines.append(Line(text, self.box, linked, jumps, strong, len(lines), width, running, self.nodes))
        self.parts.clear()
        self.nodes = []
        self.linked = self.jumps = self.strong = 0
        self.broken = False


def _is_running(text: str, width: int, tag: str) -> bool:
    """A label may be long, and a sentence short: what ends like a sentence needs less. A `<p>` is trusted more."""
    if tag in _LABELS:
        return False
    plain = tag == "p"
    return width >= (_SHORTEST if plain else 50) if ends(text) else width >= (80 if plain else 120)


def ends(text: str) -> bool:
    """Like a sentence, be it in quotation marks."""
    return text[-1] in _EASTERN_ENDS or text.rstrip(_CLOSING)[-1:] in _ENDS


def _words(attributes: dict[str, str | None], names: tuple[str, ...]) -> str:
    if not attributes:
        return ""
    words = " ".join([value for name in names if (value := attributes.get(name))])
    if "ad" in words or "Ad" in words:
        words = _CAMEL_AD.sub("-ad-", words)
    return words.lower()


def _is_ad_slot(attributes: dict[str, str | None]) -> bool:
    return any(
        name.startswith("data-ad") and _AD_SLOT.fullmatch(name) and (value or "").lower() not in _NOT
        for name, value in attributes.items()
    )


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    style = attributes.get("style")
    return "hidden" in attributes or bool(style and _HIDDEN_STYLE.search(style))
