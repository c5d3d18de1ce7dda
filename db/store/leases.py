"""What was handed out and is given back undone, so that it need not wait until its lease ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Leased = Literal["sources", "articles", "deliveries"]


def give_back(con: sqlite3.Connection, table: Leased, ids: Sequence[int]) -> None:
    """End the leases of these rows."""
    con.executemany(f"UPDATE {table} SET leased_until = NULL WHERE id = ?", [(number,) for number in ids])
