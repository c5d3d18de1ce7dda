"""What is counted as it comes stays what there is, and no page of the machine's state walks through a table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from db.migrations import migrate, migrations
from db.store import people
from db.views import create_views
from db.web import outlets, status
from tests.web_sample import insert, minute
from tests.web_server import change

if TYPE_CHECKING:
    from pathlib import Path

# What stands in the tables, and the same counted one by one.
SAME = (
    (
        """SELECT source_id, state, paused, removed, unread, failing, code, articles FROM article_counts
           WHERE articles > 0""",
        """SELECT source_id, state, paused, next_visit_at IS NULL, revision_id IS NULL, failures > 0,
           iif(failures > 0, error_code, ''), count(*) FROM articles GROUP BY listed, 1, 2, 3, 4, 5, 6, 7""",
    ),
    (
        "SELECT state, watch, failing, sum(articles) FROM counted_articles GROUP BY 1, 2, 3",
        """SELECT a.state, w.watch, a.failures > 0, count(*) FROM articles a JOIN watching w ON w.article_id = a.id
           GROUP BY 1, 2, 3""",
    ),
    (
        "SELECT source_id, headlines, articles, late FROM headline_counts WHERE articles > 0",
        "SELECT source_id, headlines, count(*), sum(late) FROM article_edits GROUP BY 1, 2",
    ),
    (
        "SELECT source_id, verdict, events, articles FROM presence_counts",
        """SELECT a.source_id, e.verdict, count(*), count(DISTINCT a.id) FROM events e JOIN articles a
           ON a.id = e.article_id WHERE e.verdict IN ('removed', 'returned') GROUP BY 1, 2""",
    ),
)
# What `nachtrag status` counts, likewise.
ONE_BY_ONE = """
SELECT (SELECT count(*) FROM sources WHERE kind != 'hand' AND state != 'removed'),
       (SELECT count(*) FROM articles WHERE state != 'moved'),
       (SELECT count(*) FROM revisions),
       (SELECT count(*) FROM events WHERE type NOT LIKE 'operations.%'),
       (SELECT count(*) FROM deliveries d JOIN endpoints p ON p.name = d.endpoint
        WHERE d.state = 'pending' AND p.state = 'active'),
       (SELECT count(*) FROM deliveries WHERE state = 'held' AND carried_by IS NULL),
       (SELECT count(*) FROM deliveries WHERE state = 'dead'),
       (SELECT count(*) FROM gaps),
       (SELECT count(*) FROM watching WHERE watch = 'paused'),
       (SELECT count(*) FROM watching WHERE watch IN ('removed', 'source removed')),
       (SELECT total(proofs_checked) FROM hosts),
       (SELECT total(proofs_wrong) FROM hosts)
