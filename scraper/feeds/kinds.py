"""What a source may be, and which parser reads it: kind, bytes → `Feed`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scraper.feeds import address_list, index_page, news_api, parse, sitemap

if TYPE_CHECKING:
    from datetime import datetime

    from scraper.feeds.entry import Feed

Kind = Literal["feed", "sitemap", "api", "page", "list"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read what a source answers.

    Attributes:
        links: of a page: the selector of its links.
        newer_than: of a sitemap: entries that are older are left out.
    """

    kind: Kind
    newer_than: datetime
    links: str = ""


def read_as(how: Reading, body: bytes, content_type: str, url: str) -> Feed:
    """Read an answer of a source.

    Raises:
        FeedError: it is not what the source is said to be.
    """
    match how.kind:
        case "sitemap":
            return sitemap.parse(body, content_type, url, how.newer_than)
        case "api":
            return news_api.parse(body, content_type, url)
        case "page":
            return index_page.parse(body, content_type, url, how.links)
        case "list":
            return address_list.parse(body, url)
        case "feed":
            return parse.parse(body, content_type, url)
