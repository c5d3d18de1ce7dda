"""When a look is worth its price: what the arithmetic promises, whatever the figures."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.work_planning import Pulse
from schedules.policy import (
    AGES,
    GAPS,
    SOONEST,
    Aim,
    Rates,
    edited,
    edited_sometime,
    looks_that_pay,
    next_look,
    unchanged,
    worth,
)
from schedules.tariff import Tariff

EVEN = tuple(float(hour) for hour in range(25))
FLAT = Rates((0.1,) * (len(AGES) + 1), (1.0,) * (len(GAPS) + 1), EVEN, 0.6)
DAY, WEEK = 24.0, 168.0
NOON = 12.0


def aim(price: float, patience: float = math.inf, end: float = NOON + WEEK) -> Aim:
    return Aim(price, patience, end)


@given(low=st.floats(0.001, 0.5), more=st.floats(1.01, 20))
def test_what_costs_more_is_looked_at_later(low: float, more: float) -> None:
    sooner = next_look(Pulse(), FLAT, 0, NOON, aim(low))
    later = next_look(Pulse(), FLAT, 0, NOON, aim(low * more))
    assert sooner is not None
    assert later is None or later >= sooner


def test_a_livelier_article_is_looked_at_sooner() -> None:
    quiet, lively = Pulse(0, 3), Pulse(9, 3)
    times = [next_look(pulse, FLAT, 0, NOON, aim(0.02)) for pulse in (lively, Pulse(), quiet)]
    assert times == sorted(time for time in times if time is not None)


def expected(age: float, at: float) -> float:
    """Unseen edits by then of a middling article that had that age when it was seen at NOON: an hour in 1000 pieces."""
    ages, steps = Tariff().rates(1).ages, max(1, round((at - NOON) * 1000))
    width = (at - NOON) / steps
    return sum(ages[bisect_right(AGES, age + (step + 0.5) * width)] for step in range(steps)) * width


@pytest.mark.parametrize("age", [0.2, 3.0, 30.0])
def test_a_look_is_taken_as_soon_as_it_is_worth_its_price(age: float) -> None:
    rates = Tariff().rates(1)
    at = next_look(Pulse(), rates, NOON - age, NOON, aim(0.02, 96.0))
    assert at is not None

    def value(when: float) -> float:
        hazard = rates.ages[bisect_right(AGES, when - (NOON - age))]
        return worth(Pulse(), rates, expected(age, when), hazard, 96.0, NOON + WEEK - when)

    assert value(at - 2 / 60) < 0.02 <= value(at + 1 / 60)


@pytest.mark.parametrize("age", [0.2, 3.0, 30.0])
@pytest.mark.parametrize("pulse", [Pulse(), Pulse(3, 0.5)])
def test_where_only_versions_count_all_looks_that_are_left_expect_the_same(age: float, pulse: Pulse) -> None:
    rates, price = Tariff().rates(1), 0.005
    whole = expected(age, NOON + WEEK)
    alpha, beta = rates.spread + pulse.edits, rates.spread + pulse.exposure
    looks = looks_that_pay(alpha, beta, whole, price)
    at = next_look(pulse, rates, NOON - age, NOON, aim(price))
    assert at is not None
    assert expected(age, at - 1 / 60) <= whole / looks <= expected(age, at) * 1.001


@given(alpha=st.floats(0.1, 20), beta=st.floats(0.1, 20), unseen=st.floats(1e-4, 200), price=st.floats(1e-3, 0.9))
def test_as_many_looks_as_pay(alpha: float, beta: float, unseen: float, price: float) -> None:
    def gain(looks: int) -> float:
        return looks * (1 - (beta / (beta + unseen / looks)) ** alpha - price) if looks else 0.0

    looks = looks_that_pay(alpha, beta, unseen, price)
    others = {0, max(0, looks - 1), looks + 1, 2 * looks, looks // 2}
    assert gain(looks) >= max(gain(other) for other in others) - 1e-9


def test_nothing_is_looked_at_again_at_once() -> None:
    hot = replace(FLAT, ages=(1e6,) * len(FLAT.ages))
    assert next_look(Pulse(), hot, 0, NOON, aim(1e-6)) == NOON + SOONEST


def test_a_last_look_at_the_end_if_it_pays() -> None:
    slow = replace(FLAT, ages=(0.001,) * len(FLAT.ages))
    assert next_look(Pulse(), slow, 0, NOON, aim(0.1, end=NOON + WEEK)) == NOON + WEEK
    assert next_look(Pulse(), slow, 0, NOON, aim(0.5, end=NOON + WEEK)) is None


def test_who_wants_edits_early_looks_sooner() -> None:
    calm, early = (next_look(Pulse(), FLAT, 0, NOON, aim(0.05, patience)) for patience in (math.inf, 24.0))
    assert calm is not None
    assert early is not None
    assert early < calm


def test_at_night_less_is_expected() -> None:
    hours = [0.1 if hour < 6 else 1.3 for hour in range(24)]
    day = (0.0, *(sum(hours[: hour + 1]) for hour in range(24)))
    rates = replace(FLAT, day=day)
    by_night, by_day = next_look(Pulse(), rates, 0, 24.0, aim(0.02)), next_look(Pulse(), rates, 0, 34.0, aim(0.02))
    assert by_night is not None
    assert by_day is not None
    assert by_night - 24 > by_day - 34


def test_what_a_look_teaches() -> None:
    same, lesson = unchanged(Pulse(), FLAT, 0, NOON, NOON + 5)
    assert (same.edits, round(same.exposure, 6)) == (0, 0.5)
    assert sum(edits for _, edits, _ in lesson.ages) == 0
    known, lesson = edited(Pulse(), FLAT, 0, NOON + 4, NOON + 5)
    # Whether there were others before that, in the same gap, nobody knows: that time does not count.
    assert (known.edits, round(known.exposure, 6), known.last_edit) == (1, 0.1, NOON + 4)
    assert [edits for _, edits, _ in lesson.ages if edits] == [1.0]
    some, lesson = edited_sometime(Pulse(), FLAT, 0, NOON, NOON + 5)
    assert some.edits > 1
    assert some.last_edit == NOON + 2.5
    assert sum(edits for _, edits, _ in lesson.ages) == pytest.approx(some.edits)


def test_an_edit_at_some_time_counts_where_it_was_likely() -> None:
    """Of a gap over two ages it belongs to each by the edits that were to be expected there."""
    steep = replace(FLAT, ages=tuple(0.9 if bucket <= 3 else 0.1 for bucket in range(len(AGES) + 1)))
    _, lesson = edited_sometime(Pulse(), steep, NOON, NOON, NOON + 4)  # half of that time is younger than 2 hours
    young = sum(edits for bucket, edits, _ in lesson.ages if bucket <= 3)
    assert young / sum(edits for _, edits, _ in lesson.ages) == pytest.approx(0.9)


@given(unseen=st.floats(0.01, 50), left=st.floats(0.01, 5))
def test_a_look_is_worth_no_more_than_all_that_it_can_bring(unseen: float, left: float) -> None:
    """One edit more at most, and each of them so much sooner as there is time left."""
    found = worth(Pulse(), FLAT, unseen, 1e-9, 24, left)
    assert found <= 1 + unseen * left / 24


@given(looks=st.lists(st.tuples(st.floats(0.1, 40), st.booleans()), max_size=20))
def test_what_is_learned_stays_finite_and_positive(looks: list[tuple[float, bool]]) -> None:
    tariff, pulse, now = Tariff(), Pulse(), NOON
    for gap, was_edited in looks:
        learn = edited_sometime if was_edited else unchanged
        pulse, lesson = learn(pulse, tariff.rates(1), 0, now, now + gap)
        tariff.learn(1, lesson)
        tariff.refresh()
        now += gap
    rates = tariff.rates(1)
    assert all(0 < rate < math.inf for rate in (*rates.ages, *rates.gaps))
    assert rates.day[24] == pytest.approx(24)
    at = next_look(pulse, rates, 0, now, aim(0.01, end=now + WEEK))
    assert at is None or now + SOONEST <= at <= now + WEEK


def test_a_source_that_is_edited_more_is_looked_at_more() -> None:
    tariff = Tariff()
    for source, often in ((1, True), (2, False)):
        for _ in range(40):
            learn = edited_sometime if often else unchanged
            _, lesson = learn(Pulse(), tariff.rates(source), 0, NOON, NOON + 2)
            tariff.learn(source, lesson)
    tariff.refresh()
    busy, quiet = tariff.rates(1), tariff.rates(2)
    assert all(a > b for a, b in zip(busy.ages, quiet.ages, strict=True))
