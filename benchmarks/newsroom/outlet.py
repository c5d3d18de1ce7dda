"""Outlets with their habits, and articles with a life that is known: what happens when, and what is served."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from random import Random

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NAMES = ("Abel", "Brandt", "Cordes", "Dietz", "Ebner", "Falk", "Grote", "Heller")
# What a newsroom does, and how often beside the rest; of edits without the Stand, such a share is stamped later.
_KINDS = {
    "edit": 8, "insert": 3, "headline": 3, "typo": 1, "caption": 1, "stamp": 1, "notice": 1, "revert": 1, "minute": 1,
}  # fmt: skip
_BUMPED = 0.15
TOPICS = ("Hafen", "Rathaus", "Bahnhof", "Stadtwald", "Freibad", "Theater", "Klinikum", "Marktplatz")


@dataclass(frozen=True, slots=True)
class Outlet:
    """The habits of an outlet.

    Attributes:
        honest: the share of its edits with which the Stand moves.
        machines: with which edits the date for machines moves: all, stamped, or "none" if there is no such date.
        stale: how long its caches keep a copy; honest_age: whether they say so.
        bypass: a request past all caches gets the newest copy.
        late: how long after the text the Stand moves, where it does.
        zone: in which zone the Stand is printed, rightly or not.
        day_only: the Stand has no time of day.
        skew: the server's clock minus the true time.
    """

    name: str
    honest: float
    machines: str = "all"
    stale: timedelta = timedelta()
    honest_age: bool = True
    bypass: bool = True
    late: timedelta = timedelta()
    zone: ZoneInfo = BERLIN
    day_only: bool = False
    skew: timedelta = timedelta()

    @property
    def host(self) -> str:
        return f"www.{self.name}.example"


OUTLETS = (
    Outlet("anzeiger", 0.95),
    Outlet("bote", 0.5, "stamped"),
    Outlet("chronik", 0.6, "none"),
    Outlet("depesche", 0.7, stale=timedelta(minutes=4)),
    Outlet("echo", 0.7, "stamped", stale=timedelta(minutes=9), honest_age=False),
    Outlet("fama", 0.6, "none", stale=timedelta(minutes=2), honest_age=False, bypass=False, late=timedelta(seconds=90)),
    Outlet("gazette", 0.6, late=timedelta(minutes=20)),
    Outlet("herold", 0.5, "none", zone=ZoneInfo("UTC")),
    Outlet("inserat", 0.6, zone=ZoneInfo("Europe/Kyiv")),
    Outlet("journal", 0.5, day_only=True),
    Outlet("kurier", 0.6, skew=timedelta(minutes=3)),
)


@dataclass(frozen=True, slots=True)
class State:
    """What an article says from a moment on. `stand` and `modified` are true instants."""

    headline: str
    paragraphs: tuple[str, ...]
    stand: datetime
    modified: datetime
    caption: str = "Blick auf die Stadt"
    below: tuple[str, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """A change of the state. `kind` is what the newsroom did."""

    at: datetime
    kind: str
    state: State


@dataclass
class Story:
    """An article: its states in order, and whether it is a test of headlines or a ticker."""

    outlet: Outlet
    number: int
    happenings: list[Happening]
    variant: str = ""
    ticker: bool = False
    cached: dict[int, tuple[datetime, State]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"https://{self.outlet.host}/{'liveticker' if self.ticker else 'artikel'}-{self.number}.html"

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


def stories(outlet: Outlet, count: int, random: Random) -> list[Story]:
    """Articles of an outlet; in the second half of the time its template gets a line."""
    line_from = START + timedelta(hours=random.uniform(30, 50))
    return [_story(outlet, number, random, line_from) for number in range(count)]


def _story(outlet: Outlet, number: int, random: Random, line_from: datetime) -> Story:
    born = START + timedelta(minutes=random.uniform(0, 600))
    topic, name = random.choice(TOPICS), random.choice(NAMES)
    paragraphs = tuple(_paragraph(random, topic, name, place) for place in range(random.randint(4, 8)))
    state = State(f"Streit um {topic} {number}", paragraphs, born, born)
    happenings = [Happening(born, "born", state)]
    ticker = random.random() < 0.08
    for _ in range(random.randint(0, 4)):
        at = happenings[-1].at + timedelta(hours=random.expovariate(1 / 5) + 0.05)
        happenings += _happen(outlet, happenings[-1].state, at, random, ticker=ticker)
    variant = f"Zoff um {topic} {number}" if random.random() < 0.06 else ""
    story = Story(outlet, number, happenings, variant, ticker)
    _with_line(story, line_from)
    if random.random() < 0.06:
        _with_wall(story, born + timedelta(hours=random.uniform(6, 40)))
    return story


def _happen(outlet: Outlet, state: State, at: datetime, random: Random, *, ticker: bool) -> list[Happening]:
    """One thing that the newsroom does; the Stand may follow later."""
    kind = "entry" if ticker else random.choices(*zip(*_KINDS.items(), strict=True))[0]
    if kind in ("entry", "stamp", "caption", "typo"):
        return [Happening(at, kind, _beside(kind, state, at, random))]
    if kind == "revert":
        back = at + timedelta(hours=random.uniform(0.5, 4))
        return [Happening(at, "edit", _edited(state, random)), Happening(back, "revert", state)]
    if kind == "minute":  # an edit within the minute that its Stand prints
        stamped = replace(_edited(state, random), stand=at, modified=at)
        soon = at + timedelta(seconds=20)
        again = Happening(soon, kind, replace(_edited(stamped, random), modified=soon))
        return [Happening(at, "edit+stand", stamped), again]
    return _edit(outlet, kind, state, at, random)


def _edit(outlet: Outlet, kind: str, state: State, at: datetime, random: Random) -> list[Happening]:
    """An edit as the outlet usually makes it: with its Stand, without, or with one that is late."""
    stamped = random.random() < outlet.honest
    moves = outlet.machines == "all" or (outlet.machines == "stamped" and stamped)
    after = replace(_changed(kind, state, random), modified=at if moves else state.modified)
    if stamped and not outlet.late:
        return [Happening(at, f"{kind}+stand", replace(after, stand=at))]
    if stamped:
        return [Happening(at, f"{kind}+late", after), _bump(after, at + outlet.late)]
    if random.random() < _BUMPED:
        return [Happening(at, kind, after), _bump(after, at + timedelta(hours=random.uniform(0.5, 12)))]
    return [Happening(at, kind, after)]


def _bump(state: State, at: datetime) -> Happening:
    return Happening(at, "bump", replace(state, stand=at, modified=at))


def _beside(kind: str, state: State, at: datetime, random: Random) -> State:
    """What leaves the text as it is, and the entry of a ticker."""
    if kind == "entry":
        entry = f"{at.astimezone(BERLIN):%H:%M} Uhr: Am Ort sind jetzt {random.randint(20, 900)} Menschen versammelt."
        return replace(state, paragraphs=(entry, *state.paragraphs), stand=at, modified=at)
    if kind == "stamp":
        return replace(state, stand=at, modified=at)
    if kind == "caption":
        return replace(state, caption=f"Blick auf die Stadt am {random.randint(1, 28)}. März")
    return replace(state, paragraphs=(state.paragraphs[0].replace("Stadt", "Sta\u00addt"), *state.paragraphs[1:]))


def _changed(kind: str, state: State, random: Random) -> State:
    if kind == "insert":
        place = random.randint(1, len(state.paragraphs))
        new = _paragraph(random, random.choice(TOPICS), random.choice(NAMES), 9)
        return replace(state, paragraphs=(*state.paragraphs[:place], new, *state.paragraphs[place:]))
    if kind == "headline":
        return replace(state, headline=f"{state.headline} – {random.choice(NAMES)} greift ein")
    if kind == "notice":
        note = f"Korrektur: In einer früheren Version hieß es, {random.choice(NAMES)} sei zurückgetreten."
        return replace(_edited(state, random), paragraphs=(*_edited(state, random).paragraphs, note))
    return _edited(state, random)


def _edited(state: State, random: Random) -> State:
    """A number and a word become others in one paragraph."""
    place = random.randrange(len(state.paragraphs))
    old = state.paragraphs[place]
    new = " ".join(str(random.randint(10, 999)) if word.isdigit() else word for word in old.split())
    if new == old:
        new = f"{old} Das sagte {random.choice(NAMES)} der Zeitung."
    return replace(state, paragraphs=(*state.paragraphs[:place], new, *state.paragraphs[place + 1 :]))


def _paragraph(random: Random, topic: str, name: str, place: int) -> str:
    return (
        f"In der Stadt kamen am Abend {random.randint(10, 999)} Menschen am {topic} zusammen, wie {name} sagte. "
        f"Punkt {place + 1} der Liste mit {random.randint(10, 999)} Forderungen blieb lange umstritten im Rat."
    )


def _with_line(story: Story, since: datetime) -> None:
    """The template of the outlet gets a line under the text."""
    line = f"Die Redaktion von {story.outlet.name.title()} dankt allen, die ihr in diesem Frühjahr geschrieben haben."
    story.happenings.append(Happening(since, "template", story.at(since)))
    story.happenings.sort(key=lambda item: item.at)
    story.happenings = [
        item if item.at < since else replace(item, state=replace(item.state, below=(line,)))
        for item in story.happenings
    ]
    if story.happenings[0].at >= since:  # it was born with the line
        story.happenings = [item for item in story.happenings if item.kind != "template"]


def _with_wall(story: Story, since: datetime) -> None:
    """From then on only the beginning is given away."""
    story.happenings.append(Happening(since, "wall", story.at(since)))
    story.happenings.sort(key=lambda item: item.at)
    story.happenings = [
        item if item.at < since else replace(item, state=replace(item.state, cut=True)) for item in story.happenings
    ]
