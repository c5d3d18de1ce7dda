"""JSON Feed (versions 1 and 1.1), as text → `Feed`."""

from __future__ import annotations

import json
import re

from scraper.errors import FeedError
from scraper.feeds.entry import MAX_ENTRIES, Feed, FeedEntry
from scraper.feeds.fields import clocks, instant, line
from scraper.urls import join

_MARK = "jsonfeed.org/version/1"
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = ", \t\r\n"


def parse(text: str, url: str) -> Feed:
    """Read a JSON Feed.

    Raises:
        FeedError: `not_a_feed` for other JSON and what only begins like it, `broken` for a feed damaged beyond use,
            `too_large` beyond 20,000 entries.
    """
    truncated = False
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        data, truncated = _rescued(text), True
        if not data["items"]:
            code = "broken" if _MARK in text else "not_a_feed"
            raise FeedError(code, f"{url}: this begins like JSON, but is no whole JSON: {str(error)[:80]}") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or _MARK not in str(data.get("version", "")):
        raise FeedError("not_a_feed", f"{url}: this is JSON, but no JSON Feed: its version does not name {_MARK}")
    if len(items) > MAX_ENTRIES:
        raise FeedError("too_large", f"{url}: more than {MAX_ENTRIES} entries, which no feed of a site has")
    base = join(url, _text(data, "home_page_url")) or url
    found = [_entry(item, base) for item in items]
    entries = tuple(entry for entry in found if entry is not None)
    hub, topic = _hub(data.get("hubs"), url), join(url, _text(data, "feed_url")) if "feed_url" in data else None
    title = line(_text(data, "title"))
    return Feed("json", title, entries, len(found) - len(entries), truncated, hub=hub, topic=topic or "")


def _hub(hubs: object, url: str) -> str:
    found = [hub for hub in hubs if isinstance(hub, dict)] if isinstance(hubs, list) else []
    links = [_text(hub, "url") for hub in found if hub.get("type") == "WebSub"]
    return next((address for link in links if link and (address := join(url, link))), "")


def _rescued(text: str) -> dict[str, object]:
    """What stands before the items, and those that are whole, of JSON that breaks off."""
    items: list[object] = []
    start = _ITEMS.search(text)
    if start is None:
        return {"items": items}
    head: dict[str, object] = {}
    try:
        head = json.loads(text[: start.start()].rstrip(_BETWEEN) + "}")
        at = start.end()
        while not text[at : (opening := text.find("{", at))].strip(_BETWEEN):
            item, at = json.JSONDecoder().raw_decode(text, opening)
            items.append(item)
    except (ValueError, RecursionError):
        pass  # here it breaks off
    return {**head, "items": items}


def _entry(item: object, base: str) -> FeedEntry | None:
    if not isinstance(item, dict):
        return None
    links = [_text(item, key).strip() for key in ("url", "external_url", "id")]
    if not links[2].startswith(("http://", "https://")):
        del links[2]
    address = next((address for link in links if link and (address := join(base, link))), None)
    if address is None:
        return None
    published, updated = item.get("date_published"), item.get("date_modified")
    said = clocks({"published_feed": published, "feed": updated})
    return FeedEntry(address, line(_text(item, "title")), instant(published), instant(updated), said)


def _text(data: dict[str, object], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""
