"""A page that lists articles, and the CSS selector of its links → `Feed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scraper.charset import text_of
from scraper.errors import FeedError
from scraper.feeds.entry import Feed, FeedEntry
from scraper.feeds.fields import line
from scraper.read.scan import TOO_MUCH, scan
from scraper.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

MAX_ENTRIES = 2_000


def parse(body: bytes, content_type: str, url: str, links: str) -> Feed:
    """Read an index page. What the selector finds is a link, or holds links.

    Raises:
        FeedError: `empty`, `not_a_feed` for what is no page, `broken` for one that is built to harm, `no_links` where
            the selector finds none.
    """
    if not body.strip():
        raise FeedError("empty", f"{url}: the answer is empty; expected a page with links")
    markup = text_of(body, content_type)
    if "<" not in markup or b"\0" in body[:512]:
        raise FeedError("not_a_feed", f"{url}: this is no HTML; expected a page with links")
    if scan(markup).too_deep:
        raise FeedError("broken", f"{url}: more than {TOO_MUCH}")
    tree = LexborHTMLParser(markup)
    anchors = [anchor for found in tree.css(links) for anchor in _anchors(found)]
    if not anchors:
        raise FeedError("no_links", f"{url}: {links!r} finds no link on this page: was it redesigned?")
    base = _base(tree, url)
    found = [(join(base, anchor.attributes.get("href") or ""), anchor) for anchor in anchors[:MAX_ENTRIES]]
    here = url.partition("#")[0]
    entries: dict[str, FeedEntry] = {}
    for address, anchor in found:
        named = (address or "").partition("#")[0]
        if named and named != here and not (named in entries and entries[named].title):
            # An article is often linked twice, by its picture and by its headline.
            entries[named] = FeedEntry(named, line(anchor.text()), None, None)
    return Feed("page", "", tuple(entries.values()), sum(address is None for address, _ in found))


def _anchors(node: LexborNode) -> Iterator[LexborNode]:
    if node.tag == "a" and node.attributes.get("href"):
        yield node
    else:
        yield from node.css("a[href]")


def _base(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    return (join(url, base.attributes.get("href") or "") if base else None) or url
