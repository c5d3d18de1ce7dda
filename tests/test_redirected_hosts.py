"""A host to which others lead is treated as gently as those that are asked by their own names: real connections."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.store.articles import due_articles
from db.store.hosts import keep_robots, robots_elsewhere
from db.store.manners import failing_rests
from db.store.sources import WantedSource, configure, due_sources, record_polls
from db.store.visits import record_visits
from db.work import Outcome, RobotsCopy
from schedules.manners import Manners
from schedules.poll import Poller
from schedules.readers import Readers
from schedules.robots import Gatekeeper
from schedules.times import QuietHours, quiet
from schedules.visit import Visitor, VisitSettings
from schedules.waits import waits_of
from scraper.errors import FetchError, HostRests, HttpStatus
from scraper.http import Door, FetchSettings
from scraper.ledger import Ledger
from scraper.page import Page
from tests.articles import NOON
from tests.scripted import Server, guarded, http
from tests.world import START, World

if TYPE_CHECKING:
    from pathlib import Path

    from db.work import DueArticle, Known

BUSY = http(b"", status="503 X")


def leading_to(server: Server, host: str, path: str = "/") -> tuple[bytes, ...]:
    """An answer that redirects there."""
    return http(b"", f"Location: http://{host}:{server.port}{path}", status="301 X")


class Watch:
    """A clock that is put by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


async def test_a_redirect_does_not_wake_a_host_in_its_quiet_hours() -> None:
    ends = NOON + timedelta(hours=3)

    def asleep(host: str) -> datetime | None:
        return ends if host.startswith("www.") else None

    async with Server({"/": http(b"x")}) as server, guarded(clock=lambda: NOON, asleep=asleep) as door:
        server.scripts["/a"] = leading_to(server, "www.zeitung.example")
        with pytest.raises(HostRests, match=r"www.zeitung.example:\d+ has quiet hours until 2026") as raised:
            await door.get(f"http://zeitung.example:{server.port}/a")
        assert raised.value.wait == timedelta(hours=3)
        assert server.paths == ["/a"]


async def test_a_redirect_leaves_a_host_alone_that_rests_and_lets_one_request_find_out(tmp_path: Path) -> None:
    watch, world = Watch(), World(tmp_path / "n.db")
    async with Server({"/": BUSY}) as server, guarded(clock=watch) as door:
        manners, host = (
            Manners(world.store, door, watch, QuietHours({}, {})),
            f"www.zeitung.example:{server.port}",
        )
        server.scripts["/a"] = leading_to(server, "www.zeitung.example")

        async def look() -> FetchError | Page:
            try:
                return await door.get(f"http://zeitung.example:{server.port}/a")  # type: ignore[return-value]
            except FetchError as error:
                return error
            finally:
                await manners.keep(lambda _con: None)

        for _ in range(5):
            assert isinstance(await look(), HttpStatus)
        assert world.store.read(failing_rests, watch.now) == {host: watch.now + timedelta(minutes=5)}
        rests = await look()
        assert isinstance(rests, HostRests)
        assert "failed several times in a row and rests until" in rests.message
        assert server.paths.count("/") == 5
        watch.now += timedelta(minutes=5)
        first, second = await asyncio.gather(look(), look())
        assert isinstance(first, HttpStatus)
        assert isinstance(second, HostRests)
        assert server.paths.count("/") == 6
        watch.now += timedelta(minutes=10)
        server.scripts["/"] = http(b"x")
        assert all(isinstance(found, Page) for found in [await look(), await look()])
        assert world.store.read(failing_rests, watch.now) == {}
        server.scripts["/"] = BUSY  # one failure is nothing again
        assert all(isinstance(found, HttpStatus) for found in [await look(), await look()])
    world.store.close()


def test_rests_are_known_after_a_restart_and_end_if_the_clock_was_ahead() -> None:
    watch = Watch()
    ledger = Ledger(watch)
    ledger.remember({}, {"zeitung.example": NOON + timedelta(minutes=30)})
    with pytest.raises(HostRests):
        ledger.rest("zeitung.example")
    watch.now -= timedelta(days=1)
    assert ledger.rest("zeitung.example") == 0.0


async def test_robots_txt_of_a_host_that_others_lead_to_is_asked_once() -> None:
    rules = http(b"User-agent: *\nDisallow: /b\n")
    async with Server({"/robots.txt": rules, "/": http(b"x")}) as server, guarded() as door:
        keeper = Gatekeeper(door, "Nachtrag/0.1", lambda: NOON)
        for number in range(3):
            gate = keeper.gate(f"zeitung{number}.example:{server.port}", ())
            await gate.check(f"http://www.zeitung.example:{server.port}/a")
            with pytest.raises(FetchError, match="does not allow"):
                await gate.check(f"http://www.zeitung.example:{server.port}/b")
            assert len(gate.fetched) == (number == 0)
        assert server.paths == ["/robots.txt"]


