"""Walks through an index of sitemaps, poll after poll, at hosts that want pauses or break down."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db.rows import parts_from_json, parts_to_json
from db.work import DueSource
from schedules.sitemaps import Sitemaps
from scraper.errors import FetchError, HostRests, HttpStatus, RobotsDenied
from scraper.feeds.entry import Feed, FeedEntry, SitemapPart
from scraper.page import Page, Validators

NOON = datetime(2024, 5, 15, 12, 0, tzinfo=UTC)


class Walk:
    """An index of sitemaps, polled again and again at a host that wants such a pause between two requests."""

    def __init__(self, delay: timedelta, **pages: Feed) -> None:
        self.delay, self.now, self.asked, self.pages = delay, NOON, Counter[str](), pages
        self.error: FetchError | None = None
        self.living: tuple[str, ...] = ("index",)
        self.due = DueSource(1, "Blatt", "index", "blatt.example", timedelta(hours=1), Validators(), 0, (), "sitemap")

    async def poll(self) -> str:
        """The code of what went wrong, if anything."""
        self.now += timedelta(minutes=15)
        found = await Sitemaps(self._fetch, self._read, lambda: self.now, lambda: self.delay, self._sleep).harvest(
            self.due
        )
        self.due, self.in_part = (
            replace(self.due, parts=parts_from_json(parts_to_json(found.parts or ()))),
            found.in_part,
        )
        return found.failure.code if found.failure else ""

    async def _sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def _fetch(self, url: str, _validators: Validators, _digest: str) -> Page:
        self.asked[url] += 1
        if self.error is not None and url not in self.living:
            raise self.error
        return Page(url, 200, (), b"", self.now)

    async def _read(self, page: Page) -> Feed:
        return self.pages.get(page.url) or Feed("sitemap", "", (FeedEntry(page.url, "", None, None),))


def naming(*names: str) -> Feed:
    return Feed("sitemapindex", "", (), parts=tuple(SitemapPart(name, None) for name in names))


@pytest.mark.parametrize("seconds", [30, 45, 60, 100, 170])
async def test_however_few_parts_a_poll_can_ask_for_all_have_their_turn(seconds: int) -> None:
    names = [f"s{number}" for number in range(20)]
    walk = Walk(timedelta(seconds=seconds), index=naming(*names))
    assert {await walk.poll() for _ in range(80)} == {""}
    each = [walk.asked[name] for name in names]
    assert min(each) >= max(each) - 1 >= 2


@pytest.mark.parametrize(("seconds", "said"), [(300, {"too_slow"}), (60, {""}), (100, {"too_slow"})])
async def test_a_host_whose_pauses_leave_no_time_for_any_part_is_a_failure_with_a_name(
    seconds: int, said: set[str]
) -> None:
    walk = Walk(timedelta(seconds=seconds), index=naming("deeper"), deeper=naming("a", "b"))
    assert {await walk.poll() for _ in range(6)} == said


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (HttpStatus(503, "busy", "blatt.example"), 5),
        (FetchError("timeout", "no answer"), 5),
        (HttpStatus(404, "none", "blatt.example"), 20),
        (RobotsDenied("forbidden"), 20),
        (HostRests("rests", timedelta(minutes=5)), 1),
    ],
)
async def test_a_host_that_breaks_down_while_an_index_is_read_is_left_alone(error: FetchError, asked: int) -> None:
    walk = Walk(timedelta(seconds=2), index=naming(*(f"s{number}" for number in range(20))))
    walk.error = error
    assert await walk.poll() == error.code
    assert walk.asked.total() - 1 == asked


async def test_an_index_of_dead_parts_and_few_living_ones_without_news_answers_in_part_at_every_poll() -> None:
    names = [f"s{number}" for number in range(60)]
    quiet = Feed("sitemap", "", (), older=3)
    walk = Walk(timedelta(), index=naming(*names), s7=quiet)
    walk.error, walk.living = HttpStatus(404, "none", "blatt.example"), ("index", "s7")
    said = []
    for _ in range(9):
        assert await walk.poll() == "http_404"
        said.append(walk.in_part)
    assert said == [True] * 9
    walk.living = ("index",)
    for _ in range(9):
        await walk.poll()
    assert not walk.in_part


@pytest.mark.parametrize("error", [FetchError("connect", "nobody there"), HostRests("rests", timedelta(minutes=5))])
async def test_another_host_that_is_down_keeps_no_part_of_the_index_s_own_waiting(error: FetchError) -> None:
    own, other = ([f"https://{host}.example/{number}" for number in range(8)] for host in ("blatt", "cdn"))
    walk = Walk(timedelta(), index=naming(*other, *own))
    walk.error, walk.living = error, ("index", *own)
    for polls in range(1, 6):
        assert await walk.poll() == error.code
        assert walk.in_part
        assert [walk.asked[url] for url in own] == [polls] * 8
