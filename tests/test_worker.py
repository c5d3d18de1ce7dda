"""The worker: slots, groups, a job that dies of a bug, a clean stop. Nothing waits for a clock.

The bench's jobs give back the item's number; what is recorded of one that failed is its number below zero.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from schedules.worker import Queue, Worker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest


class Damaged(Exception):
    """No error that the worker could know."""


class Bench:
    """A queue of numbers whose jobs end when they are told to."""

    def __init__(self, slots: int, *, bug_at: int | None = None, poison: int | None = None) -> None:
        self.left, self.recorded, self.running, self.poison = list(range(10)), [], 0, poison
        self.most, self.bug_at, self.go, self.write = 0, bug_at, asyncio.Event(), asyncio.Event()
        self.write.set()
        self.released: list[int] = []
        self.worker = Worker(Queue("numbers", self.due, self.job, self.record, slots, self.release, self.fail))

    async def due(self, limit: int) -> Sequence[int]:
        items, self.left = self.left[:limit], self.left[limit:]
        return items

    async def job(self, item: int) -> int:
        self.running += 1
        self.most = max(self.most, self.running)
        await self.go.wait()
        self.running -= 1
        if item == self.bug_at:
            raise RuntimeError("a bug")
        return item

    def fail(self, item: int, bug: Exception) -> int | None:
        assert "a bug" in str(bug) or "a page that" in str(bug)
        return -item

    async def release(self, items: Sequence[int]) -> None:
        self.released += items

    async def record(self, results: Sequence[int]) -> None:
        if self.poison in results:
            raise Damaged("a page that cannot be opened")
        self.recorded.append(list(results))
        await self.write.wait()


async def drain(worker: Worker[int, int]) -> None:
    """Wait until the jobs in flight are done and recorded."""
    while worker.jobs:
        await asyncio.wait(worker.jobs)


async def test_what_is_in_hand_and_handed_out_again_is_not_done_twice() -> None:
    bench = Bench(4)
    bench.left = [1, 2]
    assert await bench.worker.turn() == 2
    bench.left = [1, 2, 3]  # a clock that leapt ahead ended their leases
    await bench.worker.turn()
    assert bench.left == [3]
    await bench.worker.turn()
    bench.go.set()
    await drain(bench.worker)
    assert sorted(number for group in bench.recorded for number in group) == [1, 2, 3]


async def test_no_more_in_flight_than_there_are_slots() -> None:
    bench = Bench(4)
    assert await bench.worker.turn() == 4
    assert await bench.worker.turn() == 0
    await asyncio.sleep(0)  # lets the jobs begin
    bench.go.set()
    await drain(bench.worker)
    while await bench.worker.turn():
        await drain(bench.worker)
    assert sorted(number for group in bench.recorded for number in group) == list(range(10))
    assert bench.most == 4


async def test_what_is_done_while_a_write_runs_is_written_as_one_group() -> None:
    bench = Bench(10)
    bench.write.clear()
    bench.go.set()
    await bench.worker.turn()
    while not bench.recorded:  # noqa: ASYNC110 -- turns of the loop, no time
        await asyncio.sleep(0)
    bench.write.set()
    await drain(bench.worker)
    assert [len(group) for group in bench.recorded] == [1, 9]


async def test_a_job_that_dies_of_a_bug_is_recorded_as_a_failure_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bench = Bench(10, bug_at=3)
    bench.go.set()
    with caplog.at_level(logging.ERROR):
        await bench.worker.turn()
        await drain(bench.worker)
    assert sorted(number for group in bench.recorded for number in group) == [-3, 0, 1, 2, 4, 5, 6, 7, 8, 9]
    assert "numbers: a job died of a bug" in caplog.text
    assert bench.worker.broken is None


async def test_stopping_lets_jobs_finish_and_gives_back_what_does_not() -> None:
    bench = Bench(2)
    await bench.worker.turn()
    await bench.worker.stop(0)
    assert not bench.worker.jobs
    assert (bench.recorded, bench.released) == ([], [0, 1])
    assert await bench.worker.turn() == 0
    other = Bench(2)
    await other.worker.turn()
    other.go.set()
    await other.worker.stop(10)
    assert sorted(number for group in other.recorded for number in group) == [0, 1]
    assert other.released == []


async def test_a_result_that_cannot_be_kept_is_a_failure_of_its_item_and_takes_no_other_with_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bench = Bench(10, poison=3)
    bench.go.set()
    await bench.worker.turn()
    await drain(bench.worker)
    assert sorted(number for group in bench.recorded for number in group) == [-3, 0, 1, 2, 4, 5, 6, 7, 8, 9]
    assert "numbers: a result cannot be kept: 3" in caplog.text
    assert bench.worker.broken is None


async def test_a_database_that_takes_nothing_is_said_and_not_asked_for_every_result() -> None:
    bench = Bench(10)
    asked: list[Sequence[int]] = []

    async def locked(results: Sequence[int]) -> None:
        asked.append(results)
        raise sqlite3.OperationalError("database is locked")

    worker = Worker(Queue("numbers", bench.due, bench.job, locked, 10, fail=bench.fail))
    bench.go.set()
    await worker.turn()
    await drain(worker)
    assert sorted(number for group in asked for number in group) == list(range(10))
    assert isinstance(worker.broken, sqlite3.OperationalError)


async def test_a_database_that_hands_nothing_out_is_said_in_one_line_and_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bench, file = Bench(3), tmp_path / "n.db"

    async def due(limit: int) -> Sequence[int]:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as con:
            con.execute("BEGIN IMMEDIATE")
        return await bench.due(limit)

    worker = Worker(Queue("numbers", due, bench.job, bench.record, 3))
    bench.go.set()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await worker.turn() == 0
    said = "numbers: what is due cannot be handed out; it is asked for again: database is locked"
    assert [record.getMessage() for record in caplog.records] == [said]
    assert not caplog.records[0].exc_info
    assert await worker.turn() == 3
    await drain(worker)


async def test_a_failure_that_cannot_be_kept_either_is_said() -> None:
    bench = Bench(1, poison=0)  # nothing is below zero for 0
    bench.go.set()
    await bench.worker.turn()
    await drain(bench.worker)
    assert isinstance(bench.worker.broken, Damaged)


async def test_a_bug_that_leaves_nothing_to_record_is_said() -> None:
    bench = Bench(1, bug_at=0)
    worker = Worker(Queue("numbers", bench.due, bench.job, bench.record, 1))
    bench.go.set()
    await worker.turn()
    await drain(worker)
    assert isinstance(worker.broken, RuntimeError)
    assert bench.recorded == []


async def test_stopping_waits_for_a_turn_that_is_being_handed_something() -> None:
    bench = Bench(2)
    handing, handed = asyncio.Event(), asyncio.Event()

    async def slowly(limit: int) -> Sequence[int]:
        handing.set()
        await handed.wait()
        return [7, 8][:limit]

    worker = Worker(Queue("numbers", slowly, bench.job, bench.record, 2))
    bench.go.set()
    turn = asyncio.create_task(worker.turn())
    await handing.wait()
    stop = asyncio.create_task(worker.stop(10))
    await asyncio.sleep(0)
    assert not stop.done()
    handed.set()
    await stop
    assert turn.result() == 2
    assert sorted(number for group in bench.recorded for number in group) == [7, 8]


async def test_those_that_hang_take_no_slot_from_those_that_answer_but_not_without_end() -> None:
    bench, hanging = Bench(2), {0, 1, 3}
    bench.left = list(range(100))
    queue = Queue("numbers", bench.due, bench.job, bench.record, 2, waits=hanging.__contains__, patience=0)
    worker = Worker(queue)
    assert await worker.turn() == 2
    assert await worker.turn() == 2  # in the place of 0 and 1
    assert await worker.turn() == 1  # in that of 3; 2 has its answer, and is at work
    assert await worker.turn() == 0
    hanging |= set(range(100))
    handed_out = 5
    while more := await worker.turn():
        handed_out += more
    assert handed_out == 32
    bench.go.set()
    await drain(worker)


async def test_those_that_wait_keep_their_slots_for_a_while() -> None:
    bench = Bench(2)
    worker = Worker(Queue("numbers", bench.due, bench.job, bench.record, 2, waits=lambda _: True, patience=60))
    assert [await worker.turn() for _ in range(2)] == [2, 0]
    bench.go.set()
    await drain(worker)