"""
SAME += ((people.COUNTS, ONE_BY_ONE),)
TOLD = "INSERT INTO events (uid, type, at, article_id, url, verdict, data) VALUES ('{}', 'x', '', {}, '', '{}', '{{}}')"
LISTING = "INSERT INTO listings VALUES ({}, 1, '', NULL, NULL, '', '', '[]')"
HAPPENS = (
    ("UPDATE articles SET paused = 1 WHERE id IN (1, 4)",),
    ("UPDATE articles SET next_visit_at = NULL WHERE id = 2", "UPDATE articles SET next_visit_at = NULL WHERE id = 3"),
    ("UPDATE articles SET failures = 3, error_code = 'timeout'", "UPDATE articles SET failures = 0, error_code = ''"),
    ("UPDATE articles SET failures = 1, error_code = 'timeout' WHERE id = 5",),
    ("UPDATE articles SET error_code = 'no_text' WHERE failures > 0",),
    ("UPDATE articles SET error_code = 'no_text' WHERE failures = 0",),
    ("UPDATE articles SET state = 'suspect', revision_id = NULL WHERE id = 6",),
    ("UPDATE articles SET state = 'moved' WHERE id = 6",),
    ("INSERT INTO articles (url, fetch_url, host, source_id, first_seen_at) VALUES ('u', 'u', 'h', 3, '')",),
    ("UPDATE sources SET state = 'paused' WHERE id = 2",),
    ("UPDATE sources SET state = 'removed' WHERE id = 3", "UPDATE articles SET paused = 1 WHERE id = 2"),
    (
        LISTING.format(3),
        LISTING.format(1),
        "UPDATE sources SET state = 'removed' WHERE id = 2",
    ),
    ("DELETE FROM listings WHERE article_id = 1",),
    ("DELETE FROM edits WHERE article_id = 1",),
    ("DELETE FROM edit_tags WHERE kind = 'headline'",),
    ("UPDATE edits SET seen_at = '2026-12-01T00:00:00.000000+00:00' WHERE revision_id = 4",),
    (TOLD.format("a", 1, "removed"), TOLD.format("b", 1, "returned"), TOLD.format("c", 1, "removed")),
    (TOLD.format("a", 1, "removed"), TOLD.format("b", 4, "removed"), TOLD.format("c", 4, "unmarked")),
    (TOLD.format("o", "NULL", "").replace("'x'", "'operations.drift'"), TOLD.format("p", 1, "unmarked")),
    ("INSERT INTO hosts (host, proofs_checked, proofs_wrong) VALUES ('h1', 9, 0), ('h2', 3, 1)",),
    ("DELETE FROM edits WHERE article_id = 21", "DELETE FROM articles WHERE id = 0"),
)


def assert_same(con: sqlite3.Connection) -> None:
    for kept, counted in SAME:
        assert sorted(con.execute(kept)) == sorted(con.execute(counted)), kept


@pytest.mark.parametrize("happens", HAPPENS)
def test_what_is_counted_stays_what_there_is(other: Path, happens: tuple[str, ...]) -> None:
    change(other, *happens)
    with closing(sqlite3.connect(other)) as con:
        assert_same(con)
        listed = con.execute("SELECT a.listed FROM articles a WHERE a.id = 1").fetchone()[0]
        rows = con.execute("SELECT source_id FROM listings WHERE article_id = 1 ORDER BY 1").fetchall()
    assert listed == ",".join(str(number) for (number,) in rows)


def test_a_look_that_finds_nothing_new_counts_nothing(other: Path) -> None:
    """The triggers must not write at every look."""
    with closing(sqlite3.connect(other)) as con:
        before = con.total_changes
        con.execute(
            "UPDATE articles SET next_visit_at = 'later', last_visited_at = 'now', failures = failures WHERE id = 1"
        )
        assert con.total_changes == before + 1


def test_an_earlier_database_is_counted(tmp_path: Path) -> None:
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m024_articles_counted")
    con: sqlite3.Connection = db.conn
    for name in ("A", "B"):
        insert(con, "sources", name=name, kind="feed", url="", host="", every_seconds=1, added_at="")
    for number in range(1, 6):
        insert(con, "articles", url=f"u{number}", fetch_url="u", host="h", source_id=1 + number % 2, first_seen_at="",
               next_visit_at=minute(1), failures=number % 2, error_code="timeout")  # fmt: skip
        for source in (1, 2)[: number % 3]:
            insert(con, "listings", source_id=source, article_id=number, title="", first_listed_at="",
                   last_listed_at="")  # fmt: skip
        con.execute(TOLD.format(number, 1 + number % 3, "removed"))
        insert(con, "article_edits", source_id=1, article_id=number, edits=3, late=1, headlines=number % 2,
               first_seconds=1)  # fmt: skip
    con.commit()
    migrate(db)
    create_views(db)
    assert [row[0] for row in con.execute("SELECT listed FROM articles ORDER BY id")] == ["1", "1,2", "", "1", "1,2"]
    assert_same(con)
    db.close()


STATEMENTS = {
    name: getattr(status, f"_{name}")
    for name in ("SOURCES", "STATES", "FAILING", "MISSING", "ENDPOINTS", "UNDELIVERED", "OPERATIONS", "OPEN_RULINGS")
} | {"OUTLETS": outlets._OUTLETS, "COUNTS": people.COUNTS, **people.LISTS}
# Of these there are few.
SHORT = ("c", "s", "l", "n", "p", "sources", "endpoints", "gaps", "CONSTANT")
# The last number of a table.
LAST = ("SEARCH revisions", "SEARCH events")


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_state_of_the_machine_is_read_along_indexes(other: Path, name: str) -> None:
    with closing(sqlite3.connect(other)) as con:
        steps = [
            str(row[3]) for row in con.execute(f"EXPLAIN QUERY PLAN {STATEMENTS[name]}", {"quoted": True, "told": True})
        ]
    whole = [step for step in steps if step.startswith(("SCAN", "SEARCH")) and "USING" not in step and step not in LAST]
    assert not [step for step in whole if step.split()[1] not in (*SHORT, "(subquery-1)", "(subquery-2)")], steps
