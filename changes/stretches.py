"""Two texts come in as words; the stretches in which they differ go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Stretch(NamedTuple):
    """Words that went and words that came in their place; and all old words that stand before them."""

    old: Sequence[str]
    new: Sequence[str]
    before: Sequence[str]


def stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Where the words differ, in order."""
    old_end = new_end = 0
    for match in Indel.opcodes(old, new).as_matching_blocks():  # the last one is empty and stands at the end
        if old_end < match.a or new_end < match.b:
            yield Stretch(old[old_end : match.a], new[new_end : match.b], old[:old_end])
        old_end, new_end = match.a + match.size, match.b + match.size
