"""The address at which the daemon can be watched: `/-/health` for whoever restarts it, `/metrics` for Prometheus."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from db.publish import is_ours
from db.store.figures import events_since, figures, newest_event
from db.store.onlooker import Onlooker
from schedules.endpoints import EVENT_TYPES, OPERATIONS
from schedules.metrics import exposition
from schedules.server import Said, Server, asked_for, is_local

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import h11

    from db.store.connection import Store
    from db.store.figures import Figure
    from schedules.queues import Queues
    from schedules.vitals import Vitals

log = logging.getLogger("nachtrag")

# How long the database is waited for, and how long what it said is said again: however many ask, it is asked so often.
_ANSWER_SECONDS, _KEPT_SECONDS = 3.0, 5.0
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
# Of these figures health tells, too.
_TOLD = (
    "last_poll_timestamp_seconds", "sources_failing", "looks_overdue", "looks_overdue_oldest_seconds", "rulings_open",
    "events_unrouted", "deliveries_pending", "deliveries_pending_oldest_seconds", "database_wal_size_bytes",
    "disk_free_bytes",
)  # fmt: skip


class Watch(Server):
    """Answers GET and HEAD at `listen`."""

    def __init__(
        self, listen: str, queues: Queues, vitals: Vitals, store: Store, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(listen, max_body=0, without="health and metrics cannot be had; [watch] `listen` names another")
        self._queues, self._vitals, self._clock = queues, vitals, clock
        # Where others may ask they do so by whatever name this machine has with them.
        self._is_local = is_local(listen)
        self._store, self._onlooker = store, Onlooker(store.path, _ANSWER_SECONDS)
        self._asking = asyncio.Lock()
        self._figures: list[Figure] | None = None
        self._asked_at = float("-inf")
        self._newest_event = 0
        # What has not happened yet is 0: Prometheus takes no series that begins with 1 for an increase.
        self._events = dict.fromkeys((*EVENT_TYPES, *OPERATIONS), 0)

    async def start(self) -> bool:
        """Listen, and say where; events count from now on."""
        self._newest_event = await self._store.ask(newest_event)
        listens = await super().start()
        if listens:
            log.info("health at http://%s/-/health, metrics at http://%s/metrics", self._listen, self._listen)
        return listens

    async def stop(self) -> None:
        """Answer no longer."""
        await super().stop()
        self._onlooker.close()

    async def respond(self, request: h11.Request, body: bytes) -> Said:  # noqa: ARG002 -- as the server has it
        """Health, metrics, or where they are."""
        if request.method not in (b"GET", b"HEAD"):
            return Said(405, headers=(("allow", "GET, HEAD"),))
        path, _ = asked_for(request)
        if self._is_local and not is_ours(dict(request.headers).get(b"host", b"").decode("latin-1"), ""):
            return Said(421, b"Nachtrag: ask by the address, or as localhost.\n")
        if path == "/-/health":
            return await self._health()
        if path == "/metrics":
            found = await self._measured()
            return Said(200, exposition(self._queues, self._vitals, found, self._events), _PROMETHEUS)
        return Said(404, b"Nachtrag: /-/health and /metrics are here.\n")

    async def _health(self) -> Said:
        """503 if a queue hangs or the database takes nothing; that sites or endpoints fail does not make it ill."""
        found, faults = await self._measured(), self._vitals.faults()
        at = self._vitals.written_at
        said = {
            "status": "failing" if faults else "ok",
            "faults": faults,
            "version": version("nachtrag"),
            "at": self._clock().isoformat(),
            "database": {"answers": found is not None, "written_at": at[1].isoformat() if at else None},
            "queues": {
                worker.queue.name: {
                    "jobs": len(worker.jobs),
                    "turned_seconds_ago": round(self._vitals.turned(worker), 1),
                }
                for worker in self._vitals.workers
            },
            "figures": {item.name: _plain(item) for item in found or () if item.name in _TOLD},
        }
        return Said(503 if faults else 200, json.dumps(said, ensure_ascii=False).encode() + b"\n", "application/json")

    async def _measured(self) -> list[Figure] | None:
        """The figures of the database; None if it does not answer soon."""
        loop = asyncio.get_running_loop()
        async with self._asking:
            if loop.time() - self._asked_at >= _KEPT_SECONDS:
                self._figures = None
                with suppress(TimeoutError, sqlite3.Error):
                    self._figures = await self._onlooker.ask(figures, self._clock())
                    self._count(*await self._onlooker.ask(events_since, self._newest_event))
                self._asked_at = loop.time()
            return self._figures

    def _count(self, newest: int, came: dict[str, int]) -> None:
        self._newest_event = newest
        for kind, number in came.items():
            self._events[kind] = self._events.get(kind, 0) + number


def _plain(item: Figure) -> Any:
    return item.values if item.label else item.values[""]
