"""Pictures of an article with what is written about them: an `<img>` and its place on the page in, an `Image` out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.article import Image
from scraper.read.captions import CAPTION, is_caption_like, is_counter, is_stamped, split_bar, written_in, written_on
from scraper.read.outline import HEADINGS
from scraper.read.set_in import is_said_by_pictured
from scraper.read.text import clean, text_of
from scraper.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline

_OUTWARDS = 8
# Among the paragraphs of a text, anything else that is called a caption may be that of a video or a table.
_SURE = "figcaption, [class*=image-description i]"
_LATE = ("data-src", "data-original", "data-lazy-src", "data-flickity-lazyload")
# What `src` holds of a picture that is loaded late.
_PLACEHOLDER = re.compile(
    r"^data:|\.gif\b|placeholder|platzhalter|blank|fallback|transparent|spacer|dummy|lazy|loading", re.I
)
_SETS = ("srcset", "data-srcset", "data-flickity-lazyload-srcset")
_WHOLE = frozenset(("article", "main", "body", "html", "li", "td"))
_NO_CAPTION = frozenset(("h1", *HEADINGS, "li", "td", "th", "dt", "label"))
_LINKED, _TITLE, _MOST_LINES = 0.5, 0.9, 6
_PICTURED = "img, picture, noscript"
_ASKING = "form, input, textarea, video, audio, iframe"


class Pictures:
    """The pictures of one page. `text` is the box of the article, whose lines are no captions.

    `lines` are those, by number, that were found to be captions and that no class calls so.
    """

    def __init__(self, page: Outline, url: str, text: Box | None) -> None:
        self.page, self.url, self.text = page, url, text
        self.around = {node.mem_id: box for node, box, _ in page.images}
        self.shown: dict[int, set[str]] = {}
        self.captions: dict[int, LexborNode | None] = {}
        self.short: dict[int, list[Line]] = {}
        self.lines: set[int] = set()
        for node, box, _ in page.images:
            self._count(node.attributes, box)

    def _count(self, attributes: dict[str, str | None], box: Box | None) -> None:
        """What each box around shows; a picture may be there twice, for different screens, and icons are none.

        More than two need not be counted, and what a box holds, the boxes around it hold too.
        """
        if _is_icon(attributes):
            return
        source = attributes.get("alt") or attributes.get("src") or ""
        while box is not None:
            shown = self.shown.setdefault(id(box), set())
            if source in shown or len(shown) > 1:
                return
            shown.add(source)
            box = box.parent

    def image_of(self, node: LexborNode) -> Image | None:
        """None for placeholders and tracking pixels."""
        address = _address(node, self.url)
        if address is None:
            return None
        attributes = node.attributes
        alt, title = clean(attributes.get("alt") or ""), clean(attributes.get("title") or "")
        short, named = split_bar(title or alt)
        caption, credit = self._written_by(node, credited=bool(named))
        return Image(address, split_bar(alt)[0], caption or (short if named else ""), credit or named)

    def _written_by(self, node: LexborNode, *, credited: bool) -> tuple[str, str]:
        """From the nearest caption around, if it is this picture's alone; else from short lines beside the picture."""
        around = list(self._own_boxes(node))
        for box in around:
            if caption := self._caption(box):
                if self._leads_elsewhere(box, text_of(caption)):
                    return "", ""
                self._note(box, text_of(caption))
                return written_in(caption)
        for box in () if _is_icon(node.attributes) else around:
            if lines := self._short_lines(box):
                said = written_on([line.text for line in lines])
                # A paragraph beside a picture is a caption only if a credit goes with it.
                if not (said[1] or credited) and any(line.running and line.box.tag == "p" for line in lines):
                    return "", ""
                self.lines |= {line.at for line in lines}
                return said
        return "", ""

    def _leads_elsewhere(self, box: Box, caption: str) -> bool:
        """It is all one link: the title of a teaser, or of a gallery."""
        lines = [line for line in self.page.of(box) if line.text in caption]
        return bool(lines) and all(line.link_share > _TITLE for line in lines)

    def _note(self, box: Box, caption: str) -> None:
        """An inline element may be called a caption, and its box a mere division."""
        if not self._holds_text(box):
            self.lines |= {line.at for line in self.page.of(box) if line.text in caption and line.box.tag == "div"}

    def _caption(self, box: Box) -> LexborNode | None:
        """The element that is called a caption; not what is around the picture itself."""
        if id(box) not in self.captions:
            nodes = box.node.css(_SURE if self._holds_text(box) else CAPTION)
            self.captions[id(box)] = next((node for node in nodes if _captions(node) and not _taken(node, box)), None)
        return self.captions[id(box)]

    def _own_boxes(self, node: LexborNode) -> Iterator[Box]:
        """The boxes around a picture that hold no other one, from the inside out."""
        box = self.around.get(node.mem_id)
        for _ in range(_OUTWARDS):
            if box is None or box.tag in ("body", "html") or len(self.shown.get(id(box), ())) > 1:
                return
            yield box
            box = box.parent

    def _short_lines(self, box: Box) -> list[Line]:
        """The same for all pictures of a box, of which there may be thousands."""
        if id(box) not in self.short:
            self.short[id(box)] = self._short_lines_of(box)
        return self.short[id(box)]

    def _short_lines_of(self, box: Box) -> list[Line]:
        lines = self.page.of(box)
        if not 0 < len(lines) <= _MOST_LINES or not self._may_caption(box, lines):
            return []
        said = [line for line in lines if not (line.box.tag == "button" or line.box.hidden or is_counter(line.text))]
        return said if is_caption_like([line.text for line in said]) else []

    def _holds_text(self, box: Box) -> bool:
        return self.text is not None and self.text.within(box)

    def _may_caption(self, box: Box, lines: list[Line]) -> bool:
        """Not a whole article, a list, a form, a teaser or what the one in the picture says."""
        if box.tag in _WHOLE or self._holds_text(box) or is_said_by_pictured(lines):
            return False
        if any(line.box.tag in _NO_CAPTION or line.link_share > _LINKED for line in lines):
            return False
        figures = [line.box.up("figure") for line in lines]
        if any(figure is not None and figure is not box and figure.within(box) for figure in figures):
            return False
        return box.node.css_first(_ASKING) is None


