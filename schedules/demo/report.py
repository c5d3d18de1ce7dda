"""What was told, held against the script: alerts go in one by one, out comes what of it was rightly named. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from changes.wording import verdict_words

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from schedules.demo.receiver import Alert
    from schedules.demo.script import Happening, Script, Step


@dataclass(slots=True)
class Scene:
    """A happening as it went.

    Attributes:
        began_at: when its first step happened; None: it has not come to it.
        told: the alert that the script expects.
        also: the alert after it about what had happened to the article before.
        others: alerts about its article that the script does not expect.
        looked: where nothing is to be told: Nachtrag looked as often as the script wants.
    """

    happening: Happening
    began_at: datetime | None = None
    told: Alert | None = None
    also: Alert | None = None
    others: list[Alert] = field(default_factory=list)
    looked: bool = False

    @property
    def step(self) -> Step:
        """The step that begins it."""
        return self.happening.steps[0]

    @property
    def quiet(self) -> bool:
        """Whether nothing may be told of it."""
        return self.step.told is None

    @property
    def complete(self) -> bool:
        """Whether all that the script expects was told."""
        return self.told is not None and (self.also is not None or self.step.also is None)

    @property
    def right(self) -> bool:
        """Whether Nachtrag said what there was to say, and nothing else."""
        return not self.others and (self.looked if self.quiet else self.complete)

    @property
    def took(self) -> timedelta | None:
        """From the happening to the alert."""
        if self.told is None or self.began_at is None:
            return None
        return self.told.received_at - self.began_at

    @property
    def said(self) -> str:
        """What Nachtrag said of it, in plain words."""
        alerts = [*(alert for alert in (self.told, self.also) if alert), *self.others]
        return "; ".join(verdict_words(alert.verdict) for alert in alerts) or "nothing"


class Report:
    """The scenes in order, and what was discovered before them."""

    def __init__(self, script: Script) -> None:
        self.scenes = tuple(Scene(happening) for happening in script.happenings)
        self.to_discover = frozenset(story.slug for story in script.stories)
        self.discovered: set[str] = set()
        self.strays: list[Alert] = []

    @property
    def all_right(self) -> bool:
        """Whether every happening was rightly named, and nothing was made up."""
        return all(scene.right for scene in self.scenes) and not self.strays and self.discovered == self.to_discover

    def file(self, alert: Alert, slug: str | None) -> Scene | None:
        """Put an alert where it belongs: the scene, or None for a discovery and for what belongs nowhere."""
        if alert.type == "article.discovered" and slug in self.to_discover - self.discovered:
            self.discovered.add(slug)
            return None
        begun = [scene for scene in self.scenes if scene.began_at is not None and scene.step.story == slug]
        if not begun:
            self.strays.append(alert)
            return None
        # A late alert still counts, but not when the next thing has happened to the same article.
        scene = begun[-1]
        if scene.told is None and scene.step.told == (alert.type, alert.verdict):
            scene.told = alert
        elif scene.told is not None and scene.also is None and scene.step.also == (alert.type, alert.verdict):
            scene.also = alert
        else:
            scene.others.append(alert)
        return scene
