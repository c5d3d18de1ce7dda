"""What a database holds, table by table, and what a step of db/migrations.py loses of it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from db.migrations import migrations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

Row = dict[str, Any]
Held = dict[str, list[Row]]

# What a step is meant to change: columns of a table. All else that was there must be there after it.
MEANT: dict[str, Collection[str]] = {"m045_pauses_cut": ("host_days.kept",)}
_NOTES = ("_sqlite_migrations", "sqlite_schema")  # of the steps themselves


def held(file: Path) -> Held:
    """All rows of all tables; of the search index not what it is made of."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as con:
        return _held(con)


def _held(con: sqlite3.Connection) -> Held:
    con.row_factory = sqlite3.Row
    tables = [row["name"] for row in con.execute("PRAGMA main.table_list") if row["type"] == "table"]
    return {
        name: [dict(row) for row in con.execute(f'SELECT * FROM "{name}"')] for name in tables if name not in _NOTES
    }


def lost(before: Held, after: Held, meant: Collection[str] = ()) -> Iterator[str]:
    """What is not there any more, or another; columns and tables may have come."""
    for table, rows in before.items():
        columns = [column for column in (rows or [{}])[0] if f"{table}.{column}" not in meant]
        then, now = (
            sorted(repr([row.get(column, "no such column") for column in columns]) for row in found)
            for found in (rows, after.get(table, []))
        )
        if then != now:
            yield f"{table}: {len(then)} rows, then {len(now)}; other are {_other(columns, rows, after.get(table, []))}"


def _other(columns: Collection[str], rows: Sequence[Row], others: Sequence[Row]) -> str:
    then, now = (
        {column: Counter(row.get(column, "") for row in found) for column in columns} for found in (rows, others)
    )
    return ", ".join(column for column in columns if then[column] != now[column]) or "rows as a whole"


def taken(file: Path) -> Iterator[str]:
    """Bring a file up to date step by step, and say what each loses."""
    with closing(sqlite3.connect(file, isolation_level=None)) as con:
        db = Database(con)
        todo = [step.name for step in migrations.pending(db)]
        for step, following in zip(todo, [*todo, None][1:], strict=True):
            before = _held(con)
            migrations.apply(db, stop_before=following)
            for what in lost(before, _held(con), MEANT.get(step, ())):
                yield f"{step}: {what}"
