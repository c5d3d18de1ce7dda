"""The public API of tagesschau.de (`https://www.tagesschau.de/api2u/news/`, `…/homepage/`) → `Feed`.

JSON of the form {"news": [{"title", "date", "detailsweb", "shareURL", …}], "regional": […]}. Articles are known by
their address on the web, as in the feeds: `details` names JSON that no reader sees, and films have no page of text.
"""

from __future__ import annotations

import json

from scraper.errors import FeedError
from scraper.feeds.characters import text_of_feed
from scraper.feeds.entry import Feed, FeedEntry
from scraper.feeds.fields import clocks, instant, line
from scraper.urls import join

_LISTS = ("news", "regional")
_ADDRESSES = ("detailsweb", "shareURL")
# Films and web views have addresses too, but no article behind them.
_NO_ARTICLES = ("video", "webview")


def parse(body: bytes, content_type: str, url: str) -> Feed:
    """Read an answer of the API.

    Raises:
        FeedError: `empty`, `not_a_feed` for anything else, `broken` for JSON that breaks off.
    """
    text = text_of_feed(body, content_type).strip()
    if not text:
        raise FeedError("empty", f"{url}: the answer is empty; expected JSON of the news API")
    if text[0] not in "{[":
        raise FeedError("not_a_feed", f'{url}: this begins with {text[:40]!r}; expected JSON, {{"news": […]}}')
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError("broken", f"{url}: this begins like JSON, but is no whole JSON: {str(error)[:80]}") from None
    lists = [data.get(name) for name in _LISTS] if isinstance(data, dict) else []
    if not lists or not isinstance(lists[0], list):
        raise FeedError("not_a_feed", f'{url}: this is JSON, but none of the news API; expected {{"news": […]}}')
    items = [item for found in lists if isinstance(found, list) for item in found]
    articles = [item for item in items if not (isinstance(item, dict) and item.get("type") in _NO_ARTICLES)]
    found = [_entry(item, url) for item in articles]
    entries = tuple({entry.url: entry for entry in found if entry is not None}.values())
    return Feed("api", "", entries, sum(entry is None for entry in found))


def _entry(item: object, url: str) -> FeedEntry | None:
    if not isinstance(item, dict):
        return None
    links = [link.strip() for name in _ADDRESSES if isinstance(link := item.get(name), str) and link.strip()]
    address = next((address for link in links if (address := join(url, link))), None)
    if address is None:
        return None
    title = item.get("title")
    # The site moves this date along when it publishes a text anew: it is also what says that there is something to see.
    date = instant(item.get("date"))
    said = clocks({"api": item.get("date")})
    return FeedEntry(address, line(title) if isinstance(title, str) else "", date, date, said)
