"""Whatever comes back over a socket, to a webhook or to a look: declared errors, bounded waits, nothing made up."""

from __future__ import annotations

import asyncio
import gzip
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.work_alerts import DueDelivery
from schedules.deliver import LONGEST_WAIT, Target, deliver
from scraper.errors import FetchError
from scraper.http import Door, FetchSettings
from scraper.page import NotModified, Page
from tests.hostile_input import fuzzed, rearranged, spoiled
from tests.scripted import CLOSE, NOW, Server, chunked, clock, http

if TYPE_CHECKING:
    from db.work_alerts import DeliveryResult

pytestmark = pytest.mark.no_cover  # what chance leads to says nothing of tests

LOCAL = FetchSettings(
    "Nachtrag/test", allow_private=("127.0.0.0/8",), gap=timedelta(), deadline=timedelta(seconds=20),
    max_bytes=100_000, max_wire_bytes=50_000,
)  # fmt: skip
DUE = DueDelivery(1, "desk", "evt_1", json.dumps({"type": "article.gone", "data": {}}), 0)
STATUSES = ("200 OK", "204 No Content", "302 Found", "410 Gone", "429 Too Many Requests", "503 Busy", "999 X", "099 X")
SEEDS = [
    *(http(b"{}", "Content-Type: application/json", status=status) for status in STATUSES),
    *(http(b"", f"Retry-After: {after}", status="503 Busy") for after in ("120", "Fri, 27 Nov 2026 07:00:00 GMT")),
    http(b"<html>" + b"x" * 30_000), chunked(b"<html><p>Text</p>", "Content-Type: text/html"),
    http(gzip.compress(b"<p>" + b"0" * 10_000_000), "Content-Encoding: gzip"), b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20,
    http(b"", "Location: /hook", status="301 Moved"), http(b"", "Location: http://169.254.169.254/", status="307 X"),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nffffffffffffffff\r\n", b"ok\n", b"",
]  # fmt: skip
ANSWERS = st.one_of(
    spoiled([seed or b"\r\n" for seed in SEEDS]),
    rearranged([seed or b"\r\n" for seed in SEEDS]),
    st.tuples(st.sampled_from(SEEDS), st.integers(0, 400)).map(lambda cut: cut[0][: cut[1]]),
)


def delivered(answer: bytes) -> DeliveryResult:
    async def attempt() -> DeliveryResult:
        async with Server({"/geheim": (answer, CLOSE)}) as server, Door(LOCAL, clock) as door:
            url = f"http://127.0.0.1:{server.port}/geheim"
            result = await deliver(DUE, Target("desk", "webhook", url, (b"k" * 32,)), door, clock)
            assert set(server.paths) <= {"/geheim"}, "no redirect is followed"
            assert len(server.paths) == 1, "one attempt, one request"
            return result

    return asyncio.run(attempt())


@fuzzed
@given(ANSWERS)
def test_what_a_receiver_answers(answer: bytes) -> None:
    result = delivered(answer)
    assert result.delivered is (200 <= result.status < 300)
    assert (b" %03d" % result.status) in answer or not result.status, "the status is the one that came"
    assert "geheim" not in result.error
    assert len(result.error) < 500
    assert result.error.isprintable()
    for until in (result.next_attempt_at, result.rests_until):
        assert until is None or NOW <= until <= NOW + LONGEST_WAIT * 1.1
    assert (result.next_attempt_at is None) is (result.delivered or result.disable)
    assert result.disable is (result.status == 410)


def looked(answer: bytes) -> Page | NotModified | FetchError:
    async def attempt() -> Page | NotModified | FetchError:
        async with Server({"/a": (answer, CLOSE)}) as server, Door(LOCAL, clock) as door:
            try:
                return await door.get(f"http://127.0.0.1:{server.port}/a")
            except FetchError as error:
                return error

    return asyncio.run(attempt())


@fuzzed
@given(ANSWERS)
def test_what_a_site_answers(answer: bytes) -> None:
    found = looked(answer)
    if isinstance(found, FetchError):
        assert found.code.replace("_", "").isalnum()
        assert len(found.message) < 1_000
        return
    assert isinstance(found, Page), "nothing is unchanged of which we had nothing"
    assert found.status in (200, 203, 404, 410, 451)
    assert len(found.body) <= 100_000
    assert all(name == name.lower() for name, _ in found.headers)
