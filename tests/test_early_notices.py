"""A correction notice that comes before the edit that it names: the newsroom saved twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from changes.meaning import edit_meaning
from db.store.meanings import keep_meaning, readings
from tests.web_server import html, serving
from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTICE = "Korrektur: Hier stand zunächst, der Turm sei 40 Meter hoch. Er ist 34 Meter hoch."
HIGH = "Der Turm am Moorgraben ist 40 Meter hoch.|Er wurde im Sommer gestrichen."
LOW = HIGH.replace("40", "34")
LINKS = "SELECT revision_id, explains_id, verdict FROM edits ORDER BY revision_id"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "nachtrag.db", AT_ONCE)
    made.poll(URL)
    for text in (HIGH, f"{HIGH}|{NOTICE}", f"{LOW}|{NOTICE}"):
        made.look(**{**OLD, "text": text})
        made.wait(hours=1)
    yield made
    made.store.close()


def links(world: World) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in world.rows(LINKS)]


def test_it_is_linked_to_that_edit(world: World) -> None:
    assert links(world) == [(2, 3, "disclosed"), (3, None, "disclosed")]


def test_another_edit_that_it_names_is_disclosed_too(world: World) -> None:
    world.look(**{**OLD, "headline": "Turm ist 34 Meter hoch", "text": f"{LOW}|{NOTICE}"})
    world.look(**{**OLD, "headline": "Turm ist hoch", "text": f"{LOW}|{NOTICE}"})
    assert links(world)[0] == (2, 3, "disclosed")
    assert links(world)[-1] == (5, None, "disclosed")


@pytest.mark.parametrize("order", [(2, 3), (3, 2), (2,), (3,)])
def test_weighing_again_keeps_the_link(world: World, order: tuple[int, ...]) -> None:
    for number in order:
        meaning = edit_meaning(*world.store.read(readings, number))
        world.store.call(keep_meaning, number, meaning)
    assert links(world)[0] == (2, 3, "disclosed")


def test_an_edit_that_is_none_after_all_is_not_explained(world: World) -> None:
    world.store.call(lambda con: con.execute("UPDATE edits SET verdict = 'minor' WHERE revision_id = 3"))
    world.store.call(keep_meaning, 3, edit_meaning(*world.store.read(readings, 3)))
    assert links(world)[0] == (2, None, "disclosed")


async def test_both_pages_show_it(world: World, tmp_path: Path) -> None:
    with serving(tmp_path / "nachtrag.db") as web:
        assert 'explains the edit that came with <a href="/-/compare/2/3">version 3</a>' in await html(
            web, "/-/compare/1/2"
        )
        assert 'came with <a href="/-/compare/1/2">version 2</a> explains this edit' in await html(
            web, "/-/compare/2/3"
        )
        told = (await web.client.get("/nachtrag/corrections.json?_shape=array")).json()
        assert [(row["revision_id"], row["at_once"]) for row in told] == [(2, 1)]
        figures = (await web.client.get("/-/outlet/1.json")).json()["corrections"]
        assert (figures["at_once"]["count"], figures["delay"]["n"]) == (1, 0)
