"""Deliveries over a real socket to a real receiver, which judges them by the standard's own package."""

from __future__ import annotations

import base64
import json
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.work_alerts import DeliveryResult, DueDelivery
from schedules.deliver import DEADLINE, LONGEST_WAIT, SCHEDULE, Target, deliver, next_attempt
from schedules.signing import secret_bytes
from scraper.errors import FetchError
from scraper.http import Door, FetchSettings
from tests.receiver import Receiver, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from scraper.http import Answer

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
LOCAL = FetchSettings("Nachtrag/test", allow_private=("127.0.0.0/8",))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENT = {
    "type": "article.changed",
    "timestamp": "2026-03-02T08:41:00.000000+00:00",
    "data": {"id": "evt_1", "headline": "Stadtrat beschließt Brücke", "verdict": "unmarked", "source": "Tagblatt"},
}
DUE = DueDelivery(id=3, endpoint="desk", event_uid="evt_1", body=json.dumps(EVENT, ensure_ascii=False), attempts=0)


def clock() -> datetime:
    return NOW


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver(SECRET, clock) as running:
        yield running


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with Door(LOCAL, clock) as opened:
        yield opened


class Impatient(Door):
    """The real door with less time, so that a receiver that says nothing does not hold up the tests."""

    asked: timedelta | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], deadline: timedelta) -> Answer:
        self.asked = deadline
        return await super().post(url, body, headers, timedelta(milliseconds=200))


def target(receiver: Receiver, url: str = "") -> Target:
    return Target("desk", "webhook", url or receiver.url, (secret_bytes(SECRET),))


async def test_what_arrives_is_signed_and_whole(receiver: Receiver, door: Door) -> None:
    result = await deliver(DUE, target(receiver), door, clock)
    assert result == DeliveryResult(3, NOW, delivered=True, status=200, error="", next_attempt_at=None)
    assert receiver.refused == []
    [received] = receiver.received
    assert (received.id, received.type, received.body, received.at) == ("evt_1", "article.changed", EVENT, NOW)


@pytest.mark.parametrize(("status", "arrived"), [(200, True), (201, True), (204, True), (299, True), (301, False),
    (302, False), (304, False), (400, False), (404, False), (429, False), (500, False), (503, False)])  # fmt: skip
async def test_only_2xx_is_success(receiver: Receiver, door: Door, status: int, arrived: bool) -> None:
    receiver.plan([Reply(status, location=receiver.url)])
    result = await deliver(DUE, target(receiver), door, clock)
    assert (result.delivered, result.status, result.disable) == (arrived, status, False)
    assert (result.next_attempt_at is None) is arrived
    assert arrived or f"HTTP {status}" in result.error
    assert len(receiver.received) == 1, "a redirect is never followed"


async def test_410_disables(receiver: Receiver, door: Door) -> None:
    receiver.plan([410])
    result = await deliver(DUE, target(receiver), door, clock)
    assert (result.delivered, result.disable, result.next_attempt_at) == (False, True, None)


async def test_retry_after_is_a_floor(receiver: Receiver, door: Door) -> None:
    receiver.plan([Reply(429, retry_after="3600"), Reply(503, retry_after="1")])
    later = await deliver(DUE, target(receiver), door, clock)
    assert later.next_attempt_at is not None
    assert timedelta(hours=1) <= later.next_attempt_at - NOW <= timedelta(hours=1.1)
    sooner = await deliver(replace(DUE, attempts=1), target(receiver), door, clock)
    assert sooner.next_attempt_at is not None
    assert sooner.next_attempt_at - NOW >= timedelta(minutes=5)


@pytest.mark.parametrize(
    ("reply", "attempts", "rest"),
    [
        (Reply(429), 0, timedelta(seconds=5)),
        (Reply(503), 1, timedelta(minutes=5)),
        (Reply(502), 4, timedelta(minutes=5)),
        (Reply(504, retry_after="3600"), 0, timedelta(hours=1)),
        (Reply(503, retry_after="9999999"), 0, LONGEST_WAIT),
        (Reply(503), 9, timedelta(0)),
        (Reply(500, retry_after="3600"), 0, None),
        (Reply(410), 0, None),
    ],
)
async def test_who_is_too_busy_is_left_alone(
    receiver: Receiver, door: Door, reply: Reply, attempts: int, rest: timedelta | None
) -> None:
    receiver.plan([reply])
    result = await deliver(replace(DUE, attempts=attempts), target(receiver), door, clock)
    if rest is None:
        assert result.rests_until is None
    else:
        assert result.rests_until is not None
        assert rest <= result.rests_until - NOW <= rest * 1.1


