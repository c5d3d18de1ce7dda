"""RSS, Atom and RDF → `Feed`, through feedparser.

feedparser is given a stream, never bytes or text: it opens what looks like a path or an address (measured). Its
`bozo` flag says nothing of use: an HTML page has none, a good feed that was cut has one.
"""

from __future__ import annotations

import html
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser

from scraper.errors import FeedError
from scraper.feeds.entry import Feed, FeedEntry
from scraper.urls import join

if TYPE_CHECKING:
    from time import struct_time

_TAG = re.compile(r"<[^<>]{0,2000}>")
_END = re.compile(rb"</(?:[a-z0-9]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_FORMATS = (("rss10", "rdf"), ("rss090", "rdf"), ("rss", "rss"), ("cdf", "rss"), ("atom", "atom"))
_TITLE = 500


def parse(body: bytes, content_type: str, url: str) -> Feed:
    """Read a feed.

    Raises:
        FeedError: `broken` for one that feedparser can make nothing of.
    """
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    try:
        read = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, RuntimeError, AttributeError, TypeError, AssertionError) as error:
        # feedparser's own faults on hostile input: it declares no exceptions of its own for parsing.
        raise FeedError(
            "broken", f"{url}: the feed cannot be read: {type(error).__name__}: {str(error)[:80]}"
        ) from None
    base = join(url, str(read.feed.get("link") or "")) or url
    found = [_entry(item, base) for item in read.entries]
    entries = tuple(entry for entry in found if entry is not None)
    truncated = not _END.search(body[-2000:].replace(b"\0", b""))
    if truncated and not read.entries:
        raise FeedError("broken", f"{url}: the feed breaks off before its first entry")
    return Feed(
        _format(str(read.version)), _plain(read.feed.get("title")), entries, len(found) - len(entries), truncated
    )


def _entry(item: Any, base: str) -> FeedEntry | None:
    own = None if item.get("guidislink") else item.get("link")
    for link in (item.get("feedburner_origlink"), own, *_alternates(item), _permalink(item)):
        address = join(base, link) if isinstance(link, str) and link.strip() else None
        if address is not None:
            # dict.get: feedparser's own gives the one date for the other, with a warning.
            published, updated = (_instant(dict.get(item, key)) for key in ("published_parsed", "updated_parsed"))
            return FeedEntry(address, _plain(item.get("title")), published, updated)
    return None


def _alternates(item: Any) -> list[str]:
    return [link.get("href", "") for link in item.get("links", []) if link.get("rel") == "alternate"]


def _permalink(item: Any) -> str:
    """The guid of RSS is an address only where it looks like one: `isPermaLink` is often left out or wrong."""
    guid = str(item.get("id") or "")
    return guid if guid.startswith(("http://", "https://")) else ""


def _format(version: str) -> str:
    return next((name for prefix, name in _FORMATS if version.startswith(prefix)), "rss")


def _plain(text: object) -> str:
    return " ".join(html.unescape(_TAG.sub("", str(text or ""))).split())[:_TITLE]


def _instant(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except (ValueError, TypeError):
        return None
