"""The queue of deliveries: events on their way to endpoints, in order per article, until they arrive or are dead.

What is held for a digest is carried by its first delivery (db/store/digests.py), and shares its fate.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from db.rows import instant_of, json_of, optional_text, text_of
from db.store import digests, early, events
from db.store.damage import tolerated
from db.store.hosts import LEASE
from db.store.routings import as_heard
from db.store.withheld import may_be_told
from db.work_alerts import DueDelivery

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from db.work import Failure
    from db.work_alerts import DeliveryResult

# So many may be on their way at a time to an endpoint that took the last one; to all others one, which shows how they
# are. Through Apprise, which has few processes, it is one in any case.
_TOGETHER = 4
# Several attempts fail at once when a receiver is started again: that is none of anybody's business.
_TRANSIENT = timedelta(minutes=5)
# What failed may be refused for what it says, by a receiver that takes all else: it is not asked all the time.
_PAUSE = timedelta(minutes=30)

# In order per article: a delivery waits until every earlier one of its article to the same endpoint is done or dead,
# those that are held among them; but not for those that it carries itself, and what takes something back not for any
# that is only held.
# In quiet hours nothing is told, nor tried again, but for what takes something back and what failed before it of its
# article.
# Whoever took the last one comes first, and one place is never given to anybody else: so those that hang, however many
# they are, fill no queue. Among their like all take turns: first who has the least on its way, then whose last attempt
# is the longest ago. A pass has no more for an endpoint that failed several times in a row and was tried in it.
_DUE = """
WITH on_their_way AS (
    SELECT endpoint, count(*) AS many FROM deliveries WHERE state = 'pending' AND leased_until > :now GROUP BY endpoint
), ready AS (
    SELECT d.id, d.attempts, d.next_attempt_at, d.event_id, d.digest_uid, d.endpoint, p.attempted_at,
           p.failures = 0 AND p.delivered_at IS NOT NULL AS answers,
           coalesce(o.many, 0) + row_number() OVER (PARTITION BY d.endpoint ORDER BY d.next_attempt_at, d.id) AS place
    FROM deliveries d JOIN endpoints p ON p.name = d.endpoint LEFT JOIN on_their_way o ON o.endpoint = d.endpoint
    WHERE d.state = 'pending' AND d.next_attempt_at <= :now AND (d.leased_until IS NULL OR d.leased_until <= :now)
      AND p.state = 'active' AND (p.rests_until IS NULL OR p.rests_until <= :now) AND (p.kind = 'apprise') = :apprise
      AND (d.at_once = 1 OR d.endpoint NOT IN (SELECT value FROM json_each(:quiet)) OR EXISTS (
          SELECT 1 FROM deliveries c WHERE c.state IN ('pending', 'held') AND c.endpoint = d.endpoint
              AND c.article_id = d.article_id AND c.id > d.id AND c.at_once = 1))
      AND (:since IS NULL OR d.last_attempt_at IS NULL OR d.last_attempt_at < :since)
      AND (:since IS NULL OR p.failures < :in_a_row OR p.attempted_at IS NULL OR p.attempted_at < :since)
      AND NOT EXISTS (SELECT 1 FROM deliveries b WHERE b.state IN ('pending', 'held') AND b.endpoint = d.endpoint
                      AND b.article_id = d.article_id AND b.id < d.id
                      AND NOT (d.at_once = 1 AND b.state = 'held' AND b.carried_by IS NULL))
), turns AS (
    SELECT *, row_number() OVER (PARTITION BY answers ORDER BY place, attempted_at, next_attempt_at, id) AS turn
    FROM ready WHERE place <= CASE WHEN answers THEN :together ELSE 1 END
)
SELECT t.id, t.endpoint, t.attempts, t.digest_uid, e.uid, e.type, e.at, e.url, e.ruling_id, e.data
FROM turns t JOIN events e ON e.id = t.event_id
WHERE t.answers OR t.turn < :limit
ORDER BY t.answers DESC, t.turn LIMIT :limit
"""

# What only waits for the end of quiet hours has not been on its way for long; noted now and then.
_PUT_OFF = """
UPDATE deliveries SET released_at = :now WHERE state = 'pending' AND next_attempt_at <= :now AND released_at < :ago
    AND endpoint IN (SELECT value FROM json_each(:quiet)) AND at_once = 0
"""
_ENDPOINT = """
SELECT p.* FROM endpoints p JOIN deliveries d ON d.endpoint = p.name WHERE d.id = ?
"""
_CONFIGURE = """
INSERT INTO endpoints (name, kind, url, url_sha256, events, state, added_at)
VALUES (:name, :kind, :url, :sha256, :events, 'active', :at)
ON CONFLICT (name) DO UPDATE SET kind = :kind, url = :url, url_sha256 = :sha256, events = :events,
    state = CASE WHEN state = 'disabled' AND (url_sha256 = :sha256 OR (url_sha256 = '' AND url = :url))
            THEN state ELSE 'active' END,
    rests_until = CASE WHEN url_sha256 = :sha256 THEN rests_until END,
    failures = CASE WHEN url_sha256 = :sha256 THEN failures ELSE 0 END,
    failing_since = CASE WHEN url_sha256 = :sha256 THEN failing_since END,
    failing_told = CASE WHEN url_sha256 = :sha256 OR failing_told = 0 THEN failing_told ELSE 2 END,
    error = CASE WHEN url_sha256 = :sha256 THEN error ELSE '' END
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An endpoint as it is configured. `url` is what of it may be shown; `whole_url` is only kept as its SHA-256."""

    name: str
    kind: str
    url: str
    whole_url: str = field(repr=False)
    events: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Of the whole address."""
        return hashlib.sha256(self.whole_url.encode()).hexdigest()


