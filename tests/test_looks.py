"""Look after look at one article: what is recorded, what is told, and above all what is not."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from db.pages import answer_of
from db.work import Outcome
from tests.world import DISCOVERED, FEED, MARKED, OLD, SILENT, URL

if TYPE_CHECKING:
    from tests.world import World


def test_the_first_look_discovers_and_the_next_ones_are_silent(world: World) -> None:
    for _ in range(3):
        world.wait(minutes=30).look(**OLD)
    world.wait(minutes=30).look(not_modified=True)
    assert world.told() == [DISCOVERED]
    runs = world.rows("SELECT outcome, count, longest_gap_seconds, connections FROM observations ORDER BY id")
    assert [(run["outcome"], run["count"]) for run in runs] == [("new", 1), ("same", 4)]
    assert runs[1]["longest_gap_seconds"] == 1800


def test_an_edit_is_told_at_once_in_neutral_words_and_ruled_on_when_settled(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    assert world.told() == [DISCOVERED, ("article.changed", "unsettled")]
    for _ in range(3):
        world.wait(minutes=15).look(**SILENT)
        world.judge()
    assert world.told()[2:] == []
    world.wait(minutes=20).look(**SILENT)
    world.judge()
    assert world.told()[2:] == [("article.ruled", "unmarked")]
    world.wait(days=1).judge()
    assert len(world.told()) == 3
    (ruled,) = world.rows("SELECT data FROM events WHERE type = 'article.ruled'")
    (changed,) = world.rows("SELECT uid FROM events WHERE type = 'article.changed'")
    assert str(changed["uid"]) in str(ruled["data"])


def test_without_enough_looks_nothing_is_ruled_however_long_it_takes(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    world.wait(days=3).judge()
    assert world.told()[1:] == [("article.changed", "unsettled")]


def test_settle_zero_rules_at_once(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    assert hasty.told()[1:] == [("article.changed", "unmarked")]


def test_a_marked_edit_is_announced_at_once(world: World) -> None:
    world.wait(minutes=30).look(**MARKED)
    assert world.told()[1:] == [("article.changed", "announced")]


def test_a_stand_alone_waits_and_the_text_that_follows_makes_it_announced(world: World) -> None:
    stand_first = {**OLD, "clocks": {"stand": "12:20", "modified_ld": "12:20"}}
    world.wait(minutes=30).look(**stand_first)
    world.wait(minutes=30).look(**MARKED)
    world.judge()
    assert world.told()[1:] == [
        ("article.changed", "unsettled"), ("article.changed", "announced"), ("article.ruled", "announced"),
    ]  # fmt: skip


def test_a_machine_clock_alone_tells_nothing_but_is_remembered(hasty: World) -> None:
    moved = {**OLD, "clocks": {"stand": "08:00", "modified_ld": "12:10"}}
    hasty.wait(minutes=30).look(**moved)
    assert hasty.told() == [DISCOVERED]
    hasty.wait(minutes=30).look(**{**SILENT, "clocks": {"stand": "08:00", "modified_ld": "12:10"}})
    (ruling,) = hasty.rows("SELECT rule FROM rulings")
    assert ruling["rule"] == 22  # not row 20: the machine clock had moved before the edit


def test_comments_are_told_with_both_numbers(hasty: World) -> None:
    hasty.wait(minutes=30).look(**{**OLD, "comment_count": 17})
    assert hasty.told()[1:] == [("article.comments", "comments")]
    assert [row["count"] for row in hasty.rows("SELECT count FROM comment_counts ORDER BY id")] == [3, 17]
    (event,) = hasty.rows("SELECT data FROM events WHERE type = 'article.comments'")
    assert "3 → 17 comments" in str(event["data"])


def test_a_count_that_appears_is_kept_and_not_told(hasty: World) -> None:
    hasty.wait(minutes=30).look(**{**OLD, "comment_count": None})
    hasty.wait(minutes=30).look(**OLD)
    assert hasty.told() == [DISCOVERED]
    assert [row["count"] for row in hasty.rows("SELECT count FROM comment_counts ORDER BY id")] == [3, None, 3]


@pytest.mark.parametrize(
    "copy", [{}, {"age": 600}, {"etag": '"1"', "modified": 0}], ids=["bare", "with Age", "with validators"]
)
def test_an_old_copy_is_a_look_and_no_revision(hasty: World, copy: dict[str, object]) -> None:
    hasty.wait(minutes=30).look(**MARKED, etag='"2"', modified=30)
    before = hasty.told()
    assert hasty.wait(minutes=2).look(**OLD, **copy).outcome == Outcome.OLD_COPY
    hasty.wait(minutes=2).look(**MARKED, etag='"2"', modified=30)
    assert hasty.told() == before
    assert len(hasty.rows("SELECT id FROM revisions")) == 2


def test_an_old_copy_of_a_silent_edit_with_no_clock_to_tell(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    assert hasty.wait(minutes=2).look(**OLD).outcome == Outcome.OLD_COPY
    assert hasty.rows("SELECT stale_seconds FROM hosts") == [{"stale_seconds": 0}]
    hasty.wait(minutes=3).look(**SILENT)  # only now it is proven that it was a cache
    assert hasty.rows("SELECT stale_seconds FROM hosts") == [{"stale_seconds": 120}]


def test_an_old_copy_makes_the_looks_count_anew(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    for _ in range(3):
        world.wait(minutes=15).look(**SILENT)
    world.wait(minutes=10).look(**OLD)
    world.wait(minutes=10).look(**SILENT)
    world.judge()
    assert world.told()[2:] == []


def test_an_old_version_that_stays_was_put_back(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    hasty.wait(minutes=30).look(**OLD)
    assert hasty.wait(minutes=9).look(**OLD).outcome == Outcome.OLD_COPY
    assert hasty.wait(minutes=1).look(**OLD).outcome == Outcome.CHANGED
    assert len(hasty.rows("SELECT id FROM revisions")) == 3


def test_an_older_copy_that_we_never_saw_is_given_away_by_last_modified(hasty: World) -> None:
    hasty.wait(minutes=30).look(**MARKED, modified=30)
    never_seen = {**OLD, "text": "Drei Tote."}
    assert hasty.wait(minutes=2).look(**never_seen, modified=-60).outcome == Outcome.OLD_COPY


def test_comments_of_an_older_copy_say_nothing(hasty: World) -> None:
    hasty.wait(minutes=30).look(**{**OLD, "comment_count": 17}, modified=30)
    hasty.wait(minutes=5).look(**OLD, modified=0)
    hasty.wait(minutes=5).look(**OLD, age=900)
    assert hasty.told()[1:] == [("article.comments", "comments")]


def test_another_reader_is_reread_and_nobody_is_told(hasty: World) -> None:
    hasty.wait(minutes=30).look(**{**SILENT, "read_with": "zeitung/1"})
    assert hasty.told() == [DISCOVERED]
    assert [row["kind"] for row in hasty.rows("SELECT kind FROM revisions ORDER BY id")] == ["first", "reread"]
    hasty.wait(minutes=30).look(**{**SILENT, "read_with": "zeitung/1", "text": "Acht Tote."})
    assert hasty.told()[1:] == [("article.changed", "unmarked")]


def test_gone_needs_two_sightings_apart_and_is_told_once(world: World) -> None:
    assert world.wait(minutes=30).look(404).outcome == Outcome.SUSPECT
    assert world.wait(minutes=5).look(404).outcome == Outcome.SUSPECT
    assert world.wait(minutes=15).look(410).outcome == Outcome.GONE
    world.wait(days=1).look(404)
    assert world.told()[1:] == [("article.gone", "removed")]


def test_gone_needs_two_connections(world: World) -> None:
    world.wait(minutes=30).look(404, connection="a")
    assert world.wait(minutes=30).look(404, connection="a").outcome == Outcome.SUSPECT
    assert world.wait(minutes=30).look(404, connection="b").outcome == Outcome.GONE


def test_one_sighting_and_back_is_nothing(world: World) -> None:
    world.wait(minutes=30).look(404)
    world.wait(minutes=30).look(**OLD)
    world.wait(minutes=30).look(404)
    assert world.told() == [DISCOVERED]


def test_a_redirect_home_is_missing(world: World) -> None:
    assert world.wait(minutes=30).look(url="https://zeitung.example/").outcome == Outcome.SUSPECT


def test_a_page_that_returns_is_told_and_what_changed_too(hasty: World) -> None:
    hasty.wait(minutes=30).look(404)
    hasty.wait(minutes=1).look(404)
    hasty.wait(hours=1).look(**OLD)
    hasty.wait(minutes=30).look(404)
    hasty.wait(minutes=1).look(404)
    hasty.wait(hours=1).look(**MARKED)
    assert hasty.told()[1:] == [
        ("article.gone", "removed"), ("article.returned", "returned"),
        ("article.gone", "removed"), ("article.returned", "returned"), ("article.changed", "announced"),
    ]  # fmt: skip


def test_failures_are_counted_and_tell_readers_nothing(world: World) -> None:
    world.wait(minutes=30).fail()
    world.wait(minutes=30).fail(Outcome.UNREADABLE, "consent_wall")
    (row,) = world.rows("SELECT failures, error_code, state FROM articles")
    assert row == {"failures": 2, "error_code": "consent_wall", "state": "live"}
    world.wait(minutes=30).look(**OLD)
    assert world.rows("SELECT failures, error_code FROM articles") == [{"failures": 0, "error_code": ""}]
    assert world.told() == [DISCOVERED]


def test_a_page_that_moves_keeps_its_history(hasty: World) -> None:
    new = "https://zeitung.example/b"
    hasty.wait(minutes=30).look(**OLD, lives_at=new)
    hasty.wait(minutes=30).look(**SILENT, lives_at=new)
    assert hasty.told()[1:] == [("article.moved", "moved"), ("article.changed", "unmarked")]
    assert [row["url"] for row in hasty.rows("SELECT url FROM articles")] == [new]


def test_the_window_is_ours_and_allows_for_caches(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    (row,) = world.rows("SELECT not_before, not_after FROM revisions WHERE number = 2")
    assert str(row["not_before"])[11:16] == "11:50"  # last look at 12:05, less 15 minutes
    assert str(row["not_after"])[11:16] == "12:35"


def test_what_caches_declare_widens_the_window(world: World) -> None:
    world.wait(minutes=30).look(**SILENT, cache_control="public, s-maxage=1200, stale-while-revalidate=1800")
    (row,) = world.rows("SELECT not_before FROM revisions WHERE number = 2")
    assert str(row["not_before"])[11:16] == "11:15"


def test_practice_is_counted_from_settled_edits(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    hasty.wait(minutes=30).look(**{**MARKED, "text": "Acht Tote."})
    hasty.wait(minutes=30).look(**{**MARKED, "text": "Neun Tote."})
    (row,) = hasty.rows("SELECT edits, edits_stand_moved FROM sources")
    assert row == {"edits": 3, "edits_stand_moved": 1}


def test_a_poll_without_overlap_is_a_gap(world: World) -> None:
    world.poll(URL)
    assert world.rows("SELECT * FROM gaps") == []
    world.poll("https://zeitung.example/b")
    assert len(world.rows("SELECT * FROM gaps")) == 1


def test_an_entry_that_the_feed_says_was_updated_is_brought_forward(world: World) -> None:
    world.poll(URL, updated=world.now)
    world.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = '2027-01-01T00:00:00.000000+00:00'"))
    world.poll(URL, updated=world.now)
    (row,) = world.rows("SELECT next_visit_at FROM articles")
    assert str(row["next_visit_at"]).startswith("2026-11-24")


def test_two_feeds_and_two_addresses_are_one_article(world: World) -> None:
    world.poll(URL + "?utm_source=rss", URL, FEED.replace("feed.xml", "a#top"))
    assert len(world.rows("SELECT id FROM articles")) == 1


def test_a_run_keeps_of_its_last_look_what_differs_from_its_first(hasty: World) -> None:
    hasty.wait(minutes=5).look(**OLD, etag='"1"')
    for etag in ('"1"', '"2"', ""):
        hasty.wait(minutes=5).look(**OLD, etag=etag)
        (run,) = hasty.rows(
            "SELECT *, json_patch(first_headers, last_headers) AS said FROM observations WHERE outcome = 'same'"
        )
        said, kept = json.loads(str(run["said"])), json.loads(str(run["last_headers"]))
        date = format_datetime(hasty.now, usegmt=True)
        assert (said.get("etag", ""), said["date"]) == (etag, date)
        assert set(kept) == {"date", *(() if etag == '"1"' else ("etag",))}
    hasty.store.call(lambda con: con.execute("UPDATE observations SET first_headers = 'damaged'"))
    hasty.wait(minutes=5).look(**OLD)
    (run,) = hasty.rows("SELECT last_headers FROM observations WHERE outcome = 'same'")
    assert json.loads(str(run["last_headers"]))["date"] == format_datetime(hasty.now, usegmt=True)


def test_the_headers_of_a_look_that_brought_a_version_are_those_of_its_page(hasty: World) -> None:
    hasty.wait(minutes=5).look(**SILENT, etag='"2"')
    (run,) = hasty.rows("SELECT first_headers FROM observations WHERE outcome = 'changed'")
    assert set(json.loads(str(run["first_headers"]))) == {"clock_offset_seconds"}
    (page,) = hasty.rows("SELECT page_id FROM revisions WHERE number = 2")
    headers = dict(hasty.store.read(lambda con: answer_of(con, int(str(page["page_id"])))).headers)
    assert headers == {"date": format_datetime(hasty.now, usegmt=True), "etag": '"2"'}
    hasty.wait(minutes=5).look(**SILENT, etag='"2"')
    (run,) = hasty.rows("SELECT first_headers FROM observations WHERE outcome = 'same' AND revision_id = 2")
    assert set(json.loads(str(run["first_headers"]))) == {"connection", "date", "etag", "clock_offset_seconds"}
