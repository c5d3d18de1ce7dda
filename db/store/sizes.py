"""How large the database is, of what, and how fast it grows: measured as it grows, so that nobody reads all of it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from db.rows import instant_of, text_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

# Rows of each kind that are counted at a time: an old database is counted through hour by hour.
_AT_A_TIME = 200_000
# Growth is said over so many days, and over one at least.
_OVER = timedelta(days=30)

_LAST = "SELECT * FROM sizes ORDER BY day DESC LIMIT 1"
# What is counted: the column of the sum, of the last row that is in it, and what is summed over the rows after it.
_KINDS = (
    ("pages", "page_id", "SELECT id, coalesce(length(body), 0) + length(headers) AS size FROM pages"),
    ("texts", "block_id", "SELECT id, length(CAST(text AS BLOB)) AS size FROM blocks"),
    ("events", "event_id", "SELECT id, length(CAST(data AS BLOB)) AS size FROM events"),
)
_NOTE = """
INSERT INTO sizes (day, at, database, free, pages, page_id, texts, block_id, events, event_id, articles, revisions)
VALUES (:day, :at, :database, :free, :pages, :page_id, :texts, :block_id, :events, :event_id,
    (SELECT coalesce(sum(articles), 0) FROM counted_articles), (SELECT coalesce(max(id), 0) FROM revisions))
ON CONFLICT (day) DO UPDATE SET at = excluded.at, database = excluded.database, free = excluded.free,
    pages = excluded.pages, page_id = excluded.page_id, texts = excluded.texts, block_id = excluded.block_id,
    events = excluded.events, event_id = excluded.event_id, articles = excluded.articles,
    revisions = excluded.revisions
"""


# With less SQLite cannot even open a file to read it: it makes a log and its index beside it.
_LEAST = 1_000_000


def has_no_room(path: Path, least: int = _LEAST) -> bool:
    """Whether the disk of a file is full."""
    try:
        return shutil.disk_usage(path.parent).free < least
    except OSError:
        return False


class Sizes(TypedDict):
    """Bytes of the file and of what it holds.

    `free`: holds nothing, and is used again; `log`: the write-ahead log beside it; `rest`: indexes, looks, rulings and
    all else; `growth_a_day`: None before it was known for a day; `disk_free`: what the disk has left.
    """

    database: int
    free: int
    log: int
    pages: int
    texts: int
    events: int
    rest: int
    growth_a_day: int | None
    disk_free: int


def sizes(con: sqlite3.Connection) -> Sizes:
    """How large it is now."""
    file, free = _file(con)
    counted = _counted(con)
    pages, texts, events = (int(counted[name]) for name, _, _ in _KINDS)
    path = Path(con.execute("PRAGMA database_list").fetchone()[2])
    log = path.with_name(path.name + "-wal")
    return {
        "database": file,
        "free": free,
        "log": log.stat().st_size if log.exists() else 0,
        "pages": pages,
        "texts": texts,
        "events": events,
        "rest": max(file - free - pages - texts - events, 0),
        "growth_a_day": _growth(con, file - free),
        "disk_free": shutil.disk_usage(path.parent).free,
    }


def note_sizes(con: sqlite3.Connection, now: datetime) -> None:
    """Keep today's sizes."""
    file, free = _file(con)
    at = text_of(now)
    con.execute(_NOTE, {**_counted(con), "day": at[:10], "at": at, "database": file, "free": free})


def count_anew(con: sqlite3.Connection) -> None:
    """Forget what was counted of raw pages: some were erased."""
    con.execute("UPDATE sizes SET pages = 0, page_id = 0 WHERE day = (SELECT max(day) FROM sizes)")


def _file(con: sqlite3.Connection) -> tuple[int, int]:
    page, pages, free = (
        con.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
    )
    return page * pages, page * free


def _counted(con: sqlite3.Connection) -> dict[str, int]:
    """The sums so far and up to which rows, some more rows further than they were."""
    last = con.execute(_LAST).fetchone()
    found: dict[str, int] = {}
    for name, row_id, rows in _KINDS:
        so_far, after = (last[name], last[row_id]) if last else (0, 0)
        more = con.execute(
            f"SELECT coalesce(sum(size), 0) AS size, max(id) AS id FROM ({rows} WHERE id > ? ORDER BY id LIMIT ?)",
            [after, _AT_A_TIME],
        ).fetchone()
        found |= {name: so_far + more["size"], row_id: more["id"] or after}
    return found


def _growth(con: sqlite3.Connection, used: int) -> int | None:
    last = con.execute(_LAST).fetchone()
    if last is None:
        return None
    since = text_of(instant_of(last["at"]) - _OVER)
    first = con.execute("SELECT at, database - free AS used FROM sizes WHERE at >= ? ORDER BY day LIMIT 1", [since])
    then = first.fetchone()
    span = instant_of(last["at"]) - instant_of(then["at"])
    return round((used - then["used"]) / (span / timedelta(days=1))) if span >= timedelta(days=1) else None
