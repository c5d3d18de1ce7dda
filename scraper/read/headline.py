"""Which line of a page is the headline, and what stands above it: an `Outline` and the page's own titles in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.read.decoration import KICKER, decoration, words_of
from scraper.read.outline import HEADINGS
from scraper.read.text import clean, text_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline

_LOOSE = re.compile(r"[\W_]+")
_SITE = re.compile(r"\s+[|·–—-]\s+[^|·–—]{2,60}$|\s*[|]\s*[^|]{2,60}$|\s*[:：][^:：]{2,20}$")
_OUTLET = re.compile(r"^[^|·–—-]{2,40}\s+[|·–—-]\s+")
_LONG_WORD = re.compile(r"\w{4,}")
_DATED = re.compile(r"\d\.\s?(?:\d{1,2}\.|[^\W\d]{3,9})\s?\d{4}")
_LONGEST_TOPLINE = 100
_SHORTEST_PLAIN = 20
# Signs between the crumbs are no links.
_CRUMB = 0.8
_OUTSIDE = frozenset(("nav", "aside", "footer", "dialog"))


@lru_cache(maxsize=512)  # the titles of a page are compared with many lines
def loose(text: str) -> str:
    """Letters and digits only, for telling whether two titles mean the same."""
    return _LOOSE.sub("", text).casefold()


def find_headline(page: Outline, titles: list[str], site: str) -> Box | None:
    """The h1 that the page's own titles name, word for word or in part, else an h2 that they name word for word, else
    the first h1 that is no site name, else an h2 that they name in part, else a line that they name. An h1 that is
    the last of the page's breadcrumbs counts after an h2 that they name word for word.
    """
    known = _variants(titles)
    firsts = {box: said for box, said in _headings(page, "h1", titles) if said != loose(site)}
    named = [box for box, said in firsts.items() if _named(said, known)]
    if named:
        # A title may end with the name of a column, which has a heading of its own.
        first = next((box for box in named if firsts[box] in known), named[0])
        if not _is_last_crumb(page, first):
            return first
    seconds = dict(_headings(page, "h2", titles))
    exact = next((box for box, said in seconds.items() if said in known), None)
    if named and exact is None:
        return first
    if firsts and exact is None:
        return _likeliest(page, list(firsts)[:3], titles)
    exact = exact or next((box for box, said in seconds.items() if _named(said, known)), None)
    return exact or _plain_headline(page, titles, known)


def _is_last_crumb(page: Outline, box: Box) -> bool:
    """Right beside it stand several links before it, and nothing else."""
    item = box.parent if box.parent is not None and box.parent.tag == "li" else box
    around = item.parent
    if around is None or around.last != box.last:
        return False
    before = page.lines[around.first : box.first]
    return sum(len(line.nodes) for line in before) > 1 and all(line.link_share > _CRUMB for line in before)


def _headings(page: Outline, tag: str, titles: list[str]) -> list[tuple[Box, str]]:
    """Those in sight, each with what it says."""
    boxes = [box for box in page.boxes if box.tag == tag and _in_sight(page, box)]
    return [(box, loose(words_of(box.node, titles))) for box in boxes]


def _likeliest(page: Outline, boxes: list[Box], titles: list[str]) -> Box:
    """The one that has most words of the titles; else the first that is long enough for a headline."""
    said = long_words(" ".join(titles))
    texts = {box.first: _text(page, box) for box in boxes}
    return max(
        boxes, key=lambda box: (len(long_words(texts[box.first]) & said), len(texts[box.first]) >= 25, -box.first)
    )


def long_words(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.casefold()))


def _plain_headline(page: Outline, titles: list[str], known: set[str]) -> Box | None:
    """The longest line in a box of its own that is what a title says, without the outlet before or after it."""
    known = known | {loose(_OUTLET.sub("", title)) for title in titles}
    boxes = [line.box for line in page.lines if len(line.text) > _SHORTEST_PLAIN and not line.linked]
    boxes = [box for box in boxes if box.last - box.first == 1 and loose(_text(page, box)) in known]
    return max((box for box in boxes if _in_sight(page, box)), key=lambda box: len(_text(page, box)), default=None)


def _variants(titles: Collection[str]) -> set[str]:
    """Each title as it is and without the name of the site."""
    return {text for title in titles for text in _shortened(title) if len(text) > 5}


@lru_cache(maxsize=64)  # what a page calls itself is asked for again and again
def _shortened(title: str) -> tuple[str, str, str]:
    once = _SITE.sub("", title)
    return loose(title), loose(once), loose(_SITE.sub("", once))


def _named(text: str, known: set[str]) -> bool:
    if text in known or (len(text) > 10 and any(title.endswith(text) for title in known)):
        return True
    return len(text) > 20 and any(text in title or (len(title) > 20 and title in text) for title in known)


def is_titled(text: str, titles: Collection[str]) -> bool:
    """Whether one of the page's titles names it, word for word or in part."""
    said = loose(text)
    return any(said == loose(title) for title in titles) or _named(said, _variants(titles))


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
    whole = words_of(box.node, titles)
    parts = _parts(box.node, decoration(box.node, titles))
    if len(parts) >= 2:
        (first, words), rest = parts[0], clean(" ".join(text for text, _ in parts[1:]))
        if KICKER.search(words) or _written_apart(first, rest, titles):
            return first.rstrip(" :"), rest.lstrip(": ")
        whole = _as_told(whole, f"{first} {rest}", titles)
    return _above(page, box, titles), whole


def _as_told(whole: str, spaced: str, titles: list[str]) -> str:
    """Pieces that only the layout keeps apart, where the page's own titles have a space between."""
    return spaced if whole != spaced and any(title.startswith(spaced) for title in titles) else whole


def _parts(node: LexborNode, without: Collection[int]) -> list[tuple[str, str]]:
    """The pieces of a heading, most of them elements of their own: (text, class)."""
    while True:
        children = (child for child in node.iter(include_text=True) if child.mem_id not in without)
        inner = [child for child in children if text_of(child, without) or clean(child.text(deep=False))]
        if len(inner) != 1 or inner[0].is_text_node:
            break
        node = inner[0]
    parts = []
    for child in inner:
        if child.is_text_node:
            parts.append((clean(child.text(deep=False)), ""))
        else:
            attributes = child.attributes
            parts.append(
                (text_of(child, without), f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower())
            )
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
    is_topline = KICKER.search(words) or _written_apart(line.text.rstrip(" :"), _text(page, box), titles)
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
