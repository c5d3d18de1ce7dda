"""The verb that makes room: vacuum."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from db.store.connection import give_back_some
from db.store.people import source_names
from db.store.retention import articles_beyond, beyond, erase_some
from db.store.sizes import count_anew, note_sizes, sizes
from db.words.written import size
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, fail, now, store_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from db.store.connection import Store
    from db.store.retention import Limit
    from db.store.sizes import Sizes
    from schedules.config import Config

T = TypeVar("T")

_NOT_YET = (
    "this file was made by an earlier version and cannot give room back bit by bit: what is free is used again."
    " To make it smaller, stop the daemon and run `nachtrag vacuum --full` once; it needs as much room on the disk"
)
# Between two steps others have their turn: as long as the step took, and that at least.
_REST_SECONDS = 0.01


@click.command()
@config_option
@click.option("--dry-run", is_flag=True, help="Only say what it would erase.")
@click.option("--full", is_flag=True, help="Write the whole file anew; everybody else waits until that is done.")
def vacuum(config_path: Path, *, dry_run: bool, full: bool) -> None:
    """Erase raw pages that [history] no longer keeps, and give the room back, while the daemon runs.

    Words, hashes, dates and rulings stay, and so do the pages of whatever a ruling accuses of, or is still open. That a
    change was told, as the fact that it is, keeps no page.
    """
    config = configuration(config_path)
    if dry_run and full:
        raise click.UsageError("say either --dry-run or --full")
    with store_of(config) as store:
        before = store.read(sizes)
        click.echo(f"before: {_file(before)}")
        if dry_run:
            _foretell(config, store)
            return
        steps = _Steps(store)
        _erase(config, steps)
        if full:
            _write_anew(store)
        elif not _give_back(steps):
            click.echo(_NOT_YET, err=True)
        store.empty_log()
        steps.take(note_sizes, now())
        after = store.read(sizes)
    click.echo(f"after: {_file(after)}; the disk has {size(max(before['database'] - after['database'], 0))} more")
    click.echo(f"no step took longer than {steps.longest * 1000:.0f} ms" if not full else "the file was written anew")


def _file(found: Sizes) -> str:
    """How large it is, small ones too: what goes from these is little."""
    return f"{size(found['database'])}, raw pages {size(found['pages'])} of it; {size(found['free'])} hold nothing"


@dataclass(slots=True)
class _Steps:
    """Work in small transactions. `longest`: seconds that one of them took at most."""

    store: Store
    longest: float = 0.0

    def take(self, work: Callable[..., T], *args: object) -> T:
        began = time.monotonic()
        result = self.store.call(work, *args)
        took = time.monotonic() - began
        self.longest = max(self.longest, took)
        time.sleep(max(took, _REST_SECONDS))
        return result


def _foretell(config: Config, store: Store) -> None:
    at, pages, room, cited = now(), 0, 0, 0
    for article_id, limit in _articles(config, store, at):
        old = store.read(beyond, article_id, limit, at)
        pages, room, cited = pages + len(old.going), room + old.size, cited + old.cited
    click.echo(f"would erase {tally(pages, 'raw page')}, {size(room)} as they are kept")
    _say_cited(cited)


def _erase(config: Config, steps: _Steps) -> None:
    at, pages, articles, cited = now(), 0, 0, 0
    for article_id, limit in _articles(config, steps.store, at):
        erased = 0
        while some := steps.take(erase_some, article_id, limit, at):
            erased += some
        pages, articles = pages + erased, articles + bool(erased)
        cited += steps.store.read(beyond, article_id, limit, at).cited
    if pages:
        steps.take(count_anew)
    click.echo(f"erased {tally(pages, 'raw page')} of {tally(articles, 'article')}; their hashes and dates stay")
    _say_cited(cited)


def _say_cited(cited: int) -> None:
    if cited:
        click.echo(f"{tally(cited, 'older raw page')} kept: evidence of accusations, open rulings, notices, replies")


def _articles(config: Config, store: Store, at: datetime) -> Iterator[tuple[int, Limit]]:
    """Articles that have pages beyond the limit of their source, with that limit."""
    for source, limit in config.limits(store.read(source_names)):
        after = 0
        while found := store.read(articles_beyond, source, limit, at, after):
            yield from ((article_id, limit) for article_id in found)
            after = found[-1]


def _give_back(steps: _Steps) -> bool:
    """Hand the room that holds nothing back to the disk; False where the file cannot do that bit by bit."""
    while (left := steps.take(give_back_some)) is not None:
        if not left:
            return True
    return False


def _write_anew(store: Store) -> None:
    try:
        store.write_anew()
    except sqlite3.Error as error:
        fail(f"the file was not written anew: {error}; it is as it was")