async def test_a_host_is_not_blamed_for_the_pause_of_the_one_that_it_leads_to() -> None:
    """What the gate asks there waits for its turn, longer than a look may take."""

    async def pause(_seconds: float) -> None:
        await asyncio.sleep(0.5)

    settings = {"deadline": timedelta(seconds=0.4), "gap": timedelta(minutes=1), "pause": pause}
    async with Server({"/robots.txt": http(b""), "/b": http(b"x")}) as server, guarded(**settings) as door:
        server.scripts["/a"] = leading_to(server, "www.zeitung.example", "/b")
        await door.get(f"http://www.zeitung.example:{server.port}/b")
        gate = Gatekeeper(door, "Nachtrag/0.1", lambda: NOON).gate(f"zeitung.example:{server.port}", ())
        answer = await door.get(f"http://zeitung.example:{server.port}/a", check=gate.check)
        assert isinstance(answer, Page)


async def test_a_robots_txt_that_was_not_asked_is_not_counted() -> None:
    watch = Watch()
    async with Server({"/robots.txt": http(b"")}) as server, guarded(clock=watch) as door:
        host = f"www.zeitung.example:{server.port}"
        door.ledger.let_rest({host: watch.now + timedelta(minutes=5)})
        with pytest.raises(HostRests):
            await Gatekeeper(door, "Nachtrag/0.1", watch).gate("zeitung.example", ()).check(f"http://{host}/a")
        assert door.ledger.take(watch.now, at_once=True).days == {}


async def test_who_gives_up_waiting_does_not_make_others_wait_longer() -> None:
    slept: list[int] = []
    sleeps = asyncio.Event()

    async def pause(seconds: float) -> None:
        slept.append(round(seconds))
        sleeps.set()
        if len(slept) < 4:
            await asyncio.Event().wait()

    async with Server({"/": http(b"x")}) as server, guarded(gap=timedelta(seconds=30), pause=pause) as door:
        url = f"http://zeitung.example:{server.port}/"
        await door.get(url)
        for _ in range(3):
            sleeps.clear()
            waiting = asyncio.ensure_future(door.get(url))
            await sleeps.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        assert isinstance(await door.get(url), Page)
    assert slept == [30, 30, 30, 30]


