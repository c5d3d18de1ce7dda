"""Checks that ask the network, through the one door: robots.txt of each source's host, and whether endpoints are there.
Of sites nothing but robots.txt is asked, and to endpoints no event is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from schedules.doctor.findings import Finding, fault, ok, warning
from schedules.sighting import clock_offset
from scraper.errors import FetchError
from scraper.page import Page
from scraper.politeness import allowed, robots_url, rules_from
from scraper.urls import host_key

if TYPE_CHECKING:
    from schedules.config import Config, Source
    from schedules.endpoints import Endpoint
    from schedules.services import Services
    from scraper.http import Door

# So many hosts are asked at a time.
_AT_ONCE = 8
_ANY = frozenset(range(200, 600))
_MAX_BYTES = 512 * 1024
# Whoever cannot be reached is not told; all other faults are of an answer, and nothing was sent that could be answered.
_UNREACHED = ("dns", "connect", "tls", "timeout", "blocked_address", "bad_url", "protocol")
_CODES = "docs/running.md, When a source fails, says what the code means and what to do"


@dataclass(slots=True)
class Asked:
    """What the network said. `offsets`: how many seconds each host's clock is ahead of ours."""

    findings: list[Finding] = field(default_factory=list)
    offsets: list[float] = field(default_factory=list)


async def ask(config: Config, door: Door, services: Services) -> Asked:
    """Ask each host of a source for its robots.txt, each of an endpoint whether it is there, and Apprise whether it
    knows the others."""
    hosts: dict[str, list[Source]] = {}
    for source in config.sources:
        if source.kind != "list":
            hosts.setdefault(host_key(source.address), []).append(source)
    asked, turns = Asked(), asyncio.Semaphore(_AT_ONCE)
    async with door, asyncio.TaskGroup() as group:
        for sources in hosts.values():
            group.create_task(_robots(asked, turns, door, sources, config.fetch.user_agent))
        for endpoint in config.endpoints:
            group.create_task(_endpoint(asked, turns, door, services, endpoint))
    if hosts and not any(item.check == "robots" for item in asked.findings):
        asked.findings.append(ok("robots", f"all sources may be asked, at {len(hosts)} hosts"))
    return asked


async def _robots(asked: Asked, turns: asyncio.Semaphore, door: Door, sources: list[Source], agent: str) -> None:
    address = robots_url(sources[0].address)
    try:
        async with turns:
            answer = await door.get(address, statuses=_ANY, max_bytes=_MAX_BYTES)
    except FetchError as error:
        said = f"{', '.join(source.name for source in sources)}: {error.message} [{error.code}]"
        asked.findings.append(fault("robots", said, _CODES))
        return
    if not isinstance(answer, Page):
        return
    if (offset := clock_offset(answer)) is not None:
        asked.offsets.append(offset.total_seconds())
    if answer.status >= 500 or answer.status == 429:
        said = f"{address} answers {answer.status}: until it can be read nothing else is asked there"
        asked.findings.append(warning("robots", said, "wait; if it stays, tell the site"))
        return
    rules = rules_from(answer.status, answer.body.decode("utf-8", "replace"))
    for source in sources:
        if not allowed(rules, source.address, agent):
            said = f"{source.name}: {address} asks {agent!r} to stay away from {source.address}"
            asked.findings.append(
                fault("robots", said, f"respect it, `nachtrag pause {source.name!r}`, or ask the site")
            )


async def _apprise(services: Services, endpoint: Endpoint) -> Finding:
    """Whether Apprise knows how to tell it; nobody is asked. No word of the address is shown."""
    name, variable = endpoint.name, endpoint.url_env
    if not endpoint.address:
        return warning("endpoints", f"{name}: the variable {variable} is not set here", "run this as the daemon runs")
    if why := await services.fault(endpoint.address):
        return fault(
            "endpoints", f"{name}: what {variable} holds cannot be used: {why}", "set it right (docs/events.md)"
        )
    return ok("endpoints", f"{name}: Apprise knows how; `nachtrag test-endpoint {name}` sends a sample")


async def _endpoint(asked: Asked, turns: asyncio.Semaphore, door: Door, services: Services, endpoint: Endpoint) -> None:
    """Only the host is asked, for its front page: to ask the address itself may mean something there."""
    name = endpoint.name
    if endpoint.kind == "apprise":
        asked.findings.append(await _apprise(services, endpoint))
        return
    parts = urlsplit(endpoint.address)
    host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
    try:
        async with turns:
            await door.get(host, statuses=_ANY, max_bytes=_MAX_BYTES)
    except FetchError as error:
        if error.code in _UNREACHED:
            remedy = "name its network in `allow_private` of [fetch], if it is meant"
            remedy = remedy if error.code == "blocked_address" else "look whether its host runs, and its url is right"
            asked.findings.append(fault("endpoints", f"{name}: {error.message} [{error.code}]", remedy))
            return
    asked.findings.append(ok("endpoints", f"{name}: {host} can be reached; `nachtrag test-endpoint` sends a sample"))