async def test_retry_after_may_be_a_date(receiver: Receiver, door: Door) -> None:
    receiver.plan([Reply(503, retry_after="Mon, 02 Mar 2026 11:00:00 GMT"), Reply(503, retry_after="soon")])
    dated = await deliver(DUE, target(receiver), door, clock)
    assert dated.next_attempt_at is not None
    assert timedelta(hours=2) <= dated.next_attempt_at - NOW <= timedelta(hours=2.2)
    unreadable = await deliver(DUE, target(receiver), door, clock)
    assert unreadable.next_attempt_at is not None
    assert unreadable.next_attempt_at - NOW < timedelta(seconds=6)


async def test_a_receiver_that_dies_is_tried_again_with_the_same_id(receiver: Receiver, door: Door) -> None:
    receiver.plan([Reply(close=True)])
    first = await deliver(DUE, target(receiver), door, clock)
    assert (first.delivered, first.status) == (False, 0)
    again = first.next_attempt_at
    assert again is not None
    in_time = Receiver(SECRET, lambda: again)
    with in_time:
        second = await deliver(replace(DUE, attempts=1), target(in_time), door, lambda: again)
    assert second.delivered
    assert [each.id for each in (*receiver.received, *in_time.received)] == ["evt_1", "evt_1"]
    assert in_time.received[0].at > NOW, "every attempt is signed anew"


async def test_a_receiver_that_says_nothing(receiver: Receiver) -> None:
    receiver.plan([Reply(slow=True)])
    async with Impatient(LOCAL, clock) as impatient:
        result = await deliver(DUE, target(receiver), impatient, clock)
    assert impatient.asked == DEADLINE == timedelta(seconds=15)
    assert (result.delivered, result.status) == (False, 0)
    assert result.error == "endpoint 'desk' at 127.0.0.1: no answer within 15 s"
    assert (result.host, result.reason) == ("127.0.0.1", "no answer within 15 s")


async def test_nobody_listens(receiver: Receiver, door: Door) -> None:
    receiver.stop()
    result = await deliver(DUE, target(receiver), door, clock)
    assert (result.delivered, result.status) == (False, 0)
    assert result.next_attempt_at is not None
    receiver.start()
    assert (await deliver(replace(DUE, attempts=1), target(receiver), door, clock)).delivered
    assert [each.id for each in receiver.wait(1)] == ["evt_1"]


async def test_an_address_inside_is_refused_unless_allowed(receiver: Receiver) -> None:
    async with Door(FetchSettings("Nachtrag/test"), clock) as door:
        result = await deliver(DUE, target(receiver), door, clock)
    assert receiver.received == []
    assert "allow_private" in result.error


async def test_the_receiver_refuses_what_is_signed_otherwise(receiver: Receiver, door: Door) -> None:
    """The judge must be able to say no, or its yes is worth nothing."""
    stranger = replace(target(receiver), secrets=(b"another key, as long as it must be",))
    result = await deliver(DUE, stranger, door, clock)
    assert result.status == 401
    stale = await deliver(DUE, target(receiver), door, lambda: NOW - timedelta(minutes=6))
    assert stale.status == 401
    assert receiver.received == []
    assert len(receiver.refused) == 2


async def test_a_chat_channel_gets_text_and_no_signature(door: Door) -> None:
    with Receiver() as channel:
        result = await deliver(DUE, Target("chat", "slack", channel.url), door, clock)
    assert result.delivered
    [received] = channel.received
    assert received.id == ""
    assert received.body == {"text": "Text changed, Stand unchanged · Tagblatt\n“Stadtrat beschließt Brücke”"}


async def test_an_endpoint_that_is_no_longer_configured(door: Door) -> None:
    result = await deliver(DUE, None, door, clock)
    assert (result.delivered, result.next_attempt_at, result.disable) == (False, None, False)
    assert result.error == "endpoint 'desk' is no longer in config.toml"


