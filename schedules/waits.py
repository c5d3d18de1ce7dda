"""When to look again by age alone, or where something is wrong or open; the name of a fault of our own. Pure.

By age: the younger the text, the sooner: a fixed share of the time since it was first seen or last changed,
within bounds.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from changes.case import LONGEST_WAIT, wait
from db.work import Failure, Outcome
from scraper.errors import HostRests, HttpStatus
from scraper.politeness import MAX_WAIT

if TYPE_CHECKING:
    from datetime import datetime

    from changes.case import Patience
    from changes.change import Practice
    from db.work import History
    from scraper.errors import ScrapeError

# Edits come early: at 12 % of its age an article is looked at about twenty times in its first day (docs/running.md).
_SHARE = 0.12
_SOONEST = timedelta(minutes=5)
_LATEST = timedelta(days=30)
# The longest wait that there is, whoever asks for it, if the configuration asks for none that is longer.
LONGEST = max(_LATEST, MAX_WAIT)
# A failing page is asked again soon, then ever later.
_RETRY = timedelta(minutes=5)
_RETRY_LATEST = timedelta(days=1)
# docs/rulings.md: gone needs two sightings at least that far apart.
MISSING_APART = timedelta(minutes=10)
# A page that is gone is looked at now and then: some return.
_GONE_SHARE = 0.5
_GONE_SOONEST = timedelta(hours=1)
_OLD_COPY_AGAIN = timedelta(minutes=5)
_LONG_AGO = timedelta(days=1)


def after_trouble(
    history: History, outcome: Outcome, now: datetime, interval: timedelta | None = None
) -> datetime | None:
    """When to look again at an article that was not there, or could not be read; None: nothing is wrong with it.

    Args:
        interval: at which it is looked at else; what is shorter than the usual wait is the first one here.
    """
    if outcome in (Outcome.FAILED, Outcome.UNREADABLE):
        return now + min(min(interval or _RETRY, _RETRY) * (1 << min(history.failures_in_a_row, 20)), _RETRY_LATEST)
    if outcome == Outcome.GONE:
        return now + _between(_GONE_SOONEST, _GONE_SHARE * _since(history.missing_since or now, now), _LATEST)
    return now + _OLD_COPY_AGAIN if outcome == Outcome.OLD_COPY else None


def by_age(history: History, outcome: Outcome, now: datetime) -> datetime:
    """When to look again at an article with which nothing is wrong, by its age alone."""
    if outcome in (Outcome.CHANGED, Outcome.NEW, Outcome.RETURNED):
        return now + _SOONEST
    since = history.last_changed_at or history.first_seen_at
    return now + _between(_SOONEST, _SHARE * _since(since, now), _LATEST)


def confirming_visit(now: datetime, patience: Patience, allowance: timedelta) -> datetime:
    """When to take the look that confirms that a page is missing."""
    return now + (max(MISSING_APART, min(allowance, LONGEST_WAIT)) if patience.settle else timedelta())


def settling_visit(now: datetime, patience: Patience, allowance: timedelta, practice: Practice) -> datetime:
    """When to take the next of the looks that an open ruling waits for: spread evenly over the wait."""
    return now + wait(patience, allowance, practice) / max(patience.looks, 1)


def waits_of(error: ScrapeError, host: str) -> tuple[timedelta, timedelta]:
    """How long the host that was asked is to be left alone, and how long it makes no sense to ask it for the same, as
    another one, to which it leads, wants to be.
    """
    if isinstance(error, HttpStatus) and error.wait is not None:
        return (error.wait, timedelta()) if error.host == host else (timedelta(), error.wait)
    return timedelta(), error.wait if isinstance(error, HostRests) else timedelta()


def next_poll(every: timedelta, failures_in_a_row: int, now: datetime) -> datetime:
    """When to poll a feed again; a failing one ever later, up to six hours."""
    return now + min(every * (1 << min(failures_in_a_row, 10)), max(every, timedelta(hours=6)))


def bug(error: Exception) -> Failure:
    """The failure that stands for a fault of our own, whatever characters its message has."""
    said = f"a fault of Nachtrag itself, the log says where: {type(error).__name__}: {error}"
    return Failure("bug", said[:500].encode("utf-8", "replace").decode().replace("\0", ""))


def _since(moment: datetime, now: datetime) -> timedelta:
    """How long ago that was; a day, where a clock that was ahead wrote down a moment that is still to come."""
    return now - moment if moment <= now else _LONG_AGO


def _between(low: timedelta, value: timedelta, high: timedelta) -> timedelta:
    return max(low, min(value, high))
