"""The demonstration's receiver against Standard Webhooks' own library, and against what must be refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from schedules.demo.receiver import TOLERANCE, DemoReceiver, Refused, verify
from schedules.signing import secret_bytes, signed

if TYPE_CHECKING:
    from pathlib import Path

    from schedules.demo.receiver import Alert

NOW = datetime(2026, 11, 24, 13, 5, 12, tzinfo=UTC)
KEY = bytes(range(32))
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
DATA = {
    "url": "http://127.0.0.1:1/a.html",
    "verdict": "unmarked",
    "headline": "Ziege",
    "excerpt": "[-48-] {+84+}",
    "stand_before": None,
}
BODY = json.dumps({"type": "article.changed", "timestamp": "2026-11-24T13:05:11+00:00", "data": DATA}).encode()


def headers(body: bytes = BODY, at: datetime = NOW, secret: str = SECRET, uid: str = "evt_1") -> dict[str, str]:
    """Signed by the library that others use."""
    return {
        "webhook-id": uid,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(uid, at, body.decode()),
    }


def test_what_the_library_signs_is_believed() -> None:
    verify(KEY, headers(), BODY, NOW)


def test_what_nachtrag_signs_is_believed() -> None:
    verify(KEY, signed(BODY.decode(), "evt_1", [secret_bytes(SECRET)], NOW), BODY, NOW)


def test_one_good_signature_among_several_is_enough() -> None:
    given = headers()
    given["webhook-signature"] = f"v1a,x v1,bm9wZQ== {given['webhook-signature']}"
    verify(KEY, given, BODY, NOW)


class Ours:
    """Our side and the demonstration's with the interface of the standard's own library."""

    def __init__(self, secret: str | bytes) -> None:
        self.key = secret_bytes(secret if isinstance(secret, str) else secret.decode())

    def verify(self, body: str, given: dict[str, str], *, json_parse: bool = True) -> object:
        verify(self.key, given, body.encode(), datetime.now(UTC))
        return json.loads(body) if json_parse else None

    def sign(self, msg_id: str, timestamp: datetime, data: str) -> str:
        return signed(data, msg_id, [self.key], timestamp)["webhook-signature"]


class Payload:
    """What the standard's own tests verify, signed by us."""

    def __init__(self, at: datetime | None = None, secret: str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") -> None:
        self.secret, self.payload = secret, '{"test": 2432232314}'
        self.header = signed(
            self.payload, "msg_p5jXN8AQM9LWM0D4loKWxJek", [secret_bytes(secret)], at or datetime.now(UTC)
        )


def test_the_standard_s_own_tests_hold_for_us(shared: Path) -> None:
    cases = json.loads((shared / "hostile/webhooks-standard/manifest.json").read_text("utf-8"))["cases"]
    names = {
        "pytest": pytest, "Webhook": Ours, "PayloadForTesting": Payload, "TOLERANCE": TOLERANCE, "datetime": datetime,
        "timedelta": timedelta, "timezone": timezone, "WebhookVerificationError": Refused,
        "EmptyWebhookSecretError": ValueError,
    }  # fmt: skip
    for case in cases:
        exec(case["input_text"], names)  # a test as the standard's library has it
        names[case["id"].removeprefix("python/")]()  # type: ignore[operator]
    assert len(cases) == 15


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"webhook-signature": ""}, "not signed"),
        ({"webhook-id": ""}, "not signed"),
        ({"webhook-timestamp": ""}, "not signed"),
        ({"webhook-id": "evt_2"}, "signature is not ours"),
        ({"webhook-timestamp": "1"}, "signature is not ours"),
        ({"webhook-signature": "v1,"}, "signature is not ours"),
        ({"webhook-signature": "v1,%%%"}, "signature is not ours"),
        ({"webhook-signature": "v1"}, "signature is not ours"),
        ({"webhook-signature": headers()["webhook-signature"].replace("v1,", "v2,")}, "signature is not ours"),
    ],
)
def test_what_was_tampered_with_is_refused(change: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        verify(KEY, headers() | change, BODY, NOW)


def test_another_body_is_refused() -> None:
    with pytest.raises(Refused, match="signature is not ours"):
        verify(KEY, headers(), BODY + b" ", NOW)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_signature_is_refused(minutes: int) -> None:
    with pytest.raises(Refused, match="more than 5 minutes from now"):
        verify(KEY, headers(at=NOW + timedelta(minutes=minutes)), BODY, NOW)


@pytest.mark.parametrize("stamp", ["9" * 40, "soon", "-5", "²"])
def test_a_signed_time_that_is_no_time_is_refused(stamp: str) -> None:
    digest = hmac.new(KEY, f"evt_1.{stamp}.".encode() + BODY, hashlib.sha256).digest()
    given = headers() | {
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
    with pytest.raises(Refused, match="it was signed at"):
        verify(KEY, given, BODY, NOW)


async def test_alerts_are_handed_on_once_and_in_order() -> None:
    heard: list[Alert] = []
    receiver = DemoReceiver(lambda: NOW, KEY)
    await receiver.start()
    assert receiver.secret == SECRET
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.post(receiver.url, content=BODY, headers=headers())).status_code == 204
        receiver.listen(heard.append)
        for uid in ("evt_1", "evt_2"):
            assert (await client.post(receiver.url, content=BODY, headers=headers(uid=uid))).status_code == 204
        assert (await client.post(receiver.url, content=b"{}", headers=headers())).status_code == 401
        assert (await client.post(receiver.url, content=b"{}", headers=headers(b"{}"))).status_code == 400
        assert (await client.get(receiver.url)).status_code == 404
    await receiver.stop()
    assert [alert.uid for alert in heard] == ["evt_1", "evt_2"]
    alert = heard[0]
    assert (alert.type, alert.verdict, alert.url) == ("article.changed", "unmarked", DATA["url"])
    assert (alert.headline, alert.excerpt, alert.stand_before, alert.stand_after) == ("Ziege", "[-48-] {+84+}", "", "")
    assert alert.received_at == NOW
    assert receiver.refusals == ["its signature is not ours", "it is signed, but it is no alert"]


def test_every_receiver_has_a_secret_of_its_own() -> None:
    one, other = (DemoReceiver(lambda: NOW).secret for _ in range(2))
    assert one != other
    assert len(secret_bytes(one)) == 32
