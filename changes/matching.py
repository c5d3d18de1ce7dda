"""Two sequences come in, words or blocks; the runs that they share go out, in order, however long the sequences are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

# rapidfuzz keeps a bit for every pair of one from each side: 8 MB. A paragraph of 200,000 words took 5 GB.
MOST_PAIRS = 64_000_000


class Match(NamedTuple):
    """A run that both have: where it begins in the one and the other, and how long it is."""

    old: int
    new: int
    size: int


def matches(old: Sequence[Hashable], new: Sequence[Hashable], most_pairs: int = MOST_PAIRS) -> list[Match]:
    """The most that is common, in order; the last one stands at the end of both, and is empty.

    Where that would take too much room, it is what both begin and end with, and what lies around that which stands once
    in each: what is common beside counts as if it came and went.
    """
    if len(old) * len(new) <= most_pairs:
        return _exactly(old, new)
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - head)
    ends = len(old) - tail, len(new) - tail
    between = _around_anchors(old[head : ends[0]], new[head : ends[1]], most_pairs)
    found = [Match(0, 0, head), *_shifted(between, head, head), Match(*ends, tail)]
    return [*_joined(found), Match(len(old), len(new), 0)]


def _exactly(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    return [Match(block.a, block.b, block.size) for block in Indel.opcodes(old, new).as_matching_blocks()]


def _shifted(found: Iterable[Match], old: int, new: int) -> Iterator[Match]:
    return (Match(match.old + old, match.new + new, match.size) for match in found)


def _alike(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """With how many of the same both begin."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (was, now) in pairs if was != now), min(len(old), len(new)))


def _around_anchors(old: Sequence[Hashable], new: Sequence[Hashable], most_pairs: int) -> list[Match]:
    """The longest chain of what stands once in each, and what is common between two links of it."""
    if len(old) * len(new) <= most_pairs:
        return _exactly(old, new)
    found: list[Match] = []
    for (was, now), (next_was, next_now) in pairwise([(-1, -1), *_anchors(old, new), (len(old), len(new))]):
        if was >= 0:
            found.append(Match(was, now, 1))
        between, others = old[was + 1 : next_was], new[now + 1 : next_now]
        if len(between) * len(others) <= most_pairs:
            found += _shifted(_exactly(between, others), was + 1, now + 1)
    return found


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Where the longest chain of what stands once in each goes up on both sides ("patience")."""
    places = {item: at for at, item in enumerate(new)}
    often_old, often_new = Counter(old), Counter(new)
    pairs = [(at, places[item]) for at, item in enumerate(old) if often_old[item] == often_new[item] == 1]
    ends: list[int] = []  # the new positions at which chains of each length end, and by which pair
    last: list[int] = []
    parents: list[int] = []
    for index, (_, now) in enumerate(pairs):
        length = bisect_left(ends, now)
        ends[length : length + 1], last[length : length + 1] = [now], [index]
        parents.append(last[length - 1] if length else -1)
    chain, index = [], last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = parents[index]
    return chain[::-1]


def _joined(found: list[Match]) -> list[Match]:
    """Without those that are empty, and with those as one that follow each other at once on both sides."""
    joined: list[Match] = []
    for match in found:
        last = joined[-1] if joined else Match(0, 0, 0)
        if match.size and joined and (last.old + last.size, last.new + last.size) == match[:2]:
            joined[-1] = Match(last.old, last.new, last.size + match.size)
        elif match.size:
            joined.append(match)
    return joined
