"""Patterns of endpoints are matched against strangers' texts: how much work one may be is bounded."""

from __future__ import annotations

import pytest

from schedules.pattern import pattern


@pytest.mark.parametrize(
    "value", ["(a|b)*a(a|b){400}c", "((a|b|c){1,30}){1,30}q", ".{0,80}Kanzler.{0,90}Minister", r"\x{400}\pL{20}"]
)  # fmt: skip
def test_one_that_is_too_much_work_says_what_the_bound_is(value: str) -> None:
    with pytest.raises(ValueError, match="steps for each character of a text, and 500 is the most: repeat less"):
        pattern(value)


@pytest.mark.parametrize(
    "value",
    [
        r"\pL+strasse", r"\b(kanzler|minister)(in|innen)?\b", r"\pL{3,20}straße", ".{0,60}Kanzler.{0,60}Minister",
        "Adenauer|Erhard|Kiesinger|Brandt|Schmidt|Kohl|Schröder|Merkel|Scholz",
        "[Ā-Ž]ü[é-ü]", r"\x{100}",
    ],
)  # fmt: skip
def test_what_people_write_is_taken(value: str) -> None:
    assert pattern(value).pattern == value
