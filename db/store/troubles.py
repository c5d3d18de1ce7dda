"""What is wrong with the machine that watches: little room on the disk, a clock that others contradict. Each is told
once, when it has lasted, and once more when it is over."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from db.rows import text_of
from db.store import events

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from db.words.incidents import Values

# The disk has enough again with so much more than what is little, so that it is not told to and fro.
_ENOUGH = 1.25
# Our clock is odd where most hosts say so, and right again where most are that close.
_ODD, _RIGHT = timedelta(seconds=60), timedelta(seconds=30)
_HEARD, _WITNESSES = timedelta(hours=1), 2


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was found, and the events that tell it and its end.

    Attributes:
        is_there: None: nobody knows, or it is neither there nor over; what was told holds.
        about, values: for the event.
    """

    kind: str
    end: str
    is_there: bool | None
    about: str
    values: Values


def look_after(con: sqlite3.Connection, now: datetime, disk_low: int) -> None:
    """Note what is wrong now, and tell it where it has to be told.

    Args:
        disk_low: bytes; less is little.
    """
    for trouble in (_disk(con, disk_low), _clock(clock_offsets(con, now))):
        _note(con, trouble, now)


def clock_offsets(con: sqlite3.Connection, now: datetime) -> list[float]:
    """How many seconds hosts that were heard within an hour are ahead of our clock, by their Date."""
    rows = con.execute(
        "SELECT clock_offset_seconds AS ahead FROM hosts WHERE ahead IS NOT NULL AND clock_checked_at BETWEEN ? AND ?",
        [text_of(now - _HEARD), text_of(now)],
    )
    return [row["ahead"] for row in rows]


def clock_error(offsets: list[float]) -> float | None:
    """How many seconds our clock is behind what hosts say, negative if it is ahead; None: too few were heard."""
    return median(offsets) if len(offsets) >= _WITNESSES else None


def is_clock_odd(offsets: list[float]) -> bool | None:
    """Whether most hosts contradict our clock in the same way. One that is wrong itself proves nothing."""
    if len(offsets) < _WITNESSES:
        return None
    most, odd, right = len(offsets) / 2, _ODD.total_seconds(), _RIGHT.total_seconds()
    if sum(ahead > odd for ahead in offsets) > most or sum(ahead < -odd for ahead in offsets) > most:
        return True
    return False if sum(abs(ahead) <= right for ahead in offsets) > most else None


def _disk(con: sqlite3.Connection, low: int) -> Trouble:
    path = Path(con.execute("PRAGMA database_list").fetchone()[2])
    free = shutil.disk_usage(path.parent).free
    is_low = True if free < low else False if free >= low * _ENOUGH else None
    values = {"name": path.name, "left_bytes": free, "least_bytes": low}
    return Trouble("disk_low", "disk_enough", is_low, path.name, values)


def _clock(offsets: list[float]) -> Trouble:
    values = {"offset_seconds": clock_error(offsets) or 0.0, "hosts": len(offsets)}
    return Trouble("clock_odd", "clock_right", is_clock_odd(offsets), "clock", values)


def _note(con: sqlite3.Connection, trouble: Trouble, now: datetime) -> None:
    if trouble.is_there is None:
        return
    if not trouble.is_there:
        over = con.execute("DELETE FROM troubles WHERE kind = ? RETURNING told", [trouble.kind]).fetchone()
        if over is not None and over["told"]:
            events.operations(con, trouble.end, now, trouble.about, trouble.values)
        return
    row = con.execute(
        """INSERT INTO troubles (kind, since, found, told) VALUES (?, ?, 1, 0)
           ON CONFLICT DO UPDATE SET found = found + 1 RETURNING found, told""",
        [trouble.kind, text_of(now)],
    ).fetchone()
    if row["found"] >= events.TOLD_AFTER and not row["told"]:
        events.operations(con, trouble.kind, now, trouble.about, trouble.values)
        con.execute("UPDATE troubles SET told = 1 WHERE kind = ?", [trouble.kind])
