"""What is learned about sources: the counters behind `policy.Rates`. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from schedules.policy import AGES, GAPS, SPREADS, Lesson, Rates

# What is believed before anything was seen: half an edit of each age, at a rate that falls with it.
_MIDDLES = (0.1, *(math.sqrt(a * b) for a, b in pairwise(AGES)), 140.0)
_FIRST = tuple(0.15 / (1 + age / 1.5) ** 1.5 + 2e-4 for age in _MIDDLES)
_HALF = 0.5
# How many edits' worth of belief stand against what was seen: of a source's level, of one age there, of gap and hour.
_OF_LEVEL, _OF_AGE, _OF_GAP, _OF_HOUR = 4.0, 8.0, 5.0, 20.0

# Of hints: two of three are true.
_KEPT, _BROKEN = 2.0, 1.0
# One that is mostly a lie says nothing that age would not say, however cheap a look is.
_MOSTLY = 0.5

# How much the last look counts in what looks at a source cost.
_LATELY = 0.02


@dataclass(slots=True)
class Counter:
    """Edits, and the chances there were for them, by bucket."""

    edits: list[float]
    chances: list[float]

    def add(self, told: list[tuple[int, float, float]]) -> None:
        for bucket, edits, chances in told:
            self.edits[bucket] += edits
            self.chances[bucket] += chances


@dataclass(slots=True)
class OfSource:
    """What is counted of one source.

    Attributes:
        kept, broken: hints after which an edit was found, and not, and what is believed before.
        hinted, found: edits of which a hint told that was heeded, of all that were found while the article was listed.
        cost: of a look on the mean, where one that brings a page costs 1; of the last fifty or so.
    """

    ages: Counter = field(default_factory=lambda: Counter([0.0] * (len(AGES) + 1), [0.0] * (len(AGES) + 1)))
    kept: float = _KEPT
    broken: float = _BROKEN
    hinted: float = 0.5
    found: float = 2.0
    cost: float = 1.0

    def pay(self, cost: float) -> None:
        """A look at one of its articles cost that."""
        self.cost += _LATELY * (cost - self.cost)

    @property
    def honesty(self) -> float:
        """The belief that a hint means an edit."""
        return self.kept / (self.kept + self.broken)

    @property
    def hints(self) -> tuple[int, int]:
        """How many were seen to mean an edit, and how many were looked into."""
        kept = round(self.kept - _KEPT)
        return kept, kept + round(self.broken - _BROKEN)

    def is_heeded(self, price: float) -> bool:
        """Whether a hint is worth a look at that price (edits a look)."""
        return self.honesty >= max(_MOSTLY, price)

    @property
    def unhinted(self) -> float:
        """The share of edits that no hint leads to."""
        return 1 - min(0.95, self.hinted / self.found)


class Tariff:
    """All that is learned, of all sources."""

    def __init__(self) -> None:
        self.sources: dict[int, OfSource] = {}
        self.gaps = Counter([_OF_GAP] * (len(GAPS) + 1), [_OF_GAP] * (len(GAPS) + 1))
        self.hours = Counter([_OF_HOUR] * 24, [_OF_HOUR] * 24)
        self.likelihoods = [0.0] * len(SPREADS)
        self._rates: dict[int, Rates] = {}
        self.refresh()

    def of(self, source: int) -> OfSource:
        found = self.sources.get(source)
        if found is None:
            found = self.sources[source] = OfSource()
        return found

    def learn(self, source: int, lesson: Lesson) -> None:
        self.of(source).ages.add(lesson.ages)
        self.gaps.add(lesson.gaps)
        self.hours.add(lesson.hours)
        self.likelihoods = [a + b for a, b in zip(self.likelihoods, lesson.likelihoods, strict=True)]

    def rates(self, source: int) -> Rates:
        """As of the last `refresh`."""
        if source not in self._rates:
            self._rates[source] = self._of(source)
        return self._rates[source]

    def refresh(self) -> None:
        """Let what was learned count."""
        self._rates.clear()
        of_all = [counted.ages for counted in self.sources.values()]
        self._pool = [
            (_HALF + sum(one.edits[age] for one in of_all)) / (_HALF / first + sum(one.chances[age] for one in of_all))
            for age, first in enumerate(_FIRST)
        ]
        gaps = [edits / chances for edits, chances in zip(self.gaps.edits, self.gaps.chances, strict=True)]
        hours = [edits / chances for edits, chances in zip(self.hours.edits, self.hours.chances, strict=True)]
        mean = sum(hours) / 24
        self._gaps = (*gaps[:-1], 1.0)
        self._day = (0.0, *accumulate(hour / mean for hour in hours))
        self._spread = max(
            zip(SPREADS, self.likelihoods, strict=True),
            key=lambda each: each[1] - 2 * math.log(each[0] / 0.5) ** 2,
        )[0]

    def _of(self, source: int) -> Rates:
        counted = self.of(source).ages
        expected = sum(chance * rate for chance, rate in zip(counted.chances, self._pool, strict=True))
        level = (sum(counted.edits) + _OF_LEVEL) / (expected + _OF_LEVEL)
        ages = tuple(
            (edits + _OF_AGE) / (chance + _OF_AGE / (level * rate))
            for edits, chance, rate in zip(counted.edits, counted.chances, self._pool, strict=True)
        )
        return Rates(ages, self._gaps, self._day, self._spread)
