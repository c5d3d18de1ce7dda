"""Figures → Prometheus' text format. Counters count since the daemon started, or last read its configuration."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from db.store.figures import Figure
from db.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from prometheus_client import Metric

    from schedules.queues import Queues
    from schedules.vitals import Vitals


class _Found(Collector):
    """What was found for one answer."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        yield from self._metrics


def exposition(queues: Queues, vitals: Vitals, measured: Sequence[Figure] | None, events: Mapping[str, int]) -> bytes:
    """All metrics, as they are scraped.

    Args:
        measured: of the database; None: it does not answer.
        events: recorded so far, by type.
    """
    gauges = [*_of_daemon(vitals, answers=measured is not None), *(measured or ())]
    found = [_metric(GaugeMetricFamily, item) for item in gauges]
    found += [_metric(CounterMetricFamily, item) for item in (*_of_jobs(vitals), *_counted(queues, events))]
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    registry.register(_Found(found))
    return generate_latest(registry)


def _metric(family: type[GaugeMetricFamily | CounterMetricFamily], item: Figure) -> Metric:
    metric = family(f"nachtrag_{item.name}", item.says, labels=(item.label,) if item.label else ())
    for key, value in item.values.items():
        metric.add_metric((key,) if item.label else (), value)
    return metric


def _of_daemon(vitals: Vitals, *, answers: bool) -> Iterator[Figure]:
    workers = {worker.queue.name: worker for worker in vitals.workers}
    yield Figure("build_info", "1, with the version.", "version", {version("nachtrag"): 1})
    yield Figure("database_answers", "0: not in time; what would be read there is left out.", "", {"": answers})
    if vitals.written_at:
        at = vitals.written_at[1].timestamp()
        yield Figure("database_last_commit_timestamp_seconds", "When a write last proved to be kept.", "", {"": at})
    jobs = {name: float(len(worker.jobs)) for name, worker in workers.items()}
    yield Figure("queue_jobs", "Jobs in flight.", "queue", jobs)
    slots = {name: float(worker.queue.slots) for name, worker in workers.items()}
    yield Figure("queue_slots", "Jobs in flight at most, but for those that wait for others.", "queue", slots)
    oldest = {name: worker.oldest for name, worker in workers.items()}
    yield Figure("queue_oldest_job_seconds", "For how long the oldest job is in flight; 0: none is.", "queue", oldest)
    turned = {name: vitals.turned(worker) for name, worker in workers.items()}
    yield Figure("queue_turn_age_seconds", "Since the last turn was over: many, and the queue hangs.", "queue", turned)


def _of_jobs(vitals: Vitals) -> Iterator[Figure]:
    died = {worker.queue.name: float(worker.died) for worker in vitals.workers}
    yield Figure("queue_job_errors", "Jobs that died of a bug, or left what could not be kept.", "queue", died)


def _counted(queues: Queues, events: Mapping[str, int]) -> Iterator[Figure]:
    tally, asked = queues.tally, queues.asked
    answers = {name: getattr(asked, name) for name in ("full", "unchanged", "other", "failed")}
    yield Figure("polls", "Polls of sources, by result.", "result", {key: tally.polls[key] for key in ("ok", "failed")})
    looks: dict[str, float] = {outcome: tally.looks[outcome] for outcome in Outcome}
    yield Figure("looks", "Looks at articles, by what they brought.", "outcome", looks)
    yield Figure("requests", "Requests to sites, webhooks apart, by answer: full (with a body), unchanged (304), other "
        "(redirects, 404 and the like) or failed (none, or a refusal).", "answer", answers)  # fmt: skip
    yield Figure("received_bytes", "Bytes that sites sent.", "", {"": asked.received})
    yield Figure("robots_refusals", "Addresses that were not asked as robots.txt says so.", "", {"": asked.refused})
    yield Figure("delivery_attempts", "Attempts to tell an endpoint.", "endpoint", {**tally.attempts})
    yield Figure("delivery_failures", "Those of them that failed.", "endpoint", {**tally.undelivered})
    yield Figure("events", "Events that were recorded, by type.", "type", {**events})
    yield Figure(
        "readers_killed", "Readings that were stopped, or whose process died.", "", {"": queues.readers_killed}
    )
