"""The daemon: APScheduler ticks, the queues work, Datasette runs as a child; and one pass without any of that."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from db.store.chores import is_due, note_done
from db.store.clock import set_back
from db.store.connection import Store, StoreError
from db.store.examined import is_behind
from db.store.leases import at_work, end_all, hosts_in_hand, rest
from db.store.passes import LONGEST_WAIT, waiting
from db.store.people import make_all_due
from db.store.sizes import note_sizes
from schedules.applying import apply, end_odd_waits
from schedules.browser import Browser
from schedules.config import Config, ConfigError, load
from schedules.logs import log_as
from schedules.queues import Queues
from schedules.receiver import Receiver
from schedules.systemd import Supervisor
from schedules.vitals import Vitals
from schedules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from db.store.chores import Chore
    from db.store.passes import Waiting
    from schedules.tally import Tally
    from schedules.websub import Subscriber
    from scraper.http import Door
    from scraper.ledger import Ledger

    _Job = Callable[[], Awaitable[object]]

log = logging.getLogger("nachtrag")

_TICK_SECONDS = 0.25
# How often it is asked whether something is due that is done every few hours, and so how soon after a start.
_CHORES_SECONDS = 60.0
_HOURLY, _PLANNED = timedelta(hours=1), timedelta(hours=6)
_PATIENCE_SECONDS = 2.0
# How often the jobs are looked after, so that a clock that was ahead stops nothing for long.
_MIND_SECONDS = 5.0
# By less than that it may be set without anything being done about it: nobody misses so short a wait.
_SET_BACK = timedelta(seconds=30)
# The least that a pass waits for a host, and how often it looks whether another process has given back what it had.
_WAIT_SECONDS = 0.5
_GATHER_SECONDS = 0.05
# How often a pass that takes long says what it is at.
_SAY = timedelta(seconds=10)


class Stopped(Exception):
    """A pass was ended by a signal."""


async def run(path: Path, config: Config, clock: Callable[[], datetime], stop: asyncio.Event | None = None) -> None:
    """Run until told to stop: by SIGTERM, Ctrl-C or `stop`. SIGHUP reads the configuration again."""
    stop, again, supervisor = stop or asyncio.Event(), asyncio.Event(), Supervisor(os.environ)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, again.set)

    async def next_config() -> Config | None:
        """Wait for another configuration that can be used, or for the end."""
        while True:
            await _first(stop, again)
            if stop.is_set():
                supervisor.stopping()
                return None
            again.clear()
            supervisor.reloading()
            if (new := _loaded(path)) is not None:
                return new
            supervisor.ready("the new configuration is faulty, and the one before holds; the log says why")

    current: Config | None = config
    before: Door | None = None
    while current is not None:
        current, before = await _session(current, clock, supervisor, next_config, before)


async def _session(
    config: Config,
    clock: Callable[[], datetime],
    supervisor: Supervisor,
    next_config: Callable[[], Awaitable[Config | None]],
    before: Door | None,
) -> tuple[Config | None, Door]:
    """Work with one configuration until there is another, which comes back, or an end.

    Its door, which comes back too, knows what the one `before` knew: when each host was asked last.
    """
    _warn(config)
    with Store(config.database) as store, at_work(config.database) as alone:
        await take_over(store, config, clock(), alone=alone)
        await store.run(apply, config, clock())
        queues = Queues(config, store, clock)
        if before is not None:
            queues.door.follow(before)
        browser = _browser(config)
        queues.listen_to_hubs(_subscriber(config))
        scheduler = timetable([worker.turn for worker in queues.workers], _chores(config, store, queues, clock))
        vitals = Vitals(queues.workers, store, clock, config.watch.disk_low, supervisor.watchdog)
        watch = Watch(config.watch.listen, queues, vitals, store, clock) if config.watch.listen else None
        receiver = _receiver(config, store, clock)
        async with queues.door, receiver or nullcontext(), watch or nullcontext():
            await browser.start()
            scheduler.start()
            minds = (
                _mind_the_clock(scheduler, store, queues.door.ledger, clock),
                vitals.keep_writing(),
                supervisor.keep_alive(vitals),
            )
            minding = [asyncio.create_task(mind) for mind in minds]
            watching = f"watching {len(config.sources)} source{'' if len(config.sources) == 1 else 's'}"
            log.info("%s", watching)
            supervisor.ready(watching)
            following = await next_config()
            for task in minding:
                task.cancel()
            scheduler.pause()
            await asyncio.gather(queues.stop(_PATIENCE_SECONDS), browser.stop())
            # Not before: it cancels turns in their tracks, and what the store was handing them would stay leased.
            scheduler.shutdown(wait=False)
    if following is None:
        log.info("stopped; what was in hand is kept")
    return following, queues.door


def _browser(config: Config) -> Browser:
    web = config.web
    shown = (config.database, web.listen, web.base_url, web.published, web.language)
    return Browser(*shown, hidden=config.secret_names)


def _chores(config: Config, store: Store, queues: Queues, clock: Callable[[], datetime]) -> tuple[_Job, ...]:
    """What is done now and then beside the queues."""
    every_hour = (partial(hourly, store, config, clock), queues.weigh_hosts)
    return (
        partial(when_due, store, clock, "hourly", _HOURLY, *every_hour),
        partial(when_due, store, clock, "planned", _PLANNED, queues.plan_again),
    )


class Every(IntervalTrigger):  # type: ignore[misc]  # it comes without types
    """Comes again after so many seconds, and makes up for nothing that it missed. Of a clock that begins in 1970 and is
    then put right, APScheduler would list every tick of half a century before it does anything else."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """A moment after `now`."""
        due: datetime = super().get_next_fire_time(previous_fire_time, now)
        return due if due > now else now + self.interval


def timetable(turns: Sequence[_Job], chores: Sequence[_Job]) -> AsyncIOScheduler:
    """What is done when: a turn of each queue every moment, and now and then what is done every few hours, if due."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for turn in turns:
        scheduler.add_job(turn, Every(seconds=_TICK_SECONDS))
    for chore in chores:
        scheduler.add_job(chore, Every(seconds=_CHORES_SECONDS))
    return scheduler


