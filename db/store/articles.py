"""The queue of articles: what is due for a look."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from changes.change import BackTo
from db.rows import clocks_from_json, instant_of, json_of, optional_instant, optional_text, text_of, validators_from_row
from db.store import hosts
from db.store.around import notices_before, unstamped
from db.store.damage import AGAIN, refuse, tolerated
from db.store.following import FIXED, SPEAKER, WANTED
from db.store.imprints import noise_of
from db.store.observations import looks_at
from db.store.planning import planned
from db.store.practice import practice_of
from db.store.revisions import load_article, readers_of
from db.store.rulings import last_rule
from db.store.validators import one_in_full
from db.work import DueArticle, Earlier, History, Known, Latest, Outcome
from scraper.urls import host_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.work import Failure, RobotsCopy

# An old copy can only be told by versions that a cache may still hold; more than that are never compared.
_EARLIER = 50

# What looks that the budget does not pay for are for: articles that were never read, and those for which sources with
# an interval of their own speak.
_UNPAID = (
    "AND a.revision_id IS NULL",
    f"AND {FIXED}",
)
# Where no more than that are due, their hosts are all that need be asked; else one host after the other.
_FEW = 500
_FEW_DUE = """
SELECT a.host FROM articles a WHERE a.next_visit_at <= :now {new} ORDER BY a.next_visit_at LIMIT :few
"""
# In the order of an index (m033), so that it ends as soon as there are enough; what cannot be had without asking two
# other tables is asked last.
_FREE_HOSTS = f"""
SELECT h.host, {hosts.FREE} AS slots FROM {{among}}
WHERE coalesce(h.free_at, '') <= :now AND CASE WHEN EXISTS (
    SELECT 1 FROM articles a
    WHERE a.host = h.host AND a.next_visit_at <= :now AND {WANTED}
      AND (a.leased_until IS NULL OR a.leased_until <= :now)
      AND (:since IS NULL OR a.last_visited_at IS NULL OR a.last_visited_at < :since OR a.state = 'suspect'
           OR a.asked_again = 1) {{new}}) THEN {hosts.IN_HAND} < :per_host END
ORDER BY h.free_at LIMIT :limit
"""
_ALL, _THESE = "hosts h", "json_each(:hosts) these JOIN hosts h ON h.host = these.value"

_ARTICLES = f"""
SELECT a.*, p.name AS source, p.id AS speaks, r.read_with, r.rule_at, h.stale_seconds,
    h.edits_hidden, h.edits_validated, h.proofs_checked, h.proofs_wrong, h.robots_status, h.robots_body,
    h.robots_fetched_at, l.article_id IS NOT NULL AS listed, i.imprint
FROM json_each(?) asked JOIN articles a ON a.id = asked.value JOIN hosts h ON h.host = a.host
JOIN sources p ON p.id = {SPEAKER}
LEFT JOIN revisions r ON r.id = a.revision_id
LEFT JOIN listings l ON l.source_id = p.id AND l.article_id = a.id AND l.last_listed_at = p.last_listed_at
LEFT JOIN imprints i ON i.article_id = a.id AND h.proofs_wrong = 0
"""
_DUE_OF_HOST = f"""
SELECT a.id FROM articles a
WHERE a.host = :host AND a.next_visit_at <= :now AND {WANTED}
  AND (a.leased_until IS NULL OR a.leased_until <= :now)
  AND (:since IS NULL OR a.last_visited_at IS NULL OR a.last_visited_at < :since OR a.state = 'suspect'
           OR a.asked_again = 1) {{new}}
ORDER BY a.next_visit_at LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Bound:
    """At most so many looks that the budget pays for: that is all but those at articles that were never read, or for
    which the sources of these names speak.
    """

    looks: int
    fixed: tuple[str, ...] = ()


