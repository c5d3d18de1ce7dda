"""Copies of the database, made while it runs."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from db.store import chain, people
from db.store.connection import Store
from tests.world import OLD, URL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.world import World


def test_a_backup_of_a_running_database_is_whole(world: World, tmp_path: Path) -> None:
    world.poll(URL)
    world.look(**OLD)
    target = tmp_path / "backup.db"
    people.backup(world.store.path, target)
    with Store(target) as copy:
        assert copy.call(chain.faults) == []
        assert copy.call(people.status)["revisions"] == 1
    with pytest.raises(FileExistsError, match=r"backup\.db"):
        people.backup(world.store.path, target)


def test_of_a_backup_that_fails_nothing_is_left(world: World, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"no database" * 500)
    with pytest.raises(sqlite3.DatabaseError):
        people.backup(tmp_path / "no.db", tmp_path / "backup.db")
    with pytest.raises(sqlite3.OperationalError):
        people.backup(tmp_path / "missing.db", tmp_path / "backup.db")
    assert not list(tmp_path.glob("backup*"))
    people.backup(world.store.path, tmp_path / "backup.db")
    assert [file.name for file in tmp_path.glob("backup*")] == ["backup.db"]
    assert (tmp_path / "backup.db").stat().st_mode & 0o777 == 0o600


def test_a_backup_goes_to_and_comes_from_any_path(world: World, tmp_path: Path) -> None:
    world.poll(URL)
    world.look(**OLD)
    folder = tmp_path / "Recherche #1? 50%20"
    folder.mkdir()
    people.backup(world.store.path, folder / "there.db")
    people.backup(folder / "there.db", tmp_path / "back.db")
    with Store(tmp_path / "back.db") as copy:
        assert copy.call(people.status)["revisions"] == 1
    assert {file.name for file in tmp_path.iterdir() if file.name.startswith("Recherche")} == {folder.name}
