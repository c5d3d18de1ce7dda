"""`nachtrag verify FILE`: another file than the configuration names, a backup or a copy to try an upgrade on."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.product import Product
from tests.trials.restore import SCHEMAS, made

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of an earlier version, with five versions and their events."""
    file = tmp_path_factory.mktemp("earlier") / "earlier.db"
    made(SCHEMAS / "steps-30.sql", file)
    return file


def test_a_copy_is_brought_forward_and_checked_and_the_database_left_alone(earlier: Path, tmp_path: Path) -> None:
    product, trial = Product(tmp_path), tmp_path / "trial.db"
    shutil.copy(earlier, tmp_path / "n.db")
    shutil.copy(earlier, trial)
    before = (tmp_path / "n.db").read_bytes()
    assert product.run("verify", str(trial)).stdout.startswith("ok: 5 revisions, ")
    assert (tmp_path / "n.db").read_bytes() == before
    assert trial.read_bytes() != before


def test_a_damaged_copy_is_told_by_its_faults(earlier: Path, tmp_path: Path) -> None:
    product, trial = Product(tmp_path), tmp_path / "trial.db"
    shutil.copy(earlier, trial)
    with closing(sqlite3.connect(trial)) as con, con:
        con.execute("UPDATE revisions SET headline = 'another' WHERE id = (SELECT max(id) FROM revisions)")
    told = product.run("verify", str(trial), expect=1).stdout
    assert told == "revisions row 5: its content is not what was recorded\n"


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    told = Product(tmp_path).run("verify", str(tmp_path / "nothing.db"), expect=1).stderr
    assert told == f"nachtrag: {tmp_path}/nothing.db: there is no database to verify\n"
    assert not (tmp_path / "nothing.db").exists()
