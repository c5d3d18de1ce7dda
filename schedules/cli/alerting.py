"""The verbs for those who are told: test-endpoint, redeliver."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING

import click

from changes.routing import unmet
from db.store import redelivery
from db.store.routings import full_until, let_through, recorded_event
from db.work_alerts import DueDelivery
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, fail, now, store_of
from schedules.cli.telling import Instant
from schedules.deliver import DEADLINE, carry
from schedules.endpoints import EVENT_TYPES, OPERATIONS
from schedules.queues import fetch_settings
from schedules.samples import sample
from schedules.services import Services
from scraper.http import Door

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from db.store.redelivery import Again
    from db.work_alerts import DeliveryResult, DueEvent
    from schedules.config import Config
    from schedules.endpoints import Endpoint

TYPES = (*EVENT_TYPES, *OPERATIONS, "digest")


@click.command("test-endpoint")
@config_option
@click.option("--type", "event_type", type=click.Choice(TYPES), metavar="TYPE",
              help="Of which event; the first that the endpoint wants if not given.")  # fmt: skip
@click.option("--dry-run", "event", metavar="EVENT",
              help="Send nothing: say who is told of the event of this id, when, and why others are not.")  # fmt: skip
@click.argument("name", required=False)
def test_endpoint(config_path: Path, name: str | None, event_type: str | None, event: str | None) -> None:
    """Send a sample to an endpoint, and say what became of it. Nothing is recorded, and a failure is not retried.

    Exits with 1 if it was not taken.
    """
    config = configuration(config_path, secrets=event is None)
    endpoints = [item for item in config.endpoints if name in (None, item.name)]
    if name is not None and not endpoints:
        known = ", ".join(item.name for item in config.endpoints) or "none"
        fail(f"{config_path}: there is no endpoint {name!r}; there are: {known}")
    if event is not None:
        _explain(config, endpoints, event)
    elif name is None:
        raise click.UsageError("name an endpoint, or an event with --dry-run")
    else:
        _try(config, endpoints[0], event_type)


def _explain(config: Config, endpoints: list[Endpoint], uid: str) -> None:
    """Who is told of an event by the rules as they are now, and when."""
    at = now()
    with store_of(config) as store:
        due = store.read(recorded_event, uid)
        lately = {item.name: store.read(let_through, item.name, at) for item in endpoints}
    if due is None:
        fail(f"there is no event {uid!r}; `nachtrag events --json` lists their ids")
    if due.waits:
        click.echo("nobody is told yet: its site is not read as before, see `nachtrag status`; then:")
    for item in endpoints:
        said = _whether_told(due, item, lately[item.name], at)
        away = "" if item.name in due.active else "; but the daemon does not tell it now, see `nachtrag status`"
        click.echo(f"{item.name}: {said}{away}")


def _whether_told(due: DueEvent, item: Endpoint, lately: Sequence[float], at: datetime) -> str:
    """What becomes of the event. `lately`: when the endpoint was told something within the last hour."""
    heard = item.name in due.heard
    why = "; it was told before what this corrects" if heard else ""
    if due.heard.get(item.name):
        return f"told at once{why}"
    if unwanted := "its article was taken down" if due.taken_down else _unwanted(due, item, heard=heard):
        return f"not told: {unwanted}"
    if until := item.wishes.held_until(at):
        return f"told together with what else comes, at {until:%F %H:%M} UTC{why}"
    if (limit := item.wishes.per_hour) is None:
        return f"told at once{why}"
    if until := full_until(lately, limit):
        until = item.wishes.held_until(until) or until
        had = f"it was told {len(lately)} within an hour, and `per_hour` is {limit}"
        return f"held, and told together with what else comes, at {until:%F %T} UTC: {had}{why}"
    return f"told at once{why}: it was told {len(lately)} within an hour, and `per_hour` is {limit}"


def _unwanted(due: DueEvent, item: Endpoint, *, heard: bool) -> str:
    """Why it is not told; empty: it is."""
    if due.news.verdict == "misread":
        return "it was told of no edit, and there was none"
    return "" if heard else unmet(due.news, item.wishes.rules)


def _try(config: Config, endpoint: Endpoint, event_type: str | None) -> None:
    chosen, uid = event_type or _first(endpoint), f"evt_test_{uuid.uuid4().hex}"
    body = sample(chosen, uid, config.web.base_url, now())
    result = asyncio.run(_send(config, endpoint, DueDelivery(0, endpoint.name, uid, body, attempts=0)))
    if not result.delivered:
        fail(f"{result.error}; a sample of {chosen} was not taken")
    answered = f"HTTP {result.status}" if result.status else "taken by the service"
    click.echo(f"{endpoint.name}: {answered}: a sample of {chosen} with the id {uid}, which says that it is a test")


def _first(endpoint: Endpoint) -> str:
    """The first type that it wants; of a family the one that tells most."""
    families = {"article.*": "article.changed", "operations.*": "operations.source_failing"}
    return next((families.get(wish, wish) for wish in endpoint.events), "article.changed")


async def _send(config: Config, endpoint: Endpoint, due: DueDelivery) -> DeliveryResult:
    services = Services(DEADLINE)
    try:
        async with Door(fetch_settings(config), now) as door:
            return await carry(due, endpoint.target, door, services, now)
    finally:
        await asyncio.to_thread(services.close)


@click.command()
@config_option
@click.option("--endpoint", metavar="NAME", help="Only to this one; if its receiver disabled it, it is told again.")
@click.option("--event", metavar="ID", help="Only this event or digest, whatever became of it.")
@click.option("--since", type=Instant(), help="Only events from then on (ISO, or seconds since 1970).")
@click.option("--dead", is_flag=True, help="Only what was given up after all its attempts.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent again, and leave it.")
def redeliver(
    config_path: Path, endpoint: str | None, event: str | None, since: datetime | None, *, dead: bool, dry_run: bool
) -> None:
    """Send again what was given up, or what was delivered already; the daemon does it, with the ids that it had.

    What is asked for must all hold: `--dead --endpoint desk`, `--event evt_…`, `--endpoint desk --since 2026-11-24`.
    What no longer holds is left out and counted, unless what was said since of the same is sent again with it.
    """
    if not (dead or event or (endpoint and since)):
        raise click.UsageError("say what: --dead, --event ID, or --since T with --endpoint NAME")
    asked = redelivery.Asked(endpoint, event, since, dead)
    with store_of(configuration(config_path)) as store:
        found = store.call(lambda con: redelivery.send_again(con, asked, now(), dry_run=dry_run))
    if not found:
        fail(
            "nothing was ever on its way that is asked for; `nachtrag events` lists ids, and --operations more of them"
        )
    for line in (line for item in found for line in _lines(item, dry_run=dry_run)):
        click.echo(line)


def _lines(item: Again, *, dry_run: bool) -> list[str]:
    """What becomes of the deliveries to an endpoint."""
    would, lines = "would be sent" if dry_run else "sent", []
    if item.events:
        which = item.events[0] if len(item.events) == 1 else f"{item.events[0]} to {item.events[-1]}"
        lines.append(f"{item.endpoint}: {would} again: {tally(len(item.events), 'event')}, {which}")
    if item.state == "disabled" and item.told:
        lines.append(f"{item.endpoint}: {'would be' if dry_run else 'is'} told again, though it had said 410")
    if item.overtaken:
        why = "as something else was said of the same since; `--event ID` sends one, and then what was said last"
        lines.append(f"{item.endpoint}: not sent again: {tally(item.overtaken, 'event')}, {why}")
    if item.replaced:
        what = tally(item.replaced, "event")
        lines.append(f"{item.endpoint}: in place of {what} of these it is told what was said of the same since")
    if item.taken_down:
        lines.append(f"{item.endpoint}: not sent again: {tally(item.taken_down, 'event')} of what was taken down")
    if item.kept:
        why = "as its receiver said 410; name it with --endpoint" if item.state == "disabled" else "as it is removed"
        lines.append(f"{item.endpoint}: not sent again: {tally(item.kept, 'event')}, {why}")
    return [*lines, *_waiting(item, dry_run=dry_run)]


def _waiting(item: Again, *, dry_run: bool) -> Iterator[str]:
    """What becomes of what was on its way already, or held."""
    waiting, name = tally(item.waiting, "event"), item.endpoint
    if item.waiting and item.told:
        yield f"{name}: on the way already, {'would be tried' if dry_run else 'tried'} now: {waiting}"
    elif item.waiting:
        why = "its receiver said 410; name it with --endpoint" if item.state == "disabled" else "it is removed"
        yield f"{name}: waiting: {waiting}, as {why}"
    if item.held:
        yield f"{item.endpoint}: held until their time comes: {tally(item.held, 'event')}"
