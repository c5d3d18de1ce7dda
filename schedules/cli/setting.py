"""What several verbs share: --config, the open store, the clock, errors for people."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from db.store.connection import Store, StoreError
from db.store.people import NotKnown
from schedules.config import Config, ConfigError, load
from schedules.values import listening
from scraper.addresses import networks

if TYPE_CHECKING:
    from collections.abc import Iterator

config_option = click.option(
    "--config", "config_path", type=click.Path(path_type=Path), default=Path("config.toml"),
    show_default="./config.toml", help="The configuration file.",
)  # fmt: skip


def network_option(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Networks as given on the command line, or a usage error that says what is expected."""
    try:
        networks(value)
    except ValueError as error:
        raise click.BadParameter(f'{error}; expected a network such as "127.0.0.0/8"') from None
    return value


def listen_option(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """An address to listen at, or a usage error that says what is expected."""
    try:
        return None if value is None else listening(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r}: {error}") from None


def now() -> datetime:
    """The clock of the command line."""
    return datetime.now(UTC)


def configuration(path: Path, *, secrets: bool = False) -> Config:
    """Read the configuration, or say every fault and exit with 2. Who sends alerts needs the secrets, too."""
    try:
        return load(path, secrets=secrets)
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@contextmanager
def store_of(config: Config) -> Iterator[Store]:
    """The database of a configuration; what goes wrong with it ends the command with one line and 1.

    Only `upgrade` and `run` bring one of an earlier version forward: who tries a new version is not bound to it.
    """
    try:
        with Store(config.database, forward=False) as store:
            yield store
    except (StoreError, NotKnown) as error:
        fail(str(error))


def fail(message: str) -> NoReturn:
    """Say what went wrong, and exit with 1."""
    click.echo(f"nachtrag: {message}", err=True)
    sys.exit(1)
