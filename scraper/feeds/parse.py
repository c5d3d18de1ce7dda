"""Bytes of a feed in any format → `Feed`, or a `FeedError` that says what came instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.errors import FeedError
from scraper.feeds import json_feed, sitemap, syndication
from scraper.feeds.characters import text_of_feed
from scraper.feeds.entry import MAX_ENTRIES

if TYPE_CHECKING:
    from scraper.feeds.entry import Feed

_SKIP = r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+"
_DOCTYPE = r"""<!DOCTYPE(?:"[^"]*"|'[^']*'|[^\["'>])*+(?P<subset>\[)?(?(subset).*?\]\s*+>|>)"""
_NAME = r"<(?P<name>[\w.-]+(?::[\w.-]+)?)"
_START = re.compile(rf"\ufeff?{_SKIP}(?:{_DOCTYPE})?{_SKIP}(?:{_NAME})?", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<((?:[a-z][\w.-]*:)?(?:rss|feed|rdf))(?=[\s/>])", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
# What old systems declare: names for single characters, and the sets of XHTML, which nobody fetches.
_HARMLESS = re.compile(
    r"<!ENTITY\s+(?:%\s+[\w.-]+\s+PUBLIC\s"
    r"""|[\w.-]+\s+(?:"(?:[^"&%]|&#\w{1,8};){0,8}"|'(?:[^'&%]|&#\w{1,8};){0,8}'))""",
    re.IGNORECASE,
)
_HEAD = 64 * 1024
# The largest feeds of real sites have some thousands of entries and some hundred thousand tags. feedparser takes 0.2 ms
# for an entry and 0.03 ms for a tag, and for the attributes of one tag the square of their number: 30,000 take 12 s.
_MAX_TAGS, _MAX_ATTRIBUTES = 500_000, 1_000
_LONG_TAG = re.compile(rf"""<[^\s<>!?/](?:[^<>"']|"[^<"]*+"|'[^<']*+'){{{2 * _MAX_ATTRIBUTES},}}+""")


def parse(body: bytes, content_type: str, url: str) -> Feed:
    """Read a feed.

    Raises:
        FeedError: `empty` for no bytes at all, `not_a_feed` for a page or anything else, `broken` for one that is
            dangerous or damaged beyond use, `too_large` for one with more in it than any real one.
    """
    text = text_of_feed(body, content_type)
    if not text.strip():
        raise FeedError("empty", f"{url}: the answer is empty; expected a feed")
    if text.lstrip()[0] in "{[":
        return json_feed.parse(text, url)
    root = _root(text)
    if root is None:
        raise FeedError("not_a_feed", f"{url}: {_found(text)}; expected RSS, Atom, RDF or JSON Feed")
    if _is_dangerous(text):
        raise FeedError("broken", f"{url}: the feed declares entities of its own, which is refused as dangerous")
    too_much = _too_much(text)
    if too_much:
        raise FeedError("too_large", f"{url}: more than {too_much}, which no feed of a site has")
    return syndication.parse(text, root, url)


def _root(text: str) -> str | None:
    """The name of the root element, or of what may be one behind warnings that a program printed."""
    start = _START.match(text)
    root = _ROOT.match(text, start.start("name") - 1) if start and start["name"] else None
    if root is None and not _HTML.search(text, 0, _HEAD):
        root = _ROOT.search(text, 0, _HEAD)
    return root[1] if root else None


def _is_dangerous(text: str) -> bool:
    """Entities of its own are how a few bytes become gigabytes, and how a parser is made to read files.

    They can only stand in a DOCTYPE before the root; where something else stands there, anywhere counts.
    """
    start = _START.match(text)
    regular = start and start["name"] and _ROOT.match(text, start.start("name") - 1)
    if start and regular and not start["subset"]:
        return False
    return len(_ENTITY.findall(text)) > len(_HARMLESS.findall(text))


def _too_much(text: str) -> str:
    """What there is too much of, in words; "" if nothing."""
    if text.count("<") > _MAX_TAGS:
        return f"{_MAX_TAGS} tags"
    if sum(1 for _ in syndication.ENTRY.finditer(text)) > MAX_ENTRIES:
        return f"{MAX_ENTRIES} entries"
    if any(tag[0].count("=") > _MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        return f"{_MAX_ATTRIBUTES} attributes on one element"
    return ""


def _found(text: str) -> str:
    if _HTML.search(text, 0, _HEAD):
        return "this is an HTML page (a login or a consent page?)"
    start = _START.match(text)
    if start and (start["name"] or "").rpartition(":")[2].lower() in sitemap.ROOTS:
        return f"this is a sitemap (<{start['name']}>): name it with `sitemap` instead"
    if start and start["name"]:
        return f"this is XML, but its root is <{start['name'][:40]}>"
    return f"this begins with {text.strip()[:40]!r}"
