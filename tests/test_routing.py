"""Who is told of which event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from changes.routing import told
from db.work import DueEvent, Routing
from schedules.route import route

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wish", "event_type", "wanted"),
    [
        ("article.changed", "article.changed", True),
        ("article.changed", "article.ruled", False),
        ("article.changed", "article.changed.twice", False),
        ("article.*", "article.moved", True),
        ("article.*", "articles.moved", False),
        ("article.*", "article", False),
        ("article.*", "operations.source_failing", False),
        ("*", "article.gone", False),
        ("operations.*", "operations.source_failing", True),
        ("operations.source_failing", "operations.source_failing", True),
        ("operations.*", "article.gone", False),
        ("", "article.gone", False),
        (".*", "article.gone", False),
    ],
)
def test_a_wish(wish: str, event_type: str, wanted: bool) -> None:
    assert told(event_type, {"desk": (wish,)}) == (("desk",) if wanted else ())


def test_one_fitting_wish_is_enough_and_counts_once() -> None:
    assert told("article.gone", {"desk": ("article.changed", "article.gone", "article.*")}) == ("desk",)


def test_order_is_that_of_the_endpoints() -> None:
    endpoints = {"zebra": ("article.gone",), "nobody": (), "ape": ("article.*",), "other": ("article.moved",)}
    due = DueEvent(id=7, type="article.gone", endpoints=endpoints)
    assert route(due, NOW) == Routing(event_id=7, at=NOW, endpoints=("zebra", "ape"))


def test_whoever_was_told_a_ruling_or_is_about_to_be_is_told_the_new_one() -> None:
    endpoints = {"desk": ("article.changed",), "gone": ("article.gone",), "judge": ("article.ruled",)}
    assert told("article.ruled", endpoints) == ("judge",)
    assert told("article.ruled", endpoints, heard=("gone", "removed from the configuration")) == ("gone", "judge")
    due = DueEvent(7, "article.ruled", endpoints, earlier=("article.changed",))
    assert route(due, NOW).endpoints == ("desk", "judge")


def test_nobody_may_want_it() -> None:
    assert route(DueEvent(id=8, type="article.gone", endpoints={}), NOW).endpoints == ()
