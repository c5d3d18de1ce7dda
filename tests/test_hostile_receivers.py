"""Receivers that fail in every way there is, over real sockets: the outcomes are those that the suite states."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from db.work_alerts import DueDelivery
from schedules.deliver import Target, deliver
from scraper.http import Door, FetchSettings
from tests.badserver import running

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from db.work_alerts import DeliveryResult
    from scraper.http import Answer

LOCAL = FetchSettings("Nachtrag/test", allow_private=("127.0.0.0/8",))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DUE = DueDelivery(id=1, endpoint="desk", event_uid="evt_1", body='{"type": "article.gone", "data": {}}', attempts=0)
# A receiver that said 200 has taken the event (Standard Webhooks: the status decides); we do not wait for what it says
# after that. The suite would have us send it again.
DECIDED_OTHERWISE = {"hook-endless-response": "ok"}


class Impatient(Door):
    """The real door with less time, so that those who never answer do not hold up the tests."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], deadline: timedelta) -> Answer:
        return await super().post(url, body, headers, min(deadline, timedelta(seconds=1)))


def outcome(result: DeliveryResult) -> str:
    """A result in the words of the suite."""
    if result.delivered:
        return "ok"
    return "gone" if result.disable else "retry_later" if result.next_attempt_at else "dead"


async def test_every_way_to_fail(shared: Path) -> None:
    suite = json.loads((shared / "hostile/badserver_expectations.json").read_text("utf-8"))
    stated = {case["behaviour"]: case for case in suite if case["group"] == "webhook"}
    flapping = stated.pop("hook-flap")  # fails three times of four, and counts what came: it is tried apart
    with running(shared / "hostile", seconds=3, megabytes=64) as port:
        server = f"http://127.0.0.1:{port}"
        async with Impatient(LOCAL, lambda: NOW) as door:
            results = {
                name: await deliver(DUE, Target("desk", "webhook", f"{server}/{name}", (b"k" * 32,)), door, lambda: NOW)
                for name in stated
            }
            flaps = [
                await deliver(DUE, Target("desk", "webhook", f"{server}/hook-flap", (b"k" * 32,)), door, lambda: NOW)
                for _ in range(4)
            ]
    assert {name: outcome(result) for name, result in results.items()} == {
        name: DECIDED_OTHERWISE.get(name, case["outcome"]) for name, case in stated.items()
    }
    assert [outcome(result) for result in flaps] == ["retry_later"] * 3 + [flapping["outcome"]]
    for name, case in stated.items():
        again = results[name].next_attempt_at
        assert again is None or again - NOW >= timedelta(seconds=case.get("min_wait_s", 0)), name
