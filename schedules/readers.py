"""Reads pages and feeds, and compares what was read, in processes of their own, off the event loop: a page that kills
its reader, or takes for ever, is an ordinary failure of that page. The processes start on first need."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
import threading
from concurrent.futures import InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from schedules.departure import follow
from schedules.judge import judge
from schedules.looking import seen_in
from schedules.reread import reread
from scraper.errors import ReadError
from scraper.feeds.discovery import candidates
from scraper.feeds.kinds import read_as
from scraper.feeds.section import is_section
from scraper.page import header
from scraper.read import read, reads_alike
from scraper.site_profile import profile_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from datetime import datetime, timedelta

    from changes.case import Patience
    from db.reread import DueReread, RereadResult
    from db.work import DueRuling, Failure, RulingResult, Sighting
    from db.work_departures import DepartureResult, DueDeparture
    from schedules.sighting import Look
    from scraper.article import Article
    from scraper.feeds.discovery import Candidate
    from scraper.feeds.entry import Feed
    from scraper.feeds.kinds import Reading
    from scraper.page import Page
    from scraper.site_profile import SiteProfile

T = TypeVar("T")

# Lexbor needs about 17 times the page (docs/architecture.md): ten times that of the largest page the door lets in.
_MEMORY = 2 * 1024**3
# A worker is replaced after so many pages, so that nothing it leaks lasts.
_PAGES_PER_WORKER = 2_000


class Readers:
    """The processes that read. `own` are a user's profiles of sites. Close it when done.

    Attributes:
        killed: readings that were stopped, or whose process died.
    """

    def __init__(self, workers: int, deadline: timedelta, own: tuple[SiteProfile, ...] = ()) -> None:
        self._workers, self._deadline, self._own = workers, deadline, own
        self._pool: ProcessPool | None = None
        self._changing = threading.Lock()
        self._start: asyncio.Future[ProcessPool] | None = None
        self._closings = 0
        self.killed = 0
        self._under_way: set[Future[Any]] = set()

    async def article(self, page: Page, *, last_resort: bool = False) -> Article:
        """Read a page. `last_resort`: see `scraper.read.fallback.may_fall_back`.

        Raises:
            ReadError: it is no article that can be read, or its reader died or took too long.
        """
        reading = partial(read, last_resort=last_resort)
        return await self._run(reading, page.url, page, "auto", self._own_for(page.url))

    async def look(self, look: Look, *, with_comments: bool) -> Sighting:
        """What a look means that brought a page: read, compared, and made ready to be kept, all in one trip.

        Args:
            with_comments: what readers wrote is to be kept, too.

        Raises:
            ReadError: its reader died or took too long.
        """
        own, url = self._own_for(look.answer.url), look.due.fetch_url
        seen, keeps_page = await self._run(seen_in, url, look, own, with_comments)
        return replace(seen, page=look.answer) if keeps_page else seen

    async def ruling(self, due: DueRuling, patience: Patience, now: datetime) -> RulingResult:
        """The ruling as it stands now.

        Raises:
            ReadError: comparing died or took too long.
        """
        return await self._run(judge, due.after.url, due, patience, now)

    async def departure(self, due: DueDeparture, now: datetime, *, patient: bool) -> DepartureResult:
        """Whether the story of an article that is gone goes on elsewhere, and whether the outlet was to keep it.

        Raises:
            ReadError: comparing died or took too long.
        """
        profile = profile_for(due.gone.url, self._own)
        rules = profile.retention if profile else ()
        return await self._run(partial(follow, patient=patient), due.gone.url, due, rules, now)

    async def reread(
        self, due: DueReread, read: Mapping[int, Article | Failure], now: datetime, allowance: timedelta, accept: bool
    ) -> RereadResult:
        """What the kept pages of an article say today.

        Raises:
            ReadError: comparing died or took too long.
        """
        return await self._run(partial(reread, accept=accept), due.url, due, read, now, allowance)

    async def source(self, how: Reading, body: bytes, content_type: str, url: str) -> Feed:
        """Read what a source answers: a feed, a sitemap, a page of links …

        Raises:
            FeedError: it is not what the source is said to be.
            ReadError: its reader died or took too long.
        """
        return await self._run(read_as, url, how, body, content_type, url)

    async def candidates(self, page: Page) -> tuple[Candidate, ...]:
        """The feeds that a page names.

        Raises:
            ReadError: its reader died or took too long.
        """
        return await self._run(candidates, page.url, page.body, header(page.headers, "content-type"), page.url)

    async def is_section(self, page: Page, article: Article) -> bool:
        """Whether what was read on a page only leads to other pages.

        Raises:
            ReadError: its reader died or took too long.
        """
        texts = frozenset(block.text for block in article.blocks)
        return await self._run(is_section, page.url, page.body, header(page.headers, "content-type"), page.url, texts)

    def reads_alike(self, url: str, read_with: str) -> bool:
        """Whether a page of this address would be read today as it was by that reader, if it has not changed."""
        return reads_alike(url, read_with, self._own)

    def _own_for(self, url: str) -> tuple[SiteProfile, ...]:
        """What goes to another process with the page: the one that is used."""
        profile = profile_for(url, self._own)
        return (profile,) if profile is not None and profile.own else ()

    def close(self) -> None:
        """End the processes, whatever they do."""
        with self._changing:
            self._closings += 1
            self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble annotates the rest
            self._pool.join()
            self._pool = None
            for left in tuple(self._under_way):  # what no process had begun yet, the pool forgets
                with suppress(InvalidStateError):  # whoever waited gave up meanwhile
                    left.set_exception(BrokenProcessPool())

    def _killed(self, said: str) -> ReadError:
        self.killed += 1
        return ReadError("reader_killed", said)

    async def _processes(self) -> ProcessPool:
        """Running ones. To start them takes seconds, and no answer may wait for that: every host would seem slow. All
        who need them meanwhile wait for one thread, as looking up names needs the others."""
        if self._start is None:
            if self._pool is not None and self._pool.active:
                return self._pool
            self._start = asyncio.ensure_future(asyncio.to_thread(self._started, self._closings))
            self._start.add_done_callback(self._forget_start)
        return await asyncio.shield(self._start)

    def _forget_start(self, _: object) -> None:
        self._start = None

    def _started(self, closings: int) -> ProcessPool:
        with self._changing:
            if closings != self._closings:
                raise ReadError("reader_killed", "the readers were closed")
            self._end()  # what starts its processes was killed, say for want of memory: it never recovers
            # A fork of a process with threads can hang; a server that was forked early cannot. It imports what they
            # need once for all of them.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([__name__])
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=_PAGES_PER_WORKER,
                initializer=_settle_in,
                context=context,
            )
            if not self._pool.active:  # asking starts them
                raise RuntimeError("the processes that read did not start")
            return self._pool

    async def _run(self, work: Callable[..., T], url: str, *args: object) -> T:
        pool = await self._processes()
        seconds = self._deadline.total_seconds()
        try:
            read = pool.schedule(work, args=args, timeout=seconds)
        except RuntimeError:  # somebody closed them since
            raise ReadError("reader_killed", f"{url}: the readers were closed") from None
        self._under_way.add(read)
        read.add_done_callback(self._under_way.discard)
        try:
            return await asyncio.wrap_future(read)
        except TimeoutError:
            raise self._killed(f"{url}: reading took more than {seconds:g} s and was stopped") from None
        except BrokenProcessPool:
            raise self._killed(f"{url}: all readers died, and are started anew") from None
        except ProcessExpired as death:
            raise self._killed(f"{url}: its reader died (exit code {death.exitcode})") from None
        except MemoryError:
            raise self._killed(f"{url}: reading it took more memory than allowed") from None


def _settle_in() -> None:
    """In the worker: leave Ctrl-C to the daemon, and never take the machine's memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
