"""Asks robots.txt before a new path is asked. A gate per job; what it fetched goes back with the job's result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.work import RobotsCopy
from scraper.errors import NOT_ASKED, FetchError, HttpStatus, RobotsDenied
from scraper.page import Page
from scraper.politeness import allowed, crawl_delay, robots_url, rules_from
from scraper.urls import host_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from scraper.http import Door
    from scraper.politeness import Rules

# RFC 9309 §2.4: a copy should not be used for more than a day; one that only says that the server is in trouble, or
# that it has had too many requests, no longer than it may take to pass.
_KEPT = timedelta(days=1)
_ERROR_KEPT = timedelta(minutes=10)
# What is kept of it, and what is fetched for that: RFC 9309 §2.5 wants no more than 500 KiB read of a longer one.
_KEPT_BYTES, _MAX_BYTES = 512 * 1024, 5 * 1024 * 1024
# Of so many hosts it is remembered that nothing is looked at by their own names.
REMEMBERED = 200
_ANSWERS = frozenset(range(400, 429)) | frozenset(range(430, 500))


class Gatekeeper:
    """Makes gates, and remembers robots.txt of hosts that others lead to: nobody knows beforehand where a redirect
    goes."""

    def __init__(self, door: Door, agent: str, clock: Callable[[], datetime]) -> None:
        self.door, self.agent, self.clock = door, agent, clock
        self._elsewhere: dict[str, RobotsCopy] = {}

    def gate(self, host: str, known: tuple[RobotsCopy, ...]) -> Gate:
        """For a job at a host, of which these copies are kept."""
        return Gate(self, host, known)

    def remembered(self, host: str) -> RobotsCopy | None:
        """What was fetched last for a job of another host."""
        return self._elsewhere.get(host)

    def remember_all(self, copies: Sequence[RobotsCopy]) -> None:
        """What an earlier process fetched: nobody knows when it asked those hosts last."""
        for copy in copies:
            self.remember(copy)
        rules = {copy.host: rules_from(copy.status, copy.body) for copy in copies}
        self.door.pace.remember({host: crawl_delay(found, self.agent) for host, found in rules.items()})

    def remember(self, copy: RobotsCopy) -> None:
        """For jobs of other hosts; of too many the oldest is forgotten."""
        self._elsewhere.pop(copy.host, None)
        self._elsewhere[copy.host] = copy
        if len(self._elsewhere) > REMEMBERED:
            del self._elsewhere[next(iter(self._elsewhere))]


class Gate:
    """Lets a job pass, or raises `RobotsDenied`.

    Attributes:
        fetched: the copies that had to be fetched anew, of the job's own host and of those it was sent on to.
        asked: how long the job's own host asks to stay away, in answer to the request for robots.txt.
    """

    def __init__(self, keeper: Gatekeeper, host: str, known: tuple[RobotsCopy, ...]) -> None:
        self._keeper, self._host = keeper, host
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
        keeper = self._keeper
        keeper.door.pace.slow_down(host_key(url), crawl_delay(rules, keeper.agent))
        if not allowed(rules, url, keeper.agent):
            keeper.door.ledger.refused(host_key(url))
            raise RobotsDenied(f"{url}: {self._why(url)}")

    def _why(self, url: str) -> str:
        copy, rules = self._copies[host_key(url)], robots_url(url)
        if not _in_trouble(copy):
            return f"{rules} does not allow {self._keeper.agent!r} to fetch it"
        said = f"answered {copy.status}" if copy.status else "could not be read"
        return f"{rules} {said}: until it can be read nothing else is asked there; it is tried again in ten minutes"

    def delay(self) -> timedelta:
        """The pause between requests that is kept at the job's host, or that it asks for as it is in trouble."""
        copy = self._copies.get(self._host)
        between = crawl_delay(rules_from(copy.status, copy.body), self._keeper.agent) if copy else None
        return max(self._keeper.door.pace.gap(self._host), between or timedelta(), self.asked)

    async def _rules(self, url: str) -> Rules:
        host = host_key(url)
        copies = [copy for copy in (self._copies.get(host), self._keeper.remembered(host)) if copy is not None]
        copy = max(copies, key=lambda copy: copy.fetched_at, default=None)
        if copy is None or self._keeper.clock() - copy.fetched_at > (_ERROR_KEPT if _in_trouble(copy) else _KEPT):
            copy = await self._fetch(url, host)
            self.fetched = (*self.fetched, copy)
            if host != self._host:
                self._keeper.remember(copy)
        self._copies[host] = copy
        return rules_from(copy.status, copy.body)

    async def _fetch(self, url: str, host: str) -> RobotsCopy:
        door, clock = self._keeper.door, self._keeper.clock
        try:
            page = await door.get(robots_url(url), statuses=_ANSWERS, max_bytes=_MAX_BYTES)
        except HttpStatus as refused:
            door.ledger.robots(host)
            if host == self._host:
                self.asked = refused.wait or timedelta()
            return RobotsCopy(host, refused.status, "", clock())
        except FetchError as error:
            if error.code not in NOT_ASKED:
                door.ledger.robots(host)
            if error.code != "too_large":
                raise
            return RobotsCopy(host, 0, "", clock())  # not to fetch it again at once
        door.ledger.robots(host)
        body = (
            page.body[:_KEPT_BYTES].decode("utf-8", "replace") if isinstance(page, Page) and page.status == 200 else ""
        )
        return RobotsCopy(host, page.status if isinstance(page, Page) else 200, body.replace("\0", ""), clock())


def _in_trouble(copy: RobotsCopy) -> bool:
    return copy.status >= 500 or copy.status in (0, 429)
