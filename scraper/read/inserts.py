"""What a page puts into a sentence by itself: words for those who hear it, explanations that open, prices that move.

Each stands in an element of its own. That it is none of the article's words is told by what it is for those who do not
see it, or by its name and its words together; never by its name alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.passing import BRACKETED, IS_AD, IS_LINK_NOTE, IS_READING
from scraper.read.live import is_age, without_label
from scraper.read.text import clean, text_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Line

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_AD = re.compile(
    r"\b(?:ads?|advert\w*|anzeigen?|werbung|sponsor\w*|sr-only|visually-?hidden|screen-?reader[\w-]*)\b", re.I
)
_TIP = re.compile(r"tool-?tip|pop-?over|glossar|definition|info-?text|flyout", re.I)
# What names a number that is fetched, in a class or an attribute.
_FETCHED = re.compile(
    r"quote|kurs|stock|ticker|isin|wkn|symbol|boerse|börse|widget|score|counter|weather|wetter|live|realtime|exchange",
    re.I,
)
# What stands there to be formatted is the writer's.
_FORMATS = frozenset(("b", "strong", "i", "em", "u", "mark", "q", "cite", "s", "del", "ins", "sub", "sup", "small"))
_LONG, _SHORT = 80, 40
_HEARD = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|u-hidden)(?:\s|$)", re.I)
_LEFT_OPEN = re.compile(r"\s?[(\[]\s*[)\]]")
_BEFORE_SIGN = re.compile(r" +(?=[,.;:!?)\]](?:\s|$))")


def own_words(line: Line) -> str:
    """The line's text without labels at its edges and without what was put into it."""
    text = without_label(line)
    if line.linked and "(" in text:
        text = BRACKETED.sub("", text)
    if len(line.nodes) < 2:
        return text
    found = inserts(line.nodes, line.box.node)
    return _without(text, line.nodes, found, line.box.node) if found else text


def inserted(node: LexborNode) -> frozenset[int]:
    """The elements within one, by `mem_id`, that were put into its text."""
    texts = [inner for tag, inner, entering in walk(node) if entering and tag == "-text"]
    return inserts(texts, node) if len(texts) > 1 else frozenset()


def inserts(nodes: Iterable[LexborNode], around: LexborNode) -> frozenset[int]:
    """The elements, by `mem_id`, between these text nodes and what they all stand in, that were put into the text."""
    found: set[int] = set()
    looked: set[int] = set()
    before = ""
    for node in nodes:
        element = node.parent
        while element is not None and element.mem_id != around.mem_id and element.mem_id not in looked:
            looked.add(element.mem_id)
            if _is_insert(element, before):
                found.add(element.mem_id)
            element = element.parent
        before = node.text_content or ""
    return frozenset(found)


def _is_insert(element: LexborNode, before: str) -> bool:
    """`before` is the text right before it."""
    attributes, text = element.attributes, clean(text_of(element))
    named = attributes.get("class") or ""
    if IS_LINK_NOTE.fullmatch(text) or (IS_AD.fullmatch(text) and _AD.search(named)):
        return True
    if element.tag == "time":
        return "datetime" in attributes and is_age(text)
    if (
        _explains(attributes, named, _is_glued(before, text))
        or (_HEARD.search(named) and _is_aside(element, before))
        or _is_hidden(attributes, text)
    ):
        return True
    return element.tag not in _FORMATS and IS_READING.fullmatch(text) is not None and _is_fetched(element, named)


def _explains(attributes: dict[str, str | None], named: str, glued: bool) -> bool:
    """It opens where a reader points at the word before."""
    if (attributes.get("role") or "").lower() == "tooltip":
        return True
    return glued and (attributes.get("aria-hidden") == "true" or _TIP.search(named) is not None)


def _is_hidden(attributes: dict[str, str | None], text: str) -> bool:
    """What is long may be the rest of the paragraph, which opens."""
    hidden = "hidden" in attributes or _UNSEEN.search(attributes.get("style") or "") is not None
    return hidden and len(text) < _LONG


def _is_aside(element: LexborNode, before: str) -> bool:
    """A few words in brackets, or glued to the word before: of a large initial it is the word itself that is heard."""
    said = element.text()
    return len(said) < _SHORT and (said.strip()[:1] in ("(", "[") or (before[-1:].isalnum() and said[:1].isalpha()))


def _is_glued(before: str, text: str) -> bool:
    """No space parts it from the word before: nobody would read both in a row."""
    return before[-1:].isalnum() and text[:1].isupper()


def _is_fetched(element: LexborNode, named: str) -> bool:
    """An element that a script made, or that names what its number is of."""
    if "-" in (element.tag or "") or _FETCHED.search(named):
        return True
    return any(name.startswith("data-") and _FETCHED.search(name) for name in element.attributes)


def _without(text: str, nodes: list[LexborNode], found: frozenset[int], around: LexborNode) -> str:
    """The text without the words of these elements; as it is, where nothing else would be left."""
    at, said = 0, text
    for node in nodes:
        words = clean(node.text(deep=False))
        place = said.find(words, at)
        if place < 0:
            continue
        if _is_within(node, found, around):
            said, at = said[:place] + said[place + len(words) :], place
        else:
            at = place + len(words)
    said = clean(_BEFORE_SIGN.sub("", _LEFT_OPEN.sub("", said)))
    return said or text


def _is_within(node: LexborNode, found: frozenset[int], around: LexborNode) -> bool:
    element = node.parent
    while element is not None and element.mem_id != around.mem_id:
        if element.mem_id in found:
            return True
        element = element.parent
    return False
