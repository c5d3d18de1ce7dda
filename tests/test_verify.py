"""`nachtrag verify FILE`: another file than the configuration names, a backup or a copy to try an upgrade on."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.store import chain
from db.store.leases import at_work
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


def test_a_backup_is_brought_forward_and_checked_as_a_copy_and_left_as_it_is(earlier: Path, tmp_path: Path) -> None:
    product, backup = Product(tmp_path), tmp_path / "backups" / "before.db"
    backup.parent.mkdir()
    for file in (tmp_path / "n.db", backup):
        shutil.copy(earlier, file)
    before = backup.read_bytes()
    assert product.run("verify", str(backup)).stdout.startswith("ok: 5 revisions, ")
    assert (tmp_path / "n.db").read_bytes() == before
    assert backup.read_bytes() == before
    assert list(backup.parent.iterdir()) == [backup]


@pytest.mark.parametrize("verb", ["status", "events", "resume Tagblatt", "takedown https://a.example/ --yes"])
def test_no_verb_but_run_brings_a_database_forward(earlier: Path, tmp_path: Path, verb: str) -> None:
    product, file = Product(tmp_path), tmp_path / "n.db"
    shutil.copy(earlier, file)
    before = file.read_bytes()
    told = product.run(*verb.split(), expect=1).stderr
    remedy = "`nachtrag upgrade` brings it forward (docs/running.md, Upgrades)"
    assert told == f"nachtrag: {file}: cannot be used as Nachtrag's database: it is of an earlier version; {remedy}\n"
    assert product.run("verify").stdout.startswith("ok: 5 revisions, ")
    assert file.read_bytes() == before
    with at_work(file):
        assert "another process works on it" in product.run("upgrade", expect=1).stderr
    assert file.read_bytes() == before
    assert product.run("upgrade").stdout == f"{file}: is of this version now\n"
    assert product.run("upgrade").stdout == f"{file}: is of this version already\n"
    assert verb != "status" or "revisions" in product.run("status").stdout


def test_a_file_of_which_pages_are_damaged_is_told_in_lines_and_not_in_a_traceback(
    earlier: Path, tmp_path: Path
) -> None:
    product, backup = Product(tmp_path), tmp_path / "before.db"
    shutil.copy(earlier, tmp_path / "n.db")
    product.once()  # brings it to the newest schema
    product.run("backup", str(backup))
    spoil(backup, "blocks", "events")
    told = product.run("verify", str(backup), expect=1)
    assert "malformed" in told.stdout
    assert told.stderr == (
        f"nachtrag: {backup} is not as it was written: keep it, and go back to a backup"
        " (docs/running.md, Backup, and back)\n"
    )
    spoil(shutil.copy(earlier, backup), "articles")
    told = product.run("verify", str(backup), expect=1)
    assert told.stderr == (
        f"nachtrag: {backup}: cannot be used as Nachtrag's database: database disk image is malformed\n"
    )


def spoil(file: Path, *tables: str) -> None:
    """The first page of these is overwritten."""
    with closing(sqlite3.connect(file)) as con:
        size = con.execute("PRAGMA page_size").fetchone()[0]
        roots = [con.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [name]).fetchone() for name in tables]
    body = bytearray(file.read_bytes())
    for (page,) in roots:
        body[(page - 1) * size : (page - 1) * size + 1_000] = b"\xa5" * 1_000
    file.write_bytes(body)


def test_where_no_copy_can_be_made_that_is_said(tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("no database " * 1_000)
    told = Product(tmp_path).run("verify", str(letter), expect=1).stderr
    assert told == (f"nachtrag: {letter}: cannot be copied, beside itself, to be checked: file is not a database\n")


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


@pytest.mark.parametrize("tables", ["", "CREATE TABLE articles (id)"])
def test_a_file_in_which_there_is_nothing_is_no_backup(tables: str, tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    with closing(sqlite3.connect(file)) as con:
        con.executescript(tables)
    file.touch()
    told = Product(tmp_path).run("verify", str(file), expect=1).stderr
    assert told == (
        f"nachtrag: {file}: has no versions of articles, not even a table of them: it is no backup of Nachtrag's\n"
    )


def test_a_file_that_is_locked_is_none_that_is_damaged(earlier: Path, tmp_path: Path) -> None:
    file = tmp_path / "locked.db"
    shutil.copy(earlier, file)
    with closing(sqlite3.connect(file)) as holder, closing(sqlite3.connect(file, timeout=0)) as con:
        holder.execute("PRAGMA journal_mode = DELETE")  # in which who writes lets nobody read
        holder.execute("BEGIN EXCLUSIVE")
        con.row_factory = sqlite3.Row
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            chain.faults(con)
