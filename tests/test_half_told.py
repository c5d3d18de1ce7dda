"""What waits, was never told, or may have arrived, when what takes it back comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from changes.case import Patience
from db.store.deliveries import configure
from db.store.leases import end_all
from schedules.alert import Style, alert
from tests.desk import OLD, desks, said
from tests.test_taken_back import take_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with desks(tmp_path, monkeypatch) as made:
        yield made


HELD = ['digest = "hourly"', 'quiet = "13:00-15:00"']


@pytest.fixture
def half_told(desk: Any, request: pytest.FixtureRequest) -> Any:
    """It was told that it is too early to say more; that the Stand did not move is held for it."""
    made = desk('events = ["article.changed", "article.ruled"]\n', Patience(timedelta(minutes=30), timedelta(), 1))
    made.edited("Sechs Tote.", minutes=30)
    (first,) = made.sent()
    made.answer(first)
    made.configure(f'events = ["article.changed", "article.ruled"]\n{request.param}\n')
    for _ in range(3):
        made.world.wait(minutes=12).look(**{**OLD, "text": "Sechs Tote."})
        made.world.judge()
        assert made.sent() == []
    assert made.states() == ["delivered", "held"]
    made.first = first
    return made


@pytest.mark.parametrize("half_told", HELD, indirect=True)
def test_what_is_taken_back_before_it_was_told_is_never_told(half_told: Any) -> None:
    take_back(half_told)
    (back,) = half_told.sent()
    told = said(back)["data"]
    assert (told["verdict"], told["supersedes"]) == ("misread", half_told.first.event_uid)
    half_told.answer(back)
    assert half_told.states() == ["delivered", "withheld", "delivered"]
    half_told.world.wait(hours=6)
    assert half_told.sent() == []


def test_what_was_on_its_way_when_the_daemon_was_killed_may_have_arrived_and_is_taken_back(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\n')
    desk.edited("Sechs Tote.", minutes=30)
    (first,) = desk.sent()
    desk.world.store.call(end_all)  # as who starts next does
    take_back(desk)
    told = []
    while sent := desk.sent():
        told += [said(item)["data"]["verdict"] for item in sent]
        desk.answer(sent[0])
    assert told == [said(first)["data"]["verdict"], "misread"]


@pytest.mark.parametrize("rule", ["", *HELD])
def test_of_no_edit_nobody_is_told_who_was_told_of_none(desk: Any, rule: str) -> None:
    desk = desk(f'events = ["article.changed", "article.ruled"]\n{rule}\n')
    desk.edited("Sechs Tote.", minutes=70)
    desk.sent()
    # It waits, and never went out.
    desk.world.store.call(lambda con: con.execute("UPDATE deliveries SET leased_until = NULL, handed_out = 0"))
    other = replace(desk.wanted, name="new", whole_url="https://new.example/")
    desk.world.store.call(configure, [desk.wanted, other], desk.world.now)
    take_back(desk)
    desk.world.wait(hours=6)
    assert desk.sent() == []
    assert desk.states() == ["withheld"]


@pytest.mark.parametrize("half_told", HELD, indirect=True)
def test_of_what_nobody_was_told_nothing_is_taken_back(half_told: Any) -> None:
    half_told.edited("Sechs Tote.", minutes=5, clocks={"stand": "13:05"})
    half_told.world.judge()
    assert half_told.sent() == []
    half_told.world.wait(hours=6)
    (digest,) = half_told.sent()
    assert said(digest)["type"] == "digest"
    text = alert(digest.body, Style(), 3_000, half_told.world.now).text
    assert "we told before" not in text
    assert "Stand unchanged" not in text
