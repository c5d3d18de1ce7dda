"""Shares and medians, each with how sure it is. Pure: numbers in, numbers out.

Intervals hold the true value in 95 of 100 cases, if every row is one draw, independent of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor, lgamma, log, sqrt
from statistics import NormalDist
from typing import Protocol

LEVEL = 0.95
# Shares of fewer rows are shown, but they are too few to be compared with those of another outlet.
ENOUGH = 30
_TAIL = (1 - LEVEL) / 2
_Z = NormalDist().inv_cdf(1 - _TAIL)
# Further from its middle no binomial distribution has anything that counts.
_FAR = 10


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many rows."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of no rows."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval for it; None of no rows."""
        if not self.whole:
            return None
        share, square = self.part / self.whole, _Z * _Z / self.whole
        middle = (share + square / 2) / (1 + square)
        half = _Z * sqrt(share * (1 - share) / self.whole + square / (4 * self.whole)) / (1 + square)
        low = 0.0 if self.part == 0 else middle - half
        return low, 1.0 if self.part == self.whole else middle + half

    @property
    def few(self) -> bool:
        return self.whole < ENOUGH


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the middle of some values lies: quartiles, and an interval for the median. None where there are too few.

    Attributes:
        interval: two of the values, between which the true median lies whatever its distribution.
    """

    number: int
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    interval: tuple[float, float] | None = None

    @property
    def few(self) -> bool:
        return self.number < ENOUGH


class Ordered(Protocol):
    """Values in their order, the least first: how many, and each by its place."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> float: ...


def spread(ordered: Ordered) -> Spread:
    """The middle of the values, in their unit; only those are asked for that it takes."""
    number = len(ordered)
    if not number:
        return Spread(0)
    rank = _rank(number)
    interval = (ordered[rank - 1], ordered[-rank]) if rank else None
    lower, middle, upper = (_quartile(ordered, quarters) for quarters in (1, 2, 3))
    return Spread(number, lower, middle, upper, interval)


def _quartile(ordered: Ordered, quarters: int) -> float:
    """Between two values as far as it lies between their places; R's type 7."""
    place, parts = divmod(quarters * (len(ordered) - 1), 4)
    return (ordered[place] * (4 - parts) + ordered[place + 1] * parts) / 4 if parts else ordered[place]


def _rank(number: int) -> int:
    """The greatest rank that the values below the median reach in all but the tail; 0: not even the first does."""
    at = max(0, floor(number / 2 - _FAR * sqrt(number) / 2))
    below = 0.0
    while True:
        below += exp(lgamma(number + 1) - lgamma(at + 1) - lgamma(number - at + 1) - number * log(2))
        if below > _TAIL:
            return at
        at += 1
