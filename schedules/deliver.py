"""The job that carries one event to one endpoint, once: what became of the attempt, and when the next one is due.

Retries follow the schedule of Standard Webhooks over 75 hours; docs/events.md says what receivers may rely on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from db.work_alerts import DeliveryResult
from schedules.alert import Style
from schedules.message import slack_text, webhook_body
from schedules.signing import JSON, signed
from schedules.waits import bug
from scraper.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.work_alerts import DueDelivery
    from schedules.services import Services
    from scraper.http import Door

DEADLINE = timedelta(seconds=15)
# Before the first attempt, the second, …
SCHEDULE = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
# A Retry-After beyond that is a mistake, and would hold back all later events of the article.
LONGEST_WAIT = timedelta(days=7)
# What tells that a receiver is too busy; it rests as long as the delivery that it did not take, but no longer than that
# unless it asks for more.
_BUSY = (429, 502, 503, 504)
_LONGEST_REST = timedelta(minutes=5)
_WORDS = {
    "timeout": f"no answer within {DEADLINE.seconds} s",
    "dns": "its host name cannot be found",
    "connect": "its host does not take connections",
    "tls": "its certificate or encryption is not right",
    "blocked_address": "its address is not on the public internet; name its network in `allow_private` if it is meant",
    "bad_url": "its url in config.toml is no address of the form https://host/path, without a user name",
    "truncated": "it broke off in the middle of its answer",
    "too_large": "its answer has no end",
    "bad_encoding": "its answer cannot be decoded",
    "protocol": "it does not answer in HTTP, or closed the connection",
}
_HINTS = {
    401: "refused; is its secret the same on both sides?",
    403: "refused; is its secret the same on both sides?",
    404: "nobody there; is its url in config.toml right?",
    410: "it wants no more; set another url, or remove it from config.toml",
    429: "too many requests",
}
_MOVED = "it redirects, which is not followed; set the url it redirects to in config.toml"
_BROKEN = "it failed; its own log says why"
_UNKNOWN = "is no longer in config.toml"
# All that may be said of why, for translators.
REASONS = (*_WORDS.values(), *_HINTS.values(), _MOVED, _BROKEN, _UNKNOWN)


Kind = Literal["webhook", "slack", "apprise"]


@dataclass(frozen=True, slots=True)
class Target:
    """An endpoint as the configuration gives it. Where people are told it needs no `secrets`: its url is one."""

    name: str
    kind: Kind
    url: str = field(repr=False)
    secrets: tuple[bytes, ...] = field(default=(), repr=False)
    style: Style = field(default_factory=Style)

    def __post_init__(self) -> None:
        if self.kind == "webhook" and not self.secrets:
            raise ValueError(f"endpoint {self.name!r}: a webhook needs a secret, nothing is sent unsigned")


async def carry(
    due: DueDelivery, target: Target | None, door: Door, services: Services, clock: Callable[[], datetime]
) -> DeliveryResult:
    """Attempt a delivery, by the way in which its endpoint is told."""
    if target is None or target.kind != "apprise":
        return await deliver(due, target, door, clock)
    if why := await services.tell(target.url, due.body, target.style, clock()):
        error = f"endpoint {target.name!r} through Apprise: {why}"
        again = next_attempt(due.event_uid, due.attempts + 1, clock())
        return DeliveryResult(due.id, clock(), False, 0, error, again, reason=why)
    return _delivered(due, 0, clock())


async def deliver(due: DueDelivery, target: Target | None, door: Door, clock: Callable[[], datetime]) -> DeliveryResult:
    """The same through our own door. `target` is None where the endpoint is no longer configured: nobody to tell."""
    if target is None:
        error = f"endpoint {due.endpoint!r} {_UNKNOWN}"
        return DeliveryResult(due.id, clock(), False, 0, error, None, reason=_UNKNOWN)
    body, headers = _request(due, target, clock())
    try:
        answer = await door.post(target.url, body, headers, DEADLINE)
    except FetchError as error:
        return _failed(due, target, clock(), 0, _WORDS.get(error.code, error.code))
    if 200 <= answer.status < 300:
        return _delivered(due, answer.status, clock())
    return _failed(due, target, clock(), answer.status, _reason(answer.status), answer.wait)


def failed(due: DueDelivery, error: Exception, now: datetime) -> DeliveryResult:
    """What to record of an attempt that died of a bug: a failure like any other."""
    again = next_attempt(due.event_uid, due.attempts + 1, now)
    said = bug(error).message
    return DeliveryResult(due.id, now, False, 0, said, again, reason=said)


def next_attempt(uid: str, attempts: int, now: datetime, wait: timedelta | None = None) -> datetime | None:
    """When to try again after `attempts` failures, the last one `now`; None: never.

    The receiver's Retry-After is a floor. Up to a tenth more is added, so that what failed together does not come
    back together; the same for the same attempt, so that it can be tested and repeated.
    """
    if attempts >= len(SCHEDULE):
        return None
    delay = max(SCHEDULE[attempts], min(wait or timedelta(0), LONGEST_WAIT))
    share = int.from_bytes(hashlib.sha256(f"{uid} {attempts}".encode()).digest()[:4], "big") / 2**32
    return now + delay * (1 + share / 10)


def _request(due: DueDelivery, target: Target, now: datetime) -> tuple[bytes, dict[str, str]]:
    if target.kind == "slack":
        return slack_text(due.body, target.style, now), {"content-type": JSON}
    body = webhook_body(due.body)
    return body.encode(), signed(body, due.event_uid, target.secrets, now)


def _delivered(due: DueDelivery, status: int, now: datetime) -> DeliveryResult:
    return DeliveryResult(due.id, now, delivered=True, status=status, error="", next_attempt_at=None)


def _failed(
    due: DueDelivery, target: Target, now: datetime, status: int, reason: str, wait: timedelta | None = None
) -> DeliveryResult:
    gone = status == 410
    again = None if gone else next_attempt(due.event_uid, due.attempts + 1, now, wait)
    host, answered = _host(target.url), f"HTTP {status}: " if status else ""
    error = f"endpoint {target.name!r} at {host}: {answered}{reason}"
    asked = min(wait or timedelta(0), LONGEST_WAIT)
    until = now + max(min((again or now) - now, _LONGEST_REST), asked) if status in _BUSY else None
    not_before = now + asked if asked else None
    return DeliveryResult(due.id, now, False, status, error, again, gone, until, not_before, host, reason)


def _host(url: str) -> str:
    """All of the address that may be shown: path, query and user name may be what lets one in."""
    try:
        return urlsplit(url).hostname or "no host"
    except ValueError:
        return "an address that cannot be read"


def _reason(status: int) -> str:
    return _MOVED if 300 <= status < 400 else _HINTS.get(status, _BROKEN)
