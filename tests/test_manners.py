"""What is asked of hosts is counted, and what they ask for is obeyed: real connections, a real store."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database

from db.migrations import migrate, migrations
from db.rows import text_of
from db.store import hosts
from db.store.manners import KEPT, end_rests, keep_manners
from db.views import create_views
from schedules.config import Config
from schedules.queues import Queues
from scraper.errors import FetchError, HttpStatus, ScrapeError
from scraper.ledger import SUMS, Day, Health, Ledger, Taken
from tests.scripted import CLOSE, Server, guarded, http
from tests.world import new_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from db.store.connection import Store
    from scraper.http import Door
    from scraper.ledger import Asked

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
HOST = "zeitung.example"
LATER = http(b"", "Retry-After: 120", status="429 Too Many Requests")


class Watch:
    """A clock that is put by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "n.db") as made:
        yield made


def row(store: Store, sql: str) -> dict[str, Any]:
    return store.read(lambda con: dict(con.execute(sql).fetchone()))


@asynccontextmanager
async def asking(watch: Watch, **scripts: object) -> AsyncIterator[tuple[Door, str]]:
    """A door, and the address of a server."""
    async with Server({f"/{name}": script for name, script in scripts.items()}) as server, guarded(clock=watch) as door:
        yield door, f"http://{HOST}:{server.port}"


async def ask(door: Door, *urls: str) -> None:
    for url in urls:
        with suppress(ScrapeError):
            await door.get(url)


async def test_every_hop_is_counted_by_what_came_of_it(watch: Watch, store: Store) -> None:
    moved = http(b"", "Location: /full", status="301 X")
    async with asking(watch, full=http(b"x" * 1000), moved=moved, broken=(CLOSE,), down=http(status="503 X")) as (
        door,
        url,
    ):
        await ask(
            door, f"{url}/full", f"{url}/moved", f"{url}/none", f"{url}/broken", f"{url}/down", "http://10.0.0.1/"
        )
        assert (await door.post(f"{url}/full", b"", {}, timedelta(seconds=5))).status == 200
        store.call(keep_manners, door.ledger.take(watch.now))
        counted = row(store, "SELECT * FROM host_days")
    assert (counted["day"], counted["full"], counted["other"], counted["failed"]) == ("2026-11-26", 2, 2, 2)
    # Two bodies of 1000 bytes and one of 12, six heads of some dozen each; the webhook is not among them.
    assert 2_012 < counted["received"] < 2_500
    assert counted["busiest"] == 6
    assert counted["closest"] < 5


async def test_a_feed_or_a_sitemap_that_is_not_there_is_no_failure_of_its_host(watch: Watch, store: Store) -> None:
    async with asking(watch) as (door, url):
        for _ in range(hosts.FAILING):
            with pytest.raises(HttpStatus):
                await door.get(f"{url}/none", statuses=frozenset())
        assert store.call(keep_manners, door.ledger.take(watch.now)) == {}
        assert row(store, "SELECT failed, other FROM host_days") == {"failed": 0, "other": hosts.FAILING}


async def test_days_are_added_up_and_forgotten_after_a_year(watch: Watch, store: Store) -> None:
    first, second = Day(full=1, received=10, closest=2.5, busiest=3), Day(unchanged=2, cut=1, busiest=1)
    for day in (first, second):
        store.call(keep_manners, Taken(NOON, {(HOST, "2026-11-26"): day}, {}, {}))
    found = row(store, "SELECT full, unchanged, received, cut, closest, busiest FROM host_days")
    assert found == {"full": 1, "unchanged": 2, "received": 10, "cut": 1, "closest": 2.5, "busiest": 3}
    store.call(keep_manners, Taken(NOON + KEPT + timedelta(days=1), {(HOST, "2028-01-02"): Day()}, {}, {}))
    assert row(store, "SELECT group_concat(day) AS days FROM host_days")["days"] == "2028-01-02"


async def test_counts_are_written_now_and_then_and_none_is_lost(watch: Watch) -> None:
    ledger = Ledger(watch)
    for second in range(5):
        with ledger.request(HOST, float(second)) as asked:
            asked.status = 304
        watch.wait(seconds=1)
        taken = ledger.take(watch.now)
        if second == 2:  # the database is locked
            ledger.put_back(taken)
        assert bool(taken.days) is (second in (0, 2, 4)), second
    taken = ledger.take(watch.now, at_once=True)
    assert not taken.days
    with ledger.request(HOST, 9.0) as asked:
        asked.status = 200
    assert ledger.take(watch.now, at_once=True).days[HOST, "2026-11-26"].full == 1


