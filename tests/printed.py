"""A page with a stamp as printed, read at one look or at many: real markup, the real reader, the real store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schedules.sighting import Look, sighting
from scraper.page import Page
from scraper.read import read
from tests.world import START, URL, World

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from scraper.article import Article

OLD = "Das Bad öffnet im Mai, sagte die Bürgermeisterin im Rat der Stadt."
NEW = "Das Bad öffnet im Juni, sagte die Bürgermeisterin im Rat der Stadt."
MORE = "".join(f"<p>Der Rat hat {what} lange beraten und am Ende zugestimmt.</p>" for what in ("das", "es", "alles"))


def page(stamp: str, now: datetime, text: str = OLD, linked: str = "", lang: str = "de") -> Page:
    ld = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x"{linked}}}</script>'
    markup = (
        f"<!doctype html><html lang={lang}><head><title>Das Bad öffnet wieder</title>{ld if linked else ''}</head>"
        f"<body><article><h1>Das Bad öffnet wieder</h1><p>{stamp}</p><div><p>{text}</p>{MORE}</div></article>"
    )
    return Page(URL, 200, (("content-type", "text/html"),), markup.encode(), now)


def reading(stamp: str, now: datetime = START, text: str = OLD, linked: str = "", lang: str = "de") -> Article:
    return read(page(stamp, now, text, linked, lang))


class Site:
    """A site with one article, and what we see of it at looks that are recorded as the daemon does."""

    def __init__(self, path: Path) -> None:
        self.world = World(path)
        self.world.poll(URL)
        self.text, self.linked, self.lang = OLD, "", "de"

    def look(self, stamp: str) -> None:
        due = self.world.due()
        self.world.connections += 1
        date = (("date", f"{self.world.now:%a, %d %b %Y %H:%M:%S GMT}"),)
        came = page(stamp, self.world.now, self.text, self.linked, self.lang)
        answer = Page(URL, 200, date, came.body, self.world.now, "", str(self.world.connections))
        look = Look(due, self.world.known(due), answer, self.world.patience, due.wants_uncached)
        seen = sighting(look, read(came))
        self.world.record(due, seen)
        self.world.judge()

    def told(self) -> list[str]:
        return [verdict for _kind, verdict in self.world.told()][1:]
