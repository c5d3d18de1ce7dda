"""What an outlet's stamps do with its edits, counted as rulings settle: rows 20 to 22 of docs/rulings.md rest on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from changes.case import forward
from changes.change import ClockChange, ClockPractice, Practice
from changes.ruling import MACHINE_CLOCKS
from db.rows import instant_of
from db.store.around import late_stand
from db.store.clocks import clocks_before, first_clocks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from scraper.article import Clock

# An edit of the text whose ruling has settled. What its clocks did is read from them: a notice discloses an edit
# whatever the Stand did. `led`: the Stand had moved a look earlier.
_COUNTED = """
SELECT u.verdict = 'announced_late' AS late, u.verdict = 'announced' AND b.stand_only AS led, a.source_id,
    r.id, r.article_id, r.number, r.seen_at, r.stand_only, r.clocks_before, r.before_id
FROM rulings u JOIN revisions r ON r.id = u.revision_id JOIN articles a ON a.id = r.article_id
JOIN revisions b ON b.id = r.before_id
WHERE u.id = ? AND u.settled AND NOT r.stand_only
  AND u.verdict IN ('announced', 'announced_late', 'disclosed', 'disclosed_late', 'unmarked',
      'unmarked_headline', 'silent')
"""
_CLOCK = """
INSERT INTO clock_practice (source_id, kind, edits, moved) VALUES (:source, :kind, :sign, :sign * :moved)
ON CONFLICT DO UPDATE SET edits = edits + excluded.edits, moved = moved + excluded.moved
"""


def practice_of(con: sqlite3.Connection, source_id: int) -> Practice:
    """How often the outlet's Stand and its machine clocks moved with a settled edit of the text."""
    row = con.execute("SELECT edits, edits_stand_moved FROM sources WHERE id = ?", [source_id]).fetchone()
    clocks = con.execute("SELECT kind, edits, moved FROM clock_practice WHERE source_id = ? ORDER BY kind", [source_id])
    known = tuple(ClockPractice(*clock) for clock in clocks)
    return Practice(row["edits"], row["edits_stand_moved"], known, _delay(con, source_id, row["edits_stand_moved"]))


def _delay(con: sqlite3.Connection, source_id: int, with_it: int) -> timedelta:
    """The 99th percentile of the delays of the Stand, by the nearest rank; it came at once with so many edits."""
    late = con.execute("SELECT count(*) AS number FROM stamp_delays WHERE source_id = ?", [source_id]).fetchone()
    row = con.execute(
        "SELECT seconds FROM stamp_delays WHERE source_id = ? ORDER BY seconds DESC LIMIT 1 OFFSET ?",
        [source_id, (late["number"] + with_it) // 100],
    ).fetchone()
    return timedelta(seconds=row["seconds"] if row else 0)


def count_practice(con: sqlite3.Connection, ruling_id: int, supersedes: int | None) -> None:
    """Count the edit that was ruled on; one whose ruling is taken back is uncounted."""
    for number, sign in ((supersedes, -1), (ruling_id, 1)):
        _count(con, number, sign)


def recount_practice(con: sqlite3.Connection) -> None:
    """Count all edits anew by the rulings that stand: an earlier program may have counted otherwise."""
    con.execute("UPDATE sources SET edits = 0, edits_stand_moved = 0")
    con.execute("DELETE FROM clock_practice")
    con.execute("DELETE FROM stamp_delays")
    for row in con.execute("SELECT max(id) AS id FROM rulings GROUP BY revision_id").fetchall():
        _count(con, row["id"], 1)


def _count(con: sqlite3.Connection, ruling_id: int | None, sign: int) -> None:
    row = con.execute(_COUNTED, [ruling_id]).fetchone()
    if row is None:
        return
    before, after = clocks_before(con, row), first_clocks(con, row["id"])
    stands = [next((clock for clock in clocks if clock.kind == "stand"), None) for clocks in (before, after)]
    if not all(stand and stand.covers for stand in stands):  # a notice may disclose an edit that has none
        return
    con.execute(
        "UPDATE sources SET edits = edits + ?, edits_stand_moved = edits_stand_moved + ? WHERE id = ?",
        [sign, sign * (forward(ClockChange("stand", *stands)) or row["led"]), row["source_id"]],
    )
    _count_delay(con, row, sign)
    known = _starts(before)
    for kind, start in _starts(after).items():
        if kind in known:
            moved = start != known[kind]
            con.execute(_CLOCK, {"source": row["source_id"], "kind": kind, "sign": sign, "moved": moved})


def _count_delay(con: sqlite3.Connection, row: sqlite3.Row, sign: int) -> None:
    if not row["late"]:
        return
    con.execute("DELETE FROM stamp_delays WHERE revision_id = ?", [row["id"]])
    late = late_stand(con, row) if sign > 0 else None
    if late is not None:
        seconds = (late.seen_at - instant_of(row["seen_at"])).total_seconds()
        con.execute("INSERT INTO stamp_delays VALUES (?, ?, ?)", [row["id"], row["source_id"], seconds])


def _starts(clocks: Iterable[Clock]) -> dict[str, datetime]:
    """What the machine clocks say that can be read, by kind; a page may have several of one kind."""
    readable = [(clock.kind, clock.covers.start) for clock in clocks if clock.kind in MACHINE_CLOCKS and clock.covers]
    return dict(sorted(readable))
