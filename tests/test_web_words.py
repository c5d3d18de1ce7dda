"""No word of an article is anywhere that strangers can read, where only excerpts or figures are published.

A word of ours is put into every column of text, wherever its content is not known to be no article's. So a table or
column that comes is taken to hold an article's words until it is closed, or named here.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from datasette.utils import tilde_encode
from sqlite_utils import Database

from changes.ruling import QUOTING
from db.data_model import tables
from db.migrations import migrate, migrations
from db.publish import CLOSED
from tests.web_sample import LOOK, build, insert
from tests.web_server import EXPORTS, PAGES, serving

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

    from db.data_model import Relation
    from db.publish import Publish

# Put into headlines, and into all else that a page or its readers wrote.
HEADLINE, WORD = "Zwiebelturm", "Quastenflosser"
HEADLINES = {"revisions.topline", "revisions.headline", "listings.title"}
# Instants, codes and names that we give, addresses, validators and hashes, whatever table they are in …
NO_WORDS = re.compile(
    r"(.+_)?at|(.+_)?(since|until)|month|(.+_)?url|host|kind|state|code|error_code|outcome|verdict|severity|absence|movement"
    r"|type|(.+_)?uid|key|read_with|etag|last_modified|(.+_)?(sha256|hash)|digest|fingerprint|not_before|not_after|missing_connection"
    r"|last_connection|(first|last)_headers|endpoint|listed|machines|language|lost|ended_by|hub|topic|asked|day|quiet"
)
# … and in these: what we or those who run it wrote, what an outlet sent us, and stamps as printed, which are published.
OURS = {
    "meta.value", "sources.name", "sources.error", "sources.links", "sources.parts", "sources.cron",
    "hosts.robots_body",
    "articles.error", "articles.warning", "articles.clocks", "observations.error", "endpoints.name",
    "endpoints.events", "endpoints.error", "endpoints.let_through",
    "deliveries.error", "subscriptions.error", "departures.cite",
    "learned.name",
    "learned.value", "replies.author", "replies.text", "replies.link", "revisions.stand_raw", "revisions.clocks_before",
    "revision_clocks.raw", "listings.clocks", "pages.headers", "outside_clocks.raw", "remarks.text",
}  # fmt: skip
# What these events tell is put in our words.
OWN_WORDS = ("comments", "returned", "moved", "succeeded_by", "removed_before_expected")
EXTRA = (
    "/-/changes.atom", "/-/search?q=Dammbruch", "/-/search?q=Wetterdienst", "/-/compare/2/3", "/-/compare/3/4",
    "/-/article/5", "/-/article/4",
)  # fmt: skip


def is_words(table: Relation, column: str) -> bool:
    return NO_WORDS.fullmatch(column) is None and f"{table.name}.{column}" not in OURS


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, every table with a row at least, with the words in it."""
    path = tmp_path_factory.mktemp("words") / "nachtrag.db"
    build(path)
    with closing(sqlite3.connect(path)) as con, con:
        con.create_function("marked", 2, planted, deterministic=True)
        for table in tables():
            if con.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] == 0:
                fill(con, table)
            for column in table.columns:
                if column.type == "TEXT" and is_words(table, column.name):
                    word = HEADLINE if f"{table.name}.{column.name}" in HEADLINES else WORD
                    where = f" WHERE verdict NOT IN {OWN_WORDS}" if table.name == "events" else ""
                    con.execute(f"UPDATE {table.name} SET {column.name} = marked({column.name}, ?){where}", [word])
        con.execute("INSERT INTO revisions_fts (revisions_fts) VALUES ('rebuild')")
    return path


def fill(con: sqlite3.Connection, table: Relation) -> None:
    """A row in a table of which the sample has none."""
    columns = con.execute(f"SELECT type FROM pragma_table_info('{table.name}')")  # none that follow from others
    values = [{"TEXT": "2026-11-24", "BLOB": b"1"}.get(column[0], 1) for column in columns]
    con.execute(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(values))})", values)


def planted(value: str | None, word: str) -> str | None:
    """The word behind the text, or in JSON behind the last text of each list; in events in what they tell."""
    if value is None:
        return None
    try:
        return json.dumps(_planted(json.loads(value), word))
    except ValueError:
        return f"{value} {word}"


def _planted(value: Any, word: str) -> Any:
    if isinstance(value, dict):
        return {**value, "headline": word, "excerpt": f"{value.get('excerpt')} {word}"}
    if isinstance(value, list) and value and isinstance(value[0], list):
        if any(pair[0] == "Stand before" for pair in value):  # the evidence of a ruling
            return [*value, *([name, word] for name in QUOTING)]
        return [[*inner[:-1], f"{inner[-1]} {word}"] for inner in value]
    if isinstance(value, list):
        return [*value, word]
    raise ValueError(f"{value!r} is a text that looks like JSON")


