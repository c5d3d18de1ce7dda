"""Makes the database say what the configuration says, before anybody works by it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from db.store import deliveries, manners, sources
from db.store.chores import bring_forward
from db.store.clock import Longest, put_right
from db.store.deliveries import Wanted
from db.store.manners import HostWish
from db.store.people import set_base_url
from db.store.planning import look_by
from db.store.routings import full_until, let_through
from db.store.sources import WantedSource
from schedules.planner import slow_look
from schedules.times import Every, quiet
from schedules.waits import LONGEST

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from schedules.config import Config

log = logging.getLogger("nachtrag")


def apply(con: sqlite3.Connection, config: Config, now: datetime) -> None:
    """Make the database say what the configuration says."""
    wanted = [
        WantedSource(
            item.name,
            item.address,
            item.every,
            item.kind,
            item.links,
            item.newest,
            item.websub,
            item.revisit,
            item.cron.line if item.cron else "",
        )
        for item in config.sources
    ]
    asking, times, said = _asking(config), sources.fixed_times(con), manners.said(con)
    sources.configure(con, wanted, now)
    endpoints = [Wanted(item.name, item.kind, item.shown_url, item.known_by, item.events) for item in config.endpoints]
    for name in deliveries.configure(con, endpoints, now):
        left = "endpoint %s is no longer in the configuration: what waits for it waits until it is there again"
        log.warning(left, name, extra={"endpoint": name})
    for endpoint in config.endpoints:
        full, limit = None, endpoint.wishes.per_hour
        if limit is not None:
            full = full_until(let_through(con, endpoint.name, now), limit)
        deliveries.release(con, endpoint.name, endpoint.wishes.held_until(full or now) or full or now)
    set_base_url(con, config.web.base_url)
    wishes = [HostWish(host.name, host.gap, str(host.quiet or "")) for host in config.hosts]
    manners.configure(con, wishes, asking)
    now_fixed = sources.fixed_times(con)
    if now_fixed != times or {**asking, "quiet": ""} != {**said, "quiet": ""}:
        bring_forward(con, "planned")
    for item in config.sources:
        if item.fixed is not None and now_fixed.get(item.name) != times.get(item.name):
            look_by(con, item.name, now, item.fixed.after(now), evenly=isinstance(item.fixed, Every))
    manners.wake(con, _ended(said.get("quiet", ""), asking["quiet"], now), now)
    end_odd_waits(con, config, now)


def _ended(before: str, after: str, now: datetime) -> set[datetime]:
    """When those quiet hours were to end that were going on and hold no longer, or not as they did."""
    gone = set(before.splitlines()) - set(after.splitlines())
    hours = (quiet(" ".join(line.split(" ")[-2:])) for line in gone)
    return {end for each in hours if (end := each.until(now)) is not None}


def end_odd_waits(con: sqlite3.Connection, config: Config, now: datetime) -> None:
    """A clock that was ahead left waits that would never end."""
    own = [config.judge.settle + 2 * config.judge.cache_allowance]
    own += [item.every for item in config.sources]
    own += [fixed.after(fixed.after(now)) - now for item in config.sources if (fixed := item.fixed) is not None]
    gap, watch = max([config.fetch.gap, *(host.gap for host in config.hosts)]), config.budget.watch
    if rows := put_right(con, now, Longest(LONGEST + max(own), gap, watch, slow_look(watch))):
        log.warning("the clock was ahead: %d waits that nobody can have asked for are over", rows)


def _asking(config: Config) -> dict[str, str]:
    """How we ask all hosts, and what looks may cost, for those who look it up."""
    fetch, budget, hours = config.fetch, config.budget.for_planner, config.quiet_hours
    return {
        "user_agent": fetch.user_agent,
        "gap": f"{fetch.gap.total_seconds():g}",
        "per_host": str(fetch.per_host),
        "looks": f"{budget.looks:g}" if budget else "",
        "watch_days": f"{budget.watch / timedelta(days=1):g}" if budget else "",
        "per_day": str(budget.per_day) if budget and budget.per_day else "",
        "prefer": budget.prefer if budget else "",
        "quiet": "\n".join(f"{name} {each}" for whose in (hours.hosts, hours.sources) for name, each in whose.items()),
    }
