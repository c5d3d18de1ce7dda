"""Makes a database of five years: the real tables, filled by SQL with small texts, all else of the usual size.

Triggers and indexes are put aside meanwhile, and made again from what they are in a new file.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from benchmarks.large.made import Language
from db.migrations import migrate
from db.rows import text_of
from db.schema_added import EDITS_SO_FAR
from db.schema_compact import BLOCK_ARTICLES_SO_FAR
from db.schema_counts import ARTICLES_SO_FAR
from db.views import create_views

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path
    from random import Random

YEARS = 5
# What is found within so many days is looked at closely ("live"); all else once a year.
CLOSELY = timedelta(days=30)
_TEXTS, _WORDS, _BATCH = 50_000, 30, 100_000

# Articles by number in order of time: the last of them live. Two hosts have as many of them as a hundred others.
_OF = """
WITH RECURSIVE numbers(id) AS (SELECT :first UNION ALL SELECT id + 1 FROM numbers WHERE id < :last),
seen AS (
    SELECT id, CASE WHEN id % 20 = 0 THEN id / 20 % 2 ELSE id * 7919 % :hosts END AS host,
        CAST(CASE WHEN id <= :old THEN :start + (:closely - :start) * 1.0 * id / :old
            ELSE :closely + (:now - :closely) * 1.0 * (id - :old) / :live END AS INTEGER) AS seen
    FROM numbers),
made AS (
    SELECT id, host, seen, 'https://h' || host || '.example/politik/artikel-' || id || '.html' AS url,
        strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', seen, 'unixepoch') AS at,
        strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', seen + 10800, 'unixepoch') AS edited_at,
        strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', min(:now, seen + CASE WHEN id <= :old THEN 2592000 ELSE 86400 END),
            'unixepoch') AS looked_at,
        strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', CASE WHEN id <= :old
            THEN seen + ((:now - seen) / 31536000 + 1) * 31536000 ELSE :now + 60 + id * 7919 % 86400 END,
            'unixepoch') AS due_at,
        id % 10 < 3 AS edited
    FROM seen)
"""
_CLOCKS = """'[["stand","' || at || '","' || at || '",null,"Stand: 12.03.2026 14:02 Uhr"],["modified_ld","' || at
    || '","' || at || '",null,"2026-03-12T14:02:11+01:00"]]'"""
_HEADERS = """'{"date":"Thu, 26 Nov 2026 18:08:11 GMT","etag":"\\"' || id || '-0\\"","last-modified":"Thu, 26 Nov 2026'
    || ' 18:07:21 GMT","vary":"Accept-Encoding","connection":"47352@' || at || '","clock_offset_seconds":-0.970923}'"""
_REVISION = (
    """INSERT INTO revisions (id, article_id, number, kind, seen_at, kept_not_before, kept_not_after, topline, headline,
    standfirst, authors, notes, language, read_with, kept_stand_at, stand_raw, words, words_added, words_removed,
    excerpt, stand_only, clocks_before, fingerprint, page_id, page_sha256, previous_hash, hash, before_id, url)
{of} SELECT {id}, id, {number}, '{kind}', {at}, {at}, {at}, 'Inland', 'Der Rat der Stadt berät über Beschluss ' || id,
    'Was die Fraktionen am Abend dazu sagten', '["Ada Beispiel"]', '[]', 'de', 'generic/5', {at},
    'Stand: 12.03.2026 14:02 Uhr', 110, {added}, 0, {excerpt}, 0, """
    + _CLOCKS
    + """,
    printf('%064x', id + {number} * 1000000000), {id}, printf('%064x', id), printf('%064x', id), printf('%064x', id),
    {before}, url FROM made WHERE {which}"""
)
_SECOND = ":articles + id"


def _revision(**words: object) -> str:
    return _REVISION.format(of=_OF, **words)


def _of_revisions(insert: str, select: str) -> tuple[str, str]:
    """The same for the first version of each article, and for the second of those that were edited."""
    return (
        f"{insert} {_OF} {select.format(revision='id', at='at', which='1')}",
        f"{insert} {_OF} {select.format(revision=_SECOND, at='edited_at', which='edited')}",
    )


_BLOCK_OF = """SELECT {revision}, position, 0, ({revision} * 31 + position * 7919) % :texts + 1
    FROM made, (SELECT 0 AS position UNION ALL SELECT 1 UNION ALL SELECT 2) WHERE {which}"""
_CLOCK_OF = """SELECT {revision}, position, iif(position, 3, 0), strftime('%s', {at}) + 0, 60, {at}
    FROM made, (SELECT 0 AS position UNION ALL SELECT 1) WHERE {which}"""
_PAGE_OF = """SELECT {revision}, id, url, 200, '[["date","Thu, 26 Nov 2026 18:08:11 GMT"],["content-type","text/html;'
    || ' charset=utf-8"],["vary","Accept-Encoding"],["cache-control","max-age=60"],["etag","' || id || '"]]', {at},
    printf('%064x', {revision}), 95000, randomblob(600) FROM made WHERE {which}"""
_LOOK = """INSERT INTO observations (article_id, revision_id, outcome, kept_first_at, kept_last_at, count,
    longest_gap_seconds, connections, last_connection, uncached, clock_bad, first_headers, last_headers, status,
    error_code, error)
{of} SELECT id, {revision}, '{outcome}', {first}, {last}, {count}, 3600, {count}, '47352@' || at, 1, 0,
    {headers}, {headers}, 200, '', '' FROM made"""
_STANDS = "iif(edited, :articles + id, id)"
_EVENT = """INSERT INTO events (uid, type, at, article_id, revision_id, url, verdict, data, routed_at)
{of} SELECT 'evt_{kind}_' || printf('%024x', id), 'article.{kind}', {at}, id, {revision}, url, '{verdict}',
    '{{"source":"Blatt","headline":"Der Rat der Stadt","verdict":"{verdict}","words_added":3,"movement":null}}', {at}
    FROM made WHERE {which}"""
_FILLED = (
    _OF_ARTICLES := """INSERT INTO articles (id, url, fetch_url, host, source_id, first_seen_at, next_visit_at,
    last_visited_at, last_read_at, last_changed_at, revision_id, clocks, etag, last_modified, listed, born_at, exposure)
