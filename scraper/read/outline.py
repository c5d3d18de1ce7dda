"""A page as a list of lines, each with the boxes that it stands in. The parsed tree comes in, an `Outline` goes out.

A line is what a reader sees as one paragraph, heading, list item or label. Says nothing about what is an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.read.comments.names import may_hold_comments
from scraper.read.text import BLOCKS, SILENT, breadth, clean, collapsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from selectolax.lexbor import LexborNode

    _End: TypeAlias = Callable[[], None]
    _Act: TypeAlias = tuple[str, Callable[[str, LexborNode], None] | None, _End | None]

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LABELS = frozenset(("h1", *HEADINGS, "button", "header", "summary"))
_ENDS, _EASTERN_ENDS, _CLOSING = frozenset(".!?…:;"), frozenset("。！？」』।۔؟"), "'\"”“»«’)]~"
_STOPS, _CLOSED, _TOLD = frozenset(".。"), "'\"”“»«’)]~", 3
_NAMING = ("class", "id", "role", "itemprop", "data-component", "aria-label")
_COMMENT_TYPES = ("/comment", "/usercomments")
_BOLD = frozenset(("strong", "b"))
_TEXT = 2  # Lexbor's LXB_TAG__TEXT
_SHORTEST = 25
_NUMBERS = re.compile("[0-9]+")
# "adBox" and "topAd", but neither "Advice" nor "download".
_CAMEL_AD = re.compile(r"(?<![A-Za-z])[Aa]ds?(?=[A-Z])|(?<=[a-z])Ads?(?![a-z])")
_AD_SLOT = re.compile(r"data-ads?(?:-(?:unit|slot|client|zone|format|size)s?(?:-\w+)?)?|data-ad(?:unit|slot|client)")
_SLOTS, _NOT = frozenset(("div", "section", "ins")), frozenset(("false", "0", "no", "off"))
_CARDS, _GOES = frozenset(("div", "section", "li", "article")), re.compile(r"\blocation\b|window\.open")
_NOTHING = "", False, ""
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

    @property
    def made_up(self) -> str:
        """The tag of an element of the site's own making: it is a name like a class."""
        return self.tag if "-" in self.tag else ""

    def _look(self) -> tuple[str, bool, str]:
        """Attributes are dear, and of most boxes nobody asks: they are read when somebody does. Most have a class."""
        attributes = self.node.attributes
        if len(attributes) == 1 and "class" in attributes:
            words, kind = _classes(self.made_up, attributes["class"])
            self._named = words, False, kind
        else:
            self._named = self._read(attributes) if attributes or self.made_up else _NOTHING
        return self._named

    def _read(self, attributes: dict[str, str | None]) -> tuple[str, bool, str]:
        said = attributes.get
        words, kind = _classes(self.made_up, said("class"), said("role"), said("itemprop"))
        # The id of a heading says what the heading says.
        if self.tag not in HEADINGS and (said("id") or said("data-component") or said("aria-label")):
            words = _words([self.made_up, *(said(name) for name in _NAMING)])
        if self.tag in _SLOTS and _is_ad_slot(attributes):
            words += " ad"
        if self.tag in _CARDS and _leads_elsewhere(attributes):
            words += " crosslink"
        if (said("itemtype") or "").lower().endswith(_COMMENT_TYPES):
            words += " comment"
        style = said("style")
        hidden = "hidden" in attributes or bool(style and _HIDDEN_STYLE.search(style))
        return words, hidden, kind

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
    _low: str = ""

    @property
    def low(self) -> str:
        """The text in lower case: a pattern that need not look for both cases takes half the time."""
        if not self._low:
            self._low = self.text.lower()
        return self._low

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text)

    @property
    def tells(self) -> bool:
        """It is a sentence that leads nowhere: a label, a credit, a title or a cry has no full stop, or hardly a word
        in lower case.
        """
        said = self.text.rstrip(_CLOSED)
        if self.linked or self.box.tag in HEADINGS or said[-1:] not in _STOPS or said.endswith(".."):
            return False
        lower = (word for word in self.text.split() if word[0].islower())
        return len([*islice(lower, _TOLD)]) == _TOLD