async def when_due(store: Store, clock: Callable[[], datetime], chore: Chore, every: timedelta, *jobs: _Job) -> None:
    """Do what was not done for so long, by this process or another: one that starts or is told another configuration
    oftener would else never come to it.
    """
    if not await store.ask(is_due, chore, every, clock()):
        return
    for job in jobs:
        await job()
    await store.run(note_done, chore, clock())


async def _mind_the_clock(
    scheduler: AsyncIOScheduler, store: Store, ledger: Ledger, clock: Callable[[], datetime]
) -> None:
    """Let nothing wait for a moment that the clock had come to before it was set back."""
    loop = asyncio.get_running_loop()
    then, passed = clock(), loop.time()
    while True:
        await asyncio.sleep(_MIND_SECONDS)
        now, by_now = clock(), loop.time()
        back = timedelta(seconds=by_now - passed) - (now - then)
        bring_forward(scheduler, now)
        if back <= _SET_BACK:
            then, passed = now, by_now
        elif await _set_back(store, now, back):
            ledger.set_back(back)
            then, passed = now, by_now


async def _set_back(store: Store, now: datetime, by: timedelta) -> bool:
    """Whether it could be noted that the clock was set back; if not, it is tried again."""
    try:
        rows = await store.run(set_back, now, by)
    except sqlite3.OperationalError:  # locked or full, which others tell of
        return False
    log.warning("the clock was set back by %s: %d waits are that much shorter", by, rows)
    return True


def bring_forward(scheduler: AsyncIOScheduler, now: datetime) -> None:
    """Let no job wait longer than its interval: a clock that was ahead and was put right would have them all wait for
    the moment that it had come to.
    """
    for job in scheduler.get_jobs():
        if job.next_run_time - now > job.trigger.interval:
            job.modify(next_run_time=now)


async def hourly(store: Store, config: Config, clock: Callable[[], datetime]) -> None:
    """End waits that a clock which was ahead left, measure the file, and overwrite what was erased while somebody read
    it."""
    await store.run(end_odd_waits, config, clock())
    await store.run(note_sizes, clock())
    await asyncio.to_thread(store.empty_log)


def _subscriber(config: Config) -> Subscriber | None:
    """Who we are to hubs, if any source wants one to be asked."""
    return config.web.subscriber if any(source.websub for source in config.sources) else None


def _receiver(config: Config, store: Store, clock: Callable[[], datetime]) -> Receiver | None:
    subscriber = _subscriber(config)
    return Receiver(config.web.websub_listen, subscriber, store, clock) if subscriber else None


