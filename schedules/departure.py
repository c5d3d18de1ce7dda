"""The job of the departures' queue: does the story go on elsewhere, and was the article to be kept? Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from changes.retention import expected
from changes.succession import WITHIN, is_older, overlap
from db.work_departures import DepartureResult, Successor

if TYPE_CHECKING:
    from datetime import datetime

    from db.work_departures import DueDeparture
    from scraper.retention import Retention

# The story may come out again at any time within `WITHIN`: looked for soon, then ever later.
_SOONEST = timedelta(hours=1)
# That it is gone for good takes a look on another day than the first, too.
_GONE_FOR = timedelta(days=1)
# And a look just now: it may have returned since the last one. Each look that finds it gone brings it here at once.
_JUST_NOW, _LATER = timedelta(minutes=15), timedelta(days=1)


def follow(due: DueDeparture, rules: tuple[Retention, ...], now: datetime, *, patient: bool) -> DepartureResult:
    """What is known of it now.

    Args:
        rules: what the profile of the site says of how long articles are kept.
        patient: False where all waiting is switched off.
    """
    successor = _successor(due)
    if successor is not None:
        return DepartureResult(due.id, now, None, successor)
    end = due.gone.missing_since + WITHIN
    if patient and now < end:
        return DepartureResult(due.id, now, min(end, max(now + _SOONEST, now + (now - due.at))))
    found = expected(due.gone, rules)
    sure = now - due.last_look_at <= _JUST_NOW and due.last_look_at - due.at >= _GONE_FOR
    if found is not None and patient and not sure:
        return DepartureResult(due.id, now, now + _LATER)
    return DepartureResult(due.id, now, None, None, found)


def _successor(due: DueDeparture) -> Successor | None:
    """The candidate that has most of it, if that is enough."""
    found = [
        (overlap(due.article, candidate.article), candidate.id)
        for candidate in due.candidates
        if not is_older(candidate.article, due.article)
    ]
    going_on = [(common.shared, common, number) for common, number in found if common.goes_on]
    if not going_on:
        return None
    _shared, common, number = max(going_on, key=lambda item: (item[0], -item[2]))
    return Successor(number, common.shared, common.sentences, common.percent)
