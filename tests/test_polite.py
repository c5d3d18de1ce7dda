"""Hosts that want otherwise, that hang and that fail, beside healthy ones: what their own log says of us. The product's
queues, real SQLite, in virtual time; only the wire is ours.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import httpx
import pytest

from benchmarks import virtual_time
from benchmarks.scale.room import articles, queues
from db.rows import text_of
from db.store.articles import due_articles
from db.store.connection import Store
from db.store.sources import list_entries
from db.store.visits import record_visits
from db.work import Outcome, Sighting, VisitResult
from schedules.applying import apply
from schedules.config import Config
from scraper.feeds.entry import FeedEntry
from scraper.page import Page
from scraper.read import generic
from tests.articles import article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.virtual_time import VirtualTime
    from db.work import DueArticle

START = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
GAP, EVERY, WAIT, DELAY, TICK = 2.0, 60.0, 120.0, 10.0, 1.0
MINUTES = 8
HEALTHY, BUSY, SLOW, HANGING, FAILING, CLOSED, QUIET = (f"h{number}.example" for number in range(7))
HOUR = timedelta(hours=1)
COUNTED = "SELECT host, sum(full + unchanged + other + failed) FROM host_days GROUP BY host"
Log = dict[str, list[tuple[float, str]]]


class Servers:
    """All hosts, and what each was asked when."""

    def __init__(self, time: VirtualTime) -> None:
        self.time, self.log = time, defaultdict[str, list[tuple[float, str]]](list)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        self.log[host].append((self.time.seconds, request.url.path))
        if host.startswith(HANGING):
            await asyncio.sleep(1e6)
        if host == FAILING and request.url.path != "/robots.txt":
            return answer(503)
        if host == BUSY and len(self.log[host]) == 4:
            return answer(429, headers={"retry-after": f"{WAIT:.0f}"})
        if request.url.path == "/robots.txt":
            return self._robots(host)
        return answer(304)

    @staticmethod
    def _robots(host: str) -> httpx.Response:
        said = {SLOW: f"Crawl-delay: {DELAY:.0f}", CLOSED: "Disallow: /"}.get(host)
        return answer(200, f"User-agent: *\n{said}\n") if said else answer(404)


def answer(status: int, body: str = "", headers: dict[str, str] | None = None) -> httpx.Response:
    """One that can be read as it comes."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body.encode()))


def seeded(database: Path, names: Sequence[str], each: int, planned: Sequence[str] = ()) -> Config:
    """So many articles of each host, all read an hour ago, all due at the start; robots.txt was not asked yet. Those
    of hosts that are not `planned` have an interval of their own.
    """
    sources = [
        {"name": name, "feed": f"https://{name}/feed", "every": "365d"}
        | ({} if name in planned else {"revisit": f"{EVERY:.0f}s"})
        for name in names
    ]
    quiet = [{"name": QUIET, "quiet": "18:00-18:05"}]
    fetch = {"gap": f"{GAP:.0f}s"}
    made = Config.model_validate({"database": database, "sources": sources, "hosts": quiet, "fetch": fetch})
    with Store(database) as store:
        store.call(apply, made, START)
        store.call(lambda con: con.execute("UPDATE sources SET next_poll_at = ?", [text_of(START + 9_999 * HOUR)]))
        for number, name in enumerate(names, 1):
            entries = [FeedEntry(f"https://{name}/{path}", "", None, None) for path in range(each)]
            store.call(list_entries, number, entries, START - HOUR)
        due = store.call(due_articles, START - HOUR, each * len(names), each)
        store.call(record_visits, [read_before(item) for item in due])
    return made


def watched(made: Config, start: datetime, seconds: float, tick: float) -> tuple[Log, dict[str, int]]:
    """What the servers saw in so much time; and how many requests the ledger has, by host."""

    async def look(time: VirtualTime) -> tuple[Log, dict[str, int]]:
        servers = Servers(time)
        async with queues(made, time.now, servers) as (working, store):
            worker = articles(working)
            while time.seconds < seconds:
                await worker.turn()
                await asyncio.sleep(tick)
            await working.stop(60)
            return servers.log, dict(store.read(lambda con: con.execute(COUNTED).fetchall()))

    return virtual_time.run(look, start)


def read_before(due: DueArticle) -> VisitResult:
    """A look an hour ago."""
    at = START - HOUR
    page = Page(due.fetch_url, 200, (("etag", '"1"'),), b"<html>", at)
    seen = Sighting(
        Outcome.NEW,
        page=page,
        article=article(read_with=generic.NAME),
        fingerprint=due.url,
        validators=page.validators,
        status=200,
    )
    return VisitResult(due.id, at, seen, START, timedelta(), (), None)


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Log, dict[str, int]]:
    """Eight minutes with all kinds of hosts."""
    names = (HEALTHY, BUSY, SLOW, HANGING, FAILING, CLOSED, QUIET)
    return watched(seeded(tmp_path_factory.mktemp("polite") / "n.db", names, 6), START, MINUTES * 60, TICK)


