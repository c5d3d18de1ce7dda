"""An endpoint that takes something gets what failed before its time: at no cost of the three days that all have."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import pytest

from db.rows import text_of
from db.store.deliveries import record_deliveries
from db.store.redelivery import Asked, send_again
from db.work_alerts import DeliveryResult
from schedules.deliver import SCHEDULE, next_attempt
from tests.desk import desks
from tests.world import URL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from db.work_alerts import DueDelivery

STEP = timedelta(minutes=5)
# Numbers of deliveries: the first is of the article that a desk has anyway.
REFUSED = range(2, 6)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with desks(tmp_path, monkeypatch) as made:
        made_desk = made('events = ["article.discovered"]\n')
        (item,) = made_desk.sent()
        made_desk.answer(item)
        pause(made_desk)
        yield made_desk


def pause(desk: Any) -> None:
    """Nobody looks at what was found."""
    desk.world.store.call(lambda con: con.execute("UPDATE articles SET paused = 1"))


def found(desk: Any, number: int) -> None:
    """One more article is told of."""
    desk.world.poll(f"{URL}/{number}")
    desk.world.look(text="Fünf Tote.", clocks={"stand": "08:00"}, lives_at=f"{URL}/{number}")
    pause(desk)


def attempt(desk: Any, item: DueDelivery, *, ok: bool, wait: timedelta | None = None) -> None:
    now = desk.world.now
    again = None if ok else next_attempt(item.event_uid, item.attempts + 1, now, wait)
    not_before = None if wait is None else now + wait
    result = DeliveryResult(item.id, now, ok, 200 if ok else 400, "", again, not_before=not_before)
    desk.world.store.call(record_deliveries, [result])


def lived(desk: Any, length: timedelta, takes: Callable[[int], bool], **answer: Any) -> dict[int, list[datetime]]:
    """When each delivery was attempted, while every ten minutes something new is told. `takes`: by its number."""
    at: dict[int, list[datetime]] = defaultdict(list)
    for step in range(length // STEP):
        if step % 2 == 0:
            found(desk, 1_000 + step)
        while items := desk.sent():
            for item in items:
                at[item.id].append(desk.world.now)
                attempt(desk, item, ok=takes(item.id), **({} if takes(item.id) else answer))
        desk.world.wait(minutes=STEP / timedelta(minutes=1))
    return at


def by_schedule(elapsed: timedelta) -> int:
    """So many attempts there are in that time."""
    return sum(at <= elapsed for at in accumulate(SCHEDULE))


def test_what_is_refused_for_what_it_says_keeps_its_three_days_and_is_not_tried_all_the_time(desk: Any) -> None:
    for number in range(len(REFUSED)):
        found(desk, number)
    at = lived(desk, timedelta(hours=4), lambda number: number not in REFUSED)
    for number in REFUSED:
        elapsed = desk.world.now - at[number][0]
        (row,) = desk.world.rows("SELECT state, attempts FROM deliveries WHERE id = ?", number)
        assert row["state"] == "pending"
        assert row["attempts"] <= by_schedule(elapsed)
        assert len(at[number]) > by_schedule(elapsed), "none was tried before its time"
        # Half an hour after the one before at the soonest, and those of the schedule beside.
        assert len(at[number]) <= elapsed / timedelta(minutes=30) + by_schedule(elapsed)


def test_a_retry_after_is_kept_before_its_time_too(desk: Any) -> None:
    for number in range(len(REFUSED)):
        found(desk, number)
    wait = timedelta(hours=2)
    at = lived(desk, timedelta(hours=5), lambda number: number not in REFUSED, wait=wait)
    for number in REFUSED:
        assert len(at[number]) > 1
        assert all(after - before >= wait for before, after in pairwise(at[number]))


def test_somebody_who_asks_for_it_is_not_kept_waiting_and_it_costs_nothing(desk: Any) -> None:
    found(desk, 1)
    (item,) = desk.sent()
    attempt(desk, item, ok=False, wait=timedelta(hours=20))
    desk.world.wait(minutes=10)
    assert desk.sent() == []
    asked = Asked(endpoint="desk", event=item.event_uid)
    for _ in range(2):  # one that it asked for and that failed again goes on by the schedule
        desk.world.store.call(lambda con: send_again(con, asked, desk.world.now, dry_run=False))
        (again,) = desk.sent()
        assert again.attempts == 1
        attempt(desk, again, ok=False)
        desk.world.wait(minutes=10)
        assert desk.sent() == []
    (row,) = desk.world.rows("SELECT attempts, next_attempt_at, scheduled_at FROM deliveries WHERE state = 'pending'")
    assert (row["attempts"], row["scheduled_at"]) == (1, None)
    assert row["next_attempt_at"] >= text_of(desk.world.now + timedelta(hours=19))
