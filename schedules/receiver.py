"""The server that hubs talk to (WebSub): it answers their question whether we meant it, and hears that there is news.

It may stand on the open internet behind a proxy, so every head, body, time and number of connections has a limit, and
there is one answer for all who do not know the path.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlsplit

import h11

from db.store import subscriptions
from schedules.websub import is_signed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.store.connection import Store
    from schedules.websub import Subscriber

log = logging.getLogger("nachtrag.websub")

_SECONDS, _STOP_SECONDS = 15.0, 1.0
_MAX_HEAD, _MAX_BODY, _MAX_CONNECTIONS = 16 * 1024, 8 * 1024 * 1024, 32
_PIECE = 64 * 1024
_MAX_CHALLENGE = 2_000
_NOBODY = (404, b"")

Named = tuple[int, str, str]


class Receiver:
    """Listens at `listen` ("host:port") until it is stopped."""

    def __init__(self, listen: str, subscriber: Subscriber, store: Store, clock: Callable[[], datetime]) -> None:
        self._listen, self._subscriber, self._store, self._clock = listen, subscriber, store, clock
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, or say in the log why that is not possible: feeds are polled all the same."""
        host, _, port = self._listen.rpartition(":")
        try:
            self._server = await asyncio.start_server(self._talk, host.strip("[]"), int(port))
        except OSError as error:
            log.warning("%s cannot be listened at: %s; no hub can confirm or push", self._listen, error.strerror)

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
        request, body = await _heard(talk, reader)
        if request is None:
            return
        status, said = (413, b"") if body is None else await self._respond(request, body)
        headers = [
            ("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(said))), ("connection", "close"),
            ("x-content-type-options", "nosniff"),
        ]  # fmt: skip
        for event in (h11.Response(status_code=status, headers=headers), h11.Data(data=said), h11.EndOfMessage()):
            writer.write(talk.send(event) or b"")
        with suppress(OSError):
            await writer.drain()

    async def _respond(self, request: h11.Request, body: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        path, values = _target(request)
        named = await self._named(path.rpartition("/")[2])
        if named is None:
            return _NOBODY
        if request.method == b"GET":
            return await self._asked(named, values)
        if request.method == b"POST":
            signatures = [value for name, value in request.headers if name == b"x-hub-signature"]
            return await self._told(named, body, signatures[0].decode("latin-1") if signatures else "")
        return 405, b""

    async def _named(self, path: str) -> Named | None:
        """The subscription whose path that is."""
        wanted = await self._store.ask(subscriptions.topics)
        return next((named for named in wanted if self._subscriber.path(*named) == path), None)

    async def _asked(self, named: Named, values: dict[str, str]) -> tuple[int, bytes]:
        """The hub asks whether we meant it, or says that it does not want to."""
        mode, topic, challenge = (values.get(f"hub.{key}", "") for key in ("mode", "topic", "challenge"))
        now = self._clock()
        if mode == "denied":
            await self._store.run(subscriptions.deny, named[0], topic, values.get("hub.reason", "no reason given"), now)
            log.warning("the hub %s denies the subscription to %s", named[1], named[2])
            return 200, b""
        # We never ask to be unsubscribed; to what nobody asked for the answer is no (§5.3.1).
        if mode != "subscribe" or not 0 < len(challenge) <= _MAX_CHALLENGE:
            return _NOBODY
        if not await self._store.run(subscriptions.confirm, named[0], topic, _lease(values), now):
            return _NOBODY
        log.info("the hub %s tells us of news in %s", named[1], named[2])
        return 200, challenge.encode()

    async def _told(self, named: Named, body: bytes, signature: str) -> tuple[int, bytes]:
        """A push. One that is not signed is thanked for as well (§7.1.1), and does nothing."""
        if is_signed(body, signature, self._subscriber.secret(*named)):
            await self._store.run(subscriptions.pushed, named[0], self._clock())
        else:
            log.warning("a push for %s is not signed as agreed with %s, and is not heard", named[2], named[1])
        return 202, b""


def _target(request: h11.Request) -> tuple[str, dict[str, str]]:
    """Path and query of a request; nothing of an address that is none."""
    try:
        parts = urlsplit(request.target.decode("latin-1"))
        return parts.path, {key: found[0] for key, found in parse_qs(parts.query, max_num_fields=20).items()}
    except ValueError:
        return "", {}


def _lease(values: dict[str, str]) -> timedelta | None:
    seconds = values.get("hub.lease_seconds", "")
    return timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() and len(seconds) < 10 else None


async def _heard(talk: h11.Connection, reader: asyncio.StreamReader) -> tuple[h11.Request | None, bytes | None]:
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
            if len(body) > _MAX_BODY:
                return request, None
        else:
            return request, bytes(body)
