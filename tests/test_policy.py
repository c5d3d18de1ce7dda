"""When to look again: bounds that hold whatever an article's past."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.case import Patience
from changes.change import Practice
from db.work import History, Outcome
from schedules.policy import confirming_visit, next_poll, next_visit, settling_visit
from tests.articles import NOON


def history(age: timedelta, failures: int = 0, changed: timedelta | None = None) -> History:
    last_changed = None if changed is None else NOON - changed
    return History(NOON - age, None, last_changed, failures, 0, NOON - age, "")


@pytest.mark.parametrize(
    ("age", "minutes"),
    [(timedelta(), 5), (timedelta(hours=1), 7.2), (timedelta(days=1), 172.8), (timedelta(days=900), 43200)],
)
def test_the_older_the_seldomer(age: timedelta, minutes: float) -> None:
    assert next_visit(history(age), Outcome.SAME, NOON) - NOON == timedelta(minutes=minutes)


def test_an_edit_makes_it_young_again() -> None:
    assert next_visit(history(timedelta(days=9)), Outcome.CHANGED, NOON) - NOON == timedelta(minutes=5)
    assert next_visit(history(timedelta(days=9), changed=timedelta(hours=1)), Outcome.SAME, NOON) < NOON + timedelta(
        minutes=8
    )


@given(outcome=st.sampled_from(list(Outcome)), days=st.integers(0, 9999), failures=st.integers(0, 10**6))
def test_never_at_once_and_never_not_at_all(outcome: Outcome, days: int, failures: int) -> None:
    wait = next_visit(history(timedelta(days=days), failures), outcome, NOON) - NOON
    assert timedelta(minutes=5) <= wait <= timedelta(days=30)


@given(outcome=st.sampled_from(list(Outcome)), failures=st.integers(0, 50))
def test_a_fixed_interval_is_kept(outcome: Outcome, failures: int) -> None:
    fixed = timedelta(seconds=2)
    assert next_visit(history(timedelta(), failures), outcome, NOON, fixed=fixed) == NOON + fixed


def test_confirming_and_settling_looks() -> None:
    patience, none = Patience(), Patience(settle=timedelta())
    assert confirming_visit(NOON, patience, timedelta(minutes=15)) == NOON + timedelta(minutes=15)
    assert confirming_visit(NOON, patience, timedelta()) == NOON + timedelta(minutes=10)
    assert confirming_visit(NOON, none, timedelta(hours=1)) == NOON
    assert settling_visit(NOON, patience, timedelta(minutes=15), Practice()) == NOON + timedelta(minutes=20)
    assert settling_visit(NOON, patience, timedelta(hours=1), Practice()) == NOON + timedelta(minutes=40)
    late = Practice(stamp_delay=timedelta(hours=3))
    assert settling_visit(NOON, patience, timedelta(hours=1), late) == NOON + timedelta(hours=1)
    at_once = replace(patience, settle=timedelta())
    assert settling_visit(NOON, at_once, timedelta(hours=1), late) == NOON


def test_failing_feeds_are_polled_ever_more_seldom() -> None:
    every = timedelta(minutes=5)
    waits = [next_poll(every, failures, NOON) - NOON for failures in (0, 1, 3, 99)]
    assert waits == [every, 2 * every, 8 * every, timedelta(hours=6)]
    assert next_poll(timedelta(days=1), 5, NOON) - NOON == timedelta(days=1)
