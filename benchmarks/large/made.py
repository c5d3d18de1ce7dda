"""Makes a large database: invented words in the real tables, with the real triggers, indexes and views."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from sqlite_utils import Database

from changes.tags import TAG_KINDS
from db.migrations import migrate
from db.rows import kept_instant, text_of
from db.views import create_views

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

OUTLETS = 20
_BLOCKS, _BLOCK_WORDS, _WORDS = 6, 25, 30_000
_START = datetime(2023, 1, 1, tzinfo=UTC)
# A year and a half of articles, each edited within its first days.
_BETWEEN, _BETWEEN_EDITS = timedelta(minutes=8), timedelta(minutes=190)
# How often which ruling stands; the rare ones are those that people look for.
_VERDICTS = {
    "announced": 480, "unmarked": 180, "minor": 120, "unmarked_headline": 60, "live": 50, "unstamped": 40,
    "undecidable": 25, "stand_only": 20, "disclosed": 10, "reverted": 5, "silent": 1,
}  # fmt: skip
_SEVERITIES = {"low": 50, "medium": 30, "high": 15, "trivial": 5}
_BATCH = 2_000
_TEXTS = "topline, headline, standfirst, authors, notes, language, read_with, kept_stand_at, stand_raw"
_REVISION = f"""
INSERT INTO revisions (id, article_id, number, kind, seen_at, kept_not_before, kept_not_after, {_TEXTS}, words,
    words_added, words_removed, excerpt, stand_only, clocks_before, fingerprint, page_sha256, previous_hash, hash,
    before_id)
VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, '[]', '[]', 'de', 'generic/5', ?, ?, 150, ?, ?, ?, 0, '[]', ?, '', '', '', ?)
"""
_RULING = """
INSERT INTO rulings (revision_id, kept_at, verdict, rule, rule_version, settled, kept_not_after, evidence,
    previous_hash, hash)
VALUES (?, ?, ?, 20, 3, 1, ?, '[["Stand before", "14:02"], ["Stand after", "14:02"]]', '', '')
"""
_OBSERVATION = """
INSERT INTO observations (article_id, revision_id, outcome, kept_first_at, kept_last_at, count, longest_gap_seconds,
    connections, last_connection, uncached, clock_bad, first_headers, last_headers, status, error_code, error)
