"""Puts the queues together: which function of the store hands out, which job works, which function records."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from changes.case import Patience
from db.store.articles import Bound, due_articles, known
from db.store.chores import note_done
from db.store.damage import AGAIN
from db.store.deliveries import due_deliveries, record_deliveries
from db.store.hosts import robots_elsewhere, waits_of_looks
from db.store.leases import Leased, give_back, rest
from db.store.manners import asked_pauses, failing_rests
from db.store.planning import found_lately, keep_learned, learned, plan, to_plan
from db.store.routings import due_events, record_routings
from db.store.rulings import due_rulings, record_rulings
from db.store.sources import Turns, due_sources, list_entries, record_polls
from db.store.subscriptions import due_subscriptions, record_subscriptions
from db.store.successions import due_departures, record_departures
from db.store.visits import record_visits
from db.work import DueRuling, Outcome, RulingResult
from db.work_departures import DepartureResult, DueDeparture
from schedules import websub
from schedules.deliver import DEADLINE, carry, failed
from schedules.manners import Manners
from schedules.planner import Planner
from schedules.poll import Poller
from schedules.readers import Readers
from schedules.robots import REMEMBERED, Gatekeeper
from schedules.route import route
from schedules.services import PROCESSES, Services
from schedules.tally import Tally
from schedules.visit import Visitor, VisitSettings
from schedules.worker import Queue, Worker
from scraper.http import Door, FetchSettings

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from db.store.connection import Store
    from db.work import DueArticle, DueSource, Known, PollResult, Sighting, VisitResult
    from db.work_alerts import DeliveryResult, DueDelivery, DueEvent, Routing
    from db.work_hubs import DueSubscription, Subscribed
    from schedules.config import Config
    from schedules.websub import Subscriber
    from scraper.ledger import Day


log = logging.getLogger("nachtrag")

# Reading a page takes milliseconds; one that takes that long is stopped.
_READING = timedelta(seconds=20)
_SLOTS = {
    "sources": 8,
    "articles": 32,
    "rulings": 50,
    "departures": 8,
    "events": 200,
    "deliveries": 16,
    "services": PROCESSES,
    "subscriptions": 4,
}
# A sitemap may name 50,000 articles: nobody is to wait until all are kept.
_ENTRIES_AT_ONCE = 1_000
_PLANNED_AT_ONCE = 200
_LEVELS = {Outcome.FAILED: logging.WARNING, Outcome.UNREADABLE: logging.WARNING, Outcome.PUT_OFF: logging.INFO}
_WORTH_A_LINE = (Outcome.NEW, Outcome.CHANGED, Outcome.GONE, Outcome.RETURNED, Outcome.OLD_COPY)


class Queues:
    """The workers of a daemon or of one pass, over one store, one door and one set of readers.

    Args:
        since: for one pass: nothing is handed out that was dealt with since then.
    """

    def __init__(
        self, config: Config, store: Store, clock: Callable[[], datetime], since: datetime | None = None
    ) -> None:
        self._config, self._store, self._clock, self._since = config, store, clock, since
        self.tally = Tally()
        fetch = config.fetch
        quiet = config.quiet_hours
        self.door = Door(fetch_settings(config), clock, asleep=lambda host: quiet.of_host(host, clock()))
        self.door.ledger.remember(store.read(asked_pauses, clock()), store.read(failing_rests, clock()))
        self._manners = Manners(store, self.door, clock, quiet)
        self._readers = Readers(fetch.workers, _READING, config.profiles)
        self._patience = Patience(config.judge.settle, config.judge.cache_allowance, config.judge.looks)
        self._services = Services(DEADLINE)
        self._targets = {item.name: item.target for item in config.endpoints}
        keeper = Gatekeeper(self.door, fetch.user_agent, clock)
        keeper.remember_all(store.read(robots_elsewhere, REMEMBERED))
        self._poller = Poller(keeper, self._readers, clock, fetch.gap)
        self._bound: Bound | None = None  # as of the last time that articles were asked for
        self._revisit = {item.name: item.fixed for item in config.sources if item.fixed is not None}
        with_comments = frozenset(item.name for item in config.sources if item.comments == "texts")
        settings = VisitSettings(fetch.gap, self._patience, self._revisit, with_comments)
        budget = config.budget.for_planner
        self.planner = Planner(budget, store.read(learned), clock()) if budget else None
        if self.planner is not None:
            self.planner.take_over(store.read(self._found, clock()), clock())
        self._visitor = Visitor(keeper, self._readers, clock, settings, self._known, self.planner)
        self.workers: tuple[Worker[Any, Any], ...] = (
            self._sources(), self._articles(), self._rulings(), self._departures(), self._events(),
            self._deliveries(apprise=False),
        )  # fmt: skip
        if any(target.kind == "apprise" for target in self._targets.values()):
            self.workers = (*self.workers, self._deliveries(apprise=True))

    async def plan_again(self) -> None:
        """Plan the looks of all articles by what was learned since: prices move, and with them what is worth a look.
        What was removed or paused meanwhile brings no looks any more.
        """
        now, planner = self._clock(), self.planner
        if planner is None:
            return
        planner.take_over(await self._store.ask(self._found, now), now)
        since, after = now - planner.budget.watch, 0
        while True:
            items, since = await self._store.ask(to_plan, now, since, after, _PLANNED_AT_ONCE)
            if not items:
                return
            after = items[-1].id
            looks = [(item.id, planner.next_look(item, now).at) for item in items if item.source not in self._revisit]
            await self._store.run(plan, looks, now)

    @property
    def asked(self) -> Day:
        """What was asked of sites, and how they answered, as far as it is written down."""
        return self._manners.asked

    @property
    def readers_killed(self) -> int:
        """Readings that were stopped, or whose process died."""
        return self._readers.killed

    async def weigh_hosts(self) -> None:
        """Let looks be dearer where they wait for their host, for an hour at a time."""
        if self.planner is not None:
            self.planner.weigh_hosts(await self._store.ask(waits_of_looks, self._clock()))

    async def stop(self, patience: float) -> None:
        """Finish what is in flight, within `patience` seconds, and let go of everything but the store."""
        for worker in self.workers:
            await worker.stop(patience / len(self.workers))
        await asyncio.to_thread(self._readers.close)  # they may be starting, and that takes seconds
        await asyncio.to_thread(self._services.close)
        await self._manners.keep_all()
        if self.planner is not None:
            await self._store.run(keep_learned, self.planner.to_keep(self._clock(), at_once=True))

    def listen_to_hubs(self, subscriber: Subscriber | None) -> None:
        """Work the queue of subscriptions too, where somebody listens: one pass would not hear what it asked for."""
        if subscriber is not None:
            self.workers = (*self.workers, self._subscriptions(subscriber))

    def _subscriptions(self, subscriber: Subscriber) -> Worker[DueSubscription, Subscribed]:
        async def due(limit: int) -> Sequence[DueSubscription]:
            return await self._store.run(due_subscriptions, self._clock(), limit)

        async def job(item: DueSubscription) -> Subscribed:
            result = await websub.subscribe(item, subscriber, self.door, self._clock)
            if result.error:
                said = "source %s: is polled only, as its hub was asked in vain: %s"
                log.warning(said, item.name, result.error, extra={"source": item.name})
            return result

        def fail(item: DueSubscription, error: Exception) -> Subscribed:
            return websub.failed(item, error, self._clock())

        record, release = self._recorder(record_subscriptions), self._releaser("subscriptions")
        return Worker(Queue("subscriptions", due, job, record, _SLOTS["subscriptions"], release, fail))

    def _sources(self) -> Worker[DueSource, PollResult]:
        async def due(limit: int) -> Sequence[DueSource]:
            per_host, turns = self._config.fetch.per_host, Turns(self._manners.polled, self._bound)
            handed = await self._store.run(due_sources, self._clock(), limit, per_host, self._since, turns)
            return await self._manners.awake("sources", handed)

        async def job(item: DueSource) -> PollResult:
            result = await self._poller.poll(item)
            self.tally.polls["put_off" if result.put_off else "failed" if result.failed else "ok"] += 1
            if result.put_off and result.failure:
                log.info("source %s: %s", item.name, result.failure.message, extra={"source": item.name})
            elif failure := result.failure:
                self.tally.failures[item.name] = str(failure.message)
                known = {"source": item.name, "code": failure.code}
                log.warning("source %s: %s [%s]", item.name, failure.message, failure.code, extra=known)
            elif result.entries is not None:
                log.info("source %s: %d entries", item.name, len(result.entries), extra={"source": item.name})
            return replace(result, heeded=self.planner is None or self.planner.heeds(item.id))

        def fail(item: DueSource, error: Exception) -> PollResult:
            result = self._poller.failed(item, error)
            self.tally.failures[item.name] = result.failure.message if result.failure else ""
            return result

        async def record(results: Sequence[PollResult]) -> None:
            await self._manners.keep(record_polls, [await self._begun(result) for result in results])

        release = self._releaser("sources")
        return Worker(Queue("sources", due, job, record, _SLOTS["sources"], release, fail))

    async def _begun(self, result: PollResult) -> PollResult:
        """What is left to record of a poll, when all but the last of its entries are kept."""
        entries, shared = result.entries or (), 0
        while len(entries) > _ENTRIES_AT_ONCE:
            now, entries = entries[:_ENTRIES_AT_ONCE], entries[_ENTRIES_AT_ONCE:]
            shared += await self._store.run(
                partial(list_entries, heeded=result.heeded), result.source_id, now, result.at
            )
        return replace(result, entries=entries, shared=shared) if result.entries else result

    async def _due_articles(self, limit: int) -> Sequence[DueArticle]:
        per_host, now = self._config.fetch.per_host, self._clock()
        if self._since is None:  # one pass wants all at once
            await self._manners.catch_up()
        if self.planner is not None and self._since is None:  # who asks for a pass has decided what it may cost
            self._bound = Bound(await self._affordable(self.planner, now), tuple(self._revisit))
            if not self._bound.looks:  # where nothing is looked at, nothing else says so
                await self._store.run(keep_learned, self.planner.to_keep(now))
        handed = await self._store.run(due_articles, now, limit, per_host, self._since, bound=self._bound)
        awake = await self._manners.awake("articles", handed)
        if self.planner is not None:
            self.planner.begin(item.id for item in awake if item.source not in self._revisit)
        return awake

    async def _affordable(self, planner: Planner, now: datetime) -> int:
        """How many looks are; after the clock leapt, all is counted and planned by what it says now."""
        affordable = planner.affordable(now)
        if not planner.leapt:
            return affordable
        await self.plan_again()
        await self._store.run(note_done, "planned", now)
        return planner.affordable(now)

    def _found(self, con: sqlite3.Connection, now: datetime) -> dict[int, int]:
        """The articles whose looks are paid for."""
        watch = self._config.budget.watch
        return found_lately(con, now, now - watch, tuple(self._revisit))

    def _articles(self) -> Worker[DueArticle, VisitResult]:
        async def job(item: DueArticle) -> VisitResult:
            try:
                result = await self._visitor.visit(item)
            finally:
                if self.planner is not None:
                    self.planner.end(item.id)
            seen = result.seen
            self.tally.looks[seen.outcome] += 1
            if (failure := seen.failure) and seen.outcome in _LEVELS:
                known = {"source": item.source, "url": item.url, "code": failure.code}
                said = "article %s: %s [%s]"
                log.log(_LEVELS[seen.outcome], said, item.url, failure.message, failure.code, extra=known)
            return result

        async def record(results: Sequence[VisitResult]) -> None:
            # What became of a look is known only here: the store may hold what looked like an edit.
            told = await self._manners.keep(
                _record, results, self.planner.to_keep(self._clock()) if self.planner else {}
            )
            for url, seen, held in told:
                if line := _became(url, seen, held):
                    log.info("%s", line, extra={"url": url, "outcome": str(seen.outcome)})

        def waits(item: DueArticle) -> bool:
            return item.id in self._visitor.asking

        due, release, failed = self._due_articles, self._releaser("articles"), self._visitor.failed
        return Worker(Queue("articles", due, job, record, _SLOTS["articles"], release, failed, waits))

    async def _known(self, due: DueArticle) -> Known:
        return await self._store.ask(known, due, self._clock())

    def _rulings(self) -> Worker[DueRuling, RulingResult]:
        async def due(limit: int) -> Sequence[DueRuling]:
            return await self._store.run(due_rulings, self._clock(), limit)

        async def job(item: DueRuling) -> RulingResult:
            self.tally.ruled += 1
            return await self._readers.ruling(item, self._patience, self._clock())

        def fail(item: DueRuling, _error: Exception) -> RulingResult:
            return RulingResult(item.revision_id, self._clock(), None)

        return Worker(Queue("rulings", due, job, self._recorder(record_rulings), _SLOTS["rulings"], fail=fail))

    def _departures(self) -> Worker[DueDeparture, DepartureResult]:
        async def due(limit: int) -> Sequence[DueDeparture]:
            return await self._store.run(due_departures, self._clock(), limit)

        async def job(item: DueDeparture) -> DepartureResult:
            return await self._readers.departure(item, self._clock(), patient=bool(self._patience.settle))

        def fail(item: DueDeparture, _error: Exception) -> DepartureResult:
            return DepartureResult(item.id, self._clock(), self._clock() + AGAIN)

        slots = _SLOTS["departures"]
        return Worker(Queue("departures", due, job, self._recorder(record_departures), slots, fail=fail))

    def _events(self) -> Worker[DueEvent, Routing]:
        wishes = {item.name: item.wishes for item in self._config.endpoints}
        with_texts = any(wished.rules.looks_at_texts for wished in wishes.values())

        async def due(limit: int) -> Sequence[DueEvent]:
            return await self._store.run(partial(due_events, with_texts=with_texts), limit)

        async def job(item: DueEvent) -> Routing:
            # RE2 lets go of the interpreter: a text that was made to be slow holds up no other queue.
            work = partial(route, item, wishes, self._clock())
            return await asyncio.to_thread(work) if with_texts else work()

        return Worker(Queue("events", due, job, self._recorder(record_routings), _SLOTS["events"]))

    def _deliveries(self, *, apprise: bool) -> Worker[DueDelivery, DeliveryResult]:
        """Those through our door, or through Apprise: there a slot is a process, which waits with its message."""
        name, endpoints = "services" if apprise else "deliveries", self._config.endpoints

        async def due(limit: int) -> Sequence[DueDelivery]:
            now = self._clock()
            quiet = [item.name for item in endpoints if item.wishes.is_quiet(now)]
            ready = partial(due_deliveries, apprise=apprise, quiet=quiet)
            return await self._store.run(ready, now, limit, self._since)

        async def job(item: DueDelivery) -> DeliveryResult:
            target = self._targets.get(item.endpoint)
            result = await carry(item, target, self.door, self._services, self._clock)
            self.tally.attempts[item.endpoint] += 1
            self.tally.undelivered[item.endpoint] += not result.delivered
            if not result.delivered:
                known = {"endpoint": item.endpoint, "status": result.status, "attempt": item.attempts + 1}
                log.warning("%s", result.error, extra=known)
            return result

        def fail(item: DueDelivery, error: Exception) -> DeliveryResult:
            return failed(item, error, self._clock())

        def waits(_item: DueDelivery) -> bool:
            return not apprise

        record, release = self._recorder(record_deliveries), self._releaser("deliveries")
        return Worker(Queue(name, due, job, record, _SLOTS[name], release, fail, waits))

    def _recorder(self, record: Callable[..., None]) -> Callable[[Sequence[Any]], Any]:
        async def write(results: Sequence[Any]) -> None:
            await self._manners.keep(record, results)

        return write

    def _releaser(self, table: Leased) -> Callable[[Sequence[Any]], Any]:
        fetch = self._config.fetch

        async def release(items: Sequence[Any]) -> None:
            if table in ("sources", "articles"):  # a request that was cut off was one
                asked = {item.host for item in items}
                await self._store.run(rest, asked, self._clock(), fetch.gap, fetch.user_agent)
            await self._store.run(give_back, table, [item.id for item in items])

        return release


def fetch_settings(config: Config) -> FetchSettings:
    """What the door needs of the configuration."""
    fetch = config.fetch
    return FetchSettings(
        user_agent=fetch.user_agent,
        per_host=fetch.per_host,
        gap=fetch.gap,
        allow_private=fetch.allow_private,
        gaps={host.name: host.gap for host in config.hosts},
    )


def _became(url: str, seen: Sighting, held: bool) -> str:
    """What became of a look, for the log; an empty text where it is not worth a line."""
    if held:
        return f"held {url}: not read as before; nothing is told until it is known why"
    if seen.outcome not in _WORTH_A_LINE:
        return ""
    return f"{seen.outcome} {seen.ruling.verdict if seen.ruling else ''} {url}"


def _record(
    con: sqlite3.Connection, results: Sequence[VisitResult], values: Mapping[str, str]
) -> list[tuple[str, Sighting, bool]]:
    keep_learned(con, values)
    return record_visits(con, results)
