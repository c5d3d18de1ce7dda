"""The store: one writer, whole transactions, leases, hosts' pauses, chains that show what was touched."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.pages import PageError, open_page
from db.rows import instant_of
from db.store import chain, people
from db.store.articles import due_articles
from db.store.connection import Store, StoreError
from db.store.leases import at_work
from db.store.passes import waiting
from db.store.sources import WantedSource, configure, due_sources, record_polls
from db.work import Failure, Outcome, PollResult
from scraper.feeds.entry import FeedEntry
from scraper.page import Validators
from tests.world import FEED, START, URL, World, new_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OPENING = """
import sys
from pathlib import Path
from db.store.connection import Store
sys.stdin.readline()
Store(Path(sys.argv[1])).close()
"""
OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00"}}
NEW = {"text": "Sieben Tote.", "clocks": {"stand": "12:10"}}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", Patience(timedelta(), timedelta(), 1))
    yield made
    made.store.close()


def polled(source_id: int, at: object, *urls: str, **more: object) -> PollResult:
    entries = tuple(FeedEntry(url, "Titel", None, None) for url in urls)
    given = {"failure": None, "host_pause": timedelta(), "robots": (), **more}
    return PollResult(source_id, at, entries, Validators(), next_poll_at=at + timedelta(minutes=5), **given)  # type: ignore[arg-type, operator]


def test_every_write_is_durable_and_refers_to_what_is_there(world: World) -> None:
    settings = [world.rows(f"PRAGMA {name}")[0] for name in ("synchronous", "foreign_keys", "journal_mode")]
    assert [next(iter(row.values())) for row in settings] == [2, 1, "wal"]


def test_a_transaction_that_fails_leaves_nothing(world: World) -> None:
    def half(con: sqlite3.Connection) -> None:
        con.execute("INSERT INTO hosts (host) VALUES ('half.example')")
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        world.store.call(half)
    assert world.rows("SELECT * FROM hosts WHERE host = 'half.example'") == []


def test_a_foreign_file_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's SQLite file"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    new_store(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('nachtrag', 'm999', '')"
        )
    newer.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version of Nachtrag wrote it \(its step 'm999' is not known here\)"):
        Store(path)
    assert path.read_bytes() == before


def test_what_is_made_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        with Store(tmp_path / "n.db") as store, at_work(store.path):
            store.call(lambda con: con.execute("DELETE FROM hosts"))
            people.backup(store.path, tmp_path / "copy.db")
            made = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    finally:
        os.umask(mask)
    assert made == dict.fromkeys(("n.db", "n.db-wal", "n.db-shm", "n.db.lock", "copy.db"), 0o600)


def test_rights_that_somebody_gave_to_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    new_store(path).close()
    path.chmod(0o640)
    Store(path).close()
    assert path.stat().st_mode & 0o777 == 0o640


def test_programs_that_open_a_new_file_at_once_all_find_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    opening = [
        subprocess.Popen(
            [sys.executable, "-c", _OPENING, str(path)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for program in opening:  # only when all have started, and imported what they need
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [program.communicate(timeout=60)[1] for program in opening]
    assert [program.returncode for program in opening] == [0, 0, 0, 0], said


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("this is not a database, it is a text of some length" * 50)
    with pytest.raises(StoreError, match=r"text\.db"):
        Store(path)


def test_items_are_leased_and_come_back_when_the_lease_ends(world: World) -> None:
    world.poll(URL)
    assert len(world.store.call(due_articles, world.now, 10)) == 1
    assert world.store.call(due_articles, world.now, 10) == []
    world.wait(minutes=6)
    assert len(world.store.call(due_articles, world.now, 10)) == 1


def test_one_item_of_a_host_at_a_time_and_hosts_in_turn(world: World) -> None:
    world.poll(*(f"https://{host}.example/{number}" for host in "ab" for number in range(3)))
    assert sorted(item.host for item in world.store.call(due_articles, world.now, 10)) == ["a.example", "b.example"]
    assert world.store.call(due_articles, world.now, 10) == []


def test_a_host_with_many_feeds_or_articles_keeps_no_other_waiting(world: World) -> None:
    slow = [
        WantedSource(f"Langsam {number}", f"https://slow.example/{number}.xml", timedelta(minutes=5))
        for number in range(9)
    ]
    world.store.call(configure, slow, world.now)
    world.wait(seconds=1).store.call(
        configure, [*slow, WantedSource("Flink", "https://fast.example/f", timedelta(1))], world.now
    )
    assert [item.name for item in world.store.call(due_sources, world.now, 2)] == ["Langsam 0", "Flink"]
    assert world.store.call(due_sources, world.now, 2) == []
    urls = [f"https://{host}.example/{number}" for host in ("a", "b", "c") for number in range(3)]
    world.store.call(people.add_by_hand, urls, world.now)
    handed_out = [world.store.call(due_articles, world.now, 1) for _ in range(4)]
    assert [item.host for items in handed_out for item in items] == ["a.example", "b.example", "c.example"]


def test_two_connections_to_a_host_if_it_is_configured(world: World) -> None:
    world.poll(*(f"https://a.example/{number}" for number in range(3)))
    assert len(world.store.call(due_articles, world.now, 10, 2)) == 2


def test_a_host_that_asked_for_a_pause_gets_it(world: World) -> None:
    (due,) = world.wait(minutes=5).store.call(due_sources, world.now, 10)
    failure = Failure("http_503", "busy")
    world.store.call(record_polls, [polled(due.id, world.now, failure=failure, host_pause=timedelta(hours=1))])
    world.store.call(lambda con: con.execute("UPDATE sources SET next_poll_at = ?", [world.now.isoformat()]))
    assert world.wait(minutes=59).store.call(due_sources, world.now, 10) == []
    assert len(world.wait(minutes=2).store.call(due_sources, world.now, 10)) == 1


def test_a_failing_feed_is_named_and_recovers(world: World) -> None:
    (due,) = world.wait(minutes=5).store.call(due_sources, world.now, 10)
    world.store.call(record_polls, [polled(due.id, world.now, failure=Failure("not_a_feed", "an HTML page"))])
    found = world.store.call(people.status)
    assert found["failing_sources"][0]["code"] == "not_a_feed"  # type: ignore[index]
    world.poll(URL)
    assert world.store.call(people.status)["failing_sources"] == []


def test_sources_that_leave_the_configuration_rest_and_come_back(world: World) -> None:
    world.poll(URL)
    world.store.call(configure, [], world.now)
    assert world.store.call(due_articles, world.now, 10) == []
    assert world.wait(hours=1).store.call(due_sources, world.now, 10) == []
    world.store.call(configure, [WantedSource("Zeitung", FEED, timedelta(minutes=5))], world.now)
    assert len(world.store.call(due_sources, world.now, 10)) == 1
    assert len(world.store.call(due_articles, world.now.replace(hour=23), 10)) == 1


def test_pause_resume_remove(world: World) -> None:
    world.poll(URL)
    assert world.store.call(people.pause, "Zeitung", paused=True) == "source 'Zeitung' is paused"
    assert world.store.call(due_articles, world.now, 10) == []
    world.store.call(people.pause, "Zeitung", paused=False)
    world.store.call(people.pause, URL, paused=True)
    assert world.store.call(due_articles, world.now, 10) == []
    world.store.call(people.pause, URL, paused=False)
    assert "no longer followed" in world.store.call(people.remove, URL)
    assert world.store.call(due_articles, world.now, 10) == []
    with pytest.raises(people.NotKnown, match="nowhere"):
        world.store.call(people.remove, "nowhere")
    world.poll(URL, URL + "2")
    said = world.store.call(people.remove, "Zeitung")
    assert "its 1 article that no other source lists are no longer followed" in said


def test_a_configured_pause_survives_a_new_start(world: World) -> None:
    world.store.call(people.pause, "Zeitung", paused=True)
    world.store.call(configure, [WantedSource("Zeitung", FEED, timedelta(minutes=5))], world.now)
    assert world.wait(hours=1).store.call(due_sources, world.now, 10) == []


def test_articles_by_hand(world: World) -> None:
    (number,) = world.store.call(people.add_by_hand, [URL + "?utm_source=x"], START)
    assert world.store.call(people.add_by_hand, [URL], START) == [number]
    (due,) = world.store.call(due_articles, START, 10)
    assert (due.url, due.source) == (URL, people.BY_HAND)
    with pytest.raises(people.NotKnown, match="complete web address"):
        world.store.call(people.add_by_hand, ["zeitung.example/a"], START)


def test_a_pass_does_nothing_twice(world: World) -> None:
    world.poll(URL)
    started = world.wait(minutes=1).now
    assert [item.what for item in world.store.read(waiting, world.now, started)] == ["1 articles"]
    world.look(**OLD)
    world.store.call(people.make_all_due, world.now)
    assert [item.what for item in world.store.read(waiting, world.now, started)] == ["source Zeitung"]
    assert world.store.call(due_articles, world.now, 10, 1, started) == []
    assert len(world.store.call(due_articles, world.now, 10)) == 1


def test_the_chains_hold_and_show_what_was_touched(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**NEW)
    assert world.store.call(chain.faults) == []
    world.store.call(lambda con: con.execute("UPDATE revisions SET headline = 'Anders' WHERE number = 2"))
    assert world.store.call(chain.faults) == ["revisions row 2: its content is not what was recorded"]
    world.store.call(lambda con: con.execute("UPDATE rulings SET verdict = 'silent'"))
    assert "rulings row 1: its content is not what was recorded" in world.store.call(chain.faults)


def test_a_text_that_was_touched_is_named_by_address_and_version(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**NEW)
    ours = "SELECT max(block_id) FROM revision_blocks WHERE revision_id = 2"
    world.store.call(lambda con: con.execute(f"UPDATE blocks SET text = 'Anders.' WHERE id = ({ours})"))
    (row,) = world.rows("SELECT id FROM blocks WHERE text = 'Anders.'")
    said = f"blocks row {row['id']} ({URL}, version 2): its text is not what was recorded"
    assert said in world.store.call(chain.faults)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE blocks SET text = 'Acht Tote.' WHERE text = 'Sieben Tote.'",
        "UPDATE revision_clocks SET raw = 'Stand 12:11' WHERE revision_id = 2",
        "UPDATE revisions SET kept_not_before = NULL WHERE number = 2",
        "UPDATE pages SET sha256 = 'x' WHERE id = 2",
        "DELETE FROM revision_blocks WHERE revision_id = 2",
    ],
)
def test_any_touch_shows(world: World, sql: str) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**NEW)
    world.store.call(lambda con: con.execute(sql))
    assert len(world.store.call(chain.faults)) == 1


def test_raw_pages_come_back_as_they_were_served(world: World) -> None:
    world.poll(URL)
    bodies = []
    for number in range(70):
        world.wait(minutes=30).look(
            text=f"Fassung {number} " + "mit vielen gleichen Worten " * 200, clocks={"stand": "08:00"}
        )
    pages = world.rows("SELECT id, base_id, sha256, length(body) AS kept, size FROM pages ORDER BY id")
    assert len(pages) == 70
    bodies = [world.store.call(open_page, page["id"]) for page in pages]  # type: ignore[arg-type]
    assert all(f"Fassung {number} ".encode() in body for number, body in enumerate(bodies))
    on = {page["id"]: page["base_id"] for page in pages}
    assert [number for number, base in on.items() if base is None] == [1, 65]
    assert max(len(list(_down_from(number, on))) for number in on) == 7
    assert all(page["kept"] < 100 for page in pages if page["base_id"])  # type: ignore[operator]
    world.store.call(lambda con: con.execute("UPDATE pages SET body = zeroblob(10) WHERE id = 1"))
    with pytest.raises(PageError, match="pages row 2: it builds on row 1, which cannot be opened"):
        world.store.call(open_page, 2)
    found = world.store.read(chain.faults)
    assert found[0].startswith("pages row 1: the body cannot be unpacked")
    assert [fault.split(":")[0] for fault in found] == [f"pages row {number}" for number in range(1, 65)]
    with pytest.raises(PageError, match="not there"):
        world.store.call(open_page, 99)


def _down_from(number: object, on: dict[object, object]) -> Iterator[object]:
    """The pages that must be opened for one of them."""
    while number is not None:
        yield number
        number = on[number]


@pytest.mark.parametrize("damage", ["zeroblob(10)", "NULL"])
def test_a_page_that_cannot_be_opened_does_not_stop_its_article(world: World, damage: str) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.store.call(lambda con: con.execute(f"UPDATE pages SET body = {damage}"))
    world.wait(minutes=30).look(**NEW)
    world.wait(minutes=30).look(**{**NEW, "text": "Acht Tote."})
    assert world.rows("SELECT base_id FROM pages ORDER BY id") == [{"base_id": None}, {"base_id": None}, {"base_id": 2}]
    assert [fault.split(":")[0] for fault in world.store.read(chain.faults)] == ["pages row 1"] * (damage != "NULL")


def test_a_text_that_was_erased_leaves_the_chain_whole(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**NEW)
    world.store.call(lambda con: con.execute("UPDATE blocks SET text = '' WHERE text = 'Fünf Tote.'"))
    assert world.store.read(chain.faults) == []
    world.wait(minutes=30).look(**{**NEW, "text": "Acht Tote."})
    assert world.store.read(chain.faults) == []


def test_remarks(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    assert world.store.call(people.add_remark, 1, "Im Archiv auch so.", world.now) == 1
    with pytest.raises(people.NotKnown, match="no revision 7"):
        world.store.call(people.add_remark, 7, "x", world.now)


def test_a_failing_article_is_asked_ever_more_seldom(world: World) -> None:
    world.poll(URL)
    world.fail(Outcome.FAILED)
    (row,) = world.rows("SELECT error_code, failures FROM articles")
    assert row == {"error_code": "timeout", "failures": 1}
    found = world.store.call(people.status)["failing_articles"]
    assert found[0]["example"] == URL  # type: ignore[index]


def test_instants_sort_as_text(world: World) -> None:
    world.poll(URL)
    (row,) = world.rows("SELECT first_seen_at FROM articles")
    assert row["first_seen_at"] == "2026-11-24T12:05:00.000000+00:00"
    assert instant_of(str(row["first_seen_at"])) == world.now


def test_whoever_reads_holds_up_nobody_who_writes(world: World) -> None:
    """`verify` reads for minutes; the daemon beside it writes, and the reader sees one state of the database."""
    world.poll(URL)

    def reads(con: sqlite3.Connection) -> tuple[int, int]:
        before = con.execute("SELECT count(*) FROM revisions").fetchone()[0]
        world.look(**OLD)
        return before, con.execute("SELECT count(*) FROM revisions").fetchone()[0]

    with Store(world.store.path) as other:
        assert other.read(reads) == (0, 0)
        assert other.read(people.status)["revisions"] == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            other.read(lambda con: con.execute("DELETE FROM revisions"))
        other.call(people.set_base_url, "https://n.example")


def test_a_database_that_somebody_writes_to_can_be_opened_and_read(world: World) -> None:
    with sqlite3.connect(world.store.path, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with Store(world.store.path) as other:
            assert other.read(people.status)["sources"] == 1
        writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize(
    ("forgery", "fault"),
    [
        ("UPDATE revisions SET url = 'https://evil.example/' WHERE id = 2", "revisions row 2: its content"),
        ("UPDATE pages SET fetched_at = '2026-01-01T00:00:00.000000+00:00' WHERE id = 2", "pages row 2: its address"),
        ("UPDATE pages SET headers = '[]' WHERE id = 1", "pages row 1: its address"),
        ("UPDATE events SET verdict = 'announced' WHERE id = 2", "events row 2: says 'announced'"),
        ("UPDATE events SET data = json_set(data, '$.verdict', 'x') WHERE id = 2", "events row 2"),
        ("DELETE FROM events WHERE id = 2", "revisions row 2: the event that told of it is gone"),
        ("DELETE FROM revision_images; UPDATE blocks SET text = text || '!' WHERE id = 1", "blocks row 1"),
    ],
)
def test_whoever_rewrites_the_evidence_is_found_out(world: World, forgery: str, fault: str) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**{**OLD, "text": "Sieben Tote."})
    assert world.store.read(chain.faults) == []
    world.store.call(lambda con: [con.execute(part) for part in forgery.split(";")])
    assert any(fault in line for line in world.store.read(chain.faults))


def test_what_an_edit_costs_does_not_grow_with_what_was_seen(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    due = world.wait(hours=1).due()
    said: list[str] = []
    world.store.call(lambda con: con.set_trace_callback(said.append))
    world.record(due, world.seen(due, **NEW))
    world.store.call(lambda con: con.set_trace_callback(None))
    # Of an INSERT the plan names what is only asked where a key is missing.
    asked = {sql for sql in said if sql.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))}
    assert len(asked) > 30
    steps = {str(row["detail"]): sql for sql in asked for row in world.rows(f"EXPLAIN QUERY PLAN {sql}")}
    # Of hosts there are few; all else is the end of a table, or rows of another step.
    few = re.compile(r"SCAN (?:h|hosts|asked|these|\(.*|json_each.*|CONSTANT ROW|(?:revisions|rulings)(?=$))")
    whole = {step: sql for step, sql in steps.items() if step.startswith("SCAN") and not few.match(step)}
    assert not whole
