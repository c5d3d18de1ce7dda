"""The door and the readers of the jobs, without a network and without processes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from benchmarks.newsroom.clock import ours
from benchmarks.newsroom.outlet import KEEPS, OUTLETS, SHORTLY, START
from benchmarks.newsroom.page import FRONT, SOFT, page_of
from schedules.looking import seen_in
from scraper.ledger import Ledger
from scraper.pace import Pace
from scraper.page import NotModified, Page
from scraper.read import reads_alike
from scraper.retention import Retention
from scraper.site_profile import SiteProfile, SiteVersion

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from benchmarks.newsroom.state import State, Story
    from db.work import Sighting
    from schedules.sighting import Look

_SINCE, _CITE = START.date() - timedelta(days=90), "Telemedienkonzept, Abschnitt 4.2, https://nordfunk.example/konzept"
_VERSION = SiteVersion(
    id="2026", matches="p.meta", container="main article", headline="h1", stand="p.meta",
    blocks=(("paragraph", "article > p:not(.meta)"),), drop=(".teaser", ".anzeige", ".newsletter"),
)  # fmt: skip
PROFILES = tuple(
    SiteProfile(
        name=outlet.name, hosts=(outlet.host,), language="de", country="DE", zone="Europe/Berlin",
        versions=(_VERSION,), own=True,
        retention=(Retention(_SINCE, KEEPS, _CITE, (), "Europe/Berlin"),
                   Retention(_SINCE, SHORTLY, _CITE, ("/wetter/",), "Europe/Berlin")),
    )
    for outlet in OUTLETS if outlet.rule
)  # fmt: skip


@dataclass
class Wire:
    """What the outlets' servers and their caches give at a time, and what the readers make of it.

    Attributes:
        now: the true time.
    """

    by_url: dict[str, Story]
    random: Random
    now: datetime = START
    looks: int = 0
    pace: Pace = field(default_factory=lambda: Pace(1, timedelta(), {}, lambda _: 0.0, asyncio.sleep))

    def __post_init__(self) -> None:
        self.ledger = Ledger(lambda: ours(self.now))

    async def get(self, url: str, *, uncached: bool = False, known: str = "", **_: Any) -> Page | NotModified:
        """What a request is answered; the bytes that are known say nothing new, as they do at the real door."""
        page = self._get(url, uncached=uncached)
        if page.digest != known:
            return page
        return NotModified(url, page.headers, page.fetched_at, connection=page.connection, status=page.status)

    def _get(self, url: str, *, uncached: bool) -> Page:
        if url.endswith("/robots.txt"):
            return self._page(url, 404, (), b"")
        self.looks += 1
        story = self.by_url[url]
        state, age = story.answer(self.now, self.random, uncached=uncached)
        date = self.now + story.outlet.skew - (age if story.outlet.honest_age else timedelta())
        headers = [("content-type", "text/html; charset=utf-8"), ("date", format_datetime(date, usegmt=True))]
        if age and story.outlet.honest_age:
            headers.append(("age", str(round(age.total_seconds()))))
        if story.is_broken(self.now):
            return self._page(url, 404, tuple(headers), SOFT)
        return self._answer(story, state, tuple(headers))

    def _answer(self, story: Story, state: State, headers: tuple[tuple[str, str], ...]) -> Page:
        url = story.url
        if state.absent == "soft":
            return self._page(url, 200, headers, SOFT)
        if state.absent == "front":
            front = f"https://{story.outlet.host}/"
            return self._page(front, 200, headers, FRONT, ((302, url),))
        if state.absent:
            return self._page(url, int(state.absent), headers, SOFT)
        return self._page(url, 200, headers, page_of(story, state, self.now, self.random))

    def _page(
        self,
        url: str,
        status: int,
        headers: tuple[tuple[str, str], ...],
        body: bytes,
        redirects: tuple[tuple[int, str], ...] = (),
    ) -> Page:
        connection = str(self.random.random())
        digest = sha256(repr((url, status, redirects)).encode() + body).hexdigest()
        return Page(url, status, headers, body, ours(self.now), "", connection, redirects, digest)

    async def look(self, look: Look, *, with_comments: bool) -> Sighting:
        seen, keeps_page = seen_in(look, PROFILES, with_comments)
        return replace(seen, page=look.answer) if keeps_page else seen

    def reads_alike(self, url: str, read_with: str) -> bool:
        return reads_alike(url, read_with, PROFILES)