def _address(node: LexborNode, url: str) -> str | None:
    attributes = node.attributes
    if attributes.get("width") == "1" or attributes.get("height") == "1":
        return None
    said = [value for name in _LATE if (value := attributes.get(name))] + _without_scripts(node)
    shown = attributes.get("src") or ""
    said = [*said, shown] if _PLACEHOLDER.search(shown) else [shown, *said]
    said += [_first_of(value) for name in _SETS if (value := attributes.get(name))] + _other_sizes(node)
    return next((source for value in said if value and (source := join(url, clean(value)))), None)


def _without_scripts(node: LexborNode) -> list[str]:
    """What a `<noscript>` right behind holds in its stead."""
    beside = node.next
    while beside is not None and beside.is_text_node:
        beside = beside.next
    instead = beside.css_first("img[src]") if beside is not None and beside.tag == "noscript" else None
    return [instead.attributes.get("src") or ""] if instead is not None else []


def _other_sizes(node: LexborNode) -> list[str]:
    around = node.parent
    sources = around.css("source[srcset]") if around is not None and around.tag == "picture" else []
    return [_first_of(source.attributes.get("srcset") or "") for source in sources]


def _first_of(sources: str) -> str:
    """Of "a.jpg 320w, b.jpg 640w". An address may hold commas, but not white space."""
    words = sources.split()
    return words[0].rstrip(",") if words else ""


def _is_icon(attributes: dict[str, str | None]) -> bool:
    said = [value for name in ("src", *_LATE) if (value := attributes.get(name)) and not value.startswith("data:")]
    return bool(said) and all(".svg" in value for value in said)


def _taken(caption: LexborNode, box: Box) -> bool:
    """It stands in another figure in this box, with a picture of its own."""
    around = caption.parent
    while around is not None and around.mem_id != box.node.mem_id:
        if around.tag == "figure" and around.css_first(_PICTURED) is not None:
            return True
        around = around.parent
    return False


def _captions(node: LexborNode) -> bool:
    text = text_of(node) if node.css_first("img") is None else ""
    return bool(text) and not is_stamped(text)
