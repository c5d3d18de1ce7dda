"""What we asked of each host and how it answered, by day: counted at the one door, so that nothing is left out.

It is kept in memory until somebody takes it to write it down. Beside the counts it says what has to be obeyed at once:
how long a host asked to be left alone, and which hosts fail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from scraper.errors import NOT_ASKED, FetchError, HttpStatus
from scraper.pace import LONGEST_SECONDS

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from types import TracebackType

    import httpx

# It answered, only not with what we can use.
_ANSWERED = ("redirect", "too_large", "bad_encoding")
# What is written down now and then only: what a crash loses of it is that young.
_KEEP_EVERY = timedelta(seconds=2)
_FORGOTTEN = 3600.0
_MAX_HOSTS = 5_000


@dataclass(slots=True)
class Day:
    """What was asked of one host on one day (UTC). All but the last two are sums.

    Attributes:
        full, unchanged, other: answers with a body, 304, and all others but those that count as failures.
        failed: requests without a complete answer, or answered with 401, 403, 429, 5xx and the like.
        received: bytes that came, heads and bodies, as they came.
        robots: requests for robots.txt among the others; refused: addresses that it kept us from asking.
        pauses: how often we were asked to stay away (Retry-After); paused: seconds asked for on the whole.
        kept, cut: pauses that were over when we asked again, and those that were not.
        closest: seconds between the beginnings of the two requests that came closest; None: there were no two.
        busiest: requests in the minute that had most.
    """

    full: int = 0
    unchanged: int = 0
    other: int = 0
    failed: int = 0
    received: int = 0
    robots: int = 0
    refused: int = 0
    pauses: int = 0
    paused: float = 0.0
    kept: int = 0
    cut: int = 0
    closest: float | None = None
    busiest: int = 0

    def add(self, other: Day) -> None:
        """Count the other one too."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.closest = min((at for at in (self.closest, other.closest) if at is not None), default=None)
        self.busiest = max(self.busiest, other.busiest)


