"""A receiver of webhooks on 127.0.0.1 that believes nothing: signed requests go in, verified alerts come out.

It shows all that a receiver of one's own needs: some twenty lines to verify (Standard Webhooks 1.0), and a set of ids.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from schedules.demo.wire import LocalServer, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from schedules.demo.wire import Request

# How old, or how far in the future, a signature may be (Standard Webhooks: replays are refused).
TOLERANCE = timedelta(minutes=5)
PATH = "/newsroom"


class Refused(Exception):
    """What came is not from Nachtrag, is not whole, or is an old request sent again."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A verified alert. `excerpt` marks words [-that went-] and {+that came+}."""

    uid: str
    type: str
    verdict: str
    url: str
    headline: str
    excerpt: str
    stand_before: str
    stand_after: str
    received_at: datetime


def verify(key: bytes, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Check signature and time; names of headers are in lower case.

    Raises:
        Refused: saying why.
    """
    uid, stamp, given = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not (uid and stamp and given):
        raise Refused("it is not signed: webhook-id, webhook-timestamp or webhook-signature is missing")
    expected = hmac.new(key, f"{uid}.{stamp}.".encode() + body, hashlib.sha256).digest()
    # Several signatures stand beside each other while a secret is being changed.
    versions = (part.partition(",") for part in given.split(" "))
    if not any(version == "v1" and hmac.compare_digest(expected, _decoded(text)) for version, _, text in versions):
        raise Refused("its signature is not ours")
    readable = re.fullmatch(r"[0-9]{1,12}", stamp)
    if not readable or abs(now.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        raise Refused(f"it was signed at {stamp[:20]}, more than {TOLERANCE.seconds // 60} minutes from now")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


class DemoReceiver:
    """Hands every alert to whoever listens, once, however often it is sent.

    Attributes:
        secret: what the sender signs with, "whsec_…".
        refusals: why requests were refused, in order.
    """

    def __init__(self, clock: Callable[[], datetime], key: bytes | None = None) -> None:
        self._clock = clock
        self._key = key or secrets.token_bytes(32)
        self._server = LocalServer(self.answer, clock)
        self._seen: set[str] = set()
        self._waiting: list[Alert] = []
        self._on_alert: Callable[[Alert], None] = self._waiting.append
        self.refusals: list[str] = []
        self.secret = f"whsec_{base64.b64encode(self._key).decode()}"

    @property
    def url(self) -> str:
        """Where to send alerts; known once it has started."""
        return self._server.url + PATH

    async def start(self, port: int = 0) -> None:
        """Listen; port 0 takes one that is free."""
        await self._server.start(port)

    async def stop(self) -> None:
        """Stop listening."""
        await self._server.stop()

    def listen(self, on_alert: Callable[[Alert], None]) -> None:
        """Call `on_alert` with every alert from now on, and with those that came before anybody listened."""
        self._on_alert = on_alert
        while self._waiting:
            on_alert(self._waiting.pop(0))

    def answer(self, request: Request) -> Response:
        """204 for what is verified, 401 for what is not, 400 for what is signed and yet no alert."""
        if request.method != "POST" or request.path != PATH:
            return Response(404)
        now = self._clock()
        try:
            verify(self._key, request.headers, request.body, now)
        except Refused as error:
            self.refusals.append(str(error))
            return Response(401)
        try:
            alert = _alert(request, now)
        except (ValueError, KeyError, TypeError):
            self.refusals.append("it is signed, but it is no alert")
            return Response(400)
        if alert.uid not in self._seen:
            self._seen.add(alert.uid)
            self._on_alert(alert)
        return Response(204)


def _alert(request: Request, now: datetime) -> Alert:
    message = json.loads(request.body)
    data = message["data"]
    return Alert(
        uid=request.headers["webhook-id"],
        type=str(message["type"]),
        verdict=str(data["verdict"]),
        url=str(data["url"]),
        headline=str(data.get("headline") or ""),
        excerpt=str(data.get("excerpt") or ""),
        stand_before=str(data.get("stand_before") or ""),
        stand_after=str(data.get("stand_after") or ""),
        received_at=now,
    )
