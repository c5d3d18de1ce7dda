"""Connections to public addresses only: a host name and a port in, a `Wire` out.

A name is resolved once per connection, every address it has is checked, and the connection goes to an address that was
checked, while Host and the name in the certificate stay those of the URL. For nothing else: there is no way around it.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

import httpcore

from scraper.addresses import is_public, is_within

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable
    from datetime import datetime

    from scraper.addresses import Network

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

# Of a name with many addresses so many are tried, so long each; the deadline of the request stands above.
_TRIES = 4
_CONNECT_SECONDS = 5.0
# All heads of one answer together; the 103s before it have no other end.
_HEAD_BYTES = 256 * 1024
_BLANK_LINE = re.compile(rb"\n\r?\n")


class NameNotFound(httpcore.ConnectError):
    """The name has no address."""


class NotPublic(httpcore.ConnectError):
    """The name has an address that must not be connected to."""


class TlsRefused(httpcore.ConnectError):
    """The certificate or the encryption is not acceptable."""


class TooMuch(httpcore.ReadError):
    """More bytes came than the request allows."""


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """All addresses of a name, asked off the event loop.

    Raises:
        NameNotFound: it has none.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # UnicodeError: no host name, a label is too long
        raise NameNotFound(f"{host!r}: {_unresolved(error)}") from error
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def _unresolved(error: Exception) -> str:
    """What the system's answer means to who typed the name."""
    if isinstance(error, socket.gaierror) and error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL):
        return "no name server answers; is this machine online? Try again later"
    if isinstance(error, UnicodeError):
        return "this can be no name of a host; look how the address is spelt"
    return "no name server knows this name; look how the address is spelt"


class Guard(httpcore.AsyncNetworkBackend):
    """Opens connections for `inner` to addresses that are public, or lie within the allowed networks."""

    def __init__(
        self,
        allowed: Iterable[Network],
        clock: Callable[[], datetime],
        resolve: Resolve,
        inner: httpcore.AsyncNetworkBackend,
    ) -> None:
        self._allowed, self._clock, self._resolve, self._inner = tuple(allowed), clock, resolve, inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> Wire:
        """Resolve, check every address, and connect to the first that answers."""
        addresses = await self._resolve(host, port)
        for address in addresses:
            if not is_public(address) and not is_within(address, self._allowed):
                named = f"{address} is" if host == address else f"{host} is {address}, which is"
                raise NotPublic(f"{named} not on the public internet")
        seconds = _CONNECT_SECONDS if timeout is None else timeout
        failure: Exception = NameNotFound(f"the name {host!r} has no address")
        for address in addresses[:_TRIES]:
            try:
                stream = await self._inner.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return Wire(
                    stream, self._name(stream), f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
                )
        raise failure

    def _name(self, stream: httpcore.AsyncNetworkStream) -> str:
        # Ports come round again: with the time, no two connections have the same name.
        _, port, *_ = stream.get_extra_info("client_addr")
        return f"{port}@{self._clock():%Y-%m-%dT%H:%M:%S.%fZ}"


class Wire(httpcore.AsyncNetworkStream):
    """One connection. It limits what an answer may weigh, and notices what a server sends beyond its answer.

    Where an answer may end, a read ends too. So what stands behind the answer stays here, where the next request cannot
    take it for its own answer.

    Attributes:
        name: names the connection, over restarts too.
        peer: address and port at the other end.
        broke_off: the other end closed or reset it.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream, name: str, peer: str) -> None:
        self._stream, self.name, self.peer = stream, name, peer
        self._held = self._tail = b""
        self._to_come: int | None = None
        self._budget = _HEAD_BYTES
        self.broke_off = False

    @property
    def has_rest(self) -> bool:
        """Whether more came than the announced length, and it is not just another answer: the body was cut."""
        return self._to_come == 0 and bool(self._held) and not self._held.startswith(b"HTTP/")

    def expect(self, length: int | None, budget: int) -> None:
        """The head has come. A body follows, of that length or, if None, in chunks; it may weigh up to `budget`."""
        self._to_come, self._tail, self._budget = length, b"", budget

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read up to where the answer may end."""
        data = self._held or await self._receive(max_bytes, timeout)
        end = self._end(data)
        self._held = data[end:]
        self._budget -= end
        if self._budget < 0:
            raise TooMuch("the answer is larger than allowed")
        return data[:end]

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send; the next thing to come is the head of an answer."""
        self._to_come, self._tail, self._budget, self.broke_off = None, b"", _HEAD_BYTES, False
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Wire:
        """Encrypt."""
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except httpcore.ConnectError as error:
            raise TlsRefused(str(error)) from error
        return Wire(stream, self.name, self.peer)

    def get_extra_info(self, info: str) -> Any:
        """Of the connection. httpcore gives up an idle one that is readable: so is one with something left over."""
        if info == "is_readable" and self._held:
            return True
        return self._stream.get_extra_info(info)

    async def _receive(self, max_bytes: int, timeout: float | None) -> bytes:
        try:
            data = await self._stream.read(max_bytes, timeout)
        except httpcore.ReadError:
            self.broke_off = True
            raise
        self.broke_off = not data
        return data

    def _end(self, data: bytes) -> int:
        """How much of the data may belong to the answer. Heads and chunked bodies end in a blank line."""
        if self._to_come is not None:
            end = min(len(data), self._to_come)
            self._to_come -= end
            return end or len(data)
        found = _BLANK_LINE.search(self._tail + data)
        end = found.end() - len(self._tail) if found else len(data)
        self._tail = b"" if found else (self._tail + data)[-2:]
        return end
