"""Every verdict has neutral words."""

from __future__ import annotations

from typing import get_args

import pytest

from changes.change import Verdict
from changes.wording import WORDS, verdict_words

VERDICTS = get_args(Verdict)


def test_every_verdict_has_words_of_its_own() -> None:
    assert set(WORDS) == set(VERDICTS)
    assert len(set(WORDS.values())) == len(VERDICTS)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_words_do_not_accuse(verdict: str) -> None:
    words = verdict_words(verdict).lower()
    blame = ("secret", "silent", "quiet", "hidden", "stealth", "sneak", "admit", "lie ", "fake", "wrong")
    assert not [word for word in blame if word in words]
    assert len(words) <= 60


def test_unmarked_says_what_was_seen() -> None:
    assert verdict_words("unmarked") == "text changed, Stand unchanged"


def test_an_entry_without_a_stamp_does_not_mean_that_there_is_no_stand() -> None:
    assert "Stand" not in verdict_words("unstamped")


def test_a_verdict_of_a_later_version_is_shown_as_written() -> None:
    assert verdict_words("seen_later") == "seen later"
