"""What a feed says, whatever its format. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from scraper.article import Clock

# Of a feed. Its entries are compared, kept and visited one by one; whole archives are what sitemaps are for.
MAX_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article that a feed names. Instants are None where the feed gives none that can be read.

    Attributes:
        url: absolute, http or https, as the feed wrote it (canonical form is made later).
        title: plain text.
        clocks: the same instants as the feed wrote them, with what they cover, and those that cannot be read.
    """

    url: str
    title: str
    published_at: datetime | None
    updated_at: datetime | None
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapPart:
    """A sitemap that an index of sitemaps names. `updated_at`: the end of what the index says of its last change."""

    url: str
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read, or whatever else names articles.

    Attributes:
        format: rss, atom, rdf, json; sitemap, sitemapindex, api, page or list.
        entries: all of them, in the feed's order; of sitemaps only those that are new enough.
        skipped: entries without an address that can be used.
        truncated: the feed ended early; what stood before that is in `entries`.
        parts: of an index of sitemaps: those that may hold something that is new enough.
        older: entries of a sitemap that were left out, being older than asked for.
        hub, topic: what the feed says of who tells of its news, and of its own address (WebSub).
        undated: entries of a sitemap that were left out, as they do not say when they were changed.
        refused: what is wrong with a list of addresses, in words for whoever wrote it; empty if nothing.
    """

    format: str
    title: str
    entries: tuple[FeedEntry, ...]
    skipped: int = 0
    truncated: bool = False
    parts: tuple[SitemapPart, ...] = ()
    older: int = 0
    undated: int = 0
    hub: str = ""
    topic: str = ""
    refused: str = ""
