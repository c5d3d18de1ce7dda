"""What must never be said: courses of events that once led to a false accusation, or to a lost article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from changes.compare import compare
from db.store.articles import due_articles
from db.store.chain import faults
from db.work import Outcome
from tests.articles import article
from tests.world import DISCOVERED, MARKED, OLD, SILENT, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = "https://zeitung.example/b"
ANOTHER = {
    "headline": "Über etwas anderes", "text": "Ein Esel lief durch die Stadt.|Niemand weiß, warum.",
    "clocks": {"stand": "07:00"},
}  # fmt: skip


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "f.db")
    made.poll(URL)
    yield made
    made.store.close()


def settle(world: World, **page: object) -> None:
    """Long enough, and with looks enough, for any ruling."""
    for _ in range(6):
        world.wait(minutes=20).look(**page)
        world.judge()


def verdicts(world: World) -> list[str]:
    return [verdict for kind, verdict in world.told()[1:] if kind.startswith("article.")]


@pytest.mark.parametrize(
    "differs",
    [
        {"clocks": {"stand": "08:00|gestern, 09:00 Uhr", "modified_ld": "08:00"}},
        {"images": [("", "")]},
        {"authors": ["A", "B"]},
    ],
    ids=["the Stand in other words", "a picture without caption", "authors apart"],
)
def test_what_no_reader_sees_is_no_edit(world: World, differs: dict[str, object]) -> None:
    before = {**OLD, "clocks": {"stand": "08:00|heute, 09:00 Uhr", "modified_ld": "08:00"}, "authors": ["A, B"]}
    world.wait(minutes=30).look(**before)
    told = world.told()
    settle(world, **{**before, **differs})
    assert world.told() == told


@pytest.mark.parametrize(
    ("page", "state", "told"),
    [(OLD, "moved", [("article.moved", "moved")]), (ANOTHER, "suspect", [])],
    ids=["the same article", "another"],
)
def test_a_page_that_leads_to_another_followed_address_ends_there_if_it_reads_like_it(
    world: World, page: dict[str, object], state: str, told: list[tuple[str, str]]
) -> None:
    world.wait(minutes=1).look(**OLD)
    world.store.call(_follow, OTHER)
    world.wait(minutes=30).look(url=OTHER, lives_at=OTHER, **page)
    assert world.told()[1:] == told
    assert {row["state"] for row in world.rows("SELECT state FROM articles WHERE url = ?", URL)} == {state}


def _follow(con: object, url: str) -> None:
    con.execute(  # type: ignore[attr-defined]
        """INSERT INTO articles (url, fetch_url, host, source_id, first_seen_at, next_visit_at, paused)
           SELECT ?1, ?1, host, source_id, first_seen_at, '2099', 1 FROM articles LIMIT 1""",
        [url],
    )


STORY = {
    "headline": "Stadtrat beschließt den Bau der Brücke", "clocks": {"stand": "08:00"},
    "text": "Der Stadtrat hat am Dienstag den Bau der neuen Brücke beschlossen.|Die Kosten liegen bei vier Millionen "
    "Euro, wie der Kämmerer sagte.|Im Frühjahr sollen die Arbeiten am Ufer beginnen.",
}  # fmt: skip
EDITED = {**STORY, "text": str(STORY["text"]).replace("vier", "neun")}
SECTION = {
    "headline": "Aus der Stadt", "clocks": {"stand": "12:30"},
    "text": "Im Zoo kam ein kleiner Elefant zur Welt.|Das Freibad öffnet in diesem Jahr erst im Juni.|Nach dem Sturm "
    "räumt die Feuerwehr noch immer umgestürzte Bäume von den Straßen.|Die Buslinie sieben fährt ab Montag öfter.",
}  # fmt: skip
RELATED = {**SECTION, "text": f"{SECTION['text']}|{str(STORY['text']).split('|', maxsplit=1)[0]}"}
IN_ENGLISH = {**ANOTHER, "language": "en"}


@pytest.mark.parametrize(
    ("page", "url", "told", "rules", "state"),
    [
        (STORY, OTHER, ["moved"], [], "live"),
        (EDITED, OTHER, ["moved", "unsettled", "unmarked"], [22], "live"),
        ({**EDITED, "headline": "Neue Brücke kommt"}, OTHER, ["moved", "unsettled", "unmarked"], [22], "live"),
        ({**SECTION, "headline": STORY["headline"]}, OTHER, ["moved"], [1], "live"),
        (SECTION, "https://zeitung.example/stadt/", ["removed"], [], "gone"),
        (ANOTHER, OTHER, ["removed"], [], "gone"),
        (RELATED, OTHER, [], [], "live"),
        (IN_ENGLISH, OTHER, [], [], "live"),
        (ANOTHER, "https://konto.example/anmelden", [], [], "live"),
        (SECTION, "https://zeitung.example/", ["removed"], [], "gone"),
    ],
    ids=[
        "the same", "edited", "edited, headline too", "its headline over another text", "a section", "another article",
        "one with a sentence of it", "another language", "another site", "the front page",
    ],
)  # fmt: skip
def test_where_an_address_leads_to_is_compared_only_if_it_reads_like_the_article(
    fresh: World, page: dict[str, object], url: str, told: list[str], rules: list[int], state: str
) -> None:
    fresh.look(**STORY)
    settle(fresh, url=url, lives_at=url, **page)
    assert verdicts(fresh) == told
    stands = "SELECT rule FROM rulings WHERE id IN (SELECT max(id) FROM rulings GROUP BY revision_id)"
    assert [row["rule"] for row in fresh.rows(stands)] == rules
    moved = url if "moved" in told else URL
    assert fresh.rows("SELECT url, fetch_url, state FROM articles") == [
        {"url": moved, "fetch_url": moved, "state": state}
    ]


@pytest.mark.parametrize("status", [302, 303, 307])
def test_where_an_address_leads_to_for_now_says_nothing(fresh: World, status: int) -> None:
    fresh.look(**STORY)
    settle(fresh, url=OTHER, lives_at=OTHER, redirect=status, **ANOTHER)
    assert verdicts(fresh) == []
    assert fresh.rows("SELECT state, error_code FROM articles") == [{"state": "live", "error_code": "other_page"}]


def test_a_moved_article_is_asked_where_it_lives_before_it_is_called_removed(world: World) -> None:
    world.wait(minutes=30).look(**OLD, lives_at=OTHER)
    world.wait(minutes=30).look(404)
    (row,) = world.rows("SELECT url, fetch_url, state FROM articles")
    assert row == {"url": OTHER, "fetch_url": OTHER, "state": "live"}
    world.wait(minutes=30).look(**OLD, lives_at=OTHER)
    assert world.told() == [DISCOVERED, ("article.moved", "moved")]
    for _ in range(2):
        world.wait(minutes=30).look(404)
    assert world.told()[2:] == [("article.gone", "removed")]


def test_pages_that_name_each_other_as_their_own_address_are_both_followed(hasty: World) -> None:
    hasty.poll(OTHER)
    hasty.store.call(lambda con: con.execute("UPDATE articles SET paused = 1 WHERE url = ?", [URL]))
    hasty.look(**ANOTHER, lives_at=URL)
    assert [row["state"] for row in hasty.rows("SELECT state FROM articles ORDER BY id")] == ["live", "moved"]
    hasty.store.call(lambda con: con.execute("UPDATE articles SET paused = 0"))
    hasty.wait(minutes=5).look(**OLD, lives_at=OTHER)
    assert hasty.rows("SELECT state FROM articles WHERE url = ?", URL) == [{"state": "live"}]
    assert hasty.told() == [DISCOVERED]


def test_a_front_page_of_another_site_says_nothing_about_the_article(world: World) -> None:
    seen = world.wait(minutes=30).look(url="https://consent.example/", **OLD)
    assert seen.outcome != Outcome.SUSPECT


def test_a_change_that_was_last_seen_after_ten_minutes_is_not_accused_after_sixty(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    for _ in range(3):
        world.wait(minutes=3).look(**SILENT)
    for _ in range(6):
        world.wait(minutes=10).fail()
        world.judge()
    assert verdicts(world) == ["unsettled"]


def test_a_copy_that_is_proven_older_does_not_narrow_the_window(world: World) -> None:
    old, new = ({**page, "clocks": {"stand": "12:00"}} for page in (OLD, SILENT))
    world.wait(minutes=1).look(**old, modified=0)
    before = len(world.told())
    world.wait(minutes=30).look(**old, modified=-30)
    world.wait(minutes=2).look(**new, modified=7)
    settle(world, **new, modified=7)
    assert "unmarked" not in [verdict for _, verdict in world.told()[before:]]


def test_a_copy_that_is_older_by_its_machine_clock_moves_neither_comments_nor_clocks_back(world: World) -> None:
    new = {**OLD, "comment_count": 17, "clocks": {"stand": "08:00", "modified_ld": "12:10"}}
    world.wait(minutes=30).look(**new)
    world.wait(minutes=5).look(**OLD)
    world.wait(minutes=5).look(**{**new, "text": "Sieben Tote."})
    settle(world, **{**new, "text": "Sieben Tote."})
    comments = world.rows("SELECT data FROM events WHERE type = 'article.comments'")
    assert [json.loads(str(row["data"]))["excerpt"] for row in comments] == ["3 → 17 comments"]
    assert world.rows("SELECT rule FROM rulings ORDER BY id DESC LIMIT 1") == [{"rule": 22}]


def test_a_stand_that_may_announce_an_earlier_edit_late_is_no_bare_move(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    later = {**SILENT, "clocks": {"stand": "15:00", "modified_ld": "15:00"}}
    settle(world, **later)
    assert "stand_only" not in verdicts(world)


def test_a_stand_that_went_back_announces_nothing(world: World) -> None:
    back = {"clocks": {"stand": "07:00", "modified_ld": "08:00"}}
    world.wait(minutes=60).look(**{**OLD, **back})
    world.wait(minutes=10).look(**{**SILENT, **back})
    world.judge()
    assert "announced" not in verdicts(world)


@pytest.mark.parametrize(
    ("follows", "verdict"),
    [({"read_with": "zeitung/2"}, "unsettled"), ({"images": [("Neue Bildunterschrift", "")]}, "stand_other")],
    ids=["another reader", "a caption"],
)
def test_only_text_that_follows_makes_a_bare_move_announced(
    world: World, follows: dict[str, object], verdict: str
) -> None:
    moved = {**OLD, "clocks": {"stand": "13:00", "modified_ld": "08:00"}}
    world.wait(minutes=60).look(**moved)
    world.wait(minutes=10).look(**{**moved, **follows})
    world.judge()
    assert "announced" not in verdicts(world)
    rulings = world.rows("SELECT verdict FROM rulings WHERE revision_id = 2 ORDER BY id DESC LIMIT 1")
    assert rulings == [{"verdict": verdict}]


def test_a_copy_from_before_the_removal_brings_nothing_back(world: World) -> None:
    for _ in range(2):
        world.wait(minutes=30).look(404)
    world.wait(hours=2).look(**OLD, age=3 * 3600 + 1800)
    world.wait(minutes=30).look(404)
    assert world.told()[1:] == [("article.gone", "removed")]


def test_a_host_whose_caches_are_known_to_be_hours_old_is_given_hours(world: World) -> None:
    world.wait(minutes=30).look(**MARKED)
    world.wait(minutes=175).look(**OLD)
    world.wait(minutes=5).look(**MARKED)
    told = world.told()
    for _ in range(14):
        world.wait(minutes=5).look(**OLD)
    assert world.wait(minutes=5).look(**MARKED).outcome == Outcome.SAME
    assert world.told() == told


def test_one_answer_of_great_age_does_not_blind_the_host(world: World) -> None:
    world.wait(minutes=30).look(**OLD, age=2_592_000)
    world.wait(minutes=30).look(**OLD)
    world.wait(minutes=30).look(**SILENT)
    (row,) = world.rows("SELECT not_before FROM revisions WHERE number = 2")
    assert str(row["not_before"])[11:16] == "12:50"  # last look at 13:05, less 15 minutes
    settle(world, **SILENT)
    assert verdicts(world) == ["unsettled", "unmarked"]


def test_the_age_of_the_last_look_at_the_old_text_widens_the_window(world: World) -> None:
    world.wait(minutes=30).look(**OLD, age=7200)
    world.wait(minutes=30).look(**SILENT)
    (row,) = world.rows("SELECT not_before FROM revisions WHERE number = 2")
    assert str(row["not_before"])[11:16] == "10:35"


@pytest.mark.parametrize("header", ["Mon, 01 Jan 99999 00:00:00 GMT", "nonsense", ""])
def test_dates_that_no_calendar_knows_are_no_dates(world: World, header: str) -> None:
    assert world.wait(minutes=30).look(**OLD, date=header).outcome == Outcome.SAME


def test_after_an_old_copy_a_look_past_all_caches_is_asked_for_anew(world: World) -> None:
    world.wait(minutes=60).look(**SILENT)
    world.wait(minutes=20).look(**SILENT)
    world.wait(minutes=5).look(**OLD)
    world.wait(minutes=5).look(**SILENT)
    settle(world, **SILENT)
    assert verdicts(world) == ["unsettled", "unmarked"]


def test_a_look_whose_lease_had_ended_doubles_nothing(hasty: World) -> None:
    hasty.wait(minutes=30)
    first = hasty.due()
    hasty.wait(minutes=6).look(**SILENT)
    (number,) = hasty.rows("SELECT count(*) AS n FROM events")
    late = hasty.rows("SELECT revision_id FROM articles")
    assert late[0]["revision_id"] != first.revision_id
    hasty.record(first, hasty.seen(first, **SILENT))
    assert hasty.rows("SELECT count(*) AS n FROM events") == [number]
    assert hasty.store.call(faults) == []
    assert len(hasty.store.call(due_articles, hasty.wait(minutes=6).now, 10)) == 1


def test_a_rewrite_of_a_huge_page_is_paired_by_place_and_costs_no_minutes() -> None:
    old = article(text="|".join(f"Satz {number} über die alte Brücke." for number in range(600)))
    new = article(text="|".join(f"Zeile {number}: Esel, Heu und Stroh." for number in range(600)))
    change = compare(old, new)
    assert [(item.move, item.before_at, item.after_at) for item in change.blocks[:2]] == [
        ("edited", 0, 0), ("edited", 1, 1),
    ]  # fmt: skip
    assert len(change.blocks) == 600


@pytest.mark.parametrize(
    "wall",
    [
        {"headline": "Alles wird gut", "text": "Wir sind bald wieder da.", "clocks": {}},
        {"headline": "Alles wird gut", "text": "Bald."},
    ],
    ids=["without the stamps", "with next to no text"],
)
def test_a_wall_that_nobody_knows_is_no_edit(hasty: World, wall: dict[str, object]) -> None:
    whole = {**OLD, "text": "Fünf Tote.|" + " ".join(f"Wort{number}" for number in range(40)) + "."}
    hasty.wait(minutes=30).look(**whole)
    told = hasty.told()
    for _ in range(3):
        assert hasty.wait(minutes=2).look(**{**OLD, **wall}).outcome == Outcome.UNREADABLE
    hasty.wait(minutes=2).look(**whole)
    assert [item for item in hasty.told() if item[0].startswith("article.")] == told
    assert hasty.rows("SELECT error_code FROM observations WHERE outcome = 'unreadable'") == [
        {"error_code": "other_page"}
    ]


def test_what_stays_in_the_place_of_the_article_is_the_article(hasty: World) -> None:
    whole = {**OLD, "text": " ".join(f"Wort{number}" for number in range(40)) + "."}
    hasty.wait(minutes=30).look(**whole)
    cleared = {**OLD, "headline": "Zurückgezogen", "text": "Diesen Artikel haben wir zurückgezogen."}
    outcomes = [hasty.wait(minutes=4).look(**cleared).outcome for _ in range(4)]
    assert outcomes == [Outcome.UNREADABLE] * 3 + [Outcome.CHANGED]


def test_a_stand_alone_says_nothing_of_an_article_that_was_cut_off(world: World) -> None:
    """Days after a wall that nobody knows: what stands behind it may have been edited."""
    paragraphs = [f"Absatz {number} erzählt von der Sitzung, die bis in die Nacht ging." * 3 for number in range(6)]
    whole = {**OLD, "text": "|".join(paragraphs)}
    cut = {**OLD, "text": paragraphs[0]}
    world.wait(minutes=30).look(**whole)
    world.wait(hours=1).look(**cut)
    settle(world, **cut)
    assert verdicts(world)[-1] == "partial"
    world.wait(hours=30)
    settle(world, **cut)
    settle(world, **{**cut, "clocks": {"stand": "2026-11-25 20:00", "modified_ld": "2026-11-25 20:00"}})
    assert "stand_only" not in verdicts(world)
