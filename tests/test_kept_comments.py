"""Which comments of a look are those of the look before."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from db.schema_added import COMMENTS
from db.store.comments import keep_comments
from scraper.article import Comment

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_comment_is_known_again_whatever_its_time_says_now() -> None:
    con = sqlite3.connect(":memory:")
    con.row_factory = sqlite3.Row
    con.executescript("CREATE TABLE articles (id INTEGER PRIMARY KEY);" + COMMENTS)
    thanks = [Comment("Quendel", AT - timedelta(hours=hours), "Danke!") for hours in (1, 2)]
    keep_comments(con, 1, AT, [*thanks, Comment("Ysop", None, "Am Bug.")])
    later = [Comment("Quendel", AT - timedelta(minutes=minutes), "Danke!") for minutes in (31, 77)]
    keep_comments(con, 1, AT + timedelta(hours=1), [*later, Comment("Ysop", None, "Am Bug, vorn.")])
    rows = con.execute("SELECT author, text, first_seen_at < last_seen_at AS twice FROM comments ORDER BY id")
    assert [tuple(row) for row in rows] == [
        ("Quendel", "Danke!", 1), ("Quendel", "Danke!", 1), ("Ysop", "Am Bug.", 0), ("Ysop", "Am Bug, vorn.", 0),
    ]  # fmt: skip


def test_who_says_the_same_twice_without_a_time_has_two_comments() -> None:
    con = sqlite3.connect(":memory:")
    con.row_factory = sqlite3.Row
    con.executescript("CREATE TABLE articles (id INTEGER PRIMARY KEY);" + COMMENTS)
    for hours, times in ((0, (None, None)), (1, (None, None)), (2, (AT, None, AT))):
        keep_comments(con, 1, AT + timedelta(hours=hours), [Comment("Gast", time, "Danke!") for time in times])
    rows = con.execute("SELECT unixepoch(last_seen_at) - unixepoch(first_seen_at) FROM comments ORDER BY id")
    assert [row[0] for row in rows] == [7200, 7200, 0]