def due_articles(
    con: sqlite3.Connection,
    now: datetime,
    limit: int,
    per_host: int = 1,
    since: datetime | None = None,
    *,
    bound: Bound | None = None,
) -> list[DueArticle]:
    """Articles to look at now, leased to the caller, fair between hosts.

    Args:
        since: only those not visited since then, or waiting for a look that confirms what the last one found.
        bound: of what has to be paid for; what need not be comes first then.
    """
    fixed = json_of(list(bound.fixed if bound else ()))
    values: dict[str, Any] = {
        "now": text_of(now), "since": optional_text(since), "limit": limit, "per_host": per_host, "fixed": fixed,
    }  # fmt: skip
    found: list[int] = []
    if bound is not None and bound.looks < limit:
        for which in _UNPAID[: 2 if bound.fixed else 1]:
            _choose(con, found, which, now, values)
        values["limit"] = min(limit, len(found) + bound.looks)
    if len(found) < values["limit"]:
        _choose(con, found, "", now, values)
    return _handed_out(con, found, now)


def _choose(con: sqlite3.Connection, found: list[int], which: str, now: datetime, values: dict[str, Any]) -> None:
    """Lease what is due, at most `limit` in all, and add its numbers to `found`."""
    until, before, due_of_host = text_of(now + hosts.LEASE), len(found), _DUE_OF_HOST.format(new=which)
    for host in _free_hosts(con, which, values):
        slots = min(host["slots"], values["limit"] - len(found))
        if slots > 0:
            rows = con.execute(due_of_host, {**values, "host": host["host"], "limit": slots}).fetchall()
            found += [row["id"] for row in rows]
    con.executemany("UPDATE articles SET leased_until = ? WHERE id = ?", [(until, number) for number in found[before:]])


def _free_hosts(con: sqlite3.Connection, which: str, values: dict[str, Any]) -> list[sqlite3.Row]:
    """Hosts of which something is due that may be asked now, and how many things."""
    due = [row["host"] for row in con.execute(_FEW_DUE.format(new=which), {**values, "few": _FEW}).fetchall()]
    among = _ALL if len(due) == _FEW else _THESE
    of = {**values, "hosts": json_of(sorted(set(due)))}
    return con.execute(_FREE_HOSTS.format(new=which, among=among), of).fetchall()


def _handed_out(con: sqlite3.Connection, ids: Sequence[int], now: datetime) -> list[DueArticle]:
    """The articles of these numbers, in their order; damaged ones are put off, and left out."""
    found: list[DueArticle] = []
    rows = _rows(con, ids)
    for article_id in ids:
        with tolerated(partial(_damaged, con, article_id, now)):
            found.append(_article(con, rows[article_id] if rows else _ask(con, [article_id])[article_id], now))
    return found


def _rows(con: sqlite3.Connection, ids: Sequence[int]) -> dict[int, sqlite3.Row]:
    """The rows of all of them; none, where one of them holds a text that is none: then they are asked for singly."""
    try:
        return _ask(con, ids)
    except sqlite3.OperationalError:
        return {}


def _ask(con: sqlite3.Connection, ids: Sequence[int]) -> dict[int, sqlite3.Row]:
    return {row["id"]: row for row in con.execute(_ARTICLES, [json_of(ids)]).fetchall()}


def _damaged(con: sqlite3.Connection, article_id: int, now: datetime, failure: Failure) -> None:
    con.execute(
        """UPDATE articles SET leased_until = NULL, next_visit_at = ?, failures = failures + 1, error_code = ?,
           error = ? WHERE id = ?""",
        [text_of(now + AGAIN), failure.code, failure.message, article_id],
    )


def _article(con: sqlite3.Connection, row: sqlite3.Row, now: datetime) -> DueArticle:
    wanting = _wanting(con, row)
    return DueArticle(
        id=row["id"],
        url=row["url"],
        fetch_url=row["fetch_url"],
        host=row["host"],
        source=row["source"],
        state=row["state"],
        revision_id=row["revision_id"],
        read_with=row["read_with"] or "",
        validators=validators_from_row(row),
        one_in_full=one_in_full(row),
        digest=row["digest"],
        history=_history(row),
        allowance=timedelta(seconds=row["stale_seconds"]),
        wants_settling=wanting > 0,
        wants_uncached=wanting > 1,
        robots=_robots(con, row),
        planned=planned(row, row["speaks"], row["source"], now, listed=bool(row["listed"])),
        imprint=row["imprint"] or b"",
        noise=noise_of(row),
    )


