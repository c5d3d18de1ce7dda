"""The queue of sources: feeds, sitemaps, pages and lists that are due, and what a poll found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from db.rows import (
    clocks_to_json,
    inserted,
    instant_of,
    json_of,
    optional_text,
    parts_from_json,
    parts_to_json,
    text_of,
    validators_from_row,
)
from db.store import events, hosts
from db.store.damage import AGAIN, tolerated
from db.store.following import FIXED, WANTED
from db.store.hosts import LEASE
from db.work import DueSource
from scraper.urls import canonical, host_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from db.store.articles import Bound
    from db.work import Failure, PollResult
    from scraper.feeds.entry import FeedEntry
    from scraper.feeds.kinds import Kind

# A host that was polled last is left to looks that are due there for so long, before it is polled again: with a long
# pause of the host, or many feeds, no look would ever have its turn.
_LEFT_TO_LOOKS = timedelta(seconds=5)
# The limit comes after the hosts' own: a host with many feeds never keeps those of others waiting.
_DUE = f"""
WITH ready AS (
    SELECT s.*, {hosts.SLOTS} AS slots,
           {hosts.IN_HAND} + row_number() OVER (PARTITION BY s.host ORDER BY s.next_poll_at, s.id) AS turn
    FROM sources s JOIN hosts h ON h.host = s.host
    WHERE s.state = 'active' AND s.next_poll_at <= :now
      AND (h.free_at IS NULL OR h.free_at <= CASE WHEN s.host IN (SELECT value FROM json_each(:polled)) AND EXISTS (
              SELECT 1 FROM articles a WHERE a.host = s.host AND a.next_visit_at <= :now AND {WANTED}
                AND (a.leased_until IS NULL OR a.leased_until <= :now)
                AND (:pays OR a.revision_id IS NULL OR {FIXED})) THEN :lately ELSE :now END)
      AND (s.leased_until IS NULL OR s.leased_until <= :now)
      AND (:since IS NULL OR s.last_polled_at IS NULL OR s.last_polled_at < :since)
)
SELECT * FROM ready WHERE turn <= slots ORDER BY next_poll_at, id LIMIT :limit
"""

# Kinds that list what is newest: if a poll shares nothing with the one before, something may have been missed. A
# sitemap or a list names all there is, whatever happens between two polls.
_ROLLING = ("feed", "api", "page")

# Validators belong to an address; a shorter interval holds at once; a source that comes back is polled at once.
_SAME = """url = excluded.url AND kind = excluded.kind AND links = excluded.links
    AND newest_seconds = excluded.newest_seconds"""
_CONFIGURE = f"""
INSERT INTO sources (name, kind, url, host, every_seconds, links, newest_seconds, websub, revisit_seconds, cron,
    added_at, next_poll_at)
VALUES (:name, :kind, :url, :host, :every, :links, :newest, :websub, :revisit, :cron, :now, :now)
ON CONFLICT (name) DO UPDATE SET
    etag = CASE WHEN {_SAME} THEN etag ELSE '' END,
    last_modified = CASE WHEN {_SAME} THEN last_modified ELSE '' END,
    digest = CASE WHEN {_SAME} THEN digest ELSE '' END,
    parts = CASE WHEN {_SAME} THEN parts ELSE '[]' END,
    last_listed_at = CASE WHEN kind = excluded.kind AND links = excluded.links THEN last_listed_at END,
    next_poll_at = CASE WHEN {_SAME} AND state != 'removed' THEN min(next_poll_at, :latest) ELSE :now END,
    state = CASE state WHEN 'removed' THEN 'active' ELSE state END,
    kind = excluded.kind, url = excluded.url, host = excluded.host, every_seconds = excluded.every_seconds,
    links = excluded.links, newest_seconds = excluded.newest_seconds, websub = excluded.websub,
    revisit_seconds = excluded.revisit_seconds, cron = excluded.cron,
    hub = CASE WHEN url = excluded.url THEN hub ELSE '' END
