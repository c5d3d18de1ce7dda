"""The life of an article for its page: every time it was gone, and where its story goes on or came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# An article that comes and goes all the time: the last of these.
_MOST = 20

# The version that came back was compared with the last good copy, if it is another one.
_DEPARTURES = """
SELECT d.*, r.words_added, r.words_removed, r.before_id, r.kind, s.url AS successor_url
FROM departures d LEFT JOIN revisions r ON r.id = d.returned_as AND r.id != d.revision_id
LEFT JOIN articles s ON s.id = d.successor_id
WHERE d.article_id = ? ORDER BY d.id DESC LIMIT ?
"""
_CAME_FROM = """
SELECT d.*, a.url FROM departures d JOIN articles a ON a.id = d.article_id
WHERE d.successor_id = ? AND d.returned_at IS NULL ORDER BY d.id DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Life:
    """The departures, newest first, and those of other articles whose story seems to go on at this one."""

    departures: tuple[sqlite3.Row, ...]
    came_from: tuple[sqlite3.Row, ...]

    @property
    def last(self) -> sqlite3.Row | None:
        """The departure that lasts."""
        return self.departures[0] if self.departures and not self.departures[0]["returned_at"] else None


def life(con: sqlite3.Connection, article_id: int) -> Life:
    """Read it."""
    return Life(
        tuple(con.execute(_DEPARTURES, [article_id, _MOST])), tuple(con.execute(_CAME_FROM, [article_id, _MOST]))
    )
