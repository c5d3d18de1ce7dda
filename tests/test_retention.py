"""Raw pages that go to make room, and those that stay: what accuses, quotes a notice or is open keeps its evidence."""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.pages import answer_of
from db.store import chain
from db.store.connection import Store, give_back_some
from db.store.evidence import NotKept, page_of
from db.store.retention import Limit, articles_beyond, beyond, erase_some, erased_pages
from db.store.rulings import asked_again
from db.store.sizes import count_anew, note_sizes, sizes
from tests.world import OLD, URL, World

if TYPE_CHECKING:
    from pathlib import Path

MONTH = Limit(age=timedelta(days=30))
NUMBERS = ["Null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf"]


ENDPOINT = """
INSERT INTO endpoints (name, kind, url, events, state, added_at)
VALUES ('desk', 'webhook', 'https://d.example', '[]', 'active', '')
"""
DELIVERY = """
INSERT INTO deliveries (event_id, endpoint, article_id, state)
SELECT id, 'desk', 1, 'delivered' FROM events WHERE revision_id = 3
"""
GONE = """
INSERT INTO departures (article_id, revision_id, last_read_at, missing_since, at, absence, shared, sentences, verdict)
VALUES (1, 3, '', '', '', '404', 0, 0, 'removed')
"""


@pytest.fixture
def announced(hasty: World) -> World:
    """Ten versions, each half an hour after the one before; the Stand moved with every edit, and all are old now."""
    for word in NUMBERS[1:10]:
        edit(hasty, word)
    assert hasty.rows("SELECT DISTINCT verdict FROM rulings") == [{"verdict": "announced"}]
    return hasty.wait(days=40)


def edit(world: World, word: str) -> None:
    world.wait(minutes=30)
    stamp = world.now.strftime("%H:%M")
    world.look(**{**OLD, "text": f"{word} Tote.", "clocks": {"stand": stamp, "modified_ld": stamp}})


def erased(world: World, limit: Limit = MONTH) -> list[object]:
    while world.store.call(erase_some, 1, limit, world.now):
        pass
    return [row["id"] for row in world.rows("SELECT id FROM pages WHERE body IS NULL ORDER BY id")]


def beyond_cited(world: World) -> int:
    return world.store.read(beyond, 1, MONTH, world.now).cited


def test_what_is_old_goes_and_leaves_its_hash(announced: World) -> None:
    old = announced.store.read(beyond, 1, MONTH, announced.now)
    assert (old.going, old.cited) == (tuple(range(1, 11)), 0)
    assert old.size > 0
    assert erased(announced) == list(range(1, 11))
    assert announced.store.read(chain.faults) == []
    assert announced.store.read(erased_pages) == 10
    assert announced.store.read(answer_of, 10).url == URL
    with pytest.raises(NotKept, match=r"3 was erased on 2027-01-03 to make room; its SHA-256 was [0-9a-f]{64}"):
        announced.store.read(page_of, 3)
    edit(announced, "Zwanzig")
    assert announced.store.read(chain.faults) == []


@pytest.mark.parametrize(
    ("spoken_of", "needed"),
    [
        ("UPDATE rulings SET verdict = 'unmarked' WHERE revision_id = 3", [2, 3]),
        ("UPDATE rulings SET verdict = 'a verdict of later' WHERE revision_id = 3", [2, 3]),
        ("UPDATE revisions SET rule_at = '2026' WHERE id = 3", [2, 3]),
        ("INSERT INTO remarks (revision_id, at, text) VALUES (3, '', 'Nachgefragt.')", [2, 3]),
        ("UPDATE rulings SET verdict = 'disclosed' WHERE revision_id = 3", [2, 3]),
        ("UPDATE rulings SET verdict = 'misread' WHERE revision_id = 3", [2, 3]),
        (GONE, [3]),
        ("INSERT INTO unread_pages VALUES (1, 'no_text', 7, '')", [7]),
    ],
)
def test_what_is_spoken_of_keeps_both_sides(announced: World, spoken_of: str, needed: list[int]) -> None:
    announced.store.call(lambda con: [con.execute(part) for part in spoken_of.split(";")])
    assert erased(announced) == [number for number in range(1, 11) if number not in needed]
    assert beyond_cited(announced) == len(needed)


@pytest.mark.parametrize("fact", ["announced", "unstamped", "undecidable", "unsettled", "partial"])
def test_a_fact_that_was_told_accuses_nobody(announced: World, fact: str) -> None:
    """Its page goes; its words stay."""
    announced.store.call(lambda con: [con.execute(part) for part in f"{ENDPOINT}; {DELIVERY}".split(";")])
    announced.store.call(lambda con: con.execute("UPDATE rulings SET verdict = ?", [fact]))
    assert announced.rows("SELECT count(*) AS n FROM deliveries") == [{"n": 1}]
    assert erased(announced) == list(range(1, 11))
    assert beyond_cited(announced) == 0
    assert announced.rows("SELECT count(*) AS n FROM revisions WHERE headline != ''") == [{"n": 10}]


