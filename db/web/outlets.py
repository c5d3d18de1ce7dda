"""The outlets by name, never by a figure: whoever wants to compare has to look at the intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_OUTLETS = """
SELECT s.id, s.name, s.kind, s.host, s.url, s.state, s.added_at,
    (SELECT coalesce(sum(c.articles), 0) FROM article_counts c WHERE c.source_id = s.id) AS articles FROM sources s
"""


def outlets(con: sqlite3.Connection) -> tuple[sqlite3.Row, ...]:
    """All sources that are followed or have articles, in the order of the alphabet."""
    rows = (row for row in con.execute(_OUTLETS) if row["articles"] or row["state"] != "removed")
    return tuple(sorted(rows, key=lambda row: (row["name"].casefold(), row["id"])))