def _robots(con: sqlite3.Connection, row: sqlite3.Row) -> tuple[RobotsCopy, ...]:
    """Where an address redirects to is most often where the article says that it lives."""
    own = () if row["robots_fetched_at"] is None else (hosts.robots_of(row),)
    elsewhere = row["host"] if row["url"] == row["fetch_url"] else host_key(row["url"])
    return own if elsewhere == row["host"] else (*own, *hosts.robots(con, elsewhere))


def known(con: sqlite3.Connection, due: DueArticle, now: datetime) -> Known:
    """What a look that was handed out is compared with: as of the revision that stood then, whatever came since.

    Raises:
        Damaged: a row that belongs to it cannot be read.
    """
    with tolerated(refuse):
        row = con.execute("SELECT * FROM articles WHERE id = ?", [due.id]).fetchone()
        return Known(
            latest=_latest(con, row, due.revision_id, now),
            earlier=_earlier(con, due),
            practice=practice_of(con, row["source_id"]),
            old_copy_since=_old_copy_since(con, due.id),
            clock_ok=hosts.clock_confirmed(con, due.host, now),
            read_by=readers_of(con, due.id),
        )


def _history(row: sqlite3.Row) -> History:
    return History(
        first_seen_at=instant_of(row["first_seen_at"]),
        last_visited_at=optional_instant(row["last_visited_at"]),
        last_changed_at=optional_instant(row["last_changed_at"]),
        failures_in_a_row=row["failures"],
        missing_in_a_row=row["missing"],
        missing_since=optional_instant(row["missing_since"]),
        missing_connection=row["missing_connection"],
        last_read_at=optional_instant(row["last_read_at"]),
    )


def _latest(con: sqlite3.Connection, row: sqlite3.Row, revision_id: int | None, now: datetime) -> Latest | None:
    revision = con.execute("SELECT * FROM revisions WHERE id = ?", [revision_id]).fetchone()
    if revision is None:
        return None
    return Latest(
        revision_id=revision["id"],
        number=revision["number"],
        article=replace(
            load_article(con, row["url"], revision),
            clocks=clocks_from_json(row["clocks"]),
            comment_count=row["comment_count"],
            warning=row["warning"],
        ),
        fingerprint=revision["fingerprint"],
        first_seen_at=instant_of(revision["seen_at"]),
        last_seen_at=instant_of(row["last_read_at"]),
        validators=validators_from_row(row),
        staleness=timedelta(seconds=row["read_stale_seconds"]),
        open_stand_move=bool(revision["rule_at"]) and last_rule(con, revision["id"]) == 9,
        unstamped=unstamped(con, row["id"], now),
        notices=notices_before(con, row["id"], now),
    )


def _earlier(con: sqlite3.Connection, due: DueArticle) -> tuple[Earlier, ...]:
    rows = con.execute(
        """SELECT r.id, r.number, r.fingerprint, r.seen_at, (SELECT min(n.seen_at) FROM revisions n
               WHERE n.article_id = r.article_id AND n.number > r.number AND n.kind != 'held') AS replaced_at
           FROM revisions r WHERE r.article_id = ? AND r.id < ? AND r.kind != 'held' ORDER BY r.id DESC LIMIT ?""",
        [due.id, due.revision_id or 0, _EARLIER],
    ).fetchall()
    return tuple(
        Earlier(
            old["id"],
            old["fingerprint"],
            BackTo(old["number"], instant_of(old["seen_at"]), instant_of(old["replaced_at"])),
        )
        for old in rows
    )


def _wanting(con: sqlite3.Connection, row: sqlite3.Row) -> int:
    """2 if a ruling on the version that stands still wants a look past all caches, 1 if only more looks, else 0."""
    if row["rule_at"] is None:
        return 0
    revision = con.execute("SELECT * FROM revisions WHERE id = ?", [row["revision_id"]]).fetchone()
    return 1 if looks_at(con, revision, clock_confirmed=True, pages_kept=True).uncached else 2


def _old_copy_since(con: sqlite3.Connection, article_id: int) -> datetime | None:
    last = con.execute(
        "SELECT outcome, first_at FROM observations WHERE article_id = ? ORDER BY id DESC LIMIT 1", [article_id]
    ).fetchone()
    return instant_of(last["first_at"]) if last and last["outcome"] == Outcome.OLD_COPY else None
