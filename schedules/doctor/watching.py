"""Checks of what is watched and told, as the database knows it: sources, looks, endpoints, the clock."""

from __future__ import annotations

import shlex
from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import text_of
from db.store import examined
from db.store.events import TOLD_AFTER
from db.store.figures import figures
from db.store.people import LISTS
from db.store.troubles import clock_error, is_clock_odd
from schedules.doctor.findings import Finding, fault, ok, or_well, warning
from scraper.urls import host_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

_QUIET = timedelta(days=30)
_LATE_SECONDS, _UNTOLD_SECONDS = 3600, 3600
_UNHEARD = ("dns", "connect", "tls", "timeout")
_CODES = "docs/running.md, When a source fails, says what the code means and what to do"

_SOURCES = "SELECT count(*) FROM sources WHERE state = 'active' AND kind != 'hand'"
_ENDPOINTS = "SELECT name, state, failures, error, failing_since FROM endpoints WHERE state != 'removed' ORDER BY name"


def sources(con: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
    """Which fail, in whole or in part, or have named nothing new for long; which sites are not read as before."""
    active = con.execute(_SOURCES).fetchone()[0]
    failing, resting = con.execute(LISTS["failing_sources"]).fetchall(), con.execute(LISTS["failing_hosts"]).fetchall()
    if len(failing) == active and _is_our_fault(failing, {row["host"] for row in resting}):
        said = f"all {active} sources fail, the first with: {failing[0]['message']} [{failing[0]['code']}]"
        yield fault("sources", said, "it is your network, the resolver or the clock")
    else:
        yield from or_well(
            _sources(con, now, failing, resting), ok("sources", f"all {active} answer, and name new articles")
        )


def _is_our_fault(failing: Sequence[sqlite3.Row], resting: Collection[str]) -> bool:
    """Nothing was heard of several hosts, again and again: it is not they. Of one that rests sources are asked by
    turns."""
    hosts = [host_key(row["url"]) for row in failing]
    again = all(row["failures"] >= TOLD_AFTER or host in resting for row, host in zip(failing, hosts, strict=True))
    return again and all(row["code"] in _UNHEARD for row in failing) and len(set(hosts)) > 1


def _sources(
    con: sqlite3.Connection, now: datetime, failing: Sequence[sqlite3.Row], resting: Sequence[sqlite3.Row]
) -> Iterator[Finding]:
    for row in failing:
        last = f"last answer {row['last_ok_at'][:16]}" if row["last_ok_at"] else "never answered"
        said = f"{row['name']}: {row['message']} [{row['code']}], {row['failures']} times in a row; {last}"
        yield (fault if row["failures"] >= TOLD_AFTER else warning)("sources", said, _CODES)
    for row in resting:
        since = f" since {row['since'][:16]} UTC" if row["since"] else ""
        said = f"{row['host']}: {row['failures']} requests failed in a row{since}, whatever was asked for: it rests"
        yield warning("sources", said, _CODES)
    for row in con.execute(LISTS["partial_sources"]):
        yield warning("sources", f"{row['name']}: a part of it fails: {row['message']} [{row['code']}]", _CODES)
    for name, newest in examined.quiet_sources(con, text_of(now - _QUIET)).items():
        said = f"{name}: answers, but has named nothing new since {newest[:10]}"
        yield warning("sources", said, "is it still in use? `nachtrag add SITE` finds the feeds of a site")
    for row in con.execute(LISTS["drifting_sites"]):
        said = f"{row['host']}: is not read as before: {row['lost']}"
        yield warning("sources", said, "docs/sites.md says how to mend it")


def looks(con: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
    """Whether they are taken when they are due."""
    found = {item.name: item.values for item in figures(con, now)}
    number, oldest = found["looks_overdue"][""], found["looks_overdue_oldest_seconds"][""]
    said = f"{number:,.0f} are overdue, the oldest for {oldest / 3600:,.1f} h"
    if oldest <= _LATE_SECONDS:
        yield ok("looks", said if number else "none is overdue")
    elif found["budget_spent"][""]:
        yield warning("looks", f"{said}; the budget is spent", "give [budget] more, or follow less: docs/running.md")
    else:
        yield warning("looks", said, "does the daemon run? `nachtrag why URL` and /-/coverage say what they wait for")


def endpoints(con: sqlite3.Connection, now: datetime, wanted: int) -> Iterator[Finding]:
    """Who cannot be told. `wanted`: how many the configuration has."""
    rows = con.execute(_ENDPOINTS).fetchall()
    said = f"all {len(rows)} take what they are told" if rows else "there are none: nobody is told"
    if wanted and not rows:
        said = "the daemon was not started with those of config.toml yet"
    yield from or_well(_endpoints(con, now, rows), ok("endpoints", said))


def _endpoints(con: sqlite3.Connection, now: datetime, rows: Sequence[sqlite3.Row]) -> Iterator[Finding]:
    found = {item.name: item.values for item in figures(con, now)}
    for row in rows:
        name, again = row["name"], f"`nachtrag redeliver --dead --endpoint {shlex.quote(row['name'])}`"
        yield from _endpoint(row)
        if dead := found["deliveries_dead"].get(name):
            remedy = f"{again} sends again what still holds, once it takes it"
            yield warning("endpoints", f"{name}: {dead:,.0f} deliveries were given up", remedy)
        if row["state"] == "disabled":
            if waiting := found["deliveries_pending"].get(name):
                said = f"{name}: {waiting:,.0f} corrections of what it was told wait, and are sent when it is on again"
                yield warning("endpoints", said, f"once it takes events again, {again} switches it on and sends them")
        elif (waits := found["deliveries_pending_oldest_seconds"].get(name, 0)) > _UNTOLD_SECONDS:
            said = f"{name}: an event waits to be delivered for {waits / 3600:,.1f} h"
            yield warning("endpoints", said, "does the daemon run, and the endpoint answer?")


def _endpoint(row: sqlite3.Row) -> Iterator[Finding]:
    name, why = row["name"], row["error"]
    if row["state"] == "disabled":
        remedy = "give it another address in config.toml, or take it out"
        yield fault("endpoints", f"{name}: said that it wants no more (410); nothing is sent to it", remedy)
    elif row["failures"]:
        since = f" since {row['failing_since'][:16]} UTC" if row["failing_since"] else ""
        said = f"{name}: {row['failures']} failed attempts in a row{since}: {why}"
        remedy = "mend it, then `nachtrag test-endpoint`; what waits is tried for three days"
        yield (fault if row["failures"] >= TOLD_AFTER else warning)("endpoints", said, remedy)


def clock(offsets: Sequence[float]) -> Iterator[Finding]:
    """Whether hosts agree with ours. `offsets`: how many seconds each is ahead."""
    known, odd = list(offsets), is_clock_odd(list(offsets))
    error = clock_error(known)
    if error is None:
        yield ok("clock", "fewer than two hosts were heard: nothing to compare it with")
        return
    said = f"it is {abs(error):,.0f} s {'behind' if error > 0 else 'ahead of'} those of {len(known)} hosts"
    if odd is False:
        yield ok("clock", said)
    else:
        remedy = "set it right, and keep it so: systemd-timesyncd, chrony; windows and signatures rest on it"
        yield (fault if odd else warning)("clock", said, remedy)
