"""Signed requests, judged by the standard's own package and vectors; chat messages, judged by what a chat does."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from changes.change import Verdict
from changes.wording import verdict_words
from schedules.message import harmless, secret_bytes, signed, slack_text

TRICKS = Path(__file__).parent / "data" / "chat" / "tricks.json"
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 9, 0, 0, 900_000, tzinfo=UTC)
DATA: dict[str, Any] = {
    "id": "evt_1",
    "url": "https://tagblatt.example/a/1",
    "source": "Tagblatt",
    "headline": "Stadtrat beschließt Brücke",
    "verdict": "unmarked",
    "not_before": "2026-03-02T08:00:00.000000+00:00",
    "not_after": "2026-03-02T08:41:00.000000+00:00",
    "words_added": 12,
    "words_removed": 3,
    "excerpt": "die Kosten steigen auf 40 Millionen",
    "severity": "high",
    "tags": ["number", "name"],
    "link": "https://watch.example/-/article/1?a=1&b=2#r2",
}


def event(event_type: str = "article.changed", **other: object) -> str:
    return json.dumps({"type": event_type, "timestamp": "2026-03-02T08:41:00Z", "data": {**DATA, **other}})


def said(event_type: str = "article.changed", **other: object) -> str:
    text = json.loads(slack_text(event(event_type, **other)))["text"]
    assert isinstance(text, str)
    return text


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
        headers = signed(body, "evt_1", KEY, NOW)
        expected = Webhook(SECRET).sign("evt_1", NOW.replace(microsecond=0), body)
        assert headers == {
            "content-type": "application/json",
            "webhook-id": "evt_1",
            "webhook-timestamp": "1772442000",
            "webhook-signature": expected,
        }

    def test_the_package_accepts_it_and_refuses_what_was_touched(self) -> None:
        body, now = event(), datetime.now(UTC)
        headers, receiver = signed(body, "evt_1", KEY, now), Webhook(SECRET)
        assert receiver.verify(body, headers) == json.loads(body)
        for touched in (
            {"webhook-id": "evt_2"},
            {"webhook-timestamp": str(int(now.timestamp()) + 1)},
            {"webhook-signature": signed(body, "evt_1", b"x" * 32, now)["webhook-signature"]},
        ):
            with pytest.raises(WebhookVerificationError):
                receiver.verify(body, {**headers, **touched})
        with pytest.raises(WebhookVerificationError):
            receiver.verify(body + " ", headers)
        with pytest.raises(WebhookVerificationError, match="too old"):
            receiver.verify(body, signed(body, "evt_1", KEY, now - timedelta(minutes=10)))

    def test_the_zone_of_the_clock_does_not_matter(self) -> None:
        berlin = NOW.astimezone(timezone(timedelta(hours=1)))
        assert signed("{}", "evt_1", KEY, berlin) == signed("{}", "evt_1", KEY, NOW)

    @pytest.mark.parametrize("uid", ["", "evt.1", "evt_1\r\nx: y", "evt 1", "évt"])
    def test_an_id_that_could_blur_what_is_signed_is_refused(self, uid: str) -> None:
        with pytest.raises(ValueError, match="event id"):
            signed("{}", uid, KEY, NOW)

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
            headers = signed(body, case["msg_id"], secret_bytes(case["secret"]), at)
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


class TestSlack:
    def test_all_that_is_known(self) -> None:
        assert said().splitlines() == [
            "Text changed, Stand unchanged · Tagblatt",
            "“Stadtrat beschließt Brücke”",
            "Between 2026-03-02 08:00 and 08:41 UTC",
            "Words: +12 −3",
            "High weight: number, name",
            "“die Kosten steigen auf 40 Millionen”",
            "<https://watch.example/-/article/1?a=1&amp;b=2#r2>",
        ]

    @pytest.mark.parametrize("verdict", get_args(Verdict))
    def test_every_verdict_in_its_words(self, verdict: str) -> None:
        assert said(verdict=verdict).lower().startswith(verdict_words(verdict).lower())

    @pytest.mark.parametrize(
        ("before", "words"),
        [
            (None, "Not later than 2026-03-02 08:41 UTC"),
            ("2026-03-01T23:59:00+00:00", "Between 2026-03-01 23:59 and 2026-03-02 08:41 UTC"),
            ("2026-03-02T09:10:00+01:00", "Between 2026-03-02 08:10 and 08:41 UTC"),
        ],
    )
    def test_the_window(self, before: str | None, words: str) -> None:
        assert said(not_before=before).splitlines()[2] == words

    def test_what_is_not_known_is_left_out(self) -> None:
        bare = dict.fromkeys(DATA) | {"verdict": "removed", "words_added": 0, "words_removed": 0}
        assert said("article.gone", **bare) == "No longer there"

    def test_a_new_ruling_says_that_it_replaces_the_old_one(self) -> None:
        text = said("article.ruled", verdict="announced", supersedes="evt_0")
        assert text.splitlines()[0] == "Text changed, Stand moved with it · Tagblatt"
        assert "This takes the place of what was said before." in text.splitlines()

    def test_an_event_for_those_who_run_it(self) -> None:
        body = json.dumps(
            {"type": "operations.source_failing", "timestamp": "", "data": {"message": "Tagblatt: no answer"}}
        )
        text = json.loads(slack_text(body))["text"]
        assert text.replace("\u2060", "") == "Operations: source failing\n“Tagblatt: no answer”"

    @pytest.mark.parametrize(
        "link", ["", "/-/article/1", "javascript:alert(1)", "https://a.example/|x", "https://a.example/><!channel>",
                 "https://a.example/\n<!here>", "https://a.example/" + "&" * 120]
    )  # fmt: skip
    def test_a_link_that_is_none_is_left_out(self, link: str) -> None:
        assert "<" not in said(link=link)

    @pytest.mark.parametrize("trick", json.loads(TRICKS.read_text()))
    @pytest.mark.parametrize("field", ["headline", "source", "excerpt"])
    def test_nothing_scraped_becomes_active(self, field: str, trick: str) -> None:
        text = said(**{field: trick}, not_after=None)
        own = text.replace(f"<{DATA['link'].replace('&', '&amp;')}>", "")
        assert not re.search(r"[<>*_~`\\\[\]$]", own)
        assert not re.search(r"&(?!(amp|lt|gt);)", own)
        assert not re.search(r"@\w|#\w|:\w|://|www\.|\w\.\w", own)
        assert not re.search(r"^\s*(&gt;|#|-|\d)", own, re.MULTILINE)
        assert len(text.splitlines()) == 6
        assert all(char.isprintable() or char in "\n\u2060" for char in text)

    def test_the_longest_texts_fit(self) -> None:
        for filling in ("&" * 9000, "ä" * 9000, "@" * 9000, "Wort " * 3000, "😀" * 9000):
            text = said(
                headline=filling,
                source=filling,
                excerpt=filling,
                verdict=filling,
                link="https://e.example/" + "x" * 480,
            )
            assert len(text) <= 3000
            assert "…”" in text

    def test_a_cut_never_splits_an_escape(self) -> None:
        assert [harmless("a&b", room) for room in (3, 6, 7)] == ["a…", "a…", "a&amp;b"]

    @given(st.text(), st.integers(1, 80))
    def test_room_is_kept(self, text: str, room: int) -> None:
        assert len(harmless(text, room)) <= room

    def test_readable_where_nothing_needs_care(self) -> None:
        plain = "„Wir bauen“, sagt der Rat – für 40 % mehr; morgen!"
        assert harmless(plain, 200) == plain
        assert harmless("Bundes\u00adtag", 200) == "Bundestag"
