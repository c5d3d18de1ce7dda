"""Which articles are followed: those that any active source lists, and those that were added by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.rows import text_of
from db.store import people
from db.store.articles import Bound, due_articles
from db.store.connection import Store
from db.store.following import FOLLOWED, SPEAKER, WANTED
from db.store.hosts import waits_of_looks
from db.store.manners import spread_late
from db.store.planning import found_lately, keep_planned, to_plan
from db.store.sources import WantedSource, configure, due_sources, record_polls
from db.work import PollResult
from scraper.feeds.entry import FeedEntry
from scraper.page import Validators
from tests.world import FEED, START, URL, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


SPORT, SPORT_FEED = "https://zeitung.example/sport", FEED + "2"
# How the article that "Sport" lists is no longer looked at.
ENDS: dict[str, Callable[[World], object]] = {
    "source removed": lambda world: configured(world, Zeitung=FEED),
    "source paused": lambda world: world.store.call(people.pause, "Sport", paused=True),
    "paused": lambda world: world.store.call(people.pause, SPORT, paused=True),
    "removed": lambda world: world.store.call(people.remove, SPORT),
}


@pytest.fixture
def two(world: World) -> World:
    """Two sources of one host with an article each; both were read."""
    configured(world, Zeitung=FEED, Sport=SPORT_FEED)
    listed(world, "Zeitung", URL)
    listed(world, "Sport", SPORT)
    look(world)
    return world


def look(world: World) -> None:
    """A look at each article that is due."""
    for due in world.store.call(due_articles, world.now, 500, 500):
        world.record(due, world.seen(due, lives_at=due.url, **OLD))


@pytest.mark.parametrize("end", ENDS)
def test_all_that_say_who_is_followed_say_the_same(two: World, end: str) -> None:
    ENDS[end](two)
    said = f"""SELECT w.watch, a.next_visit_at IS NOT NULL AND {WANTED} AS wanted, {FOLLOWED} AS followed,
                   {SPEAKER} AS speaks FROM articles a JOIN watching w ON w.article_id = a.id ORDER BY a.id"""
    mine, other = two.rows(said)
    assert mine == {"watch": "watched", "wanted": 1, "followed": 1, "speaks": 1}
    assert (other["watch"], other["wanted"]) == (end, 0)
    assert (other["speaks"] is None) == (not other["followed"])


@pytest.mark.parametrize("end", ENDS)
def test_what_is_no_longer_looked_at_weighs_on_no_look_at_others(two: World, end: str) -> None:
    """It is due for ever, and so waits ever longer."""
    two.wait(days=1)
    assert list(two.store.read(waits_of_looks, two.now)) == ["zeitung.example"]
    look(two)
    assert sum(two.store.read(found_lately, two.now, START).values()) == 2
    ENDS[end](two)
    two.store.call(
        lambda con: con.execute("UPDATE articles SET next_visit_at = ? WHERE id = 1", [text_of(two.now + EVERY * 13)])
    )
    two.wait(hours=1)
    assert two.store.read(waits_of_looks, two.now) == {}
    assert two.store.read(found_lately, two.now, START) == {25: 1}  # it was read an hour before the day
    assert [item.url for item in two.store.read(to_plan, two.now, START, 0, 10)[0]] == [URL]


@pytest.mark.parametrize("end", ["source removed", "source paused"])
def test_only_looks_that_are_taken_are_late(two: World, end: str) -> None:
    def moments(source: int) -> list[object]:
        rows = two.rows("SELECT next_visit_at FROM articles WHERE source_id = ? ORDER BY 1", source)
        return [row["next_visit_at"] for row in rows]

    listed(two, "Sport", *(f"{SPORT}/{number}" for number in range(400)))
    ENDS[end](two)
    two.wait(hours=3)
    before = moments(1), moments(2)
    assert two.store.call(spread_late, two.now) == 0  # one look is late, and 401 that nobody takes
    assert (moments(1), moments(2)) == before
    listed(two, "Zeitung", *(f"{URL}/{number}" for number in range(400)))
    two.wait(hours=1)
    assert two.store.call(spread_late, two.now) == 401
    assert min(moments(1)) >= text_of(two.now)  # type: ignore[type-var]
    assert moments(2) == before[1]


def test_a_share_begins_when_an_article_is_first_read(world: World) -> None:
    """As it did in the process that read it: to count again takes nothing away."""
    world.poll(URL)
    world.wait(hours=30)
    world.look(**OLD)
    world.wait(hours=2)
    assert world.store.read(found_lately, world.now, START) == {2: 1}


def test_what_a_clock_that_was_ahead_found_brings_its_share_once(world: World) -> None:
    """Were it found anew whenever it is counted, the budget would be without an end."""
    right = world.now
    world.wait(days=700)
    world.poll(URL)
    world.look(**OLD)
    world.store.call(lambda con: con.execute("UPDATE articles SET last_edit = ?", [world.now.timestamp() / 3600]))
    assert world.store.read(found_lately, right, right - EVERY) == {0: 1}
    # The first look after the clock was put right keeps that as its birth.
    (item,), _ = world.store.read(to_plan, right, right - EVERY, 0, 10)
    assert (item.first_seen_at, item.born_at, item.pulse.last_edit) == (right, right, -1e9)
    world.store.call(keep_planned, [item])
    later = right + timedelta(hours=30)
    assert world.store.read(found_lately, later, right - EVERY) == {30: 1}


@pytest.mark.parametrize(
    "end",
    [
        lambda world: configured(world, Sport=SPORT_FEED),
        lambda world: world.store.call(people.pause, "Zeitung", paused=True),
    ],
)
def test_when_it_is_looked_at_and_who_pays_follows_the_source_that_speaks_for_it(
    world: World, end: Callable[[World], object]
) -> None:
    configured(world, Zeitung=FEED, Sport=SPORT_FEED)
    listed(world, "Zeitung", URL)
    listed(world, "Sport", URL)
    look(world)

    def said() -> tuple[str, bool, list[str]]:
        ((item,), _) = world.store.read(to_plan, world.now, START, 0, 10)
        brings = bool(world.store.read(found_lately, world.now, START, ("Sport",)))
        world.wait(hours=1)
        free = world.store.call(due_articles, world.now, 10, 8, bound=Bound(0, ("Sport",)))
        world.wait(hours=1)  # the lease is over
        look(world)
        return item.source, brings, [due.source for due in free]

    assert said() == ("Zeitung", True, [])
    end(world)
    assert said() == ("Sport", False, ["Sport"])
