"""The verb that reads kept pages again: reread."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from db.reread import RereadResult
from db.store.rereads import Reread, due_reread, end_drifts, record_reread, to_reread
from db.work import Failure
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, now, store_of
from schedules.readers import Readers
from scraper.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

    from db.reread import DueReread
    from db.store.connection import Store
    from schedules.config import Config

_DEADLINE = timedelta(seconds=20)
# So many pages are read at a time; each may be of some megabytes.
_BATCH = 16
_WORDS = {
    Reread.ANEW: "read anew", Reread.SAME: "read as before", Reread.LOST: "still read with losses",
    Reread.UNREADABLE: "cannot be read", Reread.OUTRUN: "looked at by the daemon meanwhile",
}  # fmt: skip


@click.command()
@config_option
@click.option("--site", metavar="HOST", help="All articles of that host.")
@click.option("--accept", is_flag=True,
              help="What is read now counts, even if it is less than before.")  # fmt: skip
@click.argument("url", required=False)
def reread(config_path: Path, url: str | None, *, site: str | None, accept: bool) -> None:
    """Read the kept pages again, after a profile or the reader changed: of one article, of a site, or of all.

    What they say now is kept as versions of the kind reread; nobody is told. A site that drifted and is read well
    again drifts no longer. Exits with 1 if a page is still not read as before.
    """
    if url and site:
        raise click.UsageError("name an address or a site, not both")
    if accept and not (url or site):
        raise click.UsageError("--accept goes with an address or --site")
    config = configuration(config_path)
    with store_of(config) as store:
        rereading = _Rereading(config, store, accept=accept)
        asyncio.run(rereading.run(store.read(to_reread, url, site)))
        ended = store.call(end_drifts, dict(rereading.well), now(), accept=accept)
    counted = rereading.counted
    click.echo("; ".join(f"{tally(counted[kind], 'article')} {_WORDS[kind]}" for kind in Reread if counted[kind])
               or "no page is kept")  # fmt: skip
    for host in ended:
        click.echo(f"{host} is read well again: its alerts are no longer held")
    sys.exit(int(bool(counted[Reread.LOST] or counted[Reread.UNREADABLE])))


class _Rereading:
    """What was done so far: how often what, and by host the pages that were held and are read well."""

    def __init__(self, config: Config, store: Store, *, accept: bool) -> None:
        self.store, self.accept = store, accept
        self.readers = Readers(config.fetch.workers, _DEADLINE, config.profiles)
        self.counted: Counter[Reread] = Counter()
        self.well: Counter[str] = Counter()

    async def run(self, article_ids: list[int]) -> None:
        """Read, compare and keep, a batch at a time."""
        try:
            for start in range(0, len(article_ids), _BATCH):
                found = [self.store.read(due_reread, number) for number in article_ids[start : start + _BATCH]]
                read = await asyncio.gather(*(self._read(due) for due in found if due is not None))
                for result in read:
                    self._keep(result)
        finally:
            self.readers.close()

    async def _read(self, due: DueReread) -> RereadResult:
        at = now()
        try:
            return await self.readers.reread(due, at)
        except ReadError as error:
            return RereadResult(due, at, None, failure=Failure(error.code, error.message))

    def _keep(self, result: RereadResult) -> None:
        kind = self.store.call(record_reread, result, accept=self.accept)
        self.counted[kind] += 1
        was_held = result.due.kept_id != result.due.standing_id
        self.well[result.due.host] += was_held and kind in (Reread.ANEW, Reread.SAME)
        if kind == Reread.UNREADABLE and result.failure:
            click.echo(f"{result.due.url}: {result.failure.message}", err=True)
        elif kind == Reread.LOST:
            click.echo(f"{result.due.url}: still without: {', '.join(result.lost)}", err=True)
