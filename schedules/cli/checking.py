"""The verbs that neither fetch nor change anything: check-config, browse."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import click

from db.datasette import command, named, told
from schedules.browser import address_taken
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, fail, listen_option, store_of
from schedules.deliver import DEADLINE
from schedules.services import Services
from scraper.urls import host_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schedules.config import Config


@click.command("check-config")
@config_option
def check_config(config_path: Path) -> None:
    """Check the configuration; every fault is said, with its key. Exits with 2 if there are any."""
    config = configuration(config_path, secrets=True)
    folder = config.database.parent
    if not folder.is_dir():
        click.echo(f"{config_path}: database: there is no folder {folder}; make it, or name another path", err=True)
        sys.exit(2)
    if wrong := asyncio.run(_strange_addresses(config)):
        click.echo("\n".join(f"{config_path}: {line}" for line in wrong), err=True)
        sys.exit(2)
    for line in _doubts(config):
        click.echo(f"{config_path}: warning: {line}", err=True)
    click.echo(
        f"{config_path}: {tally(len(config.sources), 'source')}, {tally(len(config.endpoints), 'endpoint')}, no faults"
    )


async def _strange_addresses(config: Config) -> list[str]:
    """Addresses that Apprise does not know; they are not shown. Nobody is asked for anything."""
    services = Services(DEADLINE)
    try:
        return [
            f"endpoints[{place}].url_env: the environment variable {endpoint.url_env} is not set rightly: {fault}"
            for place, endpoint in enumerate(config.endpoints, 1)
            if endpoint.kind == "apprise" and (fault := await services.fault(endpoint.address))
        ]
    finally:
        services.close()


def _doubts(config: Config) -> Iterator[str]:
    """What may be meant, but rarely is."""
    asked = {host_key(source.address) for source in config.sources if source.kind != "list"}
    for place, host in enumerate(config.hosts, 1):
        if host.name not in asked:
            yield (
                f"hosts[{place}].name: no source is at {host.name!r}; it holds for articles there only, if there"
                " are any: www.a.example and a.example are two hosts"
            )


@click.command()
@config_option
@click.option("--listen", callback=listen_option,
              help='Address and port, such as "127.0.0.1:8002"; that of the configuration if not given.')  # fmt: skip
def browse(config_path: Path, listen: str | None) -> None:
    """Browse the database in Datasette, without the daemon. Ctrl-C ends it."""
    config = configuration(config_path)
    with store_of(config):  # makes the database, or brings it to the newest schema
        pass
    address = listen or config.web.listen
    if taken := address_taken(address):
        fail(f"{taken}, or name another with --listen")
    click.echo(f"browse at http://{address}", err=True)
    published = config.web.model_copy(update={"listen": address}).published
    name = named(config.web.base_url)
    with told(config.database, publish=published, language=config.web.language, name=name) as metadata:
        os.dup2(metadata.fileno(), sys.stdin.fileno())
    argv = command(config.database, address, config.web.base_url)
    sys.stdout.flush()
    told_to = {name: value for name, value in os.environ.items() if name not in config.secret_names}
    os.execve(argv[0], argv, told_to)  # noqa: S606 -- Datasette takes the place of this process, and gets its Ctrl-C
