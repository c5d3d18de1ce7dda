"""The job that decides who is told of an event. Pure: `now` is an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changes.routing import told
from db.work import Routing

if TYPE_CHECKING:
    from datetime import datetime

    from db.work import DueEvent


def route(due: DueEvent, now: datetime) -> Routing:
    """The endpoints whose wishes cover the event, or that were told what it takes back; none is an answer too."""
    return Routing(event_id=due.id, at=now, endpoints=told(due.type, due.endpoints, due.heard, due.earlier))
