"""A Stand in relative words or without a day, look after look: it never seems to move by itself, nor hides a move."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.compare import compare, moved
from changes.plain import fingerprint
from schedules.cli.printing import reading as printed_reading
from scraper.article import Clock
from scraper.stamps import lasting
from tests.printed import NEW, OLD, Site, reading
from tests.world import START

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


ZONE = ZoneInfo("Europe/Berlin")
# How programs word a span of time: cut, or rounded, or up to the next.
CUT, ROUNDED, UP = 0.0, 0.5, 0.999


def words(span: timedelta, how: float = CUT, pattern: str = "Aktualisiert vor {}") -> str:
    """ "Aktualisiert vor 2 Stunden", as a program words it."""
    units = ((86400, "Tag", "Tagen"), (3600, "Stunde", "Stunden"), (60, "Minute", "Minuten"))
    seconds = span.total_seconds()
    length, one, many = next((unit for unit in units if seconds >= unit[0]), units[-1])
    number = int(seconds / length + how)
    return pattern.format(f"{number} {one if number == 1 else many}")


class Pool(Site):
    """Prints how long ago the article was updated."""

    def looks(self, count: int, stamp: datetime, how: float = CUT, **every: float) -> None:
        for _ in range(count):
            self.world.wait(**every)
            self.look(words(self.world.now - stamp, how))


@pytest.fixture
def site(tmp_path: Path) -> Pool:
    return Pool(tmp_path / "n.db")


@pytest.mark.parametrize("how", [CUT, ROUNDED, UP])
@pytest.mark.parametrize("minutes", [2, 29, 121, 305])
def test_a_relative_stand_never_moves_by_itself(site: Pool, how: float, minutes: int) -> None:
    site.looks(min(60, 4 * 1440 // minutes), START - timedelta(seconds=40), how, minutes=minutes)
    assert site.told() == []
    assert len(site.world.rows("SELECT * FROM revisions")) == 1


def test_nor_where_the_words_of_a_page_are_kept_by_the_server_for_hours(site: Pool) -> None:
    for _ in range(30):
        site.world.wait(minutes=20)
        site.look("Aktualisiert vor 5 Minuten")
    site.looks(10, START, minutes=20)
    assert site.told() == []


def test_nor_where_a_cache_makes_copies_anew_now_and_then(site: Pool) -> None:
    for number in range(60):
        site.world.wait(minutes=5)
        made = site.world.now - timedelta(minutes=5 * (number % 4))
        site.look(words(made - START + timedelta(minutes=1)))
    assert site.told() == []


def test_nor_where_it_was_updated_just_now(site: Pool) -> None:
    site.look("Aktualisiert gerade eben")
    site.looks(20, START, minutes=3)
    assert site.told() == []


def test_an_edit_that_was_announced_just_now_is_announced(site: Pool) -> None:
    site.looks(5, START - timedelta(hours=5), minutes=20)
    site.text = NEW
    site.world.wait(minutes=20)
    site.look("Aktualisiert gerade eben")
    site.looks(3, site.world.now, minutes=20)
    assert site.told() == ["announced"]


def test_an_announced_edit_is_announced(site: Pool) -> None:
    site.looks(5, START - timedelta(hours=5), minutes=20)
    site.text = NEW
    site.looks(3, site.world.now + timedelta(minutes=15), minutes=20)
    assert site.told() == ["announced"]


def test_a_bare_move_is_told_once_it_has_settled_and_only_once(site: Pool) -> None:
    site.looks(5, START - timedelta(hours=5), minutes=20)
    site.looks(20, site.world.now + timedelta(minutes=15), minutes=20)
    assert site.told() == ["unsettled", "stand_only"]


def test_the_text_that_follows_a_bare_move_is_announced(site: Pool) -> None:
    site.looks(5, START - timedelta(hours=5), minutes=20)
    stamp = site.world.now + timedelta(minutes=15)
    site.looks(2, stamp, minutes=20)
    site.text = NEW
    site.looks(20, stamp, minutes=20)
    assert site.told()[:2] == ["unsettled", "announced"]
    assert not {"unmarked", "stand_only"} & set(site.told())


def test_an_edit_within_what_the_words_leave_open_is_undecidable(site: Pool) -> None:
    """The Stand moved, or the words are those of the page before."""
    for text in (OLD, NEW):
        site.text = text
        site.world.wait(minutes=20)
        site.look("Aktualisiert vor 5 Minuten")
    site.looks(10, site.world.now - timedelta(minutes=5), minutes=20)
    assert site.told() == ["undecidable"]


def test_an_edit_long_after_the_stand_is_unmarked(site: Pool) -> None:
    site.looks(5, START - timedelta(hours=5), minutes=20)
    site.text = NEW
    site.looks(10, START - timedelta(hours=5), minutes=20)
    assert site.told() == ["unsettled", "unmarked"]


def test_words_that_become_a_date_are_another_form(site: Pool) -> None:
    site.looks(5, START - timedelta(hours=22), minutes=20)
    site.world.wait(minutes=20)
    site.look("Aktualisiert am 23.11.2026, 15:00 Uhr")
    site.text = NEW
    for _ in range(10):
        site.world.wait(minutes=20)
        site.look("Aktualisiert am 23.11.2026, 15:00 Uhr")
    assert site.told() == ["unsettled", "unmarked"]
    edit = reading("Aktualisiert vor 22 Stunden"), reading("Aktualisiert am 23.11.2026, 15:00 Uhr", text=NEW)
    assert compare(*edit).clock("stand") is None


@given(
    since=st.integers(0, 60 * 24 * 20), passed=st.integers(0, 60 * 24 * 9), how=st.tuples(*[st.floats(0, 0.99)] * 2),
    delay=st.tuples(*[st.integers(0, 14)] * 2),
)  # fmt: skip
def test_one_stamp_never_moved_whatever_words_it_and_whenever_it_is_seen(
    since: int, passed: int, how: tuple[float, float], delay: tuple[int, int]
) -> None:
    """`delay`: minutes that the page was written before it came."""
    clocks = []
    for ahead, shape, late in zip((0, passed), (min(how[0], 0.5), min(how[1], 0.5)), delay, strict=True):
        seen = START + timedelta(minutes=ahead)
        raw = words(timedelta(minutes=since + ahead), shape)
        clocks.append(Clock("stand", lasting(raw, ZONE, seen + timedelta(minutes=late)), raw))
    assert not moved(*clocks)
    stamp = START - timedelta(minutes=since)
    assert all(clock.covers and clock.covers.start <= stamp < clock.covers.end for clock in clocks)


@pytest.mark.parametrize(
    ("stamp", "told"),
    [
        ("Stand: 14:05 Uhr", None),
        ("Aktualisiert: 14.05", None),
        ("Aktualisiert vor 5 Minuten", None),
        ("Stand: heute, 14:05 Uhr", "2026-11-24T13:05:00+00:00"),
    ],
)
def test_a_time_without_a_day_and_relative_words_name_no_moment(stamp: str, told: str | None) -> None:
    article = reading(stamp, START + timedelta(hours=3))
    found = printed_reading("x", article)
    assert (found["stand"], found["stand_raw"]) == (told, stamp)


MODIFIED = ', "dateModified": "2026-11-24T12:05:33+01:00"'
LINKED = f'{MODIFIED}, "datePublished": "2026-11-24T09:00:00+01:00"'


def test_a_time_without_a_day_is_of_the_day_that_machines_are_told(site: Pool) -> None:
    """However many days pass, and even where the machines' stamp moves on."""
    site.linked = LINKED
    for _ in range(25):
        site.world.wait(hours=3)
        site.look("Stand: 12:05 Uhr")
    site.linked = LINKED.replace("24T12:05:33", "27T16:00:00")
    for _ in range(10):
        site.world.wait(hours=3)
        site.look("Stand: 12:05 Uhr")
    assert site.told() == []
    assert site.world.rows("SELECT stand_at FROM revisions") == [{"stand_at": "2026-11-24T11:05:00.000000+00:00"}]


