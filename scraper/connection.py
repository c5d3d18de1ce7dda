"""A connection that speaks HTTP/1.1: requests out, one after the other, an `Exchange` for each in."""

from __future__ import annotations

import asyncio
import re
import select
from typing import TYPE_CHECKING, cast

import httpx

from scraper.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterable

_METHOD_AND_TARGET = re.compile(rb"[A-Z]+ [\x21-\x7e]+")
_FIELD = re.compile(
    rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+: (?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?"
)


class Connection(asyncio.Protocol):
    """One connection.

    Attributes:
        name: names the connection, over restarts too.
        peer: address and port at the other end.
    """

    def __init__(self, name: str, peer: str) -> None:
        self.name, self.peer = name, peer
        self._exchange: Exchange | None = None
        self._transport: asyncio.Transport | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether it is open and nothing came that nobody asked for; not even what the event loop has yet to hear."""
        wire = self._transport
        if wire is None or wire.is_closing():
            return False
        poll = select.poll()
        poll.register(wire.get_extra_info("socket").fileno(), select.POLLIN)
        return not poll.poll(0)

    def ask(self, head: bytes, body: bytes, budget: int) -> Exchange:
        """Send a request; up to `budget` bytes may come for its body. The answer before must have been complete.

        Raises:
            httpx.WriteError: the connection is closed.
        """
        if self._transport is None or self._transport.is_closing():
            raise httpx.WriteError("the connection is closed")
        self._exchange = Exchange(budget)
        self._transport.write(head + body)
        return self._exchange

    def rest(self) -> None:
        """No answer is under way: whatever comes now, nobody asked for."""
        self._exchange = None

    def close(self) -> None:
        """Close it, at once if an answer is under way."""
        wire, exchange = self._transport, self._exchange
        if wire is None:
            return
        if exchange is None or exchange.is_done:
            wire.close()
        else:
            wire.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop, as are the others below."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        if self._exchange is None:
            self.close()
        else:
            self._exchange.take(data)

    def eof_received(self) -> None:
        """The other side will send no more."""
        if self._exchange is not None:
            self._exchange.end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        if self._exchange is not None:
            self._exchange.end(exc)


def head_of(method: str, target: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The head of a request as it is sent.

    Raises:
        httpx.LocalProtocolError: something in it cannot be sent.
    """
    asked = b"%s %s" % (method.encode(), target)
    fields = [b"%s: %s" % field for field in headers]
    if _METHOD_AND_TARGET.fullmatch(asked) is None or not all(map(_FIELD.fullmatch, fields)):
        raise httpx.LocalProtocolError("the request has characters that cannot be sent")
    return b"\r\n".join((asked + b" HTTP/1.1", *fields, b"", b""))
