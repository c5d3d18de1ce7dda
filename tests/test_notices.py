"""Where newsrooms say that they changed an article, and what only sounds so: pages with and without it, notices out."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from changes.change import Edit, Window
from changes.compare import compare
from changes.notices import came
from scraper.page import Page
from scraper.read import read

ROWS = tomllib.loads((Path(__file__).parent / "data/edits/notice_places.toml").read_text("utf-8"))
SEEN = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)
HEADLINE = "Die Fähre nach Dünholm fährt wieder"
FRAMES = (
    "<main>{above}<article><h1>" + HEADLINE + "</h1>{headline}<p class='lead'>Nach drei Wochen ist das Eis getaut.</p>"
    "{intro}<div class='body'>{text}{end}</div></article>{behind}</main>",
    "<div class='grid'><div class='col'>{above}<h1>" + HEADLINE + "</h1>{headline}<div class='lead'>Nach drei Wochen "
    "ist das Eis getaut.</div>{intro}<div class='rich'>{text}{end}</div>{behind}</div></div>",
)
TEXT = (
    "Seit Montag legt die Fähre wieder an, und vor dem Kai stehen die Leute in einer langen Reihe bis zum Markt.",
    "Sie fasst {seats} Menschen und ein Pferd; für das Pferd zahlt man doppelt, für das Heu nichts.",
    "Die Wirtin am Hafen hat Suppe gekocht, denn wer zuletzt kommt, wartet bis zum Abend auf die zweite Fahrt.",
    "Im Sommer soll ein zweites Schiff fahren, wenn der Rat das Geld dafür findet und der Rost das Schiff lässt.",
)


def notices(frame: str, row: dict[str, Any]) -> list[str]:
    places = dict.fromkeys(("above", "headline", "intro", "end", "behind"), "")

    def article(seats: int, **notice: str) -> Any:
        text = "".join(f"<p>{line}</p>" for line in TEXT).replace("{seats}", str(seats))
        body = frame.format(**places | notice, text=text)
        html = f"<!DOCTYPE html><html lang='de'><head><title>{HEADLINE}</title></head><body>{body}</body></html>"
        headers = (("content-type", "text/html; charset=utf-8"),)
        return read(Page("https://blatt.example/a", 200, headers, html.encode(), SEEN))

    before, after = article(16), article(60, **{row["at"]: row["body"]})
    assert (before.headline, after.headline) == (HEADLINE, HEADLINE)
    return list(came(Edit(before, after, compare(before, after), Window(None, SEEN))))


@pytest.mark.parametrize("frame", FRAMES, ids=["article", "divs"])
@pytest.mark.parametrize("row", ROWS["told"], ids=lambda row: row["name"])
def test_a_notice_is_found_wherever_it_stands(frame: str, row: dict[str, Any]) -> None:
    assert len(notices(frame, row)) == 1


@pytest.mark.parametrize("frame", FRAMES, ids=["article", "divs"])
@pytest.mark.parametrize("row", ROWS["others"], ids=lambda row: row["name"])
def test_what_is_said_of_something_else_is_no_notice(frame: str, row: dict[str, Any]) -> None:
    assert notices(frame, row) == []