"""


@dataclass(frozen=True, slots=True)
class Turns:
    """Where looks have their turn before polls.

    Attributes:
        polled: hosts that were asked last for a source.
        bound: of looks: those that cannot be paid for have no turn.
    """

    polled: Collection[str] = ()
    bound: Bound | None = None


_ANYHOW = Turns()


@dataclass(frozen=True, slots=True)
class WantedSource:
    """A source as the configuration wants it. `url`: an address, or the path of a list; `links`, `newest`: of
    scraper.feeds.kinds.Reading; `revisit` or `cron`: the fixed times of looks at its articles, if they have any."""

    name: str
    url: str
    every: timedelta
    kind: Kind = "feed"
    links: str = ""
    newest: timedelta = timedelta(days=7)
    websub: bool = False
    revisit: timedelta | None = None
    cron: str = ""


def fixed_times(con: sqlite3.Connection) -> dict[str, tuple[float | None, str]]:
    """By which interval, or which line of cron, the articles of each source are looked at, if by any."""
    rows = con.execute("SELECT name, revisit_seconds, cron FROM sources").fetchall()
    return {row["name"]: (row["revisit_seconds"], row["cron"]) for row in rows if row["revisit_seconds"] or row["cron"]}


def configure(con: sqlite3.Connection, wanted: Iterable[WantedSource], now: datetime) -> None:
    """Make the table say what the configuration says. Sources that went are kept as removed."""
    wanted = list(wanted)
    names = [item.name for item in wanted]
    known = {row["name"] for row in con.execute("SELECT name FROM sources").fetchall()}
    for item in wanted:
        if item.name not in known:
            _rename(con, item, names)
        # A file has no host; all files wait for each other as if they had one, and that of no name.
        host = "" if item.kind == "list" else host_key(item.url)
        hosts.know(con, host)
        con.execute(
            _CONFIGURE,
            {"name": item.name, "kind": item.kind, "url": item.url, "host": host, "links": item.links,
             "every": item.every.total_seconds(), "newest": item.newest.total_seconds(), "websub": int(item.websub),
             "revisit": item.revisit.total_seconds() if item.revisit else None, "cron": item.cron,
             "now": text_of(now),
             "latest": text_of(now + item.every)},
        )  # fmt: skip
    marks = ", ".join("?" * len(names))
    con.execute(f"UPDATE sources SET state = 'removed' WHERE kind != 'hand' AND name NOT IN ({marks})", names)


def _rename(con: sqlite3.Connection, item: WantedSource, names: Sequence[str]) -> None:
    """A feed that now goes by a name that is new here stays the same source, with its listings and its practice."""
    marks = ", ".join("?" * len(names))
    con.execute(
        f"""UPDATE sources SET name = ? WHERE id = (
                SELECT id FROM sources WHERE kind = ? AND url = ? AND links = ? AND name NOT IN ({marks})
                ORDER BY state = 'removed', last_polled_at DESC LIMIT 1)""",
        [item.name, item.kind, item.url, item.links, *names],
    )


def due_sources(
    con: sqlite3.Connection,
    now: datetime,
    limit: int,
    per_host: int = 1,
    since: datetime | None = None,
    turns: Turns = _ANYHOW,
) -> list[DueSource]:
    """Sources to poll now, leased to the caller.

    Args:
        since: only those not polled since then.
        turns: whose it is where looks are due, too.
    """
    found: list[DueSource] = []
    bound = turns.bound
    values = {
        "now": text_of(now), "lately": text_of(now - _LEFT_TO_LOOKS), "since": optional_text(since), "limit": limit,
        "per_host": per_host, "polled": json_of(sorted(turns.polled)), "pays": bound is None or bound.looks > 0,
        "fixed": json_of(list(bound.fixed if bound else ())),
    }  # fmt: skip
    for row in con.execute(_DUE, values).fetchall():
        with tolerated(partial(_damaged, con, row["id"], now)):
            found.append(_handed_out(con, row, now))
    return found


def _handed_out(con: sqlite3.Connection, row: sqlite3.Row, now: datetime) -> DueSource:
    con.execute("UPDATE sources SET leased_until = ? WHERE id = ?", [text_of(now + LEASE), row["id"]])
    return DueSource(
        id=row["id"],
        name=row["name"],
        url=row["url"],
        host=row["host"],
        every=timedelta(seconds=row["every_seconds"]),
        validators=validators_from_row(row),
        failures_in_a_row=row["failures"],
        robots=hosts.robots(con, row["host"]),
        kind=row["kind"],
        links=row["links"],
        newest=timedelta(seconds=row["newest_seconds"]),
        parts=parts_from_json(row["parts"]),
        digest=row["digest"],
    )


def _damaged(con: sqlite3.Connection, source_id: int, now: datetime, failure: Failure) -> None:
    con.execute(
        """UPDATE sources SET leased_until = NULL, next_poll_at = ?, failures = failures + 1, error_code = ?, error = ?
           WHERE id = ?""",
        [text_of(now + AGAIN), failure.code, failure.message, source_id],
    )


def record_polls(con: sqlite3.Connection, results: Sequence[PollResult]) -> None:
    """Keep what polls found: the state of the sources, their entries as articles that are due, gaps."""
    for result in results:
        row = con.execute("SELECT * FROM sources WHERE id = ?", [result.source_id]).fetchone()
        hosts.pause(con, row["host"], result.at + result.host_pause)
        hosts.keep_robots(con, result.robots)
        if result.put_off:
            con.execute(
                "UPDATE sources SET leased_until = NULL, next_poll_at = ? WHERE id = ?",
                [text_of(result.next_poll_at), row["id"]],
            )
            continue
        _tell_operations(con, row, result)
        if result.entries is not None:
            con.execute("UPDATE sources SET hub = ?, topic = ? WHERE id = ?", [result.hub, result.topic, row["id"]])
        if result.parts is not None:
            con.execute("UPDATE sources SET parts = ? WHERE id = ?", [parts_to_json(result.parts), row["id"]])
        if result.failed is None:
            _record_success(con, row, result)
        else:
            _record_failure(con, result, result.failed)
        if result.entries:
            # What broke off answered all the same.
            con.execute(
                "UPDATE sources SET skipped = ?, last_ok_at = ? WHERE id = ?",
                [result.skipped, text_of(result.at), row["id"]],
            )
            _record_entries(con, row, result)


def _tell_operations(con: sqlite3.Connection, row: sqlite3.Row, result: PollResult) -> None:
    """A source that fails is told once, after some failures in a row, and once more when that is over. Where its whole
    host fails that is what is told."""
    failure, often = result.failed, row["failures"] + 1
    told = row["failing_told"]
    if failure is not None and often >= events.TOLD_AFTER and not told and not _is_known(con, row["host"]):
        values = {"name": row["name"], **events.of_failure(failure), "failures": often}
        events.operations(con, "source_failing", result.at, row["url"], values)
        con.execute("UPDATE sources SET failing_told = 1 WHERE id = ?", [row["id"]])
    elif failure is None and told:
        values = {"name": row["name"], "failures": row["failures"]}
        events.operations(con, "source_recovered", result.at, row["url"], values)
        con.execute("UPDATE sources SET failing_told = 0 WHERE id = ?", [row["id"]])


def _is_known(con: sqlite3.Connection, host: str) -> bool:
    """Whether it was told that the whole host fails."""
    row = con.execute("SELECT failing_told FROM hosts WHERE host = ?", [host]).fetchone()
    return bool(row["failing_told"])


def _record_failure(con: sqlite3.Connection, result: PollResult, failure: Failure) -> None:
    con.execute(
        """UPDATE sources SET leased_until = NULL, last_polled_at = ?, next_poll_at = ?, failures = failures + 1,
           error_code = ?, error = ? WHERE id = ?""",
        [text_of(result.at), text_of(result.next_poll_at), failure.code, failure.message,
         result.source_id],
    )  # fmt: skip


def _record_success(con: sqlite3.Connection, row: sqlite3.Row, result: PollResult) -> None:
    at = text_of(result.at)
    con.execute(
        """UPDATE sources SET leased_until = NULL, last_polled_at = :at, last_ok_at = :at, next_poll_at = :next,
           failures = 0, error_code = :code, error = :error, etag = :etag, last_modified = :last_modified,
           digest = :digest WHERE id = :id""",
        {
            "at": at,
            "next": text_of(result.next_poll_at),
            "code": result.failure.code if result.failure else "",
            "error": result.failure.message if result.failure else "",
            "etag": result.validators.etag,
            "last_modified": result.validators.last_modified,
            "digest": result.digest,
            "id": row["id"],
        },
    )


def list_entries(
    con: sqlite3.Connection, source_id: int, entries: Sequence[FeedEntry], at: datetime, *, heeded: bool = True
) -> int:
    """Keep entries as articles that are due. How many of them stood in the source's last list already."""
    urls = [(canonical(entry.url), entry) for entry in entries]
    return sum(_list(con, source_id, url, entry, at, heeded=heeded) for url, entry in urls if url is not None)


