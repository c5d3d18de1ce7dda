"""A store with one article in it, looked at again and again with an injected clock: no network, real SQLite."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changes.case import Patience
from db.rows import json_of
from db.store.articles import due_articles, known
from db.store.connection import Store
from db.store.events import whole
from db.store.rulings import due_rulings, record_rulings
from db.store.sources import WantedSource, configure, due_sources, record_polls
from db.store.visits import record_visits
from db.work import Failure, Outcome, PollResult, Sighting, VisitResult
from schedules.judge import judge
from schedules.sighting import Look, absence, missing, sighting, unchanged
from scraper.article import Clock, Covers
from scraper.errors import ReadError
from scraper.feeds.entry import FeedEntry
from scraper.page import NotModified, Page, Validators
from tests.articles import article
from tests.event_schema import faults

if TYPE_CHECKING:
    from db.work import DueArticle, Known

URL = "https://zeitung.example/a"
FEED = "https://zeitung.example/feed.xml"
START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00", "modified_ld": "08:00"}, "comment_count": 3}
SILENT = {**OLD, "text": "Sieben Tote."}
MARKED = {**SILENT, "clocks": {"stand": "12:20", "modified_ld": "12:20"}}
AT_ONCE = Patience(timedelta(), timedelta(), 1)
_EVENTS = "SELECT * FROM events ORDER BY id"
DISCOVERED = ("article.discovered", "discovered")


def new_store(path: Path) -> Store:
    """A store in a new file, which is a copy: to make its tables takes several times what most tests do."""
    path.write_bytes(_empty_database())
    return Store(path)


@cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory(prefix="nachtrag-empty-") as folder:
        file = Path(folder) / "n.db"
        Store(file).close()
        return file.read_bytes()


class World:
    """Time passes only by `wait`. Every look is handed out, judged and recorded as the daemon does it."""

    def __init__(self, path: Path, patience: Patience | None = None, begun: Path | None = None) -> None:
        """In a new file; `begun` is that of a world which it goes on from, with the clock at the start again."""
        self.store = Store(Path(shutil.copy(begun, path))) if begun else new_store(path)
        self.now = START
        self.patience = patience or Patience()
        self.connections = 0
        self.store.call(configure, [WantedSource("Zeitung", FEED, timedelta(minutes=5))], self.now)

    def wait(self, **span: float) -> World:
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    def poll(self, *urls: str, updated: datetime | None = None, heeded: bool = True) -> None:
        """The feed lists these addresses."""
        self.wait(minutes=5)
        (due,) = self.store.call(due_sources, self.now, 10)
        said = (Clock("feed", Covers(updated, updated + timedelta(seconds=1)), updated.isoformat()),) if updated else ()
        entries = tuple(FeedEntry(url, "Titel", None, updated, said) for url in urls)
        result = PollResult(due.id, self.now, entries, Validators(), None, self.now + due.every, timedelta(), ())
        self.store.call(record_polls, [replace(result, heeded=heeded)])

    def due(self) -> DueArticle:
        """The one article, handed out now whatever its next visit."""
        now = self.now.isoformat()
        self.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = ? WHERE state != 'moved'", [now]))
        (due,) = self.store.call(due_articles, self.now, 10)
        return due

    def known(self, due: DueArticle) -> Known:
        """What a look at it is compared with."""
        return self.store.read(known, due, self.now)

    def look(self, status: int = 200, url: str = "", **page: object) -> Sighting:
        """One look, seen and recorded: see `seen`."""
        due = self.due()
        return self.record(due, self.seen(due, status, url, **page))

    def seen(self, due: DueArticle, status: int = 200, url: str = "", **page: object) -> Sighting:
        """What one look brings. `url` is where it was redirected to, by `redirect`; `etag`, `modified` (minutes since
        START), `age`, `date`, `connection` are of the wire, the rest is of the reading (tests.articles.article)."""
        redirect = int(str(page.pop("redirect", 301)))
        redirects = ((redirect, due.fetch_url),) if url not in ("", due.fetch_url) else ()
        url = url or due.fetch_url
        self.connections += 1
        headers = self._headers(page)
        connection = str(page.pop("connection", self.connections))
        lives_at = str(page.pop("lives_at", URL))
        if page.pop("not_modified", False):
            not_modified = NotModified(url, headers, self.now, connection=connection)
            return unchanged(not_modified, uncached=due.wants_uncached)
        body = b"<html>" + json.dumps(page, default=str).encode()
        answer = Page(url, status, headers, body, self.now, "", connection, redirects, str(page.pop("digest", "")))
        look = Look(due, self.known(due), answer, self.patience, due.wants_uncached)
        if how := absence(answer, due.fetch_url):
            return missing(look, "not there", how)
        reading = replace(article(**page), url=lives_at)
        try:
            return sighting(look, reading)
        except ReadError as error:
            return Sighting(Outcome.UNREADABLE, failure=Failure(error.code, error.message), status=status)

    def fail(self, outcome: Outcome = Outcome.FAILED, code: str = "timeout") -> Sighting:
        """One look that brought nothing."""
        return self.record(self.due(), Sighting(outcome, failure=Failure(code, "nothing came")))

    def record(self, due: DueArticle, seen: Sighting) -> Sighting:
        """Record what was seen."""
        again = self.now + timedelta(minutes=5)
        result = VisitResult(due.id, self.now, seen, again, timedelta(), (), due.revision_id)
        self.store.call(record_visits, [result])
        return seen

    def judge(self) -> None:
        """Rule on all that is due."""
        for due in self.store.call(due_rulings, self.now, 50):
            self.store.call(record_rulings, [judge(due, self.patience, self.now)])

    def told(self) -> list[tuple[str, str]]:
        """(type, verdict) of every event so far; each is as the published schema says."""
        for event in self.events():
            assert faults(event) == [], event
        return [(row["type"], row["verdict"]) for row in self.rows("SELECT type, verdict FROM events ORDER BY id")]

    def events(self) -> list[dict[str, Any]]:
        """Every event so far as it is sent."""
        rows = self.store.call(lambda con: [(dict(row), whole(con, row)) for row in con.execute(_EVENTS).fetchall()])
        sent = [{"type": row["type"], "timestamp": row["at"], "data": data} for row, data in rows]
        return json.loads(json_of(sent))  # type: ignore[no-any-return]

    def rows(self, sql: str, *values: object) -> list[dict[str, object]]:
        """Rows of the database."""
        return self.store.call(lambda con: [dict(row) for row in con.execute(sql, values)])

    def _headers(self, page: dict[str, object]) -> tuple[tuple[str, str], ...]:
        date = page.pop("date", self.now)
        headers = {"date": date if isinstance(date, str) else format_datetime(date, usegmt=True)}  # type: ignore[arg-type]
        if "etag" in page:
            headers["etag"] = str(page.pop("etag"))
        if "modified" in page:
            moment = START + timedelta(minutes=float(str(page.pop("modified"))))
            headers["last-modified"] = format_datetime(moment, usegmt=True)
        if "age" in page:
            headers["age"] = str(page.pop("age"))
        if "cache_control" in page:
            headers["cache-control"] = str(page.pop("cache_control"))
        return tuple(headers.items())
