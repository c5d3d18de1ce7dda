"""What is kept in fewer bytes is read as it was written, in files of earlier versions, too."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, get_args

import pytest
from sqlite_utils import Database

from db.migrations import migrate, migrations
from db.rows import instant_of, kept_instant, with_kept
from db.schema_compact import KEPT_CLOCK, KEPT_KIND, KEPT_MOMENT, LASTS
from db.views import create_views
from scraper.article import BlockKind, OutsideClockKind, PageClockKind
from tests.web_sample import build, insert

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

AT = "2026-03-29T00:59:00.000000+00:00"
# Start and end of what a clock covers, and what is kept of the end.
SPANS = (
    (AT, "2026-03-29T00:59:01.000000+00:00", 1),
    (AT, "2026-03-29T01:00:00.000000+00:00", 60),
    (AT, "2026-03-30T00:59:00.000000+00:00", 86400),
    (AT, AT, 0),
    (AT, "2026-03-28T00:59:00.000000+00:00", -86400),
    ("0001-01-01T00:00:00.000000+00:00", "9999-12-31T23:59:59.000000+00:00", 315537897599),
    ("9999-12-31T23:59:59.000000+00:00", "9999-12-31T23:59:59.500000+00:00", "9999-12-31T23:59:59.500000+00:00"),
    ("2026-03-29T00:59:00.123456+00:00", "2026-03-29T01:00:00.123456+00:00", "2026-03-29T01:00:00.123456+00:00"),
    (AT, "2026-03-29T01:00:00+00:00", "2026-03-29T01:00:00+00:00"),
    (AT, "damaged", "damaged"),
    ("damaged", "2026-03-29T01:00:00.000000+00:00", "2026-03-29T01:00:00.000000+00:00"),
    (AT, None, None),
    (None, None, None),
    (None, AT, AT),
)
# Whole seconds since 1970.
STARTED = {AT: 1774745940, SPANS[5][0]: -62135596800, SPANS[6][0]: 253402300799}
OTHER_KIND = "verse"


@pytest.fixture
def earlier(tmp_path: Path) -> Database:
    """A file of the version before, with paragraphs and clocks of every kind."""
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m037_kinds_and_ends")
    create_views(db)
    con: sqlite3.Connection = db.conn
    con.execute("PRAGMA foreign_keys = OFF")  # only these two tables matter
    for number, kind in enumerate((*get_args(BlockKind), OTHER_KIND)):
        insert(con, "revision_blocks", revision_id=7, position=number, kind=kind, block_id=number + 1)
    for number, (start, end, _) in enumerate(SPANS):
        insert(con, "revision_clocks", revision_id=7, position=number, kind="stand", starts_at=start, ends_at=end,
               again_at=None, raw=f"Stand {number}")  # fmt: skip
    con.commit()
    return db


def test_an_earlier_file_reads_as_before(earlier: Database) -> None:
    statements = (
        "SELECT revision_id, position, kind, block_id FROM revision_blocks ORDER BY position",
        "SELECT revision_id, position, kind, starts_at, ends_at, again_at, raw FROM revision_clocks ORDER BY position",
        "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name",
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'revision%' ORDER BY name",
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    )
    before = [earlier.execute(statement).fetchall() for statement in statements]
    migrations.apply(earlier, stop_before="m042_texts_by_article")  # which takes an index away
    create_views(earlier)
    assert [earlier.execute(statement).fetchall() for statement in statements] == before
    kept = earlier.execute("SELECT kept_kind FROM revision_blocks ORDER BY position").fetchall()
    assert [row[0] for row in kept] == [*range(len(get_args(BlockKind))), OTHER_KIND]
    starts = earlier.execute("SELECT position, starts FROM revision_clocks WHERE typeof(starts) = 'integer'").fetchall()
    assert starts == [(place, STARTED[start]) for place, (start, _, _) in enumerate(SPANS) if start in STARTED]
    assert [row[0] for row in earlier.execute("SELECT lasts FROM revision_clocks ORDER BY position")] == [
        lasts for _, _, lasts in SPANS
    ]


@pytest.mark.parametrize(("start", "end", "lasts"), SPANS)
def test_the_end_of_what_a_clock_covers(earlier: Database, start: str | None, end: str | None, lasts: object) -> None:
    migrate(earlier)
    assert earlier.execute(f"SELECT {LASTS.format('?1', '?2')}", [start, end]).fetchone()[0] == lasts
    earlier.execute("UPDATE revision_clocks SET starts = ?, lasts = ? WHERE position = 0", [start, lasts])
    assert earlier.execute("SELECT ends_at FROM revision_clocks WHERE position = 0").fetchone()[0] == end


@pytest.mark.parametrize("kind", get_args(BlockKind))
def test_every_kind_of_paragraph_has_a_number(earlier: Database, kind: str) -> None:
    assert isinstance(earlier.execute(f"SELECT {KEPT_KIND.format('?1')}", [kind]).fetchone()[0], int)


@pytest.mark.parametrize("kind", [*get_args(PageClockKind), *get_args(OutsideClockKind)])
def test_every_kind_of_clock_has_a_number(earlier: Database, kind: str) -> None:
    assert isinstance(earlier.execute(f"SELECT {KEPT_CLOCK.format('?1')}", [kind]).fetchone()[0], int)


def test_what_an_earlier_file_says_of_clocks_reads_as_before(tmp_path: Path) -> None:
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m041_clocks_in_seconds")
    create_views(db)
    con: sqlite3.Connection = db.conn
    con.execute("PRAGMA foreign_keys = OFF")  # only these two tables matter
    kinds = (*get_args(PageClockKind), *get_args(OutsideClockKind), OTHER_KIND)
    for number, (kind, (start, end, lasts)) in enumerate(zip(cycle(kinds), SPANS * 2, strict=False)):
        clock = {"revision_id": 7, "position": number, "kind": kind, "starts_at": start, "again_at": None, "raw": "x"}
        insert(con, "revision_clocks", **clock, lasts=lasts)
        insert(con, "outside_clocks", **clock, source_id=None, ends_at=end)
    con.commit()
    read = [f"SELECT {', '.join(clock)}, ends_at FROM {table}" for table in ("revision_clocks", "outside_clocks")]
    before = [db.execute(statement).fetchall() for statement in read]
    migrate(db)
    create_views(db)
    assert [db.execute(statement).fetchall() for statement in read] == before
    kept = db.execute("SELECT kept_kind FROM outside_clocks WHERE kind != ?", [OTHER_KIND]).fetchall()
    assert all(isinstance(row[0], int) for row in kept)


def test_a_number_that_nobody_can_have_written_is_no_instant(earlier: Database) -> None:
    migrate(earlier)
    earlier.execute("UPDATE revision_clocks SET starts = 'damaged', lasts = 60 WHERE position = 0")
    assert earlier.execute("SELECT ends_at FROM revision_clocks WHERE position = 0").fetchone()[0] == ""


def test_when_deliveries_arrived_is_read_as_before(tmp_path: Path) -> None:
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m039_last_deliveries")
    create_views(db)
    con: sqlite3.Connection = db.conn
    con.execute("PRAGMA foreign_keys = OFF")  # only these two tables matter
    for name in ("desk", "silent"):
        insert(con, "endpoints", name=name, kind="webhook", url="", events="[]", state="active", added_at=AT)
    for number, (state, last, delivered) in enumerate(
        (("delivered", AT, AT), ("delivered", None, SPANS[1][1]), ("pending", AT, None), ("dead", AT, None))
    ):
        insert(con, "deliveries", event_id=number, endpoint="desk" if delivered else "silent", article_id=1,
               state=state, last_attempt_at=last, delivered_at=delivered)  # fmt: skip
    con.commit()
    before = db.execute("SELECT id, endpoint, state, delivered_at FROM deliveries ORDER BY id").fetchall()
    migrate(db)
    create_views(db)
    assert db.execute("SELECT id, endpoint, state, delivered_at FROM deliveries ORDER BY id").fetchall() == before
    told = dict(db.execute("SELECT name, delivered_at FROM endpoints").fetchall())
    assert told == {"desk": SPANS[1][1], "silent": None}


def test_the_articles_of_texts_are_found_in_an_earlier_file(tmp_path: Path) -> None:
    build(tmp_path / "n.db")
    db = Database(tmp_path / "n.db")
    kept = db.execute("SELECT * FROM block_articles").fetchall()
    shown = """SELECT block_id, article_id, min(id), max(id) FROM revision_blocks JOIN revisions ON id = revision_id
               GROUP BY 1, 2 ORDER BY 1, 2"""
    assert kept == db.execute(shown).fetchall() != []
    for earlier in (
        "DROP TRIGGER revision_blocks_ai", "DROP TRIGGER revision_blocks_au", "DROP TABLE block_articles",
        "CREATE INDEX revision_blocks_block ON revision_blocks(block_id)",
        "DELETE FROM _sqlite_migrations WHERE name = 'm042_texts_by_article'",
    ):  # fmt: skip
        db.execute(earlier)
    db.conn.commit()
    migrate(db)
    assert db.execute("SELECT * FROM block_articles").fetchall() == kept
    assert db.execute("SELECT name FROM sqlite_master WHERE name = 'revision_blocks_block'").fetchall() == []


INSTANTS = ("2026-03-29T00:59:00.000000+00:00", "2026-03-29T00:59:00.000001+00:00", "1970-01-01T00:00:00.999999+00:00",
            "9999-12-31T23:59:59.999999+00:00", "1969-12-31T23:59:59.000000+00:00", "2026-03-29T00:59:00+00:00",
            "damaged", "")  # fmt: skip


def test_instants_of_an_earlier_file_read_as_before(tmp_path: Path) -> None:
    db = Database(tmp_path / "n.db")
    migrations.apply(db, stop_before="m044_instants_as_numbers")
    create_views(db)
    con: sqlite3.Connection = db.conn
    con.execute("PRAGMA foreign_keys = OFF")  # only these tables matter
    con.execute("DROP TRIGGER rulings_ai")
    instants = {"revisions": ("not_before", "not_after", "stand_at"), "rulings": ("at", "not_before", "not_after"),
                "observations": ("first_at", "last_at")}  # fmt: skip
    for table, columns in instants.items():
        needed = [row[1] for row in con.execute(f"PRAGMA table_info({table})") if row[3] and row[4] is None]
        for number, instant in enumerate(INSTANTS):
            row = dict.fromkeys(needed, number) | dict.fromkeys(columns, instant)
            insert(con, table, **row)
        for column in {"not_before", "stand_at"} & set(columns):
            con.execute(f"UPDATE {table} SET {column} = NULL WHERE id = 1")
    con.commit()
    read = [f"SELECT id, {', '.join(columns)} FROM {table}" for table, columns in instants.items()]
    before = [db.execute(statement).fetchall() for statement in read]
    migrate(db)
    create_views(db)
    assert [db.execute(statement).fetchall() for statement in read] == before
    for table, columns in instants.items():
        kept = db.execute(f"SELECT kept_{columns[-1]} FROM {table} WHERE id > 1").fetchall()
        assert [type(row[0]) for row in kept] == [int] * 3 + [str] * 4


@pytest.mark.parametrize("text", [text for text in INSTANTS if len(text) == len(AT)])
def test_an_instant_is_kept_as_the_migration_keeps_it(earlier: Database, text: str) -> None:
    (kept,) = earlier.execute(f"SELECT {KEPT_MOMENT.format('?1')}", [text]).fetchone()
    assert kept_instant(instant_of(text)) == kept
    assert with_kept({"at": text, "to_at": None, "id": 1}, "at", "to_at") == {
        "kept_at": kept, "kept_to_at": None, "id": 1,
    }  # fmt: skip


def test_a_kept_number_that_nobody_can_have_written_is_no_instant(tmp_path: Path) -> None:
    build(tmp_path / "n.db")
    db = Database(tmp_path / "n.db")
    db.execute("UPDATE observations SET kept_last_at = 9223372036854775807 WHERE id = 1")
    assert db.execute("SELECT last_at FROM observations WHERE id = 1").fetchone()[0] == ""
