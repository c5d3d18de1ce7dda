"""RSS, Atom and RDF, as text → `Feed`, through feedparser.

feedparser is given a stream, never bytes or text: it opens what looks like a path or an address (measured). Its
`bozo` flag says nothing of use: an HTML page has none, a good feed that was cut has one.
"""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import feedparser

from scraper.errors import FeedError
from scraper.feeds.entry import Feed, FeedEntry
from scraper.feeds.fields import clocks, instant, line, plain
from scraper.urls import join

_FORMATS = {"rss": "rss", "feed": "atom", "rdf": "rdf"}
# feedparser fails on a whole feed for one reference to what is no character: beyond Unicode, or half a pair.
_REFERENCE = re.compile(
    r"&#(?:x0*(?P<hex>d[89a-f][0-9a-f]{2}|[0-9a-f]{6,})|0*(?P<decimal>5[5-7][0-9]{3}|[0-9]{7,}))\b;?", re.IGNORECASE
)
ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_TAIL = 2_000
# What shows that a title is markup, even if it stands where text is meant.
_MARKUP = re.compile(r"</[a-z]|<(?:br|hr|p|wbr)>|<[a-z][^<>]*[=/]|<!--|&#?\w+;", re.IGNORECASE)


def parse(text: str, root: str, url: str) -> Feed:
    """Read a feed whose root element has that name.

    Raises:
        FeedError: `broken` for one that breaks off before its first entry, or that feedparser fails on.
    """
    truncated = not _is_complete(text, root)
    if truncated and not ENTRY.search(text):
        raise _nothing_whole(url)
    try:
        read = feedparser.parse(
            io.BytesIO(_REFERENCE.sub(_character, _begun(_mended(text, root) if truncated else text, root)).encode()),
            # No address is given: feedparser would join links to it, where the feed's own site is meant.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        # feedparser's own faults on hostile input: it declares no exceptions of its own for parsing.
        reason = f"{type(error).__name__}: {str(error)[:80]}"
        raise FeedError("broken", f"{url}: the feed cannot be read ({reason})") from None
    if truncated and not read.entries:
        raise _nothing_whole(url)
    base = join(url, str(read.feed.get("link") or "")) or url
    found = [_entry(item, base) for item in read.entries]
    entries = tuple(entry for entry in found if entry is not None)
    kind = _FORMATS[root.lower().rpartition(":")[2]]
    hub, topic = (_named(read.feed, relation, url) for relation in ("hub", "self"))
    title = _title(read.feed)
    return Feed(kind, title, entries, len(found) - len(entries), truncated, hub=hub, topic=topic)


def _nothing_whole(url: str) -> FeedError:
    return FeedError("broken", f"{url}: the feed breaks off before its first entry")


def _is_complete(text: str, root: str) -> bool:
    """Whether the root element ends, or is empty."""
    name = re.escape(root)
    return (
        re.search(rf"</{name}\s*>", text[-_TAIL:]) is not None or re.search(rf"<{name}\b[^<>]*/>\s*$", text) is not None
    )


def _begun(text: str, root: str) -> str:
    """What stands before the root, without runs of white space: with the square of their length feedparser takes for
    them, half a minute for 60,000 line breaks."""
    head, mark, rest = text.partition(f"<{root}")
    return f"{' '.join(head.split())}{mark}{rest}"


def _mended(text: str, root: str) -> str:
    """A feed that breaks off, up to its last whole entry: half an entry may have half an address."""
    ends = [match.end() for match in _ENTRY_END.finditer(text)]
    if not ends:
        return text
    whole = text[: ends[-1]]
    inside = "</channel>" if "<channel" in whole and "</channel>" not in whole else ""
    return f"{whole}{inside}</{root}>"


def _character(reference: re.Match[str]) -> str:
    """The reference, or the replacement character where it names none."""
    digits, radix = (reference["hex"], 16) if reference["hex"] else (reference["decimal"], 10)
    number = int(digits[:8], radix)
    return "\ufffd" if number > sys.maxunicode or 0xD800 <= number < 0xE000 else reference.group()


def _entry(item: Any, base: str) -> FeedEntry | None:
    address = next((address for link in _links(item) if (address := join(base, link))), None)
    if address is None:
        return None
    # dict.get: feedparser's own gives the one date for the other, with a warning.
    published, updated = dict.get(item, "published"), dict.get(item, "updated")
    said = clocks({"published_feed": published, "feed": updated})
    return FeedEntry(address, _title(item), instant(published), instant(updated), said)


def _title(item: Any) -> str:
    """Plain text. What is said to be text is: "Was war <blink>?" keeps its word, unless there is more that looks like
    markup."""
    title = str(item.get("title") or "")
    is_text = item.get("title_detail", {}).get("type") == "text/plain" and not _MARKUP.search(title)
    return line(title) if is_text else plain(title)


def _named(feed: Any, relation: str, url: str) -> str:
    """The first address that the feed itself names in this role."""
    links = [link.get("href") for link in feed.get("links", []) if link.get("rel") == relation]
    return next((address for link in links if isinstance(link, str) and (address := join(url, link))), "")


def _links(item: Any) -> list[str]:
    """The addresses that an entry offers, the best first."""
    own, name = item.get("link"), str(item.get("id") or "")
    alternates = [link.get("href") for link in item.get("links", []) if link.get("rel") == "alternate"]
    links = [item.get("feedburner_origlink"), None if own == name else own, *alternates]
    # False only where a guid says that it is no address. That it is none is seldom said: it has to look like one.
    if item.get("guidislink") is not False and name.startswith(("http://", "https://")):
        links.append(name)
    return [link for link in links if isinstance(link, str) and link.strip()]
