"""The life of a page: what stood in its place is told, how long it was gone, and what came back; a wall is not gone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.schema_life import DEPARTURES_SO_FAR
from db.work import Outcome
from schedules.sighting import Look, unread
from scraper.errors import ReadError
from scraper.page import Page
from tests.world import AT_ONCE, MARKED, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.work import DueArticle, Sighting

HOME = "https://zeitung.example/"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from a_world(World(tmp_path / "n.db"))


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[World]:
    yield from a_world(World(tmp_path / "h.db", AT_ONCE))


def a_world(made: World) -> Iterator[World]:
    made.poll(URL)
    made.look(**OLD)
    yield made
    made.store.close()


def wall(world: World, code: str, url: str = URL, due: DueArticle | None = None) -> Sighting:
    """A look that brings a page which is not the article, by its words."""
    due = due or world.due()
    world.connections += 1
    page = Page(url, 200, (), b"<html><h1>Seite nicht gefunden", world.now, "", str(world.connections), ())
    look = Look(due, world.known(due), page, world.patience, uncached=False)
    return world.record(due, unread(look, ReadError(code, f"{url}: says so")))


def told(world: World, kind: str) -> list[dict[str, object]]:
    """What the events of a type say."""
    return [
        json.loads(str(row["data"])) for row in world.rows("SELECT data FROM events WHERE type = ? ORDER BY id", kind)
    ]


@pytest.mark.parametrize(
    ("first", "second", "absence"),
    [
        ({"status": 404}, {"status": 404}, "404"),
        ({"status": 404}, {"status": 410}, "410"),
        ({"status": 451}, {"status": 451}, "451"),
        ({"url": HOME}, {"url": HOME}, "front_page"),
        ({"status": 404}, {"url": HOME}, "front_page"),
    ],
)
def test_what_stood_in_its_place_is_told_and_kept(
    world: World, first: dict[str, object], second: dict[str, object], absence: str
) -> None:
    world.wait(minutes=30).look(**first)  # type: ignore[arg-type]
    assert not told(world, "article.gone")
    world.wait(minutes=30).look(**second)  # type: ignore[arg-type]
    (gone,) = told(world, "article.gone")
    assert (gone["verdict"], gone["absence"], gone["absent_seconds"]) == ("removed", absence, None)
    (row,) = world.rows("SELECT * FROM departures")
    assert (row["absence"], row["returned_at"], row["revision_id"]) == (absence, None, 1)
    assert world.rows("SELECT absence FROM missing") == [{"absence": absence}]


@pytest.mark.parametrize(("again", "words"), [(OLD, (0, 0)), (MARKED, (1, 1))], ids=["the same", "edited"])
def test_what_returns_says_how_long_it_was_gone_and_how_much_is_another(
    hasty: World, again: dict[str, object], words: tuple[int, int]
) -> None:
    hasty.wait(minutes=30).look(410)
    hasty.wait(minutes=10).look(410)
    hasty.wait(hours=1).look(**again)
    (back,) = told(hasty, "article.returned")
    assert (back["absence"], back["absent_seconds"]) == ("410", 70 * 60)
    assert (back["words_added"], back["words_removed"]) == words
    (row,) = hasty.rows("SELECT * FROM departures")
    assert row["revision_id"] == 1
    assert row["returned_as"] == (1 if again is OLD else 2)
    assert row["returned_at"] == hasty.now.isoformat(timespec="microseconds")
    hasty.wait(hours=1).look(404)
    hasty.wait(minutes=1).look(404)
    assert [row["returned_at"] is None for row in hasty.rows("SELECT * FROM departures ORDER BY id")] == [False, True]


@pytest.mark.parametrize("code", ["paywall", "login_wall", "consent_wall", "bot_wall", "error_page", "other_page"])
def test_a_wall_is_not_gone_however_often_it_comes(world: World, code: str) -> None:
    for _ in range(4):
        assert wall(world.wait(hours=2), code).outcome == Outcome.UNREADABLE
    assert world.rows("SELECT state, error_code FROM articles") == [{"state": "live", "error_code": code}]
    assert not told(world, "article.gone")


@pytest.mark.parametrize(("minutes", "outcome"), [(59, Outcome.SUSPECT), (60, Outcome.GONE)])
def test_an_error_page_with_the_status_of_a_page_takes_longer(world: World, minutes: int, outcome: Outcome) -> None:
    assert wall(world.wait(minutes=30), "soft_404").outcome == Outcome.SUSPECT
    assert wall(world.wait(minutes=minutes), "soft_404").outcome == outcome
    assert [gone["absence"] for gone in told(world, "article.gone")] == ["soft_404"] * (outcome == Outcome.GONE)
    assert world.rows("SELECT code FROM unread_pages") == [{"code": "soft_404"}]  # the page is evidence


def test_an_error_page_of_another_site_says_nothing(world: World) -> None:
    for _ in range(3):
        assert wall(world.wait(hours=2), "soft_404", "https://parking.example/x").outcome == Outcome.UNREADABLE
    assert not told(world, "article.gone")


def test_an_error_page_in_the_place_of_an_article_that_was_never_read_is_a_failure(tmp_path: Path) -> None:
    fresh = World(tmp_path / "f.db")
    fresh.poll(URL)
    assert wall(fresh, "soft_404").outcome == Outcome.UNREADABLE
    fresh.store.close()


def test_an_error_page_waits_for_other_articles_of_the_site(world: World) -> None:
    others = [f"https://zeitung.example/{name}" for name in "bcd"]
    world.poll(URL, *others)
    world.store.call(
        lambda con: con.execute(
            "UPDATE articles SET revision_id = 1, last_read_at = ? WHERE id > 1", [world.now.isoformat()]
        )
    )
    soft(world, hours=1)
    soft(world, hours=2)
    assert not told(world, "article.gone")
    assert [row["asked_again"] for row in world.rows("SELECT asked_again FROM articles WHERE id > 1")] == [1, 1, 1]
    world.store.call(
        lambda con: con.execute("UPDATE articles SET last_read_at = ? WHERE id > 1", [world.now.isoformat()])
    )
    soft(world, hours=2)
    assert [gone["absence"] for gone in told(world, "article.gone")] == ["soft_404"]


def soft(world: World, hours: int) -> None:
    """The first article is looked at, and an error page comes; nobody has come to the others yet."""
    world.wait(hours=hours)
    world.store.call(lambda con: con.execute("UPDATE articles SET paused = (id > 1)"))
    due = world.due()
    world.store.call(lambda con: con.execute("UPDATE articles SET paused = 0"))
    wall(world, "soft_404", due=due)


def test_the_file_of_an_older_program_says_what_is_gone(tmp_path: Path) -> None:
    made = World(tmp_path / "o.db", AT_ONCE)
    made.poll(URL)
    made.look(**OLD)
    made.wait(minutes=30).look(410)
    made.wait(minutes=5).look(410)
    made.store.call(lambda con: con.execute("DELETE FROM departures"))
    made.store.call(lambda con: con.execute(DEPARTURES_SO_FAR))
    (row,) = made.rows("SELECT absence, revision_id, returned_at, missing_since FROM departures")
    assert row["absence"] == "410"
    assert row["missing_since"] == (made.now - timedelta(minutes=5)).isoformat(timespec="microseconds")
    made.store.close()
