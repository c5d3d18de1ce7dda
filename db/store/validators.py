"""Whether hosts tell of edits to whom asks with the validators from before. A server that does not says 304 for ever,
and every later edit is lost without a word; so it is asked for the whole page now and then, and put to the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# One look in so many asks for the whole page: at hosts that have not shown yet that they tell of edits, and at others.
UNPROVEN, _PROVEN = 20, 100
# Edits that a host must have told of.
_ENOUGH = 5
# Hosts that are asked for whole pages always; a cache that lags behind others hides an edit now and then, too.
HIDING = "edits_hidden * 10 > edits_hidden + edits_validated"


def one_in_full(host: sqlite3.Row) -> int:
    """One look in so many is to ask for the whole page; 1: all of them. `host`: a row with the columns of `hosts`."""
    hidden, told = host["edits_hidden"], host["edits_validated"]
    if hidden * 10 > hidden + told:
        return 1
    return _PROVEN if told >= _ENOUGH else UNPROVEN


def note_edit(con: sqlite3.Connection, article: sqlite3.Row, told: bool | None) -> None:
    """An article was edited, and its server told of it or not (`db.work.Sighting.told`). `article`: its row."""
    if told is None:
        return
    host = article["host"]
    hid = _hides(con, host)
    counted = "edits_validated" if told else "edits_hidden"
    con.execute(f"UPDATE hosts SET {counted} = {counted} + 1 WHERE host = ?", [host])
    if not hid and _hides(con, host):
        _forget_304s(con, host)


def _hides(con: sqlite3.Connection, host: str) -> bool:
    row = con.execute(f"SELECT {HIDING} AS hiding FROM hosts WHERE host = ?", [host]).fetchone()
    return bool(row and row["hiding"])


def _forget_304s(con: sqlite3.Connection, host: str) -> None:
    """When versions were last seen is not known where a 304 may have said so: when they were first seen is."""
    con.execute(
        """UPDATE articles SET last_read_at = (SELECT seen_at FROM revisions r WHERE r.id = articles.revision_id)
           WHERE host = ? AND revision_id IS NOT NULL AND (etag != '' OR last_modified != '')""",
        [host],
    )
