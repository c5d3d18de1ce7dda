"""Times of day as people write them: quiet hours, and cron. Pure; UTC, unless a zone is named behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUIET = re.compile(r"(\d\d):(\d\d) ?[-–] ?(\d\d):(\d\d)(?: (\S+))?")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_RANGE = re.compile(r"([0-7])(?:-([0-7]))?(?:/(\d+))?")
# Any day will do: it is only asked whether there is a next time at all.
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_SELDOMEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which nobody is asked; `end` may be before `begin`: then they go over midnight."""

    begin: time
    end: time
    zone: tzinfo

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M} {self.zone}"

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours end that `now` falls into; None: into none."""
        local = now.astimezone(self.zone)
        at, over_midnight = local.time(), self.end <= self.begin
        if not (at >= self.begin or at < self.end if over_midnight else self.begin <= at < self.end):
            return None
        day = local.date() + timedelta(days=over_midnight and at >= self.begin)
        return datetime.combine(day, self.end, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """Looks at fixed intervals."""

    span: timedelta

    def after(self, now: datetime) -> datetime:
        """The next one."""
        return now + self.span


@dataclass(frozen=True, slots=True)
class Cron:
    """Looks at the times that a line of cron names."""

    line: str
    _trigger: CronTrigger = field(repr=False, compare=False)

    def after(self, now: datetime) -> datetime:
        """The next one."""
        found: datetime | None = self._trigger.get_next_fire_time(None, now + timedelta(seconds=1))
        return found.astimezone(UTC) if found is not None else now + _SELDOMEST


Fixed = Every | Cron


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Who is to be left alone when: hosts and sources by name."""

    hosts: Mapping[str, Quiet]
    sources: Mapping[str, Quiet]

    def of_host(self, host: str, now: datetime) -> datetime | None:
        """When the quiet hours of the host end that `now` falls into; None: into none."""
        quiet = self.hosts.get(host)
        return quiet.until(now) if quiet is not None else None

    def until(self, source: str, host: str, now: datetime) -> datetime | None:
        """When the last of their quiet hours ends that `now` falls into; None: into none."""
        both = (self.sources.get(source), self.hosts.get(host))
        ends = [end for quiet in both if quiet is not None and (end := quiet.until(now)) is not None]
        return max(ends, default=None)


def quiet(value: object) -> Quiet:
    """ "22:00-06:00", "22:00-06:00 Europe/Berlin".

    Raises:
        ValueError: says what is expected.
    """
    match = _QUIET.fullmatch(value) if isinstance(value, str) else None
    wanted = 'expected hours such as "22:00-06:00" (UTC) or "22:00-06:00 Europe/Berlin"'
    if match is None:
        raise ValueError(wanted)
    try:
        begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        raise ValueError(wanted) from None
    if begin == end:
        raise ValueError(f"{wanted}; to leave it alone all day, pause or remove it")
    return Quiet(begin, end, zone_of(match[5] or "UTC"))


def cron(line: object) -> Cron:
    """ "0 6 * * 1-5", "0 6 * * mon-fri Europe/Berlin": minute, hour, day, month, weekday (0 and 7 are Sunday).

    Raises:
        ValueError: says what is expected.
    """
    parts = line.split() if isinstance(line, str) else []
    wanted = 'expected five fields of cron such as "0 6 * * *" (UTC) or "0 6 * * * Europe/Berlin"'
    if len(parts) not in (5, 6):
        raise ValueError(wanted)
    try:
        # The library counts days of the week from Monday on, cron from Sunday.
        trigger = CronTrigger.from_crontab(
            " ".join([*parts[:4], _weekdays(parts[4])]), zone_of(" ".join(parts[5:]) or "UTC")
        )
    except ValueError as error:
        raise ValueError(f"{wanted} ({error})") from None
    following = trigger.get_next_fire_time(None, _SOME_DAY)
    if following is None or following - _SOME_DAY > _SELDOMEST:
        raise ValueError("expected a time that comes at least once a year")
    return Cron(" ".join(parts), trigger)


def _weekdays(text: str) -> str:
    """The days of a week by name."""
    names: list[str] = []
    for part in text.split(","):
        match = _DAY_RANGE.fullmatch(part)
        if match is None:
            names.append(part)
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        if match[3] and not match[2]:
            last = 6
        if last < first:
            raise ValueError(f"{part!r} runs backwards")
        names += [_DAYS[day] for day in range(first, last + 1, int(match[3] or 1))]
    return ",".join(dict.fromkeys(names))


def zone_of(name: str) -> ZoneInfo:
    """ "Europe/Berlin".

    Raises:
        ValueError: says what is expected.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'there is no zone {name!r}; expected one such as "Europe/Berlin"') from None