@dataclass(slots=True)
class Outline:
    """All lines and boxes in document order, where the pictures stand: (node, box, index of the next line), and the
    host of the page.
    """

    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    images: list[tuple[LexborNode, Box, int]] = field(default_factory=list)
    host: str = ""

    def of(self, box: Box) -> list[Line]:
        return self.lines[box.first : box.last]


def outline(root: LexborNode, url: str = "", markup: str = "") -> Outline:
    """Walks the tree once. `url` is the page's own: a heading may link to its own place there. `markup` is what was
    parsed.
    """
    return _Builder(root, url, markup).build()


class _Builder:
    def __init__(self, root: LexborNode, url: str, markup: str) -> None:
        self.root, self.own, self.markup = root, urlsplit(url), markup
        self.page = Outline(host=self.own.netloc)
        self.box = Box("html", root, None, 0, _named=_NOTHING)
        self.page.boxes.append(self.box)
        self.parts: list[str] = []
        self.nodes: list[LexborNode] = []
        self.open: list[tuple[bool, bool]] = []
        self.links = self.leaps = self.bolds = 0
        self.linked = self.jumps = self.strong = 0
        self.broken = False

    def build(self) -> Outline:
        """What `text.walk` does, without a call for each node: pages have thousands, and most mean nothing.

        To ask for a tag's number takes half of what its name takes.
        """
        known: dict[int, _Act | None] = {}
        path: list[tuple[LexborNode, _End | None]] = []
        node = self.root.first_child
        while node is not None or path:
            if node is None:
                node, end = path.pop()
                if end is not None:
                    end()
                node = node.next
                continue
            number = node.tag_id
            if number == _TEXT:
                self._text(node)
            else:
                if number not in known:
                    known[number] = self._acts_on(node.tag or "")
                if (act := known[number]) is not None:
                    tag, begin, end = act
                    if begin is not None:
                        begin(tag, node)
                    path.append((node, end))
                    node = node.first_child
                    continue
            node = node.next
        self._flush()
        self.page.boxes[0].last = len(self.page.lines)
        return self.page

    def _acts_on(self, tag: str) -> _Act | None:
        """What is to be done where such an element begins, and where it ends; None where it is passed over.

        What is no element has a tag like "-comment".
        """
        if tag in BLOCKS or ("-" in tag.lstrip("-") and may_hold_comments(tag) and self._is_closed(tag)):
            return tag, self._open_box, self._close_box
        if tag in _BOLD:
            return tag, self._begin_bold, self._end_bold
        if tag == "a":
            return tag, self._open_link, self._close_link
        if tag in ("br", "img"):
            return tag, self._break if tag == "br" else self._picture, None
        return None if tag in SILENT or not tag[:1].isalpha() else (tag, None, None)

    def _is_closed(self, tag: str) -> bool:
        """To a browser `<comment-box/>` is a start tag: what follows it, be it the article, stands in it."""
        begun, ended = (re.findall(rf"<{sign}{re.escape(tag)}(?![\w-])[^>]*>", self.markup, re.I) for sign in ("", "/"))
        return len(begun) == len(ended) and not any(mark.endswith("/>") for mark in begun)

    def _text(self, node: LexborNode) -> None:
        if node.is_empty_text_node:
            if self.parts:  # before the first word it would be stripped anyway
                self.parts.append(" ")
            return
        text = node.text_content or ""
        self.parts.append(text)
        self.nodes.append(node)
        self.broken = False
        if self.links or self.leaps or self.bolds:
            length = len(collapsed(text))  # the line will be as long, however its source is wrapped
            self.linked += length if self.links else 0
            self.jumps += length if self.leaps else 0
            self.strong += length if self.bolds else 0

    def _open_box(self, tag: str, node: LexborNode) -> None:
        if self.parts:
            self._flush()
        page = self.page
        self.box = Box(tag, node, self.box, len(page.lines))
        page.boxes.append(self.box)

    def _close_box(self) -> None:
        if self.parts:
            self._flush()
        box = self.box
        box.last = len(self.page.lines)
        if box.tag == "figure":
            self._late_picture()
        self.box = box.parent or box

    def _open_link(self, _: str, node: LexborNode) -> None:
        href = node.attrs.get("href") or ""
        leap = "#" in href and (href[0] == "#" or (self.box.tag in HEADINGS and self._stays(href)))
        link = bool(href) and not leap
        self.open.append((link, leap))
        self.links += link
        self.leaps += leap

    def _close_link(self) -> None:
        link, leap = self.open.pop()
        self.links -= link
        self.leaps -= leap

    def _begin_bold(self, _: str, __: LexborNode) -> None:
        self.bolds += 1

    def _end_bold(self) -> None:
        self.bolds -= 1

    def _picture(self, _: str, node: LexborNode) -> None:
        self.page.images.append((node, self.box, len(self.page.lines)))

    def _stays(self, href: str) -> bool:
        """Whether a link to a place on a page means this page: "/flood?block=3#block-3", but not "/?p=3#more"."""
        try:
            aim = urlsplit(href)
        except ValueError:
            return False
        return len(self.own.path) > 1 and aim.netloc in ("", self.own.netloc) and aim.path in ("", self.own.path)

    def _late_picture(self) -> None:
        """A figure without an `<img>` in sight: a script will put it there, or it has another name."""
        images, box = self.page.images, self.box
        if not images or images[-1][2] < box.first:
            node = box.node.css_first("noscript img[src], [src][alt]")
            if node is not None:
                images.append((node, box, box.first))

    def _break(self, _: str, __: LexborNode) -> None:
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
            line = Line(text, self.box, linked, jumps, strong, len(lines), width, False, self.nodes)
            line.running = is_running(line)
            lines.append(line)
        self.parts.clear()
        self.nodes = []
        self.linked = self.jumps = self.strong = 0
        self.broken = False