def _record_entries(con: sqlite3.Connection, row: sqlite3.Row, result: PollResult) -> None:
    at = text_of(result.at)
    shared = result.shared + list_entries(con, row["id"], result.entries or (), result.at, heeded=result.heeded)
    if row["kind"] in _ROLLING and row["last_listed_at"] is not None and not shared:
        con.execute(
            "INSERT INTO gaps (source_id, from_at, to_at) VALUES (?, ?, ?)",
            [row["id"], row["last_listed_at"], at],
        )
    con.execute("UPDATE sources SET last_listed_at = ? WHERE id = ?", [at, row["id"]])


def _list(con: sqlite3.Connection, source_id: int, url: str, entry: FeedEntry, at: datetime, *, heeded: bool) -> bool:
    """Note that the source lists the entry. True if it stood in the source's last list already."""
    article_id = add_article(con, source_id, url, at)
    before = con.execute(
        """SELECT l.updated_at, l.last_listed_at = s.last_listed_at AS listed_last
           FROM listings l JOIN sources s ON s.id = l.source_id WHERE l.source_id = ? AND l.article_id = ?""",
        [source_id, article_id],
    ).fetchone()
    updated = optional_text(entry.updated_at)
    con.execute(
        """INSERT INTO listings
               (source_id, article_id, title, published_at, updated_at, first_listed_at, last_listed_at, clocks)
           VALUES (:source, :article, :title, :published, :updated, :at, :at, :clocks)
           ON CONFLICT DO UPDATE SET title = :title, published_at = :published, updated_at = :updated,
               last_listed_at = :at, clocks = :clocks""",
        {"source": source_id, "article": article_id, "title": entry.title, "updated": updated,
         "published": optional_text(entry.published_at), "at": text_of(at), "clocks": clocks_to_json(entry.clocks)},
    )  # fmt: skip
    if before is not None and updated is not None and updated != before["updated_at"]:
        _hint(con, article_id, at if heeded else None)
    return before is not None and bool(before["listed_last"])


