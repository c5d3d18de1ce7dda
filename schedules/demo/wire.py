"""A small HTTP/1.1 server on 127.0.0.1: a function from `Request` to `Response` is all it asks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

HOST = "127.0.0.1"
_LARGEST_BODY = 1 << 20
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; names of headers are in lower case, `path` is without the query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered. `Date`, `Content-Length` and `Connection` are added where they are missing."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class BadRequest(Exception):
    """What came is no HTTP request that this server understands."""


class LocalServer:
    """Answers one request per connection, so that every look at the newspaper is one on a connection of its own."""

    def __init__(self, answer: Callable[[Request], Response], clock: Callable[[], datetime]) -> None:
        self._answer, self._clock = answer, clock
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.url = ""

    async def start(self, port: int = 0) -> None:
        """Listen; port 0 takes one that is free."""
        self._server = await asyncio.start_server(self._converse, HOST, port)
        self.url = f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening and hang up on everybody: browsers keep idle connections open."""
        if self._server is not None:
            self._server.close()
            for writer in tuple(self._open):
                writer.close()
            await self._server.wait_closed()
            self._server = None

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._exchange(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            pass  # whoever it was went away, or never said what it wanted
        finally:
            self._open.discard(writer)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method = ""
        try:
            request = await _read(reader)
            method, response = request.method, self._answer(request)
        except BadRequest as error:
            response = Response(400, (("Content-Type", "text/plain; charset=utf-8"),), f"{error}\n".encode())
        writer.write(self._bytes(response, with_body=method != "HEAD"))
        await writer.drain()

    def _bytes(self, response: Response, *, with_body: bool) -> bytes:
        given = {name.lower() for name, _ in response.headers}
        ours = (
            ("Date", http_date(self._clock())),
            ("Content-Length", str(len(response.body))),
            ("Connection", "close"),
        )
        bodiless = response.status in (204, 304)
        headers = (*response.headers, *(item for item in ours if item[0].lower() not in given))
        lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers if not (bodiless and name == "Content-Length")]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        return head + (response.body if with_body and not bodiless else b"")


def http_date(instant: datetime) -> str:
    """An instant in UTC as HTTP writes it, to the second."""
    return format_datetime(instant, usegmt=True)


async def _read(reader: asyncio.StreamReader) -> Request:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise BadRequest("the head of the request is too long") from None
    first, *lines = head.decode("latin-1").split("\r\n")
    try:
        method, target, _ = first.split(" ")
    except ValueError:
        raise BadRequest(f"{first[:80]!r} is no request line") from None
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
    }
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit() and int(length) <= _LARGEST_BODY):
        raise BadRequest(f"a Content-Length of {length[:20]!r} cannot be served; expected 0 to {_LARGEST_BODY}")
    return Request(method, target.partition("?")[0], headers, await reader.readexactly(int(length)))
