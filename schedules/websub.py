"""WebSub (https://www.w3.org/TR/websub/): asks a hub to tell us of news in a feed, and knows its pushes when they come.

A push only says when to poll: what is in it is never read. So the worst that a false one could do is a poll, and it
takes the secret to do even that.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from db.store.subscriptions import UNCONFIRMED
from db.work_hubs import DueSubscription, Subscribed
from schedules.waits import bug
from scraper.errors import FetchError
from scraper.urls import host_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scraper.http import Door

_DEADLINE = timedelta(seconds=20)
_LEASE = timedelta(days=10)
_SIGNATURE = re.compile(r"(sha1|sha256|sha384|sha512)=([0-9a-fA-F]{40,128})")
_RETRY, _RETRY_LATEST = timedelta(minutes=10), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who we are to hubs.

    Attributes:
        url: where the internet reaches our receiver; the paths of subscriptions are put behind it.
        key: all secrets are derived from it, so that none is in the database, which many may read.
    """

    url: str
    key: bytes = field(repr=False)

    def path(self, source_id: int, hub: str, topic: str) -> str:
        """The last piece of the callback address: nobody else can guess it."""
        return self._derived("callback", source_id, hub, topic)[:32]

    def secret(self, source_id: int, hub: str, topic: str) -> str:
        """What the hub signs with; another for each subscription, as a hub is told it."""
        return self._derived("secret", source_id, hub, topic)

    def _derived(self, use: str, source_id: int, hub: str, topic: str) -> str:
        return hmac.new(self.key, "\n".join((use, str(source_id), hub, topic)).encode(), hashlib.sha256).hexdigest()


async def subscribe(
    due: DueSubscription, subscriber: Subscriber, door: Door, clock: Callable[[], datetime]
) -> Subscribed:
    """Ask the hub. It confirms at our receiver, by a request of its own."""
    named = (due.id, due.hub, due.topic)
    form = {
        "hub.mode": "subscribe",
        "hub.topic": due.topic,
        "hub.callback": f"{subscriber.url}/{subscriber.path(*named)}",
        "hub.secret": subscriber.secret(*named),
        "hub.lease_seconds": str(int(_LEASE.total_seconds())),
    }
    headers = {"content-type": "application/x-www-form-urlencoded"}
    try:
        with door.ledger.request(host_key(due.hub), asyncio.get_running_loop().time()) as asked:
            answer = await door.post(due.hub, urlencode(form).encode(), headers, _DEADLINE)
            asked.status = answer.status
    except FetchError as error:
        return failed(due, error.message, clock())
    if not 200 <= answer.status < 300:
        return failed(due, f"the hub {due.hub} says {answer.status}: {answer.text[:200]}", clock(), answer.wait)
    return Subscribed(due.id, "", clock() + UNCONFIRMED)


def failed(due: DueSubscription, why: str | Exception, now: datetime, wait: timedelta | None = None) -> Subscribed:
    """What to record of a request that came to nothing: it is tried again, ever later. The feed is polled as ever."""
    message = why if isinstance(why, str) else bug(why).message
    pause = min(_RETRY * (1 << min(due.failures_in_a_row, 10)), _RETRY_LATEST)
    return Subscribed(due.id, message, now + max(pause, min(wait or timedelta(), _RETRY_LATEST)))


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether X-Hub-Signature is that of the body by this secret."""
    found = _SIGNATURE.fullmatch(signature.strip())
    if found is None:
        return False
    own = hmac.new(secret.encode(), body, found[1]).hexdigest()
    return hmac.compare_digest(own, found[2].lower())