async def ours(web: Datasette) -> dict[str, str]:
    """Every page of ours, for people and for programs."""
    return {address: await asked(web, address) for address in (*PAGES, *EXTRA, *EXPORTS)}


async def datasettes(web: Datasette, path: Path) -> dict[str, str]:
    """What Datasette shows of every table, index and view: lists, rows, labels, facets."""
    with closing(sqlite3.connect(path)) as con:
        names = [row[0] for row in con.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        keys = {name: first_key(con, name) for name in names}
    found = {}
    for name in names:
        table = f"/nachtrag/{name}"
        found[name] = rows = await asked(web, f"{table}.json?_shape=array&_size=max&_labels=on")
        columns = json.loads(rows)[0] if rows.startswith("[{") else ()
        facets = urlencode([("_facet", column) for column in columns])
        row = f"/{keys[name]}" if keys[name] else "?_size=1"
        for way in (f"?_size=max&{facets}", row, ".csv?_labels=on&_size=max"):
            found[table + way] = await asked(web, table + way)
    return found


def first_key(con: sqlite3.Connection, name: str) -> str:
    """The first row of a table, as Datasette names it; empty where there is none."""
    keys = [row[1] for row in con.execute(f"PRAGMA table_info({name})") if row[5]]
    row = con.execute(f"SELECT {', '.join(keys)} FROM {name} LIMIT 1").fetchone() if keys else None
    return ",".join(tilde_encode(str(value)) for value in row or ())


async def asked(web: Datasette, address: str) -> str:
    """The answer; nothing where there is none."""
    answer = await web.client.get(address)
    assert answer.status_code < 500, (address, answer.text[:300])
    return answer.text if answer.status_code == 200 else ""


@pytest.mark.no_cover
@pytest.mark.parametrize("publish", ["excerpts", "metrics"])
async def test_no_word_of_an_article_leaks(marked: Path, publish: Publish) -> None:
    hidden = (WORD,) if publish == "excerpts" else (WORD, HEADLINE)
    with serving(marked, publish=publish) as web:
        shown = await datasettes(web, marked)
        if publish == "metrics":  # of excerpts, what changed is there to be read: test_web_publishing.py
            shown |= await ours(web)
    assert sum(bool(text) for text in shown.values()) > 80
    assert [address for address, text in shown.items() if any(word in text for word in hidden)] == []


@pytest.mark.no_cover
async def test_where_all_is_published_the_words_are_there(marked: Path) -> None:
    """The check above would see them."""
    with serving(marked, publish="full") as web:
        shown = await datasettes(web, marked)
    marked_ones = {
        table.name
        for table in tables()
        if any(column.type == "TEXT" and is_words(table, column.name) for column in table.columns)
    }
    assert {"blocks", "revisions", "revision_images", "edit_tags", "comments"} <= marked_ones
    without = {name for name in marked_ones if not (WORD in shown[name] or HEADLINE in shown[name])}
    assert without == {"comments"}  # what readers wrote is shown to nobody


@pytest.mark.parametrize("publish", ["excerpts", "metrics"])
async def test_no_open_table_is_narrowed_by_words_of_closed_ones(marked: Path, publish: Publish) -> None:
    """Whoever guesses a text must not be told that it is there."""
    with serving(marked, publish=publish) as web:
        for table in CLOSED[publish]:
            through = json.dumps({"table": table, "column": "rowid", "value": "1"})
            answer = await web.client.get("/nachtrag/articles.json", params={"_through": through})
            assert answer.status_code in (400, 403), table


def test_faults_of_earlier_versions_lose_the_words(tmp_path: Path) -> None:
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m026_faults_without_words")
    faults = {
        "no_text": "https://a.example/1: no text was found under the headline 'Größe'",
        "paywall": 'https://a.example/1: "Tim\'s Turm" sells a subscription in place of the article',
        "consent_wall": "https://a.example/1: led to the consent page https://b.example/",
        "timeout": "https://a.example/1: no answer ('late')",
    }
    for code, said in faults.items():
        insert(db.conn, "observations", article_id=1, outcome="failed", first_at="", last_at="", count=1,
               **{**LOOK, "error_code": code, "error": said})  # fmt: skip
    db.conn.commit()
    migrate(db)
    kept = [row[0] for row in db.execute("SELECT error FROM observations ORDER BY id")]
    assert kept == ["", "", faults["consent_wall"], faults["timeout"]]
    db.close()
