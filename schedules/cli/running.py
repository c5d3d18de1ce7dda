"""The verbs that run things: run, check-config, browse."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schedules.cli.setting import config_option, configuration, fail, log_to_stderr, now, store_of

if TYPE_CHECKING:
    from schedules.config import Config


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
    config = configuration(config_path)
    log_to_stderr()
    from db.store.connection import StoreError

    try:
        _once(config, all_due=all_due) if once else _forever(config_path, config)
    except StoreError as error:
        fail(str(error))


def _forever(path: Path, config: Config) -> None:
    from schedules import daemon

    asyncio.run(daemon.run(path, config, now))


def _once(config: Config, *, all_due: bool) -> None:
    from schedules import daemon

    tally = asyncio.run(daemon.once(config, now, now=all_due))
    click.echo(
        f"{tally.polled} sources polled, {tally.visited} articles visited, {tally.ruled} open rulings judged, "
        f"{tally.delivered} alerts delivered",
        err=True,
    )
    for name, why in tally.failures.items():
        click.echo(f"source {name}: {why}", err=True)


@click.command("check-config")
@config_option
def check_config(config_path: Path) -> None:
    """Check the configuration; every fault is said, with its key. Exits with 2 if there are any."""
    config = configuration(config_path)
    click.echo(f"{config_path}: {len(config.sources)} sources, {len(config.endpoints)} endpoints, no faults")


@click.command()
@config_option
@click.option("--listen", help='Address and port, such as "127.0.0.1:8002"; that of the configuration if not given.')
def browse(config_path: Path, listen: str | None) -> None:
    """Browse the database in Datasette, without the daemon. Ctrl-C ends it."""
    config = configuration(config_path)
    from db.web.datasette import command

    with store_of(config):  # makes the database, or brings it to the newest schema
        pass
    address = listen or config.web.listen
    click.echo(f"browse at http://{address}", err=True)
    with tempfile.NamedTemporaryFile(suffix=".json", delete=False) as metadata:
        argv = command(config.database, address, config.web.base_url, Path(metadata.name))
    sys.stdout.flush()
    os.execv(argv[0], argv)  # noqa: S606 -- Datasette takes the place of this process, and gets its Ctrl-C
