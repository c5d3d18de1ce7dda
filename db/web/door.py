"""Finds our database among those that Datasette has open, and lets in whom Datasette's rules let in."""

from __future__ import annotations

import sqlite3
from contextvars import copy_context
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from datasette import Forbidden
from datasette.plugins import pm
from datasette.utils import sqlite_timelimit

from db.publish import CLOSED
from db.schema import APPLICATION_ID
from db.web.publishing import publish_of
from db.words.language import _

try:  # Datasette 1.0 has another permission system
    from datasette.resources import TableResource
except ImportError:
    TableResource = None

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette import Request
    from datasette.app import Datasette

T = TypeVar("T")

# What every page shows is in these; whoever may not read one of them sees no page.
TABLES = ("articles", "blocks", "events", "revisions", "rulings", "sources")
# Longer than the limit for a stranger's SQL: these statements are ours. It ends a search for very common words.
LIMIT_MS = 5_000
# What Datasette's rules say of somebody who is not logged in. Datasette 0.65 copies the whole metadata for each table
# that it is asked for, which takes longer than to read a page; so long as no plugin decides, the answer stays.
_FOR_ANYBODY: WeakKeyDictionary[Datasette, dict[tuple[str, str], bool]] = WeakKeyDictionary()


class NoDatabaseError(Exception):
    """None of the open databases is ours."""


class EarlierSchemaError(Exception):
    """The database was written by an earlier version of the program, and not brought up to date yet."""


class TooSlowError(Exception):
    """The page took longer to read than it may."""


async def read(
    datasette: Datasette,
    request: Request,
    work: Callable[[sqlite3.Connection], T],
    also: tuple[str, ...] = (),
    limit_ms: int = LIMIT_MS,
) -> T:
    """Run `work` on our database as a reader of one moment. `also` names more tables that it shows.

    Raises:
        NoDatabaseError: none of the open databases is ours.
        EarlierSchemaError: the database lacks what an earlier version of the program did not have.
        TooSlowError: it took longer than `limit_ms`.
        Forbidden: Datasette's rules do not let this actor read the tables.
    """
    name = await our_database(datasette)
    closed = CLOSED[publish_of(datasette)]
    for table in (*TABLES, *also):
        if table not in closed and not await _allowed(datasette, request, name, table):
            raise Forbidden("view-table")
    reader = copy_context()  # the thread of the database has none of its own
    try:
        shows: T = await datasette.get_database(name).execute_fn(
            lambda con: reader.run(_at_one_moment, con, work, limit_ms)
        )
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise TooSlowError(_("it took longer than %(seconds)s s", seconds=f"{limit_ms / 1000:g}")) from error
        if str(error).startswith(("no such column", "no such table")):
            raise EarlierSchemaError(str(error)) from error
        raise
    return shows


async def our_database(datasette: Datasette) -> str:
    """The name under which Datasette has our database open: the first with our application_id."""
    for name, database in datasette.databases.items():
        if name != "_internal":
            rows = (await database.execute("PRAGMA application_id")).rows
            if rows[0][0] == APPLICATION_ID:
                return str(name)
    raise NoDatabaseError("none of the open databases is Nachtrag's")


async def may_read(datasette: Datasette, request: Request, table: str) -> bool:
    """Whether Datasette's rules let this actor read a table of ours."""
    return await _allowed(datasette, request, await our_database(datasette), table)


async def _allowed(datasette: Datasette, request: Request, database: str, table: str) -> bool:
    if TableResource is not None:
        resource = TableResource(database=database, table=table)
        return bool(await datasette.allowed(action="view-table", resource=resource, actor=request.actor))
    if request.actor is not None or not _by_metadata_alone():
        return await _asked(datasette, request, database, table)
    known = _FOR_ANYBODY.setdefault(datasette, {})
    if (database, table) not in known:
        known[database, table] = await _asked(datasette, request, database, table)
    return known[database, table]


def _by_metadata_alone() -> bool:
    """Whether nothing but the metadata that Datasette was started with decides who may see what."""
    deciding = [hook.plugin_name for hook in pm.hook.permission_allowed.get_hookimpls()]
    return deciding == ["datasette.default_permissions"] and not pm.hook.get_metadata.get_hookimpls()


async def _asked(datasette: Datasette, request: Request, database: str, table: str) -> bool:
    rules = [("view-table", (database, table)), ("view-database", database), "view-instance"]
    try:
        await datasette.ensure_permissions(request.actor, rules)
    except Forbidden:
        return False
    return True


def _at_one_moment(con: sqlite3.Connection, work: Callable[[sqlite3.Connection], T], limit_ms: int) -> T:
    """All statements of a page see the same state of the database, though the daemon writes meanwhile."""
    con.execute("BEGIN")
    try:
        with sqlite_timelimit(con, limit_ms):
            return work(con)
    finally:
        con.execute("ROLLBACK")
