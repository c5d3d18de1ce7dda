"""Where newsrooms say that they changed an article, and what only sounds so: pages with and without it, notices out."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from changes.change import Edit, Window
from changes.compare import compare
from changes.meaning import edit_meaning
from changes.notices import came
from changes.struck import newly_struck
from scraper.article import Article
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


def article(frame: str, seats: str, **notice: str) -> Article:
    places = dict.fromkeys(("above", "headline", "intro", "end", "behind"), "")
    text = "".join(f"<p>{line}</p>" for line in TEXT).replace("{seats}", seats)
    body = frame.format(**places | notice, text=text)
    html = f"<!DOCTYPE html><html lang='de'><head><title>{HEADLINE}</title></head><body>{body}</body></html>"
    headers = (("content-type", "text/html; charset=utf-8"),)
    found = read(Page("https://blatt.example/a", 200, headers, html.encode(), SEEN))
    assert isinstance(found, Article)
    assert found.headline == HEADLINE
    return found


def edit(before: Article, after: Article) -> Edit:
    return Edit(before, after, compare(before, after), Window(None, SEEN))


def notices(frame: str, row: dict[str, Any]) -> list[str]:
    return list(came(edit(article(frame, "16"), article(frame, "60", **{row["at"]: row["body"]}))))


@pytest.mark.parametrize("frame", FRAMES, ids=["article", "divs"])
@pytest.mark.parametrize("row", ROWS["told"], ids=lambda row: row["name"])
def test_a_notice_is_found_wherever_it_stands(frame: str, row: dict[str, Any]) -> None:
    assert len(notices(frame, row)) == 1


@pytest.mark.parametrize("frame", FRAMES, ids=["article", "divs"])
@pytest.mark.parametrize("row", ROWS["others"], ids=lambda row: row["name"])
def test_what_is_said_of_something_else_is_no_notice(frame: str, row: dict[str, Any]) -> None:
    assert notices(frame, row) == []


STRUCK = ("<del>16</del> <ins>60</ins>", "<s>16</s> 60", "<strike> 16 </strike> 60", "<del><b>16</b></del> 60")


@pytest.mark.parametrize("frame", FRAMES, ids=["article", "divs"])
@pytest.mark.parametrize("written", STRUCK)
def test_a_number_that_is_struck_through_openly_is_told_as_that(frame: str, written: str) -> None:
    before, after = article(frame, "16"), article(frame, written)
    assert list(newly_struck(edit(before, after))) == ["16"]
    found = edit_meaning(before, after)
    assert found is not None
    assert [(tag.kind, tag.before, tag.after) for tag in found.tags] == [("number", "16", "60")]


@pytest.mark.parametrize("frame", FRAMES, ids=["article", "divs"])
def test_what_was_struck_through_before_excuses_no_later_edit(frame: str) -> None:
    assert list(newly_struck(edit(article(frame, "<s>16</s> 60"), article(frame, "<s>16</s> 70")))) == []


@pytest.mark.parametrize("frame", FRAMES, ids=["article", "divs"])
def test_what_never_stood_there_is_not_struck_through(frame: str) -> None:
    assert list(newly_struck(edit(article(frame, "16"), article(frame, "<s>99</s> 60")))) == []


def test_a_sign_or_a_whole_paragraph_that_is_struck_leaves_the_text_as_it_is() -> None:
    written = article(FRAMES[0], "<s>#</s>60").blocks
    assert "~~" not in " ".join(block.text for block in written)
    assert article(FRAMES[0], "16", end="<del><p>Das Heu fährt mit, und niemand zahlt dafür.</p></del>").blocks[
        -1
    ].text == ("Das Heu fährt mit, und niemand zahlt dafür.")
