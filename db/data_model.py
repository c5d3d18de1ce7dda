"""The tables and views as their own comments describe them; run as a program it writes docs/data-model.md."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.schema import ADDED, TABLES, statements
from db.schema_added import BESIDE, CLOCK_PRACTICE, COMMENTS, DRIFT, EDITS, UNREAD
from db.schema_alerts import (
    AT_ONCE,
    ATTEMPTED_AT,
    EARLY,
    HANDED_OUT,
    HELD,
    HOSTS_TOLD,
    RELEASED_AT,
    RESTING,
    SOURCES_TOLD,
)
from db.schema_compact import BLOCK_ARTICLES, CLOCKS, COMPACT, LAST_DELIVERY, MOMENTS_KEPT, MOMENTS_READ
from db.schema_counts import ARTICLE_COUNTS, COUNTS_ADDED
from db.schema_history import ERASED, IMAGES_OF, SIZES
from db.schema_hosts import HOST_DAYS, HOSTS_ADDED, NOT_CUT, VALIDATORS_CHECKED
from db.schema_imprints import IMPRINTS, PROOFS_ADDED
from db.schema_life import DEPARTURES
from db.schema_operations import ENDPOINTS_FAILING, TROUBLES
from db.schema_outlets import COUNTS, OUTLETS_ADDED
from db.schema_planning import DIGEST, LEARNED, PANEL, PLANNED
from db.schema_practice import STAMP_DELAYS
from db.schema_replies import REPLIES
from db.schema_sources import FIXED_LOOKS, SOURCE_DIGEST, SUBSCRIPTIONS
from db.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CREATE = re.compile(r"^CREATE (?:TABLE|VIEW) (\w+)", re.MULTILINE)
_TABLE_COLUMN = re.compile(r"^ +(?P<name>\w+) (?P<type>TEXT|INTEGER|REAL|BLOB|ANY)\b(?P<rest>.*?)-- (?P<comment>.*)$")
_VIEW_COLUMN = re.compile(r"^.*\bAS (?P<name>\w+),? +-- (?P<comment>.*)$")
_REFERENCE = re.compile(r"REFERENCES (\w+)\(")
_LATER = (
    COUNTS, ARTICLE_COUNTS, DEPARTURES, REPLIES, STAMP_DELAYS, LEARNED, HOST_DAYS, SIZES, IMPRINTS,
    BLOCK_ARTICLES, TROUBLES,
)  # fmt: skip

_HEAD = """\
# The data model

Made by `make docs` from the comments in `db/schema.py` and `db/views.py`; change it there.

Instants are UTC text with microseconds (`2022-01-10T21:53:00.000000+00:00`), spans are seconds, lists are JSON. Some
are kept in fewer bytes: what stands in `kept_at`, say, is to be read in `at`.
History is only ever added to. The views are the reading interface: they stay while tables may change. Beside the tables
stand `blocks_fts` and `revisions_fts`, the full-text index over paragraphs and over headlines,
which has those of the versions that brought them.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `type` is empty for a view; `refers_to` names a table, or is empty."""

    name: str
    type: str
    comment: str
    refers_to: str = ""
    may_be_null: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view, with its comment."""

    name: str
    comment: str
    columns: tuple[Column, ...]


def tables() -> tuple[Relation, ...]:
    """All tables, in the order in which the schema creates them."""
    added: dict[str, list[Column]] = {}
    of_hosts = (*PROOFS_ADDED, *HOSTS_ADDED, *VALIDATORS_CHECKED[:2])
    added_later = (*ADDED, *OUTLETS_ADDED, *COUNTS_ADDED, *PLANNED, DIGEST, *of_hosts)
    alerts = (LAST_DELIVERY, *HELD, RESTING, AT_ONCE, *ENDPOINTS_FAILING, ATTEMPTED_AT, *EARLY, RELEASED_AT, HANDED_OUT)
    later = (*added_later, *PANEL, ERASED, IMAGES_OF, SOURCE_DIGEST, *alerts, *FIXED_LOOKS, SOURCES_TOLD, HOSTS_TOLD)
    for statement in (*later, *MOMENTS_KEPT, *MOMENTS_READ):
        name, definition = statement.removeprefix("ALTER TABLE ").split(" ADD COLUMN ")
        added.setdefault(name, []).extend(_table_columns(f"    {definition}"))
    created = _relations(
        "".join((TABLES, DRIFT, SUBSCRIPTIONS, COMMENTS, BESIDE, UNREAD, CLOCK_PRACTICE, EDITS, *_LATER)),
        _table_columns,
    )
    anew = {table.name: table for table in _relations(COMPACT + CLOCKS, _table_columns)}
    as_is = [anew.get(table.name, table) for table in created]
    whole = [replace(table, columns=_last((*table.columns, *added.get(table.name, ())))) for table in as_is]
    changed, gone = NOT_CUT.removeprefix("ALTER TABLE ").split(" DROP COLUMN ")
    return tuple(_without(gone, table) if table.name == changed else table for table in whole)


def _without(name: str, table: Relation) -> Relation:
    return replace(table, columns=tuple(column for column in table.columns if column.name != name))


def _last(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Of a column that was taken away and added again, the latter."""
    found: dict[str, Column] = {}
    for column in columns:
        found.pop(column.name, None)
        found[column.name] = column
    return tuple(found.values())


def views() -> tuple[Relation, ...]:
    """All views, in the order in which they are created."""
    return tuple(_relations(VIEWS, _view_columns))


def markdown() -> str:
    """The page docs/data-model.md."""
    sections = [_HEAD, "\n## Tables\n", *map(_section, tables()), "\n## Views\n", *map(_section, views())]
    return "".join(sections)


def _relations(script: str, columns: Callable[[str], Iterator[Column]]) -> Iterator[Relation]:
    for statement in statements(script):
        created = _CREATE.search(statement)
        if created is not None:
            lines = statement[: created.start()].splitlines()
            comment = " ".join(line.removeprefix("--").strip() for line in lines)
            yield Relation(created[1], comment, tuple(columns(statement[created.end() :])))


def _table_columns(definition: str) -> Iterator[Column]:
    for line in definition.splitlines():
        column = _TABLE_COLUMN.match(line)
        if column is not None:
            reference = _REFERENCE.search(column["rest"])
            yield Column(
                name=column["name"],
                type=column["type"],
                comment=column["comment"].strip(),
                refers_to=reference[1] if reference else "",
                may_be_null="NOT NULL" not in column["rest"] and "PRIMARY KEY" not in column["rest"],
            )


def _view_columns(definition: str) -> Iterator[Column]:
    for line in definition.splitlines():
        column = _VIEW_COLUMN.match(line)
        if column is not None:
            yield Column(column["name"], "", column["comment"].strip())


def _section(relation: Relation) -> str:
    rows = "".join(
        f"| {' | '.join(cell.replace('|', '/') for cell in _cells(column))} |\n" for column in relation.columns
    )
    titles = (
        "| column | type | meaning |\n|---|---|---|\n"
        if relation.columns[0].type
        else "| column | meaning |\n|---|---|\n"
    )
    return f"\n### {relation.name}\n\n{relation.comment}\n\n{titles}{rows}"


def _cells(column: Column) -> tuple[str, ...]:
    name = f"`{column.name}`"
    if not column.type:
        return name, column.comment
    kind = column.type.lower() + (", may be null" if column.may_be_null else "")
    target = f" (→ [{column.refers_to}](#{column.refers_to}))" if column.refers_to else ""
    return name, kind, column.comment + target


if __name__ == "__main__":
    sys.stdout.write(markdown())
