"""What comes and goes among the paragraphs of an article, as several systems lay it out: boxes that change nothing of
what is read, and boxes that are a part of the article."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from scraper.page import Page
from scraper.read import read

DATA = Path(__file__).parent / "data" / "boxes"
SEEN = datetime(2025, 5, 15, 12, 0, tzinfo=UTC)
TITLE = "Der Leuchtturm bekommt ein neues Licht"
PLACES = ("top", "middle", "end")
BEHIND = "behind"  # the box of the whole article
TEXT = (
    "Seit dem Herbst steht der alte Leuchtturm im Dunkeln, und wer nachts heimkommt, sieht die Mole erst zu spät.",
    "Nun hat der Kreis eine Lampe bestellt, die halb so viel Strom braucht und doppelt so weit zu sehen ist.",
    "Sie soll im März leuchten, wenn das Eis getaut ist, denn die Kiste mit der Lampe kommt mit dem Schiff.",
    "Die alte Lampe kommt ins Museum; der letzte Wärter möchte sie einmal im Jahr anzünden dürfen.",
    "Der Brandschutz prüft das noch, denn im Museum hängen viele Bilder, und die meisten sind aus Stroh.",
    "Bis dahin fahren die Fischer nach den Sternen, wenn welche da sind, und sonst nach dem Geruch der Räucherei.",
)
LOOKS = (
    {
        "n": "17",
        "title": "Die Schafe sind zurück auf dem Deich",
        "say": "Auch der Schäfer ist wieder da, mit seinem Hund.",
    },
    {"n": "23", "title": "Wer die Mole bezahlt", "say": "Der Kreis weiß nicht, wovon er die Mole bezahlen soll."},
)


def rows(file: str, kind: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((DATA / file).read_text("utf-8"))[kind])


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


FRAMES = rows("frames.toml", "frame")


def filled(text: str, look: dict[str, str]) -> str:
    for key, said in look.items():
        text = text.replace(f"{{{key}}}", said)
    return text


def read_in(frame: dict[str, Any], place: str = "", box: str = "") -> tuple[str, str, list[tuple[str, str]]]:
    """Headline, standfirst and blocks of the article with the box at that place."""
    words = {str(number): text for number, text in enumerate(TEXT, 1)}
    body = filled(f"{frame['body']}{{{BEHIND}}}", dict.fromkeys((*PLACES, BEHIND), "") | {place: box} | words)
    if "paragraph" in frame:
        body = body.replace("<p>", f"<p {frame['paragraph']}>")
    markup = f'<!DOCTYPE html><html lang="de"><head><title>{TITLE}</title></head><body>{body}</body></html>'
    headers = (("content-type", "text/html; charset=utf-8"),)
    article = read(Page(frame.get("url", "https://blatt.example/a"), 200, headers, markup.encode(), SEEN))
    return article.headline, article.standfirst, [(block.kind, block.text) for block in article.blocks]


@pytest.mark.parametrize("frame", FRAMES, ids=named)
def test_the_text_alone(frame: dict[str, Any]) -> None:
    assert read_in(frame) == (TITLE, "", [("paragraph", text) for text in TEXT])


@pytest.mark.parametrize("box", rows("others.toml", "box"), ids=named)
def test_a_box_that_is_none_of_the_article(box: dict[str, Any]) -> None:
    """It may come, go and say something else: the article is read as it is without it."""
    alone = (TITLE, "", [("paragraph", text) for text in TEXT])
    for number, (frame, place) in enumerate(product(FRAMES, box.get("places", PLACES))):
        found = read_in(frame, place, filled(box["body"], LOOKS[number % 2]))
        assert found == alone, (frame["name"], place)


@pytest.mark.parametrize("box", rows("own.toml", "box"), ids=named)
def test_a_box_that_is_a_part_of_the_article(box: dict[str, Any]) -> None:
    """All of it is read, and so an edit in it is seen."""
    generic = [frame for frame in FRAMES if "url" not in frame and frame.get("bare", False) <= box.get("bare", False)]
    for number, (frame, place) in enumerate(product(generic, box.get("places", PLACES[1:]))):
        look = LOOKS[number % 2]
        headline, standfirst, blocks = read_in(frame, place, filled(box["body"], look))
        texts = [text for _, text in blocks]
        assert (headline, standfirst) == (TITLE, "")
        for said in (*TEXT, *box["says"]):
            assert filled(said, look) in texts, (frame["name"], place)
        for kind, said in box.get("kinds", ()):
            assert (kind, filled(said, look)) in blocks, (frame["name"], place)


@pytest.mark.parametrize("place", ["end", BEHIND])
@pytest.mark.parametrize("box", [box for box in rows("own.toml", "box") if BEHIND in box.get("places", ())], ids=named)
def test_a_correction_where_no_selector_of_a_profile_looks(box: dict[str, Any], place: str) -> None:
    for frame in FRAMES:
        if "url" in frame:
            blocks = read_in(frame, place, filled(box["body"], LOOKS[0]))[2]
            assert blocks[: len(TEXT)] == [("paragraph", text) for text in TEXT]
            assert ("note", filled(box["says"][-1], LOOKS[0])) in blocks, frame["name"]