def test_without_that_it_says_nothing_and_accuses_of_nothing(site: Pool) -> None:
    for _ in range(25):
        site.world.wait(hours=3)
        site.look("Stand: 12:05 Uhr")
    for minute in range(30):
        site.world.wait(minutes=5)
        site.look(f"Stand: 19:{minute:02} Uhr")
    assert site.told() == []
    site.text = NEW
    for _ in range(10):
        site.world.wait(minutes=20)
        site.look("Stand: 19:29 Uhr")
    assert site.told() == ["unstamped"]


def test_two_moments_of_machines_at_the_same_time_of_day_tell_no_day() -> None:
    assert told_day(f'{MODIFIED}, "datePublished": "2026-11-23T12:05:00+01:00"') is None
    assert told_day(', "datePublished": "2026-11-25T12:05:00+01:00"') is None  # still to come
    assert told_day(', "datePublished": "2026-11-24"') is None
    assert told_day(MODIFIED) == "2026-11-24T11:05:00+00:00"


def told_day(linked: str) -> object:
    return printed_reading("x", reading("Stand: 12:05 Uhr", linked=linked))["stand"]


def test_a_time_element_says_what_its_relative_words_mean() -> None:
    stamp = '<span>Updated <time datetime="2026-11-24T10:00:00Z">{}</time></span>'
    fresh = reading(stamp.format("2 hours ago"))
    kept = reading(stamp.format("5 minutes ago"), START + timedelta(days=1))
    assert printed_reading("x", fresh)["stand"] == printed_reading("x", kept)["stand"] == "2026-11-24T10:00:00+00:00"
    assert fingerprint(fresh) == fingerprint(kept)
    assert printed_reading("x", reading(stamp.format("5 hours ago")))["stand"] is None


