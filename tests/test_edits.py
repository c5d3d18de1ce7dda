"""Edits as newsrooms make them: where each sentence went, and what the edit means.

A case of tests/data/edits is `before` and what differs `after` (tests/articles.py reads both), and what must be said:
`sentences`, all that did not stay: "2~3" edited, "2>5" moved, "2>~5" moved and edited, "2/2,3" split, "2,3&2" merged,
"-2" removed, "+3" added, counted through lead and text, "H" the headline; `tags` with the words that caused them, or
the kind alone; `severity`.
"""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from changes.alignment import Alignment, align
from changes.meaning import meaning
from changes.notices import explained, notice_kind
from changes.sentences import split
from tests.articles import article

DATA = Path(__file__).parent / "data"
FILES = ("facts_de", "facts_en", "places", "notices", "trifles", "judged")
CASES = [case for name in FILES for case in tomllib.loads((DATA / f"edits/{name}.toml").read_text("utf-8"))["cases"]]
SAID = tomllib.loads((DATA / "edits/notices.toml").read_text("utf-8"))["said"]
LINKS = tomllib.loads((DATA / "edits/notices.toml").read_text("utf-8"))["links"]
TEXTS = [
    (language, text["sentences"])
    for language, texts in tomllib.loads((DATA / "sentences.toml").read_text("utf-8")).items()
    for text in texts
]
SIGNS = {"edited": "~", "moved": ">", "split": "/", "merged": "&", "removed": "-", "added": "+"}


def written(alignment: Alignment) -> list[str]:
    """All that did not stay, as the data files write it."""
    found = []
    for item in alignment.items:
        old, new = (
            [alignment.name(side, at) for at in ats] for side, ats in (("before", item.before), ("after", item.after))
        )
        if item.move != "kept":
            sign = SIGNS[item.move] + ("~" if item.move == "moved" and item.edited else "")
            found.append(sign + ",".join(old or new) if not (old and new) else ",".join(old) + sign + ",".join(new))
    return sorted(found)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_what_a_notice_says(kind: str, text: str) -> None:
    assert notice_kind(text, text) == (None if kind == "none" else f"{kind} notice")


@pytest.mark.parametrize(("language", "sentences"), TEXTS, ids=[" ".join(text)[:40] for _, text in TEXTS])
def test_a_text_is_split_into_its_sentences(language: str, sentences: list[str]) -> None:
    assert list(split(" ".join(sentences), language)) == sentences


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_edit_is_told_as_what_it_is(case: dict) -> None:
    before, after = article(**case["before"]), article(**{**case["before"], **case["after"]})
    alignment = align(before, after)
    assert written(alignment) == sorted(case["sentences"])

    meant = meaning(before, after, alignment)
    told = {tag.kind: [] for tag in meant.tags}
    for tag in meant.tags:
        told[tag.kind].append(f"{tag.kind}: {tag.before} → {tag.after}".replace(":  →", ": →").rstrip())
    expected = {label.partition(":")[0] for label in case["tags"]}
    assert set(told) == expected
    for label in case["tags"]:
        if ":" in label:
            assert label in told[label.partition(":")[0]]
    assert meant.severity == case["severity"], meant.because


@pytest.mark.parametrize("link", LINKS, ids=[link["name"] for link in LINKS])
def test_a_notice_is_linked_to_the_edit_that_it_explains(link: dict) -> None:
    readings = [article(text=text) for text in link["versions"]]
    edits = [align(old, new) for old, new in pairwise(readings)]
    assert explained(link["notice"], edits) == (link["explains"] - 1 if link["explains"] else None)
