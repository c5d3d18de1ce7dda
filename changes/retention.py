"""Whether an article went before the outlet's own rule lets it go. Silent where anything is unsure, as that accuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from scraper.article import Clock
    from scraper.retention import Retention

# A server that says so itself; a redirect or an error page may be a fault, and 451 obeys a court.
_PLAIN = ("404", "410")
# Days may be counted from the end of the day, or by the calendar of another zone.
_COUNTED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """By its own rule, at `cite`, the outlet keeps the article until then; `said`: the rule and the age, in words."""

    published: datetime
    kept_until: datetime
    cite: str
    said: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that is gone for good, as far as looks can tell.

    Attributes:
        absence: what stands in its place, as in docs/rulings.md.
        first_seen_at: when we first heard of it; missing_since: the first look that did not find it.
        published: every date of publication that its page ever gave.
    """

    url: str
    absence: str
    first_seen_at: datetime
    missing_since: datetime
    published: tuple[Clock, ...]


def expected(gone: Gone, rules: Sequence[Retention]) -> Expected | None:
    """The rule by which it was to be there still; None where none holds, or it cannot be told for certain."""
    at = _published(gone)
    if at is None or gone.absence not in _PLAIN:
        return None
    path = urlsplit(gone.url).path
    holding = [
        rule
        for rule in rules
        if at.astimezone(ZoneInfo(rule.zone)).date() >= rule.after and path.startswith(rule.paths or ("/",))
    ]
    # Where several hold, the one that keeps it for the shortest time is the one that nobody can dispute.
    rule = min(holding, key=lambda rule: rule.keep, default=None)
    if rule is None or at + rule.keep - gone.missing_since <= _COUNTED:
        return None
    said = f"published {at:%Y-%m-%d %H:%M} UTC, as its page said; kept for {rule.keep.days} days by {rule.cite}"
    return Expected(at, at + rule.keep, rule.cite, said)


def _published(gone: Gone) -> datetime | None:
    """The earliest moment that its page ever gave as that of its publication; None where one of them is no certain
    moment, all are bare days, or it lies after we had heard of it."""
    covers = [clock.covers for clock in gone.published]
    certain = [cover for cover in covers if cover is not None and cover.is_moment and cover.again is None]
    if len(certain) < len(covers) or all(cover.form == timedelta(days=1) for cover in certain):
        return None
    earliest = min(cover.start for cover in certain)
    return earliest if earliest <= gone.first_seen_at else None
