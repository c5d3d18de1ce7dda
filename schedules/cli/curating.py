"""The verbs by which people say what rests, and remark on it: pause, resume, remove, note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.store import people
from schedules.cli.setting import config_option, configuration, now, store_of

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@config_option
@click.argument("target", metavar="NAME|URL")
def pause(config_path: Path, target: str) -> None:
    """Pause a source (by its name) or an article (by its address)."""
    _pause(config_path, target, paused=True)


@click.command()
@config_option
@click.argument("target", metavar="NAME|URL")
def resume(config_path: Path, target: str) -> None:
    """Resume what was paused."""
    _pause(config_path, target, paused=False)


def _pause(config_path: Path, target: str, *, paused: bool) -> None:
    with store_of(configuration(config_path)) as store:
        click.echo(store.call(people.pause, target, paused=paused))


@click.command()
@config_option
@click.argument("target", metavar="NAME|URL")
def remove(config_path: Path, target: str) -> None:
    """Stop following a source or an article for good; the history stays."""
    with store_of(configuration(config_path)) as store:
        click.echo(store.call(people.remove, target))


@click.command()
@config_option
@click.argument("revision", type=int)
@click.argument("text")
def note(config_path: Path, revision: int, text: str) -> None:
    """Put a remark beside a revision; it is shown with it and in exports."""
    remark = text.encode("utf-8", "replace").decode().strip()
    if not remark:
        raise click.BadParameter("a remark needs words", param_hint="TEXT")
    with store_of(configuration(config_path)) as store:
        number = store.call(people.add_remark, revision, remark, now())
    click.echo(f"remark {number} stands beside revision {revision}")
