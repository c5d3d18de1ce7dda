"""`look --explain`: which rule gave which field, and what was left out, for a profile and for the generic reader."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from scraper.page import Page
from scraper.read import read
from scraper.read.explain import Explanation, explain
from scraper.site_profile import own_profile
from tests.verbs import run_verb

DATA = Path(__file__).parent / "data"
PAGE = DATA / "sites/kreisbote.html"
URL = "https://www.kreisbote.example/artikel/steg-gesperrt-12.html"


def explained(path: Path, url: str, *profiles: Path) -> Explanation:
    page = Page(url, 200, (), path.read_bytes(), datetime(2026, 3, 3, tzinfo=UTC))
    own = tuple(own_profile(profile) for profile in profiles)
    return explain(page, read(page, own=own), own)


def rules(explanation: Explanation) -> dict[str, str]:
    return {origin.field: origin.rule for origin in explanation.fields}


def test_a_profile_is_named_with_its_selectors() -> None:
    found = explained(PAGE, URL, DATA / "sites/kreisbote.toml")
    assert rules(found) == {
        "url": "link rel=canonical",
        "topline": "profile selector .kb-spitzmarke",
        "headline": "profile selector .kb-titel",
        "standfirst": "profile selector .kb-vorspann",
        "authors": "profile selector .kb-autor",
        "blocks: paragraph": "profile selector .kb-text > p",
        "blocks: subhead": "profile selector .kb-text > h2",
        "images": "nothing was found",
        "stand": "profile selector .kb-stand",
        "modified_ld": "JSON-LD dateModified",
        "published_ld": "JSON-LD datePublished",
        "editorial": "profile clock [data-redaktion], key geaendert",
        "comment_count": "profile selector .kb-meinungen",
        "language": "html lang",
        "zone": "of stamps that name none: profile zone",
    }
    assert ("profile, drop: .kb-austraeger", 1) in {(dropped.why, dropped.lines) for dropped in found.dropped}


def test_the_generic_reader_says_why_it_left_something_out() -> None:
    found = explained(PAGE, URL)
    said = rules(found)
    assert said["headline"] == 'visible text in <h1 "kb-titel">, as named by JSON-LD headline'
    assert said["authors"] == "visible text: the byline"
    assert said["modified_ld"] == "JSON-LD dateModified"
    why = {dropped.why.partition(":")[0]: dropped.text for dropped in found.dropped}
    assert why["teaser"].startswith("Freibad bleibt zu")
    assert why["ad box"].startswith("Sparen Sie jetzt")
    assert why["signpost line"].startswith("Lesen Sie auch")
    assert why["stamp line"].startswith("Stand: 02.03.2026")
    assert why["navigation"].startswith("Start")


def test_a_correction_that_was_left_out_is_listed_by_itself() -> None:
    said = "In einer früheren Fassung dieses Artikels fehlte der Steg."
    markup = PAGE.read_text("utf-8").replace("</body>", f"<aside><p>Alle Rechte.</p><p>{said}</p></aside></body>")
    page = Page(URL, 200, (), markup.encode(), datetime(2026, 3, 3, tzinfo=UTC))
    found = {dropped.text: dropped.why for dropped in explain(page, read(page)).dropped}
    assert found[said] == "sounds like a correction; beside the text: tag <aside>"


@pytest.mark.parametrize("page", sorted((DATA / "pages").glob("*.html")), ids=lambda page: page.stem)
def test_every_line_of_a_page_is_in_the_article_or_left_out_for_a_reason(page: Path) -> None:
    served = Page(
        f"https://www.tagesschau.de/{page.stem}.html", 200, (), page.read_bytes(), datetime(2026, 3, 3, tzinfo=UTC)
    )
    found = explain(served, read(served))
    assert all(origin.rule for origin in found.fields)
    assert {origin.field for origin in found.fields} >= {"headline", "stand", "comment_count", "language"}
    assert all(dropped.why and dropped.text and dropped.lines for dropped in found.dropped)


def test_the_zone_and_the_clock_of_the_answer_are_named() -> None:
    headers = (("last-modified", "Mon, 02 Mar 2026 07:00:00 GMT"),)
    page = Page("https://blatt.at/1", 200, headers, PAGE.read_bytes(), datetime(2026, 3, 3, tzinfo=UTC))
    found = {origin.field: (origin.rule, origin.value) for origin in explain(page, read(page)).fields}
    assert found["http"] == ("header Last-Modified, beside the page", "Mon, 02 Mar 2026 07:00:00 GMT")
    assert found["zone"][1] == "Europe/Vienna"
    assert "http" not in {clock.kind for clock in read(page).clocks}


def test_the_program_prints_it_only_when_asked() -> None:
    look = partial(run_verb, "look", "--url", URL, PAGE)
    plain = look("--json").stdout
    assert "explain" not in json.loads(plain)
    asked = look("--json", "--explain").stdout
    assert {"field": "stand", "rule": 'visible text in <p "kb-stand">', "value": "Stand: 02.03.2026 07:52 Uhr"} in (
        json.loads(asked)["explain"]["fields"]
    )
    text = look("--explain").stdout
    assert "which rule of generic/" in text
    assert "left out:" in text


def test_microdata_is_called_by_its_name(tmp_path: Path) -> None:
    words = "<p>Die Lampe ist da, sagte der Leuchtturmwärter am Morgen.</p>" * 3
    marked = '<span itemprop="datePublished">1. März 2024</span><meta itemprop="dateModified" content="2024-03-02">'
    page = tmp_path / "page.html"
    page.write_text(f"<html lang=de><article><h1>Ein neues Licht</h1>{marked}{words}</article>", "utf-8")
    said = rules(explained(page, "https://blatt.de/1"))
    assert said["published_microdata"] == "microdata datePublished"
    assert said["modified_microdata"] == "microdata dateModified"


def test_a_zone_that_no_page_shows_is_none(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang=en><article><h1>New light</h1>" + "<p>The lamp is here, said the keeper.</p>" * 3, "utf-8"
    )
    assert "not shown" in rules(explained(page, "https://paper.com/1"))["zone"]
    assert "the country" in rules(explained(page, "https://paper.co.uk/1"))["zone"]


def test_a_stamp_that_was_left_in_the_text_is_named(tmp_path: Path) -> None:
    words = "<p>Die Lampe ist da, sagte der Leuchtturmwärter am Morgen.</p>" * 3
    sentence = "<p>Die Zahlen (Stand: 1. März 2024) liegen über denen des Vorjahres, sagte der Wärter.</p>"
    own = "<p>Stand: 02.03.2024, 14:05 Uhr</p>"
    page = tmp_path / "page.html"
    page.write_text(f"<html lang=de><article><h1>Ein neues Licht</h1>{own}{words}{sentence}{words}</article>", "utf-8")
    found = explained(page, "https://blatt.de/1").stamps_in_text
    assert [raw[:20] for raw in found] == ["Stand: 1. März 2024)"]
    shown = run_verb("look", "--url", "https://blatt.de/1", page, "--explain").stdout
    assert "left in the text, with its line: the stamp Stand: 1. März 2024" in shown
