"""The verb that says whether all is well, and what to do where it is not: doctor."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from db.store import examined
from db.store.manners import asked_pauses
from db.store.troubles import clock_offsets
from schedules.cli.printing import print_line, print_object
from schedules.cli.setting import config_option, now
from schedules.deliver import DEADLINE
from schedules.doctor import installation, network, watching
from schedules.queues import fetch_settings
from schedules.services import Services
from scraper.http import Door

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from schedules.config import Config
    from schedules.doctor.findings import Finding
    from schedules.doctor.network import Asked

_CODES = {"ok": 0, "note": 0, "warning": 1, "fault": 2}


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
@click.option("--network/--no-network", "ask", default=True, show_default=True,
              help="Ask the hosts of sources for robots.txt, and whether those of endpoints are there.")  # fmt: skip
def doctor(config_path: Path, *, as_json: bool, ask: bool) -> None:
    """Say whether all is well, and what to do where it is not. Changes nothing, and sends no event.

    Exits with 0 if all is well, notes or not, with 1 if there are warnings, with 2 if there are faults.
    """
    found = []
    for item in _findings(config_path, now(), ask=ask):
        found.append(item)
        if not as_json:
            _print(item)
    worst = max(found, key=lambda item: _CODES[item.state]).state
    if as_json:
        print_object({"state": worst, "checks": [asdict(item) for item in found]})
    sys.exit(_CODES[worst])


def _print(item: Finding) -> None:
    print_line(f"{item.state:<8} {item.check:<14} {item.found}")
    if item.remedy:
        print_line(f"{'':<24}→ {item.remedy}")


def _findings(path: Path, at: datetime, *, ask: bool) -> Iterator[Finding]:
    config, found = installation.configured(path)
    yield from found
    if config is None:
        return
    yield from installation.permissions(path, config)
    yield from installation.database(config)
    pauses, offsets = {}, []
    try:
        with examined.opened(config.database) as con:
            if examined.is_ours(con) and examined.schema_apart(con) == (0, 0):
                pauses, offsets = asked_pauses(con, at), clock_offsets(con, at)
                yield from _known(config, con, at)
    except sqlite3.Error:  # that it is not there, or damaged, was said
        pass
    yield from installation.addresses(config)
    asked = asyncio.run(_asked(config, pauses)) if ask else None
    yield from asked.findings if asked else ()
    yield from watching.clock(asked.offsets if asked and len(asked.offsets) > 1 else offsets)


def _known(config: Config, con: sqlite3.Connection, at: datetime) -> Iterator[Finding]:
    yield from installation.daemon(config, con, at)
    yield from installation.disk(config, con)
    yield from watching.sources(con, at)
    yield from watching.looks(con, at)
    yield from watching.endpoints(con, at, len(config.endpoints))


async def _asked(config: Config, pauses: dict[str, datetime]) -> Asked:
    door = Door(fetch_settings(config), now)
    door.ledger.remember(pauses, {})  # whoever asked to be left alone is
    services = Services(DEADLINE)
    try:
        return await network.ask(config, door, services)
    finally:
        services.close()
