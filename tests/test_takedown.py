"""An article is taken down: none of its words is left in the file, and everything else still stands."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.store import chain, people
from db.store.articles import due_articles
from db.store.connection import Store
from db.store.deliveries import Wanted, configure, due_deliveries
from db.store.routings import due_events, record_routings
from db.store.rulings import settled_revisions
from db.store.takedown import take_down
from db.work_alerts import Recipient, Routing
from schedules.alert import Style, alert
from tests.host import HOST, URLS, Host
from tests.product import Inside, Product
from tests.site import Site
from tests.web_sample import build
from tests.web_server import html, plain, serving
from tests.world import AT_ONCE, OLD, SILENT, START, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = "https://zeitung.example/b"
SHOWN = """
SELECT block_id, article_id, min(id) AS first_id, max(id) AS last_id
FROM revision_blocks JOIN revisions ON id = revision_id GROUP BY 1, 2 ORDER BY 1, 2
"""
HELD = "Vier Boote liegen noch im Hafen."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An article with an edit of its own, and another one that shares a paragraph with it."""
    made = World(tmp_path / "nachtrag.db", AT_ONCE)
    made.poll(URL)
    made.look(**{**OLD, "text": f"Fünf Tote im Moorgraben.\n{HELD}", "headline": "Unglück am Moorgraben"})
    made.wait(hours=1)
    made.look(**{**SILENT, "text": f"Sieben Tote im Moorgraben.\n{HELD}", "headline": "Unglück am Moorgraben"})
    yield made
    made.store.close()


