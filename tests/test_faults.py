"""Faults of our own: they are failures of the item that they befall, said in `status`, and nothing waits for them.

A trigger that refuses a write stands for a bug: the database is real, and what it refuses cannot be recorded.
"""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.store import people
from db.store.rulings import due_rulings, record_rulings
from db.store.sources import due_sources, record_polls
from db.store.visits import record_visits
from db.work import Failure, Outcome, PollResult, RulingResult
from db.work_alerts import DueDelivery
from schedules.deliver import failed
from schedules.poll import Poller
from schedules.readers import Readers
from schedules.robots import Gatekeeper
from schedules.visit import Visitor, VisitSettings
from scraper.page import Validators
from tests.product import Product
from tests.scripted import guarded
from tests.site import Site
from tests.world import URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.work import DueArticle, Known

OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00"}}
# A message with what no database takes: a lone surrogate, and the character zero.
FAULT = ValueError("\ud800 nobody expected this\0")
GAP = timedelta(seconds=2)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db")
    yield made
    made.store.close()


async def unasked(due: DueArticle) -> Known:
    raise AssertionError(f"{due.url}: nothing came that could be compared")


def forbid(product: Product, table: str) -> None:
    """From now on nothing can be added to the table."""
    with sqlite3.connect(product.folder / "n.db") as con:
        con.execute(
            f"CREATE TRIGGER forbidden BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'nobody expected this'); END"
        )
    con.close()


def test_a_look_that_cannot_be_recorded_is_a_failure_in_status_and_the_pass_ends(tmp_path: Path) -> None:
    with Site(2) as site:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.once()
        site.edit(1)
        forbid(product, "revisions")
        assert "2 articles visited" in product.once()
    (failing,) = product.status()["failing_articles"]
    assert (failing["code"], failing["articles"]) == ("bug", 1)
    assert "nobody expected this" in failing["message"]
    assert failing["example"] == f"{site.url}/artikel/1.html"


def test_a_poll_that_cannot_be_recorded_is_a_failure_in_status_and_the_pass_ends(tmp_path: Path) -> None:
    with Site(2) as site:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.run("status")
        forbid(product, "listings")
        assert "source Tagblatt: a fault of Nachtrag itself" in product.once()
    (failing,) = product.status()["failing_sources"]
    assert failing["code"] == "bug"


def test_a_fault_that_cannot_be_recorded_at_all_ends_the_pass_and_says_so(tmp_path: Path) -> None:
    with Site(1) as site:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.once()
        forbid(product, "observations")
        done = product.run("run", "--once", "--now", expect=1)
    assert "articles: nobody expected this" in done.stderr.splitlines()[-1]


async def test_a_look_that_dies_of_a_bug_backs_off_as_any_failure(world: World) -> None:
    world.poll(URL)
    async with guarded() as door:
        visitor = Visitor(
            Gatekeeper(door, "x", lambda: world.now),
            Readers(1, GAP),
            lambda: world.now,
            VisitSettings(GAP, Patience()),
            unasked,
        )
        waits = []
        for _ in range(4):
            result = visitor.failed(world.wait(minutes=1).due(), FAULT)
            world.store.call(record_visits, [result])
            waits.append((result.next_visit_at - world.now) / timedelta(minutes=1))
    assert waits == [5, 10, 20, 40]
    assert world.rows("SELECT error_code, failures, leased_until FROM articles") == [
        {"error_code": "bug", "failures": 4, "leased_until": None}
    ]


async def test_a_poll_that_dies_of_a_bug_backs_off_as_any_failure(world: World) -> None:
    world.wait(minutes=5)
    async with guarded() as door:
        poller = Poller(Gatekeeper(door, "x", lambda: world.now), Readers(1, GAP), lambda: world.now, GAP)
        (due,) = world.store.call(due_sources, world.now, 10)
        world.store.call(record_polls, [poller.failed(due, FAULT)])
    (failing,) = world.store.call(people.status)["failing_sources"]  # type: ignore[misc, has-type]
    assert (failing["code"], failing["failures"]) == ("bug", 1)


def test_a_delivery_that_dies_of_a_bug_backs_off_as_any_failure(world: World) -> None:
    due = DueDelivery(1, "desk", "evt_1", "{}", attempts=1)
    result = failed(due, FAULT, world.now)
    assert not result.delivered
    assert result.next_attempt_at is not None
    assert timedelta(minutes=5) <= result.next_attempt_at - world.now < timedelta(minutes=6)
    assert "nobody expected this" in result.error


def test_a_ruling_that_dies_of_a_bug_is_tried_again_later(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**{**OLD, "text": "Sechs Tote."})
    (due,) = world.wait(minutes=61).store.call(due_rulings, world.now, 10)
    world.store.call(record_rulings, [RulingResult(due.revision_id, world.now, None)])
    assert world.store.call(due_rulings, world.now, 10) == []
    assert len(world.wait(minutes=61).store.call(due_rulings, world.now, 10)) == 1


def test_operations_are_told_once_after_three_failures_and_once_when_it_is_over(world: World) -> None:
    def polled(failure: Failure | None) -> None:
        world.wait(minutes=30)
        (due,) = world.store.call(due_sources, world.now, 10)
        entries = None if failure else ()
        again = world.now + due.every
        result = PollResult(due.id, world.now, entries, Validators(), failure, again, timedelta(), ())
        world.store.call(record_polls, [result])

    world.poll(URL)
    world.look(**OLD)
    for _ in range(5):
        polled(Failure("timeout", "no answer"))
    polled(None)
    polled(Failure("timeout", "no answer"))
    for _ in range(4):
        world.wait(minutes=30).fail(Outcome.UNREADABLE, "consent_wall")
    told = world.rows("SELECT type, data FROM events WHERE type LIKE 'operations.%' ORDER BY id")
    assert [row["type"] for row in told] == [
        "operations.source_failing", "operations.source_recovered", "operations.article_unreadable",
    ]  # fmt: skip
    assert "no answer [timeout], 3 times in a row" in str(told[0]["data"])
    assert world.store.read(people.status)["events"] == 1
