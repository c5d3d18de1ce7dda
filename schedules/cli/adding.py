"""The verb that takes up articles, and finds the feeds of sites: add."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from db.store import people
from schedules.cli.setting import config_option, configuration, now, store_of
from schedules.discover import Discoverer, may_be_site
from schedules.queues import fetch_settings
from schedules.readers import Readers
from scraper.http import Door
from scraper.urls import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from schedules.config import Config
    from schedules.discover import Discovery

_READING = timedelta(seconds=20)
_ADVICE = "a sitemap, or `page` with `links` for the list of articles on it, may do"


@click.command()
@config_option
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
def add(config_path: Path, urls: tuple[str, ...]) -> None:
    """Follow articles that no feed names; those that are followed already are looked at soon.

    The address of a site, of a section or of a feed is no article: the [[sources]] tables of its feeds are printed, to
    be put into config.toml.
    """
    config = configuration(config_path)
    unsure = [url for url in dict.fromkeys(urls) if canonical(url) and may_be_site(url)]
    found = asyncio.run(_discovered(config, unsure))
    articles = [url for url in urls if url not in found or found[url].is_article]
    if articles:
        with store_of(config) as store:
            numbers = store.call(people.add_by_hand, articles, now())
        for number, url in zip(numbers, articles, strict=True):
            click.echo(f"article {number}: {url} is looked at as soon as the daemon runs")
    known = {source.address for source in config.sources}
    lost = [url for url, discovery in found.items() if not _say(url, discovery, known)]
    sys.exit(1 if lost else 0)


async def _discovered(config: Config, urls: list[str]) -> dict[str, Discovery]:
    """What these addresses are. Without any, nothing is started that could ask for them."""
    if not urls:
        return {}
    readers = Readers(1, _READING, config.profiles)
    try:
        async with Door(fetch_settings(config), now) as door:
            discoverer = Discoverer(door, readers, now, config.fetch.user_agent)
            return {url: await discoverer.discover(url) for url in urls}
    finally:
        readers.close()


def _say(url: str, discovery: Discovery, known: set[str]) -> bool:
    """Print what an address is: tables to stdout, all else to stderr. False: nothing can be done with it."""
    for fault in discovery.faults:
        click.echo(fault if fault.startswith(f"{canonical(url)}: ") else f"{url}: {fault}", err=True)
    if discovery.is_article:
        return True
    if not discovery.sources:
        click.echo(f"{url}: nothing of it is followed: no article, and no feed; {_ADVICE}", err=True)
    for source in discovery.sources:
        if source.url in known:
            click.echo(f"{source.url}: is a source of the configuration already", err=True)
            continue
        click.echo(f"{source.url}: a {source.kind} with {source.entries} entries; put this into config.toml:", err=True)
        click.echo(source.table())
    return bool(discovery.sources)
