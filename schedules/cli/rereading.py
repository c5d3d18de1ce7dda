"""The verb that reads kept pages again: reread."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from changes.case import Patience
from changes.correction import corrected
from db.reread import Correction, RereadResult
from db.store.rereads import Reread, due_reread, end_drifts, kept_page, record_reread, to_reread
from db.store.rulings import ruling_again
from db.work import Failure
from schedules.cli.lines import tally
from schedules.cli.setting import config_option, configuration, now, store_of
from schedules.readers import Readers
from scraper.errors import ReadError
from scraper.read.fallback import may_fall_back

if TYPE_CHECKING:
    from pathlib import Path

    from db.reread import Doubted, DueReread
    from db.store.connection import Store
    from schedules.config import Config
    from scraper.article import Article

# For a page, and for all versions of an article together: a live blog may have hundreds.
_DEADLINE = timedelta(seconds=60)
# The pages of so many articles are in hand at a time, one of each; a page may be of some megabytes.
_AT_ONCE = 8
_WORDS = {
    Reread.ANEW: "read anew", Reread.SAME: "read as before", Reread.LOST: "still read with losses",
    Reread.UNREADABLE: "cannot be read", Reread.OUTRUN: "looked at by the daemon meanwhile",
}  # fmt: skip


@click.command()
@config_option
@click.option("--site", metavar="HOST", help="All articles of that host, its subdomains and all its ports.")
@click.option("--accept", is_flag=True,
              help="What is read now counts, even if it is less than before.")  # fmt: skip
@click.argument("url", required=False)
def reread(config_path: Path, url: str | None, *, site: str | None, accept: bool) -> None:
    """Read the kept pages again, after a profile or the reader changed: of one article, of a site, or of all.

    What they say now is kept as versions of the kind reread; nobody is told. An edit that is none any more is taken
    back, and those who were told of it are told that. A site that drifted and is read well again drifts no longer.
    Exits with 1 if the newest page of an article is still not read as before.
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
    for line in rereading.more():
        click.echo(line)
    for host in ended:
        click.echo(f"{host} is read well again: its alerts are no longer held")
    sys.exit(int(bool(counted[Reread.LOST] or counted[Reread.UNREADABLE])))


class _Rereading:
    """What was done so far: how often what, and by host the newest pages that are read well again."""

    def __init__(self, config: Config, store: Store, *, accept: bool) -> None:
        self.store, self.accept = store, accept
        self.patience = Patience(config.judge.settle, config.judge.cache_allowance, config.judge.looks)
        self.readers = Readers(config.fetch.workers, _DEADLINE, config.profiles)
        self.counted: Counter[Reread] = Counter()
        self.well: Counter[str] = Counter()
        self.taken_back = self.worse = 0
        self.edited: list[str] = []

    async def run(self, article_ids: list[int]) -> None:
        """Read, compare and keep, some articles at a time."""
        try:
            for start in range(0, len(article_ids), _AT_ONCE):
                await asyncio.gather(*map(self._article, article_ids[start : start + _AT_ONCE]))
        finally:
            self.readers.close()

    def more(self) -> list[str]:
        """What else there is to say."""
        found = []
        if self.taken_back:
            found.append(f"{tally(self.taken_back, 'ruling')} taken back; whoever was told is told that")
        if self.worse:
            found.append(f"{tally(self.worse, 'older page')} not read as well now: the reading before stays")
        if self.edited:
            edited = tally(len(self.edited), "article")
            found.append(f"{edited} edited meanwhile, as the pages read now; nobody is told, `history` shows it:")
            found += self.edited
        return found

    async def _article(self, article_id: int) -> None:
        due = await self.store.ask(due_reread, article_id)
        if due is None:
            return
        at = now()
        try:
            read = await self._pages(due)
            result = await self.readers.reread(due, read, at, self.patience.cache_allowance, self.accept)
            corrections = [await self._correction(doubted) for doubted in result.doubted]
        except ReadError as error:
            result, corrections = RereadResult(due, at, failure=Failure(error.code, error.message)), []
        kind, taken_back = await self.store.run(record_reread, result, corrections, accept=self.accept)
        self._say(due, result, kind)
        self.taken_back += taken_back

    async def _pages(self, due: DueReread) -> dict[int, Article | Failure]:
        """What each page says: one after the other, as the last resort must not follow another reader."""
        found: dict[int, Article | Failure] = {}
        readers = set(due.read_by)
        for kept in due.pages:
            said = await self._page(kept.page_id, last_resort=may_fall_back(readers))
            found[kept.page_id] = said
            readers |= set() if isinstance(said, Failure) else {said.read_with}
        return found

    async def _page(self, page_id: int, *, last_resort: bool) -> Article | Failure:
        page = await self.store.ask(kept_page, page_id)
        if isinstance(page, Failure):
            return page
        try:
            return await self.readers.article(page, last_resort=last_resort)
        except ReadError as error:
            return Failure(error.code, error.message)

    async def _correction(self, doubted: Doubted) -> Correction:
        again = await self.store.ask(ruling_again, doubted.revision_id, now())
        anew = await self.readers.ruling(
            replace(again.due, before=doubted.before, after=doubted.after), self.patience, now()
        )
        ruling = anew.ruling and corrected(again.due.verdict, again.took_back, anew.ruling, doubted.change)
        return Correction(doubted.revision_id, again.due.ruling_id, ruling)

    def _say(self, due: DueReread, result: RereadResult, kind: Reread) -> None:
        self.counted[kind] += 1
        if kind != Reread.OUTRUN:
            self.worse += result.worse
            self.edited += [due.url] if result.edited else []
            self.well[due.host] += result.well
        if kind == Reread.UNREADABLE and result.failure:
            click.echo(f"{due.url}: {result.failure.message}", err=True)
        elif kind == Reread.LOST:
            click.echo(f"{due.url}: not read as before: {', '.join(result.lost)}", err=True)
