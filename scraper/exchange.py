"""One request and its answer on a connection: bytes as they come in, status, headers and the pieces of the body out.

The parser is llhttp, that of Node. It never sees more than one answer: what stands behind the end of an answer is no
part of the next one, and makes its connection unfit for it.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import httpx
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# One head, and all heads of one answer together: the 103s before it have no other end.
_HEAD_BYTES = 100 * 1024
_HEADS_BYTES = 256 * 1024
_BLANK_LINE = re.compile(rb"\n\r?\n")
# More than will ever come: the body ends with the connection.
_UNTIL_CLOSED = 1 << 62


class TooMuch(httpx.ReadError):
    """More bytes came than the request allows."""


class CutShort(httpx.RemoteProtocolError):
    """The answer began, and is not complete."""


class Exchange:
    """What has come of one answer. Every method but the two to wait with is called as bytes come.

    Attributes:
        status, headers: once `has_head`; names as they came.
        is_done: the answer is complete.
        is_clean: nothing came beyond it, and the server means to go on.
    """

    def __init__(self, budget: int) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.has_head = self.is_done = self.is_clean = False
        self._budget = budget
        self._parser = _parser(self)
        self._parsed = False
        self._head = self._heads = 0
        self._tail = b""
        # Bytes of the body that are still to come; None: it comes in chunks, and the parser knows.
        self._to_come: int | None = None
        self._until_closed = False
        self._pieces: list[bytes] = []
        self._failure: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    async def head(self) -> None:
        """Wait for status and headers.

        Raises:
            httpx.TransportError: they did not come, or what came was no HTTP.
        """
        while not self.has_head:
            if self._failure is not None:
                raise self._failure
            await self._news()

    async def body(self) -> AsyncIterator[bytes]:
        """The body as it comes, without its framing.

        Raises:
            CutShort: the connection ended, or more came than was announced: it was another length that was meant.
            TooMuch: it is larger than the budget.
            httpx.TransportError: its framing is wrong.
        """
        while True:
            while self._pieces:
                pieces, self._pieces = self._pieces, []
                yield b"".join(pieces)
            if self._failure is not None:
                raise self._failure
            if self.is_done:
                return
            await self._news()

    def take(self, data: bytes) -> None:
        """Bytes came."""
        if self.is_done or self._failure is not None:
            self.is_clean = False
            return
        try:
            self._take(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self.fail(httpx.RemoteProtocolError(str(error)))
        except httpx.TransportError as error:
            self.fail(error)
        if self.has_head:
            self._wake()

    def end(self, error: Exception | None) -> None:
        """The other side closed the connection, or, with an error, it broke."""
        self.is_clean = False
        if self.is_done:
            return
        if not self.has_head:
            why = httpx.RemoteProtocolError("the connection was closed without an answer")
            self.fail(why if error is None else httpx.ReadError(str(error)))
        elif self._until_closed and error is None:
            self.is_done = True
            self._wake()
        else:
            self.fail(CutShort("the connection ended in the middle of the answer"))

    def fail(self, error: Exception) -> None:
        """Nothing more can come of it."""
        self._failure, self.is_clean = self._failure or error, False
        self._wake()

    def on_message_begin(self) -> None:
        """Called by the parser, as are the other `on_…`."""
        if self.is_done:
            self.is_clean = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer, which nobody needs."""
        if not self.has_head:
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head of this answer, or of another behind it. What follows from it is forgotten with the message."""
        if not self.has_head:
            self._parsed, self.is_clean = True, self._parser.should_keep_alive()

    def on_body(self, piece: bytes) -> None:
        """A piece of a chunk."""
        if not self.is_done:
            self._pieces.append(piece)

    def on_message_complete(self) -> None:
        """The last chunk has come; of what has no chunks, we count."""
        if self.has_head:
            self.is_done = True

    def _take(self, data: bytes) -> None:
        start = 0
        while start < len(data) and not self.has_head:
            start = self._take_head(data, start)
        rest = data[start:] if start else data
        if rest and not self.is_done:
            rest = self._take_body(rest)
        if rest:
            self._beyond(rest)

    def _take_head(self, data: bytes, start: int) -> int:
        """Parse up to where the head may end, and say where that is."""
        end = self._may_end(data, start)
        self._head += end - start
        self._heads += end - start
        if self._head > _HEAD_BYTES:
            raise httpx.RemoteProtocolError(f"headers of more than {_HEAD_BYTES} bytes")
        if self._heads > _HEADS_BYTES:
            raise TooMuch("the answer does not begin")
        self._parser.feed_data(data[start:end])
        if self._parsed:
            self._end_head()
        return end

    def _may_end(self, data: bytes, start: int) -> int:
        """Behind the next blank line, which may have begun in what came before."""
        found = _BLANK_LINE.search(self._tail + data[start : start + 2])
        if found:
            end = start + found.end() - len(self._tail)
        else:
            found = _BLANK_LINE.search(data, start)
            end = found.end() if found else len(data)
        self._tail = b"" if found else (self._tail + data[-2:])[-2:]
        return end

    def _end_head(self) -> None:
        self.status = self._parser.get_status_code()
        if any(b"\0" in value or name.endswith((b" ", b"\t")) for name, value in self.headers):
            raise httpx.RemoteProtocolError("a header with a NUL in it, or a blank before its colon")
        if 100 <= self.status < 200:  # the answer proper is still to come
            self._parser, self._parsed, self.headers, self._head = _parser(self), False, [], 0
            return
        self._to_come = _length(self.status, self.headers)
        self._until_closed = self._to_come == _UNTIL_CLOSED
        self.has_head, self.is_done = True, self._to_come == 0

    def _take_body(self, data: bytes) -> bytes:
        """Take what belongs to the body; what stands behind comes back."""
        if self._to_come is None:
            self._spend(len(data))
            self._take_chunks(data)
            return b""
        piece, rest = data[: self._to_come], data[self._to_come :]
        self._spend(len(piece))
        self._pieces.append(piece)
        self._to_come -= len(piece)
        self.is_done = self._to_come == 0
        return rest

    def _take_chunks(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            if not self.is_done:
                raise
            self.is_clean = False

    def _beyond(self, data: bytes) -> None:
        """More came than the announced length. If it is not just another answer, the body was cut."""
        self.is_clean = False
        if self._to_come is not None and not data.startswith(b"HTTP/"):
            self.fail(CutShort("the answer is longer than its Content-Length says"))

    def _spend(self, count: int) -> None:
        self._budget -= count
        if self._budget < 0:
            raise TooMuch("the answer is larger than allowed")

    async def _news(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _parser(exchange: Exchange) -> HttpResponseParser:
    parser = HttpResponseParser(exchange)
    # What browsers take, too: folded headers and odd characters in them, bare line feeds, blanks behind the size of a
    # chunk, and a length beside chunks, which then says nothing (RFC 9112 §6.3).
    parser.set_dangerous_leniencies(
        lenient_headers=True,
        lenient_optional_cr_before_lf=True,
        lenient_spaces_after_chunk_size=True,
        lenient_chunked_length=True,
    )
    return parser


def _length(status: int, headers: list[tuple[bytes, bytes]]) -> int | None:
    """Bytes of the body; None if it comes in chunks. The parser has seen to it that a length is one number."""
    if status in (204, 304):
        return 0
    codings = [value.strip().lower() for name, value in headers if name.lower() == b"transfer-encoding"]
    if codings:
        if codings != [b"chunked"]:
            raise httpx.RemoteProtocolError(f"unknown Transfer-Encoding {b', '.join(codings)[:40]!r}")
        return None
    announced = next((value for name, value in headers if name.lower() == b"content-length"), None)
    return _UNTIL_CLOSED if announced is None else int(announced)
