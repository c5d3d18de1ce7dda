"""Asks robots.txt before a new path is asked. One gate per job; what it fetched goes back with the job's result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.work import RobotsCopy
from scraper.errors import HttpStatus, RobotsDenied
from scraper.page import Page
from scraper.politeness import allowed, crawl_delay, robots_url, rules_from
from scraper.urls import host_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scraper.http import Door
    from scraper.politeness import Rules

# RFC 9309 §2.4: a copy should not be used for more than a day; one that only says that the server is in trouble, or
# that it has had too many requests, no longer than it may take to pass.
_KEPT = timedelta(days=1)
_ERROR_KEPT = timedelta(minutes=10)
_MAX_BYTES = 512 * 1024
_ANSWERS = frozenset(range(400, 429)) | frozenset(range(430, 500))


class Gate:
    """Lets a job pass, or raises `RobotsDenied`.

    Attributes:
        fetched: the copies that had to be fetched anew, of the job's own host and of those it was sent on to.
        asked: how long the job's own host asks to stay away, in answer to the request for robots.txt.
    """

    def __init__(
        self, door: Door, agent: str, clock: Callable[[], datetime], host: str, known: tuple[RobotsCopy, ...]
    ) -> None:
        self._door, self._agent, self._clock, self._host = door, agent, clock, host
        self._copies: dict[str, RobotsCopy] = {copy.host: copy for copy in known}
        self.fetched: tuple[RobotsCopy, ...] = ()
        self.asked = timedelta()

    async def check(self, url: str) -> None:
        """Pass, if the host's robots.txt lets us.

        Raises:
            RobotsDenied: it does not, or it could not be read because the server is in trouble.
            FetchError: the host cannot be reached at all.
        """
        rules = await self._rules(url)
        self._door.pace.slow_down(host_key(url), crawl_delay(rules, self._agent))
        if not allowed(rules, url, self._agent):
            self._door.ledger.refused(host_key(url))
            raise RobotsDenied(f"{url}: {self._why(url)}")

    def _why(self, url: str) -> str:
        copy, rules = self._copies[host_key(url)], robots_url(url)
        if not _in_trouble(copy):
            return f"{rules} does not allow {self._agent!r} to fetch it"
        said = f"answered {copy.status}" if copy.status else "could not be reached"
        return f"{rules} {said}: until it can be read nothing else is asked there; it is tried again in ten minutes"

    def delay(self) -> timedelta:
        """The pause between requests that is kept at the job's host, or that it asks for as it is in trouble."""
        copy = self._copies.get(self._host)
        between = crawl_delay(rules_from(copy.status, copy.body), self._agent) if copy else None
        return max(self._door.pace.gap(self._host), between or timedelta(), self.asked)

    async def _rules(self, url: str) -> Rules:
        host = host_key(url)
        copy = self._copies.get(host)
        if copy is None or self._clock() - copy.fetched_at > (_ERROR_KEPT if _in_trouble(copy) else _KEPT):
            copy = self._copies[host] = await self._fetch(url, host)
            self.fetched = (*self.fetched, copy)
        return rules_from(copy.status, copy.body)

    async def _fetch(self, url: str, host: str) -> RobotsCopy:
        self._door.ledger.robots(host)
        try:
            page = await self._door.get(robots_url(url), statuses=_ANSWERS, max_bytes=_MAX_BYTES)
        except HttpStatus as refused:
            if host == self._host:
                self.asked = refused.wait or timedelta()
            return RobotsCopy(host, refused.status, "", self._clock())
        body = page.body.decode("utf-8", "replace") if isinstance(page, Page) and page.status == 200 else ""
        return RobotsCopy(host, page.status if isinstance(page, Page) else 200, body.replace("\0", ""), self._clock())


def _in_trouble(copy: RobotsCopy) -> bool:
    return copy.status >= 500 or copy.status in (0, 429)
