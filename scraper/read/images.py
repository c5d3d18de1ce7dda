"""Pictures of an article with what is written about them: an `<img>` in, an `Image` out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.article import Image
from scraper.read.text import clean, text_of
from scraper.urls import join

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LONGEST_CREDIT = 120
_OUTWARDS = 6
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_CAPTION = "figcaption, [class*=caption i], [class*=bildunterschrift i], [class*=bildtext i]"
_CREDIT = (
    "[class*=credit i], [class*=copyright i], [class*=source i], [class*=quelle i], [class*=agency i], cite, small"
)
_CREDIT_MARK = re.compile(
    r"(?:\b(?:bildquelle|bildrechte|bild|fotos?|quelle|photo|photograph|picture|image|credit|copyright|source)\s*:\s*"
    r"|[©\u24d2]\s*|\(c\)\s*|\bphoto by\s+)",
    re.I,
)
_BAR = re.compile(r"\s+\|\s+")


def image_of(node: LexborNode, url: str) -> Image | None:
    """None for placeholders and tracking pixels. `url` is the page's, for relative addresses."""
    attributes = node.attributes
    if attributes.get("width") == "1" or attributes.get("height") == "1":
        return None
    sources = (join(url, clean(value)) for name in _SOURCES if (value := attributes.get(name)))
    address = next((source for source in sources if source), None)
    if address is None:
        return None
    alt, title = clean(attributes.get("alt") or ""), clean(attributes.get("title") or "")
    caption, credit = _written_by(node)
    short, credit_in_title = _split_bar(title or alt)
    return Image(address, _split_bar(alt)[0], caption or (short if credit_in_title else ""), credit or credit_in_title)


def _written_by(node: LexborNode) -> tuple[str, str]:
    """Caption and credit from the nearest caption around, if it is this picture's alone."""
    around = node.parent
    for _ in range(_OUTWARDS):
        if around is None or around.tag == "body":
            break
        captions = [caption for caption in around.css(_CAPTION) if text_of(caption)]
        if captions:
            return _of_caption(captions[0]) if _pictures(around) == 1 else ("", "")
        if around.tag == "figure":
            break
        around = around.parent
    return "", ""


def _pictures(node: LexborNode) -> int:
    """A picture may be there twice: once for browsers without scripts."""
    return len({image.attributes.get("alt") or image.attributes.get("src") or "" for image in node.css("img")})


def _of_caption(node: LexborNode) -> tuple[str, str]:
    """The credit has an element of its own, or stands behind a bar or a mark: "caption | credit", "caption Foto: x"."""
    apart = next((inner for inner in node.css(_CREDIT) if inner.mem_id != node.mem_id and text_of(inner)), None)
    if apart is not None:
        return text_of(node, [apart.mem_id]), _CREDIT_MARK.sub("", text_of(apart), count=1)
    caption, credit = _split_bar(text_of(node))
    return (caption, credit) if credit else _split_mark(caption)


def _split_bar(text: str) -> tuple[str, str]:
    parts = _BAR.split(text, maxsplit=1)
    return (parts[0], _CREDIT_MARK.sub("", parts[1], count=1)) if len(parts) == 2 else (text, "")


def _split_mark(text: str) -> tuple[str, str]:
    marks = list(_CREDIT_MARK.finditer(text))
    if not marks or len(text) - marks[-1].end() > _LONGEST_CREDIT:
        return text, ""
    return text[: marks[-1].start()].strip(" ([|/–-"), text[marks[-1].end() :].strip(" )]")
