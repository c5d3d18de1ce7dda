"""Which articles are followed: those that any active source lists, and those that were added by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.store import people
from db.store.articles import due_articles
from db.store.connection import Store
from db.store.sources import WantedSource, configure, due_sources, record_polls
from db.work import PollResult
from scraper.feeds.entry import FeedEntry
from scraper.page import Validators
from tests.world import FEED, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00"}}
EVERY = timedelta(minutes=5)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", Patience(timedelta(), timedelta(), 1))
    yield made
    made.store.close()


def configured(world: World, **feeds: str) -> None:
    world.store.call(configure, [WantedSource(name, feed, EVERY) for name, feed in feeds.items()], world.now)


def listed(world: World, name: str, *urls: str) -> None:
    """The named source lists these addresses; the others are not polled."""
    world.wait(minutes=10)
    due = next(item for item in world.store.call(due_sources, world.now, 10, 8) if item.name == name)
    entries = tuple(FeedEntry(url, "Titel", None, None) for url in urls)
    result = PollResult(due.id, world.now, entries, Validators(), None, world.now + EVERY, timedelta(), ())
    world.store.call(record_polls, [result])


def followed(world: World) -> list[tuple[str, str]]:
    """What is due within the next years: (address, the source that speaks for it)."""
    due = world.store.call(due_articles, world.wait(days=3000).now, 10, 8)
    return sorted((item.url, item.source) for item in due)


def test_a_source_that_is_renamed_stays_the_same(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    configured(world, Anzeiger=FEED)
    assert followed(world) == [(URL, "Anzeiger")]
    assert world.rows("SELECT id, name, state FROM sources") == [{"id": 1, "name": "Anzeiger", "state": "active"}]
    configured(world, Anzeiger=FEED, Zeitung=FEED)
    assert world.rows("SELECT name FROM sources ORDER BY id") == [{"name": "Anzeiger"}, {"name": "Zeitung"}]


def test_an_article_in_two_feeds_is_followed_while_one_of_them_is_active(world: World) -> None:
    configured(world, Zeitung=FEED, Politik=FEED + "2")
    listed(world, "Zeitung", URL)
    listed(world, "Politik", URL)
    assert followed(world) == [(URL, "Zeitung")]
    world.store.call(people.pause, "Zeitung", paused=True)
    assert followed(world) == [(URL, "Politik")]
    assert "its 0 articles that no other" in world.store.call(people.remove, "Zeitung")
    assert followed(world) == [(URL, "Politik")]
    world.store.call(people.pause, "Politik", paused=True)
    assert followed(world) == []


def test_an_article_that_was_removed_is_followed_again_when_it_is_added_and_not_before(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    world.store.call(people.pause, URL, paused=True)
    world.store.call(people.remove, URL)
    world.poll(URL, updated=world.now)
    assert followed(world) == []
    world.store.call(people.add_by_hand, [URL], world.now)
    assert followed(world) == [(URL, "Zeitung")]
    configured(world)
    assert followed(world) == [(URL, people.BY_HAND)]
    world.store.call(people.remove, URL)
    assert followed(world) == []


def test_a_look_that_was_on_its_way_does_not_take_a_removed_article_up_again(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    due = world.due()
    world.store.call(people.remove, URL)
    world.record(due, world.seen(due, **OLD))
    assert followed(world) == []


def test_a_source_that_was_removed_and_is_configured_again_brings_its_articles_back(world: World) -> None:
    world.poll(URL)
    world.look(**OLD)
    assert "config.toml" in world.store.call(people.remove, "Zeitung")
    assert followed(world) == []
    configured(world, Zeitung=FEED)
    assert followed(world) == [(URL, "Zeitung")]


def test_all_that_was_added_by_hand_is_removed_at_once_and_adding_goes_on(world: World) -> None:
    world.store.call(people.add_by_hand, [URL + "1"], world.now)
    assert "config.toml" not in world.store.call(people.remove, people.BY_HAND)
    assert followed(world) == []
    world.store.call(people.add_by_hand, [URL + "2"], world.now)
    assert followed(world) == [(URL + "2", people.BY_HAND)]


def test_another_address_of_an_article_hands_on_who_lists_it(world: World) -> None:
    world.store.call(people.add_by_hand, [URL], world.now)
    world.look(**OLD)
    world.store.call(people.remove, URL)
    world.store.call(people.add_by_hand, [URL + "?seite=1"], world.now)
    (alias,) = world.store.call(due_articles, world.now, 10)
    assert alias.url == URL + "?seite=1"
    world.wait(minutes=10).store.call(lambda con: con.execute("UPDATE articles SET leased_until = NULL"))
    world.look(url=URL + "?seite=1", lives_at=URL, **OLD)
    assert [row["state"] for row in world.rows("SELECT state FROM articles ORDER BY id")] == ["live", "moved"]
    assert followed(world) == [(URL, people.BY_HAND)]


def test_what_was_added_by_hand_with_an_older_program_is_followed_on(world: World) -> None:
    world.store.call(people.add_by_hand, [URL], world.now)
    world.store.call(lambda con: con.execute("DELETE FROM listings"))
    world.store.call(lambda con: con.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_listed_by_hand'"))
    assert followed(world) == []
    with Store(world.store.path):
        pass
    assert followed(world) == [(URL, people.BY_HAND)]
