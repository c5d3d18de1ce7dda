"""Whose turn it is at a host: so many requests at a time, and a pause between two. One for a process."""

from __future__ import annotations

import asyncio
import math
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

_MAX_HOSTS = 1_000
# Of a pause that robots.txt asks for so much is waited between two requests of one job (robots.txt and what stands in
# it, a redirect and its target): jobs themselves are as far apart as was asked (db.store.hosts.pause).
LONGEST_SECONDS = 60.0


@dataclass(slots=True)
class _Host:
    """`last` is the moment on the loop's clock from which the next pause counts: the end of the last request, or the
    beginning of the next if that is agreed on already. `users` are who asks or waits; `gap` is what the host asks for.
    """

    slots: asyncio.Semaphore
    last: float = -math.inf
    users: int = 0
    gap: float = 0.0


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

    def gap(self, host: str) -> timedelta:
        """The pause between two requests to the host that we keep unasked."""
        return max(self._gap, self._gaps.get(host, timedelta()))

    def slow_down(self, host: str, gap: timedelta | None) -> None:
        """The host asks for that pause between two requests (Crawl-delay), or for none."""
        if gap is not None or host in self._hosts:
            now = asyncio.get_running_loop().time()
            self._host(host, now).gap = gap.total_seconds() if gap else 0.0

    @asynccontextmanager
    async def turn(self, name: str, timeout: asyncio.Timeout) -> AsyncIterator[None]:
        """Wait until we may ask the host; the deadline stands still meanwhile."""
        now = asyncio.get_running_loop().time
        remaining = (timeout.when() or 0.0) - now()
        timeout.reschedule(None)
        host = self._host(name, now())
        host.users += 1
        try:
            async with host.slots:
                wait = self._reserved(name, host, now())
                while wait > 0:
                    await self._sleep(wait)
                    # Another request may have been told meanwhile to leave the host alone.
                    wait = self._reserved(name, host, now()) if self._rest(name) > 0 else 0.0
                timeout.reschedule(now() + remaining)
                yield
        finally:
            host.users -= 1
            host.last = max(host.last, now())

    def _reserved(self, name: str, host: _Host, now: float) -> float:
        """How many seconds it is until the host may be asked: that moment is taken."""
        free_at = host.last + max(self.gap(name).total_seconds(), min(host.gap, LONGEST_SECONDS))
        free_at = max(free_at, now + self._rest(name))
        host.last = max(free_at, now)
        return free_at - now

    def _host(self, key: str, now: float) -> _Host:
        if len(self._hosts) >= _MAX_HOSTS and key not in self._hosts:
            self._hosts = {
                name: host
                for name, host in self._hosts.items()
                if host.users or host.last + max(self.gap(name).total_seconds(), host.gap) > now
            }
        found = self._hosts.get(key)
        if found is None:
            found = self._hosts[key] = _Host(asyncio.Semaphore(self._per_host))
        return found
