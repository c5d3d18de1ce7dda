"""Edits that only the looks around them explain: an old text that is back, a headline test, a Stand that is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.store.practice import practice_of, recount_practice
from db.store.revisions import add_ruling
from db.store.rulings import asked_again, settled_revisions
from schedules.judge import judge
from tests.world import OLD, SILENT

if TYPE_CHECKING:
    from tests.world import World

NEW_HEADLINE = {**OLD, "headline": "Ganz anders"}


def settle(world: World, **page: object) -> None:
    """Long enough, and with looks enough, for any ruling."""
    for _ in range(8):
        world.wait(minutes=20).look(**page)
        world.judge()


def rulings(world: World) -> list[tuple[int, str, int]]:
    """Number of the version, verdict and row of the rulings that stand."""
    found = world.rows(
        """SELECT r.number, u.verdict, u.rule FROM revisions r JOIN rulings u ON u.revision_id = r.id
           WHERE u.id IN (SELECT max(id) FROM rulings GROUP BY revision_id) ORDER BY r.number"""
    )
    return [(int(str(row["number"])), str(row["verdict"]), int(str(row["rule"]))) for row in found]


def ruled_again(world: World) -> list[tuple[str, str]]:
    """What is said of each settled edit, and what the table says where all that can be missing is there."""
    found = []
    for number in world.store.read(settled_revisions):
        due = world.store.read(asked_again, number, world.now)
        due = replace(due, looks=replace(due.looks, uncached=1, others=True))
        ruling = judge(due, world.patience, world.now).ruling
        found.append((due.verdict, ruling.verdict if ruling else ""))
    return found


def said(world: World, rule: int) -> str:
    """The evidence of the last ruling by that row."""
    return str(world.rows("SELECT evidence FROM rulings WHERE rule = ? ORDER BY id DESC LIMIT 1", rule)[0]["evidence"])


def test_an_old_text_that_was_put_back_is_a_revert(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    settle(world, **OLD)
    settle(world, **OLD)
    assert rulings(world) == [(2, "unmarked", 22), (3, "reverted", 4)]
    assert "no. 1, first seen 2026-11-24 12:05 UTC; another text stood for" in said(world, 4)
    assert [verdict for kind, verdict in world.told() if kind == "article.ruled"] == ["unmarked", "reverted"]


def test_an_old_text_with_a_machine_clock_that_moved_is_a_revert_at_once(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    settle(world, **{**OLD, "clocks": {"stand": "08:00", "modified_ld": "14:50"}})
    assert rulings(world)[-1] == (3, "reverted", 4)


def test_a_headline_that_goes_to_and_fro_is_a_test_of_headlines(world: World) -> None:
    world.wait(minutes=30).look(**NEW_HEADLINE)
    for page in (OLD, NEW_HEADLINE, OLD, NEW_HEADLINE):
        world.wait(minutes=7).look(**page)
    world.wait(hours=2).judge()
    assert rulings(world) == [(2, "variant", 5)]
    assert world.rows("SELECT stale_seconds FROM hosts") == [{"stale_seconds": 0}]


def looks(world: World, count: int, **page: object) -> None:
    """So many looks, and whatever they make of what is open."""
    for _ in range(count):
        world.wait(minutes=20).look(**page)
        world.judge()


def test_a_headline_that_one_cache_served_once_more_is_an_edit(world: World) -> None:
    looks(world, 2, **OLD)
    world.wait(minutes=30).look(**NEW_HEADLINE)
    world.wait(minutes=7).look(**OLD)
    settle(world, **NEW_HEADLINE)
    assert rulings(world) == [(2, "unmarked_headline", 19)]


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [(2, 20, "undecidable"), (3, 6, "unsettled"), (3, 7, "unmarked_headline"), (6, 4, "unmarked_headline")],
)
def test_few_looks_in_a_row_do_not_tell_an_edit_from_a_test_of_headlines(
    world: World, before: int, after: int, verdict: str
) -> None:
    """Each look at a test shows one of two by chance."""
    looks(world, before - 1, **OLD)
    looks(world, after, **NEW_HEADLINE)
    world.wait(minutes=5).judge()
    assert [said for _, said, _ in rulings(world)] == [verdict]


def test_a_headline_that_had_stood_there_before_may_be_one_of_two(world: World) -> None:
    """The text was edited in between, so that no version equals another."""
    looks(world, 3, **NEW_HEADLINE)
    looks(world, 8, **SILENT)
    looks(world, 8, **{**SILENT, "headline": "Ganz anders"})
    assert rulings(world)[-1][1:] == ("undecidable", 18)
    assert "had stood there before" in said(world, 18)


def test_two_headlines_within_a_minute_are_a_test_of_headlines(world: World) -> None:
    world.wait(seconds=40).look(**NEW_HEADLINE)
    assert rulings(world) == [(2, "variant", 5)]


def test_a_stand_that_is_late_takes_back_what_was_said_of_the_edit(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    later = {**SILENT, "clocks": {"stand": "15:05", "modified_ld": "15:05"}}
    settle(world, **later)
    assert rulings(world) == [(2, "announced_late", 8), (3, "announced_late", 8)]
    assert world.told()[2:] == [
        ("article.ruled", "unmarked"), ("article.changed", "announced_late"), ("article.ruled", "announced_late"),
    ]  # fmt: skip
    assert world.rows("SELECT edits, edits_stand_moved FROM sources WHERE kind != 'hand'") == [
        {"edits": 1, "edits_stand_moved": 0}
    ]


NAMED = "Korrektur: In einer früheren Fassung war von %s statt von %s Toten die Rede."
NUMBERS = ("fünf", "sechs", "acht", "neun", "zehn", "elf", "zwölf")


def disclosed(world: World, **clocks: str) -> None:
    """Edits that notices tell of, one after the other, beside that Stand."""
    notices = ""
    for at, (old, new) in enumerate(pairwise(NUMBERS), 1):
        notices += f"|! {NAMED % (old, new)}"
        page = {**OLD, "text": f"{new.title()} Tote.{notices}", "clocks": {"modified_ld": f"12:{at:02}", **clocks}}
        world.wait(minutes=30).look(**page)


@pytest.mark.parametrize(
    ("stand", "edits", "moved"),
    [({"stand": "08:00"}, 6, 0), ({"stand": "12:20"}, 6, 1), ({}, 0, 0)],
    ids=["it stayed", "it moved once", "there is none"],
)
def test_what_a_stand_did_is_read_from_it_and_not_from_a_notice(
    world: World, stand: dict[str, str], edits: int, moved: int
) -> None:
    disclosed(world, **stand)
    assert {verdict for _, verdict, _ in rulings(world)} == {"disclosed"}
    practice = world.store.read(practice_of, 1)
    assert (practice.edits, practice.stand_moved) == (edits, moved)
    assert {(clock.edits, clock.moved) for clock in practice.clocks} == ({(6, 6)} if edits else set())


def test_what_an_earlier_program_counted_is_counted_anew(world: World) -> None:
    disclosed(world, stand="08:00")
    right = world.store.read(practice_of, 1)
    world.store.call(lambda con: con.execute("UPDATE sources SET edits = 40, edits_stand_moved = 40"))
    world.store.call(recount_practice)
    assert world.store.read(practice_of, 1) == right


def test_an_outlet_whose_stand_is_late_is_waited_for(world: World) -> None:
    """After a Stand that came three hours late, an hour says nothing; one in a hundred edits says nothing either."""
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    settle(world, **{**SILENT, "clocks": {"stand": "15:05", "modified_ld": "15:05"}})
    late = world.store.read(practice_of, 1)
    assert (late.edits, late.stand_moved, late.stamp_delay) == (1, 0, timedelta(minutes=180))
    page = {**SILENT, "text": "Niemand starb.", "clocks": {"stand": "15:05", "modified_ld": "15:05"}}
    settle(world, **page)
    assert rulings(world)[-1] == (4, "unsettled", 18)
    settle(world, **page)
    assert rulings(world)[-1] == (4, "unmarked", 22)
    for moved, delay in ((98, 180), (99, 0)):
        world.store.call(lambda con, number: con.execute("UPDATE sources SET edits_stand_moved = ?", [number]), moved)
        assert world.store.read(practice_of, 1).stamp_delay == timedelta(minutes=delay)


def test_a_late_stand_that_is_taken_back_is_not_waited_for(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    settle(world, **{**SILENT, "clocks": {"stand": "15:05", "modified_ld": "15:05"}})
    again = world.store.read(asked_again, 2, world.now)
    ruling = judge(again, world.patience, world.now).ruling
    assert ruling is not None
    for said in (ruling, replace(ruling, verdict="misread")):
        last = world.rows("SELECT max(id) AS id FROM rulings WHERE revision_id = 2")[0]["id"]
        world.store.call(add_ruling, 2, world.now.isoformat(), said, last)
        expected = timedelta(minutes=180) if said.verdict == "announced_late" else timedelta()
        assert world.store.read(practice_of, 1).stamp_delay == expected


def test_a_stand_that_follows_a_notice_is_no_bare_move(world: World) -> None:
    noticed = {**OLD, "text": "Sieben Tote.|! Korrektur: In einer früheren Fassung war von fünf Toten die Rede."}
    world.wait(minutes=30).look(**noticed)
    settle(world, **{**noticed, "clocks": {"stand": "12:50", "modified_ld": "12:50"}})
    assert rulings(world) == [(2, "disclosed", 14), (3, "announced_late", 8)]


TOLL = "Bei dem Unglück kamen %s Menschen ums Leben.|Die Polizei ermittelt."
NOTICE = "Korrektur: In einer früheren Version haben wir von fünf Toten berichtet. Richtig sind sieben Tote."


def test_a_notice_that_is_late_takes_back_what_was_said_of_the_edit_that_it_names(world: World) -> None:
    first, edited = ({**OLD, "text": TOLL % number} for number in ("fünf", "sieben"))
    world.look(**first)
    world.wait(minutes=30).look(**edited)
    settle(world, **edited)
    assert rulings(world)[-1] == (3, "unmarked", 22)
    settle(world, **{**edited, "text": f"{edited['text']}|{NOTICE}"})
    assert rulings(world)[-2:] == [(3, "disclosed_late", 17), (4, "disclosed", 14)]
    assert world.told()[-3:] == [
        ("article.ruled", "unmarked"), ("article.changed", "disclosed"), ("article.ruled", "disclosed_late"),
    ]  # fmt: skip
    assert f'["notice","{NOTICE}"],["notice came","after 3 h 0 min"]' in said(world, 17)
    assert ruled_again(world)[-2:] == [("disclosed_late", "disclosed_late"), ("disclosed", "disclosed")]


@pytest.mark.parametrize(("hours", "verdict"), [(23, "disclosed"), (25, "unmarked")])
def test_a_notice_that_comes_first_tells_of_the_edit_for_a_day(world: World, hours: int, verdict: str) -> None:
    """The newsroom saves twice: first the notice, then the number."""
    noticed, edited = ({**OLD, "text": f"{TOLL % number}|{NOTICE}"} for number in ("fünf", "sieben"))
    world.look(**{**OLD, "text": TOLL % "fünf"})
    world.wait(minutes=30).look(**noticed)
    world.wait(hours=hours, minutes=-15).look(**noticed)
    world.wait(minutes=15).look(**edited)
    settle(world, **edited)
    assert [(number, said) for number, said, _ in rulings(world)[-2:]] == [(3, "disclosed"), (4, verdict)]


def test_a_notice_that_told_of_one_edit_tells_of_no_other(world: World) -> None:
    world.look(**{**OLD, "text": TOLL % "fünf"})
    world.wait(minutes=30).look(**{**OLD, "text": f"{TOLL % 'sieben'}|{NOTICE}"})
    again = {**OLD, "text": f"{TOLL % 'fünf'} Neu.|{NOTICE}"}
    world.wait(minutes=30).look(**again)
    settle(world, **again)
    assert rulings(world)[-1] == (4, "unmarked", 22)


def test_a_stand_that_follows_a_caption_is_told_with_it(world: World) -> None:
    pictured = {**OLD, "images": [("Der Hafen am Morgen", "dpa")]}
    world.wait(minutes=30).look(**pictured)
    settle(world, **{**pictured, "clocks": {"stand": "12:50", "modified_ld": "12:50"}})
    assert rulings(world) == [(2, "peripheral", 13), (3, "stand_other", 9)]


TAKEN_FOR = "UPDATE rulings SET verdict = ?, rule = 13 WHERE revision_id = ?"


@pytest.mark.parametrize("verdict", ["site_text", "site_wide"])
def test_a_stand_that_moves_after_text_that_was_taken_for_the_sites_may_announce_it(world: World, verdict: str) -> None:
    """Other articles were edited at the same time by chance, and this one's Stand is late. It is no caption."""
    world.wait(minutes=30).look(**SILENT)
    world.store.call(lambda con: con.execute(TAKEN_FOR, [verdict, 2]))
    settle(world, **{**SILENT, "clocks": {"stand": "12:50", "modified_ld": "12:50"}})
    assert rulings(world)[1:] == [(3, "announced_late", 8)]


