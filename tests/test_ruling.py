"""The table of rulings, case by case from data, and the bounds that hold for every edit."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.case import order
from changes.change import Ruling
from changes.ruling import ROWS, RULE_VERSION, of_the_site, rule
from tests.articles import case, clock

EDITS = Path(__file__).parent / "data/edits"
CASES = [
    item
    for name in ("rulings.toml", "ruling_edges.toml", "ruling_learned.toml")
    for item in tomllib.loads((EDITS / name).read_text("utf-8"))["cases"]
]
# Row 3 answers with no ruling: such a look is no version. tests/test_looks.py
ELSEWHERE = {3}
ACCUSING = {"silent", "unmarked", "unmarked_headline", "stand_only", "stand_other", "stand_backwards"}


@pytest.mark.parametrize("given_case", CASES, ids=[item["name"] for item in CASES])
def test_the_table(given_case: dict[str, dict[str, object]]) -> None:
    expected = given_case["expect"]
    given = case(given_case["before"], given_case["after"], given_case.get("saw", {}))
    ruling = rule(given)
    assert (ruling.verdict, ruling.rule) == (expected["verdict"], expected["rule"])
    assert (ruling.window, ruling.rule_version) == (given.edit.window, RULE_VERSION)
    assert ruling.settled == expected.get("settled", ruling.settled)
    said = "; ".join(f"{what}: {value}" for what, value in ruling.evidence)
    assert str(expected.get("says", "")) in said
    assert str(expected.get("without", "never said")) not in said


def test_every_row_has_three_cases_of_its_own_name() -> None:
    names = [item["name"] for item in CASES]
    assert len(set(names)) == len(names)
    cases = Counter(item["expect"]["rule"] for item in CASES)
    assert {number for number, _ in ROWS} == cases.keys() == {*range(1, 23)} - ELSEWHERE
    assert min(cases.values()) >= 3


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("10:00", "10:01", 1),
        ("10:01", "10:00", -1),
        ("10:00", "10:00", 0),
        ("2026-11-24", "10:00", 0),
        ("2026-11-23", "00:00", 1),
        ("2026-11-25", "23:59", -1),
        ("08:14..10:00|vor 2 Stunden", "10:00..11:46|vor einer Stunde", 1),
        ("08:14..10:00|vor 2 Stunden", "09:59..11:45|vor einer Stunde", 0),
        ("10:00..11:46|vor einer Stunde", "08:14..10:00|vor 2 Stunden", -1),
        ("10:00..11:46|vor einer Stunde", "08:15..10:01|vor 2 Stunden", 0),
        # The hour that autumn repeats, on one side and on both.
        ("00:50~01:50", "00:55", 0),
        ("00:55", "00:50~01:50", 0),
        ("00:50~01:50", "01:51", 1),
        ("00:50~01:50", "00:49", -1),
        # A minute in a zone that nobody knows is compared as it is printed.
        ("2026-11-24T10:00..2026-11-25T12:01", "2026-11-24T10:01..2026-11-25T12:02", 1),
        ("2026-11-24T10:01..2026-11-25T12:02", "2026-11-24T10:00..2026-11-25T12:01", -1),
    ],
)
def test_which_way_a_stamp_moved(before: str, after: str, way: int) -> None:
    covers = [clock("stand", text).covers for text in (before, after)]
    assert order(*covers) == way


def test_what_most_articles_show_is_of_the_site_after_all() -> None:
    given = case({"text": "Fünf.", "clocks": {"stand": "10:00"}}, {"text": "Sieben."}, {"burst": [3, 4], "looks": 1})
    alone = replace(given.edit, course=replace(given.edit.course, burst=None))
    first = rule(replace(given, edit=alone))
    assert (first.verdict, first.rule) == ("unsettled", 18)
    assert of_the_site(alone, first) == first

    known = of_the_site(given.edit, first)
    said = "3 of 4 looked at since were changed at the same time, without their Stands"
    assert known == Ruling(
        verdict="site_wide",
        rule=13,
        window=given.edit.window,
        evidence=(*first.evidence[:-1], ("other articles of the site", said)),
        settled=True,
        again_at=None,
        rule_version=RULE_VERSION,
    )
    assert known.settled is True
    assert of_the_site(given.edit, known) == known


def test_what_has_not_settled_is_ruled_on_again_later_and_later() -> None:
    text = {"before": {"text": "Fünf.", "clocks": {"stand": "10:00"}}, "after": {"text": "Sieben."}}
    early = case(**text, seen={"now": "12:01", "looks": 1})
    assert rule(early).again_at == early.looks.since + timedelta(hours=1)
    soon = case(**text, seen={"now": "12:12", "looks": 1, "settle": 10, "allowance": 5})
    assert rule(soon).again_at == soon.now + timedelta(minutes=5)
    late = case(**text, seen={"now": "20:00", "looks": 1})
    assert rule(late).again_at == late.now + timedelta(hours=2)
    replaced = case(**text, seen={"now": "12:01", "looks": 1, "replaced": True})
    assert rule(replaced).again_at is None


@given(
    minutes=st.integers(0, 59),
    looks=st.integers(1, 9),
    connections=st.integers(1, 3),
    uncached=st.integers(0, 2),
    stand=st.sampled_from(["06:00", "11:29", "09:00", "2026-11-24"]),
    headline=st.booleans(),
)
def test_nothing_accuses_before_it_has_settled(
    minutes: int, looks: int, connections: int, uncached: int, stand: str, headline: bool
) -> None:
    after: dict[str, object] = {"headline": "Anders"} if headline else {"text": "Sieben Tote."}
    seen = {"now": f"12:{minutes:02}", "looks": looks, "connections": connections, "uncached": uncached}
    ruling = rule(case({"text": "Fünf Tote.", "clocks": {"stand": stand}}, after, seen))
    assert ruling.verdict not in ACCUSING


def test_the_evidence_names_both_stamps_as_printed() -> None:
    before = {"text": "Fünf Tote.", "clocks": {"stand": "10:00|Stand: 24.11.2026 11:00 Uhr"}}
    ruling = rule(case(before, {"text": "Sieben Tote."}, {}))
    assert dict(ruling.evidence)["Stand before"] == "Stand: 24.11.2026 11:00 Uhr"
    assert dict(ruling.evidence)["other clocks"] == "none moved"
