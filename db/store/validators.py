"""Whether hosts change the validators of a page when it is edited. A server that does not answers 304 for ever, and
every later edit is lost without a word; so it is asked for the whole page now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import validators_from_row

if TYPE_CHECKING:
    import sqlite3

    from scraper.page import Validators

# One look in so many asks for the whole page: at hosts that have not shown yet that they tell of edits, and at others.
_UNPROVEN, _PROVEN = 20, 100
# Edits that a host must have told of.
_ENOUGH = 5


def one_in_full(host: sqlite3.Row) -> int:
    """One look in so many is to ask for the whole page; 1: all of them, as an edit once came with validators that had
    been those of the version before it. `host`: a row with the columns of `hosts`."""
    if host["edits_hidden"]:
        return 1
    return _PROVEN if host["edits_validated"] >= _ENOUGH else _UNPROVEN


def note_edit(con: sqlite3.Connection, article: sqlite3.Row, now: Validators | None) -> None:
    """An article was edited.

    Args:
        article: its row, as it was before.
        now: what came with the edited page.
    """
    before = validators_from_row(article)
    if now is None or not (before.etag or before.last_modified):
        return
    # A server that is given both looks at the ETag alone (RFC 9110, 13.2.2).
    both = (before.etag, now.etag) if before.etag else (before.last_modified, now.last_modified)
    counted = "edits_hidden" if both[0] == both[1] else "edits_validated"
    con.execute(f"UPDATE hosts SET {counted} = {counted} + 1 WHERE host = ?", [article["host"]])
