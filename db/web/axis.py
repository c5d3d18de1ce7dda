"""A time axis to draw on: instants in, places out. Long stretches in which nothing happened are cut short, and say so.

An article is edited for some hours and then stands for months: on an even axis all that there is to see would lie in
one spot. Places are units from the left edge; instants are seconds. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH = 764
LEFT, RIGHT = 12.0, WIDTH - 12.0
_BREAK = 58.0
_MOST_BREAKS = 6
# A stretch is cut if it is that many times as long as all shorter ones together, and those are at least half.
_OVERLONG = 3.0


@dataclass(frozen=True, slots=True)
class Break:
    """A stretch that is drawn much shorter than it was: from `x` on, `width` wide; in truth `seconds` long."""

    x: float
    width: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Where instants lie.

    Attributes:
        knots: (instant, place), straight in between.
        stretches: what is drawn evenly: first instant, last instant, place of the first; `scale`: units a second there.
    """

    knots: tuple[tuple[float, float], ...]
    breaks: tuple[Break, ...]
    stretches: tuple[tuple[float, float, float], ...]
    scale: float

    def at(self, text: str) -> float:
        """The place of an instant as the database writes it."""
        return self.place(seconds(text))

    def place(self, at: float) -> float:
        """The place of an instant; what lies outside is put on the edge."""
        after = min(max(bisect_right(self.knots, (at, RIGHT)), 1), len(self.knots) - 1)
        (start, left), (end, right) = self.knots[after - 1], self.knots[after]
        share = (at - start) / (end - start)
        return round(left + (right - left) * min(max(share, 0.0), 1.0), 1)


def axis(instants: Iterable[float]) -> Axis | None:
    """The axis that shows all of them; None where they span no time."""
    points = sorted({*instants})
    if len(points) < 2:
        return None
    cut = _cut([end - start for start, end in pairwise(points)])
    whole = sum(end - start for number, (start, end) in enumerate(pairwise(points)) if number not in cut)
    scale = (RIGHT - LEFT - _BREAK * len(cut)) / whole
    knots, breaks = [(points[0], LEFT)], []
    for number, (start, end) in enumerate(pairwise(points)):
        x = knots[-1][1]
        if number in cut:
            breaks.append(Break(round(x, 1), _BREAK, end - start))
        knots.append((end, x + (_BREAK if number in cut else (end - start) * scale)))
    return Axis(tuple(knots), tuple(breaks), tuple(_stretches(knots, cut)), scale)


def _cut(gaps: Sequence[float]) -> frozenset[int]:
    """Which stretches to cut, by their number."""
    order = sorted(range(len(gaps)), key=lambda number: gaps[number])
    so_far = list(accumulate(gaps[number] for number in order))
    for place in range((len(gaps) + 1) // 2, len(gaps)):
        if gaps[order[place]] > _OVERLONG * so_far[place - 1]:
            return frozenset(order[max(place, len(gaps) - _MOST_BREAKS) :])
    return frozenset()


def _stretches(knots: Sequence[tuple[float, float]], cut: frozenset[int]) -> Iterator[tuple[float, float, float]]:
    start = knots[0]
    for number, (left, right) in enumerate(pairwise(knots)):
        if number in cut:
            yield start[0], left[0], start[1]
            start = right
    yield start[0], knots[-1][0], start[1]


def seconds(text: str) -> float:
    """An instant as the database writes it."""
    return datetime.fromisoformat(text).timestamp()
