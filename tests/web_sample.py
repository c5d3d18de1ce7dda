"""A small database of invented articles for the tests of the web pages: every verdict, a gone article, hostile text.

`python -m tests.web_sample FILE` writes it, for looking at the pages in a browser.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from zoneinfo import ZoneInfo

import datasette.app  # noqa: F401 - it loads db.web as its plugin, so that has to come later
import zstandard
from sqlite_utils import Database

from changes.case import clock_words
from changes.change import Verdict
from changes.compare import compare
from changes.meaning import edit_meaning
from changes.plain import fingerprint, word_count
from changes.render import excerpt
from db.migrations import migrate
from db.rows import clock_columns, clocks_to_json, json_of, text_of
from db.store.meanings import keep_meaning, readings, to_weigh
from db.views import create_views
from db.web.rules import RULES
from scraper.article import Article, Block, Clock, Covers, Image
from scraper.stamps import covers
from tests.web_hosts import treat

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parent / "data" / "web" / "articles.toml"
START = datetime(2026, 11, 24, 6, tzinfo=UTC)
SOURCES = {"by hand": 1, "Elbkurier": 2, "Harbour Post": 3}
# Verdicts that cannot stand on an edit, and one that is given only when pages are read again.
NOT_ON_EDITS = {
    "misread", "reread", "old_copy", "same", "unreadable", "discovered", "comments", "removed",
    "removed_before_expected", "returned", "moved", "succeeded_by",
}  # fmt: skip
EDITS = tuple(verdict for verdict in get_args(Verdict) if verdict not in NOT_ON_EDITS)
# Numbers of the article that cannot be read, which is the last, and of the last version; how many edits there are.
PAYWALLED, LAST_REVISION, CHANGES = 6 + len(EDITS), 13 + 2 * len(EDITS), 8 + len(EDITS)
# Harbour Post prints the time of Greenwich, as it says; the others that of Berlin.
ZONE = ZoneInfo("Europe/Berlin")
COMMENT = b"<p class=comment>Endlich sagt es einer!</p>"
_EMPTY = Article("", "", "", "", (), (), (), (), (), None, (), "de", "sample/1")
LOOK = {
    "longest_gap_seconds": 540.0, "connections": 1, "last_connection": "c1", "uncached": 0, "clock_bad": 0,
    "first_headers": "{}", "last_headers": "{}", "status": 200, "error_code": "", "error": "",
}  # fmt: skip


def served_page(wanted: dict[str, Any]) -> bytes:
    """The raw page of a version as it came, with a script and with what a reader wrote."""
    return b"<script>document.title='pwned'</script>" + f"{wanted}".encode() + COMMENT


def minute(number: float) -> str:
    """An instant of the sample as text."""
    return text_of(START + timedelta(minutes=number))


def empty(path: Path) -> None:
    """A database as a new user has it: a source, no poll yet."""
    db = _opened(path)
    with db.conn:
        _source(db.conn, "by hand", kind="hand", url="", host="", every_seconds=0)
        _source(db.conn, "Elbkurier", next_poll_at=minute(0))
    db.close()


def build(path: Path) -> None:
    """The whole sample."""
    db = _opened(path)
    con: sqlite3.Connection = db.conn
    _sources(con)
    _endpoints(con)
    written = tomllib.loads(DATA.read_text(encoding="utf-8"))["article"]
    for about in [*written, *(_small_edit(number, verdict) for number, verdict in enumerate(EDITS))]:
        _Filling(con, about).run()
    url = "https://harbourpost.example/news/paywalled"
    paywalled = insert(
        con, "articles", url=url, host="harbourpost.example", source_id=3, fetch_url=url, first_seen_at=minute(2),
        failures=3, last_visited_at=minute(400), next_visit_at=minute(640), error_code="consent_wall",
        error=f"{url}: a consent wall stands before the text",
    )  # fmt: skip
    _list(con, 3, paywalled)
    con.execute("INSERT INTO meta (key, value) VALUES ('base_url', 'https://nachtrag.example/watch')")
    treat(con, START)
    con.execute(
        """UPDATE revisions SET before_id = (SELECT b.id FROM revisions b
           WHERE b.article_id = revisions.article_id AND b.number = revisions.number - 1)"""
    )
    for edit in to_weigh(con):
        keep_meaning(con, edit, edit_meaning(*readings(con, edit)))
    con.commit()
    db.close()


def _opened(path: Path) -> Database:
    db = Database(path)
    db.conn.execute("PRAGMA journal_mode = WAL")
    migrate(db)
    create_views(db)
    db.conn.row_factory = sqlite3.Row
    return db


def insert(con: sqlite3.Connection, table: str, **row: object) -> int:
    """Add a row; says its number."""
    kept = {column[0] for column in con.execute(f"SELECT name FROM pragma_table_info('{table}')")}
    row = {name if name in kept else f"kept_{name}": value for name, value in row.items()}
    marks = ", ".join(f":{name}" for name in row)
    number = con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row).lastrowid
    assert number is not None
    return number


def _source(con: sqlite3.Connection, name: str, **row: object) -> None:
    host = {"Elbkurier": "www.elbkurier.example", "Harbour Post": "harbourpost.example"}.get(name, "")
    feed = {"kind": "feed", "host": host, "url": f"https://{host}/feed", "every_seconds": 300}
    insert(con, "sources", name=name, added_at=minute(0), **{**feed, **row})


def _list(con: sqlite3.Connection, source: int, article: int) -> None:
    insert(
        con, "listings", source_id=source, article_id=article, title="", first_listed_at=minute(0),
        last_listed_at=minute(520),
    )  # fmt: skip


def _sources(con: sqlite3.Connection) -> None:
    _source(con, "by hand", kind="hand", url="", host="", every_seconds=0)
    _source(
        con, "Elbkurier", next_poll_at=minute(525), last_polled_at=minute(520), last_ok_at=minute(520),
        last_listed_at=minute(520), edits=41, edits_stand_moved=3,
    )  # fmt: skip
    _source(
        con, "Harbour Post", next_poll_at=minute(560), last_polled_at=minute(515), last_ok_at=minute(410),
        last_listed_at=minute(410), failures=4, error_code="timeout",
        error="https://harbourpost.example/feed: no answer within 30 s; it is asked again later",
    )  # fmt: skip
    for host in ("www.elbkurier.example", "harbourpost.example"):
        insert(con, "hosts", host=host, free_at=minute(515), robots_status=404, robots_fetched_at=minute(1),
               clock_offset_seconds=0.2, clock_checked_at=minute(515))  # fmt: skip
    insert(con, "gaps", source_id=3, from_at=minute(100), to_at=minute(160))


def _endpoints(con: sqlite3.Connection) -> None:
    for name, kind, state, error in (
        ("newsroom", "slack", "active", "answered 503"),
        ("archive", "webhook", "disabled", "answered 410: it wants nothing more"),
    ):
        insert(
            con, "endpoints", name=name, kind=kind, url=f"https://{name}.example/hook/SECRET", state=state, failures=2,
            events=json_of(["article.changed", "article.ruled"]), added_at=minute(0), error=error,
        )  # fmt: skip


def _small_edit(number: int, verdict: str) -> dict[str, Any]:
    """An article with one edit, on which that verdict stands."""
    at = 330 + number * 9
    first = {
        "at": at - 200,
        "stand": "Stand: 23.11.2026 18:05 Uhr",
        "headline": f"Hafenausschuss vertagt Beschluss Nr. {number + 1}",
        "standfirst": "Die Fraktionen konnten sich nicht einigen.",
        "blocks": [
            ["paragraph", f"Der Ausschuss tagte zum {number + 1}. Mal in diesem Jahr. Beschlüsse gibt es nicht."]
        ],
    }
    edit = {
        "at": at,
        "not_before": at - 16,
        "verdict": verdict,
        "replace": [["Beschlüsse gibt es nicht", "Es blieb dabei"]],
    }
    url = f"https://www.elbkurier.example/ausschuss-{number}.html"
    return {"source": "Elbkurier", "url": url, "looks": 12, "revision": [first, edit]}


def _reading(before: Article, wanted: dict[str, Any]) -> Article:
    """The next version of an article: the one before it with what `wanted` says."""
    after = before
    for name in ("topline", "headline", "standfirst"):
        after = replace(after, **{name: wanted.get(name, getattr(after, name))})
    blocks = [Block(kind, text) for kind, text in wanted.get("blocks", [])] or list(before.blocks)
    blocks = [replace(block, text=_replaced(block.text, wanted.get("replace", []))) for block in blocks]
    blocks = [block for block in blocks if block.text not in wanted.get("drop", [])]
    blocks += [Block(kind, text) for kind, text in wanted.get("add", [])]
    for start, position in wanted.get("move", []):
        moved = next(block for block in blocks if block.text.startswith(start))
        blocks.remove(moved)
        blocks.insert(position, moved)
    images = tuple(Image(*image) for image in wanted.get("images", [])) or before.images
    authors = tuple(wanted.get("authors", before.authors))
    return replace(after, blocks=tuple(blocks), images=images, authors=authors, clocks=_clocks(before, wanted))


def _replaced(text: str, pairs: list[list[str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _clocks(before: Article, wanted: dict[str, Any]) -> tuple[Clock, ...]:
    stand = wanted.get("stand", before.stand.raw if before.stand else "")
    machine = tuple(Clock(kind, _second(raw), raw) for kind, raw in wanted.get("clocks", []))
    kept = machine or tuple(clock for clock in before.clocks if clock.kind != "stand")
    if before.stand and before.stand.raw == stand:
        return (before.stand, *kept)
    means = covers(stand, ZONE, START + timedelta(minutes=wanted["at"]))
    return (Clock("stand", means, stand), *kept) if stand else kept


def _second(raw: str) -> Covers | None:
    """What a stamp for machines covers; None where it cannot be read."""
    try:
        start = datetime.fromisoformat(raw).astimezone(UTC)
    except ValueError:
        return None
    return Covers(start, start + timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class _Filling:
    """One article on its way into the sample."""

    con: sqlite3.Connection
    about: dict[str, Any]

    @property
    def _missing(self) -> str:
        """As schedules/visit.py says it."""
        return f"{self.about['url']}: the server says 404"

    def run(self) -> None:
        """Add the article with its versions, looks, comments and events."""
        first, last = self.about["revision"][0], self.about["revision"][-1]
        host = "harbourpost.example" if self.about["source"] == "Harbour Post" else "www.elbkurier.example"
        article_id = insert(
            self.con, "articles", url=self.about["url"], fetch_url=self.about["url"], host=host,
            source_id=SOURCES[self.about["source"]], first_seen_at=minute(first["at"] - 1), next_visit_at=minute(530),
            last_visited_at=minute(515), last_read_at=minute(515),
            last_changed_at=None if last is first else minute(last["at"]),
        )  # fmt: skip
        _list(self.con, SOURCES[self.about["source"]], article_id)
        reading, revision_id = _EMPTY, 0
        for number, wanted in enumerate(self.about["revision"], start=1):
            before, reading = reading, _reading(reading, wanted)
            revision_id = self._revision(article_id, number, wanted, before, reading)
        state = self.about.get("state", "live")
        self._look(
            article_id, revision_id, "same", last["at"] + 9, 515 if state == "live" else 310, self.about["looks"],
            longest_gap_seconds=1860.0, connections=9, uncached=2,
        )  # fmt: skip
        if state != "live":
            self._look(article_id, None, "suspect", 320, 320, 1, status=404, error=self._missing)
            self._look(article_id, None, "gone", 335, 335, 1, status=404, error=self._missing)
        if state == "returned":
            self._look(article_id, revision_id, "returned", 360, 515, 4)
        self._stands(article_id, revision_id, reading)

    def _look(
        self, article_id: int, revision_id: int | None, outcome: str, first: float, last: float, count: int, **more: Any
    ) -> None:
        """Equal looks in a row."""
        insert(
            self.con, "observations", article_id=article_id, revision_id=revision_id, outcome=outcome, count=count,
            first_at=minute(first), last_at=minute(last), **{**LOOK, **more},
        )  # fmt: skip

    def _stands(self, article_id: int, revision_id: int, reading: Article) -> None:
        comments = self.about.get("comments", [])
        for (_at, before), (at, count) in pairwise([[0, 0], *comments]):
            movement = "dropped" if count < before / 2 else ""
            insert(self.con, "comment_counts", article_id=article_id, at=minute(at), count=count, movement=movement)
        self.con.execute(
            "UPDATE articles SET revision_id = ?, clocks = ?, comment_count = ? WHERE id = ?",
            [revision_id, clocks_to_json(reading.clocks), comments[-1][1] if comments else None, article_id],
        )
        for (_at, before), (at, after) in pairwise(comments):
            self._tell("article.comments", article_id, at, "comments", excerpt=f"{before} → {after} comments")
        state = self.about.get("state", "live")
        if state in ("gone", "returned"):
            back = {"returned_at": minute(360), "returned_as": revision_id} if state == "returned" else {}
            insert(
                self.con, "departures", article_id=article_id, revision_id=revision_id, last_read_at=minute(310),
                missing_since=minute(320), at=minute(335), absence="404", **back,
            )  # fmt: skip
            self._tell("article.gone", article_id, 335, "removed", excerpt=self._missing)
        if state == "returned":
            self._tell("article.returned", article_id, 360, "returned")
        if state == "gone":
            self.con.execute(
                "UPDATE articles SET state = 'gone', missing = 2, missing_since = ? WHERE id = ?",
                [minute(320), article_id],
            )

    def _revision(self, article_id: int, number: int, wanted: dict[str, Any], before: Article, after: Article) -> int:
        row = _revision_row(number, wanted, before, after)
        served = served_page(wanted)
        kept = served.replace(COMMENT, b"") if self.about.get("comments") else served
        page_id = insert(
            self.con, "pages", article_id=article_id, url=self.about["url"], status=200, size=len(kept),
            headers=json_of([["content-type", "text/html"]]), fetched_at=minute(wanted["at"]),
            sha256=row["page_sha256"], body=zstandard.ZstdCompressor().compress(kept),
            kept_sha256=None if kept == served else hashlib.sha256(kept).hexdigest(),
        )  # fmt: skip
        revision_id = insert(self.con, "revisions", article_id=article_id, page_id=page_id, **row)
        _parts(self.con, revision_id, after)
        outcome = "changed" if "verdict" in wanted else "new"
        self._look(article_id, revision_id, outcome, wanted["at"], wanted["at"] + 6, 3)
        if "verdict" in wanted:
            self._rule(article_id, revision_id, wanted, (before, after))
        if "remark" in wanted:
            insert(self.con, "remarks", revision_id=revision_id, at=minute(wanted["at"] + 90), text=wanted["remark"])
        return revision_id

    def _rule(
        self, article_id: int, revision_id: int, wanted: dict[str, Any], readings: tuple[Article, Article]
    ) -> None:
        """Rulings, the events that tell of them, and their deliveries."""
        stands = [reading.stand.raw if reading.stand else "none" for reading in readings]
        others = "; ".join(clock_words(moved) for moved in compare(*readings).clocks if moved.kind != "stand")
        evidence = [["Stand before", stands[0]], ["Stand after", stands[1]], ["other clocks", others or "none moved"]]
        evidence += [["machines were told", wanted["told"]]] if "told" in wanted else []
        ruling: int | None = None
        for turn, verdict in enumerate(filter(None, (wanted["verdict"], wanted.get("then")))):
            at = wanted["at"] + 72 * turn
            rows = [rule.number for rule in RULES if verdict in rule.verdicts]
            ruling = insert(
                self.con, "rulings", revision_id=revision_id, at=minute(at), verdict=verdict,
                rule=rows[0 if "told" in wanted else -1], rule_version=1,
                settled=int(verdict != "unsettled"), evidence=json_of(evidence), supersedes=ruling,
                not_before=minute(wanted["not_before"]), not_after=minute(wanted["at"]), previous_hash="0", hash="1",
            )  # fmt: skip
            kind = "article.ruled" if turn else "article.changed"
            event = self._tell(kind, article_id, at, verdict, revision_id=revision_id, ruling_id=ruling)
            state = ("delivered", "pending", "dead")[event % 3]
            insert(
                self.con, "deliveries", event_id=event, endpoint="newsroom", article_id=article_id, state=state,
                attempts=event % 4 + 1, status=200 if state == "delivered" else 503,
                next_attempt_at=minute(600) if state == "pending" else None,
                last_attempt_at=minute(at + 1) if state == "delivered" else None,
                error="" if state == "delivered" else "answered 503 <b>busy</b>",
            )  # fmt: skip
            if state == "delivered":
                self.con.execute("UPDATE endpoints SET delivered_at = ? WHERE name = 'newsroom'", [minute(at + 1)])

    def _tell(self, kind: str, article_id: int, at: float, verdict: str, **more: Any) -> int:
        data = {"not_before": minute(at - 20), "not_after": minute(at), "excerpt": more.pop("excerpt", "")}
        count = self.con.execute("SELECT count(*) FROM events").fetchone()[0]
        return insert(
            self.con, "events", uid=f"evt_{count + 1:032x}", type=kind, at=minute(at), article_id=article_id,
            url=self.about["url"], verdict=verdict, data=json_of(data), routed_at=minute(at), **more,
        )  # fmt: skip


def _revision_row(number: int, wanted: dict[str, Any], before: Article, after: Article) -> dict[str, Any]:
    change, stand = compare(before, after), after.stand
    first = number == 1
    return {
        "number": number,
        "kind": "first" if first else "changed",
        "seen_at": minute(wanted["at"]),
        "not_before": minute(wanted["not_before"]) if "not_before" in wanted else None,
        "not_after": minute(wanted["at"]),
        "topline": after.topline,
        "headline": after.headline,
        "standfirst": after.standfirst,
        "authors": json_of(after.authors),
        "notes": json_of(after.notes),
        "language": after.language,
        "read_with": after.read_with,
        "stand_at": text_of(stand.covers.start) if stand and stand.covers else None,
        "stand_raw": stand.raw if stand else "",
        "words": word_count(after),
        "words_added": 0 if first else change.words_added,
        "words_removed": 0 if first else change.words_removed,
        "excerpt": "" if first else excerpt(change),
        "stand_only": int(not change.text_changed),
        "clocks_before": clocks_to_json(before.clocks),
        "fingerprint": fingerprint(after),
        "page_sha256": hashlib.sha256(served_page(wanted)).hexdigest(),
        "previous_hash": "0" * 64,
        "hash": hashlib.sha256(repr(after).encode()).hexdigest(),
    }


def _parts(con: sqlite3.Connection, revision_id: int, reading: Article) -> None:
    for position, block in enumerate(reading.blocks):
        digest = hashlib.sha256(block.text.encode()).digest()
        con.execute("INSERT INTO blocks (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING", [digest, block.text])
        con.execute(
            "INSERT INTO revision_blocks (revision_id, position, kept_kind, block_id)"
            " SELECT ?, ?, ?, id FROM blocks WHERE sha256 = ?",
            [revision_id, position, block.kind, digest],
        )
    for position, image in enumerate(reading.images):
        con.execute(
            "INSERT INTO revision_images VALUES (?, ?, ?, ?, ?, ?)",
            [revision_id, position, image.url, image.alt, image.caption, image.credit],
        )
    insert_clocks(con, revision_id, reading.clocks)


def insert_clocks(con: sqlite3.Connection, revision_id: int, clocks: Iterable[Clock]) -> None:
    """The clocks of a version."""
    rows = [(revision_id, position, *clock_columns(clock)) for position, clock in enumerate(clocks)]
    con.executemany(
        "INSERT INTO revision_clocks (revision_id, position, kept_kind, starts, lasts, again_at, raw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


if __name__ == "__main__":
    build(Path(sys.argv[1]))
