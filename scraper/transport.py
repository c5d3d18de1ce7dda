"""What carries requests: a transport for httpx over guarded connections. Requests in, undecoded answers out.

Connections are kept for a while and found by where they lead, HTTP/1.1, no proxies; and what every exception means.
"""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import httpx

from scraper.connection import Connection, head_of
from scraper.errors import BlockedAddress, FetchError
from scraper.exchange import CutShort, TooMuch
from scraper.wire import Connect, Guard, NameNotFound, NotPublic, Resolve, connect, resolve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from datetime import datetime

    from scraper.addresses import Network
    from scraper.exchange import Exchange

Place = tuple[str, str, int]

_MAX_KEPT = 200
_PORTS = {"http": 80, "https": 443}


class TlsRefused(httpx.ConnectError):
    """The certificate or the encryption is not acceptable."""


# Every exception of the libraries below has its code; the most specific class counts.
_CODES: dict[type[Exception], str] = {
    NameNotFound: "dns",
    TlsRefused: "tls",
    TooMuch: "too_large",
    CutShort: "truncated",
    httpx.TimeoutException: "timeout",
    httpx.NetworkError: "connect",
    httpx.ProtocolError: "protocol",
    httpx.UnsupportedProtocol: "bad_url",
    httpx.InvalidURL: "bad_url",
    httpx.HTTPError: "protocol",
    httpx.StreamError: "protocol",
    httpx.CookieConflict: "protocol",
    ssl.SSLError: "tls",
    TimeoutError: "timeout",
    OSError: "connect",
}
_WORDS = {
    "dns": "its host cannot be found",
    "tls": "its certificate or encryption cannot be accepted",
    "too_large": "its answer is larger than allowed",
    "truncated": "its answer is not complete",
    "timeout": "its host takes too long",
    "connect": "no connection to its host",
    "protocol": "its host does not speak proper HTTP",
    "bad_url": "it is no address that can be asked",
}
RAISED = tuple(_CODES)


class Request(httpx.Request):
    """A request whose address is parsed when somebody looks at it: that takes httpx as long as all else about it. It is
    made for the `origin_of` its address, and told the whole of it as `href`."""

    href = ""

    @property
    def url(self) -> httpx.URL:
        """The whole address."""
        return httpx.URL(self.href)

    @url.setter
    def url(self, origin: httpx.URL) -> None:
        self.href = str(origin)


@lru_cache(maxsize=4_096)
def origin_of(origin: str) -> httpx.URL:
    """Scheme, host and port, parsed once for all addresses there."""
    return httpx.URL(origin)


