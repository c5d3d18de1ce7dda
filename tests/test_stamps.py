"""Stamps: what the printed words cover, and never a guess."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.article import Covers
from scraper.stamp_words import UPDATED, UPDATED_HINTS
from scraper.stamps import covers, covers_beside, find_published, find_updated, is_updated_label

DATA = Path(__file__).parent / "data" / "stamps"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2024, 5, 15, 12, 0, tzinfo=UTC)


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def cases(*names: str) -> list[Any]:
    return [pytest.param(case, id=f"{name}: {case['text']}") for name in names for case in load(name)["case"]]


def refused() -> list[Any]:
    return [
        pytest.param(text, id=f"{why}: {text}") for why, group in load("unreadable").items() for text in group["texts"]
    ]


@pytest.mark.parametrize("case", cases("german", "english", "languages", "machines"))
def test_covers(case: dict[str, Any]) -> None:
    end = case["start"] + timedelta(seconds=case["lasts"])
    found = covers(case["text"], ZoneInfo(case.get("zone", "Europe/Berlin")), NOW)
    assert found == Covers(case["start"], end, case.get("again"))


@pytest.mark.parametrize("text", refused())
def test_better_no_date_than_a_wrong_one(text: str) -> None:
    assert covers(text, BERLIN, NOW) is None


@pytest.mark.parametrize("case", cases("beside"))
def test_a_time_is_of_the_day_beside_it_or_of_none(case: dict[str, Any]) -> None:
    found = covers_beside(case["text"], case["beside"], BERLIN, NOW)
    start = case.get("start")
    assert found == (Covers(start, start + timedelta(minutes=1), case.get("again")) if start else None)


@pytest.mark.parametrize("case", cases("labels"))
def test_labels(case: dict[str, str]) -> None:
    assert find_updated(case["text"]) == case.get("updated")
    assert find_published(case["text"]) == case.get("published")
    assert is_updated_label(case["text"]) or "updated" not in case


@given(st.from_regex(re.compile(UPDATED), fullmatch=True))
def test_every_label_has_a_part_that_is_looked_for_first(label: str) -> None:
    assert any(hint in label for hint in UPDATED_HINTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stand", True),
        ("Stand:", True),
        ("Aktualisiert am", True),
        ("Letzte Änderung", True),
        ("Last updated by", True),
        ("Mise à jour", True),
        ("Stand der Dinge", False),
        ("stand", False),
        ("Understanding", False),
        ("Veröffentlicht", False),
        ("Published: 10 May 2024", False),
        ("10.01.2022", False),
    ],
)
def test_is_updated_label(text: str, expected: bool) -> None:
    assert is_updated_label(text) is expected


def test_only_the_beginning_of_a_long_text_counts() -> None:
    stamp = "Stand: 10.01.2022 22:53 Uhr"
    assert covers(f"{stamp} {'x' * 1_000_000}", BERLIN, NOW) == covers(stamp, BERLIN, NOW)
    assert covers(f"{'x ' * 400}{stamp}", BERLIN, NOW) is None
    assert find_updated(f"{'x ' * 400}{stamp}") is None
    assert len(find_updated(f"{stamp} {'x' * 1000}") or "") == 200


@pytest.mark.parametrize("before", range(160, 200))
def test_a_stamp_that_was_cut_through_is_not_read(before: int) -> None:
    text = f"{'x' * before} 10.01.2022 10:53 PM {'y' * 50}"
    assert covers(text, BERLIN, NOW) is None


def test_midnight_that_spring_skips() -> None:
    """In Beirut the day begins at one."""
    found = covers("26.03.2023", ZoneInfo("Asia/Beirut"), NOW)
    assert found is not None
    assert found.end - found.start == timedelta(hours=23)


PIECES = st.sampled_from((
    "Stand: ", "10.", "01.", "2022", "22", ":53", ".30", " Uhr", "vor ", "5 ", "Minuten", "Tagen", "999", " ago",
    "Mai ", "31. ", "0", "12", "/", "-", "+", "T", "Z", " EST", "IST", " p.m.", "Mo, ", "gestern", "heute ", ", ", " ",
    "\n", "a ", "2024-03-31", "02:30", "h", "bis ", "9999", "\u00a0", "\u0000", "Aktualisiert ", "Published ",
    "1641851594",
))  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))
MOMENTS = st.integers(631_152_000, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(["Europe/Berlin", "UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])


@given(TEXTS, ZONES, MOMENTS)
def test_whatever_is_read_is_a_stretch_in_utc(text: str, zone: str, now: datetime) -> None:
    found = covers(text, ZoneInfo(zone), now)
    if found is not None:
        assert found.start < found.end
        assert found.start.tzinfo is found.end.tzinfo is UTC
        assert found.again is None or found.start < found.again < found.last_end


@given(TEXTS)
def test_what_is_found_is_a_part_of_the_text(text: str) -> None:
    for found in (find_updated(text), find_published(text)):
        assert found is None or (found in text and found)
    assert find_updated(text) is None or is_updated_label(text)


@given(MOMENTS)
def test_what_was_printed_in_berlin_is_read_back(at: datetime) -> None:
    minute = at.replace(second=0)
    printed = minute.astimezone(BERLIN)
    for form in ("Stand: %d.%m.%Y %H:%M Uhr", "%Y-%m-%dT%H:%M", "%d.%m.%Y, %H.%M Uhr", "%H:%M, %d %B %Y"):
        found = covers(printed.strftime(form), BERLIN, NOW)
        assert found is not None
        assert minute in (found.start, found.again)
    assert covers(printed.isoformat(), BERLIN, NOW) == Covers(minute, minute + timedelta(seconds=1))