def test_nor_is_it_a_caption_that_follows_a_stand(world: World) -> None:
    moved = {**OLD, "clocks": {"stand": "12:20", "modified_ld": "12:20"}}
    world.wait(minutes=30).look(**moved)
    world.wait(minutes=20).look(**{**moved, "text": "Sieben Tote."})
    world.store.call(lambda con: con.execute(TAKEN_FOR, ["site_wide", 3]))
    world.judge()
    assert rulings(world)[0] == (2, "announced", 9)


@pytest.mark.parametrize(("minutes", "verdict"), [(345, "stand_other"), (346, "unsettled")])
def test_in_a_wide_window_a_caption_that_follows_tells_nothing(world: World, minutes: int, verdict: str) -> None:
    moved = {**OLD, "clocks": {"stand": "14:00", "modified_ld": "14:00"}}
    world.wait(minutes=minutes).look(**moved)
    for _ in range(4):
        world.wait(minutes=14).look(**moved)
    pictured = {**moved, "images": [("Der Hafen am Morgen", "dpa")]}
    world.wait(minutes=1).look(**pictured)
    settle(world, **pictured)
    assert rulings(world)[0] == (2, verdict, 9)


def test_a_stand_that_moves_a_day_later_is_no_bare_move_and_one_after_it_is(world: World) -> None:
    """It may be set by hand, or by night. The edit had gone unmarked for a day, and that stays said."""
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    world.wait(hours=23).look(**SILENT)
    settle(world, **{**SILENT, "clocks": {"stand": "15:05", "modified_ld": "15:05"}})
    assert rulings(world) == [(2, "unmarked", 22), (3, "announced_late", 9)]
    assert ruled_again(world) == [("unmarked", "unmarked"), ("announced_late", "announced_late")]
    settle(world, **{**SILENT, "clocks": {"stand": "18:05", "modified_ld": "18:05"}})
    assert rulings(world)[-1] == (4, "stand_only", 9)


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        ({}, "announced_late"),
        ({"authors": ["Eine andere"]}, "announced_late"),
        ({"text": "Neun Tote.", "clocks": {"stand": "15:05"}}, "stand_only"),
    ],
    ids=["nothing", "an author", "an edit that it showed"],
)
def test_a_stand_that_moves_days_later_may_show_only_what_changed_last(
    world: World, last: dict[str, object], verdict: str
) -> None:
    silent = {**SILENT, "clocks": {"stand": "08:00"}}
    world.wait(minutes=30).look(**silent)
    settle(world, **silent)
    settle(world, **{**silent, **last})
    world.wait(days=2).look(**{**silent, **last})
    settle(world, **{**silent, **last, "clocks": {"stand": "2026-11-26T18:00"}})
    assert rulings(world)[-1][1:] == (verdict, 9)