class Transport(httpx.AsyncBaseTransport):
    """Sends requests over guarded connections.

    Extensions of a request: `origin`, where it leads; `target`, the path as it is to be sent; `budget` limits the bytes
    of the body with its framing; `fresh` asks for a connection of its own. The answer's extension `connection` is its
    `Connection`.

    Args:
        idle: how long a connection is kept for the next request. Apache and Node close after five seconds, and a
            request must not cross their closing.
    """

    def __init__(
        self,
        allowed: Iterable[Network],
        clock: Callable[[], datetime],
        *,
        resolve: Resolve = resolve,
        connect: Connect = connect,
        tls: ssl.SSLContext | None = None,
        idle: timedelta = timedelta(seconds=4),
    ) -> None:
        self._guard, self._clock = Guard(allowed, resolve, connect), clock
        # One for all: to make one takes as long as many requests.
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._tls.set_alpn_protocols(["http/1.1"])
        self._kept = _Kept(idle.total_seconds())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises httpx.TransportError and its kin above."""
        url, fresh = request.extensions["origin"], request.extensions["fresh"]
        place = (url.scheme, url.raw_host.decode("ascii"), url.port or _PORTS[url.scheme])
        kept = None if fresh else self._kept.take(place)
        if kept is not None:
            try:
                return await self._send(kept, place, request)
            except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError) as error:
                # It may be closed by the other side while our request is under way (RFC 9112 §9.3.1).
                if isinstance(error, TooMuch):
                    raise
        return await self._send(await self._open(place), None if fresh else place, request)

    async def aclose(self) -> None:
        """Close all connections that are kept."""
        self._kept.close()
        # Sockets are closed in the next turn of the loop.
        await asyncio.sleep(0)

    async def _open(self, place: Place) -> Connection:
        scheme, host, port = place
        wire, peer = await self._guard.open(host, port)
        # Ports come round again: with the time, no two connections have the same name.
        name = f"{wire.getsockname()[1]}@{self._clock():%Y-%m-%dT%H:%M:%S.%fZ}"
        tls = (self._tls, host) if scheme == "https" else (None, None)
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: Connection(name, peer), sock=wire, ssl=tls[0], server_hostname=tls[1]
            )
        except OSError as error:  # so is ssl.SSLError
            raise TlsRefused(str(error) or "the connection was closed") from error
        return connection

    async def _send(self, connection: Connection, place: Place | None, request: httpx.Request) -> httpx.Response:
        """Ask, on a connection that is kept for its place afterwards, if it has one."""
        try:
            head = head_of(request.method, request.extensions["target"], request.headers.raw)
            exchange = connection.ask(head, await request.aread(), request.extensions["budget"])
            await exchange.head()
        except BaseException:
            connection.close()
            raise
        return httpx.Response(
            exchange.status,
            headers=exchange.headers,
            stream=_Body(exchange, connection, self._kept, place),
            extensions={"connection": connection},
        )


def fetch_error(url: str, error: Exception) -> FetchError:
    """What an exception of the libraries below means."""
    if isinstance(error, NotPublic):
        return BlockedAddress(f"{url}: {error}; if it is meant, name its network in `allow_private`")
    code = next(code for kind in type(error).__mro__ if (code := _CODES.get(kind)))
    return FetchError(code, f"{url}: {_WORDS[code]} ({str(error) or type(error).__name__})")


class _Kept:
    """Connections that wait for another request, in the order in which they began to."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[Connection, tuple[float, Place]] = {}
        self._at: dict[Place, list[Connection]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def take(self, place: Place) -> Connection | None:
        """One that leads there, if any is still good."""
        oldest = asyncio.get_running_loop().time() - self._seconds
        while place in self._at:
            connection = self._at[place][-1]
            since, _ = self._since[connection]
            self._forget(connection)
            if since > oldest and connection.is_quiet:
                return connection
            connection.close()
        return None

    def put(self, place: Place, connection: Connection) -> None:
        """Keep it; of too many the one goes that has waited longest."""
        loop = asyncio.get_running_loop()
        connection.rest()
        self._since[connection] = (loop.time(), place)
        self._at.setdefault(place, []).append(connection)
        if len(self._since) > _MAX_KEPT:
            self._drop(next(iter(self._since)))
        if self._timer is None:
            self._timer = loop.call_later(self._seconds, self._retire)

    def close(self) -> None:
        """Close all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for connection in list(self._since):
            self._drop(connection)

    def _retire(self) -> None:
        """Close what has waited for too long; look again when the next one will have."""
        loop = asyncio.get_running_loop()
        now, self._timer = loop.time(), None
        for connection, (since, _) in list(self._since.items()):
            if since + self._seconds > now:
                self._timer = loop.call_at(since + self._seconds, self._retire)
                return
            self._drop(connection)

    def _drop(self, connection: Connection) -> None:
        self._forget(connection)
        connection.close()

    def _forget(self, connection: Connection) -> None:
        _, place = self._since.pop(connection)
        others = self._at[place]
        others.remove(connection)
        if not others:
            del self._at[place]


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it comes. With it ends the use of its connection."""

    def __init__(self, exchange: Exchange, connection: Connection, kept: _Kept, place: Place | None) -> None:
        self._exchange, self._connection, self._kept, self._place = exchange, connection, kept, place

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._exchange.body()

    async def aclose(self) -> None:
        if self._place is not None and self._exchange.is_done and self._exchange.is_clean:
            self._kept.put(self._place, self._connection)
        else:
            self._connection.close()