async def test_nobody_stands_in_a_line_of_minutes() -> None:
    async def pause(_seconds: float) -> None:
        await asyncio.Event().wait()

    async with Server({"/": http(b"x")}) as server, guarded(gap=timedelta(seconds=50), pause=pause) as door:
        url = f"http://zeitung.example:{server.port}/"
        await door.get(url)
        waiting = [asyncio.ensure_future(door.get(url)) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(HostRests, match="asked for so much"):
            await door.get(url)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


@pytest.mark.parametrize("why", ["quiet", "rests", "paces"])
async def test_an_article_is_put_off_whose_address_leads_to_a_host_that_is_to_be_left_alone(
    tmp_path: Path, why: str
) -> None:
    world = World(tmp_path / "n.db")
    world.poll("https://zeitung.example/a")
    world.look(text="Fünf Tote.", lives_at="https://www.zeitung.example/a")
    hours = {"www.zeitung.example": quiet("11:00-17:00")} if why == "quiet" else {}
    asleep = QuietHours(hours, {})
    door = Door(FetchSettings("x"), lambda: world.now, asleep=lambda host: asleep.of_host(host, world.now))
    if why == "rests":
        door.ledger.let_rest({"www.zeitung.example": world.now + timedelta(minutes=30)})
    elif why == "paces":
        door.pace.remember({"www.zeitung.example": timedelta(minutes=30)})
    manners = Manners(world.store, door, lambda: world.now, asleep)
    assert await manners.awake("articles", [world.due()]) == []
    (row,) = world.rows("SELECT next_visit_at FROM articles")
    ends = START.replace(hour=17) if why == "quiet" else world.now + timedelta(minutes=30)
    assert ends.isoformat() <= str(row["next_visit_at"]) <= (ends + timedelta(hours=1)).isoformat()
    assert world.store.call(due_articles, world.now, 10) == []
    world.store.close()


async def test_what_a_host_asks_for_holds_for_itself_and_not_for_the_one_that_led_there() -> None:
    async with Server({"/": http(b"", "Retry-After: 600", status="429 X")}) as server, guarded() as door:
        server.scripts["/a"] = leading_to(server, "www.zeitung.example")
        with pytest.raises(HttpStatus) as raised:
            await door.get(f"http://zeitung.example:{server.port}/a")
    ten = timedelta(minutes=10)
    assert waits_of(raised.value, f"zeitung.example:{server.port}") == (timedelta(), ten)
    assert waits_of(raised.value, f"www.zeitung.example:{server.port}") == (ten, timedelta())
    assert waits_of(HostRests("it rests", ten), "zeitung.example") == (timedelta(), ten)
    assert waits_of(FetchError("dns", "nobody there"), "zeitung.example") == (timedelta(), timedelta())


async def test_of_a_long_robots_txt_the_beginning_counts() -> None:
    rules = b"User-agent: *\nDisallow: /b\n" + b"# filler\n" * 130_000 + b"Disallow: /a\n"
    async with Server({"/robots.txt": http(rules)}) as server, guarded() as door:
        gate = Gatekeeper(door, "Nachtrag/0.1", lambda: NOON).gate(f"zeitung.example:{server.port}", ())
        await gate.check(f"http://zeitung.example:{server.port}/a")
        with pytest.raises(FetchError, match="does not allow"):
            await gate.check(f"http://zeitung.example:{server.port}/b")
        assert server.paths == ["/robots.txt"]
        assert len(gate.fetched[0].body) == 512 * 1024


async def test_an_endless_robots_txt_is_not_asked_for_again_at_once() -> None:
    async with Server({"/robots.txt": http(b"#" * 6_000_000)}) as server, guarded() as door:
        gate = Gatekeeper(door, "Nachtrag/0.1", lambda: NOON).gate(f"zeitung.example:{server.port}", ())
        for _ in range(2):
            with pytest.raises(FetchError, match="could not be read: until it can be read nothing else is asked"):
                await gate.check(f"http://zeitung.example:{server.port}/a")
        assert server.paths == ["/robots.txt"]
        days = door.ledger.take(NOON, at_once=True).days
        assert [day.robots for day in days.values()] == [1]


def test_a_pause_is_no_longer_than_was_asked_for_where_the_clock_is_set_back() -> None:
    watch = Watch()
    ledger = Ledger(watch)
    ledger.remember({"a.example": NOON + timedelta(seconds=90)}, {"b.example": NOON + timedelta(minutes=5)})
    watch.now -= timedelta(hours=3)
    ledger.set_back(timedelta(hours=3))
    assert [ledger.left_alone(host)[0] for host in ("a.example", "b.example")] == [
        watch.now + timedelta(seconds=90), watch.now + timedelta(minutes=5),
    ]  # fmt: skip


async def test_another_configuration_does_not_forget_when_hosts_were_asked() -> None:
    slept: list[int] = []

    async def pause(seconds: float) -> None:
        slept.append(round(seconds))

    scripts: dict[str, object] = {"/robots.txt": http(b"User-agent: *\nCrawl-delay: 30\n"), "/a": http(b"x")}
    given = {"pause": pause, "clock": lambda: NOON}
    async with Server(scripts) as server, guarded(**given) as before, guarded(**given) as after:  # type: ignore[arg-type]
        url, host = f"http://zeitung.example:{server.port}/a", f"zeitung.example:{server.port}"
        await before.get(url, check=Gatekeeper(before, "Nachtrag/0.1", lambda: NOON).gate(host, ()).check)
        assert slept == [30]
        before.ledger.let_rest({"other.example": NOON + timedelta(minutes=5)})
        after.follow(before)
        await after.get(url)
        assert slept == [30, 60]  # none of these seconds has passed
        assert after.ledger.left_alone("other.example")[0] == NOON + timedelta(minutes=5)
        assert {day.closest for day in after.ledger.take(NOON, at_once=True).days.values()} != {None}


RULES = http(b"User-agent: *\nCrawl-delay: 300\n")


async def test_jobs_are_as_far_apart_as_a_crawl_delay_asks_whoever_led_there() -> None:
    """Of a long one a minute is waited within a job; the next jobs are told moments of their own."""
    slept: list[int] = []

    async def pause(seconds: float) -> None:
        slept.append(round(seconds))

    async with Server({"/robots.txt": RULES, "/b": http(b"x")}) as server, guarded(pause=pause) as door:
        server.scripts["/a"] = leading_to(server, "www.zeitung.example", "/b")
        keeper, there = Gatekeeper(door, "Nachtrag/0.1", lambda: NOON), f"www.zeitung.example:{server.port}"

        async def job(name: str, path: str = "/a") -> str:
            """What came of it, or how many seconds later it is to come."""
            host = f"{name}.example:{server.port}"
            try:
                await asyncio.create_task(door.get(f"http://{host}{path}", check=keeper.gate(host, ()).check))
            except HostRests as rests:
                return f"{rests.message.removeprefix(there)}: {rests.wait / timedelta(seconds=1):.0f}"
            return "done"

        assert await job("leser") == "done"
        assert slept == [60, 60]  # at the host that leads there, and there: from robots.txt to the page
        waits = [await job("mobil"), await job("www.zeitung", "/b"), await job("amp")]
        # What is waited for takes no time here: it counts from the minute that was.
        assert waits == [f" has 0:05:00 between two requests: {60 + 300 * place}" for place in (1, 2, 3)]
        assert server.paths.count("/b") == 1
        known = door.pace._hosts[there]
        known.last, known.promised = known.last - 310, -math.inf
        slept.clear()
        assert await job("www.zeitung", "/b") == "done"
        assert slept == [50]


async def test_after_a_restart_a_host_that_others_lead_to_has_its_pause_and_is_not_asked_for_its_rules(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "n.db")
    own, there = RobotsCopy("zeitung.example", 200, "", NOON), RobotsCopy("www.zeitung.example", 200, "", NOON)
    there = replace(there, body="User-agent: *\nCrawl-delay: 300\n")
    world.poll("https://zeitung.example/a")
    world.store.call(keep_robots, [own, there])
    assert world.store.read(robots_elsewhere, 10) == (there,)
    async with guarded() as door:
        keeper = Gatekeeper(door, "Nachtrag/0.1", lambda: NOON)
        keeper.remember_all([there])
        assert 299 < door.pace.left("www.zeitung.example") <= 300
        gate = keeper.gate("zeitung.example", (own,))
        await gate.check("https://www.zeitung.example/a")
        assert gate.fetched == ()
    world.store.close()


async def test_a_look_that_is_put_off_is_none(tmp_path: Path) -> None:
    """Nothing is wrong with the article, and a hint is not forgotten."""
    world, readers = World(tmp_path / "n.db"), Readers(1, timedelta(seconds=20))
    async with Server({}) as server, guarded(clock=lambda: world.now) as door:
        host = f"zeitung.example:{server.port}"
        server.scripts["/a"] = leading_to(server, "www.zeitung.example", "/b")
        server.scripts["/robots.txt"] = http(b"")
        world.poll(f"http://{host}/a")
        world.store.call(lambda con: con.execute("UPDATE articles SET hinted = 1"))
        before = world.rows("SELECT failures, error_code, hinted, last_visited_at FROM articles")
        ends = world.now + timedelta(minutes=30)
        door.ledger.let_rest({f"www.{host}": ends})
        keeper = Gatekeeper(door, "Nachtrag/0.1", lambda: world.now)
        visitor = Visitor(keeper, readers, lambda: world.now, VisitSettings(timedelta(), Patience()), unasked)
        result = await visitor.visit(world.due())
        world.store.call(record_visits, [result])
    assert result.seen.outcome == Outcome.PUT_OFF
    assert world.rows("SELECT failures, error_code, hinted, last_visited_at FROM articles") == before
    assert world.rows("SELECT leased_until, next_visit_at FROM articles") == [
        {"leased_until": None, "next_visit_at": ends.isoformat(timespec="microseconds")}
    ]
    assert world.rows("SELECT * FROM observations") == []
    world.store.close()
    readers.close()


async def test_a_poll_that_is_put_off_is_no_failure(tmp_path: Path) -> None:
    world, readers = World(tmp_path / "n.db"), Readers(1, timedelta(seconds=20))
    async with Server({"/robots.txt": http(b"")}) as server, guarded(clock=lambda: world.now) as door:
        host = f"zeitung.example:{server.port}"
        server.scripts["/feed"] = leading_to(server, "feeds.zeitung.example", "/feed")
        world.store.call(configure, [WantedSource("z", f"http://{host}/feed", timedelta(minutes=5))], world.now)
        ends = world.now + timedelta(minutes=30)
        door.ledger.let_rest({f"feeds.{host}": ends})
        poller = Poller(Gatekeeper(door, "x", lambda: world.now), readers, lambda: world.now, timedelta())
        (due,) = world.store.call(due_sources, world.now, 10)
        world.store.call(record_polls, [await poller.poll(due)])
    (row,) = world.rows("SELECT failures, error_code, last_polled_at, next_poll_at FROM sources WHERE name = 'z'")
    assert (row["failures"], row["error_code"], row["last_polled_at"]) == (0, "", None)
    assert datetime.fromisoformat(str(row["next_poll_at"])) == ends
    world.store.close()
    readers.close()


async def unasked(_due: DueArticle) -> Known:
    raise AssertionError("nothing came that could be compared")
