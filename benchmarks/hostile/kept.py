"""A database into which texts of strangers go as the daemon puts them there, and Datasette that shows it."""

from __future__ import annotations

import asyncio
import html
import re
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from datasette.app import Datasette

from benchmarks.hostile.page import NOON, UTF_8, page_of
from changes.case import Patience
from db.store.articles import due_articles, known
from db.store.connection import Store
from db.store.events import TOLD_AFTER
from db.store.people import add_remark
from db.store.sources import WantedSource, configure, due_sources, record_polls
from db.store.visits import record_visits
from db.work import Failure, Outcome, PollResult, Sighting, VisitResult
from schedules.sighting import Look, sighting
from scraper.article import Article, Block, Clock, Image
from scraper.charset import storable
from scraper.errors import ReadError
from scraper.feeds.entry import FeedEntry
from scraper.feeds.kinds import Reading, read_as
from scraper.page import Validators
from scraper.read import read
from scraper.read.generic import NAME

if TYPE_CHECKING:
    from httpx import Response

    from db.work import DueArticle
    from scraper.article import BlockKind
    from scraper.page import Page

_FAR, _DAY = timedelta(days=3650), timedelta(days=1)
_KINDS: tuple[BlockKind, ...] = ("paragraph", "subhead", "quote", "list_item", "table", "note")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """The numbers under which a text can be looked at: of its article and the versions of that.

    Attributes:
        outlet: the number of the source that lists it.
        stored: the version that stands, as it comes out of the database.
    """

    article: int
    outlet: int
    before: int
    after: int
    stored: Article


