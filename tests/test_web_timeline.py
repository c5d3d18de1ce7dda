"""The picture of an article and the history of its headlines: what is drawn where, and what it says to whom."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from db.web.axis import LEFT, RIGHT, axis
from db.web.drawing import drawing
from db.web.marks import MARK
from db.web.picture import Away, Shown, Stamp
from db.web.ticks import labels
from tests.web_histories import EDITED_THEN_QUIET, LIVE, QUIET, TESTED, TROUBLED, TROUBLES, Run, Step, add_history
from tests.web_sample import minute
from tests.web_server import html, plain, serving

if TYPE_CHECKING:
    from pathlib import Path

HOUR, DAY = 3600.0, 86_400.0
NO_STAND = Stamp("stand", None, None, "")


def version(number: int, at: float, said: str = "announced", stand: Stamp = NO_STAND) -> Shown:
    return Shown(number, number, minute(at), said, number - 1, stand)


def stand_at(at: float, lasts: float = 1) -> Stamp:
    return Stamp("stand", minute(at), minute(at + lasts), f"Stand {at}")


async def page_of(file: Path, steps: list[Step], runs: list[Run]) -> str:
    """The page of an article with that history."""
    with closing(sqlite3.connect(file)) as con, con:
        number = add_history(con, steps, runs)
    with serving(file) as web:
        return await html(web, f"/-/article/{number}")


def marks(page: str) -> list[tuple[str, str]]:
    """What each mark of the picture says, and where it leads."""
    links = LexborHTMLParser(page).css("svg.lanes a")
    return [
        (" ".join((link.css_first("title") or link).text().split()), link.attributes["href"] or "") for link in links
    ]


@pytest.mark.parametrize(
    ("instants", "cut"),
    [
        ([0, 4 * HOUR, 9 * HOUR], []),
        ([0, 600, 60 * DAY], [60 * DAY - 600]),
        ([0, 60, 4 * HOUR, 9 * HOUR], []),
        ([0, 600, 1200, 10 * DAY, 30 * DAY], [10 * DAY - 1200, 20 * DAY]),
        ([0, 600, 1200, 4 * 1200 - 1], []),
        ([0, 600, 1200, 4 * 1200 + 1], [3 * 1200 + 1]),
    ],
)
def test_only_what_is_far_longer_than_all_else_is_cut_short(instants: list[float], cut: list[float]) -> None:
    drawn = axis(instants)
    assert drawn is not None
    assert [stretch.seconds for stretch in drawn.breaks] == cut


def test_an_axis_of_one_instant_is_none() -> None:
    assert axis([5.0, 5.0]) is None
    assert axis([]) is None


# Of the years 69 to 9892, to the microsecond.
INSTANTS = st.integers(-6 * 10**16, 25 * 10**16).map(lambda microseconds: microseconds / 1e6)


@given(st.lists(INSTANTS, min_size=2, max_size=60, unique=True))
def test_whatever_the_instants_places_keep_their_order_and_labels_do_not_meet(instants: list[float]) -> None:
    drawn = axis(instants)
    assert drawn is not None
    places = [drawn.place(at) for at in sorted(instants)]
    assert places[0] == LEFT
    assert places[-1] == RIGHT
    assert places == sorted(places)
    assert drawn.place(min(instants) - 1e9) == LEFT
    assert all(right.x - left.x > 83.8 for left, right in pairwise([*labels(drawn)]))


def test_a_version_stands_in_the_row_of_its_verdict() -> None:
    drawn = drawing(
        [version(1, 0, "first"), version(2, 60, "unmarked"), version(3, 120)], [], [], (minute(0), minute(240))
    )
    assert drawn is not None
    assert [(row.family, [mark.x for mark in row.marks]) for row in drawn.rows] == [
        ("presence", [12.0]), ("told", [382.0]), ("unmarked", [197.0]),
    ]  # fmt: skip
    assert len({row.y for row in drawn.rows}) == 3
    assert [tick.words for tick in drawn.ticks] == [
        "06:00",
        "06:30",
        "07:00",
        "07:30",
        "08:00",
        "08:30",
        "09:00",
        "09:30",
    ]


def test_a_stand_that_stays_is_joined_with_every_version_that_prints_it() -> None:
    stayed = stand_at(-60)
    drawn = drawing(
        [version(1, 0, "first", stayed), version(2, 60, "unmarked", stayed), version(3, 120, "unmarked", stayed)],
        [], [], (minute(0), minute(180)),
    )  # fmt: skip
    assert drawn is not None
    assert drawn.stand is not None
    assert [(x, raw) for x, _width, raw in drawn.stand.stamps] == [(12.0, "Stand -60")]
    assert {(thread.x1, thread.y1) for thread in drawn.threads} == {(12.0, drawn.stand.y)}
    assert [(thread.x2, thread.family) for thread in drawn.threads] == [
        (197.0, "presence"), (382.0, "unmarked"), (567.0, "unmarked"),
    ]  # fmt: skip


def test_a_stand_that_prints_a_day_is_drawn_as_long_as_it() -> None:
    drawn = drawing([version(1, 600, "first", stand_at(0, 24 * 60))], [], [], (minute(600), minute(24 * 60)))
    assert drawn is not None
    assert drawn.stand is not None
    assert [(x, width) for x, width, _raw in drawn.stand.stamps] == [(LEFT, RIGHT - LEFT)]


@given(
    st.lists(
        st.tuples(st.integers(0, 3000), st.sampled_from(["live", "unmarked", "announced"])), min_size=2, max_size=300
    )
)
def test_no_mark_covers_another_and_every_version_is_in_one(seen: list[tuple[int, str]]) -> None:
    versions = [version(number, at, said) for number, (at, said) in enumerate(sorted(seen), start=1)]
    drawn = drawing(versions, [], [], (minute(0), minute(3001)))
    assert drawn is not None
    for row in drawn.rows:
        assert all(right.x - left.x >= MARK for left, right in pairwise(row.marks))
    drawn_ones = [shown.number for row in drawn.rows for mark in row.marks for shown in mark.versions]
    assert sorted(drawn_ones) == [*range(1, len(versions) + 1)]


def test_the_steps_of_the_comments_have_their_gaps() -> None:
    counts = [(minute(0), 0), (minute(10), 4), (minute(20), None), (minute(25), None), (minute(30), 2)]
    drawn = drawing([version(1, 0, "first")], counts, [], (minute(0), minute(40)))
    assert drawn is not None
    assert drawn.comments is not None
    ground = drawn.comments.y
    top, half = ground - 58, ground - 29
    assert drawn.comments.lines == (
        f"12.0,{ground} 197.0,{ground} 197.0,{top} 382.0,{top}",
        f"567.0,{half} 752.0,{half}",
    )
    assert drawn.comments.most == 4


def test_a_long_series_of_comments_is_thinned_and_keeps_its_end() -> None:
    counts = [(minute(number), number) for number in range(5000)]
    drawn = drawing([version(1, 0, "first")], counts, [], (minute(0), minute(5000)))
    assert drawn is not None
    assert drawn.comments is not None
    points = [tuple(map(float, point.split(","))) for point in drawn.comments.lines[0].split()]
    assert len(points) <= 2 * 602
    assert points[-1] == (752.0, drawn.comments.y - 58)
    assert all(left[0] <= right[0] for left, right in pairwise(points))


def test_a_stretch_without_the_page_is_shaded_however_short() -> None:
    away = [Away(minute(60), minute(120), "gone"), Away(minute(200), minute(200), "failed")]
    drawn = drawing([version(1, 0, "first")], [], away, (minute(0), minute(240)))
    assert drawn is not None
    assert [(x, width, stretch.is_gone) for x, width, stretch in drawn.away] == [
        (197.0, 185.0, True),
        (628.7, 3.0, False),
    ]


async def test_every_mark_says_what_it_is_and_leads_to_its_comparison(other: Path) -> None:
    page = await page_of(other, EDITED_THEN_QUIET, QUIET)
    ids = [int(number) for number in re.findall(r'class="version" id="r(\d+)"', page)][::-1]
    found = dict(marks(page))
    assert found["Version 1, 24 Nov 2026, 06:00 UTC: first version; Stand: 24.11.2026 06:48 Uhr"] == f"#r{ids[0]}"
    said = "Version 3, 24 Nov 2026, 06:31 UTC: text changed, Stand unchanged; Stand: 24.11.2026 07:18 Uhr"
    assert found[said] == f"/-/compare/{ids[1]}/{ids[2]}"
    assert len(found) == 7
    text = plain(page)
    assert "edit, Stand unchanged: 2" in text  # two verdicts of a family
    assert (
        "only spacing, style of characters or spelling changed: 1" in text
    )  # the only one of its family: in its own words
    assert "19 days in which nothing happened, cut short" in text
    assert "70 days in which nothing happened, cut short" in text
    assert 'href="#versions">The same as a list</a>' in page
    assert '<h2 id="versions">' in page


async def test_hundreds_of_versions_become_marks_with_their_number(other: Path) -> None:
    page = await page_of(other, LIVE, [Run("same", 0, 1040, 400)])
    found = marks(page)
    assert 20 < len(found) < 120
    bundles = [(re.match(r"(\d+) versions, (\d+) to (\d+), .+: live blog went on$", said), way) for said, way in found]
    drawn = [(*map(int, match.groups()), way) for match, way in bundles if match]
    assert len(drawn) > 30
    assert (
        sum(1 for said, _way in found if said.startswith("Version ")) + sum(number for number, *_rest in drawn) == 260
    )
    first_number, first, last, way = drawn[0]
    assert (first_number, first, last) == (8, 2, 9)
    old, new = map(int, way.removeprefix("/-/compare/").split("/"))
    assert new - old == 8
    assert "Versions too close together to be told apart are one mark with their number." in plain(page)


async def test_more_versions_than_are_drawn_are_said_to_be_left_out(other: Path) -> None:
    steps = [Step(0), *(Step(float(number), "live") for number in range(1, 1003))]
    page = await page_of(other, steps, [Run("same", 0, 1100, 400)])
    assert "3 older versions are not drawn." in plain(page)
    assert "first look" not in page


async def test_stretches_without_a_page_are_drawn_and_explained(other: Path) -> None:
    page = await page_of(other, TROUBLED, TROUBLES)
    shades = [" ".join(title.split()) for title in re.findall(r"<g><title>([^<]+)</title>\s*<rect", page)]
    assert shades == [
        "A page that could not be read, 24 Nov 2026, 09:10 UTC to 24 Nov 2026, 11:00 UTC",
        "Not there, 24 Nov 2026, 12:50 UTC to 24 Nov 2026, 16:20 UTC",
    ]
    text = plain(page)
    assert "Shaded: the page was not there. Hatched: no look could read the page." in text
    assert "A question mark: a Stand that names no moment." in text
    assert "Stand “vor 2 Stunden”, names no moment that we can tell" in text


async def test_headlines_are_told_with_their_windows(other: Path) -> None:
    text = plain(await page_of(other, EDITED_THEN_QUIET, QUIET))
    assert (
        "Headlines, newest first Damm bricht, Stadt unter Wasser version 4"
        " came between 24 Nov 2026, 06:53 and 06:55 UTC the last that we saw"
        " Ein Damm bricht version 1 there when first seen, 24 Nov 2026, 06:00 UTC"
        " replaced between 24 Nov 2026, 06:53 and 06:55 UTC" in text
    )
    assert "(A/B)" not in text


async def test_variants_of_a_headline_are_named_as_such(other: Path) -> None:
    page = await page_of(other, TESTED, [Run("same", 0, 400, 40)])
    assert page.count("variant of a test of headlines (A/B)") == 8
    assert "headline changed to and fro or within a minute, as tests do: 7" in plain(page)


async def test_a_headline_that_was_read_or_held_otherwise_is_not_said_to_be_edited(other: Path) -> None:
    steps = [
        Step(0, headline="A"), Step(10, "unreadable", "B", kind="held"), Step(20, "reread", "C", kind="reread"),
        Step(30, "misread", "D"),
    ]  # fmt: skip
    text = plain(await page_of(other, steps, [Run("same", 0, 100)]))
    told = text[text.index("Headlines, newest first") : text.index("4 versions, newest")]
    assert (
        "C version 3 read so since 24 Nov 2026, 06:20 UTC: the page is read in another way, nothing was edited" in told
    )
    assert "A version 1 there when first seen, 24 Nov 2026, 06:00 UTC read so until 24 Nov 2026, 06:20 UTC" in told
    assert not re.search(r"\b[BD]\b", told)


async def test_one_version_and_no_comments_are_no_picture(other: Path) -> None:
    page = await page_of(other, [Step(0)], [Run("same", 0, 100)])
    assert "<svg" not in page
    assert "Headlines" not in page
