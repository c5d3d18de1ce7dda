"""The demonstration's stage: the whole script with a stand-in for the daemon, right and wrong, in no time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from schedules.demo.narration import browse_words, marked
from schedules.demo.newspaper import Newspaper
from schedules.demo.receiver import DemoReceiver
from schedules.demo.script import load_script
from schedules.demo.stage import Pace, perform
from schedules.demo.wire import Request
from schedules.signing import secret_bytes, signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schedules.demo.report import Report

SCRIPT = load_script()
Told = tuple[str, str]
POOL, GOAT, CLOCK = "neue-pumpe-fuers-freibad", "ziege-im-rathaus", "bahnhofsuhr-geht-vor"
RIGHT: Mapping[str, tuple[Told, ...]] = {
    story.slug: (
        ("article.discovered", "discovered"),
        *(
            step.told
            for happening in SCRIPT.happenings
            for step in happening.steps
            if step.told and step.story == story.slug
        ),
    )
    for story in SCRIPT.stories
}
ALSO = {
    step.told: step.also
    for happening in SCRIPT.happenings
    for step in happening.steps
    if step.told is not None and step.also is not None
}


class Watcher:
    """Stands in for the daemon: looks at every article every two seconds, and at every change says the next word that
    it was given for it. It tells nothing of copies that have an age, unless it is to be fooled by them."""

    def __init__(
        self, told: Mapping[str, tuple[Told, ...]], *, fooled: bool = False, looks: bool = True, also: bool = True
    ) -> None:
        self.now = datetime(2026, 11, 24, 13, 5, 12, tzinfo=UTC)
        self.paper = Newspaper(SCRIPT, self.clock)
        self.receiver = DemoReceiver(self.clock, bytes(32))
        self.console = Console(file=StringIO(), width=100, record=True)
        self._told = {slug: list(words) for slug, words in told.items()}
        self._also = dict(ALSO) if also else {}
        self._seen: dict[str, str] = {}
        self._fooled, self._looks = fooled, looks
        self._next_look = self.now
        self._sent = 0

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        if self._looks and self.now >= self._next_look:
            self._next_look = self.now + timedelta(seconds=2)
            for story in SCRIPT.stories:
                self._look(story.slug)

    def _look(self, slug: str) -> None:
        path = f"/{'lokales' if slug in (POOL, GOAT, CLOCK) else 'twin-town'}/{slug}.html"
        answer = self.paper.answer(Request("GET", path, {"user-agent": "Nachtrag-demo"}))
        headers = dict(answer.headers)
        seen = headers.get("ETag", "missing")
        if seen == self._seen.get(slug) or ("Age" in headers and not self._fooled):
            return
        self._seen[slug] = seen
        if self._told[slug]:
            said = self._told[slug].pop(0)
            self.tell(self.paper.url + path, *said)
            if also := self._also.pop(said, None):
                self.tell(self.paper.url + path, *also)

    def tell(self, url: str, kind: str, verdict: str) -> None:
        self._sent += 1
        uid = f"evt_{self._sent}"
        stands = {"stand_before": "Stand: früher", "stand_after": "Stand: später"}
        data = {
            "id": uid,
            "url": url,
            "headline": "Eine \x1b[31mÜberschrift",
            "verdict": verdict,
            "excerpt": "[-48-] {+84+}",
        }
        body = json.dumps({"type": kind, "timestamp": self.now.isoformat(), "data": {**data, **stands}})
        headers = signed(body, uid, [secret_bytes(self.receiver.secret)], self.now)
        assert self.receiver.answer(Request("POST", "/newsroom", headers, body.encode())).status == 204

    async def play(self) -> Report:
        if not self.paper.url:
            await self.paper.start()
        try:
            return await perform(
                self.paper, self.receiver, self.console, Pace(self.clock, self.sleep), "http://127.0.0.1:8001"
            )
        finally:
            await self.paper.stop()

    @property
    def shown(self) -> str:
        return self.console.export_text(clear=False)


def ticks(report: Report) -> str:
    return "".join("✓" if scene.right else "✗" for scene in report.scenes)


async def test_nine_happenings_rightly_named() -> None:
    watcher = Watcher(RIGHT)
    began = watcher.now
    report = await watcher.play()
    assert report.all_right
    assert ticks(report) == "✓" * 9
    assert all(
        scene.took is not None and scene.took <= timedelta(seconds=3) for scene in report.scenes if not scene.quiet
    )
    assert timedelta(seconds=60) <= watcher.now - began <= timedelta(seconds=120)


async def test_the_terminal_says_what_happens_and_what_was_told() -> None:
    watcher = Watcher(RIGHT)
    await watcher.play()
    shown = watcher.shown
    for happening in SCRIPT.happenings:
        assert shown.count(happening.title) == 2
    for words in (
        "http://127.0.0.1:8001/", f"{watcher.paper.url}/", "6/6", "text changed, Stand unchanged",
        "Stand moved, nothing changed in what we read", "article.gone, verdict removed, signature verified",
        "Stand: früher → Stand: später", "[-48-] {+84+}", "Nachtrag looked 2 times and told nobody.",
        "nothing, as it should be", "All 9 were rightly named.",
    ):  # fmt: skip
        assert words in shown
    assert "✗" not in shown
    assert "\x1b" not in shown


async def test_a_wrong_verdict_is_shown_as_wrong() -> None:
    named = {**RIGHT, GOAT: (("article.discovered", "discovered"), ("article.changed", "unmarked"))}
    watcher = Watcher(named)
    report = await watcher.play()
    assert not report.all_right
    assert ticks(report) == "✗✓✓✓✓✓✓✓✓"
    assert "Nachtrag told nothing of it within 15 s." in watcher.shown
    assert "Nobody expected that alert." in watcher.shown
    assert "8 of 9 were rightly named." in watcher.shown


async def test_what_is_not_said_of_the_edit_before_is_missed() -> None:
    report = await Watcher(RIGHT, also=False).play()
    assert ticks(report) == "✓✓✓✓✗✓✓✓✓"


async def test_who_is_fooled_by_an_old_copy_is_found_out() -> None:
    fooled = (*RIGHT[POOL], ("article.changed", "unmarked"), ("article.changed", "disclosed"))
    watcher = Watcher({**RIGHT, POOL: fooled}, fooled=True)
    report = await watcher.play()
    assert ticks(report) == "✓✓✓✓✓✓✗✓✓"
    assert report.scenes[6].said == "text changed, Stand unchanged; text changed, the page itself says so"
    assert "told nobody" not in watcher.shown


async def test_a_late_word_about_an_earlier_happening_does_not_mend_it() -> None:
    """Nothing was told of the edit; what is told at the old copy is about the old copy."""
    late = (RIGHT[POOL][0], ("article.ruled", "unmarked"), RIGHT[POOL][2], ("article.changed", "unmarked"))
    report = await Watcher({**RIGHT, POOL: late}, fooled=True).play()
    assert ticks(report) == "✓✗✓✓✓✓✗✓✓"


async def test_telling_too_much_is_wrong_even_after_the_end() -> None:
    watcher = Watcher(RIGHT)
    report = await watcher.play()
    assert report.all_right
    watcher.tell(f"{watcher.paper.url}/twin-town/surprise-for-the-postman.html", "article.changed", "announced")
    assert ticks(report) == "✓✓✓✓✓✓✓✓✗"


async def test_an_alert_about_an_article_that_nothing_happens_to_is_a_stray() -> None:
    ducks = "ducks-keep-right-of-way"
    watcher = Watcher(RIGHT)
    await watcher.paper.start()
    watcher.tell(f"{watcher.paper.url}/twin-town/{ducks}.html", "article.changed", "unmarked")
    report = await watcher.play()
    assert not report.all_right
    assert ticks(report) == "✓" * 9
    assert "Nobody expected 1 of the alerts." in watcher.shown


async def test_without_anybody_watching_nothing_is_right_and_the_end_comes() -> None:
    watcher = Watcher(RIGHT, looks=False)
    report = await watcher.play()
    assert ticks(report) == "✗" * 9
    assert "Nachtrag has not found 6 of the articles: bahnhofsuhr-geht-vor" in watcher.shown
    assert "Nachtrag did not look at the page in time." in watcher.shown
    assert "0 of 9 were rightly named. Only 0 of 6 articles were found." in watcher.shown


async def test_a_refused_request_is_shown() -> None:
    watcher = Watcher(RIGHT)
    watcher.receiver.answer(Request("POST", "/newsroom", {}, b"{}"))
    await watcher.play()
    assert "The receiver refused a request: it is not signed" in watcher.shown


async def test_speed_shortens_the_pauses_alone() -> None:
    watcher, slow = Watcher(RIGHT), Watcher(RIGHT)
    await slow.play()
    began = watcher.now
    await watcher.paper.start()
    pace = Pace(watcher.clock, watcher.sleep, speed=10)
    report = await perform(watcher.paper, watcher.receiver, watcher.console, pace, "http://127.0.0.1:8001/")
    await watcher.paper.stop()
    assert report.all_right
    assert watcher.now - began < (slow.now - began) / 2


@pytest.mark.parametrize(
    ("excerpt", "plain", "styles"),
    [
        ("kostet [-48-] {+84+} Euro", "kostet 48 84 Euro", ["red strike", "green"]),
        ("{+neu+}", "neu", ["green"]),
        ("ohne \x1b]8;;x\x07Marken", "ohne  ]8;;x Marken", []),
    ],
)
def test_an_excerpt_is_coloured(excerpt: str, plain: str, styles: list[str]) -> None:
    text = marked(excerpt)
    assert text.plain == plain
    assert [str(span.style) for span in text.spans] == styles


def test_where_to_browse_is_said() -> None:
    words = browse_words("http://127.0.0.1:5", "http://127.0.0.1:8001/").plain
    assert "http://127.0.0.1:8001/, the newspaper is at http://127.0.0.1:5/." in words
