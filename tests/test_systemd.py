"""What systemd is told, at a real socket, by the real daemon; and by one whose queue hangs."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from schedules.systemd import Supervisor
from schedules.vitals import Vitals
from schedules.worker import Queue, Worker
from tests.product import Product, until
from tests.site import Site
from tests.world import START, new_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.connection import Store


class Ear:
    """A socket, and all that was said to it."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.setblocking(False)
        self._said: list[dict[str, str]] = []

    def said(self) -> list[dict[str, str]]:
        """Each datagram as its lines."""
        with contextlib.suppress(BlockingIOError):
            while True:
                text = self._socket.recv(4096).decode()
                self._said.append(dict(line.split("=", 1) for line in text.split("\n")))
        return self._said

    def states(self) -> list[str]:
        """What was said but for signs of life."""
        return [next(iter(lines)) for lines in self.said() if "WATCHDOG" not in lines]

    def close(self) -> None:
        self._socket.close()


async def nothing(_item: object) -> None:
    """What the job of a queue does here."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "n.db") as made:
        yield made


def test_the_daemon_tells_systemd_how_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", path)
    monkeypatch.setenv("WATCHDOG_USEC", "20000000")
    with closing(Ear(path)) as ear, Site(1) as site:
        product = Product(tmp_path, Tagblatt=site.feed)
        product.start(measured=True)
        until(lambda: ear.states() == ["READY"])
        assert [lines["STATUS"] for lines in ear.said() if "READY" in lines] == ["watching 1 source"]
        until(lambda: {"WATCHDOG": "1"} in ear.said())
        before = int(time.monotonic() * 1e6)
        assert product.daemon is not None
        product.daemon.send_signal(signal.SIGHUP)
        until(lambda: ear.states() == ["READY", "RELOADING", "READY"])
        (reloading,) = [lines for lines in ear.said() if "RELOADING" in lines]
        assert before <= int(reloading["MONOTONIC_USEC"]) <= int(time.monotonic() * 1e6)
        product.config.write_text("[fetch]\ngap = 7\n", "utf-8")
        product.daemon.send_signal(signal.SIGHUP)
        until(lambda: ear.states()[3:] == ["RELOADING", "READY"])
        assert "faulty" in [lines for lines in ear.said() if "READY" in lines][-1]["STATUS"]
        assert product.stop() == 0
        assert ear.states()[-1] == "STOPPING"


async def test_a_queue_whose_turn_hangs_starves_the_watchdog(store: Store) -> None:
    began, never = asyncio.Event(), asyncio.Event()

    async def due(_limit: int) -> list[int]:
        began.set()
        await never.wait()
        return []

    name = f"nachtrag-test-{id(never)}"
    with closing(Ear(f"\0{name}")) as ear:
        supervisor = Supervisor({"NOTIFY_SOCKET": f"@{name}", "WATCHDOG_USEC": "60000000"})
        worker = Worker(Queue("articles", due, nothing, nothing, 1))
        vitals = Vitals([worker], store, lambda: START, 0, supervisor.watchdog)
        assert (supervisor.watchdog, vitals.patience) == (60.0, 30.0)
        supervisor.alive(vitals)
        assert ear.said() == [{"WATCHDOG": "1"}]
        turn = asyncio.create_task(worker.turn())
        await began.wait()
        vitals.patience = 0.0  # it hangs for longer
        supervisor.alive(vitals)
        assert len(ear.said()) == 1, "it hangs, and lives all the same"
        never.set()
        await turn
        vitals.patience = 30.0
        supervisor.alive(vitals)
        assert len(ear.said()) == 2


async def test_waiting_for_another_process_is_no_hanging(store: Store) -> None:
    async def due(_limit: int) -> list[int]:
        return await store.run(lambda _con: [])

    worker = Worker(Queue("articles", due, nothing, nothing, 1))
    vitals = Vitals([worker], store, lambda: START, 0, 0.0)
    assert vitals.hanging() == ["articles"]
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        turn = asyncio.create_task(worker.turn())
        await asyncio.to_thread(until, lambda: store.locked_out)
        assert vitals.hanging() == []
        other.execute("ROLLBACK")
        assert await turn == 0
    assert not store.locked_out


@pytest.mark.parametrize(
    "environment",
    [{}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "9000", "WATCHDOG_PID": "1"}],
)
def test_without_a_watchdog_nothing_is_said(environment: dict[str, str]) -> None:
    supervisor = Supervisor(environment)
    assert supervisor.watchdog is None
    supervisor.ready("nobody hears that")


def test_a_socket_that_is_gone_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Supervisor({"NOTIFY_SOCKET": str(tmp_path / "gone")}).stopping()
    assert "systemd cannot be told STOPPING=1: No such file or directory" in caplog.text
