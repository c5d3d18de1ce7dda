"""When to look again: bounds that hold whatever an article's past."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from changes.case import Patience
from changes.change import Practice
from db.work import History, Outcome
from schedules.waits import after_trouble, confirming_visit, next_poll, settling_visit
from tests.articles import NOON


def history(age: timedelta, failures: int = 0, changed: timedelta | None = None) -> History:
    last_changed = None if changed is None else NOON - changed
    return History(NOON - age, None, last_changed, failures, 0, NOON - age, "", None)


@given(outcome=st.sampled_from(list(Outcome)), days=st.integers(0, 9999), failures=st.integers(0, 10**6))
def test_what_is_wrong_is_looked_at_again_within_bounds(outcome: Outcome, days: int, failures: int) -> None:
    again = after_trouble(history(timedelta(days=days), failures), outcome, NOON)
    if again is not None:
        assert timedelta(minutes=5) <= again - NOON <= timedelta(days=30)


def test_nothing_is_wrong_with_what_was_read() -> None:
    for outcome in (Outcome.NEW, Outcome.SAME, Outcome.CHANGED, Outcome.RETURNED, Outcome.REREAD):
        assert after_trouble(history(timedelta(days=1)), outcome, NOON) is None


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