""" + _OF + f"""SELECT id, url, url, 'h' || host || '.example', host + 2, at, due_at, looked_at, looked_at,
    iif(edited, edited_at, NULL), {_STANDS}, {_CLOCKS}, '"' || id || '-0"', 'Thu, 26 Nov 2026 18:07:21 GMT', host + 2,
    at, 1.5 FROM made""",
    f"""INSERT INTO listings (source_id, article_id, title, first_listed_at, last_listed_at) {_OF}
    SELECT host + 2, id, 'Der Rat der Stadt berät über Beschluss ' || id, at, at FROM made""",
    _revision(id="id", number=1, kind="first", at="at", added=0, excerpt="''", before="NULL", which="1"),
    _revision(id=_SECOND, number=2, kind="changed", at="edited_at", added=3, excerpt="'heute nicht mehr'",
              before="id", which="edited"),
    *_of_revisions("INSERT INTO revision_blocks (revision_id, position, kept_kind, block_id)", _BLOCK_OF),
    *_of_revisions("INSERT INTO revision_clocks (revision_id, position, kept_kind, starts, lasts, raw)", _CLOCK_OF),
    *_of_revisions(
        "INSERT INTO pages (id, article_id, url, status, headers, fetched_at, sha256, size, body)", _PAGE_OF),
    _LOOK.format(of=_OF, revision="id", outcome="new", first="at", last="at", count=1, headers=_HEADERS),
    _LOOK.format(of=_OF, revision=_STANDS, outcome="same", first="at", last="looked_at", count=30, headers=_HEADERS),
    f"""INSERT INTO readings (article_id, read_with, host, at, headline, stand, comments, length) {_OF}
    SELECT id, 'generic/5', 'h' || host || '.example', at, 1, 1, 0, 2400 FROM made""",
    f"""INSERT INTO rulings (revision_id, kept_at, verdict, rule, rule_version, settled, kept_not_after, evidence,
    previous_hash, hash) {_OF} SELECT {_SECOND}, edited_at, 'announced', 20, 7, 1, edited_at,
    '[["Stand before", "14:02"], ["Stand after", "17:02"]]', printf('%064x', id), printf('%064x', id)
    FROM made WHERE edited""",
    _EVENT.format(of=_OF, kind="discovered", verdict="discovered", at="at", revision="id", which="1"),
    _EVENT.format(of=_OF, kind="changed", verdict="announced", at="edited_at", revision=_SECOND, which="edited"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How many articles in all, how many of them were found lately and are looked at closely, and on how many hosts."""

    articles: int
    live: int
    hosts: int