def _hint(con: sqlite3.Connection, article_id: int, look_at: datetime | None) -> None:
    """The feed says that the article was updated: it is looked at then at the latest, unless it is never visited, or
    is of the panel, which is looked at at fixed times whatever anybody says.
    """
    con.execute(
        """UPDATE articles SET hinted = 1, next_visit_at = CASE WHEN panel = 1 THEN next_visit_at
               ELSE min(next_visit_at, coalesce(?, next_visit_at)) END WHERE id = ?""",
        [optional_text(look_at), article_id],
    )


def add_article(con: sqlite3.Connection, source_id: int, url: str, at: datetime) -> int:
    """The number of the article with that identity, or that we ask at that address; a new one is due at once."""
    row = con.execute("SELECT id FROM articles WHERE url = ?1 OR fetch_url = ?1", [url]).fetchone()
    if row is not None:
        return int(row["id"])
    host = host_key(url)
    hosts.know(con, host)
    return inserted(
        con.execute(
            """INSERT INTO articles (url, fetch_url, host, source_id, first_seen_at, next_visit_at)
               VALUES (:url, :url, :host, :source, :at, :at)""",
            {"url": url, "host": host, "source": source_id, "at": text_of(at)},
        )
    )


def adopt(con: sqlite3.Connection, alias_id: int, article_id: int, at: datetime) -> None:
    """An address turned out to be another one of an article that is known: who lists the one lists the other.

    If it was added by hand, the article is followed again even if it had been removed.
    """
    con.execute(
        """INSERT INTO listings
               (source_id, article_id, title, published_at, updated_at, first_listed_at, last_listed_at, clocks)
           SELECT source_id, ?, title, published_at, updated_at, first_listed_at, last_listed_at, clocks
           FROM listings WHERE article_id = ? ON CONFLICT DO NOTHING""",
        [article_id, alias_id],
    )
    con.execute(
        """UPDATE articles SET next_visit_at = ?
           WHERE id = ? AND next_visit_at IS NULL AND taken_down_at IS NULL AND EXISTS (
               SELECT 1 FROM listings l JOIN sources s ON s.id = l.source_id
               WHERE l.article_id = ? AND s.kind = 'hand')""",
        [text_of(at), article_id, alias_id],
    )


def next_poll_at(con: sqlite3.Connection) -> datetime | None:
    """When the next source is due, or None."""
    row = con.execute("SELECT min(next_poll_at) AS at FROM sources WHERE state = 'active'").fetchone()
    return None if row["at"] is None else instant_of(row["at"])
