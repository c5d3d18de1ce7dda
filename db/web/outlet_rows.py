"""What the figures of an outlet are made of, along its own entries of the indexes: a source's number in, rows out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_SOURCE = "SELECT id, name, kind, host, state, added_at FROM sources WHERE id = :source"

BASIS = """
SELECT n.articles, n.articles - (
        SELECT count(*) FROM articles WHERE source_id = :source AND revision_id IS NULL) AS read,
    (SELECT count(*) FROM articles WHERE source_id = :source AND state = 'gone') AS gone,
    (SELECT min(first_seen_at) FROM articles WHERE source_id = :source) AS since
FROM (SELECT count(*) AS articles FROM articles WHERE source_id = :source) n
"""

KINDS = """
SELECT month, verdict, severity, machines, edits, worded FROM edit_counts WHERE source_id = :source AND edits > 0
"""

FIRST = "SELECT edits, late, headlines, first_seconds FROM article_edits WHERE source_id = :source"

NOTICES = "SELECT count(*) AS edits FROM edit_tags WHERE source_id = :source AND kind = 'correction notice'"

EXPLAINED = """
SELECT e.explains_id = e.revision_id AS at_once, e.seen_at, x.seen_at AS explained_at
FROM edits e CROSS JOIN edits x ON x.revision_id = e.explains_id
WHERE e.source_id = :source AND e.explains_id IS NOT NULL
"""

PRESENCE = """
SELECT e.verdict, count(*) AS events, count(DISTINCT e.article_id) AS articles
FROM articles a CROSS JOIN events e INDEXED BY events_presence ON e.article_id = a.id
WHERE a.source_id = :source AND e.verdict IN ('removed', 'returned') GROUP BY e.verdict
"""


@dataclass(frozen=True, slots=True)
class OutletRows:
    """Rows of the statements above.

    Attributes:
        first: of every article that was edited.
        notices: edits with a correction notice; explained: those that explain an edit.
        presence: by verdict, removed and returned.
    """

    source: sqlite3.Row
    basis: sqlite3.Row
    kinds: tuple[sqlite3.Row, ...]
    first: tuple[sqlite3.Row, ...]
    notices: int
    explained: tuple[sqlite3.Row, ...]
    presence: dict[str, sqlite3.Row]


def outlet_rows(con: sqlite3.Connection, source_id: int) -> OutletRows | None:
    """Read them; None where there is no such source."""
    asked: dict[str, object] = {"source": source_id}
    source = con.execute(_SOURCE, asked).fetchone()
    if source is None:
        return None
    return OutletRows(
        source=source,
        basis=con.execute(BASIS, asked).fetchone(),
        kinds=tuple(con.execute(KINDS, asked)),
        first=tuple(con.execute(FIRST, asked)),
        notices=con.execute(NOTICES, asked).fetchone()["edits"],
        explained=tuple(con.execute(EXPLAINED, asked)),
        presence={row["verdict"]: row for row in con.execute(PRESENCE, asked)},
    )
