"""Pictures of an article with what is written about them: an `Outline` in, `Image`s out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scraper.article import Image
from scraper.read.text import clean, text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CREDIT_MARK = re.compile(
    r"(?:\b(?:bildquelle|bildrechte|bild|fotos?|quelle|photo|photograph|picture|image|credit|copyright|source)\s*:\s*"
    r"|[©\u24d2]\s*|\(c\)\s*|\bphoto by\s+)",
    re.I,
)
_LONGEST_CREDIT = 120
_BAR = re.compile(r"\s+\|\s+")
_PICTURE = re.compile(r"^(?:data|blob|javascript):", re.I)


def image_of(node: LexborNode, url: str) -> Image | None:
    """None for placeholders and tracking pixels. `url` is the page's, for relative addresses."""
    attributes = node.attributes
    source = next(
        (
            value
            for name in ("src", "data-src", "data-original")
            if (value := attributes.get(name)) and not _PICTURE.match(value)
        ),
        "",
    )
    if not source or attributes.get("width") == "1" or attributes.get("height") == "1":
        return None
    try:
        address = urljoin(url, clean(source))
    except ValueError:
        return None
    alt, title = clean(attributes.get("alt") or ""), clean(attributes.get("title") or "")
    caption, credit = caption_and_credit(_written_by(node))
    short, credit_in_title = _split_bar(title or alt)
    return Image(address, _split_bar(alt)[0], caption or (short if credit_in_title else ""), credit or credit_in_title)


def caption_and_credit(texts: list[str]) -> tuple[str, str]:
    """Parts "caption | credit", "caption Foto: credit" and a credit with an element of its own."""
    captions: list[str] = []
    credit = ""
    for text in texts:
        caption, found = _split_bar(text)
        if not found:
            caption, found = _split_mark(text)
        if caption and caption not in captions:
            captions.append(caption)
        credit = credit or found
    return " ".join(captions), credit


def _split_bar(text: str) -> tuple[str, str]:
    parts = _BAR.split(text, maxsplit=1)
    return (parts[0], _CREDIT_MARK.sub("", parts[1], count=1)) if len(parts) == 2 else (text, "")


def _split_mark(text: str) -> tuple[str, str]:
    marks = list(_CREDIT_MARK.finditer(text))
    if not marks or len(text) - marks[-1].end() > _LONGEST_CREDIT:
        return text, ""
    mark = marks[-1]
    return text[: mark.start()].strip(" ([|/–-"), text[mark.end() :].strip(" )]")


def _written_by(node: LexborNode) -> list[str]:
    """The texts of the caption that belongs to this picture."""
    around = node.parent
    for _ in range(6):
        if around is None or around.tag == "body":
            return []
        if around.tag == "figure" or len(around.css("figcaption")) == 1:
            break
        around = around.parent
    else:
        return []
    return [text for caption in around.css("figcaption")[:1] for text in _pieces(caption)]


def _pieces(caption: LexborNode) -> list[str]:
    """A caption and a credit often are two elements of one figcaption."""
    children = [child for child in caption.iter(include_text=True) if clean(child.text())]
    pieces = [clean(child.text()) if child.is_text_node else text_of(child) for child in children]
    whole = text_of(caption)
    return pieces if len(pieces) == 2 and _CREDIT_MARK.match(pieces[1]) else [whole] if whole else []
