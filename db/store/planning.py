"""What looks are planned by: what was learned, and the moments of the next looks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from db.rows import instant_of, json_of, optional_instant, text_of
from db.store.following import FIXED, SPEAKER, WANTED
from db.work_planning import Planned, Pulse, Rest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

_LISTED = """
SELECT 1 FROM listings l JOIN sources s ON s.id = l.source_id
WHERE l.article_id = ? AND l.source_id = ? AND l.last_listed_at = s.last_listed_at
"""
# Those with which nothing is wrong: who fails, is missing or waits for a ruling has a time of its own.
_TO_PLAN = f"""
SELECT a.*, p.id AS speaks, p.name AS source FROM articles a JOIN sources p ON p.id = {SPEAKER}
WHERE (a.first_seen_at, a.id) > (:since, :after) AND a.next_visit_at > :now AND a.leased_until IS NULL
  AND a.state = 'live' AND a.failures = 0 AND a.revision_id IS NOT NULL AND a.paused = 0
  AND (SELECT r.rule_at FROM revisions r WHERE r.id = a.revision_id) IS NULL
ORDER BY a.first_seen_at, a.id LIMIT :limit
"""

# A wait that was asked for is noted when it was heard, and once more when the look was over.
_AS_ASKED = timedelta(minutes=1)

_SPENT_UNTIL = """
SELECT json_extract(value, '$') AS until FROM learned WHERE name = 'spent_until'
  AND json_extract(value, '$') > strftime('%Y-%m-%dT%H:%M:%f', 'now')
"""


def spent_until(con: sqlite3.Connection) -> str | None:
    """About when the budget for looks has enough for the next one, if that lies ahead."""
    row = con.execute(_SPENT_UNTIL).fetchone()
    return row["until"] if row else None


def learned(con: sqlite3.Connection) -> dict[str, str]:
    """All that was kept, by name."""
    return dict(con.execute("SELECT name, value FROM learned").fetchall())


def found_lately(con: sqlite3.Connection, now: datetime, since: datetime, apart: Sequence[str] = ()) -> dict[int, int]:
    """How many articles that were found since then are followed, by hours since the one in which they were first read;
    of what a clock that was ahead wrote down, as for `planned`, since it was first looked at after that.

    Args:
        apart: names of sources; what they speak for does not count.
    """
    rows = con.execute(
        f"""SELECT max(:hour - strftime('%s', CASE WHEN r.seen_at > :now THEN coalesce(a.born_at, r.seen_at)
                ELSE r.seen_at END) / 3600, 0) AS hours, count(*) AS articles
            FROM articles a JOIN revisions r ON r.article_id = a.id AND r.number = 1
            WHERE a.next_visit_at IS NOT NULL AND a.revision_id IS NOT NULL AND a.first_seen_at >= :since AND {WANTED}
              AND {SPEAKER} NOT IN (SELECT id FROM sources WHERE name IN (SELECT value FROM json_each(:apart)))
            GROUP BY hours""",
        {
            "now": text_of(now),
            "hour": int(now.timestamp() // 3600),
            "since": text_of(since),
            "apart": json_of(list(apart)),
        },
    )
    return {row["hours"]: row["articles"] for row in rows.fetchall()}


def keep_learned(con: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Keep what changed."""
    con.executemany(
        "INSERT INTO learned (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        values.items(),
    )


def planned_of(con: sqlite3.Connection, row: sqlite3.Row, source_id: int, source: str, now: datetime) -> Planned:
    """What the next look at an article is planned by."""
    listed = con.execute(_LISTED, [row["id"], source_id]).fetchone() is not None
    return planned(row, source_id, source, now, listed=listed)


def planned(row: sqlite3.Row, source_id: int, source: str, now: datetime, *, listed: bool) -> Planned:
    """The same, where it is known whether the source lists it."""
    first_seen_at = instant_of(row["first_seen_at"])
    if first_seen_at > now:  # by a clock that was ahead: when it was first looked at after that is kept as its birth
        first_seen_at = min(optional_instant(row["born_at"]) or now, now)
    edit = row["last_edit"]
    if edit is None or edit > now.timestamp() / 3600:
        edit = -1e9
    moves: Literal["moved", "rest"] = "moved" if row["comments_moved"] else "rest"
    return Planned(
        id=row["id"],
        url=row["url"],
        source_id=source_id,
        source=source,
        first_seen_at=first_seen_at,
        born_at=min(optional_instant(row["born_at"]) or first_seen_at, first_seen_at),
        last_visited_at=optional_instant(row["last_visited_at"]),
        pulse=Pulse(row["edits_known"], row["exposure"], edit),
        hinted=bool(row["hinted"]),
        listed=listed,
        comments="none" if row["comment_count"] is None else moves,
        panel=None if row["panel"] is None else (bool(row["panel"]), row["panel_share"]),
        was_read=row["revision_id"] is not None,
    )


def keep_planned(con: sqlite3.Connection, items: Sequence[Planned]) -> None:
    """Keep what looks taught of articles."""
    con.executemany(
        """UPDATE articles SET born_at = ?, edits_known = ?, exposure = ?, last_edit = ?, comments_moved = ?,
           panel = ?, panel_share = ? WHERE id = ?""",
        [
            (
                text_of(item.born_at),
                item.pulse.edits,
                item.pulse.exposure,
                item.pulse.last_edit if item.pulse.last_edit > 0 else None,
                item.comments == "moved",
                *(item.panel or (None, None)),
                item.id,
            )
            for item in items
        ],
    )


