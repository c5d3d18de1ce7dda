"""Events: what there is to tell. They are only ever added; db/store/routings.py has the queue of those who are told."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from db.rows import json_of, optional_text, text_of
from db.words.incidents import kept

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from db.words.incidents import Values
    from db.work import Failure


# A transient failure is no alert: operations are told of so many in a row.
TOLD_AFTER = 3
# So many characters are kept of what an operation says in words of others, or of a fault.
DETAIL = 500


@dataclass(frozen=True, slots=True)
class Telling:
    """What an event says, and of what: the fields of `data` in docs/events.md that do not follow from the article."""

    verdict: str
    revision_id: int | None = None
    ruling_id: int | None = None
    not_before: str | None = None
    not_after: str | None = None
    stand_before: str | None = None
    stand_after: str | None = None
    words_added: int = 0
    words_removed: int = 0
    excerpt: str = ""
    severity: str | None = None
    tags: tuple[str, ...] = ()
    supersedes: str | None = None
    replaces: str | None = None
    absence: str | None = None
    absent_seconds: int | None = None
    successor: str | None = None
    in_common: int | None = None
    movement: str | None = None
    published: str | None = None
    kept_until: str | None = None
    cite: str | None = None


# What an event says where there is nothing to say.
_UNSAID = {key: value for key, value in asdict(Telling("")).items() if key not in ("revision_id", "ruling_id")}

_ARTICLE = """
SELECT a.url, s.name AS source, coalesce(r.headline, '') AS headline,
       coalesce((SELECT value FROM meta WHERE key = 'base_url'), '') AS base_url
FROM articles a JOIN sources s ON s.id = a.source_id LEFT JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?
"""

# What an event of a ruling says as the rows that the hash chains cover say it: it is not kept twice.
_RULED = """
SELECT s.name AS source, r.headline, g.verdict, r.not_before, r.not_after, nullif(b.stand_raw, '') AS stand_before,
    nullif(r.stand_raw, '') AS stand_after, r.words_added, r.words_removed, r.excerpt,
    (SELECT o.verdict FROM rulings o WHERE o.id = g.supersedes) AS replaces
FROM rulings g JOIN revisions r ON r.id = g.revision_id LEFT JOIN revisions b ON b.id = r.before_id
JOIN articles a ON a.id = r.article_id JOIN sources s ON s.id = a.source_id WHERE g.id = ?
"""

_ADD = """
INSERT INTO events (uid, type, at, article_id, revision_id, ruling_id, url, verdict, data)
VALUES (:uid, :type, :at, :article, :revision, :ruling, :url, :verdict, :data)
"""


def tell(con: sqlite3.Connection, kind: str, article_id: int, at: datetime, telling: Telling) -> None:
    """Record an event of an article. The id is random: a restored backup must never give one out a second time."""
    about = con.execute(_ARTICLE, [article_id]).fetchone()
    uid = f"evt_{uuid.uuid4().hex}"
    said = asdict(telling)
    revision_id, ruling_id = said.pop("revision_id"), said.pop("ruling_id")
    data = {
        "id": uid,
        "url": about["url"],
        "source": about["source"],
        "headline": about["headline"],
        **said,
        "link": f"{about['base_url']}/-/article/{article_id}" + (f"#r{revision_id}" if revision_id else ""),
    }
    known = _known(con, uid, about["url"], ruling_id) if ruling_id is not None else {}
    kept = {key: value for key, value in data.items() if key not in known or known[key] != value}
    con.execute(
        _ADD,
        {"uid": uid, "type": kind, "at": text_of(at), "article": article_id, "revision": revision_id,
         "ruling": ruling_id, "url": about["url"], "verdict": telling.verdict, "data": json_of(kept)},
    )  # fmt: skip


def _known(con: sqlite3.Connection, uid: str, url: str, ruling_id: int) -> dict[str, object]:
    """What an event of a ruling says if its row says nothing else, in the order in which it is sent."""
    known = {"id": uid, "url": url, "source": None, "headline": None, **_UNSAID, "link": None}
    ruled = con.execute(_RULED, [ruling_id]).fetchone()
    return known if ruled is None else known | dict(ruled)


def whole(con: sqlite3.Connection, row: sqlite3.Row) -> dict[str, object]:
    """All that the event says, with keys that are newer than it. `row` has its uid, type, url, ruling_id and data."""
    data: dict[str, object] = json.loads(row["data"])
    if row["ruling_id"] is not None:
        return _known(con, row["uid"], row["url"], row["ruling_id"]) | data
    if row["type"].startswith("operations."):
        return data
    return data | {key: value for key, value in _UNSAID.items() if key not in data}


def operations(
    con: sqlite3.Connection, kind: str, at: datetime, about: str, values: Values, endpoint: str = ""
) -> None:
    """Record an event for those who run it, not for readers. `endpoint` names the one that it is about.

    Args:
        values: of which what happened is told, in every language: those that docs/events.md lists for the kind.
    """
    uid = f"evt_{uuid.uuid4().hex}"
    data = {"id": uid, "url": about, "verdict": "", "message": kept(kind, values), "values": values}
    data |= {"endpoint": endpoint} if endpoint else {}
    con.execute(
        _ADD,
        {"uid": uid, "type": f"operations.{kind}", "at": text_of(at), "article": None, "revision": None,
         "ruling": None, "url": about, "verdict": "", "data": json_of(data)},
    )  # fmt: skip


def of_failure(failure: Failure) -> dict[str, object]:
    """The values of one that has lasted long enough to be told."""
    return {"code": failure.code, "detail": failure.message[:DETAIL], "failures": TOLD_AFTER}


def recorded(
    con: sqlite3.Connection, since: datetime | None, after: int, limit: int, *, with_operations: bool
) -> list[tuple[int, dict[str, object]]]:
    """Events in order of recording, numbered, from the one after `after` on: for reading all of them in batches."""
    rows = con.execute(
        """SELECT id, uid, type, at, url, verdict, ruling_id, data FROM events
           WHERE id > :after AND (:since IS NULL OR at >= :since)
             AND (:operations OR type NOT LIKE 'operations.%') ORDER BY id LIMIT :limit""",
        {"after": after, "since": optional_text(since), "operations": with_operations, "limit": limit},
    ).fetchall()
    return [(row["id"], _flat(con, row)) for row in rows]


def _flat(con: sqlite3.Connection, row: sqlite3.Row) -> dict[str, object]:
    data = whole(con, row)
    first = {"id": row["uid"], "type": row["type"], "at": row["at"], "url": row["url"], "verdict": row["verdict"]}
    return {**first, **{key: value for key, value in data.items() if key not in first}}
