"""Ruling on all edits again, as after an upgrade with another table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.product import Inside, Product
from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDER_TABLE = "UPDATE rulings SET verdict = 'unmarked', rule = 22, rule_version = 1 WHERE verdict = 'announced'"


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
