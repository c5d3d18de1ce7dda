"""The product's own queues over a large database, with a wire that answers at once and says that nothing is new."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import httpx

from benchmarks.scale.made import feed, source_name
from db.rows import text_of
from db.store.connection import Store
from schedules import queues as queues_module
from schedules import visit as visit_module
from schedules.applying import apply
from schedules.config import Config
from schedules.queues import Queues
from scraper.http import Door

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from schedules.worker import Worker

# What each source of the database has in the configuration: nothing is polled within a benchmark.
_SOURCE = {"every": "365d"}


def config(database: Path, hosts: int, **sections: Any) -> Config:
    """The configuration of such a database."""
    sources = [{"name": source_name(host), "feed": feed(host), **_SOURCE} for host in range(hosts)]
    return Config.model_validate({"database": database, "sources": sources, **sections})


@asynccontextmanager
async def queues(
    made: Config, clock: Callable[[], datetime], answer: Callable[[httpx.Request], httpx.Response]
) -> AsyncIterator[tuple[Queues, Store]]:
    """The queues of a daemon, whose requests `answer` answers. Nobody asks for whole pages, of which there are none."""
    door = patch.object(queues_module, "Door", partial(Door, transport=httpx.MockTransport(answer)))
    with Store(made.database) as store, door, patch.object(visit_module, "is_in_full", lambda *_: False):
        await store.run(apply, made, clock())
        working = Queues(made, store, clock)
        async with working.door:
            try:
                yield working, store
            finally:
                await working.stop(10)


def articles(working: Queues) -> Worker[Any, Any]:
    """The worker that looks at articles."""
    return next(worker for worker in working.workers if worker.queue.name == "articles")


def enrich(working: Queues) -> None:
    """Let a budget be no bound."""
    if working.planner is not None:
        working.planner.purse.saved = working.planner.purse.granted[-1] = 1e9


def unchanged(request: httpx.Request) -> httpx.Response:
    """Nothing is new."""
    if request.url.path == "/robots.txt":
        return httpx.Response(404, stream=httpx.ByteStream(b""))
    return httpx.Response(304, headers={"etag": request.headers.get("if-none-match", "")})


def make_due(con: sqlite3.Connection, now: datetime, every: int) -> int:
    """Of the articles that are looked at closely every so-many-th is due now, the others in a year; 0: none is.

    How many are due.
    """
    con.execute("UPDATE hosts SET free_at = NULL")
    due, later = (f"id % {every} = 0" if every else "0"), text_of(now + timedelta(days=365))
    con.execute(
        f"""UPDATE articles SET leased_until = NULL, next_visit_at = iif({due}, :now, :later)
            WHERE first_seen_at > :closely OR next_visit_at <= :now""",
        {"now": text_of(now), "later": later, "closely": _closely(con)},
    )
    row = con.execute("SELECT count(*) FROM articles WHERE next_visit_at <= ?", [text_of(now)]).fetchone()
    return int(row[0])


def make_live(con: sqlite3.Connection, number: int) -> None:
    """Let so many of the newest articles be looked at closely."""
    row = con.execute(
        "SELECT first_seen_at FROM articles ORDER BY first_seen_at DESC LIMIT 1 OFFSET ?", [number]
    ).fetchone()
    con.execute("UPDATE meta SET value = ? WHERE key = 'benchmark_closely'", [row[0] if row else ""])


def _closely(con: sqlite3.Connection) -> str:
    """What was found after that is live."""
    return str(con.execute("SELECT value FROM meta WHERE key = 'benchmark_closely'").fetchone()[0])
