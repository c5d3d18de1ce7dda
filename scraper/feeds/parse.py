"""Bytes of a feed in any format → `Feed`, or a `FeedError` that says what came instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.errors import FeedError
from scraper.feeds import json_feed, syndication

if TYPE_CHECKING:
    from scraper.feeds.entry import Feed

_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(rb"<(?:[a-z0-9]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
# Entities of its own are how a few bytes become gigabytes, and how a parser is made to read files. Feeds need none:
# of 2,100 test feeds of feedparser only its own entity tests have any.
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_HEAD = 64 * 1024


def parse(body: bytes, content_type: str, url: str) -> Feed:
    """Read a feed.

    Raises:
        FeedError: `empty` for no bytes at all, `not_a_feed` for a page or anything else, `broken` for one that is
            dangerous or damaged beyond use.
    """
    if not body.strip():
        raise FeedError("empty", f"{url}: the answer is empty; expected a feed")
    head = body[:_HEAD]
    if json_feed.looks_like(head, content_type):
        return json_feed.parse(body, url)
    wide = head.replace(b"\0", b"")  # UTF-16: good enough to see what it is
    if _HTML.match(wide) or not _ROOT.search(wide):
        raise FeedError("not_a_feed", f"{url}: {_found(wide)}; expected RSS, Atom, RDF or JSON Feed")
    if _ENTITY.search(wide):
        raise FeedError("broken", f"{url}: the feed declares entities of its own, which is refused as dangerous")
    return syndication.parse(body, content_type, url)


def _found(head: bytes) -> str:
    if b"<html" in head.lower() or b"<!doctype html" in head.lower():
        return "this is an HTML page (a login or a consent page?)"
    return f"this begins with {head[:40].decode('utf-8', 'replace')!r}"