def to_plan(
    con: sqlite3.Connection, now: datetime, since: datetime, after: int, limit: int
) -> tuple[list[Planned], datetime]:
    """Articles first seen since then whose next look can be planned anew, in order, from behind the last one on; and
    when the last of them was first seen, as it was written down.
    """
    values = {"now": text_of(now), "since": text_of(since), "after": after, "limit": limit}
    rows = con.execute(_TO_PLAN, values).fetchall()
    last = instant_of(rows[-1]["first_seen_at"]) if rows else since
    return [planned_of(con, row, row["speaks"], row["source"], now) for row in rows], last


def plan(con: sqlite3.Connection, looks: Sequence[tuple[int, datetime]], now: datetime) -> None:
    """Set the next looks of articles that nobody looks at right now."""
    con.executemany(
        "UPDATE articles SET next_visit_at = ?1 WHERE id = ?2 AND next_visit_at > ?3 AND leased_until IS NULL",
        [(text_of(at), number, text_of(now)) for number, at in looks],
    )


def look_by(con: sqlite3.Connection, source: str, now: datetime, latest: datetime, *, evenly: bool) -> None:
    """Look at the articles that a source speaks for at that moment at the latest, or spread evenly over the time until
    then: it was given fixed times. Who fails, or is missing, has a time of its own.
    """
    rows = con.execute(
        f"""SELECT a.id FROM sources s JOIN listings l ON l.source_id = s.id JOIN articles a ON a.id = l.article_id
            WHERE s.name = ? AND s.id = {SPEAKER} AND a.next_visit_at > ? AND a.state = 'live' AND a.failures = 0""",
        [source, text_of(latest)],
    ).fetchall()
    span = latest - now
    moments = [now + span * (place + 1) / len(rows) if evenly else latest for place in range(len(rows))]
    con.executemany(
        "UPDATE articles SET next_visit_at = ? WHERE id = ?",
        [(text_of(at), row["id"]) for at, row in zip(moments, rows, strict=True)],
    )


def speaker(con: sqlite3.Connection, row: sqlite3.Row) -> tuple[int, str]:
    """The source that speaks for an article; of one that nobody follows, that which named it first."""
    found = con.execute(
        f"SELECT s.id, s.name FROM articles a JOIN sources s ON s.id = coalesce({SPEAKER}, a.source_id) WHERE a.id = ?",
        [row["id"]],
    ).fetchone()
    return found["id"], found["name"]


def watch(con: sqlite3.Connection, row: sqlite3.Row) -> tuple[str, list[str]]:
    """Whether an article is looked at, in a word of the view `watching`, and the names of the sources that list it."""
    names = con.execute(
        "SELECT s.name FROM listings l JOIN sources s ON s.id = l.source_id WHERE l.article_id = ? ORDER BY s.id",
        [row["id"]],
    )
    found = con.execute("SELECT watch FROM watching WHERE article_id = ?", [row["id"]]).fetchone()
    return found["watch"], [listing["name"] for listing in names]


def never_polled(con: sqlite3.Connection) -> list[sqlite3.Row]:
    """Sources that were not polled since they were added: name, host and when they are."""
    return con.execute(
        """SELECT name, host, next_poll_at FROM sources WHERE state = 'active' AND kind != 'hand'
           AND last_polled_at IS NULL AND next_poll_at IS NOT NULL ORDER BY name"""
    ).fetchall()


def ahead(con: sqlite3.Connection, row: sqlite3.Row, fixed: Sequence[str]) -> tuple[int, int]:
    """How many looks are due before one at an article that is due: at its host, and of all that the budget pays for.

    Args:
        fixed: names of the sources that have times of their own, which the budget does not pay for.
    """
    found = con.execute(
        f"""SELECT count(*) FILTER (WHERE a.host = :host) AS there,
                count(*) FILTER (WHERE a.revision_id IS NOT NULL AND NOT {FIXED}) AS paid
            FROM articles a WHERE (a.next_visit_at, a.id) < (:due, :id) AND {WANTED}""",
        {"host": row["host"], "due": row["next_visit_at"], "id": row["id"], "fixed": json_of(list(fixed))},
    ).fetchone()
    return found["there"], found["paid"]


def open_until(con: sqlite3.Connection, row: sqlite3.Row) -> datetime | None:
    """Until when the ruling on the version of an article that stands is open."""
    ruling = con.execute("SELECT rule_at FROM revisions WHERE id = ?", [row["revision_id"]]).fetchone()
    return optional_instant(ruling["rule_at"]) if ruling else None


def rest_of(con: sqlite3.Connection, host: str, now: datetime) -> Rest | None:
    """How a host rests; None: it may be asked."""
    row = con.execute("SELECT * FROM hosts WHERE host = ? AND free_at > ?", [host, text_of(now)]).fetchone()
    if row is None:
        return None
    until, asked = instant_of(row["free_at"]), optional_instant(row["asked_until"])
    if asked is not None and abs(until - asked) < _AS_ASKED:
        return Rest(until, "asked", row["failures"])
    return Rest(until, "failing" if row["free_at"] == row["rests_until"] else "pause", row["failures"])
