"""What an address that a person typed is: an article, a feed or a sitemap itself, or a site that names its feeds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from schedules.robots import Gatekeeper
from scraper.errors import FeedError, FetchError, ReadError, ScrapeError
from scraper.feeds.discovery import looks_like_feed
from scraper.feeds.kinds import Kind, Reading
from scraper.feeds.sitemap import MAX_BYTES
from scraper.page import Page, header
from scraper.urls import host_key, is_front_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from schedules.readers import Readers
    from schedules.robots import Gate
    from scraper.feeds.entry import Feed
    from scraper.http import Door

_LONGEST_NAME = 80
_NEWEST = timedelta(days=7)
# Asked again, it would be the same: there is nothing that could be followed.
_HOPELESS = frozenset(("redirect", "bad_url", "blocked_address", "dns", "http_404", "http_410"))
_WALLS = frozenset(("consent_wall", "login_wall", "bot_wall", "paywall"))


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source that answers. `entries`: what it lists now."""

    name: str
    kind: Kind
    url: str
    entries: int

    def table(self) -> str:
        """As it is written in config.toml. JSON's texts are TOML's, but for DEL, which no address or name has."""
        name, url = (json.dumps(text, ensure_ascii=False) for text in (self.name, self.url))
        return f"[[sources]]\nname = {name}\n{self.kind} = {url}\n"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What an address is.

    Attributes:
        is_article: it is to be followed itself.
        faults: what did not answer as it should, in words.
    """

    is_article: bool
    sources: tuple[FoundSource, ...] = ()
    faults: tuple[str, ...] = ()


def may_be_site(url: str) -> bool:
    """Whether it is worth a look: articles lie deeper, and following them is not to wait for the network."""
    path = urlsplit(url).path.rstrip("/")
    return is_front_page(url) or looks_like_feed(url) or path.count("/") <= 1


class Discoverer:
    """Looks at addresses with the tools it is given."""

    def __init__(self, door: Door, readers: Readers, clock: Callable[[], datetime], agent: str) -> None:
        self._door, self._readers, self._clock, self._agent = door, readers, clock, agent

    async def discover(self, url: str) -> Discovery:
        """Fetch the address, and up to four feeds that it names. What went wrong is in the answer."""
        gate = Gatekeeper(self._door, self._agent, self._clock).gate(host_key(url), ())
        try:
            page = await self._fetch(url, gate)
        except ScrapeError as error:
            hopeless = error.code in _HOPELESS or is_front_page(url) or looks_like_feed(url)
            return Discovery(not hopeless, faults=(error.message,))
        itself = await self._source(page, "", ("feed", "sitemap"))
        if isinstance(itself, FoundSource):
            return Discovery(False, (itself,))
        if is_front_page(page.url):
            return Discovery(False, *await self._named(page, gate))
        fault = await self._no_article(page)
        if fault is None:
            return Discovery(True)
        found, faults = await self._named(page, gate)
        walled = not found and fault.code in _WALLS
        return Discovery(walled, found, faults if found else (*faults, fault.message))

    async def _named(self, page: Page, gate: Gate) -> tuple[tuple[FoundSource, ...], tuple[str, ...]]:
        """The feeds that a page names, as far as they answer; the title of the page's link is second to the feed's."""
        found: list[FoundSource] = []
        faults: list[str] = []
        try:
            candidates = await self._readers.candidates(page)
        except ReadError as error:
            return (), (error.message,)
        for candidate in candidates:
            try:
                answer = await self._fetch(candidate.url, gate)
            except FetchError as error:
                faults.append(error.message)
                continue
            source = await self._source(answer, candidate.title, ("feed",))
            if isinstance(source, FoundSource):
                found.append(source)
            else:
                faults.append(source)
        return tuple(found), tuple(faults)

    async def _fetch(self, url: str, gate: Gate) -> Page:
        answer = await self._door.get(url, check=gate.check, statuses=frozenset(), max_bytes=MAX_BYTES)
        if not isinstance(answer, Page):
            raise FetchError("protocol", f"{url}: the server says that nothing changed, but was not asked that")
        return answer

    async def _source(self, page: Page, title: str, kinds: tuple[Kind, ...]) -> FoundSource | str:
        """The page as a source of one of these kinds, or why it is none."""
        fault = ""
        # Where a feed moved to is its address: the way there is for those who do not know yet.
        for kind in kinds:
            how = Reading(kind, self._clock() - _NEWEST)
            try:
                feed = await self._readers.source(how, page.body, header(page.headers, "content-type"), page.url)
            except (FeedError, ReadError) as error:
                fault = fault or error.message
            else:
                return FoundSource(_name(feed, title, page.url), kind, page.url, len(feed.entries) + len(feed.parts))
        return fault

    async def _no_article(self, page: Page) -> ReadError | None:
        """Why a page is no article that can be followed."""
        try:
            article = await self._readers.article(page, last_resort=True)
            lists = await self._readers.is_section(page, article)
        except ReadError as error:
            return error
        told = f"{page.url}: is no article: all its text stands under headings that lead to others, as in a section"
        return ReadError("no_text", told) if lists else None


def _name(feed: Feed, title: str, url: str) -> str:
    name = (feed.title or title or host_key(url).removeprefix("www."))[:_LONGEST_NAME]
    return "".join(letter for letter in name if letter.isprintable()).strip() or host_key(url)[:_LONGEST_NAME]
