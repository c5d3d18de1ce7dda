"""A passage that has no words in common with its article may be a box of the page: nobody is accused of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from changes.ruling import rule
from tests.articles import case

DATA = tomllib.loads((Path(__file__).parent / "data/edits/foreign.toml").read_text("utf-8"))
FIRST, *REST = DATA["around"].split("|")
BESIDE = {"clocks": {"stand": "10:00"}}


def text(passage: str, first: str = FIRST) -> str:
    return "|".join(filter(None, (first, passage, *REST)))


@pytest.mark.parametrize("row", DATA["rows"], ids=[row["name"] for row in DATA["rows"]])
def test_what_has_nothing_to_do_with_the_article_may_be_a_box(row: dict[str, str]) -> None:
    before, after = text(row["before"]), text(row["after"])
    assert rule(case({**BESIDE, "text": before}, {"text": after}, {})).verdict == row["expect"]


@pytest.mark.parametrize(
    "beside",
    [{"headline": "Eine andere Schlagzeile"}, {"first": FIRST.replace("Montag", "Freitag")}],
    ids=["headline", "sentence"],
)
def test_an_edit_beside_it_is_an_edit(beside: dict[str, str]) -> None:
    row = DATA["rows"][0]
    edited = text(row["after"], beside.get("first", FIRST))
    changed = {key: value for key, value in beside.items() if key == "headline"}
    assert rule(case({**BESIDE, "text": text(row["before"])}, {"text": edited, **changed}, {})).verdict == "unmarked"


def test_in_a_short_text_there_is_nothing_to_share() -> None:
    row = DATA["rows"][0]
    short = [f"{FIRST}|{row[side]}" for side in ("before", "after")]
    assert rule(case({**BESIDE, "text": short[0]}, {"text": short[1]}, {})).verdict == "unmarked"


POST = "> Der Steg ist wieder offen!|> — Bauhof (@bauhof) November 24, 2026"


@pytest.mark.parametrize(
    ("before", "after", "expect"),
    [
        (POST, "", "undecidable"),
        ("", POST, "undecidable"),
        (POST, POST.replace("offen", "zu"), "unmarked"),
        ("> Der Steg ist wieder offen!", "", "unmarked"),
        (POST, "Bauhofleiterin Sommer nennt die Kosten für Pfosten und Geländer zu hoch.", "unmarked"),
    ],
    ids=["gone", "came", "edited", "a quotation by nobody", "something in its place"],
)
def test_a_post_may_come_and_go_by_itself(before: str, after: str, expect: str) -> None:
    assert rule(case({**BESIDE, "text": text(before)}, {"text": text(after)}, {})).verdict == expect
