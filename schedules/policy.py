"""When to look again: at the first moment at which a look is worth its price. Pure; all times are hours since 1970.

An article is edited at random, and how lively it is nobody knows beforehand: its edits are a Poisson process whose
rate is `liveliness · ages[its age] · gaps[time since its last edit] · day[hour of the day]`, and the liveliness is
drawn from a Gamma distribution of mean 1, about which every look at the article teaches more. Of articles with known
rates the most versions are caught if each look is taken when the same number of unseen edits may be expected: so there
is one price for all articles and ages, and the budget decides what it is (schedules/purse.py). An article gets as many
looks as pay, and each of them an equal part of its edits; who wants edits early gets a look as soon as that pays.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.work_planning import Pulse

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where the hazard changes: hours since publication, and since the last edit that is known.
AGES = (0.25, 0.5, 1, 2, 3, 4, 6, 9, 13, 18, 24, 36, 48, 72, 120)
GAPS = (0.1, 0.2, 0.35, 0.6, 1, 2, 4)
# The shapes of the Gamma distribution among which the likeliest is chosen: the smaller, the more unlike the articles.
SPREADS = (0.15, 0.25, 0.4, 0.6, 0.9, 1.4, 2.2, 3.5)
# No article is looked at again sooner, whatever is expected of it.
SOONEST = 3 / 60
# A look is planned to the minute.
_EXACT = 1 / 60
# What a look is worth may fall again while the end comes nearer, so it is worked out this often: hours, and the share
# of the time since the last look.
_SHORTEST, _GROWTH = 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Rates:
    """How articles of one source are edited.

    Attributes:
        ages: edits an hour of an article of middling liveliness, by age: one more than `AGES`.
        gaps: by how much that is more or less, by the time since the last edit: one more than `GAPS`.
        day: the share of a day's edits until each full hour (UTC), times 24: 25 of them, from 0 to 24.
        spread: the shape of the Gamma distribution of liveliness.
    """

    ages: tuple[float, ...]
    gaps: tuple[float, ...]
    day: tuple[float, ...]
    spread: float


@dataclass(frozen=True, slots=True)
class Aim:
    """What a look must be worth, and what counts.

    Attributes:
        price: of one look, in versions that it catches.
        patience: how many hours of an unseen edit weigh as much as one version lost; infinite: only versions count.
        end: of the time in which the article is followed closely.
    """

    price: float
    patience: float
    end: float


@dataclass(slots=True)
class Lesson:
    """What one look teaches about its source: edits, and the chances there were to make them, in each bucket."""

    ages: list[tuple[int, float, float]] = field(default_factory=list)
    gaps: list[tuple[int, float, float]] = field(default_factory=list)
    hours: list[tuple[int, float, float]] = field(default_factory=list)
    likelihoods: tuple[float, ...] = ()


def worth(pulse: Pulse, rates: Rates, unseen: float, hazard: float, patience: float, left: float) -> float:
    """What a look catches, in versions.

    Args:
        unseen: the edits to be expected since the last look, were the article of middling liveliness.
        hazard: the same an hour, now.
        left: hours until `Aim.end`.
    """
    alpha, beta = rates.spread + pulse.edits, rates.spread + pulse.exposure
    none: float = (beta / (beta + unseen)) ** alpha
    expected = alpha / beta * unseen
    value: float = 1 - none * (1 + alpha * unseen / (beta + unseen))
    late = value + expected * unseen / (2 * max(hazard, 1e-12) * patience)
    # Never more than all that it can bring.
    return min(late, 1 - none + expected * left / patience)


def next_look(pulse: Pulse, rates: Rates, born: float, last: float, aim: Aim) -> float | None:
    """The first moment after `last` at which a look is worth its price, or the end of the close watch if a last look
    pays then; None: not again before the end.
    """
    if aim.patience == math.inf:
        return _one_of_equal(pulse, rates, born, last, aim)
    alpha, beta, seen = rates.spread + pulse.edits, rates.spread + pulse.exposure, 0.0
    for begin, end, age, gap, passed in _pieces(rates, born, pulse.last_edit, last, aim.end, _GROWTH):
        hazard = rates.ages[age] * rates.gaps[gap]
        grown = seen + hazard * passed
        if worth(pulse, rates, grown, hazard, aim.patience, aim.end - end) >= aim.price:
            return max(last + SOONEST, _when_it_pays(pulse, rates, (begin, end), (seen, hazard), aim))
        seen = grown
    return aim.end if 1 - (beta / (beta + seen)) ** alpha >= aim.price else None


def _one_of_equal(pulse: Pulse, rates: Rates, born: float, last: float, aim: Aim) -> float | None:
    """The next of as many looks as pay until the end. Where only versions count they are best taken so that each may
    expect the same; what the next one finds says anew how many there are to be.
    """
    whole = unseen(rates, born, pulse.last_edit, last, aim.end)
    looks = looks_that_pay(rates.spread + pulse.edits, rates.spread + pulse.exposure, whole, aim.price)
    if looks < 2:
        return aim.end if looks else None
    left = whole / looks
    for begin, _, age, gap, passed in _pieces(rates, born, pulse.last_edit, last, aim.end):
        hazard = rates.ages[age] * rates.gaps[gap]
        if hazard * passed >= left:
            return max(last + SOONEST, _on_the_clock(rates.day, _of_day(rates.day, begin) + left / hazard))
        left -= hazard * passed
    return aim.end


def looks_that_pay(alpha: float, beta: float, unseen: float, price: float) -> int:
    """How many looks bring the most, less their price, where an article's liveliness is Gamma(alpha, beta) and so many
    edits may be expected of one of middling liveliness.
    """

    def gain(looks: int) -> float:
        none: float = (beta / (beta + unseen / looks)) ** alpha
        return looks * (1 - none - price)

    if gain(1) <= 0:
        return 0
    many = 1
    while gain(2 * many) > gain(many):
        many *= 2
    low, high = max(1, many // 2), 2 * many
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if gain(middle + 1) > gain(middle) else (low, middle)
    return low


def _when_it_pays(
    pulse: Pulse, rates: Rates, piece: tuple[float, float], edits: tuple[float, float], aim: Aim
) -> float:
    """From when on a look is worth its price, in a piece at whose end it is.

    Args:
        edits: unseen ones at the beginning of the piece, and an hour.
    """
    (low, high), (seen, hazard) = piece, edits
    begun = _of_day(rates.day, low)
    while high - low > _EXACT:
        middle = (low + high) / 2
        grown = seen + hazard * (_of_day(rates.day, middle) - begun)
        pays = worth(pulse, rates, grown, hazard, aim.patience, aim.end - middle) >= aim.price
        low, high = (low, middle) if pays else (middle, high)
    return high


def hazard(rates: Rates, age: float, gap: float) -> float:
    """Edits an hour of an article of middling liveliness, at that age and so long after its last edit."""
    return rates.ages[bisect_right(AGES, age)] * rates.gaps[bisect_right(GAPS, gap)]


def unseen(rates: Rates, born: float, last_edit: float, last: float, now: float) -> float:
    """Edits to be expected since the last look, of an article of middling liveliness."""
    pieces = _pieces(rates, born, last_edit, last, now)
    return sum(rates.ages[age] * rates.gaps[gap] * passed for _, _, age, gap, passed in pieces)


def unchanged(pulse: Pulse, rates: Rates, born: float, last: float, now: float) -> tuple[Pulse, Lesson]:
    """What a look teaches that found nothing new since `last`."""
    lesson, exposure = _exposed(pulse, rates, born, pulse.last_edit, last, now)
    a, b = pulse.edits, pulse.exposure
    lesson.likelihoods = tuple((spread + a) * math.log((spread + b) / (spread + b + exposure)) for spread in SPREADS)
    return Pulse(a, b + exposure, pulse.last_edit), lesson


def edited(pulse: Pulse, rates: Rates, born: float, at: float, now: float) -> tuple[Pulse, Lesson]:
    """What a look teaches that found an edit of which the Stand says when it was made: what came before it in the same
    gap does not count, and nothing came after it.
    """
    at = min(at, now)
    age, gap = bisect_right(AGES, at - born), bisect_right(GAPS, at - pulse.last_edit)
    lesson, exposure = _exposed(pulse, rates, born, at, at, now)
    lesson.ages.append((age, 1.0, 0.0))
    lesson.gaps.append((gap, 1.0, 0.0))
    lesson.hours.append((int(at) % 24, 1.0, 0.0))
    a, b = pulse.edits, pulse.exposure
    lesson.likelihoods = tuple(
        math.log((spread + a) / (spread + b + exposure))
        + (spread + a) * math.log((spread + b) / (spread + b + exposure))
        for spread in SPREADS
    )
    return Pulse(a + 1, b + exposure, at), lesson


def edited_sometime(pulse: Pulse, rates: Rates, born: float, last: float, now: float) -> tuple[Pulse, Lesson]:
    """What a look teaches that found an edit made at some moment since `last`: as many count as are to be expected
    where there was at least one.
    """
    lesson, exposure = _exposed(pulse, rates, born, pulse.last_edit, last, now)
    a, b = pulse.edits, pulse.exposure
    alpha, beta = rates.spread + a, rates.spread + b
    any_ = 1 - (beta / (beta + exposure)) ** alpha
    edits = alpha / beta * exposure / max(any_, 1e-9)
    hazards = [rates.ages[age] * chance for age, _, chance in lesson.ages]
    whole = sum(hazards) or 1.0
    lesson.ages += [(age, edits * part / whole, 0.0) for (age, _, _), part in zip(lesson.ages, hazards, strict=True)]
    middle = last + (now - last) / 2
    lesson.gaps.append((bisect_right(GAPS, middle - pulse.last_edit), edits, 0.0))
    lesson.hours.append((int(middle) % 24, edits, 0.0))
    lesson.likelihoods = tuple(
        math.log(max(1e-12, 1 - ((spread + b) / (spread + b + exposure)) ** (spread + a))) for spread in SPREADS
    )
    return Pulse(a + edits, b + exposure, middle), lesson


def _exposed(
    pulse: Pulse, rates: Rates, born: float, last_edit: float, begin: float, end: float
) -> tuple[Lesson, float]:
    """The chances to be edited that an article had, told by bucket with its liveliness as last known; and in all."""
    lively = (rates.spread + pulse.edits) / (rates.spread + pulse.exposure)
    ages, gaps, hours, whole = [0.0] * len(rates.ages), [0.0] * len(rates.gaps), [0.0] * 24, 0.0
    for start, stop, age, gap, passed in _pieces(rates, born, last_edit, begin, end):
        hazard = rates.ages[age] * rates.gaps[gap]
        whole += hazard * passed
        ages[age] += lively * rates.gaps[gap] * passed
        gaps[gap] += lively * rates.ages[age] * passed
        _by_hour(hours, start, stop, lively * hazard)
    return Lesson(_some(ages), _some(gaps), _some(hours)), whole


def _some(chances: list[float]) -> list[tuple[int, float, float]]:
    return [(bucket, 0.0, chance) for bucket, chance in enumerate(chances) if chance]


def _by_hour(hours: list[float], start: float, stop: float, chance: float) -> None:
    """Add the chances of a stretch of time to the hours of the day into which it falls."""
    days, rest = divmod(stop - start, 24.0)
    if days:
        hours[:] = [sum_ + days * chance for sum_ in hours]
    end = start + rest
    while start < end:
        following = min(end, math.floor(start) + 1.0)
        hours[int(start) % 24] += chance * (following - start)
        start = following


def _pieces(
    rates: Rates, born: float, last_edit: float, begin: float, end: float, growth: float = 0.0
) -> Iterator[tuple[float, float, int, int, float]]:
    """A stretch of time in pieces of the same hazard: begin, end, buckets of age and gap, length on the day's clock.
    After the first hour none is longer than `growth` times what went before it.
    """
    age, gap = bisect_right(AGES, begin - born), bisect_right(GAPS, begin - last_edit)
    day, start, done = rates.day, begin, _of_day(rates.day, begin)
    while start < end:
        older = born + AGES[age] if age < len(AGES) else math.inf
        calmer = last_edit + GAPS[gap] if gap < len(GAPS) else math.inf
        stop = min(end, older, calmer, start + max(_SHORTEST, growth * (start - begin)) if growth else end)
        if stop > start:
            reached = _of_day(day, stop)
            yield start, stop, age, gap, reached - done
            start, done = stop, reached
        age, gap = age + (stop >= older), gap + (stop >= calmer)


def _of_day(day: tuple[float, ...], at: float) -> float:
    """How far the day's clock stands: it runs faster where more is edited."""
    days, hours = divmod(at, 24.0)
    hour = int(hours)
    return days * day[24] + day[hour] + (day[hour + 1] - day[hour]) * (hours - hour)


def _on_the_clock(day: tuple[float, ...], reached: float) -> float:
    """When the day's clock stands there."""
    days, rest = divmod(reached, day[24])
    hour = min(bisect_right(day, rest) - 1, 23)
    return days * 24 + hour + (rest - day[hour]) / (day[hour + 1] - day[hour])