@pytest.mark.parametrize("failing", [500, 404, 302, 410, "gone", "closed"])
async def test_an_error_tells_no_secrets(receiver: Receiver, door: Door, failing: int | str) -> None:
    receiver.plan([failing if isinstance(failing, int) else Reply(close=True)])
    url = receiver.url.replace("127.0.0.1", "reader:hunter2@127.0.0.1") + "/T0/B0/pathkey?token=s3cr3t#frag"
    if failing == "gone":
        receiver.stop()
    result = await deliver(DUE, target(receiver, url=url), door, clock)
    assert not result.delivered
    assert "'desk' at 127.0.0.1" in result.error
    for secret in ("reader", "hunter2", "pathkey", "token", "s3cr3t", "frag", SECRET, SECRET[6:]):
        assert secret not in result.error


class Broken(Door):
    """A door that fails as asked."""

    code = ""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], deadline: timedelta) -> Answer:
        raise FetchError(self.code, f"POST {url} failed")


@pytest.mark.parametrize(
    "code",
    ["dns", "connect", "tls", "timeout", "protocol", "truncated", "too_large", "bad_encoding", "bad_url", "other"],
)
async def test_every_fault_of_the_wire_has_words(code: str) -> None:
    hidden = Target("desk", "webhook", "https://[broken/s3cr3t", (b"k" * 32,))
    async with Broken(LOCAL, clock) as broken:
        broken.code = code
        result = await deliver(DUE, hidden, broken, clock)
    assert result.next_attempt_at is not None
    assert result.error.startswith("endpoint 'desk' at an address that cannot be read: ")
    assert "s3cr3t" not in result.error
    assert (result.error.split(": ")[1] == code) is (code == "other"), "a code of a later version is given as it is"


def test_a_webhook_is_never_unsigned_and_shows_no_secret() -> None:
    with pytest.raises(ValueError, match="'desk'"):
        Target("desk", "webhook", "https://a.example/")
    assert "hooks" not in repr(Target("chat", "slack", "https://hooks.example/T0"))
    desk = Target("desk", "webhook", "https://a.example/", (b"k" * 32,))
    assert pickle.loads(pickle.dumps(desk)).secrets == (b"k" * 32,)


def test_the_schedule_is_that_of_the_standard() -> None:
    hours = [delay / timedelta(hours=1) for delay in SCHEDULE]
    assert hours[4:] == [2, 5, 10, 14, 20, 24]
    assert SCHEDULE[:4] == (timedelta(0), timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30))
    assert sum(SCHEDULE, timedelta(0)) == timedelta(hours=75, minutes=35, seconds=5)


async def test_after_the_last_attempt_it_is_dead(receiver: Receiver, door: Door) -> None:
    receiver.plan([500, 500])
    last_but_one = await deliver(replace(DUE, attempts=8), target(receiver), door, clock)
    assert last_but_one.next_attempt_at is not None
    assert last_but_one.next_attempt_at - NOW >= timedelta(hours=24)
    last = await deliver(replace(DUE, attempts=9), target(receiver), door, clock)
    assert (last.delivered, last.next_attempt_at, last.disable) == (False, None, False)


@given(
    uid=st.text(min_size=1),
    attempts=st.integers(1, 20),
    wait=st.none() | st.timedeltas(timedelta(0), timedelta.max),
)
def test_jitter_is_bounded_and_repeatable(uid: str, attempts: int, wait: timedelta | None) -> None:
    due = next_attempt(uid, attempts, NOW, wait)
    assert due == next_attempt(uid, attempts, NOW, wait)
    if attempts >= len(SCHEDULE):
        assert due is None
        return
    assert due is not None
    floor = max(SCHEDULE[attempts], min(wait or timedelta(0), LONGEST_WAIT))
    assert floor <= due - NOW <= floor * 1.1 + timedelta(microseconds=1)


def test_jitter_spreads() -> None:
    waits = {next_attempt(f"evt_{number}", 4, NOW) for number in range(50)}
    assert len(waits) == 50
    spread = [(wait - NOW) / timedelta(hours=2) for wait in waits if wait]
    assert min(spread) < 1.02
    assert max(spread) > 1.08