SUMS = (
    "full", "unchanged", "other", "failed", "received", "robots", "refused", "pauses", "paused", "kept", "cut",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Health:
    """How a host did since this was last taken.

    Attributes:
        answered: it answered at least once; failed: requests in a row that failed since then, or since the last time.
    """

    answered: bool
    failed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be written down.

    Attributes:
        days: by host and day.
        pauses: until when hosts asked to be left alone.
        health: of hosts that fail, or did until now.
    """

    at: datetime
    days: dict[tuple[str, str], Day]
    pauses: dict[str, datetime]
    health: dict[str, Health]


@dataclass(slots=True)
class _Host:
    """What is remembered of a host: moments on the loop's clock, except `paused_until`; requests up to the number
    `told` had begun when it asked to be left alone."""

    last: float | None = None
    minute: float = 0.0
    in_minute: int = 0
    paused_until: datetime | None = None
    told: int = 0
    told_well: bool = False
    answered: bool = False
    failed: int = 0


class Ledger:
    """Counts.

    Args:
        clock: says which day it is, and whether a pause is over.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._days: dict[tuple[str, str], Day] = {}
        self._pauses: dict[str, datetime] = {}
        self._changed: set[str] = set()
        self._taken_at: datetime | None = None
        self._number = 0

    def request(self, host: str, at: float, timeout: asyncio.Timeout | None = None) -> Asked:
        """One request, as a context: what it raises, or the status that it was told, says what became of it.

        Args:
            at: moment on the loop's clock.
            timeout: the deadline that it is under; what is cancelled for another reason tells nothing of the host.
        """
        self._number += 1
        return Asked(self, host, at, timeout, self._number)

    def rest(self, host: str) -> float:
        """How many seconds more the host wants to be left alone: few enough to be waited for.

        Raises:
            FetchError: it is more (host_rests).
        """
        known = self._hosts.get(host)
        if known is None or known.paused_until is None:
            return 0.0
        seconds = (known.paused_until - self._clock()).total_seconds()
        if seconds > LONGEST_SECONDS:
            raise FetchError("host_rests", f"{host} asks to be left alone until {known.paused_until:%F %T} UTC")
        return max(seconds, 0.0)

    def robots(self, host: str) -> None:
        """One of the requests is for robots.txt."""
        self._day(host).robots += 1

    def refused(self, host: str) -> None:
        """robots.txt kept us from asking."""
        self._day(host).refused += 1

    def take(self, now: datetime, *, at_once: bool = False) -> Taken:
        """What is to be written down now: counts every two seconds only, what has to be obeyed always."""
        health = {host: self._health(host) for host in self._changed}
        due = self._taken_at is None or abs(now - self._taken_at) >= _KEEP_EVERY
        days: dict[tuple[str, str], Day] = {}
        if due or at_once or any(seen.failed for seen in health.values()):
            days, self._days, self._taken_at = self._days, {}, now
        pauses, self._pauses, self._changed = self._pauses, {}, set()
        return Taken(now, days, pauses, health)

    def put_back(self, taken: Taken) -> None:
        """It could not be written down: count it in the next time."""
        for key, day in taken.days.items():
            self._days.setdefault(key, Day()).add(day)
        self._pauses = {**taken.pauses, **self._pauses}
        for host, health in taken.health.items():
            known = self._host(host, 0.0)
            known.answered, known.failed = known.answered or health.answered, known.failed + health.failed
        self._changed |= set(taken.health)

    def note(self, asked: Asked, error: BaseException | None, *, ours: bool = False) -> None:
        """What became of a request; `ours`: we broke it off ourselves, which tells nothing of the host."""
        day, host = self._day(asked.host), self._host(asked.host, asked.at)
        now = self._clock()
        self._pace(day, host, asked.at)
        # What was under way when the pause was asked for neither keeps nor cuts it.
        if host.paused_until is not None and asked.number > host.told:
            kept = now >= host.paused_until
            day.kept, day.cut, host.paused_until = day.kept + kept, day.cut + (not kept), None
        day.received += asked.received
        if _failed(error):
            day.failed += 1
            if not ours:
                host.failed += 1
                self._changed.add(asked.host)
        else:
            self._answered(asked, day, host)
        if isinstance(error, HttpStatus) and error.wait:
            self._pause(asked.host, day, host, error.wait)

    def _pause(self, name: str, day: Day, host: _Host, wait: timedelta) -> None:
        """It asks to be left alone; if it did already, to one that was under way, that is the same pause."""
        now, running = self._clock(), host.paused_until
        until = now + wait if running is None else max(running, now + wait)
        day.pauses += running is None
        day.paused += (until - (running or now)).total_seconds()
        self._pauses[name] = host.paused_until = until
        host.told = self._number

    def _answered(self, asked: Asked, day: Day, host: _Host) -> None:
        if asked.status in (200, 203):
            day.full += 1
        elif asked.status == 304:
            day.unchanged += 1
        else:
            day.other += 1
        if host.failed or not host.told_well:
            self._changed.add(asked.host)
        host.answered, host.failed = True, 0

    @staticmethod
    def _pace(day: Day, host: _Host, at: float) -> None:
        if host.last is not None:
            apart = max(at - host.last, 0.0)
            day.closest = apart if day.closest is None else min(day.closest, apart)
        host.last = at
        if at - host.minute >= 60:
            host.minute, host.in_minute = at, 0
        host.in_minute += 1
        day.busiest = max(day.busiest, host.in_minute)

    def _health(self, name: str) -> Health:
        host = self._hosts[name]
        health = Health(host.answered, host.failed)
        # Who answered is told as well once; who fails, whenever it does.
        host.told_well, host.answered, host.failed = not host.failed, False, 0
        return health

    def _host(self, name: str, at: float) -> _Host:
        if len(self._hosts) >= _MAX_HOSTS and name not in self._hosts:
            kept: Iterable[tuple[str, _Host]] = self._hosts.items()
            self._hosts = {
                key: host
                for key, host in kept
                if key in self._changed or host.paused_until or at - (host.last or 0.0) < _FORGOTTEN
            }
        return self._hosts.setdefault(name, _Host())

    def _day(self, host: str) -> Day:
        return self._days.setdefault((host, f"{self._clock():%F}"), Day())


@dataclass(slots=True)
class Asked:
    """One request under way.

    Attributes:
        number: of the request, in the order in which all began.
        status: of the answer; 0 until its head has come.
    """

    _ledger: Ledger
    host: str
    at: float
    _timeout: asyncio.Timeout | None
    number: int
    status: int = 0
    _head: int = 0
    _response: httpx.Response | None = field(default=None, repr=False)

    def answered(self, response: httpx.Response) -> None:
        """The head has come."""
        self.status, self._response = response.status_code, response
        self._head = sum(len(name) + len(value) + 4 for name, value in response.headers.raw)

    @property
    def received(self) -> int:
        """Bytes that came so far."""
        return self._head + (self._response.num_bytes_downloaded if self._response is not None else 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if not isinstance(error, FetchError) or error.code not in NOT_ASKED:
            late = self._timeout is not None and self._timeout.expired()
            self._ledger.note(self, error, ours=not (error is None or isinstance(error, FetchError) or late))
        self._response = None


def _failed(error: BaseException | None) -> bool:
    return error is not None and not (isinstance(error, FetchError) and error.code in _ANSWERED)