VALUES (?, ?, 'same', ?, ?, 12, 1800, 12, '', 1, 0, '{}', '{}', 200, '', '')
"""
# Every edit was told, and delivered to somebody.
_EVENTS = """
INSERT INTO events (uid, type, at, article_id, revision_id, ruling_id, url, verdict, data, routed_at)
SELECT 'evt_' || g.id, 'article.changed', g.at, r.article_id, r.id, g.id, '', g.verdict, '{"movement": null}', g.at
FROM revisions r JOIN rulings g ON g.revision_id = r.id WHERE r.article_id = ?
"""
_DELIVERIES = """
INSERT INTO deliveries (event_id, endpoint, article_id, state, attempts, last_attempt_at)
SELECT id, 'desk', article_id, 'delivered', 1, at FROM events WHERE article_id = ?
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How many articles, and how many versions in all."""

    articles: int
    revisions: int


class Language:
    """Invented words, a few of them very common, as in any language."""

    def __init__(self, random: Random) -> None:
        syllables = [first + vowel for first in "bdfghklmnprstwz" for vowel in "aeiou"]
        self._random = random
        self._words = ["".join(random.choices(syllables, k=random.randint(1, 4))) for _ in range(_WORDS)]
        self._weights = [*accumulate(1 / (place + 3) for place in range(_WORDS))]

    def text(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=words)).capitalize() + "."


def bring_up_to_date(path: Path) -> None:
    """A file that was made by an earlier version gets the tables of this one."""
    database = Database(path)
    migrate(database)
    create_views(database)
    database.conn.commit()
    database.close()


def make(path: Path, size: Size, seed: int) -> None:
    """Fill a new file, and say how far it is on stderr."""
    database = Database(path)
    con: sqlite3.Connection = database.conn
    con.execute("PRAGMA journal_mode = WAL")
    migrate(database)
    create_views(database)
    con.execute("PRAGMA synchronous = OFF")
    con.execute("PRAGMA cache_size = -400000")
    with closing(con):
        _sources(con)
        maker = _Maker(con, size, Random(seed))
        for first in range(1, size.articles + 1, _BATCH):
            maker.articles(range(first, min(first + _BATCH, size.articles + 1)))
            con.commit()
            done = min(first + _BATCH - 1, size.articles)
            print(f"\r{done:,} of {size.articles:,} articles", end="", file=sys.stderr, flush=True)
        con.execute("INSERT INTO meta (key, value) VALUES ('base_url', 'http://127.0.0.1')")
        con.commit()
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(file=sys.stderr)


def _sources(con: sqlite3.Connection) -> None:
    con.executemany(
        "INSERT INTO sources (name, kind, url, host, every_seconds, added_at) VALUES (?, 'feed', ?, ?, 300, ?)",
        [
            (f"Blatt {number}", f"https://blatt{number}.example/feed", f"blatt{number}.example", text_of(_START))
            for number in range(1, OUTLETS + 1)
        ],
    )
    con.execute(
        """INSERT INTO endpoints (name, kind, url, events, state, added_at)
           VALUES ('desk', 'webhook', 'https://desk.example', '[]', 'active', ?)""",
        [text_of(_START)],
    )


class _Maker:
    def __init__(self, con: sqlite3.Connection, size: Size, random: Random) -> None:
        self._con, self._random, self._language = con, random, Language(random)
        self._each = size.revisions // size.articles
        self._revision, self._block = 0, 0

    def articles(self, numbers: range) -> None:
        """A batch of articles with all that belongs to them."""
        rows = [self._article(number) for number in numbers]
        self._con.executemany(
            """INSERT INTO articles (id, url, fetch_url, host, source_id, first_seen_at, next_visit_at, last_visited_at,
                   last_read_at, last_changed_at, revision_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)""",
            [row[:10] for row in rows],
        )
        self._con.executemany(
            """INSERT INTO listings (source_id, article_id, title, first_listed_at, last_listed_at)
               VALUES (?, ?, '', ?, ?)""",
            [(row[4], row[0], row[5], row[5]) for row in rows],
        )
        for row in rows:
            self._versions(row[0], row[5])

    def _article(self, number: int) -> tuple[int, str, str, str, int, str, str, str, str, str]:
        outlet = number % OUTLETS + 1
        host = f"blatt{outlet}.example"
        url = f"https://{host}/artikel-{number}.html"
        seen = _START + number * _BETWEEN
        last = text_of(seen + self._each * _BETWEEN_EDITS)
        due = text_of(_START + timedelta(days=900 + number % 30))
        return number, url, url, host, outlet, text_of(seen), due, last, last, last

    def _versions(self, article: int, first: str) -> None:
        seen = datetime.fromisoformat(first)
        blocks = [self._new_block() for _ in range(_BLOCKS)]
        headline = self._language.text(8)
        revisions, links, looks, rulings, edits = [], [], [], [], []
        for number in range(1, self._each + 1):
            self._revision += 1
            at, kept, before = text_of(seen), kept_instant(seen), kept_instant(seen - timedelta(minutes=12))
            if number > 1:
                blocks[self._random.randrange(_BLOCKS)] = self._new_block()
                rulings.append((self._revision, kept, self._drawn(_VERDICTS), kept))
                edits.append((self._revision, at))
            kind, changed = ("changed", self._random.randint(1, 40)) if number > 1 else ("first", 0)
            revisions.append(
                (self._revision, article, number, kind, at, before, kept, headline, self._language.text(18), kept,
                 at[11:16], changed, changed, self._language.text(12) if changed else "", f"{self._revision}",
                 self._revision - 1 if changed else None)
            )  # fmt: skip
            links += [(self._revision, place, 0, block) for place, block in enumerate(blocks)]
            looks.append((article, self._revision, kept, kept))
            seen += _BETWEEN_EDITS
        self._con.executemany(_REVISION, revisions)
        self._con.executemany(
            "INSERT INTO revision_blocks (revision_id, position, kept_kind, block_id) VALUES (?, ?, ?, ?)", links
        )
        self._con.executemany(_OBSERVATION, looks)
        self._con.executemany(_RULING, rulings)
        self._weigh(article % OUTLETS + 1, edits)
        for told in (_EVENTS, _DELIVERIES):
            self._con.execute(told, [article])
        self._con.execute("UPDATE articles SET revision_id = ? WHERE id = ?", [self._revision, article])

    def _weigh(self, outlet: int, edits: list[tuple[int, str]]) -> None:
        weights = [(self._drawn(_SEVERITIES), revision) for revision, _at in edits]
        self._con.executemany(
            "UPDATE edits SET severity = ?, because = 'number changed', meaning_version = 1 WHERE revision_id = ?",
            weights,
        )
        words = json.dumps([["5", "7"]])
        self._con.executemany(
            "INSERT INTO edit_tags (kind, seen_at, revision_id, source_id, words) VALUES (?, ?, ?, ?, ?)",
            [(kind, at, revision, outlet, words) for revision, at in edits for kind in self._tags()],
        )

    def _tags(self) -> Iterator[str]:
        for place, kind in enumerate(TAG_KINDS):
            if self._random.random() < 0.4 / (1 + place):
                yield kind

    def _new_block(self) -> int:
        self._block += 1
        self._con.execute(
            "INSERT INTO blocks (id, sha256, text) VALUES (?, ?, ?)",
            [self._block, self._block.to_bytes(32), self._language.text(_BLOCK_WORDS)],
        )
        return self._block

    def _drawn(self, odds: dict[str, int]) -> str:
        return self._random.choices([*odds], weights=[*odds.values()])[0]
