"""The play: newspaper, receiver and terminal come in, the nine happenings are performed, a `Report` comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from schedules.demo.narration import Narrator
from schedules.demo.report import Report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from rich.console import Console

    from schedules.demo.newspaper import Newspaper
    from schedules.demo.receiver import Alert, DemoReceiver
    from schedules.demo.report import Scene
    from schedules.demo.script import Step

_BLINK = 0.1
_OPENING = timedelta(seconds=45)
# An alert that nobody expects would come within that time of the look that caused it.
_ECHO = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Pace:
    """How time passes: `clock` says what time it is, `sleep` lets seconds pass, `speed` shortens the pauses."""

    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    speed: float = 1.0


async def perform(
    newspaper: Newspaper, receiver: DemoReceiver, console: Console, pace: Pace, datasette_url: str
) -> Report:
    """Perform the whole script. Newspaper and receiver have started; whoever watches the newspaper is at work."""
    stage = _Stage(newspaper, receiver, Narrator(console), pace)
    stage.narrator.header(newspaper.url, datasette_url, len(stage.report.scenes))
    receiver.listen(stage.hear)
    await stage.open()
    for number, scene in enumerate(stage.report.scenes, 1):
        await stage.play(number, scene)
    await stage.linger()
    stage.narrator.ending(stage.report)
    return stage.report


class _Stage:
    def __init__(self, newspaper: Newspaper, receiver: DemoReceiver, narrator: Narrator, pace: Pace) -> None:
        self.newspaper, self.receiver, self.narrator, self.pace = newspaper, receiver, narrator, pace
        self.report = Report(newspaper.script)
        self._refusals_told = 0

    def hear(self, alert: Alert) -> None:
        """Take an alert from the receiver, say it aloud and file it."""
        scene = self.report.file(alert, self.newspaper.slug_of(alert.url))
        if scene is not None:
            self.narrator.alert(
                alert, expected=alert in (scene.told, scene.also), took=scene.took if alert is scene.told else None
            )
        elif alert in self.report.strays:
            self.narrator.alert(alert, expected=False, took=None)
        else:
            self.narrator.discovery(alert, len(self.report.discovered), len(self.report.to_discover))

    async def open(self) -> None:
        """Wait until every article was discovered."""
        self.narrator.opening(self.pace.clock(), len(self.report.to_discover))
        if not await self._until(lambda: self.report.discovered == self.report.to_discover, _OPENING):
            self.narrator.trouble(self.pace.clock(), self._missing_articles())

    async def play(self, number: int, scene: Scene) -> None:
        """Let a happening happen, and wait for what is told of it."""
        for step in scene.happening.steps:
            await self._pause(step)
            at = self.pace.clock()
            self.newspaper.apply(step)
            if step is scene.step:
                scene.began_at = at
                self.narrator.title(number, len(self.report.scenes), scene.happening.title)
            self.narrator.step(at, step.says, self.newspaper.headline(step.story) if step is scene.step else "")
            await (self._quiet(step, scene) if step.told is None else self._told(step, scene))

    async def linger(self) -> None:
        """Wait for alerts that nobody expects, once more after the last happening."""
        await self._until(lambda: False, _ECHO)

    async def _told(self, step: Step, scene: Scene) -> None:
        with self.narrator.waiting("Nachtrag has not noticed yet …"):
            if not await self._until(lambda: scene.complete, step.within):
                waited = f"Nachtrag told nothing of it within {step.within.total_seconds():g} s."
                self.narrator.trouble(self.pace.clock(), waited)

    async def _quiet(self, step: Step, scene: Scene) -> None:
        """Wait until Nachtrag has looked, and a little longer: whatever it had to say would have come."""
        enough = self.newspaper.looks(step.story) + step.looks
        with self.narrator.waiting("Nachtrag looks, and is to tell nothing …"):
            looked = await self._until(lambda: self.newspaper.looks(step.story) >= enough, step.within)
            await self._until(lambda: bool(scene.others), _ECHO)
        scene.looked = looked and (scene.looked or step is scene.step)
        if not looked:
            self.narrator.trouble(self.pace.clock(), "Nachtrag did not look at the page in time.")
        elif not scene.others:
            self.narrator.silence(self.pace.clock(), step.looks)

    async def _pause(self, step: Step) -> None:
        with self.narrator.waiting("Nachtrag is watching …"):
            await self._until(lambda: False, step.after / self.pace.speed)

    async def _until(self, there: Callable[[], bool], within: timedelta) -> bool:
        """Let time pass until something is there; False if it is not there within that time."""
        end = self.pace.clock() + within
        while not there():
            if self.pace.clock() >= end:
                return False
            await self.pace.sleep(_BLINK)
            self._tell_refusals()
        return True

    def _tell_refusals(self) -> None:
        for why in self.receiver.refusals[self._refusals_told :]:
            self.narrator.trouble(self.pace.clock(), f"The receiver refused a request: {why}.")
        self._refusals_told = len(self.receiver.refusals)

    def _missing_articles(self) -> str:
        missing = self.report.to_discover - self.report.discovered
        return f"Nachtrag has not found {len(missing)} of the articles: {', '.join(sorted(missing))}."
