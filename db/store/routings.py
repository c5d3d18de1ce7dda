"""The queue of events that nobody was told of yet; who is told, and what is held for whom until when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from changes.routing import News
from db.rows import json_of, optional_text, text_of
from db.store.damage import tolerated
from db.store.early import bring_forward
from db.store.events import whole
from db.store.revisions import load_article
from db.work_alerts import DueEvent

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from changes.meaning import Severity
    from db.work_alerts import Recipient, Routing
    from scraper.article import Article

# What was said before of the same thing as `e` says: of the edit that a ruling is on; of a departure, that the
# article is gone.
BEFORE = """
b.article_id = e.article_id AND b.id < e.id AND CASE e.type
    WHEN 'article.ruled' THEN b.revision_id = e.revision_id
    ELSE b.type = 'article.gone' AND NOT EXISTS (SELECT 1 FROM events r INDEXED BY events_article
        WHERE r.article_id = e.article_id AND r.type = 'article.returned' AND r.id > b.id AND r.id < e.id)
    END
"""
CORRECTIONS = ("article.ruled", "article.gone", "article.returned")
# Drifts and doubts: db/store/drift.py. What corrects waits for what it corrects: who is told that is told the
# correction, too.
_DRIFTS = """
SELECT 1 FROM events e JOIN articles a ON a.id = e.article_id
JOIN drifts d ON d.host = a.host AND d.to_at IS NULL AND d.holds = 1 WHERE e.id = ?
"""
_DUE = f"""
SELECT e.id, e.uid, e.type, e.article_id, e.revision_id, e.ruling_id, e.url, e.data FROM events e
WHERE e.routed_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM articles a JOIN drifts d ON d.host = a.host AND d.to_at IS NULL AND d.holds = 1
    WHERE a.id = e.article_id)
AND (e.type NOT IN {CORRECTIONS!r} OR NOT EXISTS (
    SELECT 1 FROM events b INDEXED BY events_article WHERE {BEFORE} AND b.routed_at IS NULL))
ORDER BY e.id LIMIT ?
"""
# To whom it never went out, as it is held, or waits for its first attempt, was not told.
_TOLD = "(d.handed_out = 1 OR d.carried_by IS NOT NULL OR d.digest_uid IS NOT NULL)"
# What was too early to say more takes nothing back when more is said, unless that there was no edit.
_HEARD = f"""
SELECT d.endpoint, max({_TOLD} AND (b.verdict != 'unsettled' OR e.verdict = 'misread')) AS takes_back
FROM events e JOIN events b INDEXED BY events_article ON {BEFORE} JOIN deliveries d ON d.event_id = b.id
WHERE e.id = ? GROUP BY d.endpoint
"""
# The last that an endpoint was told of the same, or is being told in the same digest.
_LAST_TOLD = f"""
SELECT b.uid, b.verdict FROM events e JOIN events b INDEXED BY events_article ON {BEFORE}
JOIN deliveries d ON d.event_id = b.id AND d.endpoint = :endpoint
WHERE e.uid = :uid AND {_TOLD} ORDER BY b.id DESC LIMIT 1
"""
_STILL_UNTOLD = f"""
SELECT d.id, e.uid FROM events e JOIN events b INDEXED BY events_article ON {BEFORE}
JOIN deliveries d ON d.event_id = b.id AND d.state IN ('pending', 'held') AND NOT {_TOLD}
WHERE e.id = :event AND (d.endpoint = :endpoint OR e.verdict = 'misread')
"""
# Nobody is told of himself that he cannot be told.
_ACTIVE = """
SELECT name FROM endpoints WHERE state = 'active' AND name IS NOT (
    SELECT iif(json_valid(data), json_extract(data, '$.endpoint'), NULL) FROM events
    WHERE id = ? AND type IN ('operations.endpoint_failing', 'operations.endpoint_recovered'))