async def test_what_is_cancelled_by_us_tells_nothing_of_the_host(watch: Watch) -> None:
    ledger = Ledger(watch)
    with pytest.raises(KeyboardInterrupt), ledger.request(HOST, 0.0):
        raise KeyboardInterrupt
    taken = ledger.take(NOON, at_once=True)
    assert (taken.health, taken.pauses) == ({}, {})
    assert taken.days[HOST, "2026-11-26"].failed == 1


async def test_who_asks_to_be_left_alone_is(watch: Watch, store: Store) -> None:
    async with asking(watch, busy=[LATER, http(b"x")]) as (door, url):
        host = url.removeprefix("http://")
        await ask(door, f"{url}/busy")
        store.call(keep_manners, door.ledger.take(watch.now))
        assert row(store, "SELECT free_at FROM hosts")["free_at"].startswith("2026-11-26T12:02:00")
        # A redirect that leads there meanwhile, or what was handed out already, does not get through either.
        with pytest.raises(FetchError, match="asks to be left alone until 2026-11-26 12:02:00 UTC") as raised:
            await door.get(f"{url}/busy")
        assert raised.value.code == "host_rests"
        watch.wait(minutes=2)
        await ask(door, f"{url}/busy")
        counted = door.ledger.take(watch.now, at_once=True).days[host, "2026-11-26"]
    assert (counted.full, counted.failed, counted.pauses, counted.cut) == (1, 0, 0, 0)
    assert row(store, "SELECT pauses, paused FROM host_days") == {"pauses": 1, "paused": 120}


def counted(ledger: Ledger) -> Day:
    """What came of the requests since this was asked for last."""
    return ledger.take(NOON, at_once=True).days[HOST, "2026-11-26"]


def busy(asked: Asked, wait: float) -> None:
    """It is answered that the host wants to be left alone for so many seconds."""
    with suppress(HttpStatus), asked:
        raise HttpStatus(429, HOST, HOST, timedelta(seconds=wait))


def test_what_was_under_way_when_a_pause_was_asked_for_does_not_cut_it(watch: Watch) -> None:
    ledger = Ledger(watch)
    first, second, third = (ledger.request(HOST, float(moment)) for moment in range(3))
    busy(first, 40)
    busy(second, 50)
    with third:
        pass
    assert ledger.rest(HOST) == 50
    day = counted(ledger)
    assert (day.pauses, day.paused, day.cut) == (1, 50, 0)
    watch.wait(seconds=49.95)  # a sleep of 50 seconds by another clock
    busy(ledger.request(HOST, 52.0), 10)
    day = counted(ledger)
    assert (day.pauses, day.paused, day.cut) == (1, 10, 0)


def test_a_pause_is_cut_once_by_requests_that_began_before_it_was_over(watch: Watch) -> None:
    ledger = Ledger(watch)
    busy(ledger.request(HOST, 0.0), 40)
    watch.wait(seconds=20)
    early = [ledger.request(HOST, moment) for moment in (20.0, 21.0, 22.0)]
    watch.wait(seconds=25)  # all of them end when it is over
    for asked in early[:2]:
        with asked:
            pass
    day = counted(ledger)
    assert (day.pauses, day.cut) == (1, 1)
    busy(ledger.request(HOST, 45.0), 40)
    with early[2]:  # has nothing to do with the pause that was asked for since
        pass
    day = counted(ledger)
    assert (day.pauses, day.cut) == (1, 0)
    busy(ledger.request(HOST, 46.0), 60)
    day = counted(ledger)
    assert (day.pauses, day.paused, day.cut) == (1, 60, 1)
    assert ledger.rest(HOST) == 60


def test_a_pause_is_known_after_a_restart(watch: Watch, store: Store) -> None:
    pauses = {HOST: watch.now + timedelta(minutes=2), "b.example": watch.now - timedelta(minutes=2)}
    store.call(keep_manners, Taken(watch.now, {}, pauses, {}))
    source = {"name": "Zeitung", "feed": f"https://{HOST}/feed.xml"}
    ledger = Queues(Config.model_validate({"sources": [source]}), store, watch).door.ledger
    assert ledger.rest("b.example") == 0
    with pytest.raises(FetchError, match="asks to be left alone until 2026-11-26 12:02:00 UTC"):
        ledger.rest(HOST)
    with ledger.request(HOST, 1.0):
        pass
    assert counted(ledger).cut == 1
    watch.wait(minutes=2)
    with ledger.request(HOST, 2.0):
        pass
    assert counted(ledger).cut == 0


@pytest.mark.parametrize(
    ("begun", "closest", "busiest"),
    [
        ((100, 101, 106), 1, 3),
        ((101, 100, 106), 1, 3),  # the first takes longest
        ((106, 101, 100), 1, 3),
        ((100, 160), 60, 1),
        ((0, *range(31, 90)), 1, 59),
        ((*range(31, 90), 0), 1, 59),
        ((*range(60, 90), *range(31, 60), 0), 1, 59),
        ((0, 500), 500, 1),
        ((7,), None, 1),
    ],
)
def test_the_pace_is_that_of_beginnings(
    watch: Watch, begun: Sequence[int], closest: float | None, busiest: int
) -> None:
    """Whatever the order is in which requests end."""
    ledger = Ledger(watch)
    for began in begun:
        with ledger.request(HOST, float(began)):
            pass
    day = counted(ledger)
    assert (day.closest, day.busiest) == (closest, busiest)


