"""Ruling on all edits again, as after an upgrade with another table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.product import Inside, Product
from tests.site import PAGE, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDER_TABLE = "UPDATE rulings SET verdict = 'unmarked', rule = 22, rule_version = 1 WHERE verdict = 'announced'"
# As rules kept it for which a notice of several sentences explained itself.
OLDER_LINKS = (
    "UPDATE edits SET explains_id = revision_id, meaning_version = 1 WHERE explains_id IS NOT NULL",
    "UPDATE rulings SET verdict = 'unmarked', rule = 22, rule_version = 1 WHERE verdict = 'disclosed_late'",
)
NOTICE = "Korrektur: Hier hieß es zunächst, dies sei Fassung Nummer 1. Richtig ist Nummer 2; wir hatten uns verzählt."


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with Site(3) as site:
        made = Inside(tmp_path, Tagblatt=site.feed)
        made.once()
        site.edit(1)
        made.once()
        site.edit(2, stamp=False)
        site.edit(2, stamp=False)
        made.once()
        yield made


def test_rulings_that_the_table_makes_again_stay(product: Product) -> None:
    assert product.run("rejudge").stdout == "2 edits ruled on again, all as before\n"
    assert len(product.query("SELECT id FROM rulings")) == 2


@pytest.mark.parametrize(("options", "told"), [((), 0), (("--tell",), 1)])
def test_a_ruling_of_an_older_table_is_replaced(product: Product, options: tuple[str, ...], told: int) -> None:
    with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
        con.execute(OLDER_TABLE)
    done = product.run("rejudge", *options)
    assert done.stdout == "2 edits ruled on again, 1 of them otherwise\n  unmarked → announced: 1\n"
    assert ("nobody was told" in done.stderr) == (not told)
    (ruled,) = product.query("SELECT verdict FROM rulings WHERE supersedes IS NOT NULL")
    assert ruled["verdict"] == "announced"
    assert len([event for event in product.events() if event["type"] == "article.ruled"]) == told
    assert product.run("rejudge").stdout == "2 edits ruled on again, all as before\n"


def test_what_the_outlet_usually_does_is_counted_anew(product: Product) -> None:
    """As a program counted for which every edit that a notice tells of had moved the Stand."""
    counted = product.query("SELECT edits, edits_stand_moved FROM sources ORDER BY id")
    with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
        con.execute("UPDATE sources SET edits = 31, edits_stand_moved = 31")
    product.run("rejudge")
    assert product.query("SELECT edits, edits_stand_moved FROM sources ORDER BY id") == counted


def test_an_edit_is_ruled_on_by_the_notice_that_names_it_though_older_rules_kept_no_link(tmp_path: Path) -> None:
    with Site(1) as site:
        made = Inside(tmp_path, Tagblatt=site.feed)
        made.once()
        site.edit(1, stamp=False)
        made.once()
        site.stories[1].design = PAGE.replace("</article>", f"<p>{NOTICE}</p></article>")
        made.once()
        with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
            for statement in OLDER_LINKS:
                assert con.execute(statement).rowcount == 1
        assert made.run("rejudge").stdout == (
            "2 edits ruled on again, 1 of them otherwise\n  unmarked → disclosed_late: 1\n1 edit weighed again\n"
        )
        links = made.query("SELECT revision_id, explains_id, verdict FROM edits ORDER BY revision_id")
        assert [tuple(row.values()) for row in links] == [(2, None, "disclosed_late"), (3, 2, "disclosed")]
