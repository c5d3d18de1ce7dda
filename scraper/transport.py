"""What carries requests: a transport for httpx over guarded connections. Requests in, undecoded answers out.

One pool per host, HTTP/1.1, no proxies; and what every exception of the libraries below means.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpcore
import httpx

from scraper.errors import BlockedAddress, FetchError
from scraper.wire import Guard, NameNotFound, NotPublic, Resolve, TlsRefused, TooMuch, Wire, resolve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from datetime import datetime

    from scraper.addresses import Network

# Below the five seconds after which Apache and Node close: a request must not cross their closing.
_KEEPALIVE_SECONDS = 4.0
_MAX_POOLS = 200
_UNTIL_CLOSED = 1 << 62
# Every exception of the libraries below has its code; the most specific class counts.
_CODES: dict[type[Exception], str] = {
    NameNotFound: "dns",
    TlsRefused: "tls",
    TooMuch: "too_large",
    httpcore.TimeoutException: "timeout",
    httpcore.NetworkError: "connect",
    httpcore.ProtocolError: "protocol",
    httpcore.UnsupportedProtocol: "bad_url",
    httpcore.ConnectionNotAvailable: "connect",
    httpcore.ProxyError: "connect",
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
    "timeout": "its host takes too long",
    "connect": "no connection to its host",
    "protocol": "its host does not speak proper HTTP",
    "bad_url": "it is no address that can be asked",
}
RAISED = tuple(_CODES)


class Transport(httpx.AsyncBaseTransport):
    """Sends requests over guarded connections.

    Extensions of a request: `budget` limits the bytes of the body with its framing; `fresh` asks for a connection of
    its own. The answer's extension `network_stream` is its `Wire`.
    """

    def __init__(
        self,
        allowed: Iterable[Network],
        per_host: int,
        clock: Callable[[], datetime],
        *,
        resolve: Resolve = resolve,
        backend: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._guard = Guard(allowed, clock, resolve, backend or httpcore.AnyIOBackend())
        self._per_host = per_host
        # One for all: to make one takes as long as many requests.
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._pools: dict[tuple[str, str, int | None], httpcore.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises what httpcore raises, and its kin above."""
        if request.extensions.get("fresh"):
            return await self._send_alone(request)
        key = (request.url.scheme, request.url.host, request.url.port)
        if key not in self._pools:
            await self._retire_pools()
        pool = self._pools.pop(key) if key in self._pools else self._new_pool()
        self._pools[key] = pool
        kept = any(connection.is_idle() and not connection.has_expired() for connection in pool.connections)
        try:
            return await self._send(pool, request)
        except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError) as error:
            # A kept connection may be closed by the other side while our request is under way (RFC 9112 §9.3.1).
            if not kept or isinstance(error, TooMuch):
                raise
        return await self._send_alone(request)

    async def aclose(self) -> None:
        """Close all connections."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    async def _send_alone(self, request: httpx.Request) -> httpx.Response:
        pool = self._new_pool()
        try:
            return await self._send(pool, request, pool)
        except BaseException:
            await pool.aclose()
            raise

    async def _send(
        self,
        pool: httpcore.AsyncConnectionPool,
        request: httpx.Request,
        to_close: httpcore.AsyncConnectionPool | None = None,
    ) -> httpx.Response:
        url = request.url
        answer = await pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        response = httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, to_close), extensions=answer.extensions
        )
        wire = answer.extensions["network_stream"]
        if isinstance(wire, Wire):
            wire.expect(_length(response), request.extensions["budget"])
        return response

    def _new_pool(self) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=self._per_host,
            keepalive_expiry=_KEEPALIVE_SECONDS,
            network_backend=self._guard,
        )

    async def _retire_pools(self) -> None:
        """Close what has been idle for too long, and, of too many, what has been idle longest."""
        for key, pool in list(self._pools.items()):
            if self._pools.get(key) is not pool:  # retired by another request, while we were closing the one before
                continue
            if not all(connection.is_idle() or connection.is_closed() for connection in pool.connections):
                continue
            if len(self._pools) >= _MAX_POOLS or all(connection.has_expired() for connection in pool.connections):
                # Out of sight first: nobody may take it while it is being closed.
                del self._pools[key]
                await pool.aclose()


def fetch_error(url: str, error: Exception) -> FetchError:
    """What an exception of the libraries below means."""
    if isinstance(error, NotPublic):
        return BlockedAddress(f"{url}: {error}; if it is meant, name its network in `allow_private`")
    code = next(code for kind in type(error).__mro__ if (code := _CODES.get(kind)))
    return FetchError(code, f"{url}: {_WORDS[code]} ({str(error) or type(error).__name__})")


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it comes, and the pool that ends with it, if any."""

    def __init__(self, answer: httpcore.Response, to_close: httpcore.AsyncConnectionPool | None) -> None:
        self._answer, self._to_close = answer, to_close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()
        if self._to_close is not None:
            await self._to_close.aclose()


def _length(response: httpx.Response) -> int | None:
    """Bytes of the body; None if it comes in chunks."""
    if response.status_code in (204, 304):
        return 0
    if "transfer-encoding" in response.headers:
        return None
    announced = response.headers.get("content-length")
    return _UNTIL_CLOSED if announced is None else int(announced.partition(",")[0])
