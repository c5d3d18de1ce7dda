"""Whole pages, each a file with what must be read from it beside it, and snippets of pages for single questions."""

from __future__ import annotations

import gc
import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schedules.cli.printing import reading
from scraper.page import Page
from scraper.read import read

DATA = Path(__file__).parent / "data"
SEEN = datetime(2025, 5, 15, 12, 0, tzinfo=UTC)
URL = "https://blatt.example/artikel"
FRAME = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body>{body}</body></html>"""


def said(body: bytes, url: str = URL, reader: str = "auto") -> dict[str, Any]:
    page = Page(url, 200, (("content-type", "text/html"),), body, SEEN)
    return dict(reading("a", read(page, reader)))


def snippets() -> list[Any]:
    files = sorted((DATA / "snippets").glob("*.toml"))
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in files
        for case in tomllib.loads(file.read_text("utf-8"))["case"]
    ]


def with_none(expected: Any) -> Any:
    """TOML has no null; it is written "none"."""
    if isinstance(expected, list):
        return [with_none(item) for item in expected]
    if isinstance(expected, dict):
        return {key: with_none(value) for key, value in expected.items()}
    return None if expected == "none" else expected


@pytest.mark.parametrize("file", sorted((DATA / "pages").glob("*.html")), ids=lambda file: file.stem)
def test_pages(file: Path) -> None:
    case = json.loads(file.with_suffix(".json").read_text("utf-8"))
    found = said(file.read_bytes(), case["fetched"])
    assert {key: found[key] for key in case["reading"]} == case["reading"]


@pytest.mark.parametrize("file", sorted((DATA / "pages").glob("*.html")), ids=lambda file: file.stem)
@pytest.mark.parametrize("number", [1, 2])
def test_what_stands_around_an_article_changes_at_every_look(file: Path, number: int) -> None:
    """Other teasers, other numbers, another advertisement: none of it changes the reading."""
    case = json.loads(file.with_suffix(".json").read_text("utf-8"))
    around = (DATA / "pages" / "around.txt").read_text("utf-8").replace("NUMBER", str(number * 17))
    above, below = around.replace("DAY", f"0{number}.06.2024").split("----")
    markup = re.sub(r"<body[^>]*>", lambda tag: tag[0] + above, file.read_text("utf-8"), count=1)
    found = said(markup.replace("</body>", below + "</body>").encode(), case["fetched"])
    assert {key: found[key] for key in case["reading"]} == case["reading"]


@pytest.mark.parametrize("case", snippets())
def test_snippets(case: dict[str, Any]) -> None:
    """In a page of their own, with three paragraphs of text where the snippet says {text}."""
    text = (DATA / "snippets" / "text.html").read_text("utf-8")
    markup = FRAME.format(
        language=case.get("language", "de"),
        title=case.get("title", "Der Leuchtturm bekommt ein neues Licht"),
        head=case.get("head", ""),
        body=case["body"].replace("{text}", text),
    )
    found = said(markup.encode(), case.get("url", URL))
    found["texts"] = [block["text"] for block in found["blocks"]]
    found["last"] = found["texts"][-1] if found["texts"] else ""
    found["kinds"] = [block["kind"] for block in found["blocks"]]
    found["count_of_blocks"] = len(found["blocks"])
    for key, expected in case["expect"].items():
        assert found[key] == with_none(expected), key


def test_a_profile_can_be_left_out() -> None:
    body = (DATA / "pages" / "tagesschau_2023.html").read_bytes()
    found = said(body, "https://www.tagesschau.de/inland/strompreise-nord-101.html", reader="generic")
    assert found["read_with"] == "generic/5"
    assert (found["topline"], found["headline"]) == ("Strompreise", "Wer im Norden sparen soll")
    assert found["stand_raw"] == "Stand: 28.04.2023 17:23 Uhr"


def test_json_ld_without_end() -> None:
    """The article stands at the beginning or is not looked for any longer."""
    one = {"@type": "NewsArticle", "headline": "Ein neues Licht", "datePublished": "2024-03-01T10:00:00Z"}
    text = (DATA / "snippets" / "text.html").read_text("utf-8")
    for linked, published in (([one, *[{}] * 6000], "2024-03-01T10:00:00+00:00"), ([*[{}] * 6000, one], None)):
        head = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        body = f"<h1>Ein neues Licht</h1>{text}"
        found = said(FRAME.format(language="de", title="Ein neues Licht", head=head, body=body).encode())
        assert found["published"] == published


def test_an_open_heading_with_many_elements_is_left_as_it_is() -> None:
    """Each is looked at beside the whole: a heading that holds the page would take as long as all of them squared."""
    text = (DATA / "snippets" / "text.html").read_text("utf-8")
    body = f"<h1>Ein neues Licht {'<b class=badge>Neu</b> ' * 50}</h1>{text}"
    found = said(FRAME.format(language="de", title="Ein neues Licht", head="", body=body).encode())
    assert found["headline"].endswith("Neu Neu")


def test_what_was_read_needs_no_collector() -> None:
    """The collector rests while a page is read: a cycle would keep the whole tree of the page."""
    body = (DATA / "pages" / "tagesschau_2023.html").read_bytes()
    said(body)
    gc.collect()
    gc.disable()
    try:
        said(body)
        assert gc.collect() == 0
    finally:
        gc.enable()
