"""Those who run it are told of a host that fails as a whole, once, and not of each source there: a real store."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import text_of
from db.store import examined, people
from db.store.events import TOLD_AFTER
from db.store.figures import figures
from db.store.hosts import FAILING
from db.store.manners import keep_manners
from db.store.sources import record_polls
from db.work import Failure, PollResult
from schedules.doctor import watching
from scraper.ledger import Health, Taken
from scraper.page import Validators

if TYPE_CHECKING:
    from tests.world import World

HOST = "zeitung.example"
DOWN = Failure("http_503", "https://zeitung.example/feed: the server says 503")


def asked(world: World, *, failed: int = 0) -> None:
    """The host is asked so often, and fails, or answers."""
    health = Health(answered=not failed, failed=failed)
    world.store.call(keep_manners, Taken(world.now, {}, {}, {HOST: health}))


def polled(world: World, failure: Failure | None) -> None:
    again = world.now + timedelta(minutes=5)
    result = PollResult(1, world.now, None if failure else (), Validators(), failure, again, timedelta(), ())
    world.store.call(record_polls, [result])


def told(world: World) -> list[str]:
    rows = world.rows("SELECT type FROM events WHERE type LIKE 'operations.%' ORDER BY id")
    return [str(row["type"]).removeprefix("operations.") for row in rows]


def test_a_passing_failure_of_a_host_is_not_told(world: World) -> None:
    asked(world, failed=FAILING)
    world.wait(minutes=6)
    asked(world)
    assert told(world) == []


def test_that_it_fails_after_its_rest_is_told_once_and_that_it_answers_again(world: World) -> None:
    asked(world, failed=FAILING)
    since = text_of(world.now)
    for _ in range(4):
        world.wait(hours=1)
        asked(world, failed=1)
    (failing,) = world.rows("SELECT url, json_extract(data, '$.message') AS said FROM events WHERE type LIKE 'op%'")
    assert failing["url"] == HOST
    assert str(failing["said"]).startswith(f"host {HOST}: {FAILING + 1} requests failed in a row since ")
    with examined.opened(world.store.path) as con:
        assert [item.found for item in watching.sources(con, world.now)] == [
            f"{HOST}: {FAILING + 4} requests failed in a row since {since[:16]} UTC, whatever was asked for: it rests"
        ]
    asked(world)
    assert told(world) == ["host_failing", "host_recovered"]


def test_one_that_nobody_asks_any_more_is_no_fault(world: World) -> None:
    asked(world, failed=FAILING)
    world.wait(hours=1)
    asked(world, failed=1)

    def failing() -> float | None:
        return next(item for item in world.store.read(figures, world.now) if item.name == "hosts_failing").values[""]

    assert failing() == 1
    world.store.call(lambda con: con.execute("UPDATE sources SET state = 'removed'"))
    assert failing() == 0
    with examined.opened(world.store.path) as con:
        assert con.execute(people.LISTS["failing_hosts"]).fetchall() == []
    world.store.call(lambda con: con.execute("UPDATE sources SET state = 'active', host = 'feeds.example'"))
    assert failing() == 1  # as its articles are


def test_a_host_of_which_each_source_was_told_is_not_told_once_more(world: World) -> None:
    for _ in range(TOLD_AFTER):
        polled(world, DOWN)
    asked(world, failed=FAILING)
    for _ in range(4):
        world.wait(hours=1)
        asked(world, failed=1)
    asked(world)
    polled(world, None)
    assert told(world) == ["source_failing", "source_recovered"]


def test_a_host_that_answers_once_makes_no_alert_of_a_source_that_fails_once_more(world: World) -> None:
    asked(world, failed=FAILING)
    for _ in range(2):
        world.wait(hours=1)
        asked(world, failed=1)
    for _ in range(TOLD_AFTER + 1):
        polled(world, DOWN)
    asked(world)
    polled(world, DOWN)
    assert told(world) == ["host_failing", "host_recovered"]
    polled(world, DOWN)
    assert told(world) == ["host_failing", "host_recovered", "source_failing"]


def test_sources_of_which_nothing_is_heard_are_our_fault_while_their_hosts_rest(world: World) -> None:
    for host in ("b.example", HOST):
        health = Health(answered=False, failed=FAILING)
        world.store.call(keep_manners, Taken(world.now, {}, {}, {host: health}))
    for sql in (
        "UPDATE sources SET failures = 1, error_code = 'connect', error = 'nobody answers'",
        """INSERT INTO sources (name, kind, url, host, state, failures, error_code, error, added_at, every_seconds)
           SELECT 'B', kind, 'https://b.example/', 'b.example', state, 1, error_code, error, added_at, 300
           FROM sources""",
    ):
        world.store.call(lambda con, sql=sql: con.execute(sql))
    with examined.opened(world.store.path) as con:
        (found,) = watching.sources(con, world.now)
    assert (found.state, found.remedy) == ("fault", "it is your network, the resolver or the clock")


def test_of_a_host_that_fails_its_sources_are_not_told_until_it_answers(world: World) -> None:
    asked(world, failed=FAILING)
    for _ in range(2):
        world.wait(hours=1)
        asked(world, failed=1)
    for _ in range(TOLD_AFTER + 1):
        polled(world, DOWN)
    assert told(world) == ["host_failing"]
    asked(world)
    polled(world, DOWN)
    polled(world, DOWN)
    assert told(world) == ["host_failing", "host_recovered", "source_failing"]
    polled(world, None)
    polled(world, None)
    assert told(world)[3:] == ["source_recovered"]