def test_the_newest_stay_whatever_their_age(announced: World) -> None:
    assert erased(announced, Limit(newest=4)) == [1, 2, 3, 4, 5, 6]
    assert erased(announced, Limit(newest=4)) == [1, 2, 3, 4, 5, 6]
    assert announced.store.read(articles_beyond, "Zeitung", Limit(newest=4), announced.now, 0) == []
    assert announced.store.read(chain.faults) == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO doubts (article_id, host, since, at, lost, held) VALUES (1, 'zeitung.example', '', '', 'body', 1)",
        """INSERT INTO drifts (host, from_at, at, lost, odd, looked, holds)
           VALUES ('zeitung.example', '', '', '', 1, 1, 1)""",
    ],
)
def test_pages_that_may_be_read_again_stay(announced: World, sql: str) -> None:
    found = (announced.rows("SELECT name FROM sources")[0]["name"], MONTH, announced.now, 0)
    assert announced.store.read(articles_beyond, *found) == [1]  # type: ignore[arg-type]
    announced.store.call(lambda con: con.execute(sql))
    assert announced.store.read(articles_beyond, *found) == []  # type: ignore[arg-type]


def test_a_damaged_page_stops_nothing(announced: World) -> None:
    announced.store.call(lambda con: con.execute("UPDATE pages SET body = x'00' WHERE id = 3"))
    announced.store.call(lambda con: con.execute("UPDATE rulings SET verdict = 'unmarked' WHERE revision_id = 3"))
    assert erased(announced) == []


def test_room_is_given_back_while_others_write(tmp_path: Path) -> None:
    """No step holds the database long, and whoever writes meanwhile has their turn."""
    with Store(tmp_path / "n.db") as store:
        assert store.read(lambda con: con.execute("PRAGMA auto_vacuum").fetchone()[0]) == 2
        store.call(filled)
        before = store.read(sizes)
        store.call(lambda con: con.execute("DELETE FROM meta WHERE key LIKE 'fill %'"))
        waits: list[float] = []
        stop = threading.Event()
        writer = threading.Thread(target=_write, args=(tmp_path / "n.db", waits, stop))
        writer.start()
        while store.call(give_back_some):
            time.sleep(0.005)
        stop.set()
        writer.join()
        store.empty_log()
        after = store.read(sizes)
    assert (after["free"], after["database"] < before["database"] / 3) == (0, True)
    assert (tmp_path / "n.db").stat().st_size == after["database"]
    assert waits


def filled(con: sqlite3.Connection) -> None:
    """Some megabytes."""
    con.execute(
        """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
           INSERT INTO meta SELECT 'fill ' || i, hex(zeroblob(3000)) FROM n"""
    )


def _write(path: Path, waits: list[float], stop: threading.Event) -> None:
    with Store(path) as store:
        while not stop.is_set():
            began = time.monotonic()
            store.call(lambda con: con.execute("INSERT INTO meta VALUES (hex(randomblob(8)), '')"))
            waits.append(time.monotonic() - began)


def test_a_file_of_an_earlier_version_gives_room_back_once_it_was_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    con = sqlite3.connect(path)
    con.execute("PRAGMA auto_vacuum = NONE")
    con.execute("CREATE TABLE t (x)")  # the file is made with it
    con.execute("DROP TABLE t")
    con.commit()
    con.close()
    with Store(path) as store:
        store.call(lambda con: con.execute("UPDATE meta SET value = value"))
        store.call(filled)
        assert store.call(give_back_some) is None
        store.write_anew()
        store.call(lambda con: con.execute("DELETE FROM meta WHERE key LIKE 'fill %'"))
        while store.call(give_back_some):
            pass
        assert store.read(sizes)["free"] == 0
        assert store.read(chain.faults) == []


def test_sizes_say_what_is_large_and_how_fast_it_grows(announced: World) -> None:
    store, start = announced.store, announced.now
    first = store.read(sizes)
    assert first["pages"] == sum(int(str(row["n"])) for row in announced.rows(
        "SELECT length(body) + length(headers) AS n FROM pages"))  # fmt: skip
    assert first["database"] == first["free"] + sum(first[kind] for kind in ("pages", "texts", "events", "rest"))
    assert first["growth_a_day"] is None
    assert first["disk_free"] > 0
    store.call(note_sizes, start)
    assert store.read(sizes)["growth_a_day"] is None
    store.call(lambda con: con.execute("INSERT INTO blocks (sha256, text) VALUES (x'00', ?)", ["Wörter " * 2000]))
    store.call(note_sizes, start + timedelta(days=2))
    grown = store.read(sizes)
    assert grown["texts"] - first["texts"] == 16_000
    assert grown["growth_a_day"] == round((grown["database"] - grown["free"] - first["database"] + first["free"]) / 2)
    assert len(announced.rows("SELECT day FROM sizes")) == 2
    erased(announced)
    store.call(count_anew)
    assert store.read(sizes)["pages"] < first["pages"]


def test_without_both_pages_nothing_is_accused(announced: World) -> None:
    """An edit that comes when the page before was erased is told as the fact that it is."""
    erased(announced)
    announced.wait(minutes=30).look(
        **{**OLD, "text": "Elf Tote.", "clocks": {"stand": "16:30", "modified_ld": "16:30"}}
    )
    assert announced.store.call(asked_again, 10, announced.now).looks.pages_kept is False
    assert not announced.store.call(asked_again, 11, announced.now).looks.pages_kept