def make(path: Path, size: Size, now: datetime, random: Random) -> None:
    """Fill a new file, and say how far it is on stderr. What is live is due within a day from `now`, nothing before."""
    database = Database(path)
    con: sqlite3.Connection = database.conn
    con.isolation_level = None
    con.execute("PRAGMA journal_mode = WAL")
    migrate(database)
    create_views(database)
    for setting in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -400000"):
        con.execute(f"PRAGMA {setting}")
    with closing(con):
        aside = _put_aside(con)
        _texts(con, Language(random))
        _sources(con, size.hosts, now)
        _fill(con, size, now)
        for number, again in enumerate([*_so_far(), *aside], 1):
            con.execute(again)
            _say(f"{number} of {len(aside) + len(_so_far())} indexes and triggers")
        con.execute("INSERT INTO meta (key, value) VALUES ('benchmark_closely', ?)", [text_of(now - CLOSELY)])
        con.execute("PRAGMA journal_mode = WAL")
    print(file=sys.stderr)


def _put_aside(con: sqlite3.Connection) -> list[str]:
    rows = con.execute(
        """SELECT type, name, sql FROM sqlite_master WHERE type = 'trigger'
           OR type = 'index' AND sql IS NOT NULL ORDER BY type"""
    ).fetchall()
    for kind, name, _sql in rows:
        con.execute(f"DROP {kind} {name}")
    return [sql for _kind, _name, sql in rows]


def _so_far() -> tuple[str, ...]:
    """What triggers would have done."""
    searched = (f"INSERT INTO {name}({name}) VALUES ('rebuild')" for name in ("blocks_fts", "revisions_fts"))
    return (*searched, EDITS_SO_FAR, *ARTICLES_SO_FAR[1:], BLOCK_ARTICLES_SO_FAR[0])


def _texts(con: sqlite3.Connection, language: Language) -> None:
    texts = ((number, number.to_bytes(32), language.text(_WORDS)) for number in range(1, _TEXTS + 1))
    con.execute("BEGIN")
    con.executemany("INSERT INTO blocks (id, sha256, text) VALUES (?, ?, ?)", texts)
    con.execute("COMMIT")


def _sources(con: sqlite3.Connection, hosts: int, now: datetime) -> None:
    """Number 1 is "by hand"; each host has its feed. What all hosts allow was asked lately."""
    at = text_of(now)
    con.execute("BEGIN")
    con.execute(
        """INSERT INTO sources (id, name, kind, url, host, every_seconds, added_at)
           VALUES (1, 'by hand', 'hand', '', '', 0, ?)""",
        [at],
    )
    con.executemany(
        """INSERT INTO sources (id, name, kind, url, host, every_seconds, added_at, last_listed_at)
           VALUES (?, ?, 'feed', ?, ?, 31536000, ?, ?)""",
        [(host + 2, source_name(host), feed(host), f"h{host}.example", at, at) for host in range(hosts)],
    )
    con.executemany(
        """INSERT INTO hosts (host, free_at, robots_status, robots_body, robots_fetched_at, clock_offset_seconds,
               clock_checked_at) VALUES (?, ?, 200, ?, ?, 0.2, ?)""",
        [(f"h{host}.example", at, "User-agent: *\nDisallow: /suche\n", at, at) for host in range(hosts)],
    )
    con.execute("COMMIT")


def source_name(host: int) -> str:
    """As the configuration calls the feed of a host."""
    return f"Blatt {host}"


def feed(host: int) -> str:
    """Its address."""
    return f"https://h{host}.example/feed"


def _fill(con: sqlite3.Connection, size: Size, now: datetime) -> None:
    values: dict[str, Any] = {
        "articles": size.articles, "old": size.articles - size.live, "live": max(1, size.live), "hosts": size.hosts,
        "texts": _TEXTS, "now": int(now.timestamp()), "closely": int((now - CLOSELY).timestamp()),
        "start": int((now - timedelta(days=365 * YEARS)).timestamp()),
    }  # fmt: skip
    for first in range(1, size.articles + 1, _BATCH):
        last = min(first + _BATCH - 1, size.articles)
        con.execute("BEGIN")
        for statement in _FILLED:
            con.execute(statement, {**values, "first": first, "last": last})
        con.execute("COMMIT")
        _say(f"{last:,} of {size.articles:,} articles")


def _say(how_far: str) -> None:
    print(f"\r{how_far}          ", end="", file=sys.stderr, flush=True)
