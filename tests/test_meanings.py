"""What edits mean is kept with them, is told, and goes when what we say of them says that they are none."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from changes.meaning import BY_ITSELF, MEANING_VERSION, NOT_WEIGHED, edit_meaning
from db.store.meanings import keep_meaning, readings, to_weigh
from tests.product import Inside, Product
from tests.site import Site
from tests.web_sample import build
from tests.web_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT = "SELECT severity, because, meaning_version FROM edits"
RULED = """
INSERT INTO rulings (revision_id, kept_at, verdict, rule, rule_version, settled, kept_not_after, evidence,
    previous_hash, hash)
VALUES (?, '2026-11-24T12:00:00.000000+00:00', ?, 1, 3, 1, '2026-11-24T12:00:00.000000+00:00', '[]', '', '')
"""


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product that saw one edit: "Nummer 1" became "Nummer 2"."""
    with Site(2) as site:
        made = Inside(tmp_path, Tagblatt=site.feed)
        made.once()
        site.edit(1)
        made.once()
        yield made


@pytest.fixture
def con(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    build(tmp_path / "n.db")
    with closing(sqlite3.connect(tmp_path / "n.db")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_an_edit_is_kept_and_told_with_its_weight_and_tags(product: Product) -> None:
    (kept,) = product.query(KEPT)
    assert (kept["severity"], kept["meaning_version"]) == ("high", MEANING_VERSION)
    assert kept["because"] == "number changed in a sentence that stood (1 → 2)"
    (tag,) = product.query("SELECT kind, words FROM edit_tags")
    assert (tag["kind"], json.loads(tag["words"])) == ("number", [["1", "2"]])
    (told,) = [event for event in product.events() if event["type"] == "article.changed"]
    assert (told["severity"], told["tags"]) == ("high", ["number"])
    (found,) = [event for event in product.events() if event["type"] == "article.discovered"][:1]
    assert (found["severity"], found["tags"]) == (None, [])


def test_edits_that_older_rules_weighed_are_weighed_again(product: Product) -> None:
    before = product.query(KEPT)
    with closing(sqlite3.connect(product.folder / "n.db")) as connection, connection:
        connection.execute("UPDATE edits SET severity = 'low', because = '', meaning_version = 0")
        connection.execute("DELETE FROM edit_tags")
    assert product.run("rejudge").stdout.endswith("1 edit weighed again\n")
    assert product.query(KEPT) == before
    assert len(product.query("SELECT 1 FROM edit_tags")) == 1
    assert "weighed" not in product.run("rejudge").stdout


@pytest.mark.parametrize("verdict", sorted(NOT_WEIGHED))
def test_what_is_no_edit_after_all_loses_its_weight(con: sqlite3.Connection, verdict: str) -> None:
    con.execute(RULED, [2, verdict])
    row = con.execute("SELECT * FROM edits WHERE revision_id = 2").fetchone()
    assert (row["verdict"], row["severity"], row["because"]) == (verdict, "", "")
    assert con.execute("SELECT count(*) FROM edit_tags WHERE revision_id = 2").fetchone()[0] == 0


def test_another_ruling_leaves_the_weight_alone(con: sqlite3.Connection) -> None:
    con.execute(RULED, [2, "minor"])
    row = con.execute("SELECT * FROM edits WHERE revision_id = 2").fetchone()
    assert (row["verdict"], row["severity"]) == ("minor", "high")
    assert con.execute("SELECT verdict FROM changes WHERE revision_id = 2").fetchone()["verdict"] == "minor"


def test_what_pages_change_by_themselves_weighs_little(con: sqlite3.Connection) -> None:
    """Also where the ruling comes to say so, or no longer says so, after the edit was weighed."""
    before = con.execute("SELECT severity, because FROM edits WHERE revision_id = 2").fetchone()
    assert before["severity"] == "high"
    for verdict, kept in (("automatic", ("low", BY_ITSELF)), ("unmarked", tuple(before))):
        con.execute(RULED, [2, verdict])
        assert to_weigh(con) == [2]
        keep_meaning(con, 2, edit_meaning(*readings(con, 2)))
        assert tuple(con.execute("SELECT severity, because FROM edits WHERE revision_id = 2").fetchone()) == kept
        assert to_weigh(con) == []
    assert con.execute("SELECT count(*) FROM edit_tags WHERE revision_id = 2").fetchone()[0] > 0


async def test_the_page_says_why_that_weighs_little(con: sqlite3.Connection, tmp_path: Path) -> None:
    con.execute(RULED, [2, "automatic"])
    con.commit()
    with serving(tmp_path / "n.db") as web:
        told = (await web.client.get("/-/compare/1/2.json")).json()["meaning"]
    assert (told["severity"], told["because"]) == ("low", BY_ITSELF)


def test_a_correction_is_linked_to_the_edit_that_it_explains(con: sqlite3.Connection) -> None:
    """ "Rund 350" came with version 2; the notice of version 4 takes it back in the same edit that puts it right."""
    row = con.execute("SELECT explains_id FROM edits WHERE revision_id = 4").fetchone()
    assert row["explains_id"] == 4
    assert con.execute("SELECT count(*) FROM edits WHERE explains_id IS NOT NULL").fetchone()[0] == 1
