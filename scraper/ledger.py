"""What we asked of each host and how it answered, by day: counted at the one door, so that nothing is left out.

It is kept in memory until somebody takes it to write it down. Beside the counts it says what has to be obeyed at once:
how long a host asked to be left alone, and which hosts fail.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from scraper.errors import NOT_ASKED, FetchError, HostRests, HttpStatus
from scraper.pace import LONGEST_SECONDS

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from types import TracebackType

    import httpx

# It answered, only not with what we can use.
_ANSWERED = ("redirect", "too_large", "bad_encoding", "http_404", "http_410", "http_451")
# What is written down now and then only: what a crash loses of it is that young.
_KEEP_EVERY = timedelta(seconds=2)
_FORGOTTEN = 3600.0
_MINUTE = 60.0
# So long it is remembered when a request began, in seconds: for one that began before it, and ends only now.
_LONGEST = 120.0
# A pause is slept through by one clock and looked at by another, and it began when the host said so, not when we heard.
_TOLERANCE = timedelta(milliseconds=100)
# How long hosts that fail rest at least and at most (db/store/manners.py), and a little more.
_REST, _LONGEST_REST = timedelta(minutes=5), timedelta(minutes=61)
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
        cut: of these pauses those that were not over when we asked again.
        closest: seconds between the beginnings of the two requests that came closest; None: there were no two.
        busiest: requests that began in the 60 seconds that had most, whenever these began.
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
    cut: int = 0
    closest: float | None = None
    busiest: int = 0

    def add(self, other: Day) -> None:
        """Count the other one too."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.closest = min((at for at in (self.closest, other.closest) if at is not None), default=None)
        self.busiest = max(self.busiest, other.busiest)


SUMS = ("full", "unchanged", "other", "failed", "received", "robots", "refused", "pauses", "paused", "cut")


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
    """What is remembered of a host.

    Attributes:
        begun: when its last requests began, on the loop's clock, in order.
        pauses: how often it asked to be left alone; `paused_until`: how long, the last time.
        rests_until: it failed several times in a row, and was left alone until then; None: it has answered since.
        cut: which of these times was the last that we asked before it was over; 0: none.
    """

    begun: list[float] = field(default_factory=list)
    pauses: int = 0
    paused_until: datetime | None = None
    rests_until: datetime | None = None
    cut: int = 0
    told_well: bool = False
    answered: bool = False
    failed: int = 0