"""
_HOUR = timedelta(hours=1)


def due_events(con: sqlite3.Connection, limit: int, *, with_texts: bool = False) -> list[DueEvent]:
    """Events that nobody was told of yet, oldest first; those of a site that drifts wait. `with_texts`: with the
    articles that they are about."""
    rows = con.execute(_DUE, [limit]).fetchall()
    return [due_event(con, row, with_texts=with_texts) for row in rows] if rows else []


def due_event(con: sqlite3.Connection, row: sqlite3.Row, *, with_texts: bool) -> DueEvent:
    """An event as it is handed out to be routed. `row` is of the table `events`."""
    active = tuple(found["name"] for found in con.execute(_ACTIVE, [row["id"]]))
    return DueEvent(row["id"], _news(con, row, with_texts=with_texts), active, _told_before(con, row))


def recorded_event(con: sqlite3.Connection, uid: str) -> DueEvent | None:
    """The event of that id with the articles that it is about, as if nobody were told yet; None: there is none."""
    row = con.execute(
        "SELECT e.*, a.taken_down_at FROM events e LEFT JOIN articles a ON a.id = e.article_id WHERE e.uid = ?", [uid]
    ).fetchone()
    if row is None:
        return None
    waits = row["routed_at"] is None and con.execute(_DRIFTS, [row["id"]]).fetchone() is not None
    return replace(due_event(con, row, with_texts=True), taken_down=row["taken_down_at"] is not None, waits=waits)


def _news(con: sqlite3.Connection, row: sqlite3.Row, *, with_texts: bool) -> News:
    """What it says. Where that cannot be read whoever wants such events is told: better once too often."""
    if row["article_id"] is None:
        return News(row["type"])
    news = None
    with tolerated(lambda _failure: None):
        news = _readable(con, row, with_texts=with_texts)
    return news or News(row["type"], is_damaged=True)


def _readable(con: sqlite3.Connection, row: sqlite3.Row, *, with_texts: bool) -> News:
    data = whole(con, row)
    before, after = _readings(con, row) if with_texts else (None, None)
    return News(
        row["type"], str(data["source"]), str(data["verdict"]), cast("Severity | None", data["severity"]),
        tuple(cast("list[str]", data["tags"])), cast("int", data["words_added"]) + cast("int", data["words_removed"]),
        before, after,
    )  # fmt: skip


def _readings(con: sqlite3.Connection, row: sqlite3.Row) -> tuple[Article | None, Article | None]:
    """The versions that an event is about, or the last of its article."""
    versions = con.execute(
        """SELECT r.* FROM revisions r WHERE r.id = coalesce(:revision,
               (SELECT revision_id FROM articles WHERE id = :article))
           UNION ALL
           SELECT b.* FROM revisions r JOIN revisions b ON b.id = r.before_id WHERE r.id = :revision""",
        {"revision": row["revision_id"], "article": row["article_id"]},
    ).fetchall()
    after, before, *_ = *(load_article(con, row["url"], version) for version in versions), None, None
    return before, after


def _told_before(con: sqlite3.Connection, row: sqlite3.Row) -> dict[str, bool]:
    """Of what corrects: who is told what it corrects, and whether it takes back something that went out to them."""
    if row["type"] not in CORRECTIONS:
        return {}
    return {found["endpoint"]: bool(found["takes_back"]) for found in con.execute(_HEARD, [row["id"]])}


def as_heard(con: sqlite3.Connection, endpoint: str, uid: str, data: dict[str, object]) -> dict[str, object]:
    """What an event says to an endpoint: it corrects what that was told, which may not be all that was said before."""
    if not data.get("supersedes"):
        return data
    told = con.execute(_LAST_TOLD, {"endpoint": endpoint, "uid": uid}).fetchone()
    replaces = data.get("replaces") and told and told["verdict"]
    return data | {"supersedes": told and told["uid"], "replaces": replaces}


def overtaken(uid: str) -> str:
    """Why something is not told any more."""
    return f"{uid} says something else of the same since"


def record_routings(con: sqlite3.Connection, results: Sequence[Routing]) -> None:
    """Make a delivery per endpoint that is to be told."""
    for result in results:
        at = text_of(result.at)
        for who in result.recipients:
            until = _held_until(con, who, result.at)
            con.execute(
                """INSERT INTO deliveries (event_id, endpoint, article_id, state, next_attempt_at, released_at, at_once)
                   SELECT id, :endpoint, article_id, iif(:until IS NULL, 'pending', 'held'), coalesce(:until, :at),
                       iif(:until IS NULL, :at, NULL), :at_once FROM events WHERE id = :event
                   ON CONFLICT DO NOTHING""",
                {"endpoint": who.endpoint, "until": optional_text(until), "at": at, "at_once": int(who.at_once),
                 "event": result.event_id},
            )  # fmt: skip
            if who.at_once:
                _hurry(con, who.endpoint, result.event_id, result.at)
                _withhold(con, result.event_id, who.endpoint)
        _withhold(con, result.event_id)
        con.execute("UPDATE events SET routed_at = ? WHERE id = ?", [at, result.event_id])


def _hurry(con: sqlite3.Connection, endpoint: str, event_id: int, at: datetime) -> None:
    """What failed of its article is before what takes something back, and is not to keep it waiting for hours."""
    which = "endpoint = :endpoint AND article_id = (SELECT article_id FROM events WHERE id = :event)"
    bring_forward(con, at, which, {"endpoint": endpoint, "event": event_id})


def _withhold(con: sqlite3.Connection, event_id: int, endpoint: str | None = None) -> None:
    """What was not told yet of the same is never told: not to an endpoint to which it would come after what takes it
    back, and to nobody where there was no edit."""
    for row in con.execute(_STILL_UNTOLD, {"endpoint": endpoint, "event": event_id}).fetchall():
        con.execute(
            "UPDATE deliveries SET state = 'withheld', error = ?, next_attempt_at = NULL WHERE id = ?",
            [overtaken(row["uid"]), row["id"]],
        )


def _held_until(con: sqlite3.Connection, who: Recipient, now: datetime) -> datetime | None:
    """When it may be told, by the endpoint's limit an hour; None: at once."""
    if who.held_until is not None or who.per_hour is None:
        return who.held_until
    until = full_until(let_through(con, who.endpoint, now), who.per_hour)
    if until is None:
        note_let_through(con, who.endpoint, now)
    return until


def full_until(lately: Sequence[float], per_hour: int) -> datetime | None:
    """Until when there is no room for more by a limit an hour; None: there is. `lately` is as `let_through` has it."""
    return datetime.fromtimestamp(lately[-per_hour], UTC) + _HOUR if len(lately) >= per_hour else None


def let_through(con: sqlite3.Connection, endpoint: str, now: datetime) -> list[float]:
    """When it was told something within the last hour, in seconds since 1970, oldest first."""
    row = con.execute("SELECT let_through FROM endpoints WHERE name = ?", [endpoint]).fetchone()
    since, times = (now - _HOUR).timestamp(), json.loads(row["let_through"]) if row else []
    return [at for at in times if since < at <= now.timestamp()]


def note_let_through(con: sqlite3.Connection, endpoint: str, now: datetime) -> None:
    """Count something against the limit an hour."""
    times = [*let_through(con, endpoint, now), now.timestamp()]
    con.execute("UPDATE endpoints SET let_through = ? WHERE name = ?", [json_of(times), endpoint])
