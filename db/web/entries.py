"""What the front page and the feed list: edits and comings and goings of articles, newest first, a page at a time.

Comment counts move all the time: they are listed only for those who ask for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from changes.render import spans

if TYPE_CHECKING:
    import sqlite3

    from changes.render import Span

# Comings and goings; all other verdicts stand on an edit.
PRESENCE = ("removed", "returned", "moved")
COMMENTS = "comments"
# What events tell of; the rest are edits.
_TOLD = (*PRESENCE, COMMENTS)
_CURSOR = re.compile(r"(?P<at>[0-9T:.+-]{20,40})~(?P<kind>change|presence)~(?P<id>\d{1,18})")
_LAST = 2**63 - 1

_CHANGES = """
SELECT revision_id AS id, seen_at AS at, *, coalesce(ruled_at, seen_at) AS told_at FROM changes
WHERE (seen_at, revision_id) < (:at, :id)
  AND (:verdict IS NULL OR verdict = :verdict) AND (:source IS NULL OR +source_id = :source)
ORDER BY seen_at DESC, revision_id DESC LIMIT :limit
"""

_PRESENCE = """
SELECT e.id, e.at, e.at AS told_at, e.verdict, e.url, e.article_id, s.name AS source, r.headline,
    json_extract(e.data, '$.excerpt') AS excerpt, json_extract(e.data, '$.not_before') AS not_before,
    coalesce(json_extract(e.data, '$.not_after'), e.at) AS not_after
FROM events e JOIN articles a ON a.id = e.article_id JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions r ON r.id = a.revision_id
WHERE (e.at, e.id) < (:at, :id) AND e.at >= :since
  AND CASE WHEN :verdict IS NULL THEN e.verdict IN ('removed', 'returned', 'moved') ELSE e.verdict = :verdict END
  AND (:source IS NULL OR a.source_id = :source)
ORDER BY e.at DESC, e.id DESC LIMIT :limit
"""

Kind = Literal["change", "presence"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit (`kind` change: `id` is the revision) or what an event tells (`kind` presence: `id` is the event).

    Attributes:
        before_id: the version before the edit; None where there is none.
        told_at: when what we say about it was last said.
    """

    kind: Kind
    id: int
    at: str
    told_at: str
    source: str
    headline: str
    verdict: str
    url: str
    article_id: int
    not_before: str | None
    not_after: str
    excerpt: tuple[Span, ...]
    before_id: int | None = None
    stand_before: str = ""
    stand_after: str = ""
    words_added: int = 0
    words_removed: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of a source, with a verdict, older than those of the page before (its `older`)."""

    source: int | None = None
    verdict: str | None = None
    before: str = ""
    limit: int = 30


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first; `older` continues the list, empty at its end."""

    entries: tuple[Entry, ...] = field(default=())
    older: str = ""


def is_place(before: str) -> bool:
    """Whether that is a place in the list, as `Page.older` names it."""
    return _CURSOR.fullmatch(before) is not None


def entries(con: sqlite3.Connection, wanted: Wanted) -> Page:
    """One page of what happened."""
    found = _changes(con, wanted)
    # Comings and goings are rare: look no further back than the page reaches.
    since = found[-1].at if len(found) > wanted.limit else ""
    found += _presence(con, wanted, since)
    found.sort(key=lambda entry: (entry.at, entry.kind, entry.id), reverse=True)
    shown = found[: wanted.limit]
    older = f"{shown[-1].at}~{shown[-1].kind}~{shown[-1].id}" if len(found) > len(shown) else ""
    return Page(tuple(shown), older)


def _changes(con: sqlite3.Connection, wanted: Wanted) -> list[Entry]:
    if wanted.verdict in _TOLD:
        return []
    rows = con.execute(_CHANGES, _values(wanted, "change")).fetchall()
    return [
        Entry(
            **_shared("change", row),
            before_id=row["before_id"],
            stand_before=row["stand_before"] or "",
            stand_after=row["stand_after"],
            words_added=row["words_added"],
            words_removed=row["words_removed"],
        )
        for row in rows
    ]


def _presence(con: sqlite3.Connection, wanted: Wanted, since: str) -> list[Entry]:
    if wanted.verdict is not None and wanted.verdict not in _TOLD:
        return []
    rows = con.execute(_PRESENCE, {**_values(wanted, "presence"), "since": since}).fetchall()
    return [Entry(**_shared("presence", row)) for row in rows]


def _values(wanted: Wanted, kind: Kind) -> dict[str, object]:
    """What the statements ask for. Entries of one instant are ordered by kind, then by number."""
    at, number = "9", _LAST
    cursor = _CURSOR.fullmatch(wanted.before)
    if cursor is not None:
        at = cursor["at"]
        number = int(cursor["id"]) if cursor["kind"] == kind else _LAST if kind < cursor["kind"] else 0
    return {
        "at": at, "id": number, "source": wanted.source, "verdict": wanted.verdict, "limit": wanted.limit + 1,
    }  # fmt: skip


def _shared(kind: Kind, row: sqlite3.Row) -> dict[str, Any]:
    return {
        "kind": kind,
        "excerpt": spans(row["excerpt"] or ""),
        "headline": row["headline"] or "",
        "verdict": row["verdict"] or "",
        **{name: row[name] for name in (
            "id", "at", "told_at", "source", "url", "article_id", "not_before", "not_after",
        )},
    }  # fmt: skip
