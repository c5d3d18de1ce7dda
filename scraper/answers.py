"""What an answer of a server holds: a response whose head has come in, headers, a decoded body or its beginning out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from scraper.charset import storable
from scraper.connection import Connection
from scraper.decoding import BadCoding, decode
from scraper.errors import FetchError
from scraper.page import header
from scraper.transport import RAISED

if TYPE_CHECKING:
    import httpx

    from scraper.page import Headers

# The first characters of what a webhook's receiver says.
_EXCERPT = 500
# 128 bits: nobody makes another page with the same, and three million of them are kept.
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Limits:
    """Most bytes of a body: `wire` as it comes, with its framing; `decoded` after its codings were undone."""

    wire: int
    decoded: int


def headers_of(response: httpx.Response) -> Headers:
    """As served, names in lower case."""
    return tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw)


def connection_of(response: httpx.Response) -> tuple[str, str]:
    """The name of the connection, and the peer; empty if unknown."""
    connection = response.extensions.get("connection")
    return (connection.name, connection.peer) if isinstance(connection, Connection) else ("", "")


async def received(url: str, response: httpx.Response, limit: int) -> bytes:
    """The whole body as it comes over the wire, still encoded.

    Raises:
        FetchError: it says that it is larger than `limit` bytes.
        httpx.TransportError: it is not complete, or larger.
    """
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise FetchError("too_large", f"{url}: announces {announced} bytes; {limit} are allowed")
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
    return bytes(body)


def decoded(url: str, headers: Headers, body: bytes, limit: int) -> bytes:
    """The body without its content codings.

    Raises:
        FetchError: it cannot be decoded, or is larger than `limit` bytes then.
    """
    # Several headers mean one list (RFC 9110 §5.3).
    codings = ",".join(value for name, value in headers if name == "content-encoding")
    try:
        return decode(body, codings, limit)
    except BadCoding as error:
        raise FetchError(error.code, f"{url}: {error}") from error


def digest(status: int, way: tuple[tuple[int, str], ...], url: str, headers: Headers, body: bytes) -> str:
    """A hash of the body as it came, with all else that a reading of it rests on: what says how to decode it, and the
    address with the `way` there. Equal ones read equal, but for what only the time of the look can tell."""
    rest = (status, way, url, [value for name, value in headers if name == "content-encoding"])
    mark = sha256(repr((*rest, header(headers, "content-type"))).encode("utf-8", "surrogatepass"))
    mark.update(body)
    return mark.hexdigest()[:_DIGEST]


async def excerpt(response: httpx.Response, timeout: asyncio.Timeout) -> str:
    """The beginning of an answer, as far as it comes in time: its status is known, so nothing more can go wrong."""
    when = timeout.when()
    timeout.reschedule(None)
    start = bytearray()
    try:
        async with asyncio.timeout_at(when):
            async for piece in response.aiter_raw():
                start += piece
                if len(start) >= _EXCERPT * 4:
                    break
    except RAISED:
        pass
    return storable(start.decode("utf-8", "replace"))[:_EXCERPT]
