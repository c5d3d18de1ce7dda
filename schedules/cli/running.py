"""The verb that runs it: run."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import sys
from typing import TYPE_CHECKING

import click

from db.store.connection import StoreError
from schedules import daemon
from schedules.cli.lines import tally as counted
from schedules.cli.setting import config_option, configuration, fail, now
from schedules.logs import log_to_stderr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schedules.config import Config
    from schedules.tally import Tally

log = logging.getLogger("nachtrag")


@click.command()
@config_option
@click.option("--once", is_flag=True, help="Work off all that is due in every queue, then exit; starts no Datasette.")
@click.option("--now", "all_due", is_flag=True, help="With --once: every source and every article counts as due.")
def run(config_path: Path, *, once: bool, all_due: bool) -> None:
    """Run the daemon: poll, look again, compare, rule, tell; browse what it found in Datasette.

    With --once it exits with 0 when the pass ran to its end, even if sources failed; with 2 for a faulty
    configuration; with 1 otherwise.
    """
    if all_due and not once:
        raise click.UsageError("--now goes with --once")
    config = configuration(config_path, secrets=True)
    log_to_stderr(config)
    try:
        _once(config, all_due=all_due) if once else _forever(config_path, config)
    except (StoreError, daemon.Stopped) as error:
        if config.log.format == "json":
            log.error("%s", error)  # noqa: TRY400 -- the text says it all
            sys.exit(1)
        fail(str(error))


def _forever(path: Path, config: Config) -> None:
    faulthandler.enable()  # a watchdog ends us with SIGABRT: what hung is in the log then
    asyncio.run(daemon.run(path, config, now))


def _once(config: Config, *, all_due: bool) -> None:
    tally = asyncio.run(daemon.once(config, now, now=all_due))
    for line in _summary(tally):
        if config.log.format == "json":
            log.info("%s", line)
        else:
            click.echo(line, err=True)


def _summary(tally: Tally) -> Iterator[str]:
    yield (
        f"{counted(tally.polled, 'source')} polled, {counted(tally.visited, 'article')} visited, "
        f"{counted(tally.ruled, 'open ruling')} judged, {counted(tally.delivered, 'alert')} delivered"
    )
    yield from (f"source {name}: {why}" for name, why in tally.failures.items())
    yield from (f"left for later: {line}" for line in tally.left)
