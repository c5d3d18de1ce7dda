"""The verbs that keep the database sound: verify, backup."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import click

from db.store import chain, people
from db.store.retention import erased_pages
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, fail, store_of


@click.command()
@config_option
@click.argument("file", type=click.Path(path_type=Path), required=False)
def verify(config_path: Path, file: Path | None) -> None:
    """Check the database, walk its hash chains, open every raw page. Exits with 1 if anything is wrong.

    With FILE, check that one instead: a backup, say. A file of an earlier version is brought up to date first.
    """
    config = configuration(config_path)
    if file is not None:
        config = config.model_copy(update={"database": file})
    if not config.database.exists():
        fail(f"{config.database}: there is no database to verify" + ("; `nachtrag run` makes one" if not file else ""))
    with store_of(config) as store:
        faults = store.read(chain.faults)
        counts = store.read(people.status)
        erased = store.read(erased_pages)
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    seen = ", ".join(tally(int(str(counts[f"{what}s"])), what) for what in ("revision", "event"))
    click.echo(f"ok: {seen}, chains and raw pages whole")
    if erased:
        click.echo(f"{tally(erased, 'raw page')} erased by `nachtrag vacuum`: of these the hashes and dates are left")


@click.command()
@config_option
@click.argument("file", type=click.Path(path_type=Path))
def backup(config_path: Path, file: Path) -> None:
    """Copy the database into FILE as one consistent file, while it runs."""
    config = configuration(config_path)
    try:
        people.backup(config.database, file)
    except (OSError, sqlite3.Error) as error:
        fail(f"{file}: no backup of {config.database} was made: {error}")
    click.echo(f"{file}: {file.stat().st_size:,} bytes")
