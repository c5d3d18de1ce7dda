"""The documentation of the data is made of the schema's comments, and is complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.data_model import Relation, markdown, tables, views
from db.migrations import migrate
from db.views import create_views

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "data-model.md"
# Tables that SQLite, its full-text index and sqlite-utils keep for themselves.
NOT_OURS = ("sqlite_", "_sqlite_migrations", "blocks_fts", "revisions_fts")


@pytest.fixture(scope="module")
def database() -> Database:
    db = Database(memory=True)
    migrate(db)
    create_views(db)
    return db


def test_every_table_and_view_is_described(database: Database) -> None:
    real = {name for name in database.table_names() if not name.startswith(NOT_OURS)}
    assert {relation.name for relation in tables()} == real
    assert [relation.name for relation in views()] == database.view_names()


@pytest.mark.parametrize("relation", [*tables(), *views()], ids=lambda relation: relation.name)
def test_every_column_is_described(database: Database, relation: Relation) -> None:
    real = {row[1]: row[2] for row in database.execute(f"PRAGMA table_xinfo({relation.name})")}
    assert [column.name for column in relation.columns] == list(real)
    assert [column.type for column in relation.columns if column.type] in ([], list(real.values()))
    assert relation.comment.endswith(".")
    assert not [column.name for column in relation.columns if not column.comment]


def test_references_and_nulls_are_said() -> None:
    articles = next(relation for relation in tables() if relation.name == "articles")
    columns = {column.name: column for column in articles.columns}
    assert columns["source_id"].refers_to == "sources"
    assert (columns["comment_count"].may_be_null, columns["url"].may_be_null, columns["id"].may_be_null) == (
        True, False, False,
    )  # fmt: skip
    assert "| `source_id` | integer | the source that named it first (→ [sources](#sources)) |" in markdown()


def test_no_cell_breaks_its_row() -> None:
    rows = [line for line in markdown().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {3, 4}


def test_the_page_is_up_to_date() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "db.data_model"], check=True, capture_output=True, encoding="utf-8", cwd=ROOT
    )
    assert PAGE.read_text(encoding="utf-8") == printed.stdout == markdown(), "run `make docs`"
