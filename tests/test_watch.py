"""Being watched: health and metrics, of the real daemon and of one that does not do well."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import urllib.request
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from prometheus_client.parser import text_string_to_metric_families

from db.rows import text_of
from db.store.deliveries import Wanted, configure
from db.store.events import operations
from db.store.figures import events_since, figures, newest_event
from db.store.onlooker import Onlooker
from schedules.config import Config
from schedules.endpoints import EVENT_TYPES, OPERATIONS
from schedules.queues import Queues
from schedules.vitals import Vitals
from schedules.watch import Watch
from schedules.worker import Queue, Worker
from tests.product import Product, free_port, until
from tests.receiver import Receiver
from tests.site import Site
from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROOT = Path(__file__).parent.parent
DOCS = (ROOT / "docs/watching.md").read_text("utf-8")
Metrics = dict[str, dict[tuple[str, ...], float]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    made.poll(URL)
    made.look(**OLD)
    yield made
    made.store.close()


def said(port: int, path: str, method: str = "GET", body: bytes | None = None) -> tuple[int, str]:
    """Status and body of an answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


async def test_by_a_name_that_may_be_led_here_nothing_is_said(world: World, tmp_path: Path) -> None:
    async with watched(world, tmp_path) as (port, _vitals):
        for host, status in (("localhost", 200), ("127.0.0.1:8003", 200), ("evil.example", 421)):
            asked = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers={"host": host})
            assert await asyncio.to_thread(status_of, asked) == status


