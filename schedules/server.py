"""A small HTTP server: one request a connection, one answer, and a limit on every head, body, time and number of
connections. Whoever listens says what it answers."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, urlsplit

import h11

log = logging.getLogger("nachtrag.server")

_SECONDS, _STOP_SECONDS = 15.0, 1.0
_MAX_HEAD, _MAX_CONNECTIONS = 16 * 1024, 32
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Server(ABC):
    """Listens at `listen` ("host:port") until it is stopped.

    Args:
        max_body: bytes of a request's body; a longer one is answered with 413.
        without: what does not work if nobody can listen there, for the log.
    """

    def __init__(self, listen: str, *, max_body: int, without: str) -> None:
        self._listen, self._max_body, self._without = listen, max_body, without
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def respond(self, request: h11.Request, body: bytes) -> Said:
        """What to answer to a request; to HEAD the same as to GET."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> bool:
        """Listen, or say in the log why that is not possible: all else goes on. Whether it listens."""
        host, _, port = self._listen.rpartition(":")
        try:
            self._server = await asyncio.start_server(self._talk, host.strip("[]"), int(port))
        except OSError as error:
            log.warning("%s cannot be listened at: %s; %s", self._listen, error.strerror, self._without)
        return self._server is not None

    async def stop(self) -> None:
        """Listen no longer; what is being said may be said to its end, if that comes soon."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._talks:
            _, late = await asyncio.wait(self._talks, timeout=_STOP_SECONDS)
            for talk in late:
                talk.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        if task := asyncio.current_task():
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)
        # Only what a stranger can do is left out of the log: a line for each would be a way to fill the disk.
        try:
            if len(self._talks) <= _MAX_CONNECTIONS:
                async with asyncio.timeout(_SECONDS):
                    await self._answer(reader, writer)
        except (TimeoutError, OSError, h11.RemoteProtocolError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_HEAD)
        request, body = await self._heard(talk, reader)
        if request is None:
            return
        said = Said(413) if body is None else await self.respond(request, body)
        headers = [
            ("content-type", said.content_type), ("content-length", str(len(said.body))), ("connection", "close"),
            ("x-content-type-options", "nosniff"), *said.headers,
        ]  # fmt: skip
        data = b"" if request.method == b"HEAD" else said.body
        for event in (h11.Response(status_code=said.status, headers=headers), h11.Data(data=data), h11.EndOfMessage()):
            writer.write(talk.send(event) or b"")
        with suppress(OSError):
            await writer.drain()

    async def _heard(
        self, talk: h11.Connection, reader: asyncio.StreamReader
    ) -> tuple[h11.Request | None, bytes | None]:
        """A request and its body; None for one that is too long. No request: the other side is gone."""
        request: h11.Request | None = None
        body = bytearray()
        while True:
            event = talk.next_event()
            if event is h11.NEED_DATA:
                talk.receive_data(await reader.read(_PIECE))
            elif isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > self._max_body:
                    return request, None
            else:
                return request, bytes(body)


def is_local(listen: str) -> bool:
    """Whether only this machine can ask at "host:port"."""
    host = listen.rpartition(":")[0].strip("[]")
    return host == "localhost" or host.startswith("127.") or host == "::1"


def asked_for(request: h11.Request) -> tuple[str, dict[str, str]]:
    """Path and query of a request; nothing of an address that is none."""
    try:
        parts = urlsplit(request.target.decode("latin-1"))
        return parts.path, {key: found[0] for key, found in parse_qs(parts.query, max_num_fields=20).items()}
    except ValueError:
        return "", {}
