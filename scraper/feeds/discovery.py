"""The feeds that a page names: by `<link rel="alternate">`, or else by links that look like it. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scraper.charset import text_of
from scraper.feeds.fields import line
from scraper.read.scan import scan
from scraper.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nobody is asked more often than that for one address that a person typed.
MOST = 4
_TYPES = re.compile(r"\s*(?:application/(?:rss|atom|rdf)\+xml|application/feed\+json|(?:text|application)/xml)\b", re.I)
_LOOKS_LIKE_ONE = re.compile(
    r"/(?:feeds?|rss2?|atom)/?$|[/.-](?:rss2?|atom|rdf|feed)(?:\.(?:xml|rdf|json|php))?$|/index\.(?:rdf|xml)$", re.I
)
# WordPress names two feeds on every page; readers' comments are no articles.
_COMMENTS = re.compile(r"comment|kommentar", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be that of a feed, and what the page calls it."""

    url: str
    title: str


def candidates(body: bytes, content_type: str, url: str) -> tuple[Candidate, ...]:
    """At most four, the likeliest first."""
    markup = text_of(body, content_type)
    if scan(markup).too_deep:
        return ()
    tree = LexborHTMLParser(markup)
    base_tag = tree.css_first("base[href]")
    base = (join(url, base_tag.attributes.get("href") or "") if base_tag else None) or url
    found = {item.url: item for item in _alternates(tree, base)} or {item.url: item for item in _linked(tree, base)}
    found.pop(url, None)
    return tuple(sorted(found.values(), key=lambda item: bool(_COMMENTS.search(item.url + item.title))))[:MOST]


def looks_like_feed(url: str) -> bool:
    """Whether an address looks like that of a feed or a sitemap."""
    path = _path(url)
    return _LOOKS_LIKE_ONE.search(path) is not None or path.endswith((".xml", ".xml.gz", ".rdf"))


def _path(url: str) -> str:
    return re.split(r"[?#]", url)[0]


def _alternates(tree: LexborHTMLParser, base: str) -> Iterator[Candidate]:
    for link in tree.css("link[rel][href]"):
        words = (link.attributes.get("rel") or "").lower().split()
        if "alternate" in words and "stylesheet" not in words and _TYPES.match(link.attributes.get("type") or ""):
            yield from _candidate(base, link.attributes.get("href"), link.attributes.get("title"))


def _linked(tree: LexborHTMLParser, base: str) -> Iterator[Candidate]:
    for anchor in tree.css("a[href]"):
        for found in _candidate(base, anchor.attributes.get("href"), anchor.text()):
            if _LOOKS_LIKE_ONE.search(_path(found.url)):
                yield found


def _candidate(base: str, href: str | None, title: str | None) -> Iterator[Candidate]:
    address = join(base, (href or "").strip())
    if address:
        yield Candidate(address.partition("#")[0], line(title or ""))
