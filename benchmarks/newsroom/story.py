"""Articles with a life that is known: what the newsroom does to each, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.newsroom.outlet import BERLIN, START
from benchmarks.newsroom.state import Happening, State, Story

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from random import Random

    from benchmarks.newsroom.outlet import Outlet

NAMES = ("Abel", "Brandt", "Cordes", "Dietz", "Ebner", "Falk", "Grote", "Heller")
TOPICS = ("Hafen", "Rathaus", "Bahnhof", "Stadtwald", "Freibad", "Theater", "Klinikum", "Marktplatz")
# What a newsroom does, and how often beside the rest; of edits without the Stand, such a share is stamped later.
_KINDS = {
    "edit": 8, "insert": 3, "delete": 2, "headline": 3, "typo": 2, "caption": 1, "notice": 1, "revert": 1, "minute": 1,
}  # fmt: skip
_BUMPED = 0.15
# How often it does something to an article, at most, and with which mean pause.
_MOST, _PAUSE = 9, 6
# What becomes of articles that are taken away.
_ENDS = {"404": 6, "410": 4, "451": 1, "front": 1, "soft": 1, "back": 3, "moved": 2}
_QUOTES = (("„", "“"), ("»", "«"), ('"', '"'))


def stories(outlet: Outlet, count: int, random: Random) -> list[Story]:
    """Articles of an outlet; in the second half of the time its template gets a line."""
    line_from = START + timedelta(hours=random.uniform(30, 50))
    made = [_story(outlet, number, random, line_from) for number in range(count)]
    return made + [story.successor for story in made if story.successor is not None]


def _story(outlet: Outlet, number: int, random: Random, line_from: datetime) -> Story:
    born = START + timedelta(minutes=random.uniform(0, 600))
    topic, name = random.choice(TOPICS), random.choice(NAMES)
    paragraphs = tuple(_paragraph(random, topic, name, place) for place in range(random.randint(4, 8)))
    state = State(f"Streit um {topic} {number}", paragraphs, born, born)
    happenings = [Happening(born, "born", state)]
    ticker = random.random() < 0.06
    for _ in range(random.randint(1, _MOST)):
        at = happenings[-1].at + timedelta(hours=random.expovariate(1 / _PAUSE) + 0.05)
        happenings += _happen(outlet, happenings[-1].state, at, random, ticker=ticker)
    variant = f"Zoff um {topic} {number}" if random.random() < 0.05 else ""
    section = "wetter/" if outlet.rule and random.random() < 0.2 else ""
    story = Story(outlet, number, happenings, section, variant, ticker)
    line = f"Die Redaktion von {outlet.name.title()} dankt allen, die ihr in diesem Frühjahr geschrieben haben."
    _from(story, line_from, "template", lambda state: replace(state, below=(line,)))
    if random.random() < 0.05:
        since = born + timedelta(hours=random.uniform(6, 40))
        _from(story, since, "wall", lambda state: replace(state, cut=True))
    if random.random() < outlet.removes:
        _take_away(story, random)
    return story


def _take_away(story: Story, random: Random) -> None:
    """For good, for a while, or to another address."""
    end = random.choices(*zip(*_ENDS.items(), strict=True))[0]
    since = story.born + timedelta(hours=random.uniform(4, 48))
    absent = "404" if end in ("back", "moved") else end
    last = story.at(since)
    _from(story, since, "removed", lambda state: replace(state, absent=absent))
    if end == "back":
        until = since + timedelta(hours=random.uniform(0.3, 60))
        _from(story, until, "returned", lambda state: replace(state, absent=""))
    if end == "moved":
        again = since + timedelta(hours=random.uniform(-1, 5))
        state = replace(last, stand=again, modified=again, below=())
        story.successor = Story(story.outlet, story.number + 10_000, [Happening(again, "born", state)])


def _happen(outlet: Outlet, state: State, at: datetime, random: Random, *, ticker: bool) -> list[Happening]:
    """One thing that the newsroom does; the Stand may follow later."""
    kind = "entry" if ticker else random.choices(*zip(*_KINDS.items(), strict=True))[0]
    if not ticker and random.random() < outlet.stamps:
        kind = "stamp"
    if kind in ("entry", "stamp", "caption", "typo"):
        return [Happening(at, kind, _beside(kind, state, at, random))]
    if kind == "revert":
        back = at + timedelta(hours=random.uniform(0.5, 4))
        return [Happening(at, "edit", _edited(state, random)), Happening(back, "revert", state)]
    if kind == "minute":  # an edit within the minute that its Stand prints
        at = at.replace(second=random.randint(0, 35), microsecond=0)
        stamped = replace(_edited(state, random), stand=at, modified=at)
        soon = at + timedelta(seconds=20)
        again = Happening(soon, kind, replace(_edited(stamped, random), modified=soon))
        return [Happening(at, "edit+stand", stamped), again]
    return _edit(outlet, kind, state, at, random)


def _edit(outlet: Outlet, kind: str, state: State, at: datetime, random: Random) -> list[Happening]:
    """An edit as the outlet usually makes it: with its Stand, without, or with one that is late."""
    stamped = random.random() < outlet.honest
    told = stamped or random.random() < outlet.told
    moves = outlet.machines == "all" or (outlet.machines == "stamped" and told)
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
    return replace(state, paragraphs=tuple(_set_otherwise(state.paragraphs, random)))


def _set_otherwise(paragraphs: tuple[str, ...], random: Random) -> list[str]:
    """The same words in another typography."""
    how = random.choice(("hyphens", "quotes", "spaces", "dashes"))
    if how == "hyphens":
        return [text.replace("Stadt", "Sta\u00addt") for text in paragraphs]
    if how == "spaces":
        return [text.replace("Punkt ", "Punkt\u00a0").replace(". ", ".  ") for text in paragraphs]
    if how == "dashes":
        return [text.replace(" – ", " — ") for text in paragraphs]
    opening, closing = random.choice(_QUOTES)
    plain = [text.translate({ord(mark): '"' for pair in _QUOTES for mark in pair}) for text in paragraphs]
    return [text.replace('"', opening, 1).replace('"', closing, 1) if opening != '"' else text for text in plain]


def _changed(kind: str, state: State, random: Random) -> State:
    if kind == "insert":
        place = random.randint(1, len(state.paragraphs))
        new = _paragraph(random, random.choice(TOPICS), random.choice(NAMES), 9)
        return replace(state, paragraphs=(*state.paragraphs[:place], new, *state.paragraphs[place:]))
    if kind == "delete" and len(state.paragraphs) > 3:
        place = random.randint(1, len(state.paragraphs) - 2)
        return replace(state, paragraphs=(*state.paragraphs[:place], *state.paragraphs[place + 1 :]))
    if kind == "headline":
        return replace(state, headline=f"{state.headline} – {random.choice(NAMES)} greift ein")
    if kind == "notice":
        note = f"Korrektur: In einer früheren Version hieß es, {random.choice(NAMES)} sei zurückgetreten."
        return replace(state, paragraphs=(*_edited(state, random).paragraphs, note))
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
        f"Punkt {place + 1} der Liste mit {random.randint(10, 999)} Forderungen blieb lange umstritten im Rat – "
        f"„so geht es nicht“, hieß es."
    )


def _from(story: Story, since: datetime, kind: str, change: Callable[[State], State]) -> None:
    """Something is so from then on, whatever else happens; articles that come later are born with it."""
    if since > story.born:
        story.happenings.append(Happening(since, kind, story.at(since)))
    story.happenings.sort(key=lambda item: item.at)
    story.happenings = [
        item if item.at < since else replace(item, state=change(item.state)) for item in story.happenings
    ]
