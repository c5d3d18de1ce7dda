"""What holds of every alignment, whatever two texts say."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.alignment import align
from changes.meaning import meaning
from changes.sentences import split
from tests.articles import article

WORDS = [
    "Der",
    "Rat",
    "tagt",
    "fünf",
    "5",
    "Tote",
    "nicht",
    "Müller",
    "„Nein“",
    "z. B.",
    "am",
    "20.",
    "November",
    "Dr.",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: " ".join(words) + ".")
TEXTS = st.lists(st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), max_size=6).map("|".join)


@given(TEXTS, TEXTS)
def test_every_sentence_is_told_once(old: str, new: str) -> None:
    alignment = align(article(text=old), article(text=new))
    assert sorted(at for item in alignment.items for at in item.before) == list(range(len(alignment.before)))
    assert sorted(at for item in alignment.items for at in item.after) == list(range(len(alignment.after)))


@given(TEXTS, TEXTS)
def test_what_stayed_is_equal_and_in_order(old: str, new: str) -> None:
    alignment = align(article(text=old), article(text=new))
    kept = [item for item in alignment.items if item.move == "kept"]
    assert all(alignment.text("before", item) == alignment.text("after", item) for item in kept)
    assert [item.before for item in kept] == sorted(item.before for item in kept)
    edited = [item for item in alignment.items if item.edited]
    assert all(alignment.text("before", item) != alignment.text("after", item) for item in edited)


@given(TEXTS)
def test_a_text_against_itself_stays(text: str) -> None:
    reading = article(text=text)
    alignment = align(reading, reading)
    assert {item.move for item in alignment.items} <= {"kept"}
    assert meaning(reading, reading, alignment).tags == ()


@given(TEXTS, TEXTS)
def test_every_tag_shows_words_and_every_weight_a_reason(old: str, new: str) -> None:
    before, after = article(text=old), article(text=new)
    meant = meaning(before, after, align(before, after))
    assert all(tag.before or tag.after for tag in meant.tags)
    assert meant.because


def test_every_process_aligns_alike() -> None:
    """Of many sentences that are as much alike the same must be weighed whatever order sets have."""
    script = """
from changes.alignment import align
from tests.articles import article
rows = [f"{a} ist {b} mit {c} für {d}." for a in ("Rot", "Blau") for b in "1 2 3".split()
        for c in ("Hut", "Hund", "Huhn") for d in ("alle", "viele")]
changed = [row.replace("mit", "samt").replace("alle", "jede") for row in reversed(rows)]
found = align(article(text="|".join(rows)), article(text="|".join(changed)))
print([(item.before, item.after) for item in found.items])
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


@pytest.mark.parametrize("text", ["„\na “\u00a0A\u00a0.)", "Er kam. „\u00a0A\u00a0. Sie ging."])
def test_what_the_library_panics_at_stays_whole(text: str) -> None:
    assert split(text, "de")


@given(
    st.text(alphabet="Aa .!?„“\"'()z5\n\u00a0\ufffd", max_size=300), st.sampled_from(["de", "en", "nl", "", "tlh-x"])
)
def test_splitting_loses_no_letter(text: str, language: str) -> None:
    assert "".join("".join(split(text, language)).split()) == "".join(text.split())


def test_a_page_full_of_opening_marks_is_split_in_pieces() -> None:
    assert "".join(split("„" * 50_000, "de")) == "„" * 50_000


def test_without_a_stated_language_the_commonest_words_tell_it() -> None:
    english = article(language=None, text="The mayor of the town is not in the hall and that is known to us.")
    assert align(english, english).before[1].text == "The mayor of the town is not in the hall and that is known to us."
    changed = article(language=None, text="The mayor of the town is in the hall and that is known to us.")
    assert [tag.kind for tag in meaning(english, changed, align(english, changed)).tags] == ["negation"]
