"""Sitemaps, as Scrapy's tests state what stands in them; trafilatura's files state nothing and have to be readable.

Of an entry we take address and date, of a part of an index its address (its date only orders the parts). A sitemap is
read for what is new, so that an entry without a date never comes out; it is counted, and so must be as many as stated.
Other languages of a page (`alternate`) have entries of their own.
"""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import EXPECTED, Case, Verdict, manifest, same, unexpected
from benchmarks.hostile.reading_feeds import read, summed
from scraper.errors import FeedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scraper.feeds.entry import Feed

_URL = "http://www.example.com/sitemap.xml"
_STATED = "list(s) == "
_KIND = "s.type == "


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, case, (folder / case["input"]).read_bytes()))


def _judge(case: dict[str, Any], body: bytes) -> Verdict:
    feed = read(body, _URL, kind="sitemap" if "sitemap" in case["id"] or case["expected"] else "feed")
    if isinstance(feed, FeedError):
        return unexpected(f"refused: {feed.message}")
    if not case["expected"]:
        return EXPECTED if feed.entries or feed.parts or feed.undated else unexpected("nothing was read")
    return summed([_compared(feed, condition) for condition in case["expected"]])


def _compared(feed: Feed, condition: str) -> Verdict:
    if condition.startswith(_KIND):
        kinds = {"sitemap": "urlset", "sitemapindex": "sitemapindex"}
        return same(kinds[feed.format], ast.literal_eval(condition.removeprefix(_KIND)))
    stated = ast.literal_eval(condition.removeprefix(_STATED))
    if feed.parts:
        return same([part.url for part in feed.parts], [entry["loc"] for entry in stated])
    dated = [(entry["loc"], _instant(entry["lastmod"])) for entry in stated if entry.get("lastmod")]
    found = [(entry.url, entry.updated_at) for entry in feed.entries]
    return same((found, feed.undated), (dated, len(stated) - len(dated)))


def _instant(stamp: str) -> datetime:
    found = datetime.fromisoformat(stamp)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
