"""A page that shows no time zone: its stamps are placed by its other clocks, or cover every zone that may be meant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from schedules.cli.printing import reading as printed_reading
from tests.printed import NEW, Site, reading
from tests.world import START

if TYPE_CHECKING:
    from pathlib import Path

MODIFIED = ', "dateModified": "{}"'


def stand(stamp: str, linked: str = "", lang: str = "en") -> tuple[str | None, str, str]:
    """What `look --json` says of it: a moment, or from when until when."""
    found = printed_reading("x", reading(stamp, START + timedelta(days=200), linked=linked, lang=lang))
    clock = next(item for item in found["clocks"] if item["kind"] == "stand")
    return clock["at"], clock.get("from", ""), clock.get("until", "")


@pytest.mark.parametrize(
    ("machine", "stamp", "moment"),
    [
        ("2026-11-24T09:53:45.996Z", "Updated: Nov. 24, 2026, 4:53 a.m.", "2026-11-24T09:53:00+00:00"),
        ("2026-11-25T02:16:00+00:00", "Updated Nov 24, 2026 at 10:16 pm", "2026-11-25T02:16:00+00:00"),
        ("2026-11-24T04:53:45-05:00", "Updated Nov. 24, 2026, 4:53 a.m.", "2026-11-24T09:53:00+00:00"),
        ("2026-07-03T16:53:00-04:00", "Updated July 3, 2026, 4:53 pm", "2026-07-03T20:53:00+00:00"),
        ("2026-11-24T09:53:45Z", "Updated Nov. 24, 2026, 4:53 a.m. EST", "2026-11-24T09:53:00+00:00"),
        ("2026-11-24T04:53:45-05:00", "Updated 4:53 a.m.", "2026-11-24T09:53:00+00:00"),
    ],
)
def test_another_clock_of_the_page_tells_which_moment_is_meant(machine: str, stamp: str, moment: str) -> None:
    assert stand(stamp, MODIFIED.format(machine))[0] == moment


@pytest.mark.parametrize(
    ("machine", "stamp", "start", "end"),
    [
        # Another minute, more than a day away, or not by full hours: it is the stamp of something else.
        ("2026-11-24T09:54:45Z", "Updated Nov. 24, 2026, 4:53 a.m.", "2026-11-23T14:53", "2026-11-24T16:54"),
        ("2026-11-26T09:53:45Z", "Updated Nov. 24, 2026, 4:53 a.m.", "2026-11-23T14:53", "2026-11-24T16:54"),
        ("2026-11-24T10:23:45Z", "Updated Nov. 24, 2026, 4:53 a.m.", "2026-11-23T14:53", "2026-11-24T16:54"),
        # A stamp of machines that names no zone says nothing either.
        ("2026-11-24 04:53:45", "Updated Nov. 24, 2026, 4:53 a.m.", "2026-11-23T14:53", "2026-11-24T16:54"),
        # A day begins and ends with that of its zone.
        ("2026-11-24T09:53:45Z", "Updated Nov. 24, 2026", "2026-11-23T10:00", "2026-11-25T12:00"),
    ],
)
def test_what_agrees_with_no_clock_covers_every_zone(machine: str, stamp: str, start: str, end: str) -> None:
    found = stand(stamp, MODIFIED.format(machine))
    assert found == (None, f"{start}:00+00:00", f"{end}:00+00:00")


def test_an_offset_leaves_summer_time_open() -> None:
    linked = ', "datePublished": "2026-07-03T10:00:00-04:00"'
    assert stand("Updated Nov. 24, 2026, 4:53 a.m.", linked) == (
        None, "2026-11-24T07:53:00+00:00", "2026-11-24T09:54:00+00:00",
    )  # fmt: skip


def test_two_clocks_that_agree_with_it_in_two_zones_place_it_nowhere() -> None:
    linked = ', "datePublished": "2026-11-24T08:53:00Z", "dateModified": "2026-11-24T09:53:45Z"'
    assert stand("Updated Nov. 24, 2026, 4:53 a.m.", linked)[0] is None


def test_today_is_no_day_where_no_zone_is_known() -> None:
    assert stand("Updated today, 4:53 a.m.") == (None, "", "")


@pytest.mark.parametrize(("lang", "moment"), [("de-AT", "03:53"), ("de", "03:53"), ("en-GB", "04:53")])
def test_a_country_or_the_one_country_of_a_language_is_a_zone(lang: str, moment: str) -> None:
    assert stand("Updated Nov. 24, 2026, 4:53 a.m.", lang=lang)[0] == f"2026-11-24T{moment}:00+00:00"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "n.db")
    made.lang = "en"
    return made


def look(site: Site, count: int, stamp: str) -> None:
    for _ in range(count):
        site.world.wait(minutes=20)
        site.look(stamp)


def test_a_stamp_never_moves_because_another_clock_did(site: Site) -> None:
    for machine in ("10:00:00Z", "12:00:00Z", "12:07:00Z", "07:00:00-05:00"):
        site.linked = MODIFIED.format(f"2026-11-24T{machine}")
        look(site, 5, "Updated Nov. 24, 2026, 5:00 a.m.")
    assert site.told() == []


def test_moves_are_still_seen(site: Site) -> None:
    look(site, 3, "Updated Nov. 24, 2026, 5:00 a.m.")
    site.text = NEW
    look(site, 3, "Updated Nov. 24, 2026, 7:10 a.m.")
    assert site.told() == ["announced"]


def test_nobody_is_accused_of_an_edit_within_what_the_stamp_may_mean(site: Site) -> None:
    """At 02:00 UTC the 24th goes on in America, at 12:00 UTC nowhere: the printed day is over a while later."""
    site.world.wait(hours=14)
    look(site, 1, "Updated Nov. 24, 2026")
    site.text = NEW
    look(site, 10, "Updated Nov. 24, 2026")
    assert site.told() == ["undecidable"]


def test_an_edit_after_that_is_unmarked(site: Site) -> None:
    site.world.wait(hours=26)
    look(site, 1, "Updated Nov. 24, 2026")
    site.text = NEW
    look(site, 10, "Updated Nov. 24, 2026")
    assert site.told() == ["unsettled", "unmarked"]
