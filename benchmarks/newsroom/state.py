"""What an article says from a moment on, and what happens to it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.newsroom.outlet import START

if TYPE_CHECKING:
    from random import Random

    from benchmarks.newsroom.outlet import Outlet


@dataclass(frozen=True, slots=True)
class State:
    """What an article says from a moment on. `stand` and `modified` are true instants.

    Attributes:
        absent: what comes in its place: "404", "410", "451", "front" for the front page, "soft" for an error page.
    """

    headline: str
    paragraphs: tuple[str, ...]
    stand: datetime
    modified: datetime
    caption: str = "Blick auf die Stadt"
    below: tuple[str, ...] = ()
    cut: bool = False
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """A change of the state. `kind` is what the newsroom did."""

    at: datetime
    kind: str
    state: State

    @property
    def what(self) -> str:
        """The kind, whatever became of the Stand."""
        return self.kind.partition("+")[0]


@dataclass
class Story:
    """An article: its states in order, and whether it is a test of headlines or a ticker."""

    outlet: Outlet
    number: int
    happenings: list[Happening]
    section: str = ""
    variant: str = ""
    ticker: bool = False
    successor: Story | None = None
    cached: dict[int, tuple[datetime, State]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        name = "liveticker" if self.ticker else "artikel"
        return f"https://{self.outlet.host}/{self.section}{name}-{self.number}.html"

    @property
    def born(self) -> datetime:
        return self.happenings[0].at

    def at(self, when: datetime) -> State:
        """What the newsroom's own server has then."""
        place = bisect_right([item.at for item in self.happenings], when)
        return self.happenings[max(place - 1, 0)].state

    def answer(self, when: datetime, random: Random, *, uncached: bool) -> tuple[State, timedelta]:
        """What a reader gets, and how old that copy is."""
        if not self.outlet.stale or (uncached and self.outlet.bypass):
            return self.at(when), timedelta()
        node = random.randrange(2)
        made, state = self.cached.get(node, (datetime.min.replace(tzinfo=UTC), self.at(when)))
        if when - made >= self.outlet.stale:
            made, state = when, self.at(when)
            self.cached[node] = made, state
        return state, when - made

    def is_broken(self, when: datetime) -> bool:
        """Whether the whole site says "not found" then."""
        begin = self.outlet.broken_at
        return begin is not None and START + begin <= when < START + begin + timedelta(hours=1)
