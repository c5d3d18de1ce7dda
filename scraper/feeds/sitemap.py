"""Sitemaps, indexes of sitemaps and news sitemaps (sitemaps.org, Google's news namespace) → `Feed`.

A sitemap names a whole archive. Only what is new enough comes out: of entries by their `lastmod` or
`publication_date`, of the parts of an index by their `lastmod`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from scraper.decoding import BadCoding, decode
from scraper.errors import FeedError
from scraper.feeds.entry import Feed, FeedEntry, SitemapPart
from scraper.feeds.fields import clocks, covered, plain
from scraper.feeds.sax import BrokenXml, EnoughRead, walk
from scraper.urls import join

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from scraper.article import Covers

# What the protocol allows one file: entries, and bytes once unpacked.
MAX_ENTRIES = 50_000
MAX_BYTES = 50 * 1024 * 1024
# So many entries are not changed within so short a time.
_MANY, _AT_ONCE = 20, timedelta(minutes=1)
_GZIP = b"\x1f\x8b"
ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
_FIELDS = {
    ("loc",): "loc",
    ("lastmod",): "lastmod",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
}


def parse(body: bytes, content_type: str, url: str, newer_than: datetime) -> Feed:
    """Read a sitemap, packed or not.

    Raises:
        FeedError: `empty`, `not_a_feed` for anything else, `broken` for one that is dangerous or damaged beyond use,
            `too_large` for one that breaks the limits of the protocol.
    """
    data = _unpacked(body, url)
    if not data.strip():
        raise FeedError("empty", f"{url}: the answer is empty; expected a sitemap")
    found = _Found(url, newer_than)
    fault = ""
    try:
        walk(data, content_type, found)
    except BrokenXml as error:
        if error.dangerous:
            raise FeedError("broken", f"{url}: {error}") from None
        fault = str(error)
    if not found.kind:
        raise FeedError("not_a_feed", f"{url}: {_instead(found.root, fault)}; expected a sitemap or an index of them")
    if fault and not found.count:
        raise FeedError("broken", f"{url}: the sitemap breaks off before its first entry ({fault})")
    return found.feed(truncated=bool(fault))


def _unpacked(body: bytes, url: str) -> bytes:
    """Sitemaps are often files that are packed themselves, whatever the connection does."""
    try:
        data = decode(body, "gzip", MAX_BYTES) if body.startswith(_GZIP) else body
    except BadCoding as error:
        raise FeedError("too_large" if error.code == "too_large" else "broken", f"{url}: {error}") from None
    if len(data) > MAX_BYTES:
        raise FeedError("too_large", f"{url}: more than {MAX_BYTES} bytes, the most that a sitemap may have")
    return data


def _instead(root: str, fault: str) -> str:
    if root in ("rss", "feed", "rdf"):
        return f"this is a feed (<{root}>): name it with `feed` instead"
    if root == "html":
        return "this is an HTML page (a login or a consent page?)"
    return f"this is XML, but its root is <{root[:40]}>" if root else f"this is no XML ({fault})"


class _Found:
    """Collects the entries of one file while it is walked through."""

    def __init__(self, url: str, newer_than: datetime) -> None:
        self._url, self._newer_than = url, newer_than
        self.root = self.kind = ""
        self.count = self._skipped = self._older = self._undated = 0
        self._entries: list[FeedEntry] = []
        self._parts: list[SitemapPart] = []
        self._values: dict[str, str] = {}

    def feed(self, *, truncated: bool) -> Feed:
        if self._stamps_are_of_the_file():
            entries = [_without_update(entry) for entry in self._entries if entry.published_at]
            self._undated += len(self._entries) - len(entries)
            self._entries = entries
        return Feed(
            "sitemapindex" if self.kind == "sitemap" else "sitemap", "", tuple(self._entries), self._skipped, truncated,
            tuple(self._parts), self._older, self._undated,
        )  # fmt: skip

    def _stamps_are_of_the_file(self) -> bool:
        """Some programs stamp every entry with the moment at which they wrote the sitemap. That would have the whole
        archive followed, and every article of it looked at again at every poll."""
        stamps = [entry.updated_at for entry in self._entries if entry.updated_at]
        all_of_them = not self._older and not self._undated and len(stamps) == len(self._entries) >= _MANY
        return all_of_them and max(stamps) - min(stamps) <= _AT_ONCE

    def start(self, path: Sequence[str], _attributes: dict[str, str]) -> None:
        if len(path) == 1:
            self.root = path[0]
            self.kind = ROOTS.get(self.root, "")
            if not self.kind:
                raise EnoughRead
        elif len(path) == 2:
            self._values = {}

    def end(self, path: Sequence[str], text: str) -> None:
        # Most elements are fields of entries; those of pictures and videos stand deeper, or bear other names.
        if 3 <= len(path) <= 4 and path[1] == self.kind:
            field = _FIELDS.get(tuple(path[2:]))
            if field and text:
                self._values.setdefault(field, text)
        elif len(path) == 2 and path[1] == self.kind:
            self._keep(self._values)

    def _keep(self, values: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ENTRIES:
            raise FeedError("too_large", f"{self._url}: more than {MAX_ENTRIES} entries, the most a sitemap may have")
        address = join(self._url, values["loc"]) if "loc" in values else None
        updated, published = (covered(values.get(name, "")) for name in ("lastmod", "published"))
        latest = max((covers.end for covers in (updated, published) if covers), default=None)
        if address is None:
            self._skipped += 1
        elif latest is not None and latest <= self._newer_than:
            self._older += 1
        elif self.kind == "sitemap":
            self._parts.append(SitemapPart(address, latest))
        elif latest is None:
            self._undated += 1
        else:
            said = clocks({"published_sitemap": values.get("published"), "sitemap": values.get("lastmod")})
            title = plain(values.get("title", ""))
            self._entries.append(FeedEntry(address, title, _start(published), _start(updated), said))


def _without_update(entry: FeedEntry) -> FeedEntry:
    kept = tuple(clock for clock in entry.clocks if clock.kind != "sitemap")
    return replace(entry, updated_at=None, clocks=kept)


def _start(covers: Covers | None) -> datetime | None:
    return covers.start if covers else None
