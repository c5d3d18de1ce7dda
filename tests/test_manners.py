"""What is asked of hosts is counted, and what they ask for is obeyed: real connections, a real store."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from db.rows import text_of
from db.store import hosts
from db.store.manners import KEPT, end_rests, keep_manners
from scraper.errors import FetchError, HttpStatus, ScrapeError
from scraper.ledger import Day, Health, Ledger, Taken
from tests.scripted import CLOSE, Server, guarded, http
from tests.world import new_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from db.store.connection import Store
    from scraper.http import Door

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


async def test_days_are_added_up_and_forgotten_after_a_year(watch: Watch, store: Store) -> None:
    first, second = Day(full=1, received=10, closest=2.5, busiest=3), Day(unchanged=2, kept=1, busiest=1)
    for day in (first, second):
        store.call(keep_manners, Taken(NOON, {(HOST, "2026-11-26"): day}, {}, {}))
    found = row(store, "SELECT full, unchanged, received, kept, closest, busiest FROM host_days")
    assert found == {"full": 1, "unchanged": 2, "received": 10, "kept": 1, "closest": 2.5, "busiest": 3}
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
    assert (counted.full, counted.failed, counted.kept, counted.cut) == (1, 0, 1, 0)
    assert row(store, "SELECT pauses, paused FROM host_days") == {"pauses": 1, "paused": 120}


def test_what_was_under_way_when_a_pause_was_asked_for_neither_keeps_nor_cuts_it(watch: Watch) -> None:
    ledger = Ledger(watch)
    first, second, third = (ledger.request(HOST, float(moment)) for moment in range(3))
    refused = [HttpStatus(429, HOST, timedelta(seconds=wait)) for wait in (40, 50)]
    for asked, error in ((first, refused[0]), (second, refused[1])):
        with pytest.raises(HttpStatus), asked:
            raise error
    with third as asked:
        asked.status = 200
    assert ledger.rest(HOST) == 50
    counted = ledger.take(watch.now, at_once=True).days[HOST, "2026-11-26"]
    assert (counted.pauses, counted.paused, counted.kept, counted.cut) == (1, 50, 0, 0)
    watch.wait(seconds=50)
    with ledger.request(HOST, 52.0) as asked:
        asked.status = 200
    counted = ledger.take(watch.now, at_once=True).days[HOST, "2026-11-26"]
    assert (counted.pauses, counted.kept, counted.cut) == (0, 1, 0)


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