def configure(con: sqlite3.Connection, wanted: Iterable[Wanted], now: datetime) -> list[str]:
    """Make the table say what the configuration says, and say who is no longer in it. One that its receiver disabled is
    active at another address."""
    wanted = tuple(wanted)
    names = [item.name for item in wanted]
    _rename(con, wanted)
    for item in wanted:
        con.execute(
            _CONFIGURE,
            {"name": item.name, "kind": item.kind, "url": item.url, "events": json_of(list(item.events)),
             "at": text_of(now), "sha256": item.sha256},
        )  # fmt: skip
    marks = ", ".join("?" * len(names))
    left = f"UPDATE endpoints SET state = 'removed' WHERE state != 'removed' AND name NOT IN ({marks}) RETURNING name"
    return sorted(str(row["name"]) for row in con.execute(left, names).fetchall())


def release(con: sqlite3.Connection, endpoint: str, until: datetime) -> None:
    """What is held for it was held by its rules of before: it is held until then at most."""
    con.execute(
        """UPDATE deliveries SET next_attempt_at = :until
           WHERE endpoint = :endpoint AND state = 'held' AND carried_by IS NULL AND next_attempt_at > :until""",
        {"endpoint": endpoint, "until": text_of(until)},
    )


def _rename(con: sqlite3.Connection, wanted: Sequence[Wanted]) -> None:
    """One that goes while one comes with its address has another name now: what it was told and what waits for it
    stays with it. Of several at an address the one that asks for the same events; else nobody knows which it is."""
    known = con.execute("SELECT name, kind, url_sha256, state, events FROM endpoints").fetchall()
    here, before = {item.name for item in wanted}, {row["name"] for row in known}
    gone = [row for row in known if row["name"] not in here and row["state"] != "removed"]
    come = [item for item in wanted if item.name not in before]
    for item in come:
        old = [row for row in gone if (row["kind"], row["url_sha256"]) == (item.kind, item.sha256)]
        new = [other for other in come if (other.kind, other.sha256) == (item.kind, item.sha256)]
        if len(old) > 1 or len(new) > 1:
            old = [row for row in old if row["events"] == json_of(list(item.events))]
            new = [other for other in new if other.events == item.events]
        if len(old) == len(new) == 1:
            con.execute("PRAGMA defer_foreign_keys = ON")
            con.execute("UPDATE endpoints SET name = ? WHERE name = ?", [item.name, old[0]["name"]])
            con.execute("UPDATE deliveries SET endpoint = ? WHERE endpoint = ?", [item.name, old[0]["name"]])


def due_deliveries(
    con: sqlite3.Connection,
    now: datetime,
    limit: int,
    since: datetime | None = None,
    *,
    apprise: bool = False,
    quiet: Collection[str] = (),
) -> list[DueDelivery]:
    """Deliveries to attempt now, leased to the caller: to endpoints that Apprise speaks to, or to all others. With
    `since`: only those not attempted since then. `quiet`: endpoints that are to be left alone now."""
    digests.gather(con, now, quiet)
    if quiet:
        con.execute(_PUT_OFF, {"now": text_of(now), "ago": text_of(now - _TRANSIENT), "quiet": json_of(sorted(quiet))})
    values = {
        "now": text_of(now), "limit": limit, "since": optional_text(since), "apprise": apprise,
        "together": 1 if apprise else _TOGETHER, "in_a_row": events.TOLD_AFTER,
        "quiet": json_of(sorted(quiet)),
    }  # fmt: skip
    found: list[DueDelivery] = []
    while not found and (rows := con.execute(_DUE, values).fetchall()):  # none of them may be to be told any more
        con.executemany(
            "UPDATE deliveries SET leased_until = ? WHERE id = ?", [(text_of(now + LEASE), row["id"]) for row in rows]
        )
        for row in rows:
            with tolerated(partial(_damaged, con, row["id"])):
                if may_be_told(con, row["id"], now):
                    found.append(_handed_out(con, row))
    con.executemany("UPDATE deliveries SET handed_out = 1 WHERE id = ?", [(item.id,) for item in found])
    return found


def _handed_out(con: sqlite3.Connection, row: sqlite3.Row) -> DueDelivery:
    digest = row["digest_uid"]
    said = digests.body(con, row["id"], digest) if digest else _body(con, row)
    return DueDelivery(row["id"], row["endpoint"], digest or row["uid"], said, row["attempts"])


