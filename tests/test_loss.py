"""What a reading lost: cases of tests/data/losses.toml, and what a first reading lacks."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from changes.change import Edit, Window
from changes.compare import compare
from changes.loss import lacking, lost, measure, usual
from tests.articles import article

if TYPE_CHECKING:
    from typing import Any

    from scraper.article import Article

CASES = tomllib.loads((Path(__file__).parent / "data/losses.toml").read_text("utf-8"))["case"]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def reading(wanted: dict[str, Any]) -> Article:
    """`words` and `others` are so many words, which are the same in every reading or not."""
    words = [f"wort{number}" for number in range(wanted.pop("words", 0))]
    words += [f"anderes{number}" for number in range(wanted.pop("others", 0))]
    return article(**({"text": " ".join(words)} if words else {}), **wanted)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_lost(case: dict[str, Any]) -> None:
    before, after = reading(dict(case["before"])), reading(dict(case["after"]))
    assert list(lost(Edit(before, after, compare(before, after), Window(None, NOW)))) == case["lost"]


def test_what_a_first_reading_lacks_against_the_others_of_its_site() -> None:
    others = [article(clocks={"stand": "08:00"}, comment_count=number, text="Wort " * 100) for number in range(5)]
    usually = usual([measure(item) for item in others])
    assert (usually.stand, usually.comments, usually.length) == (1, 1, 500)
    assert lacking(article(text="Kurz."), usually) == ("stand", "body", "comments")
    assert lacking(others[0], usually) == ()
    mixed = usual([measure(item) for item in (*others, article(), article())])
    assert lacking(article(text="Wort " * 30), mixed) == ()
