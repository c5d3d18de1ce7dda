"""Live blogs between two looks: a new entry is what was added, and nothing else changed. The pages: test_pages.py."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from changes.compare import compare
from scraper.article import Block
from scraper.page import Page
from scraper.read import read
from scraper.read.comments.blanking import without_comments
from scraper.read.live import has_timed_pieces, is_age, is_live_blog, is_time

if TYPE_CHECKING:
    from scraper.article import Article

DATA = Path(__file__).parent / "data"
SEEN = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)
CASES: list[dict[str, Any]] = tomllib.loads((DATA / "live" / "growing.toml").read_text("utf-8"))["case"]


def page_of(name: str, markup: str, seen: datetime = SEEN) -> Page:
    url = json.loads((DATA / "pages" / f"{name}.json").read_text("utf-8"))["fetched"]
    return Page(url, 200, (("content-type", "text/html; charset=utf-8"),), markup.encode(), seen)


def grown(case: dict[str, Any]) -> tuple[Article, Article]:
    markup = (DATA / "pages" / f"{case['page']}.html").read_text("utf-8")
    later = markup
    for words, others in case["others"]:
        assert words in later
        later = later.replace(words, others)
    above = case["above"]
    for words, others in case["others"]:
        above = above.replace(words, others)
    before, found, after = later.partition(above)
    assert found
    later = before + case["new"] + found + after
    old = read(page_of(case["page"], markup))
    return old, read(page_of(case["page"], later, SEEN + timedelta(minutes=30)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"])
def test_an_entry_comes(case: dict[str, Any]) -> None:
    old, new = grown(case)
    change = compare(old, new)
    assert old.live
    assert [(block.move, block.kind, block.after) for block in change.blocks] == [
        ("added", kind, text) for kind, text in case["added"]
    ]
    assert change.fields == ()
    assert change.clocks == ()


def test_every_live_blog_grows() -> None:
    assert {case["page"] for case in CASES} == {path.stem for path in (DATA / "pages").glob("live-*.html")}


@pytest.mark.parametrize(
    ("kind", "titles", "has_entries", "live"),
    [
        ("NewsArticle", ["Rat vertagt sich", "", "rat-vertagt-sich-100.html"], False, False),
        ("NewsArticle", ["Rat vertagt sich"], True, True),
        ("NewsArticle LiveBlogPosting", ["Rat vertagt sich"], False, True),
        ("", ["Newsblog: Sturm über Oberwiesenbach"], False, True),
        ("", ["Sturm über Oberwiesenbach", "Liveticker"], False, True),
        ("", ["Sturm", "liveblog-sturm-oberwiesenbach-100.html"], False, True),
        ("", ["EN DIRECT, tempête : les dernières informations"], False, True),
        ("", ["Storm hits the coast – as it happened"], False, True),
        ("", ["Delivery blogs and how to read them"], False, False),
        ("", ["Il est mort en direct à la télévision"], False, False),
        ("", ["How we live: notes from the coast"], False, False),
    ],
)
def test_what_is_a_live_blog(kind: str, titles: list[str], has_entries: bool, live: bool) -> None:
    assert is_live_blog(kind, titles, has_entries=has_entries) == live


@pytest.mark.parametrize(
    ("texts", "live"),
    [
        (["07.55 Uhr: Straße frei", "Die Straße ist frei.", "07.10 Uhr: Unfall"], True),
        (["+++ 07:10 Uhr: Unfall auf der Brücke +++", "+++ 07:02 +++", "Text."], True),
        (["Um 7.10 Uhr kam es zum Unfall.", "07.55 Uhr: Straße frei", "Text."], False),
        (["2.50 Euro kostet die Fahrt.", "3.10 Euro kostet das Eis."], False),
        (["2.50 Euro kostet die Fahrt.", "3.10 Euro kostet das Eis.", "4.10 Euro kostet beides."], False),
        (["90.+3 Minute: Abpfiff.", "85. Minute: Tor!", "12. Minute: Anpfiff, sozusagen."], True),
        (["90' Abpfiff.", "85' Tor!", "12' Anpfiff, sozusagen."], True),
        (["Minute 90 – Abpfiff.", "Minute 85 – Tor!", "Minute 12 – Anpfiff."], True),
        (["Vor 5 Minuten: Abpfiff.", "Vor 9 Minuten: Tor!", "Vor 1 Stunde: Anpfiff."], True),
        (["Update, 14 Uhr: Sturm.", "13 Uhr: Regen.", "12 Uhr: Wolken."], True),
        (["(2.05pm) Storm.", "[1.30pm] Rain.", "1pm: Clouds."], True),
        (["Dienstag, 14:05 Uhr Der Sturm.", "26.11., 13:05 Uhr – Regen.", "14h05 : Nuages."], True),
        (["90 Minuten dauert die Fahrt.", "85 Minuten dauert sie zurück.", "12 Minuten wartet man."], False),
        (["14 Uhr war es, als er ging.", "15 Uhr wurde es.", "Um 16 Uhr kam er."], False),
        (["90 Minister kamen.", "85 Minen wurden geräumt.", "12 Hunde bellten."], False),
    ],
)
def test_pieces_that_begin_with_a_time(texts: list[str], live: bool) -> None:
    assert has_timed_pieces([Block("paragraph", text) for text in texts]) == live


@pytest.mark.parametrize("path", sorted((DATA / "pages").glob("live-*.html")), ids=lambda path: path.stem)
def test_no_entry_is_blanked_as_a_comment(path: Path) -> None:
    """One entry is headed "Diskussion", and entries have authors and times."""
    assert without_comments(page_of(path.stem, path.read_text("utf-8"))) is None


@pytest.mark.parametrize(
    ("text", "age", "time"),
    [
        ("vor 5 Minuten", True, True),
        ("Aktualisiert vor 2 Std.", True, True),
        ("vor 1 Stunde 5 Minuten", True, True),
        ("vor 12 Minuten20:41", True, True),
        ("7m ago", True, True),
        ("il y a 5 minutes", True, True),
        ("hace 2 horas", True, True),
        ("gerade eben", True, True),
        ("17.05.2024, 12:31 Uhr", False, True),
        ("Fri 17 May 2024 12.12 BST", False, True),
        ("May 17, 2024 at 5:30 pm", False, True),
        ("Gestern, 11:15 Uhr", False, True),
        ("Freitag, 17. Mai", False, False),
        ("Vor 3 Minuten fiel das Tor", False, False),
        ("20.15 Uhr ARD", False, False),
        ("3,50 Euro", False, False),
        ("1.1." * 14 + "1:1 x", False, False),
    ],
)
def test_labels(text: str, age: bool, time: bool) -> None:
    assert (is_age(text), is_time(text)) == (age, time)


@pytest.mark.parametrize(
    ("words", "live"), [("", False), (", und wer es nicht gesehen hat, dem ist nicht zu helfen", True)]
)
def test_an_item_of_a_programme_is_no_entry(words: str, live: bool) -> None:
    items = [f"{hour} Uhr: Die Kapelle spielt auf{words}." for hour in (14, 15, 16)]
    assert has_timed_pieces([Block("list_item", text) for text in items]) == live
