"""Looks, run-length: equal outcomes in a row are one row that counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from changes.change import Looks
from db.rows import evidence_headers, headers_since, instant_of, json_of, kept_instant
from db.work import Outcome

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.work import VisitResult

# Beyond that our clock and the server's do not agree, and times of ours are no evidence (docs/rulings.md).
_CLOCK_TOLERANCE = timedelta(seconds=60)

_SHOWS_VERSION = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.REREAD, Outcome.RETURNED)

# Runs of one look, with whose version the page is kept, and all headers with it.
_BRINGS_VERSION = (Outcome.NEW, Outcome.CHANGED, Outcome.REREAD)

_ADD = """
INSERT INTO observations (article_id, revision_id, outcome, kept_first_at, kept_last_at, count, longest_gap_seconds,
    connections, last_connection, uncached, clock_bad, first_headers, last_headers, status, error_code, error)
VALUES (:article, :revision, :outcome, :at, :at, 1, :gap, :another, :connection, :uncached,
    :clock_bad, :headers, '', :status, :code, :error)
"""

_EXTEND = """
UPDATE observations SET kept_last_at = :at, count = count + 1, longest_gap_seconds = max(longest_gap_seconds, :gap),
    connections = connections + :another, last_connection = :connection,
    uncached = uncached + :uncached, clock_bad = clock_bad + :clock_bad, last_headers = :since, status = :status,
    error_code = :code, error = :error
WHERE id = :id
"""


_OLD_COPY = """
SELECT id, last_at FROM observations
WHERE article_id = :article_id AND outcome = 'old_copy' AND revision_id IS NOT NULL AND first_at >= :seen_at
  AND (:until IS NULL OR first_at < :until)
  AND first_at < coalesce((SELECT min(n.seen_at) FROM revisions n
      WHERE n.article_id = :article_id AND n.number > :number AND n.kind != 'held'), '9999')
ORDER BY id DESC LIMIT 1
"""


def note_look(con: sqlite3.Connection, result: VisitResult, revision_id: int | None) -> None:
    """Count the look; it extends the last run if it came to the same."""
    last = con.execute(
        """SELECT id AS run, revision_id, outcome, last_at, last_connection, first_headers FROM observations
           WHERE article_id = ? ORDER BY id DESC LIMIT 1""",
        [result.article_id],
    ).fetchone()
    con.execute(*_counted(result, last, revision_id))


def note_looks(con: sqlite3.Connection, looks: Iterable[tuple[VisitResult, sqlite3.Row]]) -> None:
    """Count looks at versions that the looks before them showed, too, of which the row has `run`, outcome, revision_id,
    last_at, last_connection and first_headers."""
    counted = [_counted(result, last, last["revision_id"]) for result, last in looks]
    for statement in (_EXTEND, _ADD):
        con.executemany(statement, [values for which, values in counted if which == statement])


def _counted(result: VisitResult, last: sqlite3.Row | None, revision_id: int | None) -> tuple[str, dict[str, object]]:
    """The statement that counts the look, and its values. `last`: the run before, if there is one."""
    seen = result.seen
    known = None if last is None else (last["revision_id"], last["last_connection"])
    said = evidence_headers(seen, with_page=seen.outcome in _BRINGS_VERSION and seen.page is not None)
    values: dict[str, object] = {
        "article": result.article_id,
        "revision": revision_id,
        "outcome": seen.outcome,
        "at": kept_instant(result.at),
        "gap": 0.0 if last is None else (result.at - instant_of(last["last_at"])).total_seconds(),
        "connection": seen.connection,
        "another": known != (revision_id, seen.connection),
        "uncached": seen.uncached,
        "clock_bad": _clock_bad(result),
        "status": seen.status,
        "code": seen.failure.code if seen.failure else "",
        "error": seen.failure.message if seen.failure else "",
    }
    if last is not None and (last["revision_id"], last["outcome"]) == (revision_id, seen.outcome):
        return _EXTEND, {**values, "id": last["run"], "since": headers_since(last["first_headers"], said)}
    return _ADD, {**values, "headers": json_of(said)}


def _clock_bad(result: VisitResult) -> bool:
    offset = result.seen.clock_offset
    return result.seen.status in (200, 304) and (offset is None or abs(offset) > _CLOCK_TOLERANCE)


def looks_at(
    con: sqlite3.Connection, revision: sqlite3.Row, *, clock_confirmed: bool, pages_kept: bool, until: str | None = None
) -> Looks:
    """What we saw of a revision; an old copy in between makes the count begin anew. What came when the next version
    stood, or after `until`, is not in between: it only says how stale the copies of this host may be."""
    old_copy = con.execute(_OLD_COPY, {**dict(revision), "until": until}).fetchone()
    marks = ", ".join("?" * len(_SHOWS_VERSION))
    seen = con.execute(
        f"""SELECT coalesce(sum(count), 0) AS count, coalesce(sum(connections), 0) AS connections,
               coalesce(sum(uncached), 0) AS uncached, coalesce(sum(clock_bad), 0) AS clock_bad,
               max(last_at) AS last_at
            FROM observations WHERE revision_id = ? AND id > ? AND outcome IN ({marks})""",
        [revision["id"], old_copy["id"] if old_copy else 0, *_SHOWS_VERSION],
    ).fetchone()
    since = instant_of(old_copy["last_at"] if old_copy else revision["seen_at"])
    return Looks(
        count=seen["count"],
        connections=seen["connections"],
        uncached=seen["uncached"],
        since=since,
        until=since if seen["last_at"] is None else instant_of(seen["last_at"]),
        clock_ok=clock_confirmed or not seen["clock_bad"],
        pages_kept=pages_kept,
    )