async def take_over(store: Store, config: Config, now: datetime, *, alone: bool) -> None:
    """What somebody had in hand who is dead now is free as soon as its hosts had their pause."""
    if not alone:
        return
    await store.run(rest, await store.run(hosts_in_hand), now, config.fetch.gap, config.fetch.user_agent)
    if left := await store.run(end_all):
        log.info("%d items were in the hands of a process that did not end well; they are handed out again", left)


async def _first(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


def _loaded(path: Path) -> Config | None:
    try:
        new = load(path)
    except ConfigError as error:
        log.error("the configuration stays as it was, for the new one is faulty:")  # noqa: TRY400 -- the lines say it all
        for line in str(error).splitlines():
            log.error("%s", line)  # noqa: TRY400 -- the same
        return None
    log_as(new)
    log.info("configuration read again: %s", path)
    return new


def _warn(config: Config) -> None:
    if is_behind(config.database):
        log.warning("%s is of an earlier version: it is brought forward now, for good", config.database)
    for network in config.fetch.allow_private:
        log.warning("allow_private: addresses in %s may be asked; pages and feeds can reach services there", network)


async def once(config: Config, clock: Callable[[], datetime], *, now: bool) -> Tally:
    """Work off all that is due in every queue, and end. With `now`, every source and followed article is due.

    What a host asks to wait for longer than a minute is left, and named in the tally.

    Raises:
        StoreError: something could not be recorded.
        Stopped: SIGTERM or Ctrl-C came before the end.
    """
    _warn(config)
    started, stop = clock(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    with Store(config.database) as store, at_work(config.database) as alone:
        await take_over(store, config, started, alone=alone)
        await store.run(apply, config, started)
        if now:
            await store.run(make_all_due, started)
        queues = Queues(config, store, clock, since=started)
        async with queues.door:
            said = clock()
            try:
                while not stop.is_set() and await _turn(queues, store, clock, started, stopping):
                    _stumble(queues, config.database)
                    if clock() - said > _SAY:
                        said = clock()
                        await _say_waiting(queues, store, said, started)
            finally:
                await queues.stop(_PATIENCE_SECONDS)
        stopping.cancel()
        if stop.is_set():
            raise Stopped("stopped before the pass was over; what was in hand is handed out again")
        left = await store.ask(waiting, clock(), started)
        queues.tally.left = tuple(map(_left, left))
    return queues.tally


def _left(item: Waiting) -> str:
    why = "failed several times in a row and rests" if item.failing else "asks to wait"
    return f"{item.what}: {item.host} {why} until {item.free_at:%F %T} UTC"


async def _turn(
    queues: Queues, store: Store, clock: Callable[[], datetime], started: datetime, stopping: asyncio.Task[bool]
) -> bool:
    """Hand out what is due and wait until more may be, or for the end; False if there is nothing more to come."""
    before = any(worker.jobs for worker in queues.workers)
    handed_out = sum([await worker.turn() for worker in queues.workers])
    if jobs := [job for worker in queues.workers for job in worker.jobs]:
        # Who waits for what is not asked meanwhile: it means to go through all that is due.
        await asyncio.wait([*jobs, stopping], timeout=_WAIT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not stopping.done():  # to ask all queues costs as much as a look: let some more end
            await asyncio.wait(jobs, timeout=_GATHER_SECONDS)
        return True
    if handed_out:  # and done already
        return True
    waits = [item.free_at - clock() for item in await store.ask(waiting, clock(), started)]
    sooner = [wait.total_seconds() for wait in waits if wait <= LONGEST_WAIT]
    if not (before or sooner):
        return False
    # What is due but not handed out is in the hands of another process, of whom nobody tells us.
    if sooner:
        await asyncio.wait([stopping], timeout=max(min(sooner), _WAIT_SECONDS))
    return True


async def _say_waiting(queues: Queues, store: Store, now: datetime, started: datetime) -> None:
    """What a pass is at, when it takes long."""
    log.info("%d looked at; %d under way", queues.tally.visited, sum(len(worker.jobs) for worker in queues.workers))
    for item in await store.ask(waiting, now, started):
        if item.free_at > now:
            log.info("%s: %s rests until %s UTC", item.what, item.host, f"{item.free_at:%T}")
        else:
            log.info("%s: %s is being asked already", item.what, item.host)


def _stumble(queues: Queues, database: Path) -> None:
    """A pass that cannot record what it found would find it again and again."""
    for worker in queues.workers:
        if worker.broken is not None:
            raise StoreError(f"{database}: {worker.queue.name}: {worker.broken}") from worker.broken
