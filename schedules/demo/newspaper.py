"""The newspaper as a local site: steps of the script go in; pages, a feed, 304s, old copies and 404s come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from schedules.demo.pages import PAPER, Version, article_page, edited, feed, first_version, front_page, missing_page
from schedules.demo.wire import LocalServer, Response, http_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from schedules.demo.script import Script, Step
    from schedules.demo.wire import Request

HTML, RSS, CSS, TEXT = "text/html", "application/rss+xml", "text/css", "text/plain"
# Looks are counted of those whose User-Agent begins so: people may browse meanwhile.
VISITOR = "Nachtrag"


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an article with its page, and since when it stands there."""

    version: Version
    body: bytes
    since: datetime


@dataclass(slots=True)
class _Shelf:
    """One article: its editions, what of them a visitor gets, and how often Nachtrag came by.

    Attributes:
        cached: a cache stands before the site and hands out the edition before the newest.
    """

    editions: list[Edition]
    cached: bool = False
    gone: bool = False
    looks: int = 0

    @property
    def newest(self) -> Edition:
        return self.editions[-1]


class Newspaper:
    """The Kreisblatt. `url` and `feed_url` are known once it has started."""

    def __init__(self, script: Script, clock: Callable[[], datetime]) -> None:
        self.script = script
        self._clock = clock
        self._server = LocalServer(self.answer, clock)
        self._shelves: dict[str, _Shelf] = {}
        self._changed_at = clock()

    @property
    def url(self) -> str:
        """The address of the site, without a slash at the end."""
        return self._server.url

    @property
    def feed_url(self) -> str:
        """The address of its feed."""
        return f"{self.url}/feed.xml"

    async def start(self, port: int = 0) -> None:
        """Print all articles as they stand at the start, and serve them; port 0 takes one that is free."""
        await self._server.start(port)
        self._changed_at = now = self._clock()
        for story in self.script.stories:
            version = first_version(story, now)
            self._shelves[story.slug] = _Shelf([self._printed(version, since=version.modified)])

    async def stop(self) -> None:
        """Close the site."""
        await self._server.stop()

    def apply(self, step: Step) -> None:
        """Let a step of the script happen."""
        shelf, now = self._shelves[step.story], self._clock()
        match step.act:
            case "edit":
                shelf.editions.append(self._printed(edited(shelf.newest.version, step.edit, now), since=now))
            case "old_copy" | "fresh_copy":
                shelf.cached = step.act == "old_copy"
            case "remove" | "restore":
                shelf.gone = step.act == "remove"
        self._changed_at = now

    def looks(self, slug: str) -> int:
        """How often Nachtrag asked for the article so far."""
        return self._shelves[slug].looks

    def headline(self, slug: str) -> str:
        """The headline that stands over the article now."""
        return self._shelves[slug].newest.version.headline

    def slug_of(self, url: str) -> str | None:
        """The article at an address, or None if there never was one."""
        path = url.removeprefix(self.url)
        return next((slug for slug, shelf in self._shelves.items() if shelf.newest.version.path == path), None)

    def answer(self, request: Request) -> Response:
        """What the site says to a request."""
        if request.method not in ("GET", "HEAD"):
            return _text(405, f"{request.method} is not possible here\n", ("Allow", "GET, HEAD"))
        slug = self.slug_of(request.path)
        if slug is not None:
            return self._article(request, self._shelves[slug])
        if request.path in ("/paper.css", "/robots.txt"):
            return _served(request, (PAPER / request.path[1:]).read_bytes(), CSS if "css" in request.path else TEXT)
        there = [shelf.newest.version for shelf in self._shelves.values() if not shelf.gone]
        match request.path:
            case "/":
                return _served(request, front_page(there, self._clock()), HTML, self._changed_at)
            case "/feed.xml":
                return _served(request, feed(there, self.url), RSS, self._changed_at)
        return _missing()

    def _article(self, request: Request, shelf: _Shelf) -> Response:
        shelf.looks += request.headers.get("user-agent", "").startswith(VISITOR)
        if shelf.gone:
            return _missing()
        if not shelf.cached:
            return _served(request, shelf.newest.body, HTML, shelf.newest.since)
        # A cache that asked the site last just before the newest edition came out: it says so, and does not ask again.
        copied_at, copy = shelf.newest.since, shelf.editions[-2]
        age = int((self._clock() - copied_at).total_seconds())
        aged = (("Date", http_date(copied_at)), ("Age", str(age)), ("Via", "1.1 cache.kreisblatt.example"))
        return _served(request, copy.body, HTML, copy.since, aged)

    def _printed(self, version: Version, since: datetime) -> Edition:
        return Edition(version, article_page(version, self.url), since)


def _served(
    request: Request, body: bytes, kind: str, modified: datetime | None = None, more: tuple[tuple[str, str], ...] = ()
) -> Response:
    """The body, or a 304 where the visitor has it already."""
    etag = f'"{sha256(body).hexdigest()[:20]}"'
    headers = (("ETag", etag), ("Cache-Control", "no-cache"), *more)
    if modified is not None:
        headers = (*headers, ("Last-Modified", http_date(modified)))
    if _has_it(request, etag, modified):
        return Response(304, headers)
    return Response(200, (("Content-Type", f"{kind}; charset=utf-8"), *headers), body)


def _has_it(request: Request, etag: str, modified: datetime | None) -> bool:
    """RFC 9110, 13.2.2: If-None-Match decides where it is sent, and only else If-Modified-Since."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return etag in known or "*" in known
    since = request.headers.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        date = parsedate_to_datetime(since)
    except ValueError:
        return False
    return modified.replace(microsecond=0) <= (date if date.tzinfo else date.replace(tzinfo=UTC))


def _missing() -> Response:
    return Response(404, (("Content-Type", f"{HTML}; charset=utf-8"), ("Cache-Control", "no-cache")), missing_page())


def _text(status: int, text: str, *headers: tuple[str, str]) -> Response:
    return Response(status, (("Content-Type", f"{TEXT}; charset=utf-8"), *headers), text.encode())
