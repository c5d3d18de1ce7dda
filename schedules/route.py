"""The job that decides who is told of an event, and when. Pure: `now` is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from changes.routing import Rules, unmet
from db.work_alerts import Recipient, Routing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from db.work_alerts import DueEvent
    from schedules.times import Cron, Quiet


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an endpoint wants to be told, and when.

    Attributes:
        quiet: hours in which it is told nothing; what comes up is held until they end.
        digest: when it is told all that came up since; None: it is told at once.
        per_hour: so many an hour at most; what is more is held.
    """

    rules: Rules
    quiet: Quiet | None = None
    digest: Cron | None = None
    per_hour: int | None = None

    def is_quiet(self, now: datetime) -> bool:
        """Whether it is told nothing now."""
        return self.quiet is not None and self.quiet.until(now) is not None

    def held_until(self, now: datetime) -> datetime | None:
        """When what comes up now may be told; None: at once."""
        at = self.digest.after(now) if self.digest is not None else now
        end = self.quiet.until(at) if self.quiet is not None else None
        return end or (at if self.digest is not None else None)


def route(due: DueEvent, wishes: Mapping[str, Wishes], now: datetime) -> Routing:
    """The endpoints whose wishes cover the event, or that are told already what it corrects; none is an answer too."""
    return Routing(due.id, now, tuple(_recipients(due, wishes, now)))


def _recipients(due: DueEvent, wishes: Mapping[str, Wishes], now: datetime) -> Iterator[Recipient]:
    # A false accusation is not to stand for a night, nor for ever where somebody can be told only later.
    at_once = {name for name, takes_back in due.heard.items() if takes_back}
    yield from (Recipient(name, at_once=True) for name in due.heard if name in at_once)
    if due.news.verdict == "misread":  # of no edit nobody else was told: there is nothing to take back
        return
    for name in due.active:
        if name in at_once or name not in wishes or (name not in due.heard and unmet(due.news, wishes[name].rules)):
            continue
        yield Recipient(name, wishes[name].held_until(now), wishes[name].per_hour)
