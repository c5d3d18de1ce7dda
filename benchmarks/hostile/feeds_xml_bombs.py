"""XML that harms who reads it: no kind of source reads it, and nothing is opened or asked for.

As they are, the files are no feeds at all. So each DOCTYPE stands once more before a feed, a sitemap and an OPML file
that use what it declares: where it declares entities, all of them are refused as dangerous, which is the plain message
that a user gets; where it only names a document type, they are read. "parses" means that the refusal names the root.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import EXPECTED, Case, Verdict, manifest, unexpected
from benchmarks.hostile.reading_feeds import Answer, nothing_opened, read
from scraper.errors import FeedError
from scraper.feeds import opml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scraper.feeds.kinds import Kind

_URL = "https://feeds.example/feed"
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\s+(\w+)")
_FEED = "<rss version='2.0'><channel><item><title>{0}</title><link>/1</link></item></channel></rss>"
_SITEMAP = "<urlset><url><loc>/{0}</loc><lastmod>2024-05-15</lastmod></url></urlset>"
_OPML = "<opml><body><outline text='{0}' xmlUrl='https://a.example/feed'/></body></opml>"


def cases(folder: Path) -> Iterator[Case]:
    # Python loads its XML parser when it is first needed.
    read(_FEED.encode(), _URL)
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, case, (folder / case["input"]).read_bytes()))


def _judge(case: dict[str, Any], body: bytes) -> Verdict:
    with nothing_opened() as opened:
        faults = [*_as_it_is(body, named=case["expected"] == "parses"), *_before_others(body)]
    faults += [f"opened {what}" for what in opened]
    return unexpected("; ".join(faults)) if faults else EXPECTED


def _as_it_is(body: bytes, *, named: bool) -> Iterator[str]:
    for what, answer in _everywhere(body, body, body):
        if not isinstance(answer, FeedError):
            yield f"read as {what}"
        elif named and "its root is <" not in answer.message:
            yield f"as {what} it is no XML: {answer.message}"


def _before_others(body: bytes) -> Iterator[str]:
    doctype = _DOCTYPE.search(body)
    if doctype is None:
        return
    names = _ENTITY.findall(doctype[0])
    used = "".join(f"&{name.decode()};" for name in names)
    for what, answer in _everywhere(*(doctype[0] + frame.format(used).encode() for frame in (_FEED, _SITEMAP, _OPML))):
        dangerous = isinstance(answer, FeedError) and "entities of its own" in answer.message
        if dangerous != bool(names):
            yield f"its DOCTYPE before {what}: {answer!r:.200}"


def _everywhere(feed: bytes, sitemap: bytes, outlines: bytes) -> Iterator[tuple[str, Answer | object]]:
    """What each reader of XML makes of it."""
    kinds: tuple[tuple[Kind, bytes], ...] = (("feed", feed), ("sitemap", sitemap))
    for kind, body in kinds:
        yield kind, read(body, _URL, kind=kind)
    try:
        yield "opml", opml.parse(outlines, _URL)
    except FeedError as refusal:
        yield "opml", refusal
