"""Two texts come in as words; the stretches in which they differ go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from changes.matching import matches

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
    for match in matches(old, new):
        if old_end < match.old or new_end < match.new:
            yield Stretch(old[old_end : match.old], new[new_end : match.new], old[:old_end])
        old_end, new_end = match.old + match.size, match.new + match.size
