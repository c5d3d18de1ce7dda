"""Polls and looks at one host, where it lets us ask for less than is due. The product's queues, in virtual time."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from benchmarks import virtual_time
from benchmarks.scale.room import queues
from db.rows import text_of
from db.store.articles import due_articles
from db.store.connection import Store
from db.store.sources import list_entries
from db.store.visits import record_visits
from schedules.applying import apply
from schedules.config import Config
from scraper.feeds.entry import FeedEntry
from tests.test_polite import START, answer, read_before

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from benchmarks.virtual_time import VirtualTime

HOST, DELAY, MINUTES, ARTICLES = "langsam.example", 30, 60, 2


def newsroom(database: Path, feeds: int, every: str) -> Config:
    """So many feeds of one host, polled and their articles looked at whenever that may be."""
    sources = [
        {"name": f"F{number}", "feed": f"https://{HOST}/feed/{number}", "every": every, "revisit": "1m"}
        for number in range(feeds)
    ]
    made = Config.model_validate({"database": database, "sources": sources, "fetch": {"gap": "2s"}})
    with Store(database) as store:
        store.call(apply, made, START)
        store.call(lambda con: con.execute("UPDATE sources SET etag = '\"1\"', next_poll_at = ?", [text_of(START)]))
        for number in range(feeds):
            urls = [f"https://{HOST}/{number}/{path}" for path in range(ARTICLES)]
            entries = [FeedEntry(url, "", None, None) for url in urls]
            store.call(list_entries, number + 1, entries, START - timedelta(hours=1))
        due = store.call(due_articles, START - timedelta(hours=1), 1_000, 1_000)
        store.call(record_visits, [read_before(item) for item in due])
    return made


def asked(made: Config) -> list[str]:
    """The paths that the host is asked for within an hour, robots.txt apart."""
    paths: list[str] = []

    def say(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return answer(200, f"User-agent: *\nCrawl-delay: {DELAY}\n")
        paths.append(request.url.path)
        return answer(304)

    async def live(time: VirtualTime) -> None:
        async with queues(made, time.now, say) as (working, _store):
            both = [worker for worker in working.workers if worker.queue.name in ("sources", "articles")]
            while time.seconds < MINUTES * 60:
                for worker in both:
                    await worker.turn()
                await asyncio.sleep(1)

    virtual_time.run(live, START)
    return paths


@pytest.mark.parametrize(("feeds", "every"), [(1, "30s"), (10, "5m")])
def test_where_a_host_lets_us_ask_for_less_than_is_due_polls_and_looks_take_turns(
    tmp_path: Path, feeds: int, every: str
) -> None:
    paths = asked(newsroom(tmp_path / "n.db", feeds, every))
    assert len(paths) > MINUTES * 60 // DELAY - 10
    kinds = [path.startswith("/feed") for path in paths]
    assert [one for one, other in pairwise(kinds) if one == other] == []
    each = Counter(paths)
    assert len(each) == feeds * (1 + ARTICLES)
    polls = [count for path, count in each.items() if path.startswith("/feed")]
    assert max(polls) - min(polls) <= 1


@pytest.mark.parametrize("feeds", [2, 40])
def test_polls_wait_for_no_look_where_none_can_be_paid_for(tmp_path: Path, feeds: int) -> None:
    made = newsroom(tmp_path / "n.db", feeds, "1m")
    made = made.model_copy(update={"sources": [item.model_copy(update={"revisit": None}) for item in made.sources]})
    budget = made.budget.model_copy(update={"per_day": 1})
    paths = asked(made.model_copy(update={"budget": budget}))
    assert sum(path.startswith("/feed") for path in paths) > MINUTES * 60 // DELAY - 10


def test_polls_wait_for_no_look_that_nobody_takes(tmp_path: Path) -> None:
    made = newsroom(tmp_path / "n.db", 2, "1m")
    with Store(made.database) as store:
        store.call(lambda con: con.execute("UPDATE articles SET paused = 1"))
    assert len(asked(made)) > MINUTES * 60 // DELAY - 10