class Kept:
    """The database and the server; close it when done."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "nachtrag.db"
        self.store = Store(path)
        self.now = NOON
        self._articles = 0
        self._sources = [WantedSource("Zeitung", "https://zeitung.example/feed.xml", _DAY)]
        self.store.call(configure, self._sources, self.now)
        self._loop = asyncio.new_event_loop()
        # Without the descriptions of tables, which cost half of the time and hold nothing of others.
        self._web = Datasette([str(path)], settings={"default_allow_sql": False})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()
        for database in self._web.databases.values():
            database.close()
        self._web.executor.shutdown()
        self._loop.close()
        self._folder.cleanup()

    def get(self, address: str) -> Response:
        """What Datasette answers."""
        answer: Response = self._loop.run_until_complete(self._web.client.get(address))
        return answer

    def keep(self, text: str, word: str) -> Shown:
        """An article of a feed that has the text for a title. At the first look it is markup in the page, as far as
        such a page can be read; at the second it stands in each field as text, beside a word; the third one fails, and
        says it."""
        return self._kept(self._listed(text), text, word)

    def keep_everywhere(self, text: str, word: str) -> Shown:
        """The same, of an outlet that is named so and whose feed fails with it, with a remark, and at last under an
        address that no feed could give it. No text twice: names are."""
        self._articles += 1
        self.now += _DAY
        said = storable(text)
        self._sources.append(WantedSource(said, f"https://zeitung-{self._articles}.example/feed.xml", _DAY))
        self.store.call(configure, self._sources, self.now)
        outlet = self._number("SELECT id FROM sources WHERE name = ?", said)
        url = f"https://zeitung-{self._articles}.example/damm.html"
        entry = FeedEntry(url, said, self.now, self.now, (Clock("published_feed", None, said),))
        polled = PollResult(outlet, self.now, (entry,), Validators(), None, self.now + _DAY, timedelta(), ())
        failed = replace(polled, entries=None, failure=Failure("protocol", said))
        self.store.call(record_polls, [polled, *[failed] * TOLD_AFTER])
        shown = self._kept(self._due(self._number("SELECT id FROM articles WHERE url = ?", url)), text, word)
        self.store.call(add_remark, shown.after, said, self.now)
        self.store.call(lambda con: con.execute("UPDATE articles SET url = ? WHERE id = ?", [said, shown.article]))
        return shown

    def _kept(self, due: DueArticle, text: str, word: str) -> Shown:
        self._look(due, _read(replace(news_page(text), url=due.url)))
        self._look(self._due(due.id), said(text, word))
        again = self._due(due.id)
        latest = self.store.read(known, again, self.now).latest
        assert latest is not None
        self._look(again, Failure("protocol", f"{due.url}: {storable(text)}"))
        versions = self.store.read(
            lambda con: con.execute("SELECT id FROM revisions WHERE article_id = ? ORDER BY id", [due.id]).fetchall()
        )
        before, after = (row["id"] for row in versions)
        outlet = self._number("SELECT source_id FROM articles WHERE id = ?", due.id)
        return Shown(due.id, outlet, before, after, latest.article)

    def _number(self, sql: str, value: object) -> int:
        return int(self.store.read(lambda con: con.execute(sql, [value]).fetchone()[0]))

    def _listed(self, title: str) -> DueArticle:
        """The feed lists a new article with this title."""
        self._articles += 1
        self.now += _DAY
        (due,) = self.store.call(due_sources, self.now, 10)
        # Each at a host of its own: a host whose articles change so is taken for one that is not read right any more.
        url = f"https://zeitung-{self._articles}.example/damm.html"
        item = f"<title>{html.escape(of_xml(title))}</title><link>{url}</link>"
        feed = f"<rss version='2.0'><channel><title>F</title><item>{item}</item></channel></rss>".encode()
        entries = read_as(Reading("feed", NOON), feed, "text/xml; charset=utf-8", due.url).entries
        result = PollResult(due.id, self.now, entries, Validators(), None, self.now + _DAY, timedelta(), ())
        self.store.call(record_polls, [result])
        return self._due(self._number("SELECT id FROM articles WHERE url = ?", url))

    def _due(self, article: int) -> DueArticle:
        self.now += timedelta(minutes=5)
        (due,) = (due for due in self.store.call(due_articles, self.now, 100, 100) if due.id == article)
        return due

    def _look(self, due: DueArticle, seen: Article | Failure) -> None:
        """One look, recorded. The article comes up again at once, unless it failed."""
        if isinstance(seen, Failure):
            result = Sighting(Outcome.FAILED, failure=seen)
        else:
            answer = replace(page_of(b"<p>"), url=due.fetch_url, fetched_at=self.now)
            look = Look(due, self.store.read(known, due, self.now), answer, Patience(), uncached=False)
            result = sighting(look, replace(seen, url=due.url))
        again = self.now + (_FAR if isinstance(seen, Failure) else timedelta())
        looked = VisitResult(due.id, self.now, result, again, timedelta(), (), due.revision_id)
        self.store.call(record_visits, [looked])


def _read(page: Page) -> Article:
    """What stands on the page; where it cannot be read, an article with other words in each field."""
    try:
        return read(page)
    except ReadError:
        return said("Vorher", "")


def of_xml(text: str) -> str:
    """The text without what XML 1.0 has no way to write."""
    return _NOT_XML.sub("\ufffd", text)


def said(text: str, word: str) -> Article:
    """A reading in which every field that a page fills is this text; of its paragraphs one is the word."""
    text = storable(text)
    return Article(
        url="", topline=text, headline=text, standfirst=text, authors=(text,),
        blocks=(*_STAYING, Block("paragraph", word), *(Block(kind, text) for kind in _KINDS)),
        images=(Image(text, text, text, text),), notes=(text,),
        clocks=(Clock("stand", None, text), Clock("modified_ld", None, text)), comment_count=3, comments=(),
        language=text, read_with=NAME,
    )  # fmt: skip


def news_page(markup: str) -> Page:
    """A page with an article, into the middle of whose text this markup was put."""
    title, paragraphs = "Der Damm hält", "".join(f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS)
    body = (
        f"<!doctype html><html lang=de><head><meta charset=utf-8><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1>{paragraphs}<p>{_PARAGRAPHS[0]} {markup} {_PARAGRAPHS[1]}</p>{paragraphs}</article>"
        "</body></html>"
    )
    return page_of(body.encode("utf-8", "replace"), UTF_8)


_PARAGRAPHS = (
    "Am Deich an der Aue arbeiten seit dem frühen Morgen mehr als zweihundert Helferinnen und Helfer der Feuerwehr.",
    "Sie füllen Sandsäcke, dichten Risse ab und bringen Pumpen in Stellung, bevor in der Nacht der Scheitel kommt.",
    "Der Landrat sagte, die Lage sei ernst, aber man habe aus dem letzten Hochwasser vor elf Jahren viel gelernt.",
)
# An article of which next to nothing is left is another one.
_STAYING = tuple(Block("paragraph", paragraph) for paragraph in _PARAGRAPHS * 2)
