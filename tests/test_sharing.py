"""Endpoints share what carries alerts: those that hang, however many they are, do not hold up one that answers.

Those that hang are real: their machine takes the connection, and nobody ever says anything.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from db.store.connection import Store
from db.store.deliveries import Wanted, configure, due_deliveries, record_deliveries
from db.work_alerts import DeliveryResult
from schedules.applying import apply
from schedules.config import load
from schedules.queues import Queues
from tests.receiver import Receiver

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Iterable, Iterator
    from pathlib import Path

    from schedules.worker import Worker

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVENTS = "INSERT INTO events (uid, type, at, url, verdict, data) VALUES (?, 'article.moved', ?, 'x', 'moved', '{}')"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "n.db") as opened:
        yield opened


def to_tell(con: sqlite3.Connection, names: Iterable[str], each: int, minutes: int = 0) -> None:
    """So many events for each of these endpoints, due so long before now."""
    at = (NOW - timedelta(minutes=minutes)).isoformat(timespec="microseconds")
    for name in names:
        for _ in range(each):
            (count,) = con.execute("SELECT count(*) FROM events").fetchone()
            event = con.execute(EVENTS, [f"evt_{count}", at]).lastrowid
            con.execute(
                "INSERT INTO deliveries (event_id, endpoint, state, next_attempt_at) VALUES (?, ?, 'pending', ?)",
                [event, name, at],
            )


def took_the_last(con: sqlite3.Connection, names: Iterable[str]) -> None:
    con.executemany("UPDATE endpoints SET delivered_at = added_at WHERE name = ?", [[name] for name in names])


def in_hand(con: sqlite3.Connection) -> dict[str, int]:
    """How many are on their way to each endpoint."""
    return dict(con.execute("SELECT endpoint, count(*) FROM deliveries WHERE leased_until IS NOT NULL GROUP BY 1"))


class TestTurns:
    """What the store hands out."""

    @pytest.fixture
    def names(self, store: Store) -> list[str]:
        names = [f"e{number:02}" for number in range(40)]
        wanted = [Wanted(name, "slack", "https://x", f"https://x/{name}", ("article.*",)) for name in names]
        store.call(configure, wanted, NOW)
        return names

    def handed(self, store: Store, limit: int, since: datetime | None = None) -> list[str]:
        return [item.endpoint for item in store.call(due_deliveries, NOW, limit, since)]

    def ended(self, store: Store, name: str, *, ok: bool) -> None:
        """What is on its way to an endpoint came to that."""
        sql = "SELECT id FROM deliveries WHERE endpoint = ? AND leased_until IS NOT NULL"
        rows = store.read(lambda con: con.execute(sql, [name]).fetchall())
        status, error, again = (200, "", None) if ok else (500, "HTTP 500", NOW + timedelta(seconds=5))
        results = [DeliveryResult(row["id"], NOW, ok, status, error, again) for row in rows]
        store.call(record_deliveries, results)

    def test_one_that_took_the_last_gets_several_and_any_other_one(self, store: Store, names: list[str]) -> None:
        good, new = names[:2]
        store.call(to_tell, (good, new), 9)
        store.call(took_the_last, [good])
        assert self.handed(store, 16) == [good] * 4 + [new]
        assert self.handed(store, 16) == []
        self.ended(store, new, ok=True)
        self.ended(store, good, ok=False)
        assert self.handed(store, 16) == [new] * 4 + [good]
        self.ended(store, good, ok=True)
        assert self.handed(store, 16) == [good] * 4

    def test_one_place_is_kept_for_those_that_took_the_last(self, store: Store, names: list[str]) -> None:
        good, *others = names
        store.call(to_tell, others, 9, minutes=60)
        store.call(took_the_last, [good])
        assert self.handed(store, 16) == others[:15]
        assert self.handed(store, 1) == []
        store.call(to_tell, [good], 1)
        assert self.handed(store, 1) == [good]

    def test_all_have_their_turn_whatever_waits_for_others(self, store: Store, names: list[str]) -> None:
        *many, late = names
        store.call(to_tell, many, 9, minutes=60)
        store.call(to_tell, [late], 1)
        tried: list[str] = []
        for _ in range(3):
            tried += (now := self.handed(store, 16))
            for name in now:
                self.ended(store, name, ok=False)
        assert set(tried) == set(names)
        assert len(tried) == 45, "nobody a second time before all had a first one"

    def test_first_those_with_the_least_on_their_way(self, store: Store, names: list[str]) -> None:
        burst, quiet = names[:2]
        store.call(took_the_last, names)
        store.call(to_tell, [burst], 9, minutes=60)
        assert self.handed(store, 2) == [burst] * 2
        store.call(to_tell, [quiet], 2)
        assert self.handed(store, 3) == [quiet, quiet, burst]

    def test_a_pass_goes_on_with_others(self, store: Store, names: list[str]) -> None:
        down, _ = names[:2]
        store.call(to_tell, [down], 9)
        since = NOW - timedelta(seconds=1)
        for _ in range(3):
            assert self.handed(store, 16, since) == [down]
            self.ended(store, down, ok=False)
        assert self.handed(store, 16, since) == []
        assert self.handed(store, 16, NOW + timedelta(seconds=1)) == [down], "in the next, once"


class Silent:
    """Machines that take connections, and say nothing."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("0.0.0.0", 0), backlog=500)  # all of 127.0.0.0/8
        self.port = self._socket.getsockname()[1]

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def silent() -> Iterator[Silent]:
    made = Silent()
    yield made
    made.close()