def is_running(line: Line) -> bool:
    """A label may be long, and a sentence short: what ends like a sentence needs less. A `<p>` is trusted more."""
    width, tag = line.width, line.box.tag
    if width < _SHORTEST or line.linked > len(line.text) / 2 or tag in _LABELS:
        return False
    plain = tag == "p"
    return width >= (_SHORTEST if plain else 50) if ends(line.text) else width >= (80 if plain else 120)


def ends(text: str) -> bool:
    """Like a sentence, be it in quotation marks."""
    return text[-1] in _EASTERN_ENDS or text.rstrip(_CLOSING)[-1:] in _ENDS


@lru_cache(maxsize=4096)
def _classes(*names: str | None) -> tuple[str, str]:
    """What class, role and itemprop say, and that without numbers: they come again and again."""
    words = _words(names)
    return words, _NUMBERS.sub("", words)


def _words(values: Iterable[str | None]) -> str:
    words = " ".join([value for value in values if value])
    if "ad" in words or "Ad" in words:
        words = _CAMEL_AD.sub("-ad-", words)
    return words.lower()


def _leads_elsewhere(attributes: dict[str, str | None]) -> bool:
    """All of it is a link, though none is written: a teaser that a script makes one."""
    if attributes.get("role") == "link" or "data-href" in attributes:
        return True
    return "onclick" in attributes and _GOES.search(attributes["onclick"] or "") is not None


def _is_ad_slot(attributes: dict[str, str | None]) -> bool:
    return "data-ad" in " ".join(attributes) and any(
        _AD_SLOT.fullmatch(name) and (value or "").lower() not in _NOT for name, value in attributes.items()
    )