def test_an_address_that_was_blocked_is_no_request(watch: Watch) -> None:
    ledger = Ledger(watch)
    for began, error in ((0.0, None), (1.0, FetchError("blocked_address", HOST)), (9.0, None)):
        with suppress(FetchError), ledger.request(HOST, began):
            if error is not None:
                raise error
    day = counted(ledger)
    assert (day.closest, day.busiest) == (9.0, 2)


def test_days_of_a_file_of_before_lose_what_was_kept_of_pauses(tmp_path: Path) -> None:
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m045_pauses_cut")
    create_views(db)
    zeros = dict.fromkeys((*SUMS, "busiest"), 0)
    db["host_days"].insert({**zeros, "host": HOST, "day": "2026-11-26", "full": 7, "pauses": 7, "kept": 5})
    migrate(db)
    (found,) = db["host_days"].rows
    assert (found["full"], found["pauses"], found["cut"], "kept" in found) == (7, 7, 0, False)


def fails(store: Store, watch: Watch, times: int = 1) -> timedelta:
    """The host fails so often; how long it rests then."""
    store.call(keep_manners, Taken(watch.now, {}, {}, {HOST: Health(answered=False, failed=times)}))
    until = row(store, "SELECT coalesce(free_at, '') AS until FROM hosts")["until"]
    return datetime.fromisoformat(until) - watch.now if until else timedelta()


def slots(store: Store, watch: Watch) -> int:
    values = {"host": HOST, "per_host": 3, "now": text_of(watch.now)}
    sql = f"SELECT {hosts.FREE} FROM hosts h WHERE h.host = :host"
    return int(store.read(lambda con: con.execute(sql, values).fetchone()[0]))


def test_a_host_that_fails_rests_ever_longer_and_is_probed_by_one(watch: Watch, store: Store) -> None:
    assert [fails(store, watch) for _ in range(4)] == [timedelta()] * 4
    assert slots(store, watch) == 3
    assert fails(store, watch) == timedelta(minutes=5)
    assert fails(store, watch, 7) == timedelta(minutes=5)  # what was under way already says nothing new
    rests = []
    for _ in range(5):
        watch.wait(minutes=60)
        assert slots(store, watch) == 1
        rests.append(fails(store, watch) / timedelta(minutes=1))
    assert rests == [10, 20, 40, 60, 60]
    watch.wait(minutes=60)
    store.call(keep_manners, Taken(watch.now, {}, {}, {HOST: Health(answered=True, failed=0)}))
    assert slots(store, watch) == 3
    assert row(store, "SELECT failures, rests, rests_until, failing_since FROM hosts") == {
        "failures": 0, "rests": 0, "rests_until": None, "failing_since": None,
    }  # fmt: skip
    assert fails(store, watch, 4) <= timedelta()  # four times in a row is nothing yet


def test_one_answer_among_failures_ends_the_row(watch: Watch, store: Store) -> None:
    assert fails(store, watch, 4) == timedelta()
    store.call(keep_manners, Taken(watch.now, {}, {}, {HOST: Health(answered=True, failed=2)}))
    assert row(store, "SELECT failures FROM hosts")["failures"] == 2
    assert fails(store, watch, 2) == timedelta()


def test_who_wants_to_know_now_ends_our_rests_but_not_what_was_asked_for(watch: Watch, store: Store) -> None:
    fails(store, watch, 5)
    store.call(end_rests)
    assert row(store, "SELECT free_at, failures FROM hosts") == {"free_at": None, "failures": 5}
    until = watch.now + timedelta(minutes=2)
    store.call(keep_manners, Taken(watch.now, {}, {HOST: until}, {}))
    store.call(end_rests)
    assert row(store, "SELECT free_at FROM hosts")["free_at"].startswith("2026-11-26T12:02:00")


async def test_a_host_that_answers_is_told_of_once_and_again_after_it_failed(watch: Watch) -> None:
    ledger = Ledger(watch)

    def one(status: int) -> Health | None:
        with suppress(FetchError), ledger.request(HOST, 0.0) as asked:
            asked.status = status
            if not status:
                raise FetchError("connect", "nobody there")
        return ledger.take(watch.now).health.get(HOST)

    told = [one(status) for status in (200, 304, 0, 0, 404, 200)]
    # Between the first answer and the failure there was another one.
    assert told == [Health(True, 0), None, Health(True, 1), Health(False, 1), Health(True, 0), None]
