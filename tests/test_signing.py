"""Signed requests, judged by the standard's own package and vectors."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from schedules.signing import secret_bytes, signed

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 9, 0, 0, 900_000, tzinfo=UTC)
BODY = json.dumps({"type": "article.changed", "data": {"headline": "Stadtrat beschließt Brücke"}})


class TestSecret:
    def test_the_form_of_the_standard(self) -> None:
        assert secret_bytes(SECRET) == KEY
        assert secret_bytes(f"  {SECRET}\n") == KEY

    @pytest.mark.parametrize("length", [16, 24, 31, 32, 33, 64, 65])
    def test_prefix_and_padding_may_be_missing(self, length: int) -> None:
        key = bytes(range(100, 100 + length))
        text = base64.b64encode(key).decode()
        assert secret_bytes(text) == secret_bytes(text.rstrip("=")) == secret_bytes(f"whsec_{text}") == key

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "whsec_",
            "whsec_AAAA",
            "whsec_!!!!",
            "whsk_" + "A" * 44,
            "Geheimnis mit ü",
            "whsec_" + "A" * 21,
            "A=A" * 20,
        ],
    )
    def test_what_is_none_is_refused_in_words_but_not_repeated(self, text: str) -> None:
        with pytest.raises(ValueError, match="a signing secret is") as caught:
            secret_bytes(text)
        assert len(text) < 7 or text.removeprefix("whsec_") not in str(caught.value)

    def test_the_message_names_a_command_that_works(self) -> None:
        with pytest.raises(ValueError, match="python3 -c") as caught:
            secret_bytes("")
        code = str(caught.value).split('python3 -c "')[1].rstrip('"')
        printed: list[str] = []
        exec(code, {"print": printed.append})  # the remedy is code: try it
        assert len(secret_bytes(printed[0])) == 32


class TestSigned:
    @given(body=st.text(st.characters(exclude_categories=["Cs"])))
    def test_equal_to_the_package(self, body: str) -> None:
        headers = signed(body, "evt_1", [KEY], NOW)
        expected = Webhook(SECRET).sign("evt_1", NOW.replace(microsecond=0), body)
        assert headers == {
            "content-type": "application/json",
            "webhook-id": "evt_1",
            "webhook-timestamp": "1772442000",
            "webhook-signature": expected,
        }

    def test_the_package_accepts_it_and_refuses_what_was_touched(self) -> None:
        body, now = BODY, datetime.now(UTC)
        headers, receiver = signed(body, "evt_1", [KEY], now), Webhook(SECRET)
        assert receiver.verify(body, headers) == json.loads(body)
        for touched in (
            {"webhook-id": "evt_2"},
            {"webhook-timestamp": str(int(now.timestamp()) + 1)},
            {"webhook-signature": signed(body, "evt_1", [b"x" * 32], now)["webhook-signature"]},
        ):
            with pytest.raises(WebhookVerificationError):
                receiver.verify(body, {**headers, **touched})
        with pytest.raises(WebhookVerificationError):
            receiver.verify(body + " ", headers)
        with pytest.raises(WebhookVerificationError, match="too old"):
            receiver.verify(body, signed(body, "evt_1", [KEY], now - timedelta(minutes=10)))

    def test_while_a_secret_is_changed_whoever_knows_either_accepts_it(self) -> None:
        new, now = bytes(range(50, 90)), datetime.now(UTC)
        headers = signed(BODY, "evt_1", [new, KEY], now)
        assert len(headers["webhook-signature"].split(" ")) == 2
        for known in (new, KEY):
            receiver = Webhook("whsec_" + base64.b64encode(known).decode())
            assert receiver.verify(BODY, headers) == json.loads(BODY)
        with pytest.raises(WebhookVerificationError):
            Webhook("whsec_" + base64.b64encode(b"x" * 32).decode()).verify(BODY, headers)

    def test_the_zone_of_the_clock_does_not_matter(self) -> None:
        berlin = NOW.astimezone(timezone(timedelta(hours=1)))
        assert signed("{}", "evt_1", [KEY], berlin) == signed("{}", "evt_1", [KEY], NOW)

    @pytest.mark.parametrize("uid", ["", "evt.1", "evt_1\r\nx: y", "evt 1", "évt"])
    def test_an_id_that_could_blur_what_is_signed_is_refused(self, uid: str) -> None:
        with pytest.raises(ValueError, match="event id"):
            signed("{}", uid, [KEY], NOW)

    def test_published_vectors(self, shared: Path) -> None:
        cases = json.loads((shared / "hostile/webhook-vectors/manifest.json").read_text())["cases"]
        checked = 0
        for case in cases:
            if "secret" not in case:
                continue  # a statement about a file of the suite, not a vector
            raw = case["body"].encode() if "body" in case else base64.b64decode(case["body_b64"])
            try:
                body = raw.decode()
            except UnicodeDecodeError:
                continue  # our bodies are JSON, hence UTF-8
            at = datetime.fromtimestamp(case["timestamp"], UTC)
            headers = signed(body, case["msg_id"], [secret_bytes(case["secret"])], at)
            assert headers["webhook-signature"] == case["expected"], case["id"]
            checked += 1
        assert checked >= 5

    def test_secrets_of_the_standards_own_tests(self, shared: Path) -> None:
        cases = json.loads((shared / "hostile/webhooks-standard/manifest.json").read_text())["cases"]
        texts = {text for case in cases for text in re.findall(r"'((?:whsec_)?MfKQ[^']*)'", case.get("input_text", ""))}
        assert texts
        for text in texts:
            padded = text.removeprefix("whsec_") + "=="
            assert secret_bytes(text) == base64.b64decode(padded), text
