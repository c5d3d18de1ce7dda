"""What may be spent now, and what a look must be worth: the purse alone."""

from __future__ import annotations

import math

import pytest

from schedules.purse import Purse


def test_an_article_gets_its_share_and_no_more() -> None:
    purse = Purse(looks=10, watch=240)
    purse.arrive(0)
    got = purse.granted[-1]
    for _ in range(242):
        purse.hour_over()
        purse.fill(1)
        got += purse.granted[-1]
    assert got == pytest.approx(10, rel=0.02)
    assert purse.hourly == 0


def test_most_of_it_comes_early() -> None:
    purse = Purse(looks=10, watch=720)
    purse.arrive(0)
    first = purse.granted[-1]
    for _ in range(100):
        purse.hour_over()
    assert first > 20 * purse.hourly > 0


def test_a_day_costs_no_more_than_it_may_and_is_spread_over_its_hours() -> None:
    purse, hours = Purse(looks=100, watch=48, per_day=240), list[float]()
    for hour in range(96):
        new = 90 if hour == 0 else 2
        for _ in range(new):
            purse.arrive(1)
        taken = 0
        for _ in range(60):
            purse.fill(1 / 60)
            looks = max(0, math.floor(purse.left))
            purse.pay(looks)
            taken += looks
        hours.append(new + taken)
        purse.hour_over()
    days = [sum(hours[since : since + 25]) for since in range(72)]  # any 24 hours lie in 25 of these
    assert max(days) <= 240 + 7 * 2  # in the last hours of the first nothing was left, but new ones are looked at
    assert max(days[2:]) <= 240
    known = [looks - 2 for looks in hours[1:]]
    assert min(known[:18] + known[25:]) >= 4  # (240 - 90 - 2 * 18) / 25; nobody foresees the 2 an hour
    assert max(known) <= 9
    assert sum(hours[26:50]) > 215


def test_what_a_quiet_day_left_is_not_spent_on_top_of_the_next() -> None:
    purse, hours = Purse(looks=100, watch=48, per_day=240), list[int]()
    for hour in range(96):
        for _ in range(10):
            purse.arrive(0)
        purse.fill(1)
        taken = 0 if 24 <= hour < 48 else math.floor(purse.left)
        purse.pay(taken)
        hours.append(taken)
        purse.hour_over()
    days = [sum(hours[since : since + 24]) for since in range(72)]
    assert max(days) == 240
    assert days[48] >= 230  # and it is not less for that
    assert max(hours) <= 60 + 10  # nor does it come at once


def test_a_price_rises_while_too_much_is_spent_and_falls_while_too_little() -> None:
    def after(spent: float) -> float:
        purse = Purse(looks=48, watch=48)
        for _ in range(48):
            for _ in range(10):
                purse.arrive(0)
            purse.fill(1)
            purse.pay(spent * purse.granted[-1])
            purse.hour_over()
        return purse.price

    assert after(1.4) > after(1.0) > after(0.5)


def test_an_hour_in_which_nobody_could_look_moves_no_price() -> None:
    purse = Purse(looks=48, watch=48)
    for hour in range(24):
        purse.arrive(0)
        purse.fill(1)
        before = purse.price
        purse.hour_over(idle=hour > 12)
    assert purse.price == before


@pytest.mark.parametrize("per_day", [None, 240.0])
def test_a_full_purse_makes_looks_cheaper_and_an_empty_one_dearer(per_day: float | None) -> None:
    """Spending may meet the budget to the look, and much lie idle, or nothing be left for what comes."""

    def price(saved: float) -> float:
        purse = Purse(looks=48, watch=48, per_day=per_day)
        purse.spent, purse.granted, purse.saved = [8.0] * 20, [8.0] * 20, saved * 160
        purse.hour_over()
        return purse.price

    assert price(0) > 0.01 > price(0.9 if per_day is None else 0.2)