def everything(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as con:
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def test_no_word_is_left_and_the_rest_stands(world: World, tmp_path: Path) -> None:
    path = tmp_path / "nachtrag.db"
    before = world.store.read(lambda con: [tuple(row) for row in con.execute("SELECT hash, seen_at FROM revisions")])
    rulings = world.store.read(lambda con: con.execute("SELECT count(*) FROM rulings").fetchone()[0])
    quoting = "UPDATE observations SET error = 'the page ''Unglück am Moorgraben'' asks us to log in'"
    world.store.call(lambda con: con.execute(quoting))  # as earlier versions said it
    assert b"Moorgraben" in everything(path)
    assert b"moorgraben" in everything(path)  # the search index
    done = world.store.call(take_down, URL, world.now)
    assert (done.url, done.versions, done.pages, done.shared) == (URL, 2, 2, ())
    kept = everything(path)
    assert b"oorgraben" not in kept
    assert "Fünf".encode() not in kept
    after = world.store.read(lambda con: [tuple(row) for row in con.execute("SELECT hash, seen_at FROM revisions")])
    assert after == before
    assert world.store.read(lambda con: con.execute("SELECT count(*) FROM rulings").fetchone()[0]) == rulings
    assert world.store.read(chain.faults) == []
    assert world.store.read(settled_revisions) == []


def test_what_those_who_run_it_were_told_loses_its_words(tmp_path: Path) -> None:
    """Also what waits for an endpoint, and what earlier versions kept."""
    path = tmp_path / "nachtrag.db"
    host = Host(path, pages=[{"headline": f"Unglück am {number}. Moorgraben"} for number in range(8)])
    host.world.store.call(configure, [Wanted("ops", "webhook", "https://o.example/", "", ("operations.*",))], START)
    for number in range(8):
        host.look(number, headline=f"Plus Unglück am {number}. Moorgraben")
    for kind, about in (("article_unreadable", URLS[0]), ("site_text", HOST)):  # as earlier versions kept it
        host.world.store.call(
            lambda con, *said: con.execute(
                """INSERT INTO events (uid, type, at, url, verdict, data)
                   VALUES (?1, 'operations.' || ?1, '2026', ?2, '', '{"message": "''Unglück am 0. Moorgraben''"}')""",
                said,
            ),
            kind,
            about,
        )
    assert "oorgraben" in told_of_operations(host)
    for url in URLS:
        host.world.store.call(take_down, url, host.world.now)
    told = told_of_operations(host)
    assert json.loads(told)["data"]["values"] == {"host": HOST, "excerpt": ""}
    assert "'(erased by us)'; a profile can leave it out" in told
    assert alert(told, Style("de"), 3_000, START).text.endswith("was keine Änderung an ihnen ist. (von uns gelöscht)")
    kept = host.world.rows("SELECT data ->> 'message' AS said FROM events WHERE type GLOB 'operations.*' ORDER BY id")
    assert [row["said"] for row in kept[1:]] == ["(erased by us)"] * 2
    assert b"oorgraben" not in everything(path)
    host.world.store.close()


def told_of_operations(host: Host) -> str:
    """What an endpoint is sent next."""
    for due in host.world.store.call(due_events, 100):
        told = (Recipient("ops"),) if due.news.type.startswith("operations.") else ()
        host.world.store.call(record_routings, [Routing(due.id, host.world.now, told)])
    host.world.wait(hours=1)  # what was handed out before is handed out again
    (item,) = host.world.store.call(due_deliveries, host.world.now, 100)
    return item.body


def test_a_look_that_was_on_its_way_brings_nothing_back(world: World, tmp_path: Path) -> None:
    due = world.due()
    seen = world.seen(due, **{**SILENT, "text": "Acht Tote im Moorgraben."})
    world.store.call(take_down, URL, world.now)
    world.record(due, seen)
    assert b"oorgraben" not in everything(tmp_path / "nachtrag.db")
    row = world.store.read(lambda con: con.execute("SELECT next_visit_at FROM articles").fetchone())
    assert row["next_visit_at"] is None
    with pytest.raises(people.NotKnown, match="was taken down on 2026-11-24, and is not followed again"):
        world.store.call(people.add_by_hand, [URL], world.now)


def test_another_address_of_it_brings_nothing_back(world: World, tmp_path: Path) -> None:
    world.store.call(take_down, URL, world.now)
    world.poll(OTHER)
    (due,) = world.store.call(due_articles, world.now, 10)
    assert due.url == OTHER
    world.record(due, world.seen(due, url=URL, **{**SILENT, "text": "Acht Tote im Moorgraben."}))
    assert b"oorgraben" not in everything(tmp_path / "nachtrag.db")
    rows = world.rows("SELECT state, next_visit_at FROM articles ORDER BY id")
    assert [(row["state"], row["next_visit_at"]) for row in rows] == [("live", None), ("moved", None)]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with Site(3) as site:
        made = Inside(tmp_path, Tagblatt=site.feed)
        made.once()
        site.edit(1)
        made.once()
        yield made


def kept_of(folder: Path, words: str) -> list[str]:
    """The files of the database in which the words stand, as grep finds them."""
    return [path.name for path in sorted(folder.glob("n.db*")) if words.encode() in path.read_bytes()]


@pytest.mark.parametrize("reading", [False, True])
def test_what_was_erased_is_overwritten_or_it_is_said_that_it_is_not(product: Product, *, reading: bool) -> None:
    """As with `browse` beside it, which has the database open all the time, and sometimes reads."""
    folder = product.folder
    (row, *_) = product.query("SELECT a.url, r.headline FROM articles a JOIN revisions r ON r.article_id = a.id")
    url, words = row["url"], row["headline"]
    with closing(sqlite3.connect(folder / "n.db", isolation_level=None)) as browse:
        browse.execute("BEGIN" if reading else "PRAGMA query_only = ON")
        browse.execute("SELECT count(*) FROM articles").fetchone()
        assert kept_of(folder, words) != []
        done = product.run("takedown", url, "--yes")
        assert bool(kept_of(folder, words)) == reading
        assert ("NOT YET OVERWRITTEN" in done.stderr) == reading
        if reading:
            browse.execute("COMMIT")
        with Store(folder / "n.db") as daemon:
            assert daemon.empty_log()
            assert kept_of(folder, words) == []


def test_paragraphs_of_others_stay_theirs(product: Product) -> None:
    first, other, _ = [row["url"] for row in product.query("SELECT url FROM articles ORDER BY id")]
    done = product.run("takedown", first, "--yes")
    assert done.stdout.splitlines()[0] == f"{first}: 2 versions and 2 raw pages erased"
    assert f"paragraphs that it shares with {other} stay there" in done.stdout
    assert "backups of before still have the words" in done.stderr
    texts = product.query("SELECT article_id, text FROM revision_texts ORDER BY revision_id")
    assert {row["article_id"]: "Gemeinderat" in row["text"] for row in texts} == {1: False, 2: True, 3: True}
    assert product.run("history", first).stdout.count("(erased by us)") == 2
    assert product.run("verify").stdout.startswith("ok: ")
    assert product.run("rejudge").stdout.startswith("0 edits")
    assert product.run("reread").stdout
    product.once()
    assert product.query("SELECT 1 FROM pages WHERE article_id = 1 AND body IS NOT NULL") == []


def test_it_asks_first(product: Product) -> None:
    assert (
        "Erase the words of"
        in product.run("takedown", product.query("SELECT url FROM articles")[0]["url"], expect=1).stderr
    )
    assert product.query("SELECT taken_down_at FROM articles WHERE id = 1")[0]["taken_down_at"] is None
    assert "neither a source" in product.run("takedown", "https://nichts.example/", "--yes", expect=1).stderr


async def test_its_pages_say_so(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    build(path)
    with closing(sqlite3.connect(path)) as con, con:
        con.row_factory = sqlite3.Row
        url = con.execute("SELECT url FROM articles WHERE id = 1").fetchone()["url"]
        take_down(con, url, START)
        con.execute("UPDATE deliveries SET state = 'withheld', error = 'x' WHERE state = 'dead'")
    with serving(path) as web:
        article = plain(await html(web, "/-/article/1"))
        assert "We erased our copies of it 24 Nov 2026, 12:00 UTC; hashes, times, Stands and rulings stay." in article
        assert "newsroom: not told: x" in article
        assert "We erased parts of our copies" in await html(web, "/-/compare/1/2")
        front = await html(web, "/?article=1")
        assert front.count('<article class="entry">') == 3
        assert plain(front).count("(erased by us)") == 3
        assert "Headline erased by us 24 Nov 2026, 12:00 UTC, Elbkurier" in await html(web, "/-/compare/1/2")
        for address in ("/?article=1", "/-/article/1", "/-/compare/1/2"):
            assert "(no headline)" not in await html(web, address)
        for address in ("/", "/-/article/1", "/-/compare/1/2", "/-/search?q=Damm", "/-/changes.atom"):
            assert "Terveen" not in await html(web, address)


def test_words_that_were_taken_down_are_whole_where_they_are_published_later(world: World, tmp_path: Path) -> None:
    """Also where a second article with them is taken down in between."""
    for url in (URL, OTHER, f"{OTHER}2"):
        if url != URL:
            world.store.call(lambda con, url=url: con.execute("UPDATE articles SET paused = 1 WHERE url != ?", [url]))
            world.poll(url)
            world.look(**{**OLD, "text": f"Hier ganz neu.|{HELD}"}, lives_at=url)
            found = world.rows(
                """SELECT b.text FROM revision_blocks rb JOIN blocks b ON b.id = rb.block_id
                   JOIN revisions r ON r.id = rb.revision_id WHERE r.url = ? ORDER BY rb.position""",
                url,
            )
            assert [row["text"] for row in found] == ["Hier ganz neu.", HELD]
        world.store.call(take_down, url, world.now)
        assert HELD.encode() not in everything(tmp_path / "nachtrag.db")
        assert world.rows("SELECT * FROM block_articles ORDER BY 1, 2") == world.rows(SHOWN)
    assert world.store.read(chain.faults) == []