def _body(con: sqlite3.Connection, row: sqlite3.Row) -> str:
    """An event as it is sent: {"type", "timestamp", "data"}."""
    data = as_heard(con, row["endpoint"], row["uid"], events.whole(con, row))
    return json_of({"type": row["type"], "timestamp": row["at"], "data": data})


def _damaged(con: sqlite3.Connection, delivery_id: int, failure: Failure) -> None:
    """What it would say is lost: it is never sent, and holds up no other."""
    con.execute(
        "UPDATE deliveries SET state = 'dead', next_attempt_at = NULL, leased_until = NULL, error = ? WHERE id = ?",
        [failure.message, delivery_id],
    )
    digests.share(con, delivery_id)


def record_deliveries(con: sqlite3.Connection, results: Sequence[DeliveryResult]) -> None:
    """Keep what became of attempts."""
    for result in results:
        again = None if result.delivered else early.note_failure(con, result)
        if not result.delivered and (result.disable or _is_disabled(con, result.delivery_id)):
            again = _when_enabled(con, result)
        state = "delivered" if result.delivered else "dead" if again is None else "pending"
        at = text_of(result.at)
        con.execute(
            """UPDATE deliveries SET state = :state, attempts = attempts + :ok, next_attempt_at = :again,
               scheduled_at = NULL, leased_until = NULL, last_attempt_at = :at, status = :status, error = :error
               WHERE id = :id""",
            {"state": state, "ok": result.delivered, "again": optional_text(again), "at": at, "status": result.status,
             "error": result.error, "id": result.delivery_id},
        )  # fmt: skip
        digests.share(con, result.delivery_id)
        if result.delivered:
            _bring_forward(con, result)
        con.execute(
            """UPDATE endpoints SET failures = CASE WHEN :ok THEN 0 ELSE failures + 1 END, error = :error,
               attempted_at = max(coalesce(attempted_at, ''), :at),
               delivered_at = CASE WHEN :ok THEN max(coalesce(delivered_at, ''), :at) ELSE delivered_at END,
               failing_since = CASE WHEN :ok THEN NULL ELSE coalesce(failing_since, :at) END,
               state = CASE WHEN :disable THEN 'disabled' ELSE state END,
               rests_until = coalesce(max(rests_until, :rests), rests_until, :rests)
               WHERE name = (SELECT endpoint FROM deliveries WHERE id = :id)""",
            {"ok": result.delivered, "error": result.error, "disable": result.disable, "id": result.delivery_id,
             "at": at, "rests": optional_text(result.rests_until)},
        )  # fmt: skip
        if result.disable:
            con.execute(
                """UPDATE deliveries SET state = 'dead', next_attempt_at = NULL, error = :error
                   WHERE state IN ('pending', 'held') AND at_once = 0
                     AND endpoint = (SELECT endpoint FROM deliveries WHERE id = :id)""",
                {"error": result.error, "id": result.delivery_id},
            )
        _tell_operations(con, result)


def _bring_forward(con: sqlite3.Connection, result: DeliveryResult) -> None:
    """An endpoint that failed several times in a row took something: what failed meanwhile does not wait for hours."""
    endpoint = con.execute(_ENDPOINT, [result.delivery_id]).fetchone()
    if endpoint["failures"] >= events.TOLD_AFTER:
        early.bring_forward(con, result.at, "endpoint = :endpoint", {"endpoint": endpoint["name"]}, _PAUSE)


def _tell_operations(con: sqlite3.Connection, result: DeliveryResult) -> None:
    """An endpoint that fails is told once, when it has failed for a while, and once more when it takes events again."""
    row = con.execute(_ENDPOINT, [result.delivery_id]).fetchone()
    name, at = row["name"], result.at
    if result.delivered:
        if row["failing_told"]:
            events.operations(con, "endpoint_recovered", at, row["url"], {"name": name}, name)
            con.execute("UPDATE endpoints SET failing_told = 0 WHERE name = ?", [name])
        return
    since = instant_of(row["failing_since"])
    lasts = row["failures"] >= events.TOLD_AFTER and at - since >= _TRANSIENT
    if row["failing_told"] == 1 or not (lasts or result.disable):
        return
    values = {
        "name": name, "host": result.host or None, "status": result.status or None,
        "reason": result.reason[: events.DETAIL], "failures": row["failures"], "since": row["failing_since"],
    }  # fmt: skip
    events.operations(con, "endpoint_failing", at, row["url"], values, name)
    con.execute("UPDATE endpoints SET failing_told = 1 WHERE name = ?", [name])


def _when_enabled(con: sqlite3.Connection, result: DeliveryResult) -> datetime | None:
    """When that is told to an endpoint that is told nothing now: what takes back what it was told waits, all else is
    given up."""
    row = con.execute("SELECT at_once FROM deliveries WHERE id = ?", [result.delivery_id]).fetchone()
    return result.at if row["at_once"] else None


def _is_disabled(con: sqlite3.Connection, delivery_id: int) -> bool:
    row = con.execute(
        "SELECT p.state FROM deliveries d JOIN endpoints p ON p.name = d.endpoint WHERE d.id = ?", [delivery_id]
    ).fetchone()
    return bool(row["state"] == "disabled")
