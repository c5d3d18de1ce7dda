"""The views say what the tables hold, are made anew when their text changes, and stay quick with many versions."""

from __future__ import annotations

import sqlite3
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from db.data_model import views
from db.migrations import migrate
from db.views import create_views, name_of
from db.web.entries import changes_sql, values_of
from db.web.wanted import wanted
from tests.web_sample import EDITS, build, minute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAMES = tuple(view.name for view in views())


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The sample, to read only."""
    path = tmp_path_factory.mktemp("views") / "nachtrag.db"
    build(path)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def plan(con: sqlite3.Connection, sql: str, values: Mapping[str, object] = MappingProxyType({})) -> list[str]:
    """How SQLite would read it."""
    return [row["detail"] for row in con.execute(f"EXPLAIN QUERY PLAN {sql}", {**values})]


def schema_version(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute("PRAGMA schema_version").fetchone()[0])


def test_a_file_that_has_the_views_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "nachtrag.db"
    for _ in range(2):
        db = Database(path)
        migrate(db)
        create_views(db)
        db.close()
    before = schema_version(path)
    db = Database(path)
    create_views(db)
    db.close()
    assert schema_version(path) == before


def test_a_view_of_an_earlier_version_is_replaced_and_others_stay(tmp_path: Path) -> None:
    db = Database(tmp_path / "nachtrag.db")
    migrate(db)
    create_views(db)
    db.execute("DROP VIEW outlets")
    db.execute("CREATE VIEW outlets AS SELECT 1 AS one")
    db.execute("CREATE VIEW somebodys_own AS SELECT 2 AS two")
    create_views(db)
    assert "source" in [column[1] for column in db.execute("PRAGMA table_info(outlets)")]
    assert set(db.view_names()) == {*NAMES, "somebodys_own"}
    db.close()


def test_nothing_is_dropped_if_one_view_cannot_be_made(tmp_path: Path) -> None:
    db = Database(tmp_path / "nachtrag.db")
    migrate(db)
    create_views(db)
    db.execute("DROP VIEW outlets")
    db.execute("CREATE TABLE outlets (x)")
    with pytest.raises(sqlite3.OperationalError, match="outlets"):
        create_views(db)
    assert "changes" in db.view_names()
    db.close()


def test_a_statement_that_creates_no_view_is_named() -> None:
    with pytest.raises(ValueError, match=r"db/views\.py: this statement creates no view: SELECT 1"):
        name_of("SELECT 1")


@pytest.mark.parametrize("name", NAMES)
def test_every_view_can_be_read(con: sqlite3.Connection, name: str) -> None:
    con.execute(f"SELECT * FROM {name}").fetchall()


def test_changes_give_the_newest_ruling(con: sqlite3.Connection) -> None:
    row = con.execute("SELECT * FROM changes WHERE number = 3 AND article_id = 1").fetchone()
    assert (row["verdict"], row["settled"], row["ruled_at"]) == ("unmarked", 1, minute(131 + 72))
    assert (row["before_id"], row["stand_before"], row["stand_after"]) == (2, *["Stand: 24.11.2026 07:40 Uhr"] * 2)
    assert {verdict for (verdict,) in con.execute("SELECT verdict FROM changes")} == set(EDITS)


def test_rulings_now_gives_one_ruling_for_a_version(con: sqlite3.Connection) -> None:
    rows = con.execute("SELECT revision_id, verdict FROM rulings_now").fetchall()
    assert len(rows) == len({row["revision_id"] for row in rows})
    assert con.execute("SELECT verdict FROM rulings_now WHERE revision_id = 3").fetchone()["verdict"] == "unmarked"


def test_the_whole_text_stands_in_order(con: sqlite3.Connection) -> None:
    text = con.execute("SELECT text FROM revision_texts WHERE revision_id = 1").fetchone()["text"]
    paragraphs = text.split("\n\n")
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("Nach tagelangem Regen")
    assert paragraphs[2] == "Pegel steigt weiter"
    assert paragraphs[-1].startswith("Für die Region")


def test_looks_are_counted_with_their_longest_gap(con: sqlite3.Connection) -> None:
    row = con.execute("SELECT * FROM revision_looks WHERE revision_id = 4").fetchone()
    assert (row["looks"], row["longest_gap_seconds"], row["connections"]) == (415, 1860.0, 10)
    assert (row["first_at"], row["last_at"]) == (minute(305), minute(515))


def test_clock_moves_name_the_clocks_that_moved(con: sqlite3.Connection) -> None:
    rows = con.execute("SELECT clock, before, after FROM clock_moves WHERE revision_id = 3").fetchall()
    assert [tuple(row) for row in rows] == [("modified_ld", "2026-11-24T07:40:32+01:00", "2026-11-24T09:04:51+01:00")]


def test_comment_moves_give_the_difference(con: sqlite3.Connection) -> None:
    rows = con.execute("SELECT count, difference FROM comment_moves WHERE article_id = 1 ORDER BY at").fetchall()
    assert [tuple(row) for row in rows][:2] == [(0, None), (14, 14)]
    assert (118, -204) in [tuple(row) for row in rows]


def test_outlets_say_how_often_the_stand_moved(con: sqlite3.Connection) -> None:
    row = con.execute("SELECT * FROM outlets WHERE source = 'Elbkurier'").fetchone()
    assert (row["edits"], row["edits_stand_moved"], row["percent"]) == (41, 3, 7.0)
    assert con.execute("SELECT gone FROM outlets WHERE source = 'Harbour Post'").fetchone()["gone"] == 1
    assert con.execute("SELECT percent FROM outlets WHERE source = 'by hand'").fetchone()["percent"] is None


def test_what_fails_and_what_does_not_arrive_is_listed(con: sqlite3.Connection) -> None:
    assert [row["error_code"] for row in con.execute("SELECT error_code FROM failing")] == ["consent_wall"]
    assert {row["state"] for row in con.execute("SELECT state FROM undelivered")} == {"pending", "dead"}


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "edits_seen"),
        ({"verdict": "minor"}, "edits_verdict"),
        ({"source": "2"}, "edits_source"),
        ({"source": "2", "verdict": "minor"}, "edits_source_verdict"),
        ({"severity": "medium"}, "edits_seen"),
        ({"severity": "high"}, "edits_severity"),
        ({"tag": "number"}, "PRIMARY KEY (kind=?"),
        ({"tag": "number", "severity": "high", "source": "2"}, "PRIMARY KEY (kind=?"),
        ({"words": "30", "since": "2026-11-01", "until": "2026-11-24"}, "edits_seen"),
    ],
)
def test_the_newest_changes_are_read_along_an_index(con: sqlite3.Connection, asked: dict[str, str], index: str) -> None:
    search, strange = wanted(asked)
    assert strange == ()
    steps = plan(con, changes_sql(search), values_of(search, "change"))
    lists = [step for step in steps if step.startswith(("SEARCH e USING INDEX", "SEARCH t "))]
    assert len(lists) == 1
    assert index in lists[0]
    assert not [
        step for step in steps if "TEMP B-TREE" in step or (step.startswith("SCAN ") and "json_each" not in step)
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM revision_texts WHERE revision_id = 3",
        "SELECT * FROM rulings_now WHERE revision_id = 3",
        "SELECT looks FROM revision_looks WHERE revision_id = 3",
        "SELECT * FROM clock_moves WHERE revision_id = 3",
        "SELECT * FROM comment_moves WHERE article_id = 3",
        "SELECT * FROM articles_now WHERE article_id = 3",
        "SELECT * FROM watching WHERE article_id = 3",
    ],
)
def test_one_row_of_a_view_needs_no_whole_table(con: sqlite3.Connection, sql: str) -> None:
    tables = {row["name"] for row in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    aliases = {"r", "a", "o", "g", "c", "rb", "n"}
    assert not [step for step in plan(con, sql) if step.startswith("SCAN ") and step.split()[1] in tables | aliases]
