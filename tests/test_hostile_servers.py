"""The door against a server that does everything wrong: its outcomes are those that the suite states.

The server is reached under public names, so the guard is at work in full: whatever the server points to on this machine
must not be reached.
"""

from __future__ import annotations

import asyncio
import json
import resource
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scraper.charset import text_of
from scraper.errors import FetchError, HttpStatus
from scraper.page import NotModified, Page, header
from tests.badserver import SMALLER, address, running
from tests.scripted import PUBLIC, Home, guarded

if TYPE_CHECKING:
    from pathlib import Path

    from scraper.http import Door

# Groups that say something about the door; the others are about readers, feeds and rulings.
GROUPS = {
    "control", "timing", "size", "compression", "framing", "connection", "redirect", "retry", "caching", "encoding",
    "tls",
}  # fmt: skip
# What the door cannot know: whether the content is an article, and what was there before.
LEFT_TO_OTHERS = {
    "gzip-unasked-file": "ok",  # a sitemap may be such a file; the reader refuses it
    "meta-refresh": "ok",  # a page, whose links nobody follows
    "304-unsolicited": "error",  # nothing to compare with: the next look asks again, without validators
    "503-flap": "retry_later",  # the first of its answers
}
LONG = timedelta(seconds=20)
SHORT = timedelta(seconds=1.5)
# Those that never end by themselves.
ENDLESS = {"never-respond", "slow-headers", "slow-body", "slow-chunks", "early-hints-flood", "chunked-huge-size"}
AS = {"unchanged": "ok", "changed": "ok", "gone": "ok", "blocked": "error", "truncated": "error"}
# (least, most) seconds that Retry-After may come to; None: it says nothing usable.
WAITS = {
    "429-seconds": (7, 7), "429-date": (6, 9), "429-rfc850": (6, 9), "429-absurd": (30 * 86_400, 30 * 86_400),
}  # fmt: skip


def real_clock() -> datetime:
    """The suite's server has no other."""
    return datetime.now(UTC)


async def look(door: Door, port: int, case: dict[str, Any]) -> tuple[str, Page | NotModified | FetchError]:
    """What a behaviour came to, in the suite's words."""
    try:
        answer = await door.get(address(case["behaviour"], port))
    except HttpStatus as error:
        return "retry_later" if error.status in (403, 429, 500, 503) else "error", error
    except FetchError as error:
        return "error", error
    return "ok", answer


async def test_all_behaviours(shared: Path) -> None:
    cases = json.loads((shared / "hostile" / "badserver_expectations.json").read_text("utf-8"))
    cases = [case for case in cases if case["group"] in GROUPS]
    assert len(cases) > 120
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    home = Home()
    with running(shared / "hostile") as port:
        async with (
            guarded(home=home, deadline=LONG, clock=real_clock) as patient,
            guarded(home=home, deadline=SHORT) as hasty,
        ):
            looks = [look(hasty if case["behaviour"] in ENDLESS else patient, port, case) for case in cases]
            found = await asyncio.gather(*looks)
        async with guarded(home=Home()) as door:
            log = await door.get(f"http://log.example:{port}/_log", max_bytes=200 * 1024 * 1024)
    assert isinstance(log, Page)
    wrong = [
        (case["behaviour"], outcome, wanted, answer)
        for case, (outcome, answer) in zip(cases, found, strict=True)
        if outcome != (wanted := LEFT_TO_OTHERS.get(case["behaviour"]) or AS.get(case["outcome"], case["outcome"]))
    ]
    assert not wrong
    answers = {case["behaviour"]: answer for case, (_, answer) in zip(cases, found, strict=True)}
    assert waits(answers) == []
    assert texts(cases, answers) == []
    codes = {name: answer.code for name, answer in answers.items() if isinstance(answer, FetchError)}
    assert codes["tls-self-signed"] == "tls"
    assert {codes[name] for name in ENDLESS} == {"timeout"}
    assert {codes[name] for name in SMALLER} == {"too_large"}
    cut = ("gzip-truncated", "length-too-long", "length-too-short", "chunked-truncated", "reset-mid-body")
    assert {codes[name] for name in cut} == {"truncated"}
    # Neither the canary nor anything else on this machine was reached, and nobody was asked without end.
    assert json.loads(log.body)["canary"] == []
    assert {host for host, _ in home.asked} == {PUBLIC}
    paths = [request["path"].partition("?")[0] for request in json.loads(log.body)["requests"]]
    assert max(paths.count(path) for path in set(paths) - {"/ok"}) <= 7
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def waits(answers: dict[str, Page | NotModified | FetchError]) -> list[str]:
    """Refusals whose Retry-After was not read as it should be."""
    wrong = []
    for name, answer in answers.items():
        if isinstance(answer, HttpStatus) and answer.status == 429:
            least, most = WAITS.get(name, (0, 0))
            seconds = answer.wait.total_seconds() if answer.wait else 0
            if not least <= seconds <= most:
                wrong.append(f"{name}: {answer.wait}")
    return wrong


def texts(cases: list[dict[str, Any]], answers: dict[str, Page | NotModified | FetchError]) -> list[str]:
    """Pages whose text was not read as it should be."""
    wrong = []
    for case in cases:
        answer = answers[case["behaviour"]]
        if case["group"] == "encoding" and isinstance(answer, Page):
            text = text_of(answer.body, header(answer.headers, "content-type"))
            if case.get("expect_text", "") not in text or "\0" in text or not text.encode():
                wrong.append(case["behaviour"])
    return wrong
