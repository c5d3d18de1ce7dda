"""The jobs of articles and sources against a real server: when they return, and what they make of robots.txt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.rows import instant_of
from db.store import people
from db.store.articles import due_articles
from db.store.rulings import due_rulings
from db.store.sources import WantedSource, configure, due_sources, record_polls
from db.store.visits import record_visits
from db.work import Outcome
from schedules.judge import judge
from schedules.poll import Poller
from schedules.readers import Readers
from schedules.robots import Gatekeeper
from schedules.sighting import Look, sighting
from schedules.times import Every, cron
from schedules.visit import Visitor, VisitSettings
from scraper.read import read
from tests import printed
from tests.scripted import RESET, Server, guarded, http
from tests.world import URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from db.work import DueArticle, Known, VisitResult
    from schedules.times import Fixed
    from scraper.http import Door

GAP = timedelta(seconds=2)
OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00"}}
NEW = {"text": "Sechs Tote.", "clocks": {"stand": "08:00"}}
READERS = Readers(1, timedelta(seconds=20))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db")
    yield made
    made.store.close()
    READERS.close()


def visitor(world: World, door: Door, revisit: Fixed | None = None) -> Visitor:
    async def known(due: DueArticle) -> Known:
        return world.known(due)

    fixed = {people.BY_HAND: revisit} if revisit else {}
    settings = VisitSettings(GAP, Patience(), fixed)
    return Visitor(Gatekeeper(door, "Nachtrag/test", lambda: world.now), READERS, lambda: world.now, settings, known)


async def visited(world: World, times: int = 1) -> VisitResult:
    """The article is looked at so often, whenever it is due."""
    async with guarded(clock=lambda: world.now) as door:
        for _ in range(times):
            world.now = max(world.now + GAP, _next(world))
            (due,) = world.store.call(due_articles, world.now, 10)
            result = await visitor(world, door).visit(due)
            world.store.call(record_visits, [result])
    return result


def _next(world: World) -> datetime:
    return instant_of(str(world.rows("SELECT next_visit_at AS at FROM articles")[0]["at"]))


def added(world: World, server: Server, path: str) -> str:
    url = f"http://zeitung.example:{server.port}{path}"
    world.store.call(people.add_by_hand, [url], world.now)
    return url


@pytest.mark.parametrize(
    ("script", "outcome", "at_least"),
    [((RESET,), Outcome.FAILED, timedelta(hours=20)), (http(b"", status="404 X"), Outcome.GONE, timedelta(hours=5))],
)
async def test_an_open_ruling_does_not_keep_asking_for_what_is_not_there(
    world: World, script: object, outcome: Outcome, at_least: timedelta
) -> None:
    async with Server({"/a": script, "/robots.txt": http(b"")}) as server:
        url = added(world, server, "/a")
        world.look(url=url, lives_at=url, **OLD)
        world.wait(minutes=30).look(url=url, lives_at=url, **NEW)
        assert world.due().wants_settling
        world.wait(minutes=6)
        result = await visited(world, 12)
    assert result.seen.outcome == outcome
    assert result.next_visit_at - result.at >= at_least


BUSY = http(b"", "Retry-After: 45", status="429 X")


@pytest.mark.parametrize(
    ("script", "revisit", "waits"),
    [
        (BUSY, Every(timedelta(seconds=15)), [45, 45, 60, 120, 240, 480]),
        (RESET, Every(timedelta(seconds=15)), [15, 30, 60, 120, 240, 480]),
        (RESET, Every(timedelta(hours=1)), [300, 600, 1200, 2400, 4800, 9600]),
        (RESET, cron("* * * * *"), [300, 600, 1200, 2400, 4800, 9600]),
        (RESET, Every(timedelta(days=9)), [300, 600, 1200, 2400, 4800, 9600]),
        (BUSY, None, [300, 600, 1200, 2400, 4800, 9600]),
    ],
)
async def test_what_fails_is_asked_ever_later_whatever_its_interval(
    world: World, script: bytes | tuple[bytes, ...], revisit: Fixed | None, waits: list[int]
) -> None:
    """Also where the feed of the same host answers meanwhile, so that the host as a whole does not rest."""
    found = []
    async with Server({"/a": script, "/robots.txt": http(b"")}) as server, guarded(clock=lambda: world.now) as door:
        added(world, server, "/a")
        for _ in waits:
            world.now = max(world.now, _next(world))
            world.store.call(lambda con: con.execute("UPDATE hosts SET failures = 0"))
            (due,) = world.store.call(due_articles, world.now, 10)
            result = await visitor(world, door, revisit).visit(due)
            world.store.call(record_visits, [result])
            found.append((result.next_visit_at - result.at).total_seconds())
        assert found == waits


@pytest.mark.parametrize("status", ["429 X", "503 X"])
async def test_a_host_that_cannot_give_its_robots_txt_is_asked_when_it_says(world: World, status: str) -> None:
    busy = http(b"", "Retry-After: 7200", status=status)
    page = http(b"<html><h1>x</h1></html>", "Content-Type: text/html")
    async with Server({"/a": page, "/robots.txt": [busy, http(b"")]}) as server:
        added(world, server, "/a")
        result = await visited(world)
        assert result.seen.failure is not None
        assert result.seen.failure.code == "robots"
        assert f"/robots.txt answered {status[:3]}: until it can be read" in result.seen.failure.message
        assert result.host_pause == timedelta(hours=2)
        assert result.next_visit_at - result.at == timedelta(hours=2)
        await visited(world)
        assert server.paths == ["/robots.txt", "/robots.txt", "/a"]


async def test_what_robots_txt_says_of_the_host_that_we_are_sent_on_to_is_kept(world: World) -> None:
    async with Server({"/robots.txt": http(b"User-agent: *\nDisallow: /x\n")}) as server:
        target = f"http://www.zeitung.example:{server.port}/a"
        server.scripts["/a"] = [http(b"", f"Location: {target}", status="301 X"), http(b"", status="404 X")]
        added(world, server, "/a")
        result = await visited(world)
        hosts = [f"zeitung.example:{server.port}", f"www.zeitung.example:{server.port}"]
        assert [copy.host for copy in result.robots] == hosts
        world.store.call(lambda con: con.execute("UPDATE articles SET url = ?, leased_until = NULL", [target]))
        world.wait(hours=1)
        assert sorted(copy.host for copy in world.due().robots) == sorted(hosts)


async def test_a_feed_s_host_that_cannot_give_its_robots_txt_is_asked_when_it_says(world: World) -> None:
    async with Server({"/robots.txt": http(b"", "Retry-After: 7200", status="503 X")}) as server:
        feed = f"http://zeitung.example:{server.port}/feed.xml"
        world.store.call(configure, [WantedSource("Zeitung", feed, timedelta(minutes=5))], world.now)
        async with guarded(clock=lambda: world.now) as door:
            poller = Poller(Gatekeeper(door, "Nachtrag/test", lambda: world.now), READERS, lambda: world.now, GAP)
            (due,) = world.store.call(due_sources, world.now, 10)
            result = await poller.poll(due)
            world.store.call(record_polls, [result])
    assert server.paths == ["/robots.txt"]
    assert result.next_poll_at - result.at == timedelta(hours=2)


async def test_comparing_in_another_process_comes_to_the_same(world: World) -> None:
    before, after = (
        printed.page("Stand: 24.11.2026, 8:00 Uhr", world.now, text) for text in (printed.OLD, printed.NEW)
    )
    world.poll(URL)
    due = world.due()
    look = Look(due, world.known(due), before, world.patience, uncached=False)
    world.record(due, await READERS.look(look, with_comments=False))
    due = world.wait(minutes=30).due()
    answer = replace(after, fetched_at=world.now, headers=(*after.headers, ("date", "Tue, 24 Nov 2026 12:35:00 GMT")))
    look = Look(due, world.known(due), answer, world.patience, uncached=False)
    seen = await READERS.look(look, with_comments=False)
    assert replace(seen, imprint=None) == sighting(look, read(answer))
    assert seen.outcome == Outcome.CHANGED
    assert seen.page is answer
    world.record(due, seen)
    (ruling,) = world.wait(minutes=61).store.call(due_rulings, world.now, 10)
    result = await READERS.ruling(ruling, world.patience, world.now)
    assert result == judge(ruling, world.patience, world.now)
    assert result.ruling is not None


def test_a_ruling_that_somebody_is_at_is_not_handed_out_again(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**NEW)
    world.wait(minutes=61)
    assert len(world.store.call(due_rulings, world.now, 10)) == 1
    assert world.store.call(due_rulings, world.now, 10) == []
    assert len(world.wait(minutes=6).store.call(due_rulings, world.now, 10)) == 1


async def test_the_same_bytes_are_not_read_again(world: World) -> None:
    body = printed.page("Stand: 24.11.2026, 8:00 Uhr", world.now).body
    async with Server({"/a": http(body, "Content-Type: text/html"), "/robots.txt": http(b"")}) as server:
        added(world, server, "/a")
        assert (await visited(world)).seen.outcome == Outcome.NEW
        result = await visited(world)
    assert (result.seen.outcome, result.seen.proof, result.seen.article) == (Outcome.SAME, "bytes", None)
    assert world.rows("SELECT outcome, status FROM observations") == [
        {"outcome": "new", "status": 200},
        {"outcome": "same", "status": 200},
    ]
