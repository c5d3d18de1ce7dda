"""The processes that read: one that takes too long, dies or is greedy costs its own page, and no other."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from schedules.readers import Readers
from scraper.errors import FeedError, ReadError
from scraper.feeds.kinds import Reading
from scraper.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
URL = "https://www.tagesschau.de/inland/strompreise-nord-101.html"
FEED_READING = Reading("feed", datetime(2025, 5, 15, tzinfo=UTC))
FEED = b"<rss version='2.0'><channel><title>B</title><item><title>Turm</title><link>/1</link></item></channel></rss>"


class Slow(bytes):
    """A body that takes for ever as soon as somebody looks at it."""

    def strip(self, *_: object) -> bytes:
        time.sleep(600)
        return b""


class Deadly(bytes):
    def strip(self, *_: object) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


class Greedy(bytes):
    def strip(self, *_: object) -> bytes:
        return bytes(3 * 1024**3)


def page(body: bytes) -> Page:
    return Page(URL, 200, (("content-type", "text/html"),), body, datetime(2025, 5, 15, 12, 0, tzinfo=UTC))


def starter() -> int:
    """The process that starts the readers."""
    return int(forkserver._forkserver._forkserver_pid)  # type: ignore[attr-defined] # nobody else knows it


def started() -> list[int]:
    """Those that it started, of this test and of others."""
    return [int(one) for one in Path(f"/proc/{starter()}/task/{starter()}/children").read_text().split()]


def kill_all() -> None:
    """What starts the readers, and all that it started."""
    for process in (starter(), *started()):
        os.kill(process, signal.SIGKILL)


@pytest.fixture
def readers() -> Iterator[Readers]:
    made = Readers(workers=1, deadline=timedelta(seconds=30))
    yield made
    made.close()


@pytest.fixture
def article() -> Page:
    return page((DATA / "pages" / "tagesschau_2023.html").read_bytes())


async def test_articles_and_feeds(readers: Readers, article: Page) -> None:
    assert (await readers.article(article)).headline == "Wer im Norden sparen soll"
    assert [entry.title for entry in (await readers.source(FEED_READING, FEED, "text/xml", URL)).entries] == ["Turm"]


async def test_what_is_refused_is_refused_as_it_is_here(readers: Readers) -> None:
    with pytest.raises(ReadError) as unread:
        await readers.article(page(b""))
    assert (unread.value.code, URL in unread.value.message) == ("empty", True)
    with pytest.raises(FeedError) as no_feed:
        await readers.source(FEED_READING, b"<html>", "text/html", URL)
    assert no_feed.value.code == "not_a_feed"


@pytest.mark.parametrize(
    ("body", "says"),
    [(Deadly(b"x"), "its reader died (exit code -9)"), (Greedy(b"x"), "more memory than allowed")],
)
async def test_a_page_that_kills_its_reader(readers: Readers, article: Page, body: bytes, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        await readers.article(page(body))
    assert caught.value.code == "reader_killed"
    assert caught.value.message.startswith(URL)
    assert says in caught.value.message
    assert (await readers.article(article)).headline == "Wer im Norden sparen soll"


async def test_a_page_that_takes_too_long_is_stopped_and_named() -> None:
    readers = Readers(workers=1, deadline=timedelta(seconds=0.5))
    try:
        with pytest.raises(ReadError) as caught:
            await readers.article(page(Slow(b"x")))
    finally:
        readers.close()
    assert caught.value.code == "reader_killed"
    assert caught.value.message == f"{URL}: reading took more than 0.5 s and was stopped"


def test_closing_what_never_began_and_closing_twice(readers: Readers) -> None:
    readers.close()
    readers.close()


async def test_after_closing_it_begins_anew(readers: Readers, article: Page) -> None:
    await readers.article(article)
    readers.close()
    assert (await readers.article(article)).headline == "Wer im Norden sparen soll"


async def test_when_what_starts_them_is_killed_they_are_started_anew(readers: Readers, article: Page) -> None:
    await readers.article(article)
    kill_all()
    with pytest.raises(ReadError) as caught:
        await readers.article(article)
    assert (caught.value.code, caught.value.message) == (
        "reader_killed",
        f"{URL}: all readers died, and are started anew",
    )
    assert (await readers.article(article)).headline == "Wer im Norden sparen soll"


async def test_the_event_loop_goes_on_while_they_start(readers: Readers, article: Page) -> None:
    await readers.article(article)
    readers.close()
    os.kill(starter(), signal.SIGSTOP)
    too_late = threading.Timer(10, os.kill, (starter(), signal.SIGCONT))
    too_late.start()
    try:
        reading = [asyncio.create_task(readers.article(article)) for _ in range(2)]
        await asyncio.sleep(0.2)
        assert too_late.is_alive(), "the loop stood still until they were let go on"
    finally:
        too_late.cancel()
        os.kill(starter(), signal.SIGCONT)
    assert [one.headline for one in await asyncio.gather(*reading)] == ["Wer im Norden sparen soll"] * 2


async def test_what_waits_for_a_reader_ends_when_they_are_closed(readers: Readers, article: Page) -> None:
    await readers.article(article)
    waiting = [asyncio.create_task(readers.article(page(Slow(b"x")))) for _ in range(2)]
    await asyncio.sleep(0)
    await asyncio.to_thread(readers.close)
    ended, _ = await asyncio.wait(waiting, timeout=30)
    assert [getattr(one.exception(), "code", None) for one in ended] == ["reader_killed"] * 2


def test_those_that_start_are_ended_too(readers: Readers, article: Page) -> None:
    asyncio.run(readers.article(article))
    readers.close()
    of_others = started()

    async def closed_meanwhile() -> None:
        os.kill(starter(), signal.SIGSTOP)
        reading = asyncio.create_task(readers.article(article))
        await asyncio.sleep(0.2)
        threading.Timer(0.2, os.kill, (starter(), signal.SIGCONT)).start()
        readers.close()
        with pytest.raises(ReadError) as closed:
            await reading
        assert closed.value.message.endswith("the readers were closed")

    asyncio.run(closed_meanwhile())
    assert started() == of_others
