"""The server that hubs talk to (WebSub): it answers their question whether we meant it, and hears that there is news.

It may stand on the open internet behind a proxy, so there is one answer for all who do not know the path.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from db.store import subscriptions
from schedules.server import Said, Server, asked_for
from schedules.websub import is_signed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import h11

    from db.store.connection import Store
    from schedules.websub import Subscriber

log = logging.getLogger("nachtrag.websub")

_MAX_BODY = 8 * 1024 * 1024
_MAX_CHALLENGE = 2_000
_NOBODY = Said(404)

Named = tuple[int, str, str]


class Receiver(Server):
    """Answers hubs at `listen`; where nobody can listen there, feeds are polled all the same."""

    def __init__(self, listen: str, subscriber: Subscriber, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(listen, max_body=_MAX_BODY, without="no hub can confirm or push")
        self._subscriber, self._store, self._clock = subscriber, store, clock

    async def respond(self, request: h11.Request, body: bytes) -> Said:
        """What the hub asks for, or that nobody is there."""
        path, values = asked_for(request)
        named = await self._named(path.rpartition("/")[2])
        if named is None:
            return _NOBODY
        if request.method == b"GET":
            return await self._asked(named, values)
        if request.method == b"POST":
            signatures = [value for name, value in request.headers if name == b"x-hub-signature"]
            return await self._told(named, body, signatures[0].decode("latin-1") if signatures else "")
        return Said(405)

    async def _named(self, path: str) -> Named | None:
        """The subscription whose path that is."""
        wanted = await self._store.ask(subscriptions.topics)
        return next((named for named in wanted if self._subscriber.path(*named) == path), None)

    async def _asked(self, named: Named, values: dict[str, str]) -> Said:
        """The hub asks whether we meant it, or says that it does not want to."""
        mode, topic, challenge = (values.get(f"hub.{key}", "") for key in ("mode", "topic", "challenge"))
        now = self._clock()
        if mode == "denied":
            await self._store.run(subscriptions.deny, named[0], topic, values.get("hub.reason", "no reason given"), now)
            log.warning("the hub %s denies the subscription to %s", named[1], named[2])
            return Said(200)
        # We never ask to be unsubscribed; to what nobody asked for the answer is no (§5.3.1).
        if mode != "subscribe" or not 0 < len(challenge) <= _MAX_CHALLENGE:
            return _NOBODY
        if not await self._store.run(subscriptions.confirm, named[0], topic, _lease(values), now):
            return _NOBODY
        log.info("the hub %s tells us of news in %s", named[1], named[2])
        return Said(200, challenge.encode())

    async def _told(self, named: Named, body: bytes, signature: str) -> Said:
        """A push. One that is not signed is thanked for as well (§7.1.1), and does nothing."""
        if is_signed(body, signature, self._subscriber.secret(*named)):
            await self._store.run(subscriptions.pushed, named[0], self._clock())
        else:
            log.warning("a push for %s is not signed as agreed with %s, and is not heard", named[2], named[1])
        return Said(202)


def _lease(values: dict[str, str]) -> timedelta | None:
    seconds = values.get("hub.lease_seconds", "")
    return timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() and len(seconds) < 10 else None
