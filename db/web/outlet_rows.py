"""What the figures of an outlet are made of, along its own entries of the indexes: a source's number in, rows out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_SOURCE = "SELECT id, name, kind, host, state, added_at FROM sources WHERE id = :source"

BASIS = """
SELECT coalesce(sum(articles), 0) AS articles, coalesce(sum(iif(unread, 0, articles)), 0) AS read,
    coalesce(sum(iif(state = 'gone', articles, 0)), 0) AS gone,
    (SELECT min(first_seen_at) FROM articles WHERE source_id = :source) AS since
FROM article_counts WHERE source_id = :source
"""

KINDS = """
SELECT month, verdict, severity, machines, edits, worded FROM edit_counts WHERE source_id = :source AND edits > 0
"""

EDITED = "SELECT headlines, articles, late FROM headline_counts WHERE source_id = :source AND articles > 0"

FIRST = """
SELECT first_seconds FROM article_edits WHERE source_id = :source ORDER BY first_seconds LIMIT 1 OFFSET :rank
"""

NOTICES = "SELECT count(*) AS edits FROM edit_tags WHERE source_id = :source AND kind = 'correction notice'"

EXPLAINED = """
SELECT e.explains_id >= e.revision_id AS at_once, e.seen_at, x.seen_at AS explained_at
FROM edits e CROSS JOIN edits x ON x.revision_id = e.explains_id
WHERE e.source_id = :source AND e.explains_id IS NOT NULL
"""

PRESENCE = """
SELECT verdict, events, articles FROM presence_counts WHERE source_id = :source
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Spans of an outlet in their order, of which only those are read that are asked for."""

    con: sqlite3.Connection
    source: int
    number: int

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, rank: int) -> float:
        row = self.con.execute(FIRST, {"source": self.source, "rank": rank % self.number}).fetchone()
        return float(row["first_seconds"])


@dataclass(frozen=True, slots=True)
class OutletRows:
    """Rows of the statements above.

    Attributes:
        edited: articles that were, by how often their headlines were written anew.
        first: of each of these, how long it was until its first edit, in seconds, the shortest first.
        notices: edits with a correction notice; explained: those that explain an edit.
        presence: by verdict, removed and returned.
    """

    source: sqlite3.Row
    basis: sqlite3.Row
    kinds: tuple[sqlite3.Row, ...]
    edited: tuple[sqlite3.Row, ...]
    first: Ranked
    notices: int
    explained: tuple[sqlite3.Row, ...]
    presence: dict[str, sqlite3.Row]


def outlet_rows(con: sqlite3.Connection, source_id: int) -> OutletRows | None:
    """Read them; None where there is no such source."""
    asked: dict[str, object] = {"source": source_id}
    source = con.execute(_SOURCE, asked).fetchone()
    if source is None:
        return None
    edited = tuple(con.execute(EDITED, asked))
    return OutletRows(
        source=source,
        basis=con.execute(BASIS, asked).fetchone(),
        kinds=tuple(con.execute(KINDS, asked)),
        edited=edited,
        first=Ranked(con, source_id, sum(row["articles"] for row in edited)),
        notices=con.execute(NOTICES, asked).fetchone()["edits"],
        explained=tuple(con.execute(EXPLAINED, asked)),
        presence={row["verdict"]: row for row in con.execute(PRESENCE, asked)},
    )
