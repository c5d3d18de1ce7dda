"""What the front page and the feed list: edits and comings and goings of articles, newest first, a page at a time.

Comment counts move all the time: they are listed only for those who ask for them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from changes.render import spans
from db.schema_life import MOVEMENT
from db.store.replies import replies
from db.web.evidence import delay
from db.web.stands import MOMENT
from db.web.wanted import COMMENTS, CURSOR, PRESENCE, SEVERITIES, TOLD
from db.web.weights import weights

if TYPE_CHECKING:
    import sqlite3

    from changes.render import Span
    from db.web.wanted import Wanted
    from db.web.weights import Weight

_LAST = 2**63 - 1
_NAMED = ("source", "article", "verdict", "movement", "tag", "severity", "words")

_CHANGES = """
SELECT c.*, (SELECT r.language FROM revisions r WHERE r.id = c.revision_id) AS language,
    (SELECT taken_down_at FROM articles WHERE id = c.article_id) AS taken_down_at,
    {before} AS moment_before, {after} AS moment_after,
    CASE WHEN c.verdict IN ('disclosed_late', 'announced_late') THEN (
        SELECT g.evidence FROM edits e JOIN rulings g ON g.id = e.ruling_id WHERE e.revision_id = c.revision_id
    ) END AS late,
    c.revision_id AS id, c.seen_at AS at, coalesce(c.ruled_at, c.seen_at) AS told_at FROM {tables}
WHERE {conditions} ORDER BY {seen}.seen_at DESC, {seen}.revision_id DESC LIMIT :limit
"""

# What narrows the edits, each only where it is asked for, so that each finds its index.
_NARROWS = {
    "source": "c.source_id = :source",
    "article": "c.article_id = :article",
    "verdict": "c.verdict = :verdict",
    "severity": "+c.severity IN (SELECT value FROM json_each(:severities))",
    "words": "c.words >= :words",
}

_PRESENCE = """
SELECT e.id, e.at, e.at AS told_at, e.verdict, e.url, e.article_id, a.source_id, s.name AS source,
    r.headline, r.language, a.taken_down_at,
    json_extract(e.data, '$.excerpt') AS excerpt, json_extract(e.data, '$.not_before') AS not_before,
    coalesce(json_extract(e.data, '$.not_after'), e.at) AS not_after,
    json_extract(e.data, '$.movement') AS movement
FROM events e JOIN articles a ON a.id = e.article_id JOIN sources s ON s.id = a.source_id
LEFT JOIN revisions r ON r.id = a.revision_id
WHERE (e.at, e.id) < (:at, :id) AND e.at >= :from_at
  AND {condition}
  AND (:source IS NULL OR a.source_id = :source) AND (:article IS NULL OR e.article_id = :article)
