"""Whether a page that was read as an article only lists others, as sections do: markup and text in, a bool out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scraper.charset import text_of as decode
from scraper.read.text import text_of
from scraper.urls import join

if TYPE_CHECKING:
    from collections.abc import Collection

    from selectolax.lexbor import LexborNode

_HEADINGS = "h1, h2, h3, h4"
_FEWEST, _MOST_OWN = 3, 0.2
_SAYS_ARTICLE = 'meta[property="article:published_time"], [itemprop~="articleBody"]'


def is_section(body: bytes, content_type: str, url: str, texts: Collection[str]) -> bool:
    """Nearly every paragraph stands under a heading of its own that leads to another page. `texts`: what was read."""
    tree = LexborHTMLParser(decode(body, content_type))
    if tree.css_first(_SAYS_ARTICLE) is not None:
        return False
    led = {text: address for node in tree.css("p") if (text := text_of(node)) in texts
           and (address := _leads_to(node, url))}  # fmt: skip
    return len(set(led.values())) >= _FEWEST and len(set(texts) - led.keys()) <= _MOST_OWN * len(texts)


def _leads_to(node: LexborNode, url: str) -> str:
    """Where the one heading leads that stands in the nearest box with any; empty if nowhere else."""
    around = node.parent
    while around is not None and around.tag not in ("body", "html"):
        headings = around.css(_HEADINGS)
        if headings:
            address = _address(headings[0], url) if len(headings) == 1 else ""
            return "" if address == url else address
        around = around.parent
    return ""


def _address(heading: LexborNode, url: str) -> str:
    """Of the link in it or around it."""
    inner = heading.css_first("a[href]")
    outer = heading.parent
    link = inner if inner is not None else outer if outer is not None and outer.tag == "a" else None
    href = (link.attributes.get("href") or "") if link is not None else ""
    return ((join(url, href) or "").partition("#")[0]) if href else ""
