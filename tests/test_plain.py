"""What counts as the same text: its words, and how many these are."""

from __future__ import annotations

import pytest

from changes.plain import all_words, word_count
from scraper.article import Article, Block


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The ferry  runs\tagain", 4),
        ("Die Fähre fährt\u00a0wieder", 4),
        ("Die Fäh\u00adre \u00ad fährt \u200b wieder", 4),  # what nobody sees is no word, and parts none
        ("Fa\u0308hre\u2003und \u201eRa\u0308der\u201c \u2026 \u2013 `x\u00b4", 6),
        ("\ufeff \u2060", 0),
        ("", 0),
    ],
)
def test_words_are_counted_as_they_are_told_apart(text: str, count: int) -> None:
    article = Article(
        "https://blatt.example/a", "", text, "", (), (Block("paragraph", text),), (), (), (), None, (), "de", "x/1"
    )
    assert word_count(article) == len(all_words(article)) == 2 * count
