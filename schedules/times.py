"""Times of day as people write them: quiet hours, and cron. Pure; UTC, unless a zone is named behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUIET = re.compile(r"(\d\d):(\d\d) ?[-–] ?(\d\d):(\d\d)(?: (\S+))?")
# The days of the week fall on the same dates again after so many years.
_YEARS = range(2026, 2054)


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
    """Looks at the times that a line of cron names, as Debian's cron reads it."""

    fields: str
    zone: ZoneInfo

    @property
    def line(self) -> str:
        """As people write it."""
        return self.fields if self.zone.key == "UTC" else f"{self.fields} {self.zone.key}"

    def after(self, now: datetime) -> datetime:
        """The next one. Where clocks go back a fixed time comes once; where they leap over it, as soon as they have."""
        times = CronSim(self.fields, now.astimezone(self.zone))
        # In the hour that comes twice the first to be named may be over.
        return next(at for at in times if at > now).astimezone(UTC)


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
    found = Cron(" ".join(parts[:5]), zone_of(" ".join(parts[5:]) or "UTC"))
    try:
        yearly = all(found.after(datetime(year - 1, 12, 31, 23, 59, 59, tzinfo=UTC)).year == year for year in _YEARS)
    except CronSimError as error:
        raise ValueError(f"{wanted} ({str(error).lower()})") from None
    except StopIteration:
        yearly = False
    if not yearly:
        raise ValueError("expected a time that comes in every year")
    return found


def zone_of(name: str) -> ZoneInfo:
    """ "Europe/Berlin".

    Raises:
        ValueError: says what is expected.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'there is no zone {name!r}; expected one such as "Europe/Berlin"') from None
