"""What outlets reply to what we say of an edit: attached to a ruling, withdrawn, and read. Only ever added to."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rows import inserted, text_of
from db.store.chain import REPLY_COLUMNS, chained, last_hash
from db.store.people import NotKnown, revision_number

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

_RULINGS = "SELECT id FROM rulings WHERE revision_id = ? ORDER BY id DESC"
_REPLY = """
SELECT r.*, w.at AS withdrawn_at FROM replies r LEFT JOIN replies w ON w.withdraws = r.id
WHERE r.id = ? AND r.withdraws IS NULL
"""
_REPLIES = """
SELECT r.*, g.verdict AS answers, g.at AS answers_at, w.at AS withdrawn_at, w.text AS withdrawn_because
FROM replies r JOIN rulings g ON g.id = r.ruling_id LEFT JOIN replies w ON w.withdraws = r.id
WHERE r.withdraws IS NULL AND r.revision_id IN (SELECT value FROM json_each(?)) ORDER BY r.received_at, r.id
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an outlet replied. `link`: where it published that; empty where it did not."""

    author: str
    received_at: datetime
    text: str
    link: str = ""


def attach(con: sqlite3.Connection, revision_id: int, ruling_id: int | None, reply: Reply, now: datetime) -> int:
    """Keep a reply to a ruling on that revision, or to the one that stands; says its number.

    Raises:
        NotKnown: there is no such revision, no ruling on it, or not that one.
    """
    rulings = [row["id"] for row in con.execute(_RULINGS, [revision_number(con, revision_id)])]
    if not rulings:
        raise NotKnown(f"no ruling was made on revision {revision_id}: there is nothing to reply to")
    if ruling_id is not None and ruling_id not in rulings:
        numbers = ", ".join(map(str, reversed(rulings)))
        raise NotKnown(f"ruling {ruling_id} is not on revision {revision_id}; those on it: {numbers}")
    values = {
        "ruling_id": rulings[0] if ruling_id is None else ruling_id,
        "revision_id": revision_id,
        "at": text_of(now),
        "author": reply.author,
        "received_at": text_of(reply.received_at),
        "text": reply.text,
        "link": reply.link,
        "withdraws": None,
    }
    return _append(con, values)


def withdraw(con: sqlite3.Connection, number: int, because: str, now: datetime) -> None:
    """Say that a reply is withdrawn, and why; it stays, and is shown as withdrawn.

    Raises:
        NotKnown: there is no such reply, or it was withdrawn before.
    """
    row = con.execute(_REPLY, [number]).fetchone() if 0 < number < 2**63 else None
    if row is None:
        raise NotKnown(f"there is no reply {number}")
    if row["withdrawn_at"] is not None:
        raise NotKnown(f"reply {number} was withdrawn on {row['withdrawn_at'][:10]}")
    kept = {name: row[name] for name in ("ruling_id", "revision_id")}
    at = text_of(now)
    _append(con, {**kept, "at": at, "author": "", "received_at": at, "text": because, "link": "", "withdraws": number})


def replies(con: sqlite3.Connection, revision_ids: Iterable[int]) -> defaultdict[int, tuple[sqlite3.Row, ...]]:
    """The replies by the revision, the first received first; withdrawn ones say when and why they were."""
    found: defaultdict[int, tuple[sqlite3.Row, ...]] = defaultdict(tuple)
    for row in con.execute(_REPLIES, [json.dumps(list(revision_ids))]):
        found[row["revision_id"]] += (row,)
    return found


def _append(con: sqlite3.Connection, values: dict[str, object]) -> int:
    previous = last_hash(con, "replies")
    content = {name: values[name] for name in REPLY_COLUMNS}
    row = {**content, "previous_hash": previous, "hash": chained(previous, content)}
    marks = ", ".join(f":{name}" for name in row)
    return inserted(con.execute(f"INSERT INTO replies ({', '.join(row)}) VALUES ({marks})", row))
