"""The one door to the network: an address in, a complete `Page` or `NotModified` out, or a `FetchError`.

Everything is fetched here: feeds, articles, robots.txt, webhooks. A request has one deadline over all its redirects, a
limit on its bytes before and after decoding, and goes to public addresses only (scraper/wire.py). No cookies.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Self

import httpx

from scraper.addresses import networks
from scraper.answers import Limits, connection_of, decoded, digest, excerpt, headers_of, received
from scraper.charset import text_of
from scraper.decoding import OFFERED
from scraper.errors import BlockedAddress, FetchError, HttpStatus
from scraper.ledger import Ledger
from scraper.pace import Pace, deadline
from scraper.page import NotModified, Page
from scraper.politeness import retry_wait, robots_url
from scraper.transport import RAISED, Request, Transport, fetch_error, origin_of
from scraper.urls import MAX_LENGTH, host_key, join, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from types import TracebackType

    import can_ada

    from scraper.ledger import Asked
    from scraper.page import Validators

Check = Callable[[str], Awaitable[None]]

# Five, as RFC 9309 §2.3.1.2 has it for robots.txt, and one more for the way from http to https.
_MAX_HOPS = 6
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410, 451})
_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5"
_LAST = {b"connection": b"close"}
_PAST_CACHES = {b"cache-control": b"no-cache", b"pragma": b"no-cache"}
_SENDABLE = re.compile(r"[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
_EXCERPT_WIRE = 64 * 1024


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How the door behaves.

    Attributes:
        per_host: requests to one host at a time; gap: the pause between two, one after the other;
            gaps: longer ones, by host.
        allow_private: networks (CIDR) that may be asked although they are not public.
        deadline: for one `get` with all its redirects; waiting for our turn at the host does not count.
        max_bytes: of a decoded body; max_wire_bytes: of what comes over the wire for it.
    """

    user_agent: str
    per_host: int = 1
    gap: timedelta = timedelta(seconds=2)
    allow_private: tuple[str, ...] = ()
    deadline: timedelta = timedelta(seconds=25)
    max_bytes: int = 10 * 1024 * 1024
    max_wire_bytes: int = 10 * 1024 * 1024
    gaps: Mapping[str, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a webhook's receiver said.

    Attributes:
        wait: how long it asked us to stay away (Retry-After), or None.
        text: the first 500 characters.
    """

    status: int
    wait: timedelta | None
    text: str


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one `get` asks for, at every hop."""

    validators: Validators | None
    uncached: bool
    accept: str
    check: Check | None
    statuses: frozenset[int]
    limits: Limits
    known: str


@dataclass(frozen=True, slots=True)
class _Moved:
    """The answer is elsewhere."""

    status: int
    target: str


class Door:
    """Fetches. Use it as an async context manager; one is enough for a process.

    Attributes:
        ledger: what was asked, and how it was answered, webhooks apart; pace: whose turn it is at a host.

    Args:
        clock: for `fetched_at` and Retry-After dates.
        transport: what carries the requests, if not guarded connections.
        pause: waits so many seconds for our turn at a host.
        asleep: until when a host is not to be asked, whatever leads there; None: it may be.
    """

    def __init__(
        self,
        settings: FetchSettings,
        clock: Callable[[], datetime],
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        asleep: Callable[[str], datetime | None] = lambda _host: None,
    ) -> None:
        self._settings, self._clock = settings, clock
        self.ledger = Ledger(clock, asleep)
        self.pace = Pace(settings.per_host, settings.gap, settings.gaps, self.ledger.rest, pause)
        # The transport alone: httpx's client would read Location by its own lights, keep cookies, and hear HTTP_PROXY.
        self._transport = transport or Transport(networks(settings.allow_private), clock)
        self._headers = {
            b"user-agent": settings.user_agent.encode(),
            b"accept-language": b"de,en;q=0.7,*;q=0.3",
            b"accept-encoding": OFFERED.encode(),
        }

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)

    def follow(self, other: Door) -> None:
        """Take over what another door of this process knows of hosts: when each was asked last, what it asks for."""
        self.pace.follow(other.pace)
        self.ledger.follow(other.ledger)

    def left_alone(self, host: str) -> datetime:
        """Until when the host is to be left alone, whoever wants that, or why; a moment that has passed: it is not."""
        now = self._clock()
        until, _ = self.ledger.left_alone(host)
        return max(until or now, now + timedelta(seconds=self.pace.left(host)))

    async def get(  # noqa: PLR0913 - each says one thing about the request, by name
        self,
        url: str,
        *,
        validators: Validators | None = None,
        uncached: bool = False,
        accept: str = _ACCEPT,
        check: Check | None = None,
        statuses: frozenset[int] = _GONE,
        max_bytes: int | None = None,
        known: str = "",
    ) -> Page | NotModified:
        """Fetch an address, over up to six redirects.

        Args:
            validators: ask only for what changed since; for the address itself, not for what it redirects to.
            known: the `digest` of a page that we have: the same once more is a `NotModified`, and is not decoded.
            uncached: ask caches to be passed over, on a new connection.
            check: awaited before every hop with its address; may raise.
            statuses: answers that come back as a `Page` beside 200 and 203.
            max_bytes: of the decoded body, if not as in the settings.

        Raises:
            HttpStatus: any other status; `wait` is what Retry-After asks for.
            BlockedAddress: not http(s), or not on the public internet.
            FetchError: nothing complete came.
        """
        most = max_bytes or self._settings.max_bytes
        limits = Limits(max(most, self._settings.max_wire_bytes), most)
        wish = _Wish(validators, uncached, accept, check, statuses, limits, known)
        seconds = self._settings.deadline.total_seconds()
        try:
            async with deadline(seconds) as timeout:
                return await self._follow(_plain(url), wish, timeout)
        except TimeoutError:
            raise FetchError("timeout", f"{url}: no complete answer within {seconds:g} s") from None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], deadline: timedelta) -> Answer:
        """Send a webhook, without redirects, at once, and on a connection of its own. Any status is an answer.

        Raises:
            FetchError: no answer came, or the address is blocked. The message names the host only: the rest of the
                address may be what lets one in.
        """
        named = f"{robots_url(_plain(url)).removesuffix('robots.txt')}…"
        raw = {name.encode(): value.encode() for name, value in headers.items()}
        raw |= {b"accept-encoding": b"identity", b"content-length": b"%d" % len(body)}
        seconds = deadline.total_seconds()
        try:
            async with asyncio.timeout(seconds) as timeout:
                with _explained(named):
                    answer = await self._answer("POST", url, raw, budget=_EXCERPT_WIRE, fresh=True, body=body)
                    async with aclosing(answer) as response:
                        text = await excerpt(response, timeout)
        except TimeoutError:
            raise FetchError("timeout", f"{named}: no answer within {seconds:g} s") from None
        wait = retry_wait(response.headers.get("retry-after", ""), self._clock())
        return Answer(response.status_code, wait, text)

    async def _follow(self, url: str, wish: _Wish, timeout: asyncio.Timeout) -> Page | NotModified:
        left: tuple[tuple[int, str], ...] = ()
        while True:
            if wish.check is not None:
                await wish.check(url)
            host = host_key(url)
            async with self.pace.turn(host):
                with self.ledger.request(host, asyncio.get_running_loop().time(), timeout) as asked:
                    answer = await self._ask(url, wish, left, asked)
            if not isinstance(answer, _Moved):
                return answer
            left = (*left, (answer.status, url))
            if len(left) > _MAX_HOPS or any(answer.target == earlier for _, earlier in left):
                raise FetchError("redirect", f"{left[0][1]}: redirects in a circle or more than {_MAX_HOPS} times")
            url = answer.target

    async def _ask(
        self, url: str, wish: _Wish, left: tuple[tuple[int, str], ...], asked: Asked
    ) -> Page | NotModified | _Moved:
        conditions = {} if left or wish.validators is None else _conditions(wish.validators)
        headers = {b"accept": wish.accept.encode()} | conditions | (_PAST_CACHES if wish.uncached else {})
        with _explained(url):
            answer = await self._answer("GET", url, headers, budget=wish.limits.wire, fresh=wish.uncached)
            async with aclosing(answer) as response:
                asked.answered(response)
                if response.status_code == 304 and conditions:
                    name, peer = connection_of(response)
                    return NotModified(url, headers_of(response), self._clock(), peer, name)
                if response.status_code in _REDIRECTS:
                    return _Moved(response.status_code, _target(url, response))
                if response.status_code not in (200, 203) and response.status_code not in wish.statuses:
                    raise self._refusal(url, response)
                return await self._taken(url, response, wish, left)

    async def _taken(
        self, url: str, response: httpx.Response, wish: _Wish, left: tuple[tuple[int, str], ...]
    ) -> Page | NotModified:
        """The answer with its body, unless that is the one that is known."""
        status, headers, limits = response.status_code, headers_of(response), wish.limits
        body = await received(url, response, limits.wire)
        mark = digest(status, left, url, headers, body)
        name, peer = connection_of(response)
        if mark == wish.known:
            return NotModified(url, headers, self._clock(), peer, name, status)
        body = decoded(url, headers, body, limits.decoded)
        return Page(url, status, headers, body, self._clock(), peer, name, redirects=left, digest=mark)

    async def _answer(
        self, method: str, url: str, headers: dict[bytes, bytes], *, budget: int, fresh: bool, body: bytes = b""
    ) -> httpx.Response:
        address = _address(url)
        # The address goes out as a browser would write it: httpx would quote some characters anew.
        origin = origin_of(f"{address.protocol}//{address.host}")
        headers = {b"Host": address.host.encode()} | self._headers | headers | (_LAST if fresh else {})
        extensions = {
            "origin": origin,
            "target": (address.pathname + address.search).encode(),
            "budget": budget,
            "fresh": fresh,
        }
        request = Request(method, origin, headers=headers, stream=httpx.ByteStream(body), extensions=extensions)
        request.href = address.href
        return await self._transport.handle_async_request(request)

    def _refusal(self, url: str, response: httpx.Response) -> FetchError:
        status = response.status_code
        if status == 304:
            return FetchError("protocol", f"{url}: the server says 304, not modified, but we named no version")
        wait = retry_wait(response.headers.get("retry-after", ""), self._clock())
        asks = f", and asks to be left alone for {wait}" if wait else ""
        return HttpStatus(status, f"{url}: the server says {status}{asks}", host_key(url), wait)


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except RAISED as error:
        raise fetch_error(url, error) from error


