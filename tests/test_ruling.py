"""The table of rulings, case by case from data, and the bounds that hold for every edit."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.ruling import ROWS, rule
from tests.articles import case

EDITS = Path(__file__).parent / "data/edits"
CASES = [
    item
    for name in ("rulings.toml", "ruling_edges.toml")
    for item in tomllib.loads((EDITS / name).read_text("utf-8"))["cases"]
]
# Row 3 answers with no ruling: such a look is no version. tests/test_looks.py
ELSEWHERE = {3}
ACCUSING = {"silent", "unmarked", "unmarked_headline", "stand_only", "stand_other", "stand_backwards"}


@pytest.mark.parametrize("given_case", CASES, ids=[item["name"] for item in CASES])
def test_the_table(given_case: dict[str, dict[str, object]]) -> None:
    expected = given_case["expect"]
    ruling = rule(case(given_case["before"], given_case["after"], given_case.get("saw", {})))
    assert (ruling.verdict, ruling.rule) == (expected["verdict"], expected["rule"])
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


def test_what_has_not_settled_is_ruled_on_again_later_and_later() -> None:
    text = {"before": {"text": "Fünf.", "clocks": {"stand": "10:00"}}, "after": {"text": "Sieben."}}
    early = case(**text, seen={"now": "12:01", "looks": 1})
    assert rule(early).again_at == early.looks.since + timedelta(hours=1)
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
