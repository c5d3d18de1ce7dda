"""Lives through three days with the product's own jobs and store and an injected clock, and checks every ruling that
accuses against what happened."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.newsroom.outlet import OUTLETS, START, Story, stories
from benchmarks.newsroom.page import page_of
from benchmarks.newsroom.truth import ACCUSING, is_true, lasting_edits
from changes.case import Patience
from db.rows import instant_of
from db.store.articles import due_articles
from db.store.connection import Store
from db.store.rulings import due_rulings, record_rulings
from db.store.sources import WantedSource, configure, record_polls
from db.store.visits import record_visits
from db.work import PollResult
from schedules.judge import judge
from schedules.sighting import sighting
from schedules.visit import Visitor, VisitSettings
from scraper.feeds.entry import FeedEntry
from scraper.page import NotModified, Page, Validators
from scraper.read import read
from scraper.read.comments.blanking import without_comments

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from db.work import Sighting
    from schedules.sighting import Look
    from scraper.article import Article

_DAYS = 3
# The world goes on in steps: whatever is due within one is done at its end.
_STEP = timedelta(seconds=30)


@dataclass
class Wire:
    """The door and the readers of the jobs, without a network and without processes."""

    by_url: dict[str, Story]
    random: Random
    now: datetime = START
    looks: int = 0

    async def get(self, url: str, *, uncached: bool = False, **_: Any) -> Page | NotModified:
        """What the outlet's server or one of its caches gives at that time."""
        if url.endswith("/robots.txt"):
            return Page(url, 404, (), b"", self.now, connection=str(self.random.random()))
        self.looks += 1
        story = self.by_url[url]
        state, age = story.answer(self.now, self.random, uncached=uncached)
        date = self.now + story.outlet.skew - (age if story.outlet.honest_age else timedelta())
        headers = [("content-type", "text/html; charset=utf-8"), ("date", format_datetime(date, usegmt=True))]
        if age and story.outlet.honest_age:
            headers.append(("age", str(round(age.total_seconds()))))
        body = page_of(story, state, self.random)
        return Page(url, 200, tuple(headers), body, self.now, connection=str(self.random.random()))

    async def article(self, page: Page, **_: object) -> Article:
        return read(page)

    async def sighting(self, look: Look) -> Sighting:
        return sighting(look)

    async def without_comments(self, page: Page) -> bytes:
        return without_comments(page) or page.body

    def reads_alike(self, *_: object) -> bool:
        return True