def status_of(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def parsed(text: str) -> Metrics:
    """Values by name and labels, as Prometheus' own parser has them; every name is explained once."""
    found: Metrics = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def measured(world: World) -> Metrics:
    return {
        item.name: {(key,) if item.label else (): value for key, value in item.values.items()}
        for item in world.store.read(figures, world.now)
    }


@asynccontextmanager
async def watched(world: World, folder: Path, *workers: Worker[Any, Any]) -> AsyncIterator[tuple[int, Vitals]]:
    """The port, and what is known of queues that do nothing else."""
    config, port = Config.model_validate({"database": str(folder / "n.db")}), free_port()
    queues = Queues(config, world.store, lambda: world.now)
    vitals = Vitals(workers or queues.workers, world.store, lambda: world.now, 0)
    async with queues.door, Watch(f"127.0.0.1:{port}", queues, vitals, world.store, lambda: world.now):
        yield port, vitals


def test_a_daemon_is_watched(tmp_path: Path) -> None:
    with Site(2) as site, Receiver() as desk:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.tell(desk.url)
        product.start(measured=True)
        port = product.port + 1
        until(lambda: f"health at http://127.0.0.1:{port}/-/health, metrics at" in product.log())
        until(lambda: parsed(said(port, "/metrics")[1])["nachtrag_looks_total"][("same",)] >= 2)
        until(lambda: json.loads(said(port, "/-/health")[1])["figures"]["last_poll_timestamp_seconds"])
        # Requests are counted when what they brought is kept.
        until(lambda: parsed(said(port, "/metrics")[1])["nachtrag_requests_total"].get(("full",), 0) >= 3)
        status, text = said(port, "/-/health")
        health, found = json.loads(text), parsed(said(port, "/metrics")[1])
        assert (status, health["status"], health["faults"]) == (200, "ok", [])
        assert set(health["queues"]) >= {"sources", "articles", "deliveries"}
        assert health["database"]["written_at"]
        assert found["nachtrag_articles"] == {("watched",): 2}
        assert found["nachtrag_sources"] == {("active",): 1}
        assert found["nachtrag_looks_total"][("new",)] == 2
        assert found["nachtrag_polls_total"][("ok",)] >= 1
        assert found["nachtrag_received_bytes_total"][()] > 1_000
        assert found["nachtrag_delivery_attempts_total"][("desk",)] >= 1
        assert found["nachtrag_queue_turn_age_seconds"][("articles",)] < 60
        assert found["nachtrag_database_size_bytes"][()] > 0
        assert found["nachtrag_disk_free_bytes"][()] < found["nachtrag_disk_size_bytes"][()]
        assert found["nachtrag_database_answers"][()] == found["nachtrag_build_info"][("0.1.0",)] == 1
        assert found["process_start_time_seconds"][()] > 0
        assert said(port, "/-/health", "HEAD") == (200, "")
        assert said(port, "/metrics", "POST", b"")[0] == 405
        assert said(port, "/metrics", "POST", b"x")[0] == 413
        assert said(port, "/nowhere")[0] == 404
        assert product.stop() == 0


def test_an_address_that_is_taken_stops_nothing(tmp_path: Path) -> None:
    with Site(1) as site:
        product = Product(tmp_path, Tagblatt=site.feed)
        text = product.config.read_text()
        product.config.write_text(text.replace(f":{product.port + 1}", f":{urlsplit(site.feed).port}"))
        product.start()
        until(lambda: "health and metrics cannot be had" in product.log())
        until(lambda: product.revisions() == 1)
        assert product.stop() == 0


async def test_a_queue_whose_turn_hangs_makes_it_ill(world: World, tmp_path: Path) -> None:
    never = asyncio.Event()

    async def due(_limit: int) -> list[int]:
        await never.wait()
        return []

    async def nothing(_item: object) -> None:
        """Do it."""

    worker = Worker(Queue("articles", due, nothing, nothing, 1))
    async with watched(world, tmp_path, worker) as (port, vitals):
        vitals.patience = 60.0
        assert (await asyncio.to_thread(said, port, "/-/health"))[0] == 200
        turn = asyncio.create_task(worker.turn())
        vitals.patience = 0.0
        status, text = await asyncio.to_thread(said, port, "/-/health")
        assert (status, json.loads(text)["status"]) == (503, "failing")
        assert json.loads(text)["faults"] == ["the queue of articles has not turned for 0 s"]
        never.set()
        await turn
        vitals.patience = 60.0
        assert (await asyncio.to_thread(said, port, "/-/health"))[0] == 200


async def test_a_database_that_takes_nothing_makes_it_ill(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world.store.call(
        lambda con: con.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON main.meta BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    )
    async with watched(world, tmp_path) as (port, vitals):
        writing = asyncio.create_task(vitals.keep_writing())
        await asyncio.sleep(0.5)
        status, text = await asyncio.to_thread(said, port, "/-/health")
        writing.cancel()
        assert (status, json.loads(text)["faults"]) == (503, ["the database cannot be written: disk full"])
    assert "the database cannot be written: disk full" in caplog.text


async def test_what_takes_long_to_measure_is_broken_off_and_holds_up_nobody(world: World) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    onlooker = Onlooker(world.store.path, 1)
    asked = asyncio.create_task(onlooker.ask(lambda con: con.execute(endless).fetchone()))
    await asyncio.sleep(0)
    await world.store.run(lambda con: con.execute("UPDATE meta SET value = value"))
    assert not asked.done(), "whoever writes is not held up"
    with pytest.raises(TimeoutError):
        await asked
    assert await onlooker.ask(lambda con: con.execute("SELECT count(*) FROM sources").fetchone()[0]) >= 1
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await onlooker.ask(lambda con: con.execute("DELETE FROM sources"))
    onlooker.close()


async def test_a_database_that_cannot_be_measured_is_said_not_to_answer(world: World, tmp_path: Path) -> None:
    world.store.call(lambda con: con.execute("ALTER TABLE drifts RENAME TO gone"))
    async with watched(world, tmp_path) as (port, _):
        status, text = await asyncio.to_thread(said, port, "/metrics")
    found = parsed(text)
    assert (status, found["nachtrag_database_answers"]) == (200, {(): 0})
    assert "nachtrag_articles" not in found
    assert ("articles",) in found["nachtrag_queue_jobs"]


async def test_the_metrics_that_there_are_stand_in_the_documentation(world: World, tmp_path: Path) -> None:
    async with watched(world, tmp_path) as (port, vitals):
        vitals.written_at = (0.0, world.now)
        _, text = await asyncio.to_thread(said, port, "/metrics")
    families = {family.name: family for family in text_string_to_metric_families(text)}
    there = {
        name.removeprefix("nachtrag_") + ("_total" if family.type == "counter" else ""): family.documentation
        for name, family in families.items()
        if name.startswith("nachtrag_")
    }
    written = re.findall(r"^\| `([a-z_]+)` \| (?:`[a-z]+`)? \| (.*) \|$", DOCS, re.MULTILINE)
    assert dict(written) == there
    assert len(written) == len(there)
    assert set(re.findall(r"nachtrag_([a-z_]+)", DOCS)) <= set(there)


def test_the_container_asks_where_the_daemon_listens() -> None:
    assert f"http://{Config().watch.listen}/-/health" in (ROOT / "deploy/compose.yaml").read_text("utf-8")
    assert f'listen` | `"{Config().watch.listen}"`' in (ROOT / "docs/configuration.md").read_text("utf-8")


def test_what_is_late_is_measured(world: World) -> None:
    later = text_of(world.now + timedelta(minutes=5))
    world.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = ?", [later]))
    assert measured(world)["looks_overdue"] == {(): 0}
    found = measured(world.wait(minutes=25))
    assert found["looks_overdue"] == {(): 1}
    assert found["looks_overdue_oldest_seconds"][()] == pytest.approx(1200, abs=1)
    world.store.call(lambda con: con.execute("UPDATE articles SET paused = 1"))
    assert measured(world)["looks_overdue"] == {(): 0}


def test_deliveries_are_measured_by_endpoint(world: World) -> None:
    wanted = [Wanted(name, "webhook", "https://d.example/", "https://d.example/", ("article.*",)) for name in "ab"]
    world.store.call(configure, wanted, world.now)
    world.store.call(lambda con: con.execute(
        "INSERT INTO deliveries (event_id, endpoint, state) VALUES (1, 'a', 'pending'), (1, 'b', 'dead')"
    ))  # fmt: skip
    world.store.call(lambda con: con.execute("UPDATE endpoints SET failures = 3, state = 'disabled' WHERE name = 'b'"))
    found = measured(world.wait(minutes=1))
    assert found["deliveries_pending"] == {("a",): 1, ("b",): 0}
    assert found["deliveries_pending_oldest_seconds"] == {("a",): pytest.approx(60, abs=1), ("b",): 0}
    assert found["deliveries_dead"] == {("a",): 0, ("b",): 1}
    assert found["endpoint_failures"] == {("a",): 0, ("b",): 3}
    assert found["endpoint_disabled"] == {("a",): 0, ("b",): 1}


async def test_what_was_told_before_the_first_scrape_counts_and_what_never_happened_is_zero(
    world: World, tmp_path: Path
) -> None:
    async with watched(world, tmp_path) as (port, _):
        world.wait(minutes=30).look(**{**OLD, "text": "Sechs Tote."})
        told = parsed((await asyncio.to_thread(said, port, "/metrics"))[1])["nachtrag_events_total"]
    assert told == {(kind,): float(kind == "article.changed") for kind in (*EVENT_TYPES, *OPERATIONS)}


def test_events_are_counted_from_where_it_began(world: World) -> None:
    newest = world.store.read(newest_event)
    assert world.store.read(events_since, newest) == (1, {})
    world.store.call(operations, "source_recovered", world.now, "x", {"name": "Zeitung", "failures": 5})
    assert world.store.read(events_since, newest) == (2, {"operations.source_recovered": 1})
