"""Whose turn it is at a host: so many requests at a time, and a pause between two. One for a process."""

from __future__ import annotations

import asyncio
import math
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from weakref import ref

from scraper.errors import HostRests

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

_MAX_HOSTS = 1_000
# Of a pause that robots.txt asks for so much is waited between two requests of one job (robots.txt and what stands in
# it, a redirect within a host): jobs themselves are as far apart as was asked, and come back if that is longer.
LONGEST_SECONDS = 60.0
# Nobody stands in a line that is longer: what is asked has been taken for dead by then, and is asked by others.
_LONGEST_LINE = 120.0
# What a task does has to be over by these: a request, and the one that it is made for (its robots.txt, say).
_DEADLINES: ContextVar[tuple[asyncio.Timeout, ...]] = ContextVar("deadlines", default=())


@dataclass(slots=True)
class _Host:
    """`last` is the moment on the loop's clock from which the next pause counts: the beginning or the end of the last
    request, and `by` the job that made it; `promised` the last of those moments that were given to who came too early.
    `users` are who asks or waits, `first` is held by whose turn is next; `gap` is what the host asks for.
    """

    slots: asyncio.Semaphore
    first: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = -math.inf
    by: ref[asyncio.Task[Any]] | None = None
    promised: float = -math.inf
    users: int = 0
    gap: float = 0.0


@asynccontextmanager
async def deadline(seconds: float) -> AsyncIterator[asyncio.Timeout]:
    """What is within must be over by then (TimeoutError); waits for turns there do not count."""
    async with asyncio.timeout(seconds) as timeout:
        token = _DEADLINES.set((*_DEADLINES.get(), timeout))
        try:
            yield timeout
        finally:
            _DEADLINES.reset(token)


@contextmanager
def _still() -> Iterator[None]:
    """Let all deadlines stand still that this is within."""
    now, deadlines = asyncio.get_running_loop().time, _DEADLINES.get()
    remaining = [(timeout.when() or 0.0) - now() for timeout in deadlines]
    for timeout in deadlines:
        timeout.reschedule(None)
    yield
    for timeout, seconds in zip(deadlines, remaining, strict=True):
        timeout.reschedule(now() + seconds)


class Pace:
    """Keeps requests to a host apart.

    Args:
        per_host: requests to one host at a time.
        gap: the pause between two, one after the other; `gaps`: longer ones, by host.
        rest: how many seconds more a host is to be left alone; may raise.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        per_host: int,
        gap: timedelta,
        gaps: Mapping[str, timedelta],
        rest: Callable[[str], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._per_host, self._gap, self._gaps, self._rest, self._sleep = per_host, gap, gaps, rest, sleep
        self._hosts: dict[str, _Host] = {}
        self._asked_before: dict[str, float] = {}

    def gap(self, host: str) -> timedelta:
        """The pause between two requests to the host that we keep unasked."""
        return max(self._gap, self._gaps.get(host, timedelta()))

    def slow_down(self, host: str, gap: timedelta | None) -> None:
        """The host asks for that pause between two requests (Crawl-delay), or for none."""
        if gap is not None or host in self._hosts:
            now = asyncio.get_running_loop().time()
            self._host(host, now).gap = gap.total_seconds() if gap else 0.0

    def remember(self, gaps: Mapping[str, timedelta | None]) -> None:
        """Of these hosts nobody knows when they were asked last, by an earlier process: it counts as if they had been
        when it first matters."""
        self._asked_before.update({name: gap.total_seconds() if gap else 0.0 for name, gap in gaps.items()})

    def left(self, name: str) -> float:
        """How many seconds of the pause are left that the host asks for, or we keep unasked."""
        now = asyncio.get_running_loop().time()
        host = self._host(name, now)
        return max(host.last + self._whole(name, host) - now, 0.0)

    def follow(self, other: Pace) -> None:
        """Keep the pauses that another one has to keep still."""
        now = asyncio.get_running_loop().time()
        for name, known in other._hosts.items():
            host = self._host(name, now)
            host.last, host.gap, host.by, host.promised = known.last, known.gap, known.by, known.promised

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait until we may ask the host; deadlines stand still meanwhile. A job is the task that it runs in.

        Raises:
            HostRests: too many wait for it, or it wants more of a pause after another job than is waited for. Who
                heeds `wait` comes back at a moment that nobody else was given.
        """
        now = asyncio.get_running_loop().time
        host = self._host(name, now())
        if not _goes_on(host) and min(self._whole(name, host), self._due(name, host) - now()) > LONGEST_SECONDS:
            raise self._too_early(name, host, now())
        line = max(host.users - self._per_host, 0) * self._pause(name, host)
        if line > _LONGEST_LINE:
            raise HostRests(f"{name} is asked for so much that it takes longer", timedelta(seconds=line))
        host.users += 1
        try:
            with _still():
                await host.slots.acquire()
            try:
                with _still():
                    await self._first_in_line(name, host)
                try:
                    yield
                finally:
                    host.last = max(host.last, now())
            finally:
                host.slots.release()
        finally:
            host.users -= 1

    async def _first_in_line(self, name: str, host: _Host) -> None:
        """Wait for what is to be left between requests. Who gives up leaves no trace."""
        now = asyncio.get_running_loop().time
        async with host.first:
            # Others may have asked meanwhile, the host may ask for more, and who sleeps may be woken late.
            pause, at = self._pause if _goes_on(host) else self._whole, now()
            while (wait := max(host.last + pause(name, host) - at, self._rest(name))) > 0:
                await self._sleep(wait)
                at = max(now(), at + wait)
            host.last, host.by = at, ref(cast("asyncio.Task[Any]", asyncio.current_task()))

    def _too_early(self, name: str, host: _Host, now: float) -> HostRests:
        """Were all told the same moment, one would be let in, and the others would have come for nothing."""
        pause = self._whole(name, host)
        host.promised = host.promised + pause if host.promised > now else self._due(name, host)
        said = f"{name} has {timedelta(seconds=pause)} between two requests"
        return HostRests(said, timedelta(seconds=host.promised - now))

    def _due(self, name: str, host: _Host) -> float:
        """When another job may ask the host: if one waits for that already, a pause after it."""
        return host.last + self._whole(name, host) * (2 if host.first.locked() else 1)

    def _pause(self, name: str, host: _Host) -> float:
        return max(self.gap(name).total_seconds(), min(host.gap, LONGEST_SECONDS))

    def _whole(self, name: str, host: _Host) -> float:
        return max(self.gap(name).total_seconds(), host.gap)

    def _host(self, key: str, now: float) -> _Host:
        if len(self._hosts) >= _MAX_HOSTS and key not in self._hosts:
            self._hosts = {
                name: host
                for name, host in self._hosts.items()
                if host.users or max(host.last + self._whole(name, host), host.promised) > now
            }
        found = self._hosts.get(key)
        if found is None:
            found = self._hosts[key] = _Host(asyncio.Semaphore(self._per_host))
            if key in self._asked_before:
                found.last, found.gap = now, self._asked_before.pop(key)
        return found


def _goes_on(host: _Host) -> bool:
    """The job that asks is the one that asked last."""
    return host.by is not None and host.by() is asyncio.current_task()
