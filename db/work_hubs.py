"""The contract between the store and the job that asks hubs (WebSub); the others are in db/work.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class DueSubscription:
    """A hub to ask that it tells us of news in a feed (WebSub). `id`: of the source."""

    id: int
    name: str
    hub: str
    topic: str
    failures_in_a_row: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What the hub answered: `error` empty, or why not. `again_at`: to be asked again then, unless it confirms."""

    id: int
    error: str
    again_at: datetime
