"""Connections to public addresses only: a host name and a port in, a connected socket out.

A name is resolved once per connection, every address it has is checked, and the connection goes to an address that was
checked, while Host and the name in the certificate stay those of the URL. For nothing else: there is no way around it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import httpx

from scraper.addresses import is_public, is_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.addresses import Network

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
Connect = Callable[[str, int], Awaitable[socket.socket]]

# Of a name with many addresses so many are tried, so long each; the deadline of the request stands above.
_TRIES = 4
_CONNECT_SECONDS = 5.0


class NameNotFound(httpx.ConnectError):
    """The name has no address."""


class NotPublic(httpx.ConnectError):
    """The name has an address that must not be connected to."""


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


async def connect(address: str, port: int) -> socket.socket:
    """A socket that is connected to an IP address. Raises OSError."""
    wire = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        wire.setblocking(False)
        await asyncio.get_running_loop().sock_connect(wire, (address, port))
    except BaseException:
        wire.close()
        raise
    return wire


class Guard:
    """Connects to addresses that are public, or lie within the allowed networks."""

    def __init__(self, allowed: Iterable[Network], resolve: Resolve, connect: Connect) -> None:
        self._allowed, self._resolve, self._connect = tuple(allowed), resolve, connect

    async def open(self, host: str, port: int) -> tuple[socket.socket, str]:
        """Resolve, check every address, and connect to the first that answers; says to which, as in an address.

        Raises:
            NameNotFound, NotPublic: there is nothing to connect to.
            httpx.ConnectError, httpx.ConnectTimeout: nobody there.
        """
        addresses = await self._resolve(host, port)
        for address in addresses:
            if not is_public(address) and not is_within(address, self._allowed):
                named = f"{address} is" if host == address else f"{host} is {address}, which is"
                raise NotPublic(f"{named} not on the public internet")
        failure: httpx.TransportError = NameNotFound(f"the name {host!r} has no address")
        for address in addresses[:_TRIES]:
            try:
                async with asyncio.timeout(_CONNECT_SECONDS):
                    wire = await self._connect(address, port)
            except TimeoutError:
                failure = httpx.ConnectTimeout(f"{address} does not answer")
            except OSError as error:
                failure = httpx.ConnectError(error.strerror or str(error))
            else:
                return wire, f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        raise failure