@pytest.fixture(scope="module")
def log(minutes: tuple[Log, dict[str, int]]) -> Log:
    """What the servers saw."""
    return minutes[0]


def times(log: Log, host: str) -> list[float]:
    return [at for at, _path in log[host]]


def apart(moments: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(moments)]


def test_healthy_hosts_are_served_on_time_whatever_others_do(log: Log) -> None:
    assert min(apart(times(log, HEALTHY))) >= GAP
    by_article = defaultdict(list)
    for at, path in log[HEALTHY][1:]:
        by_article[path].append(at)
    assert len(by_article) >= 6
    late = [between - EVERY for moments in by_article.values() for between in apart(moments)]
    assert len(late) >= len(by_article) * (MINUTES - 3)
    assert min(late) >= 0
    # All its articles may be due at once, so that each waits for the others.
    assert max(late) <= len(by_article) * (GAP + TICK)


def test_who_says_429_is_left_alone_for_as_long_as_it_says(log: Log) -> None:
    moments = times(log, BUSY)
    assert WAIT <= moments[4] - moments[3] <= WAIT + 1
    assert len(moments) > 20


def test_a_crawl_delay_counts_from_robots_txt_on(log: Log) -> None:
    assert log[SLOW][0][1] == "/robots.txt"
    assert min(apart(times(log, SLOW))) >= DELAY
    # There is more to be asked than that lets us: so each pause is just as long.
    assert max(apart(times(log, SLOW))) <= DELAY + 1


@pytest.mark.parametrize(("host", "takes"), [(HANGING, 25.0), (FAILING, 0.0)])
def test_who_fails_rests_and_is_then_probed_by_one(log: Log, host: str, takes: float) -> None:
    failed = [at for at, path in log[host] if path != "/robots.txt" or host == HANGING]
    between = [pause - takes for pause in apart(failed)]
    assert between == pytest.approx([GAP] * 4 + [300], abs=1)


def test_robots_txt_is_asked_and_obeyed(log: Log) -> None:
    assert {path for _at, path in log[CLOSED]} == {"/robots.txt"}


def test_nobody_is_asked_in_quiet_hours(log: Log) -> None:
    assert [at for at in times(log, QUIET) if at < 300] == []


def test_the_ledger_says_what_the_servers_log_says(minutes: tuple[Log, dict[str, int]]) -> None:
    log, counted = minutes
    assert counted == {host: len(asked) for host, asked in log.items() if asked}


def test_after_a_week_off_the_first_hour_is_no_storm(tmp_path: Path) -> None:
    hosts, each, minute = [f"z{number}.example" for number in range(4)], 76, 60.0
    made = seeded(tmp_path / "n.db", hosts, each)
    made = made.model_copy(
        update={"sources": tuple(source.model_copy(update={"revisit": HOUR * 9}) for source in made.sources)}
    )
    log, _counted = watched(made, START + timedelta(days=7), 3_700, 6.0)
    looks = [(at, host) for host in hosts for at, path in log[host] if path != "/robots.txt"]
    assert len(looks) == len(hosts) * each
    by_minute = [sum(begin <= at < begin + minute for at, _host in looks) for begin in range(0, 3_600, 60)]
    # All at once, at the pace of the hosts, would be 120 a minute for two and a half, and then nothing.
    assert max(by_minute) <= 9
    assert min(by_minute) >= 2


def test_many_hosts_that_hang_hold_up_nobody(tmp_path: Path) -> None:
    names = [f"{HANGING}{number:02}" for number in range(80)]
    log, _ = watched(seeded(tmp_path / "n.db", [*names, "z.example"], 1), START, 12, TICK)
    assert set(log) == {*names, "z.example"}
    assert len(log["z.example"]) == 2  # robots.txt and the article


def test_looks_that_nobody_has_answered_yet_are_spent(tmp_path: Path) -> None:
    hanging, fixed = [f"{HANGING}{number}" for number in range(40)], [f"a{number}.example" for number in range(10)]
    made = seeded(tmp_path / "n.db", (*hanging, *fixed), 1, hanging)

    async def look(time: VirtualTime) -> set[str]:
        servers = Servers(time)
        async with queues(made, time.now, servers) as (working, _store):
            assert working.planner is not None
            working.planner.purse.saved = working.planner.purse.granted[-1] = 3
            worker = articles(working)
            while time.seconds < 10:
                await worker.turn()
                await asyncio.sleep(TICK)
            return set(servers.log)

    asked = virtual_time.run(look, START)
    assert len(asked & set(hanging)) == 3
    assert asked >= set(fixed)
