"""Which line of a page is the headline, and what stands above it: an `Outline` and the page's own titles in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.outline import HEADINGS
from scraper.read.text import clean, text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline

_KICKER = re.compile(
    r"kicker|dachzeile|top-?line|over-?line|eyebrow|roof-?line|spitzmarke|super-?title|pre-?title|vorzeile"
    r"|catch-?line|ressort-?title"
)
_LOOSE = re.compile(r"[\W_]+")
_SITE = re.compile(r"\s+[|·–—-]\s+[^|·–—]{2,60}$|\s*[|]\s*[^|]{2,60}$|\s*[:：][^:：]{2,20}$")
_DATED = re.compile(r"\d\.\s?(?:\d{1,2}\.|[^\W\d]{3,9})\s?\d{4}")
_LONGEST_TOPLINE = 100
_OUTSIDE = frozenset(("nav", "aside", "footer", "dialog"))


def loose(text: str) -> str:
    """Letters and digits only, for telling whether two titles mean the same."""
    return _LOOSE.sub("", text).casefold()


def find_headline(page: Outline, titles: list[str], site: str) -> Box | None:
    """The h1 that the page's own titles name, else an h2 that they name word for word, else the first h1 that is no
    site name, else an h2 that they name in part.
    """
    known = _variants(titles)
    candidates = [box for box in page.boxes if box.tag in ("h1", "h2") and _in_sight(page, box)]
    firsts = [box for box in candidates if box.tag == "h1" and loose(_text(page, box)) != loose(site)]
    for box in firsts:
        if _named(loose(_text(page, box)), known):
            return box
    exact = next((box for box in candidates if box.tag == "h2" and loose(_text(page, box)) in known), None)
    if firsts and exact is None:
        return max(firsts[:3], key=lambda box: (len(_text(page, box)) >= 25, -box.first))
    return exact or next((box for box in candidates if _named(loose(_text(page, box)), known)), None)


def _variants(titles: list[str]) -> set[str]:
    """Each title as it is and without the name of the site."""
    known = {loose(title) for title in titles}
    for title in titles:
        known.add(loose(_SITE.sub("", title)))
        known.add(loose(_SITE.sub("", _SITE.sub("", title))))
    return {text for text in known if len(text) > 5}


def _named(text: str, known: set[str]) -> bool:
    if text in known or (len(text) > 10 and any(title.endswith(text) for title in known)):
        return True
    return len(text) > 20 and any(text in title or (len(title) > 20 and title in text) for title in known)


def _in_sight(page: Outline, box: Box) -> bool:
    around: Box | None = box
    while around is not None:
        if around.hidden or around.tag in _OUTSIDE:
            return False
        around = around.parent
    return box.first < box.last and bool(_text(page, box))


def _text(page: Outline, box: Box) -> str:
    return clean(" ".join(line.text for line in page.of(box)))


def split_headline(page: Outline, box: Box, titles: list[str]) -> tuple[str, str]:
    """(topline, headline): the topline stands inside the heading, or right above it."""
    whole = _text(page, box)
    parts = _parts(box.node)
    if len(parts) >= 2:
        (first, words), rest = parts[0], clean(" ".join(text for text, _ in parts[1:]))
        if _KICKER.search(words) or _written_apart(first, rest, titles):
            return first.rstrip(" :"), rest.lstrip(": ")
        whole = _as_told(whole, f"{first} {rest}", titles)
    return _above(page, box, titles), whole


def _as_told(whole: str, spaced: str, titles: list[str]) -> str:
    """Pieces that only the layout keeps apart, where the page's own titles have a space between."""
    return spaced if whole != spaced and any(title.startswith(spaced) for title in titles) else whole


def _parts(node: LexborNode) -> list[tuple[str, str]]:
    """The pieces of a heading, most of them elements of their own: (text, class)."""
    while True:
        inner = [child for child in node.iter(include_text=True) if text_of(child) or clean(child.text(deep=False))]
        if len(inner) != 1 or inner[0].is_text_node:
            break
        node = inner[0]
    parts = []
    for child in inner:
        if child.is_text_node:
            parts.append((clean(child.text(deep=False)), ""))
        else:
            attributes = child.attributes
            parts.append((text_of(child), f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()))
    return parts


def _written_apart(first: str, rest: str, titles: list[str]) -> bool:
    """The page's own title has the two with a colon or a bar between."""
    return bool(rest) and any(
        title.startswith((f"{first}: {rest}", f"{first} | {rest}", f"{first} - {rest}", f"{first} – {rest}"))
        for title in titles
    )


def _above(page: Outline, box: Box, titles: list[str]) -> str:
    if box.first == 0:
        return ""
    line = page.lines[box.first - 1]
    near = line.box.within(around_headline(box))
    words = line.box.words + " " + _inner_words(line)
    if not near or len(line.text) > _LONGEST_TOPLINE or line.box.tag in HEADINGS or _DATED.search(line.text):
        return ""
    is_topline = _KICKER.search(words) or _written_apart(line.text.rstrip(" :"), _text(page, box), titles)
    return line.text.rstrip(" :") if is_topline else ""


def around_headline(box: Box) -> Box:
    """What the heading stands in, without boxes that hold nothing else; the whole page is not meant."""
    around = box
    while around.parent is not None and around.parent.tag != "body":
        around = around.parent
        if around.first < box.first or around.last > box.last:
            break
    return around


def _inner_words(line: Line) -> str:
    """The classes of the inline elements that hold the line's words."""
    words = []
    for node in line.nodes:
        around = node.parent
        while around is not None and around.mem_id != line.box.node.mem_id:
            words.append(around.attributes.get("class") or "")
            around = around.parent
    return " ".join(words).lower()
