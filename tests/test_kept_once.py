"""What stays the same from version to version is kept once, and read back, exported and verified all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.store import chain, people
from db.store.history import versions_of
from db.store.takedown import take_down
from db.web.finding import find
from tests.world import URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00", "modified_ld": "08:00"}}
PICTURE = ("Ein Boot im Hafen.", "Foto: E. Mole")


@pytest.fixture
def new(tmp_path: Path) -> Iterator[World]:
    """An article that was never looked at."""
    made = World(tmp_path / "n.db")
    made.poll(URL)
    yield made
    made.store.close()


def test_what_stays_the_same_from_version_to_version_is_kept_once(new: World) -> None:
    pictured = {**OLD, "images": (PICTURE,)}
    new.look(**pictured)
    new.wait(minutes=30).look(**{**pictured, "text": "Sieben Tote."})
    new.wait(minutes=30).look(**{**pictured, "text": "Acht Tote."})
    new.wait(minutes=30).look(**{**OLD, "text": "Neun Tote.", "images": ()})
    new.wait(minutes=30).look(**{**pictured, "text": "Zehn Tote."})
    assert new.rows("SELECT images_of FROM revisions") == [{"images_of": of} for of in (None, 1, 1, None, None)]
    assert new.rows("SELECT DISTINCT revision_id FROM revision_images") == [{"revision_id": 1}, {"revision_id": 5}]
    assert [row["clocks_before"] for row in new.rows("SELECT clocks_before FROM revisions WHERE number > 1")] == [
        ""
    ] * 4
    article = new.store.read(people.find_article, URL)
    versions = new.store.read(versions_of, article)
    assert [len(list(version["images"])) for version in versions] == [1, 1, 1, 0, 1]  # type: ignore[call-overload]
    assert [version["clocks_before"] for version in versions[1:]] == [versions[0]["clocks"]] * 4
    assert new.store.read(chain.faults) == []
    new.store.call(lambda con: con.execute("UPDATE revisions SET images_of = 5 WHERE id = 4"))
    assert new.store.read(chain.faults) == ["revisions row 4: its content is not what was recorded"]


@pytest.mark.parametrize("earlier", [False, True])
def test_titles_are_found_by_the_version_that_brought_them(new: World, *, earlier: bool) -> None:
    """An earlier file has every version in the index: all that is in it is taken out with the words."""
    for text, headline in enumerate(("Unglück", "Unglück", "Damm gebrochen", "Unglück", "Unglück")):
        new.wait(minutes=30).look(**{**OLD, "text": f"{text} Tote.", "headline": headline})
    found = "SELECT rowid FROM revisions_fts WHERE revisions_fts MATCH 'headline: Unglück' ORDER BY rowid"
    assert [row["rowid"] for row in new.rows(found)] == [1, 4]
    if earlier:
        new.store.call(lambda con: con.execute("INSERT INTO revisions_fts (revisions_fts) VALUES ('rebuild')"))
        assert [row["rowid"] for row in new.rows(found)] == [1, 2, 4, 5]
    new.store.call(take_down, URL, new.now)
    assert new.rows(found) == []
    whole = "INSERT INTO revisions_fts (revisions_fts, rank) VALUES ('integrity-check', 0)"
    new.store.call(lambda con: con.execute(whole))


def test_a_paragraph_is_found_with_the_first_and_the_last_version_that_showed_it(new: World) -> None:
    """Also where it was away in between, and where a version that was read again says that it was there before."""
    for text in ("Fünf Tote.", "Sieben Tote.", "Fünf Tote.|Der Damm hält.", "Fünf Tote.|Acht Boote."):
        new.wait(minutes=30).look(**{**OLD, "text": text})

    def found(word: str) -> list[tuple[object, ...]]:
        (passage,) = new.store.read(find, word, None, "full").passages
        return [tuple(passage.row[name] for name in ("first", "last", "first_id", "last_id", "seen_at", "stands"))]

    seen = [row["seen_at"] for row in new.rows("SELECT seen_at FROM revisions ORDER BY id")]
    assert found("Fünf") == [(1, 4, 1, 4, seen[0], 1)]
    assert found("Damm") == [(3, 3, 3, 3, seen[2], 0)]
    again = """INSERT INTO revision_blocks (revision_id, position, kept_kind, block_id)
               SELECT 4, 2, 0, id FROM blocks WHERE text = 'Der Damm hält.'"""
    new.store.call(lambda con: con.execute(again))
    new.store.call(lambda con: con.execute("UPDATE revisions SET kind = 'reread', seen_at = ? WHERE id = 4", [seen[1]]))
    assert found("Damm") == [(3, 4, 3, 4, seen[1], 1)]


def test_clocks_that_moved_without_the_text_are_kept_as_they_were_last_seen(new: World) -> None:
    new.look(**OLD)
    moved = {**OLD, "clocks": {"stand": "08:00", "modified_ld": "12:10"}}
    new.wait(minutes=30).look(**moved)
    new.wait(minutes=30).look(**{**moved, "text": "Sieben Tote."})
    (second,) = new.rows("SELECT clocks_before FROM revisions WHERE number = 2")
    assert "12:10" in str(second["clocks_before"])
    assert new.store.read(chain.faults) == []