@pytest.mark.parametrize(
    ("stamp", "raw"),
    [
        ("Updated 5 minutes ago", "Updated 5 minutes ago"),
        ("mis à jour il y a 2 heures", "mis à jour il y a 2 heures"),
        ("actualizado hace 3 horas", "actualizado hace 3 horas"),
        ("aggiornato 2 ore fa", "aggiornato 2 ore fa"),
        ("2 uur geleden bijgewerkt", "2 uur geleden bijgewerkt"),
        ("Vor 3 Stunden aktualisiert", "Vor 3 Stunden aktualisiert"),
        ("Von Anna Berg | vor 2 Tagen aktualisiert", "vor 2 Tagen aktualisiert"),
        ("23.11.2026 | Aktualisiert vor 2 Stunden", "Aktualisiert vor 2 Stunden"),
        ("</p><p>Aktualisiert</p><p>vor 2 Stunden", "Aktualisiert vor 2 Stunden"),
        ("Stand: 23.11.2026, 10:00 Uhr</p><p>Aktualisiert vor 2 Stunden", "Stand: 23.11.2026, 10:00 Uhr"),
        ("Das Gesetz wurde vor 3 Jahren aktualisiert", ""),
        ("Veröffentlicht vor 3 Stunden", ""),
    ],
)
def test_what_is_a_relative_stand(stamp: str, raw: str) -> None:
    found = reading(stamp).stand
    assert (found.raw if found else "") == raw
    assert found is None or found.covers
    assert len(reading(stamp).blocks) == 4


@pytest.mark.parametrize("minutes", [-10, 10])
def test_today_is_the_day_on_which_the_page_was_written(site: Pool, minutes: int) -> None:
    """A page that a cache kept past midnight says "today" of yesterday; the first look is before or after that."""
    site.world.wait(hours=10, minutes=35 + minutes)
    for stamp in ["heute, 23:30 Uhr"] * 6 + ["gestern, 23:30 Uhr"] * 60 + ["24.11.2026, 23:30 Uhr"] * 10:
        site.world.wait(minutes=20)
        site.look(f"Stand: {stamp}")
    assert site.told() == []
    assert site.world.rows("SELECT stand_at FROM revisions") == [{"stand_at": "2026-11-24T22:30:00.000000+00:00"}]


def test_today_in_the_same_words_on_other_days_is_no_move(site: Pool) -> None:
    """The page may have been written once and kept, or stamped anew each morning: nobody can tell."""
    for _ in range(24 * 3):
        site.world.wait(hours=1)
        site.look("Stand: heute, 6:00 Uhr")
    assert site.told() == []


@pytest.mark.parametrize(("hours", "told"), [(17, ["undecidable"]), (22, ["unsettled", "unmarked"])])
def test_an_edit_beside_such_a_stand_is_held_against_the_later_of_both_days(
    site: Pool, hours: int, told: list[str]
) -> None:
    """At six it may be what the Stand says; at eleven it is later than either six o'clock."""
    for _ in range(2 * hours):
        site.world.wait(minutes=30)
        site.look("Stand: heute, 6:00 Uhr")
    site.text = NEW
    for _ in range(10):
        site.world.wait(minutes=20)
        site.look("Stand: heute, 6:00 Uhr")
    assert site.told() == told


def test_a_time_beside_relative_words_is_unreadable_and_never_moves_by_itself(site: Pool) -> None:
    """ "12.30 Uhr vor 12 Minuten": two stamps in one, of which only the words go on. An edit beside it is unstamped."""
    stamp = START - timedelta(minutes=30)
    for _ in range(20):
        site.world.wait(minutes=7)
        site.look("Stand: 12.30 Uhr " + words(site.world.now - stamp, pattern="vor {}"))
    assert site.told() == []
    assert len(site.world.rows("SELECT * FROM revisions")) == 1
    site.text = NEW
    site.world.wait(minutes=7)
    site.look("Stand: 12.30 Uhr " + words(site.world.now - stamp, pattern="vor {}"))
    assert site.told() == ["unstamped"]