class Ledger:
    """Counts.

    Args:
        clock: says which day it is, and whether a pause is over.
        asleep: when the quiet hours end that a host has now; None: it has none.
    """

    def __init__(
        self, clock: Callable[[], datetime], asleep: Callable[[str], datetime | None] = lambda _host: None
    ) -> None:
        self._clock, self._asleep = clock, asleep
        self._hosts: dict[str, _Host] = {}
        self._days: dict[tuple[str, str], Day] = {}
        self._pauses: dict[str, datetime] = {}
        self._changed: set[str] = set()
        self._taken_at: datetime | None = None

    def remember(self, pauses: Mapping[str, datetime], rests: Mapping[str, datetime]) -> None:
        """Until when hosts want to be left alone that asked for it in the time of an earlier ledger, or rest."""
        for host, until in pauses.items():
            known = self._host(host, 0.0)
            known.pauses, known.paused_until = 1, until
        self.let_rest(rests)

    def follow(self, other: Ledger) -> None:
        """Take over what another one knows of hosts, which counts no more."""
        self._hosts.update(other._hosts)

    def let_rest(self, rests: Mapping[str, datetime]) -> None:
        """Ask hosts that fail nothing before these moments, and then one thing, until it is answered."""
        for host, until in rests.items():
            self._host(host, 0.0).rests_until = until

    def set_back(self, by: timedelta) -> None:
        """The clock was set back: what began before it was ahead ends too early by that, once."""
        now = self._clock()
        for known in self._hosts.values():
            if known.paused_until is not None:
                known.paused_until = max(known.paused_until - by, now)
            if known.rests_until is not None:
                known.rests_until = max(known.rests_until - by, now)

    def request(self, host: str, at: float, timeout: asyncio.Timeout | None = None) -> Asked:
        """One request, as a context: what it raises, or the status that it was told, says what became of it.

        Args:
            at: moment on the loop's clock.
            timeout: the deadline that it is under; what is cancelled for another reason tells nothing of the host.
        """
        known = self._hosts.get(host)
        early = known is not None and _lasts(known.paused_until, self._clock())
        return Asked(self, host, at, timeout, known.pauses if known is not None and early else 0)

    def rest(self, host: str) -> float:
        """How many seconds more the host wants to be left alone: few enough to be waited for.

        Raises:
            HostRests: it is more.
        """
        until, why = self.left_alone(host)
        if until is None:
            return 0.0
        wait = until - self._clock()
        if wait.total_seconds() > LONGEST_SECONDS:
            raise HostRests(f"{host} {why} until {until:%F %T} UTC", wait)
        return max(wait.total_seconds(), 0.0)

    def left_alone(self, host: str) -> tuple[datetime | None, str]:
        """Until when it is to be left alone, and why, in words; None: it may be asked."""
        known, ends = self._hosts.get(host), [(self._asleep(host), "has quiet hours")]
        if known is not None:
            rests = known.rests_until
            if rests is not None and rests - self._clock() > _LONGEST_REST:  # the clock was ahead
                rests = known.rests_until = None
            ends += [(known.paused_until, "asks to be left alone"), (rests, "failed several times in a row and rests")]
        return max(((until, why) for until, why in ends if until is not None), default=(None, ""))

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
        _pace(day, host.begun, asked.at)
        if asked.within > host.cut:
            host.cut, day.cut = asked.within, day.cut + 1
        day.received += asked.received
        if is_failure(error):
            day.failed += 1
            if not ours:
                host.failed += 1
                self._changed.add(asked.host)
                if host.rests_until is not None and host.rests_until <= self._clock():
                    host.rests_until = self._clock() + _REST  # until it is written down how long it rests now
        else:
            self._answered(asked, day, host)
        if isinstance(error, HttpStatus) and error.wait:
            self._pause(asked, day, host, error.wait)

    def _pause(self, asked: Asked, day: Day, host: _Host, wait: timedelta) -> None:
        """It asks to be left alone; if it did already, and tells one that was under way, that is the same pause."""
        now, until = self._clock(), host.paused_until
        if until is None or not _lasts(until, now) or asked.within == host.pauses:
            day.pauses, host.pauses, since = day.pauses + 1, host.pauses + 1, now
        else:
            since = until
        self._pauses[asked.host] = host.paused_until = max(until or now, now + wait)
        day.paused += (host.paused_until - since).total_seconds()

    def _answered(self, asked: Asked, day: Day, host: _Host) -> None:
        if asked.status in (200, 203):
            day.full += 1
        elif asked.status == 304:
            day.unchanged += 1
        else:
            day.other += 1
        if host.failed or not host.told_well:
            self._changed.add(asked.host)
        host.answered, host.failed, host.rests_until = True, 0, None

    def _health(self, name: str) -> Health:
        host = self._hosts[name]
        health = Health(host.answered, host.failed)
        # Who answered is told as well once; who fails, whenever it does.
        host.told_well, host.answered, host.failed = not host.failed, False, 0
        return health

    def _host(self, name: str, at: float) -> _Host:
        if len(self._hosts) >= _MAX_HOSTS and name not in self._hosts:
            now = self._clock()
            self._hosts = {
                key: host
                for key, host in self._hosts.items()
                if key in self._changed
                or _lasts(host.paused_until, now)
                or _lasts(host.rests_until, now)
                or (host.begun and at - host.begun[-1] < _FORGOTTEN)
            }
        return self._hosts.setdefault(name, _Host())

    def _day(self, host: str) -> Day:
        return self._days.setdefault((host, f"{self._clock():%F}"), Day())


@dataclass(slots=True)
class Asked:
    """One request under way.

    Attributes:
        within: the number of the pause, among those of its host, that was not over when it began; 0: none.
        status: of the answer; 0 until its head has come.
    """

    _ledger: Ledger
    host: str
    at: float
    _timeout: asyncio.Timeout | None
    within: int
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


def _lasts(pause: datetime | None, now: datetime) -> bool:
    return pause is not None and pause > now + _TOLERANCE


def is_failure(error: BaseException | None) -> bool:
    """Whether a request that ended so counts as a failure of its host."""
    return error is not None and not (isinstance(error, FetchError) and error.code in _ANSWERED)


def _pace(day: Day, begun: list[float], at: float) -> None:
    """Measure how far a request that began then is from others, and how many there were in a minute with it.

    Args:
        begun: when the others began, in order; some of them later, for they ended before it. It is added.
    """
    del begun[: bisect_right(begun, at - _LONGEST, hi=max(len(begun) - 1, 0))]
    place = bisect_right(begun, at)
    for other in begun[max(place - 1, 0) : place + 1]:
        day.closest = abs(at - other) if day.closest is None else min(day.closest, abs(at - other))
    insort(begun, at)
    # Minutes end with the request itself, or with one that began within a minute after it.
    for last in range(place, bisect_left(begun, at + _MINUTE)):
        day.busiest = max(day.busiest, last + 1 - bisect_right(begun, begun[last] - _MINUTE))
