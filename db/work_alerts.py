"""The contract between the store and the jobs that tell people; the others are in db/work.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from changes.routing import News


@dataclass(frozen=True, slots=True)
class DueEvent:
    """An event that nobody was told of yet.

    Attributes:
        active: names of the endpoints that can be told.
        heard: of what corrects, such as a new ruling: endpoints that are told what it corrects → whether it takes back
            what they were told, or are being; False: that is held for them, never went out, or said nothing yet.
        taken_down: the words of its article were; `waits`: nobody is told while its site is not read as before. Both
            are known only of an event that somebody asked about.
    """

    id: int
    news: News
    active: tuple[str, ...]
    heard: Mapping[str, bool] = field(default_factory=dict)
    taken_down: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is to be told.

    Attributes:
        held_until: told then, together with what else is held; None: at once.
        per_hour: so many an hour are let through, what is more is held; None: however many there are.
        at_once: what is held of the article is not waited for: something that was told is taken back.
    """

    endpoint: str
    held_until: datetime | None = None
    per_hour: int | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Routing:
    """Who is to be told of an event."""

    event_id: int
    at: datetime
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """One event on its way to one endpoint.

    Attributes:
        event_uid: the id that the receiver sees; the same at every attempt.
        body: the event as JSON: {"type", "timestamp", "data"}.
        attempts: how many were made before this one.
    """

    id: int
    endpoint: str
    event_uid: str
    body: str
    attempts: int


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What became of an attempt.

    Attributes:
        status: HTTP status, 0 if none came.
        error: why it failed, with the name of the endpoint; empty if it did not.
        next_attempt_at: None where there is to be no other: it is done, or dead.
        disable: the receiver said 410: it wants nothing more.
        rests_until: the receiver is too busy: it is told nothing before; None: it is not.
        not_before: the receiver asked not to be sent it before (Retry-After).
        host: that was asked, where we ask it ourselves; reason: why it failed, without it and the status.
    """

    delivery_id: int
    at: datetime
    delivered: bool
    status: int
    error: str
    next_attempt_at: datetime | None
    disable: bool = False
    rests_until: datetime | None = None
    not_before: datetime | None = None
    host: str = ""
    reason: str = ""
