"""Shares and medians with their intervals, at the edges and against published and exact values."""

from __future__ import annotations

from itertools import accumulate
from math import comb

import pytest

from db.web.estimates import ENOUGH, Share, Spread, spread


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # the examples of Newcombe (1998), Statistics in Medicine 17, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
        (0, 1, 0.0, 0.7935),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_of_a_share_is_that_of_wilson(part: int, whole: int, low: float, high: float) -> None:
    share = Share(part, whole)
    assert share.value == part / whole
    assert share.interval == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_is_none() -> None:
    assert (Share(0, 0).value, Share(0, 0).interval, Share(0, 0).few) == (None, None, True)
    assert [Share(3, whole).few for whole in (ENOUGH - 1, ENOUGH)] == [True, False]


@pytest.mark.parametrize("number", [1, 2, 5, 6, 7, 29, 30, 100, 1500])
def test_the_interval_of_a_median_is_the_narrowest_that_is_sure_enough(number: int) -> None:
    """By the binomial distribution, counted in whole numbers."""
    found = spread(range(1, number + 1))
    below = list(accumulate((comb(number, k) for k in range(number // 2 + 1)), initial=0))
    rank = max(rank for rank, ways in enumerate(below) if 40 * ways <= 2**number)
    assert found.interval == ((rank, number + 1 - rank) if rank else None)
    assert (found.interval is None) == (number < 6)


def test_the_middle_of_few_values() -> None:
    assert spread([]) == Spread(0)
    assert spread([7.0]) == Spread(1, 7.0, 7.0, 7.0)
    assert spread([2.0, 4.0]) == Spread(2, 2.5, 3.0, 3.5)
    assert spread([1.0, 3.0, 5.0]) == Spread(3, 2.0, 3.0, 4.0)
    assert spread([2.0] * 10) == Spread(10, 2.0, 2.0, 2.0, (2.0, 2.0))
    assert [spread(range(number)).few for number in (0, ENOUGH - 1, ENOUGH)] == [True, True, False]


def test_many_values_take_no_longer_than_they_must() -> None:
    """Sums of hundreds of thousands of terms that vanish are not made; the normal distribution says the rank, too."""
    found = spread(range(200_000))
    assert found.interval is not None
    assert found.interval[0] == pytest.approx(100_000 - 1.96 * 200_000**0.5 / 2, abs=2)