def test_an_edit_that_follows_a_bare_stand_is_announced_whenever_it_is_ruled_on(world: World) -> None:
    moved = {**OLD, "clocks": {"stand": "12:20", "modified_ld": "12:20"}}
    world.wait(minutes=30).look(**moved)
    world.wait(minutes=40).look(**moved)
    settle(world, **{**moved, "text": "Sieben Tote."})
    assert rulings(world) == [(2, "announced", 9), (3, "announced", 16)]
    assert ruled_again(world) == [("announced", "announced")] * 2


def test_a_late_stand_announces_whenever_it_is_ruled_on(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    settle(world, **{**SILENT, "clocks": {"stand": "15:05", "modified_ld": "15:05"}})
    assert ruled_again(world) == [("announced_late", "announced_late")] * 2


def test_an_edit_after_a_bare_stand_that_had_settled_does_not_explain_it(world: World) -> None:
    moved = {**OLD, "clocks": {"stand": "12:20", "modified_ld": "12:20"}}
    world.wait(minutes=30).look(**moved)
    settle(world, **moved)
    settle(world, **{**moved, "text": "Sieben Tote."})
    assert ruled_again(world) == [("stand_only", "stand_only"), ("unmarked", "unmarked")]


@pytest.mark.parametrize(("minutes", "rows"), [(-16, (8, 8)), (0, (22, 9)), (60, (22, 9))])
def test_a_stand_announces_the_edits_of_less_than_a_day(world: World, minutes: int, rows: tuple[int, int]) -> None:
    """Until the first moment at which the Stand may have moved: the look before, less what caches may keep."""
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    world.wait(hours=24, minutes=minutes - 160 + 15).look(**SILENT)
    world.wait(minutes=5).look(**{**SILENT, "clocks": {"stand": "12:50", "modified_ld": "12:50"}})
    settle(world, **{**SILENT, "clocks": {"stand": "12:50", "modified_ld": "12:50"}})
    assert tuple(row for _, _, row in rulings(world)) == rows


def test_a_stand_that_moved_at_some_time_of_two_days_may_have_moved_for_an_edit_before_them(world: World) -> None:
    """It may have come an hour after the edit, while nobody looked."""
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    later = {**SILENT, "clocks": {"stand": "16:00", "modified_ld": "16:00"}}
    world.wait(days=2).look(**later)
    settle(world, **later)
    assert rulings(world) == [(2, "announced_late", 8), (3, "announced_late", 8)]
    assert ruled_again(world) == [("announced_late", "announced_late")] * 2


@pytest.mark.parametrize(("minutes", "verdict"), [(345, "stand_only"), (346, "undecidable")])
def test_in_a_wide_window_a_stand_may_have_moved_for_what_was_undone(world: World, minutes: int, verdict: str) -> None:
    moved = {**OLD, "clocks": {"stand": "14:00", "modified_ld": "14:00"}}
    world.wait(minutes=minutes).look(**moved)
    settle(world, **moved)
    assert rulings(world) == [(2, verdict, 9)]


def test_a_stand_that_moves_over_half_a_text_may_have_moved_for_the_rest(world: World) -> None:
    """A wall came with an announced edit, and hides what is edited from then on."""
    whole = {"text": "Fünf Tote am Hafen, sagt die Wehr.|Sie löschte bis zum Abend.|Zwei Zeugen sahen Rauch."}
    for text, stand in ((whole, "12:34"), ({"text": "Sieben Tote am Hafen, sagt man."}, "15:34")):
        page = {**OLD, **text, "clocks": {"stand": stand}}
        world.wait(minutes=30 if text == whole else 20).look(**page)
        settle(world, **page)
    settle(world, **{**page, "clocks": {"stand": "18:10"}})
    assert rulings(world)[-1][1:] == ("announced", 9)


def test_a_second_edit_that_is_announced_leaves_the_first_as_it_was(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    settle(world, **{**SILENT, "text": "Neun Tote.", "clocks": {"stand": "15:05", "modified_ld": "15:05"}})
    assert rulings(world) == [(2, "unmarked", 22), (3, "announced", 16)]


def test_a_stand_may_belong_to_a_second_edit_seen_with_an_announced_one(world: World) -> None:
    """Both came between two looks; the first moved the Stand to 12:10, and the second was dated at 13:10."""
    both = {**OLD, "text": "Sieben Tote.|Zwei Zeugen.", "clocks": {"stand": "12:10", "modified_ld": "12:10"}}
    world.wait(minutes=30).look(**both)
    settle(world, **both)
    settle(world, **{**both, "clocks": {"stand": "13:10", "modified_ld": "13:10"}})
    assert rulings(world) == [(2, "announced", 16), (3, "announced", 9)]


def test_a_stand_that_moves_after_an_edit_seen_at_once_is_a_bare_move(world: World) -> None:
    seen = {**OLD, "text": "Sieben Tote.", "clocks": {"stand": "12:34", "modified_ld": "12:34"}}
    world.wait(minutes=30).look(**seen)
    settle(world, **seen)
    settle(world, **{**seen, "clocks": {"stand": "13:10", "modified_ld": "13:10"}})
    assert rulings(world) == [(2, "announced", 16), (3, "stand_only", 9)]


def test_nothing_accuses_hours_after_the_last_look(world: World) -> None:
    """What it waits for may come in between two looks, and the Stand may have moved by then."""
    world.wait(minutes=30).look(**SILENT)
    for minutes in (20, 20, 21):
        world.wait(minutes=minutes).look(**SILENT)
    world.wait(minutes=31).judge()
    assert rulings(world) == [(2, "unsettled", 18)]
    world.wait(minutes=5).look(**{**SILENT, "clocks": {"stand": "13:50", "modified_ld": "13:50"}})
    world.judge()
    assert rulings(world) == [(2, "announced_late", 8), (3, "announced_late", 8)]
    assert "unmarked" not in {verdict for _, verdict in world.told()}


def test_a_stand_that_follows_an_entry_of_a_live_blog_is_no_bare_move(world: World) -> None:
    grown = {**OLD, "live": True, "text": f"{OLD['text']}|14:05 Uhr: Noch einer."}
    world.wait(minutes=30).look(**grown)
    settle(world, **grown)
    settle(world, **{**grown, "clocks": {"stand": "13:10", "modified_ld": "13:10"}})
    assert rulings(world) == [(2, "live", 6), (3, "announced_late", 8)]


def test_silent_is_said_only_of_an_outlet_whose_clocks_are_known(world: World) -> None:
    for number in range(30):
        page = {**OLD, "text": f"{number} Tote.", "clocks": clocks(number)}
        world.wait(minutes=5).look(**page)
    world.wait(hours=1).look(**page)
    settle(world, **{**page, "text": "Niemand starb."})
    assert world.rows("SELECT kind, edits, moved FROM clock_practice") == [
        {"kind": "modified_ld", "edits": 31, "moved": 30}
    ]
    assert rulings(world)[-1] == (32, "silent", 21)
    assert "modified_ld moved in 30 of 30 settled edits" in said(world, 21)


def clocks(number: int) -> dict[str, str]:
    """Both stamps, later and later."""
    return dict.fromkeys(("stand", "modified_ld"), f"{9 + number // 20:02}:{number % 20:02}")


def test_an_open_ruling_is_made_right_at_a_look(world: World) -> None:
    """An hour later its Stand may have moved, and nobody saw it yet."""
    world.wait(minutes=30).look(**SILENT)
    world.wait(minutes=61).judge()
    world.wait(minutes=5).look(**SILENT)
    assert world.rows("SELECT rule_at FROM revisions WHERE number = 2") == [{"rule_at": text_of(world.now)}]
