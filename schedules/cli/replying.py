"""The verbs for what outlets reply to what we say: reply, withdraw-reply."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from db.store.replies import Reply, attach, withdraw
from schedules.cli.setting import config_option, configuration, now, store_of
from scraper.urls import canonical

if TYPE_CHECKING:
    from pathlib import Path

# A page shows it whole, and so does a feed.
_LONGEST = 10_000


def _words(_ctx: click.Context, param: click.Parameter, value: str) -> str:
    words = value.encode("utf-8", "replace").decode().strip()
    if not words:
        raise click.BadParameter(f"{param.name} needs words")
    if len(words) > _LONGEST:
        raise click.BadParameter(f"at most {_LONGEST:,} characters; link to what is longer")
    return words


def _received(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime:
    """When it came; a time without a zone could be anybody's."""
    if value is None:
        return now()
    try:
        at = datetime.fromisoformat(value)
        known = at.tzinfo is not None and at.astimezone(UTC) <= now()
    except (ValueError, OverflowError):
        at = None
    if at is None or at.tzinfo is None:
        raise click.BadParameter(f'{value!r}: expected a time with its zone, as in "2026-11-25T10:00+01:00"')
    if not known:
        raise click.BadParameter(f"{value!r} lies in the future")
    return at


def _link(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if value and canonical(value) is None:
        raise click.BadParameter(f"{value!r}: expected a complete web address, http:// or https://")
    return value


@click.command()
@config_option
@click.argument("revision", type=int)
@click.argument("text", callback=_words)
@click.option("--from", "author", required=True, callback=_words, metavar="WHO", help="Who replied.")
@click.option(
    "--received", "received_at", callback=_received, metavar="WHEN", help="When it reached us; now, if not said."
)
@click.option("--link", default="", callback=_link, metavar="ADDRESS", help="Where the outlet published it.")
@click.option("--ruling", type=int, metavar="N", help="An earlier ruling on that revision, by its number.")
def reply(config_path: Path, revision: int, ruling: int | None, **said: Any) -> None:
    """Attach an outlet's reply to what is said of a revision; it is shown with it, also when that changes."""
    with store_of(configuration(config_path)) as store:
        number = store.call(attach, revision, ruling, Reply(**said), now())
    click.echo(f"reply {number} stands beside revision {revision}")


@click.command("withdraw-reply")
@config_option
@click.argument("reply", type=int)
@click.argument("because", callback=_words)
def withdraw_reply(config_path: Path, reply: int, because: str) -> None:
    """Say that a reply is withdrawn, and why; it stays, and is shown as withdrawn."""
    with store_of(configuration(config_path)) as store:
        store.call(withdraw, reply, because, now())
    click.echo(f"reply {reply} is shown as withdrawn")
