"""Where the story of an article that is gone goes on: which pairs are linked, and what of it is kept and told."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from changes.succession import is_older, overlap
from db.store.articles import due_articles
from db.store.successions import due_departures, record_departures
from schedules.departure import follow
from schedules.sighting import Look, sighting
from scraper.page import Page
from tests.articles import article
from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = tomllib.loads((Path(__file__).parent / "data/successions.toml").read_text("utf-8"))["pair"]
STORY, OTHER = PAIRS[0]["gone"], PAIRS[3]["other"]
NEXT = "https://zeitung.example/neu"


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["name"] for pair in PAIRS])
def test_which_stories_go_on(pair: dict[str, Any]) -> None:
    first, second = pair.get("headlines", ("Eine Schlagzeile", "Die neue Schlagzeile"))
    gone, other = article(text=pair["gone"], headline=first), article(text=pair["other"], headline=second)
    assert overlap(gone, other).goes_on == pair["goes_on"]


def test_the_share_is_of_the_article_that_is_gone() -> None:
    common = overlap(article(text=STORY), article(text=f"{STORY}|{OTHER}"))
    assert (common.shared, common.sentences, common.percent) == (6, 6, 100)


@pytest.mark.parametrize(("days", "older"), [("2026-11-23", False), ("2026-11-22", True)])
def test_an_article_that_says_to_be_older_was_there_before(days: str, older: bool) -> None:
    gone = article(clocks={"published_ld": "2026-11-24"})
    assert is_older(article(clocks={"published_ld": days}), gone) == older
    assert not is_older(article(), gone)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    made.poll(URL)
    made.look(**{**OLD, "text": STORY})
    yield made
    made.store.close()


def reads(world: World, url: str, text: str) -> None:
    """The feed lists another article, and it is read; the first one rests meanwhile."""
    world.poll(URL, url)
    world.store.call(lambda con: con.execute("UPDATE articles SET paused = (url != ?)", [url]))
    world.store.call(lambda con: con.execute("UPDATE articles SET next_visit_at = ?", [world.now.isoformat()]))
    (due,) = world.store.call(due_articles, world.now, 10)
    page = Page(url, 200, (), b"<html>", world.now, "", "c", ())
    reading = replace(article(text=text), url=url)
    world.record(due, sighting(Look(due, world.known(due), page, world.patience, uncached=False), reading))
    world.store.call(lambda con: con.execute("UPDATE articles SET paused = (id != 1)"))


def gone(world: World, status: int = 404) -> None:
    world.wait(minutes=30).look(status)
    world.wait(minutes=5).look(status)


def followed(world: World, rules: tuple[Any, ...] = (), *, patient: bool = True) -> list[dict[str, Any]]:
    """All that is due is followed up; what was told of it."""
    before = world.rows("SELECT max(id) AS id FROM events")[0]["id"]
    for due in world.store.call(due_departures, world.now, 10):
        world.store.call(record_departures, [follow(due, rules, world.now, patient=patient)])
    rows = world.rows("SELECT data FROM events WHERE id > ? ORDER BY id", before)
    return [json.loads(str(row["data"])) for row in rows]


@pytest.mark.parametrize("first", ["the other comes first", "the other comes later"])
def test_a_story_that_goes_on_is_linked_once(world: World, first: str) -> None:
    if first == "the other comes first":
        reads(world, NEXT, f"{STORY}|{OTHER}")
    gone(world)
    if first == "the other comes later":
        assert followed(world) == []
        reads(world, NEXT, f"{STORY}|{OTHER}")
        world.wait(hours=2)
    (told,) = followed(world)
    assert (told["verdict"], told["url"], told["successor"], told["in_common"]) == ("succeeded_by", URL, NEXT, 100)
    assert world.rows("SELECT successor_id, shared, sentences, check_at FROM departures") == [
        {"successor_id": 2, "shared": 6, "sentences": 6, "check_at": None}
    ]
    assert followed(world.wait(days=4)) == []


@pytest.mark.parametrize(("hours", "found"), [(71, True), (73, False)])
def test_only_what_comes_within_three_days(world: World, hours: int, found: bool) -> None:
    gone(world)
    world.wait(hours=hours, minutes=-10)
    reads(world, NEXT, STORY)
    assert bool(followed(world.wait(minutes=1))) == found


def test_another_story_and_another_site_are_not_linked(world: World) -> None:
    reads(world, NEXT, f"{OTHER}|{STORY.split('|')[0]}")
    reads(world, "https://blatt.example/neu", STORY)
    gone(world)
    assert followed(world) == []


def test_paragraphs_of_a_template_are_no_story(world: World) -> None:
    for number in range(3):
        reads(world, f"{NEXT}{number}", STORY)
    gone(world)
    assert followed(world) == []


def test_what_has_returned_meanwhile_is_not_told(world: World) -> None:
    reads(world, NEXT, STORY)
    gone(world)
    (due,) = world.store.call(due_departures, world.now, 10)
    world.wait(minutes=5).look(**{**OLD, "text": STORY})
    world.store.call(record_departures, [follow(due, (), world.now, patient=True)])
    assert world.told()[-1] == ("article.returned", "returned")
    assert followed(world.wait(days=1)) == []


def test_it_is_looked_for_ever_less_often_for_three_days(world: World) -> None:
    gone(world)
    turns = []
    begun = world.now
    while (at := world.rows("SELECT check_at FROM departures")[0]["check_at"]) is not None:
        world.now = max(world.now, begun.fromisoformat(str(at)))
        turns.append((world.now - begun) / timedelta(hours=1))
        assert followed(world) == []
    assert [round(turn) for turn in turns] == [0, 1, 2, 4, 8, 16, 32, 64, 72]


def test_what_is_taken_down_is_followed_up_no_more(world: World) -> None:
    from db.store.takedown import take_down

    reads(world, NEXT, STORY)
    gone(world)
    world.store.call(take_down, URL, world.now)
    assert followed(world.wait(hours=2)) == []
