"""Parts of a text whose name alone says that they are something else: a box with its role in, yes or no out.

"video", "date" or "product" says what a box is about as often as what it is for. One that stands between paragraphs,
with whole sentences in it and nothing to click at, to play or to look at, is a part of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.outline import HEADINGS
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline

_MEDIA = "img, picture, iframe, video, audio, object, embed, svg, canvas, figure, noscript"
_NO_TEXT = f"a[href], [role=link], [data-href], [onclick], button, form, input, {_MEDIA}"
_TEXT = frozenset(("p", "div", "section", "aside", "ul", "ol", "dl", *HEADINGS))
# Right in a box, or in one of its own there.
_DEEP, _NAME = 2, 60
# What these say is about the paper and its other articles, whatever it is: "newsletter-signup", "teaser", "ad_17". The
# last word of a name says what it is: a "newsletter-scandal" is no newsletter, and "social-housing" no bar for sharing.
_OFFERS = (
    r"teasers?|crosslink|related|newsletters?|apps?|promos?|recommend(?:ed|ations?)?|recirc|sponsor(?:ed)?|advert\w*|ads?|anzeigen?"
    r"|werbung|shar(?:e|ing)|social|cookies?|consent|subscribe|sign-?up|login|paywall|donat(?:e|ions?)|spenden"
    r"|pop-?up|outbrain|taboola|author-?(?:bio|box|info|card|desc|profile)|about(?:-the)?-author|bio"
    r"|more-?(?:on|from|news|stories|articles)|read-?more|sr-only|visually-?hidden"
    r"|screen-?reader(?:-text)?|banner"
)
_LAYOUT = (
    r"box|wrap(?:per)?|container|inner|outer|content|body|text|items?|list|row|col(?:umn)?|grid|cards?|block|module|section"
    r"|area|zone|slot|unit|widget|component|root|main|head(?:er)?|title|headline|links?|buttons?|bar|icons?|left|right|center"
    r"|top|bottom|middle|inline|small|medium|large|full|wide|mobile|desktop|label|form|articles?|stor(?:y|ies)|news|posts?"
    r"|group|panel|element|embed|hint|info|desc|description|copy|topics?|[a-z]|\w*\d\w*"
    r"|gro(?:ss|ß)|klein|links|rechts|mitte|oben|unten|kasten|hinweis|leiste|liste|inhalt"
)
_ENDS = re.compile(rf"\w*(?:[-_]+(?:{_OFFERS}|{_LAYOUT}))*")
_OFFER = re.compile(rf"(?:^|[-_\s])(?:{_OFFERS})(?:[-_]+(?:{_OFFERS}|{_LAYOUT}))*(?=$|\s)")


def is_layout(rest: str) -> bool:
    """Whether what a name has after the part that says something says nothing of its own: "__title", "-box-2", "s"."""
    return _ENDS.fullmatch(rest.replace("_", "-")) is not None


def is_among_text(
    page: Outline,
    box: Box,
    role: str,
    found: Mapping[int, str],
    is_put_aside: Callable[[Box], bool],
    *,
    names_matter: Callable[[str], bool],
) -> bool:
    """It stands between paragraphs, or behind them if its name says what it is about.

    `found` has the roles of all boxes before this one; of those after it their own names and tags are asked for.
    """
    if box.tag not in _TEXT or role not in ("aside", "meta", "caption") or box.first == box.last:
        return False
    if not _is_plain_text(page, box) or _OFFER.search(box.words):
        return False
    matter = box.tag != "aside" and names_matter(box.words)
    if role == "caption" and not matter and _captions(box.node):
        return False
    around = box.parent
    while around is not None and (around.first, around.last) == (box.first, box.last):
        around = around.parent
    if around is None:
        return False
    before = (line for line in page.lines[around.first : box.first] if not found[id(line.box)])
    after = page.lines[box.last : around.last]
    if not any(line.running and _way(line, around) for line in before):
        return False
    return matter or any(
        line.running and (way := _way(line, around)) and not any(map(is_put_aside, way[:-1])) for line in after
    )


def is_of_film(page: Outline, box: Box) -> bool:
    """A caption with a sentence under a film, a sound or a map: no picture keeps it, so it is kept as text."""
    if box.tag != "figcaption" or not any(line.tells for line in page.of(box)):
        return False
    around = box.up("figure")
    if around is None or around.node.css_first("img, picture, noscript") is not None:
        return False
    return around.node.css_first("video, audio, iframe") is not None


def _is_plain_text(page: Outline, box: Box) -> bool:
    lines = page.of(box)
    if box.hidden or not any(line.running for line in lines) or any(line.linked for line in lines):
        return False
    others = [line for line in lines if not (line.tells or line.box.tag == "li" or line.box.tag in HEADINGS)]
    if box.tag == "aside" and any(line.box.tag in HEADINGS for line in lines):
        return False  # of boxes with a heading those are text that it calls facts
    # Under a quotation stands who said it.
    plain = not others or (box.tag == "aside" and others == lines[-1:] and len(others[0].text) <= _NAME)
    return plain and box.node.css_first(_NO_TEXT) is None


def _way(line: Line, around: Box) -> list[Box]:
    """The boxes from the line's own to the one around it; none where it stands deep in there, or elsewhere."""
    way = [line.box]
    while way[-1] is not around:
        if way[-1].parent is None or len(way) > _DEEP:
            return []
        way.append(way[-1].parent)
    return way


def _captions(node: LexborNode) -> bool:
    """Unless it stands between two paragraphs, there may be a picture or a film, which a script may put there later."""
    return not (_is_paragraph(node, back=True) and _is_paragraph(node, back=False))


def _is_paragraph(node: LexborNode, *, back: bool) -> bool:
    other = node.prev if back else node.next
    while other is not None and (other.is_text_node or other.tag == "-comment"):
        other = other.prev if back else other.next
    return other is not None and other.tag in _TEXT and other.css_first(_MEDIA) is None and bool(text_of(other))
