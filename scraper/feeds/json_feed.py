"""JSON Feed (versions 1 and 1.1) → `Feed`."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from scraper.charset import text_of
from scraper.errors import FeedError
from scraper.feeds.entry import Feed, FeedEntry
from scraper.urls import join

_MARK = "jsonfeed.org/version/1"


def looks_like(head: bytes, content_type: str) -> bool:
    """Whether it is JSON at all, by its first character that is not white space."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start == b"{" and b"<rss" not in head[:200] and "xml" not in content_type.lower()


def parse(body: bytes, url: str) -> Feed:
    """Read a JSON Feed.

    Raises:
        FeedError: `not_a_feed` for JSON that is none, or that is damaged.
    """
    try:
        data = json.loads(text_of(body, "application/json; charset=utf-8"))
    except (ValueError, RecursionError) as error:
        raise FeedError("not_a_feed", f"{url}: this is not whole JSON ({str(error)[:80]}); expected a feed") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or _MARK not in str(data.get("version", "")):
        raise FeedError("not_a_feed", f"{url}: this is JSON, but no JSON Feed ({_MARK} is not its version)")
    found = [_entry(item, url) for item in items if isinstance(item, dict)]
    entries = tuple(entry for entry in found if entry is not None)
    return Feed("json", str(data.get("title") or ""), entries, skipped=len(items) - len(entries))


def _entry(item: dict[str, object], base: str) -> FeedEntry | None:
    for key in ("url", "external_url", "id"):
        link = item.get(key)
        if isinstance(link, str) and (key != "id" or link.startswith(("http://", "https://"))):
            address = join(base, link)
            if address is not None:
                title = " ".join(str(item.get("title") or "").split())
                return FeedEntry(
                    address, title, _instant(item.get("date_published")), _instant(item.get("date_modified"))
                )
    return None


def _instant(value: object) -> datetime | None:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if instant is None:
        return None
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
