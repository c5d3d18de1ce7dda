"""A real server on 127.0.0.1 that says what a test tells it to, byte for byte, and a wire that leads there."""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from scraper.addresses import networks
from scraper.http import Door, FetchSettings
from scraper.transport import Transport
from scraper.wire import connect

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Container, Sequence

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# Any public address: it is never reached, the wire leads home.
PUBLIC = "93.184.215.14"

# What a script may hold beside bytes.
CLOSE = "close"
RESET = "reset"
STALL = "say nothing more"
Script = "bytes | tuple[bytes | str, ...]"


def clock() -> datetime:
    return NOW


def http(body: bytes = b"", *headers: str, status: str = "200 OK", length: bool = True) -> bytes:
    """An answer in one piece."""
    lines = [f"HTTP/1.1 {status}", *headers, *([f"Content-Length: {len(body)}"] if length else [])]
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1") + b"\r\n" + body


def chunked(body: bytes, *headers: str) -> bytes:
    """An answer in one chunk."""
    head = http(b"", "Transfer-Encoding: chunked", *headers, length=False)
    return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


class Server:
    """Answers each path with its script, the last of a list again and again. Unknown paths are 404.

    Attributes:
        heads: of the requests, in order; bodies: what came with them.
        writer: of the connection that was opened last.
        connections: how many were opened; open: how many are; busy: requests under way, most_busy: at once.
    """

    def __init__(self, scripts: dict[str, object], tls: ssl.SSLContext | None = None) -> None:
        self.scripts, self._tls = scripts, tls
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = self.open = self.most_open = self.busy = self.most_busy = 0
        self._end = asyncio.Event()
        self._news = asyncio.Condition()
        self._talks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._end.set()
        self._server.close()
        await asyncio.gather(*self._talks)

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.heads]

    async def asked(self, count: int) -> None:
        """Wait until so many requests are under way."""
        async with self._news:
            await self._news.wait_for(lambda: self.busy >= count)

    async def said_all(self) -> None:
        """Wait until no request is under way."""
        async with self._news:
            await self._news.wait_for(lambda: not self.busy)

    async def left(self, count: int) -> None:
        """Wait until no more connections are open than that."""
        async with self._news:
            await self._news.wait_for(lambda: self.open <= count)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talks.add(asyncio.current_task())  # type: ignore[arg-type]  # the server started it
        self.connections += 1
        self.writer = writer
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        end = asyncio.ensure_future(self._end.wait())
        talk = asyncio.ensure_future(self._talk(reader, writer))
        await asyncio.wait((end, talk), return_when=asyncio.FIRST_COMPLETED)
        for task in (end, talk):
            task.cancel()
        await asyncio.gather(end, talk, return_exceptions=True)
        writer.close()
        self.open -= 1
        async with self._news:
            self._news.notify_all()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
            self.bodies.append(await reader.readexactly(int(length[1])) if length else b"")
            self.heads.append(head)
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)
            async with self._news:
                self._news.notify_all()
            try:
                if await self._say(self._script(head.split(" ")[1]), writer):
                    return
            finally:
                self.busy -= 1
                async with self._news:
                    self._news.notify_all()

    def _script(self, path: str) -> tuple[bytes | str, ...]:
        script = self.scripts.get(path, http(b"nothing here", status="404 Not Found"))
        if isinstance(script, list):
            script = script.pop(0) if len(script) > 1 else script[0]
        return script if isinstance(script, tuple) else (script,)  # type: ignore[return-value]  # a test's own data

    async def _say(self, script: tuple[bytes | str, ...], writer: asyncio.StreamWriter) -> bool:
        """Say it; whether the connection is over."""
        for part in script:
            if part == RESET:
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                writer.transport.abort()
            if part in (CLOSE, RESET):
                return True
            if part == STALL:
                await self._end.wait()
            if isinstance(part, bytes):
                writer.write(part)
                await writer.drain()
                # So that the parts travel one by one.
                await asyncio.sleep(0)
        return False


class Home:
    """Connects really, but whatever is sent to public addresses arrives at 127.0.0.1. `dead` ones take no connection.

    Attributes:
        asked: the addresses that a connection was wanted to.
    """

    def __init__(self, dead: Container[str] = ()) -> None:
        self.asked: list[tuple[str, int]] = []
        self._dead = dead

    async def connect(self, address: str, port: int) -> socket.socket:
        self.asked.append((address, port))
        if address in self._dead:
            raise ConnectionRefusedError("nobody there")
        return await connect("127.0.0.1", port)


async def all_public(host: str, port: int) -> tuple[str, ...]:
    """A resolver to which every name is public, and addresses are themselves."""
    return (host if re.fullmatch(r"[\d.]+|.*:.*", host) else "127.0.0.1" if host == "localhost" else PUBLIC,)


@asynccontextmanager
async def guarded(
    *,
    home: Home | None = None,
    resolve: Callable[[str, int], Awaitable[Sequence[str]]] = all_public,
    tls: ssl.SSLContext | None = None,
    gap: timedelta = timedelta(0),
    deadline: timedelta = timedelta(minutes=1),
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    allow_private: tuple[str, ...] = (),
    per_host: int = 1,
    clock: Callable[[], datetime] = clock,
    idle: timedelta = timedelta(minutes=1),
    asleep: Callable[[str], datetime | None] = lambda _host: None,
) -> AsyncIterator[Door]:
    """The real door with its guard; names are public, and all that is public leads to the servers of the test."""
    settings = FetchSettings("Nachtrag/test", per_host, gap, allow_private, deadline)
    lead = (home or Home()).connect
    transport = Transport(networks(allow_private), clock, resolve=resolve, connect=lead, tls=tls, idle=idle)
    async with Door(settings, clock, transport=transport, pause=pause, asleep=asleep) as door:
        yield door
