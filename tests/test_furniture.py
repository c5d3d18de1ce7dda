"""Boxes about the paper that stand among the blocks of a text: nobody is accused of what they say next."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from changes.ruling import rule
from tests.articles import case

ROWS = tomllib.loads((Path(__file__).parent / "data/edits/furniture.toml").read_text("utf-8"))
FIRST = "Der Steg am Nordufer ist seit Montag gesperrt."
LAST = (
    "Er bleibt es, bis der Rat das Geld hat.|So steht es im Plan.|Den hat der Rat im Mai beschlossen.|Seither ist Ruhe."
)


def named(row: dict[str, Any]) -> str:
    return str(row["name"])


def verdicts(row: dict[str, Any]) -> set[str]:
    """On the box that says something else, that comes and that goes; and on each with an edit beside it."""

    def ruled(before: str, after: str, first: str = FIRST) -> str:
        texts = [(FIRST, before), (first, after)]
        parts = [(*text, LAST) if not row.get("end") else (text[0], LAST, text[1]) for text in texts]
        old, new = ("|".join(filter(None, text)) for text in parts)
        beside = {"authors": ["Lotte Muster"], "clocks": {"stand": "10:00"}}
        return rule(case({**beside, "text": old}, {"text": new}, {})).verdict

    edited = FIRST.replace("Montag", "Freitag")
    assert ruled(row["before"], row["after"], edited) == "unmarked"
    if row.get("edited"):
        return {ruled(row["before"], row["after"])}
    return {ruled(row["before"], row["after"]), ruled("", row["after"]), ruled(row["before"], "")}


@pytest.mark.parametrize("row", ROWS["boxes"], ids=named)
def test_what_a_box_about_the_paper_says_is_no_edit(row: dict[str, Any]) -> None:
    assert verdicts(row) == {"automatic"}


@pytest.mark.parametrize("row", ROWS["own"], ids=named)
def test_what_the_article_says_of_such_things_is_an_edit(row: dict[str, Any]) -> None:
    assert verdicts(row) == {"unmarked"}


def test_who_speaks_for_himself_may_speak_to_readers() -> None:
    """In a letter or an interview such a line is as much the author's as the others."""
    letter = "Ich wohne am Hafen.|Uns fehlt der Steg.|Mein Boot liegt auf dem Trockenen.|So geht es allen."
    beside = {"clocks": {"stand": "10:00"}}
    last = "Mehr weiß ich auch nicht."
    came = f"{letter}|Glauben Sie uns: Es eilt.|{last}"
    assert rule(case({**beside, "text": f"{letter}|{last}"}, {"text": came}, {})).verdict == "unmarked"


def test_a_correction_that_goes_is_an_edit_though_it_speaks_to_readers() -> None:
    said = "We have corrected our story. Email us if you find another error."
    beside = {"language": "en", "clocks": {"stand": "10:00"}}
    text = f"{FIRST}|{LAST}"
    assert rule(case({**beside, "text": f"{text}|{said}"}, {"text": text}, {})).verdict == "unmarked"
