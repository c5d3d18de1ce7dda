"""Kept pages that are to be read again, and what they say now: versions that nobody is told of."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from changes.change import Ruling
from changes.ruling import MACHINE_CLOCKS, RULE_VERSION
from db.pages import PageError, answer_of, open_page
from db.reread import DueReread, Kept
from db.rows import clocks_from_json, clocks_to_json, instant_of, text_of
from db.store import drift, hosts
from db.store.imprints import forget_imprint
from db.store.people import NotKnown, find_article
from db.store.revisions import Version, add_revision, add_ruling, load_article, readers_of
from db.store.rulings import correct
from db.store.unread import is_read_now
from db.work import Failure, Outcome, Sighting, VisitResult
from scraper.page import Page
from scraper.urls import host_key, is_under

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from db.reread import Correction, NewReading, RereadResult
    from scraper.article import Clock


class Reread(StrEnum):
    """What became of the kept pages of an article that were read again."""

    ANEW = "anew"  # they say something else now, or are read by another reader
    SAME = "same"  # they say what they said
    LOST = "lost"  # the newest still says less than the version that stands
    UNREADABLE = "unreadable"  # the newest cannot be read
    OUTRUN = "outrun"  # another version or ruling has come in the meantime


# Each page with its first and its newest reading; one that could not be read has none.
_KEPT = """
SELECT p.id, p.fetched_at, r.id AS reading, r.kind, f.id AS first, f.kind AS first_kind, b.page_id AS before_page
FROM pages p
LEFT JOIN unread_pages u ON u.page_id = p.id
LEFT JOIN revisions r ON r.id = (SELECT max(id) FROM revisions WHERE page_id = p.id)
LEFT JOIN revisions f ON f.id = (SELECT min(id) FROM revisions WHERE page_id = p.id)
LEFT JOIN revisions b ON b.id = f.before_id
WHERE p.article_id = ? AND p.body IS NOT NULL AND (r.id IS NOT NULL OR u.page_id IS NOT NULL)
ORDER BY p.fetched_at, p.id
"""


def to_reread(con: sqlite3.Connection, url: str | None, site: str | None) -> list[int]:
    """The articles meant: the one with that address, those of a site, or all that did not move and of which any page
    is kept. A site is named as in `hosts` of a profile, by its host alone, or with a port or as an address.

    Raises:
        NotKnown: there are none.
    """
    if url is not None:
        return [find_article(con, url)["id"]]
    rows = con.execute(
        """SELECT id, host FROM articles a WHERE state != 'moved'
             AND EXISTS (SELECT 1 FROM pages p WHERE p.article_id = a.id) ORDER BY id"""
    ).fetchall()
    if site is None:
        return [row["id"] for row in rows]
    wanted = _host(site)
    found = [row["id"] for row in rows if is_under(row["host"], wanted)]
    if not found:
        raise NotKnown(f"{site!r}: no article of that host was read; expected a host such as www.example.org")
    return found


def _host(site: str) -> str:
    try:
        return host_key(site if "://" in site else f"https://{site}")
    except ValueError:
        return site


def due_reread(con: sqlite3.Connection, article_id: int) -> DueReread | None:
    """The pages of an article, without their bodies; None where none is kept."""
    row = con.execute("SELECT * FROM articles WHERE id = ?", [article_id]).fetchone()
    pages = tuple(_kept(con, row, page) for page in con.execute(_KEPT, [article_id]).fetchall())
    if not pages:
        return None
    standing = con.execute("SELECT page_id FROM revisions WHERE id = ?", [row["revision_id"]]).fetchone()
    return DueReread(
        article_id=article_id,
        url=row["url"],
        host=row["host"],
        standing_id=row["revision_id"],
        standing_page=standing["page_id"] if standing else None,
        newest_id=_newest(con, article_id),
        read_by=readers_of(con, article_id),
        allowance=hosts.allowance(con, row["host"]),
        pages=pages,
    )


def _kept(con: sqlite3.Connection, row: sqlite3.Row, page: sqlite3.Row) -> Kept:
    revision = con.execute("SELECT * FROM revisions WHERE id = ?", [page["reading"]]).fetchone()
    told = page["first_kind"] == "changed"
    return Kept(
        page_id=page["id"],
        fetched_at=instant_of(page["fetched_at"]),
        counts=revision is not None and page["kind"] != "held",
        late=page["fetched_at"] > (row["last_read_at"] or ""),
        reading=load_article(con, row["url"], revision) if revision else None,
        edit=page["first"] if told else None,
        before_page=page["before_page"] if told else None,
    )


def _newest(con: sqlite3.Connection, article_id: int) -> int:
    row = con.execute("SELECT max(id) AS id FROM revisions WHERE article_id = ?", [article_id]).fetchone()
    return int(row["id"] or 0)


def kept_page(con: sqlite3.Connection, page_id: int) -> Page | Failure:
    """A page as it came, with the address that was asked for one that could not be read; or that it is damaged."""
    try:
        body, said = open_page(con, page_id), answer_of(con, page_id)
    except PageError as error:
        return Failure("damaged", str(error))
    unread = con.execute("SELECT asked FROM unread_pages WHERE page_id = ?", [page_id]).fetchone()
    redirects = ((302, unread["asked"]),) if unread is not None and unread["asked"] != said.url else ()
    return Page(said.url, said.status, said.headers, body, instant_of(said.fetched_at), redirects=redirects)


def record_reread(
    con: sqlite3.Connection, result: RereadResult, corrections: Sequence[Correction], *, accept: bool
) -> tuple[Reread, int]:
    """Keep what the pages say now; says what became of it, and how many rulings were taken back.

    `accept`: the newest page counts even if it says less than before.
    """
    due = result.due
    row = con.execute("SELECT * FROM articles WHERE id = ?", [due.article_id]).fetchone()
    if row["revision_id"] != due.standing_id or _newest(con, due.article_id) != due.newest_id:
        return Reread.OUTRUN, 0
    if not all(_stands_still(con, item) for item in corrections) or not all(_is_kept(con, item) for item in result.new):
        return Reread.OUTRUN, 0
    for item in result.new:
        _add(con, result, item, row)
    for page_id in result.known:
        is_read_now(con, page_id, says_something_new=False)
    if result.well or (accept and result.failure is None):
        con.execute("DELETE FROM doubts WHERE article_id = ?", [due.article_id])
    if result.well:
        _looks_soon(con, row, result)
    taken_back = sum(correct(con, item, result.at) for item in corrections)
    return _kind(result, taken_back), taken_back


def _kind(result: RereadResult, taken_back: int) -> Reread:
    if result.failure is not None:
        return Reread.UNREADABLE
    if result.lost:
        return Reread.LOST
    return Reread.ANEW if result.new or taken_back else Reread.SAME


def _stands_still(con: sqlite3.Connection, correction: Correction) -> bool:
    last = con.execute("SELECT max(id) AS id FROM rulings WHERE revision_id = ?", [correction.revision_id]).fetchone()
    return bool(last["id"] == correction.ruling_id)


def _is_kept(con: sqlite3.Connection, item: NewReading) -> bool:
    """A page that could not be read may have given way to another, which may even have its number."""
    row = con.execute("SELECT fetched_at FROM pages WHERE id = ?", [item.page_id]).fetchone()
    return row is not None and row["fetched_at"] == text_of(item.window.not_after)


def _add(con: sqlite3.Connection, result: RereadResult, item: NewReading, row: sqlite3.Row) -> None:
    """Another version, of the time of the look at its page."""
    due, old = result.due, _reading(con, item.page_id)
    before = _reading(con, item.before_page)
    clocks = item.before.clocks if item.before else ()
    version = Version(
        "reread",
        item.window,
        item.change,
        clocks,
        before["id"] if before else None,
        item.page_id,
        old["id"] if old else None,
    )
    fetched_at = item.window.not_after
    seen = Sighting(Outcome.REREAD, fingerprint=item.fingerprint)
    look = VisitResult(due.article_id, fetched_at, seen, fetched_at, fetched_at - fetched_at, (), due.standing_id)
    revision_id = add_revision(con, look, item.article, version)
    is_read_now(con, item.page_id, says_something_new=True)
    kept = f"the page kept with revision {old['id']}" if old else "a page that could not be read then"
    evidence = (
        ("reader", f"{old['read_with'] if old else 'none'} → {item.article.read_with}"),
        ("read again", f"{kept}, of {fetched_at:%Y-%m-%d %H:%M} UTC"),
    )
    ruling = Ruling("reread", 1, item.window, evidence, True, None, RULE_VERSION)
    add_ruling(con, revision_id, text_of(result.at), ruling, None)
    if item is result.standing:
        _stands(con, row, result, revision_id, item)


def _reading(con: sqlite3.Connection, page_id: int | None) -> sqlite3.Row | None:
    """The newest reading of a page."""
    found: sqlite3.Row | None = con.execute(
        "SELECT * FROM revisions WHERE page_id = ? ORDER BY id DESC LIMIT 1", [page_id]
    ).fetchone()
    return found


def _stands(
    con: sqlite3.Connection, row: sqlite3.Row, result: RereadResult, revision_id: int, item: NewReading
) -> None:
    """What is looked at next is compared with it, whatever the server says of the answer before."""
    # What was open on the version before can get no more looks: rule on it now, with what there is.
    con.execute(
        "UPDATE revisions SET rule_at = ? WHERE id = ? AND rule_at IS NOT NULL",
        [text_of(result.at), row["revision_id"]],
    )
    late = item.page_id != result.due.standing_page
    count = item.article.comment_count if late or row["comment_count"] is None else row["comment_count"]
    clocks = item.article.clocks if late else _as_last_seen(row, result, item)
    con.execute(
        """UPDATE articles SET revision_id = ?, clocks = ?, comment_count = ?, warning = ?, last_read_at = ?, etag = '',
               last_modified = '', digest = '' WHERE id = ?""",
        [revision_id, clocks_to_json(clocks), count, item.article.warning,
         max(row["last_read_at"] or "", text_of(item.window.not_after)), row["id"]],
    )  # fmt: skip
    forget_imprint(con, row["id"])
    if count != row["comment_count"]:
        con.execute(
            "INSERT INTO comment_counts (article_id, at, count) VALUES (?, ?, ?)",
            [row["id"], text_of(item.window.not_after), count],
        )
    drift.note_reading(con, row["host"], row["id"], result.at, item.article)


def _as_last_seen(row: sqlite3.Row, result: RereadResult, item: NewReading) -> tuple[Clock, ...]:
    """Clocks for machines move without the text: those read from this page as before are known better by now."""
    seen = {clock.kind: clock for clock in clocks_from_json(row["clocks"]) if clock.kind in MACHINE_CLOCKS}
    readings = (kept.reading for kept in result.due.pages if kept.page_id == item.page_id)
    old = {clock for reading in readings if reading is not None for clock in reading.clocks}
    return tuple(seen.get(clock.kind, clock) if clock in old else clock for clock in item.article.clocks)


def _looks_soon(con: sqlite3.Connection, row: sqlite3.Row, result: RereadResult) -> None:
    """What its last look brought can be read: it fails no longer, and is looked at without waiting out the failures."""
    con.execute(
        """UPDATE articles SET failures = 0, error_code = '', error = '', next_visit_at = min(next_visit_at, ?)
           WHERE id = ? AND state = 'live'""",
        [text_of(result.at), row["id"]],
    )


def end_drifts(con: sqlite3.Connection, read_well: dict[str, int], now: datetime, *, accept: bool) -> list[str]:
    """The sites, of those with so many late pages that are read well, that drift no longer."""
    ended = []
    for host, well in sorted(read_well.items()):
        still = con.execute(
            """SELECT count(*) FROM doubts o WHERE o.host = ? AND o.lost != '' AND (o.lost != 'page'
                 OR EXISTS (SELECT 1 FROM unread_pages u WHERE u.article_id = o.article_id))""",
            [host],
        ).fetchone()[0]
        if accept or (well and still <= (still + well) // drift.STILL):
            by = "person" if accept else "reread"
            ended += [host] if drift.end(con, host, now, by) else []
    return ended
