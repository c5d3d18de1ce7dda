"""The verbs that erase: what readers wrote (forget-comments), and the words of an article (takedown)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from db.rows import instant_of
from db.store.comments import articles_of, forget
from db.store.people import find_article
from db.store.takedown import take_down
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, now, store_of
from schedules.values import span
from scraper.page import Page
from scraper.read.comments.blanking import without_comments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.pages import Answer
    from scraper.site_profile import SiteProfile


def _span(_ctx: click.Context, _param: click.Parameter, value: str | None) -> timedelta:
    try:
        return span(value) if value is not None else timedelta()
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command("forget-comments")
@config_option
@click.option("--older-than", callback=_span, metavar="SPAN", help='Only those last seen longer ago, "90d" say.')
@click.option("--all", "everything", is_flag=True, help="Of all articles.")
@click.argument("target", required=False, metavar="[NAME|URL]")
def forget_comments(config_path: Path, target: str | None, *, older_than: timedelta, everything: bool) -> None:
    """Erase what readers wrote: of one article, of the articles of a source, or of all; in raw pages, too.

    The versions, their hashes and the number of comments stay.
    """
    if (target is None) != everything:
        raise click.UsageError("name a source or an article, or say --all")
    before = now() - older_than
    comments = pages = 0
    config = configuration(config_path)
    with store_of(config) as store:
        for number in store.read(articles_of, target):
            erased, blanked = store.call(forget, number, before, partial(_blanked, config.profiles))
            comments, pages = comments + erased, pages + blanked
        overwritten = store.empty_log()
    click.echo(f"{tally(comments, 'comment')} erased, {tally(pages, 'raw page')} blanked out")
    _say_where_it_still_is(config.database, overwritten=overwritten)


@click.command()
@config_option
@click.argument("url", metavar="URL")
@click.option("--yes", is_flag=True, help="Do not ask.")
def takedown(config_path: Path, url: str, *, yes: bool) -> None:
    """Erase the words of an article, in all its versions and raw pages, for good; it is no longer followed.

    Its address, hashes, times, Stands and rulings stay, so that the history can still be cited.
    """
    config = configuration(config_path)
    with store_of(config) as store:
        address = store.read(find_article, url)["url"]
        if not yes:
            click.confirm(f"Erase the words of {address}, for good?", abort=True, err=True)
        done = store.call(take_down, address, now())
        overwritten = store.empty_log()
    click.echo(f"{done.url}: {tally(done.versions, 'version')} and {tally(done.pages, 'raw page')} erased")
    for other in done.shared:
        click.echo(f"paragraphs that it shares with {other} stay there")
    click.echo("backups of before still have the words; remarks and replies beside it may quote them", err=True)
    _say_where_it_still_is(config.database, overwritten=overwritten)


def _say_where_it_still_is(database: Path, *, overwritten: bool) -> None:
    if not overwritten:
        click.echo(
            f"NOT YET OVERWRITTEN: another program is reading {database}, and what was erased still stands in the files"
            " beside it. The daemon empties them within the hour; without it, end that program (`nachtrag browse`, a"
            " backup) and run this again",
            err=True,
        )


def _blanked(own: Sequence[SiteProfile], said: Answer, body: bytes) -> bytes | None:
    return without_comments(Page(said.url, 200, said.headers, body, instant_of(said.fetched_at)), own)
