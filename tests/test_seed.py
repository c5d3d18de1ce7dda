"""The article that started this project, set in tagesschau's markup of its time and served: read to the letter."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pytest

from tests.scripted import Server, http
from tests.verbs import run_verb

TEMPLATES = Path(__file__).parent / "data/seed"
URL = "https://www.tagesschau.de/ausland/europa/beispiel-101.html"


@dataclass(frozen=True)
class Seed:
    """The article as text, taken apart, and how it must be read."""

    expected: dict[str, Any]
    blocks: list[tuple[str, str]]
    comment: list[str]


@pytest.fixture(scope="module")
def seed(shared: Path) -> Seed:
    expected = json.loads((shared / "seed/expected.json").read_text("utf-8"))
    paragraphs = [
        part.strip() for part in (shared / "seed/article.txt").read_text("utf-8").split("\n\n")
    ]  # with no-break spaces
    start, end = paragraphs.index(expected["standfirst"]) + 1, paragraphs.index(expected["broadcast_note"])
    kinds = dict.fromkeys(expected["subheads"], "subhead")
    blocks = [(kinds.get(text, "paragraph"), text) for text in paragraphs[start:end]]
    posted = next(at for at, text in enumerate(paragraphs) if expected["comments"][0]["posted_raw"] in text)
    return Seed(expected, blocks, paragraphs[posted + 1 :])


def page(seed: Seed, comments: str) -> str:
    """The page, with one of the ways to set comments."""
    expected, (comment,) = seed.expected, seed.expected["comments"]
    tags = {"subhead": '<h2 class="meldung__subhead">{}</h2>', "paragraph": '<p class="textabsatz">{}</p>'}
    body = [tags[kind].format(escape(text)) for kind, text in seed.blocks]
    text = "\n".join(f"<p>{escape(part)}</p>" for part in seed.comment)
    section = _filled(comments, author=comment["author"], posted=comment["posted_raw"], text=text)
    return _filled(
        "page-2022.html",
        topline=expected["topline"], headline=expected["headline"], standfirst=escape(expected["standfirst"]),
        caption=expected["image_caption"], credit=expected["image_credit"], note=expected["broadcast_note"],
        stand=expected["stand_raw"].removeprefix("Stand: "), body="\n".join(body[:-1]), last=body[-1], comments=section,
    )  # fmt: skip


def _filled(name: str, **values: str) -> str:
    return Template((TEMPLATES / name).read_text("utf-8")).substitute(values)


async def _look(*arguments: str) -> dict[str, Any]:
    done = await asyncio.to_thread(run_verb, "look", "--json", *arguments)
    assert done.code == 0
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _check(seed: Seed, read: dict[str, Any]) -> None:
    expected, (comment,) = seed.expected, seed.expected["comments"]
    for key in ("topline", "headline", "stand", "stand_raw", "standfirst", "comment_count"):
        assert read[key] == expected[key], key
    assert [(block["kind"], block["text"]) for block in read["blocks"]] == [
        (kind, _folded(text)) for kind, text in seed.blocks
    ]
    assert sum(block["kind"] == "paragraph" for block in read["blocks"]) == expected["paragraphs"]
    assert read["blocks"][-1]["text"].startswith(expected["last_paragraph_starts"])
    (image,) = read["images"]
    assert (image["caption"], image["credit"]) == (expected["image_caption"], expected["image_credit"])
    assert read["notes"] == [expected["broadcast_note"]]
    (found,) = read["comments"]
    assert (found["author"], found["posted_at"]) == (comment["author"], comment["posted_at"])
    assert _folded(found["text"]) == _folded(" ".join(seed.comment))


def _folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("comments", sorted(path.name for path in TEMPLATES.glob("comments-*.html")))
async def test_saved_page_by_the_profile(seed: Seed, tmp_path: Path, comments: str) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(page(seed, comments), "utf-8")
    read = await _look(str(saved), "--url", URL)
    assert read["read_with"].startswith("tagesschau/2022")
    _check(seed, read)


@pytest.mark.parametrize("comments", sorted(path.name for path in TEMPLATES.glob("comments-*.html")))
async def test_served_page_by_the_generic_reader(seed: Seed, comments: str) -> None:
    body = page(seed, comments).encode()
    async with Server({"/beispiel-101.html": http(body, "Content-Type: text/html; charset=utf-8")}) as server:
        address = f"http://127.0.0.1:{server.port}/beispiel-101.html"
        read = await _look(address, "--allow-private", "127.0.0.0/8")
    assert read["read_with"].startswith("generic/")
    _check(seed, read)
