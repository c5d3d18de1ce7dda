"""An article that went before the outlet's own rule lets it go: said only where all of it is certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from changes.retention import Gone, expected
from scraper.article import Clock, Covers
from scraper.retention import Retention
from scraper.site_profile import ProfileError, load_profile
from tests.test_successions import NEXT, STORY, followed, gone, reads
from tests.world import AT_ONCE, OLD, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHED = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
CITE = "Telemedienkonzept der Zeitung, Abschnitt 4.2, https://zeitung.example/konzept"
RULE = Retention(date(2021, 1, 1), timedelta(days=365), CITE, (), "Europe/Berlin")
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def clock(kind: str = "published_ld", start: datetime = PUBLISHED, length: timedelta = SECOND, **more: Any) -> Clock:
    return Clock(kind, Covers(start, start + length, **more), "as printed")  # type: ignore[arg-type]


KNOWN = Gone(
    url="https://zeitung.example/politik/a.html",
    absence="404",
    first_seen_at=PUBLISHED + timedelta(minutes=10),
    missing_since=PUBLISHED + timedelta(days=200),
    published=(clock(),),
)


def gone_after(**age: float) -> Gone:
    return replace(KNOWN, missing_since=PUBLISHED + timedelta(**age))


def test_the_rule_and_the_age_are_said() -> None:
    found = expected(KNOWN, [RULE])
    assert found is not None
    assert found.kept_until == datetime(2027, 3, 2, 6, 0, tzinfo=UTC)
    assert found.said == f"published 2026-03-02 06:00 UTC, as its page said; kept for 365 days by {CITE}"


@pytest.mark.parametrize(
    ("case", "accused"),
    [
        (gone_after(days=364, microseconds=-1), True),
        (gone_after(days=364), False),  # days may be counted in another way
        (gone_after(days=366), False),
    ],
    ids=["a hair before the edge", "at the edge", "past it"],
)
def test_the_edge_of_the_time(case: Gone, accused: bool) -> None:
    assert (expected(case, [RULE]) is not None) == accused


@pytest.mark.parametrize(
    ("published", "accused"),
    [
        (datetime(2026, 2, 28, 23, 0, tzinfo=UTC), True),  # midnight in Berlin
        (datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC), False),
    ],
)
def test_the_first_day_of_a_rule_is_that_of_the_outlet_s_zone(published: datetime, accused: bool) -> None:
    rule = replace(RULE, after=date(2026, 3, 1))
    assert (expected(replace(KNOWN, published=(clock(start=published),)), [rule]) is not None) == accused


@pytest.mark.parametrize(
    ("absence", "accused"),
    [("404", True), ("410", True), ("451", False), ("front_page", False), ("elsewhere", False), ("soft_404", False)],
)
def test_only_what_the_server_says_plainly(absence: str, accused: bool) -> None:
    assert (expected(replace(KNOWN, absence=absence), [RULE]) is not None) == accused


@pytest.mark.parametrize(
    ("published", "accused"),
    [
        ((), False),
        ((clock(length=MINUTE),), True),
        ((clock(length=DAY),), False),
        ((clock(), clock("published", length=DAY)), True),
        ((clock(), Clock("published", None, "neulich")), False),
        ((clock(length=timedelta(hours=26, minutes=1)),), False),  # a zone that nobody knows
        ((clock(length=timedelta(hours=1)),), False),  # "2 hours ago"
        ((clock(again=PUBLISHED + timedelta(hours=1)),), False),  # the hour that autumn repeats
        ((clock(start=PUBLISHED + timedelta(hours=1)),), False),  # later than we heard of it
        ((clock(), clock("published_meta", PUBLISHED - timedelta(days=164, microseconds=-1))), True),
        ((clock(), clock("published_meta", PUBLISHED - timedelta(days=164))), False),  # the earliest one counts
    ],
)
def test_a_date_of_publication_that_is_not_certain_accuses_nobody(published: tuple[Clock, ...], accused: bool) -> None:
    assert (expected(replace(KNOWN, published=published), [RULE]) is not None) == accused


def test_of_several_rules_the_shortest_counts_and_paths_narrow_them() -> None:
    shorter = replace(RULE, keep=timedelta(days=100), paths=("/sport/",))
    assert expected(KNOWN, [RULE, shorter]) is not None
    assert expected(KNOWN, [RULE, replace(shorter, paths=("/politik/",))]) is None
    assert expected(KNOWN, [replace(RULE, paths=("/sport/",))]) is None
    assert expected(KNOWN, []) is None


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", AT_ONCE)
    made.poll(URL)
    made.look(**{**OLD, "text": STORY, "clocks": {"published_ld": "08:00"}})
    yield made
    made.store.close()


def test_it_is_told_three_days_later_and_takes_back_what_was_said_first(world: World) -> None:
    gone(world)
    assert followed(world, (RULE,)) == []
    world.wait(hours=30).look(404)
    assert followed(world.wait(hours=41), (RULE,)) == []
    assert followed(world.wait(hours=2), (RULE,)) == []  # it may have returned meanwhile
    world.look(404)
    (told,) = followed(world, (RULE,))
    assert (told["verdict"], told["absence"]) == ("removed_before_expected", "404")
    assert told["excerpt"].endswith(CITE)
    (first,) = world.rows("SELECT uid FROM events WHERE verdict = 'removed'")
    assert told["supersedes"] == first["uid"]
    (row,) = world.rows("SELECT verdict, kept_until, cite, check_at FROM departures")
    assert row == {
        "verdict": "removed_before_expected", "kept_until": "2027-11-24T08:00:00.000000+00:00", "cite": CITE,
        "check_at": None,
    }  # fmt: skip


def test_without_a_look_on_another_day_nothing_is_said(world: World) -> None:
    gone(world)
    world.wait(hours=23).look(404)
    assert followed(world.wait(hours=60), (RULE,)) == []
    world.wait(hours=20).look(404)
    assert [told["verdict"] for told in followed(world, (RULE,))] == ["removed_before_expected"]


def test_a_look_that_failed_has_not_found_it_gone(world: World) -> None:
    gone(world)
    world.wait(hours=30).look(404)
    world.wait(hours=45).look(503)
    assert followed(world, (RULE,)) == []
    world.look(404)
    assert [told["verdict"] for told in followed(world, (RULE,))] == ["removed_before_expected"]


def test_nothing_is_said_of_what_was_not_just_looked_at(world: World) -> None:
    gone(world)
    world.wait(hours=30).look(404)
    assert followed(world.wait(hours=60), (RULE,)) == []
    world.wait(hours=1).look(**{**OLD, "text": STORY, "clocks": {"published_ld": "08:00"}})
    assert followed(world, (RULE,)) == []
    assert world.rows("SELECT verdict, check_at FROM departures") == [{"verdict": "removed", "check_at": None}]


def test_a_story_that_goes_on_elsewhere_is_not_removed(world: World) -> None:
    gone(world)
    world.wait(hours=30).look(404)
    reads(world, NEXT, STORY)
    assert [told["verdict"] for told in followed(world.wait(hours=45), (RULE,))] == ["succeeded_by"]


def test_a_return_ends_it(world: World) -> None:
    gone(world)
    world.wait(hours=30).look(404)
    world.wait(hours=1).look(**{**OLD, "text": STORY, "clocks": {"published_ld": "08:00"}})
    assert followed(world.wait(hours=60), (RULE,)) == []


SOUND = (Path(__file__).parent / "data/profiles/blatt.toml").read_text("utf-8")


def profile(tmp_path: Path, **rule: str) -> Any:
    keys = {"after": '"2021-01-01"', "keep": '"365d"', "cite": f'"{CITE}"', **rule}
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items() if value)
    path = tmp_path / "blatt.toml"
    path.write_text(f"{SOUND}\n[[retention]]\n{lines}", "utf-8")
    return load_profile(path)


def test_a_profile_cites_a_rule(tmp_path: Path) -> None:
    found = profile(tmp_path, paths='["/politik/"]').retention
    assert found == (replace(RULE, paths=("/politik/",)),)
    assert load_profile(Path(__file__).parent / "data/profiles/blatt.toml").retention == ()


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"after": ""}, "retention[1].after: is missing"),
        ({"after": '"01.01.2021"'}, "retention[1].after: '01.01.2021' is no day"),
        ({"after": "2021-01-01"}, "retention[1].after: must be a text"),
        ({"keep": ""}, "retention[1].keep: is missing"),
        ({"keep": '"1y"'}, "retention[1].keep: '1y' is no number of days"),
        ({"keep": '"0d"'}, "retention[1].keep: '0d' is no number of days"),
        ({"keep": "365"}, "retention[1].keep: must be a text"),
        ({"cite": ""}, "retention[1].cite: is missing"),
        ({"cite": '"§ 30"'}, "retention[1].cite: '§ 30' does not say where the rule stands"),
        ({"paths": '["politik"]'}, "retention[1].paths[1]: 'politik' is no beginning of a path"),
        ({"genre": '"news"'}, "retention[1].genre: no such key"),
    ],
)
def test_a_bad_rule_is_refused_with_file_key_and_reason(tmp_path: Path, rule: dict[str, str], fault: str) -> None:
    with pytest.raises(ProfileError) as raised:
        profile(tmp_path, **rule)
    assert str(raised.value).startswith(f"blatt.toml: {fault}")
    assert len(str(raised.value).splitlines()) == 1