ORDER BY e.at DESC, e.id DESC LIMIT :limit
"""

_OF_VERDICT = f"CASE WHEN :verdict IS NULL THEN e.verdict IN {PRESENCE} ELSE e.verdict = :verdict END"
_OF_MOVEMENT = f"""
e.verdict = '{COMMENTS}' AND {MOVEMENT.format("e.")} = :movement AND e.verdict = coalesce(:verdict, e.verdict)"""

Kind = Literal["change", "presence"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit (`kind` change: `id` is the revision) or what an event tells (`kind` presence: `id` is the event).

    Attributes:
        before_id: the version before the edit; None where there is none.
        moment_before, moment_after: what the two Stands name; None where that is no moment (`stands.MOMENT`).
        told_at: when what we say about it was last said.
        state: of the article; language: of its texts, as the page states it.
        delay: how many minutes after the edit the page told of it, where it did so later.
        weight: None where it is not weighed.
        movement: what the number of comments came to; None where it only moved, and where nothing of it is told.
        replies: of the outlet to what is said of it, the first received first.
    """

    kind: Kind
    id: int
    at: str
    told_at: str
    source_id: int
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
    moment_before: str | None = None
    moment_after: str | None = None
    words_added: int = 0
    words_removed: int = 0
    state: str = "live"
    language: str | None = None
    delay: int | None = None
    weight: Weight | None = None
    replies: tuple[sqlite3.Row, ...] = ()
    movement: str | None = None
    taken_down_at: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first; `older` continues the list, empty at its end."""

    entries: tuple[Entry, ...] = field(default=())
    older: str = ""


def entries(con: sqlite3.Connection, wanted: Wanted) -> Page:
    """One page of what happened."""
    found = _changes(con, wanted)
    # Comings and goings are rare: look no further back than the page reaches.
    reaches = found[-1].at if len(found) > wanted.limit else ""
    found += _presence(con, wanted, max(reaches, wanted.since or ""))
    found.sort(key=lambda entry: (entry.at, entry.kind, entry.id), reverse=True)
    shown = found[: wanted.limit]
    older = f"{shown[-1].at}~{shown[-1].kind}~{shown[-1].id}" if len(found) > len(shown) else ""
    return Page(tuple(shown), older)


def _changes(con: sqlite3.Connection, wanted: Wanted) -> list[Entry]:
    if wanted.verdict in TOLD or wanted.movement is not None:
        return []
    rows = con.execute(changes_sql(wanted), values_of(wanted, "change")).fetchall()
    ids = [row["id"] for row in rows]
    weighed, answers = weights(con, ids), replies(con, ids)
    return [
        Entry(
            **_shared("change", row),
            before_id=row["before_id"],
            stand_before=row["stand_before"] or "",
            stand_after=row["stand_after"],
            moment_before=row["moment_before"],
            moment_after=row["moment_after"],
            words_added=row["words_added"],
            words_removed=row["words_removed"],
            state=row["state"],
            delay=delay(json.loads(row["late"] or "[]")),
            weight=weighed.get(row["id"]),
            replies=answers[row["id"]],
        )
        for row in rows
    ]


def changes_sql(wanted: Wanted) -> str:
    """The statement for what is asked: along the list of one tag where one is, else along that of edits."""
    tagged = wanted.tag is not None
    seen = "t" if tagged else "c"
    conditions = [f"({seen}.seen_at, {seen}.revision_id) < (:at, :id)", f"{seen}.seen_at >= :from_at"]
    conditions += [condition for name, condition in _NARROWS.items() if name in wanted.asked]
    if wanted.severity == SEVERITIES[-1]:  # the heaviest are few enough to have a list of their own
        conditions.append("c.severity = :severity")
    if tagged:
        conditions += ["t.kind = :tag", "c.revision_id = t.revision_id"]
    tables = "edit_tags t CROSS JOIN changes c" if tagged else "changes c"
    return _CHANGES.format(
        before=MOMENT.format("c.before_id"),
        after=MOMENT.format("c.revision_id"),
        tables=tables,
        conditions=" AND ".join(conditions),
        seen=seen,
    )


def _presence(con: sqlite3.Connection, wanted: Wanted, from_at: str) -> list[Entry]:
    if wanted.of_edits or (wanted.verdict is not None and wanted.verdict not in TOLD):
        return []
    rows = con.execute(presence_sql(wanted), {**values_of(wanted, "presence"), "from_at": from_at}).fetchall()
    return [Entry(**_shared("presence", row), movement=row["movement"]) for row in rows]


def presence_sql(wanted: Wanted) -> str:
    """The same for what events tell: along the list of what comments came to where that is asked for."""
    return _PRESENCE.format(condition=_OF_VERDICT if wanted.movement is None else _OF_MOVEMENT)


def values_of(wanted: Wanted, kind: Kind) -> dict[str, object]:
    """What the statements are asked with. Entries of one instant are ordered by kind, then by number."""
    at, number = f"{wanted.until}T~" if wanted.until else "9", _LAST
    cursor = CURSOR.fullmatch(wanted.before)
    if cursor is not None and cursor["at"] < at:
        at = cursor["at"]
        number = int(cursor["id"]) if cursor["kind"] == kind else _LAST if kind < cursor["kind"] else 0
    return {
        **{name: getattr(wanted, name) for name in _NAMED},
        "at": at, "id": number, "from_at": wanted.since or "", "limit": wanted.limit + 1,
        "severities": json.dumps(wanted.severities),
    }  # fmt: skip


def _shared(kind: Kind, row: sqlite3.Row) -> dict[str, Any]:
    return {
        "kind": kind,
        "excerpt": spans(row["excerpt"] or ""),
        "headline": row["headline"] or "",
        "verdict": row["verdict"] or "",
        **{name: row[name] for name in (
            "id", "at", "told_at", "source_id", "source", "url", "article_id", "not_before", "not_after",
            "language", "taken_down_at",
        )},
    }  # fmt: skip
