"""Attempts before their time: they cost none of those that the retry schedule has, nor do they pass over what a
receiver asked for.

Else whoever takes some events and refuses others would have used up in an hour what is to last for three days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import instant_of, optional_text, text_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

    from db.work_alerts import DeliveryResult

_FAILED = """
SELECT id, next_attempt_at, last_attempt_at, asked_until FROM deliveries
WHERE state = 'pending' AND next_attempt_at > :now AND last_attempt_at IS NOT NULL
"""
_SOONER = """
UPDATE deliveries SET scheduled_at = coalesce(scheduled_at, next_attempt_at), next_attempt_at = :soonest WHERE id = :id
"""


def bring_forward(
    con: sqlite3.Connection, now: datetime, which: str, values: Mapping[str, object], pause: timedelta = timedelta()
) -> None:
    """Try deliveries that failed before their time, but `pause` after their last attempt, and not before what their
    receiver asked for. `which`: SQL, of `deliveries`."""
    for row in con.execute(f"{_FAILED} AND {which}", {"now": text_of(now), **values}).fetchall():
        asked = instant_of(row["asked_until"]) if row["asked_until"] else now
        soonest = max(now, instant_of(row["last_attempt_at"]) + pause, asked)
        if soonest < instant_of(row["next_attempt_at"]):
            con.execute(_SOONER, {"id": row["id"], "soonest": text_of(soonest)})


def note_failure(con: sqlite3.Connection, result: DeliveryResult) -> datetime | None:
    """Count a failed attempt, and say when the next one is; None: never.

    One before its time is not counted: the next is when it would have been without it.
    """
    (kept,) = con.execute("SELECT scheduled_at FROM deliveries WHERE id = ?", [result.delivery_id]).fetchone()
    scheduled, again, counted = instant_of(kept) if kept else None, result.next_attempt_at, True
    if scheduled is not None and scheduled > result.at:
        again, counted = max(scheduled, result.not_before or scheduled), False
    con.execute(
        "UPDATE deliveries SET attempts = attempts + ?, asked_until = ? WHERE id = ?",
        [int(counted), optional_text(result.not_before), result.delivery_id],
    )
    return again