@asynccontextmanager
async def delivering(
    folder: Path, store: Store, endpoints: dict[str, str], queue: str
) -> AsyncIterator[Worker[Any, Any]]:
    """The worker that tells these endpoints."""
    given = "".join(f'[[endpoints]]\nname = "{name}"\n{how}\n' for name, how in endpoints.items())
    (folder / "config.toml").write_text(f'[fetch]\nallow_private = ["127.0.0.0/8"]\n{given}', "utf-8")
    config = load(folder / "config.toml")
    await store.run(apply, config, NOW)
    queues = Queues(config, store, lambda: NOW)
    async with queues.door:
        try:
            yield next(worker for worker in queues.workers if worker.queue.name == queue)
        finally:
            await queues.stop(0)


async def turned(worker: Worker[Any, Any], store: Store, *, well: int) -> list[dict[str, int]]:
    """Turn until so many attempts to the one that answers are over; says what was in hand after each turn."""
    seen = []
    while True:
        while await worker.turn():
            pass
        seen.append(await store.ask(in_hand))
        if (await store.ask(attempts)).get("well", 0) >= well:
            return seen
        if jobs := worker.jobs:
            await asyncio.wait(jobs, timeout=1, return_when=asyncio.FIRST_COMPLETED)


def attempts(con: sqlite3.Connection) -> dict[str, int]:
    """How many were made to each endpoint."""
    rows = con.execute("SELECT endpoint, sum(attempts) AS made FROM deliveries GROUP BY endpoint HAVING made > 0")
    return {row["endpoint"]: row["made"] for row in rows}


async def test_forty_that_hang_hold_up_nobody(tmp_path: Path, store: Store, silent: Silent) -> None:
    hanging = {f"h{number}": _slack(f"127.0.1.{number}", silent.port) for number in range(40)}
    with Receiver() as receiver:
        endpoints = {**hanging, "well": f'kind = "slack"\nurl = "{receiver.url}"'}
        async with delivering(tmp_path, store, endpoints, "deliveries") as worker:
            await store.run(took_the_last, ["well"])
            await store.run(to_tell, hanging, 9, minutes=60)
            while await worker.turn():
                pass
            assert await store.ask(in_hand) == dict.fromkeys(list(hanging)[:15], 1)
            await store.run(to_tell, ["well"], 20)
            await turned(worker, store, well=20)
            assert await store.ask(attempts) == {"well": 20}, "before anybody who hangs was given up"
    assert len(receiver.accepted) == 20


async def test_nor_do_those_that_answered_until_now(tmp_path: Path, store: Store, silent: Silent) -> None:
    hanging = {f"h{number}": _slack(f"127.0.1.{number}", silent.port) for number in range(12)}
    with Receiver() as receiver:
        endpoints = {**hanging, "well": f'kind = "slack"\nurl = "{receiver.url}"'}
        async with delivering(tmp_path, store, endpoints, "deliveries") as worker:
            await store.run(took_the_last, endpoints)
            await store.run(to_tell, hanging, 9, minutes=60)
            assert await worker.turn() == 16
            await store.run(to_tell, ["well"], 20)
            assert worker.queue.waits(None)
            worker.queue = replace(worker.queue, patience=0.0)  # two seconds are over
            seen = await turned(worker, store, well=20)
            assert await store.ask(attempts) == {"well": 20}, "before anybody who hangs was given up"
    assert max(max(each.values()) for each in seen) == 4
    assert len(receiver.accepted) == 20


async def test_through_apprise_neither(
    tmp_path: Path, store: Store, silent: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = {f"h{number}": _apprise(f"H{number}") for number in range(5)}
    for number in range(5):
        monkeypatch.setenv(f"NACHTRAG_TEST_H{number}", f"json://127.0.1.{number}:{silent.port}/")
    with Receiver() as receiver:
        monkeypatch.setenv("NACHTRAG_TEST_WELL", receiver.url.replace("http:", "json:"))
        async with delivering(tmp_path, store, {**hanging, "well": _apprise("WELL")}, "services") as worker:
            await store.run(took_the_last, ["well"])
            await store.run(to_tell, hanging, 9, minutes=60)
            await worker.turn()
            assert await store.ask(in_hand) == {"h0": 1, "h1": 1}
            await store.run(to_tell, ["well"], 3)
            seen = await turned(worker, store, well=3)
    assert all(sum(each.values()) - each.get("well", 0) <= 2 for each in seen), "one process is kept"
    assert len(receiver.accepted) == 3


def _slack(address: str, port: int) -> str:
    return f'kind = "slack"\nurl = "http://{address}:{port}/"'


def _apprise(name: str) -> str:
    return f'kind = "apprise"\nurl_env = "NACHTRAG_TEST_{name}"'