def _address(url: str) -> can_ada.URL:
    address = web_address(url)
    if address is not None:
        return address
    if re.match(r"\s*https?:", url, re.IGNORECASE):
        raise FetchError(
            "bad_url",
            f"{url[:200]!r} cannot be asked; expected http(s)://host/…, no user name, {MAX_LENGTH} characters",
        )
    raise BlockedAddress(f"{url[:200]!r} is not on the web; expected http://host/… or https://host/…")


def _plain(url: str) -> str:
    """The address without its fragment, which is none of the server's business."""
    return _address(url).href.partition("#")[0]


def _target(url: str, response: httpx.Response) -> str:
    """Where a redirect leads to."""
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    if not raw:
        raise FetchError("redirect", f"{url}: the server says {response.status_code}, but not where to")
    location = text_of(raw, "")
    if len(location) > MAX_LENGTH:
        raise FetchError("bad_url", f"{url}: redirects to an address of {len(location)} characters")
    target = join(url, location)
    if target is None:
        raise BlockedAddress(f"{url}: redirects to {location[:200]!r}, which is no web address that can be asked")
    return _plain(target)


def _conditions(validators: Validators) -> dict[bytes, bytes]:
    """The validators as request headers, byte for byte as they came; what cannot be sent is left out."""
    wanted = {b"if-none-match": validators.etag, b"if-modified-since": validators.last_modified}
    return {name: value.encode("latin-1") for name, value in wanted.items() if _SENDABLE.fullmatch(value)}
