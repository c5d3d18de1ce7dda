"""What two sequences have in common, also where they are so long that not all of it can be found."""

from __future__ import annotations

import resource
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.change import BlockChange, Change
from changes.matching import MOST_PAIRS, Match, matches
from changes.render import excerpt

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30)


def common(old: list[str], new: list[str], most_pairs: int) -> list[str]:
    """What the matches say is common; what must hold of them, whatever they are."""
    found = matches(old, new, most_pairs)
    assert found[-1] == Match(len(old), len(new), 0)
    for match, following in pairwise(found):
        assert match.size > 0
        assert match.old + match.size <= following.old
        assert match.new + match.size <= following.new
        assert (match.old + match.size, match.new + match.size) != following[:2] or following.size == 0
        assert old[match.old : match.old + match.size] == new[match.new : match.new + match.size]
    return [word for match in found for word in old[match.old : match.old + match.size]]


@given(WORDS, WORDS, st.integers(0, 60))
def test_with_little_room_what_is_found_is_common_and_no_more_than_there_is(
    old: list[str], new: list[str], most_pairs: int
) -> None:
    all_of_it = common(old, new, MOST_PAIRS)
    some = common(old, new, most_pairs)
    assert len(some) <= len(all_of_it)


@pytest.mark.parametrize(
    ("old", "new", "shared"),
    [
        ("a b c d e f", "a b x d e f", "a b d e f"),  # beginning and end
        ("a b c d e f", "x b c y e z", "b c e"),  # each stands once
        ("x a a a k b b y", "z a a k b w", "a a k b"),  # and what lies between
        ("k l m n o", "m k l p q", "k l"),  # the longer of two that cross
        ("a", "b", ""),
        ("", "a", ""),
        ("a a a a", "a a a", "a a a"),
    ],
)
def test_what_is_found_with_little_room(old: str, new: str, shared: str) -> None:
    assert common(old.split(), new.split(), 12) == shared.split()


def test_a_text_without_a_word_that_stands_once_is_told_in_little_memory() -> None:
    """200,000 words of two kinds, mixed anew: 5 GB before. Beyond 1 GB more there is none here."""
    script = (
        "import random; from tests.test_matching import excerpt_of\n"
        "one, other = (' '.join(random.Random(seed).choices('ab', k=200_000)) for seed in (1, 2))\n"
        "assert excerpt_of(one, other).startswith('[-')\n"
        "assert excerpt_of('k ' + one, 'k ' + one[:200_000] + 'c ' + one[200_000:]).count('{+c+}') == 1\n"
    )

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))

    subprocess.run([sys.executable, "-c", script], check=True, preexec_fn=bounded)


def excerpt_of(before: str, after: str) -> str:
    """What an edit of one paragraph is told with."""
    edit = BlockChange("edited", "p", 0, 0, before, after)
    return excerpt(Change((), (edit,), (), minor=False, words_added=0, words_removed=0))