class Newsroom:
    """The store, the jobs and the clock."""

    def __init__(self, path: Path, articles: int, seed: int) -> None:
        random = Random(seed)
        self.stories = [story for outlet in OUTLETS for story in stories(outlet, articles // len(OUTLETS), random)]
        self.wire = Wire({story.url: story for story in self.stories}, random)
        self.patience = Patience()
        settings = VisitSettings("Nachtrag/newsroom", timedelta(), self.patience)
        self.visitor = Visitor(self.wire, self.wire, lambda: self.wire.now, settings)  # type: ignore[arg-type]
        self.store = Store(path)
        feeds = [WantedSource(outlet.name, f"https://{outlet.host}/feed", timedelta(days=30)) for outlet in OUTLETS]
        self.store.call(configure, feeds, START)

    def run(self) -> None:
        """Live through the days."""
        end, waiting = START + timedelta(days=_DAYS), sorted(self.stories, key=lambda item: item.happenings[0].at)
        while self.wire.now < end:
            self.wire.now += _STEP
            while waiting and waiting[0].happenings[0].at <= self.wire.now:
                self._publish(waiting.pop(0))
            for due in self.store.call(due_articles, self.wire.now, 500, per_host=500):
                result = asyncio.run(self.visitor.visit(due))
                self.store.call(record_visits, [result])
            for ruling in self.store.call(due_rulings, self.wire.now, 500):
                self.store.call(record_rulings, [judge(ruling, self.patience, self.wire.now)])
            self._wake(end)

    def _publish(self, story: Story) -> None:
        number = self.store.read(_source, story.outlet.name)
        entry = FeedEntry(story.url, "", None, None)
        at = self.wire.now
        result = PollResult(number, at, (entry,), Validators(), None, at + timedelta(days=30), timedelta(), ())
        self.store.call(record_polls, [result])

    def _wake(self, end: datetime) -> None:
        """Skip the steps in which nothing happens."""
        soonest = self.store.read(_next)
        births = [story.happenings[0].at for story in self.stories if story.happenings[0].at > self.wire.now]
        wanted = min([end, *births, *([instant_of(soonest)] if soonest else [])])
        self.wire.now = max(self.wire.now, wanted - _STEP)
        print(f"\r{self.wire.now:%a %H:%M}, {self.wire.looks} looks", end="", file=sys.stderr)


def _source(con: sqlite3.Connection, name: str) -> int:
    return int(con.execute("SELECT id FROM sources WHERE name = ?", [name]).fetchone()[0])


def _next(con: sqlite3.Connection) -> str | None:
    row = con.execute(
        """SELECT min(at) AS at FROM (SELECT min(next_visit_at) AS at FROM articles
           UNION ALL SELECT min(rule_at) FROM revisions)"""
    ).fetchone()
    found: str | None = row["at"]
    return found


def main(*arguments: str) -> None:
    """Prints a table: rulings that accuse, those that are true, the false ones by name, and what was found."""
    options = ArgumentParser(description="A simulated newsroom: are the rulings that accuse true?")
    options.add_argument("--articles", type=int, default=1100)
    options.add_argument("--seed", type=int, default=1)
    said = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        room = Newsroom(Path(folder) / "n.db", said.articles, said.seed)
        room.run()
        rulings = room.store.read(_rulings)
        room.store.close()
    report(room, rulings)


def _rulings(con: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = con.execute(
        """SELECT a.url, u.verdict, u.at, u.not_before, u.not_after, r.number, r.id, u.rule,
               u.id = (SELECT max(id) FROM rulings WHERE revision_id = r.id) AS stands
           FROM rulings u JOIN revisions r ON r.id = u.revision_id JOIN articles a ON a.id = r.article_id
           ORDER BY u.id"""
    )
    return [dict(row) for row in rows.fetchall()]


def report(room: Newsroom, rulings: list[dict[str, Any]]) -> None:
    """What came of it."""
    stand = Counter(item["verdict"] for item in rulings if item["stands"])
    print(f"\n{len(room.stories)} articles, {room.wire.looks} looks; the rulings that stand:")
    print("  " + ", ".join(f"{name} {count}" for name, count in stand.most_common()))
    accusing = [item for item in rulings if item["verdict"] in ACCUSING]
    true = [item for item in accusing if is_true(room.wire.by_url[item["url"]], item)]
    for name in ACCUSING:
        told = sum(item["verdict"] == name for item in accusing)
        print(f"  {name:18} told {told:4}, true {sum(item['verdict'] == name for item in true):4}")
    print(f"rulings that accuse: {len(accusing)}, true {len(true) / max(len(accusing), 1):.2%}")
    for item in accusing:
        if item not in true:
            print(f"  false: {item['verdict']} at {item['at'][8:19]}, {_about(room, item)}")
    lasting = [(story, at) for story in room.stories for at in lasting_edits(story, room.wire.now)]
    missed = [(story, at) for story, at in lasting if not any(_covers(item, story, at) for item in accusing)]
    print(f"edits that the Stand did not show for three hours: {len(lasting)}, of these ruled on so:"
          f" {1 - len(missed) / max(len(lasting), 1):.1%}; the others are:")  # fmt: skip
    became = Counter(f"{item['verdict']} (row {item['rule']})" for story, at in missed for item in rulings
                     if item["stands"] and _covers(item, story, at))  # fmt: skip
    print("  " + ", ".join(f"{name} {count}" for name, count in became.most_common()))


def _covers(item: dict[str, Any], story: Story, at: datetime) -> bool:
    start = item["not_before"]
    return item["url"] == story.url and bool(start) and instant_of(start) < at <= instant_of(item["not_after"])


def _about(room: Newsroom, item: dict[str, Any]) -> str:
    story = room.wire.by_url[item["url"]]
    life = ", ".join(f"{happening.kind} {happening.at:%d %H:%M:%S}" for happening in story.happenings)
    window = f"{(item['not_before'] or '')[8:19]} to {item['not_after'][8:19]}"
    return f"window {window}, {story.url}{' (headline test)' if story.variant else ''}: {life}"


if __name__ == "__main__":
    main(*sys.argv[1:])
