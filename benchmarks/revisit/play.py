"""Plays a world: a policy decides when each article is looked at, and sees no more than a look shows."""

from __future__ import annotations

import heapq
import math
import statistics
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from schedules.policy import SOONEST

if TYPE_CHECKING:
    from benchmarks.revisit.worlds import Article, World

# Articles of the first days teach the policy; those of the last are not watched to their end.
_WARM_UP, _LAST = 7, 7


@dataclass(slots=True)
class Watched:
    """What a policy may know of an article.

    Attributes:
        state: what it keeps.
    """

    article: Article
    number: int
    last: float
    changed: float | None = None
    state: Any = None


class Policy(Protocol):
    """Decides. `tick` is called every hour and may ask for all articles to be planned anew."""

    def affordable(self, now: float) -> float: ...
    def begin(self, watched: Watched) -> None: ...
    def looked(self, watched: Watched, now: float, *, changed: bool, stand: float | None) -> None: ...
    def due(self, watched: Watched, now: float) -> float | None: ...
    def hinted(self, watched: Watched, now: float) -> bool: ...
    def tick(self, now: float) -> bool: ...


@dataclass(slots=True)
class Score:
    """What a policy came to.

    Attributes:
        looks: an article.
        recall: the share of versions that were fetched.
        delays: of each edit until it was seen, in hours; infinite: never.
    """

    looks: float
    recall: float
    delays: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.delays or [0])


@dataclass(slots=True)
class _Play:
    world: World
    policy: Policy
    watched: list[Watched | None]
    queue: list[tuple[float, int, int, int]] = field(default_factory=list)
    turn: list[int] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    looks: list[int] = field(default_factory=list)
    caught: list[int] = field(default_factory=list)
    found: list[list[float]] = field(default_factory=list)
    live: set[int] = field(default_factory=set)

    def push(self, number: int, now: float) -> None:
        watched = self.watched[number]
        assert watched is not None
        due = self.policy.due(watched, now)
        self.turn[number] += 1
        if due is not None:
            due = max(due, watched.last + SOONEST, now)
            if due <= watched.article.end:
                heapq.heappush(self.queue, (due, 1, number, self.turn[number]))

    def look_if_affordable(self, number: int, now: float) -> None:
        """Look, or wait until it may be: but a purse that nothing fills any more is waited for in vain."""
        wait = self.policy.affordable(now)
        if not wait:
            self.look(number, now)
        elif (again := now + wait + 1e-6) <= self.world.articles[number].end:
            heapq.heappush(self.queue, (again, 1, number, self.turn[number]))

    def look(self, number: int, now: float) -> None:
        watched = self.watched[number]
        assert watched is not None
        edits, before = watched.article.edits, self.seen[number]
        reached = bisect_right(edits, now)
        changed = reached > before
        self.looks[number] += 1
        if changed:
            self.caught[number] += 1
            self.found[number] += [now] * (reached - before)
            self.seen[number] = reached
        stand = None
        if watched.article.stand:
            stand = math.floor(edits[reached - 1] * 60) / 60 if reached else watched.article.born
        self.policy.looked(watched, now, changed=changed, stand=stand)
        watched.last = now
        if changed:
            watched.changed = now
        self.push(number, now)


def play(world: World, policy: Policy) -> Score:
    """Play a world to its end."""
    count = len(world.articles)
    game = _Play(world, policy, [None] * count)
    game.turn, game.seen, game.looks, game.caught = [0] * count, [0] * count, [0] * count, [0] * count
    game.found = [[] for _ in range(count)]
    events = [(article.found, 0, number, 0) for number, article in enumerate(world.articles)]
    events += [
        (hint, 2, number, 0)
        for number, article in enumerate(world.articles)
        for hint in article.hints
        if hint < article.end
    ]
    last = max(article.end for article in world.articles)
    events += [(float(hour), 3, -1, 0) for hour in range(1, int(last) + 1)]
    game.queue = events
    heapq.heapify(game.queue)
    while game.queue:
        _step(game)
    return _score(game)


def _step(game: _Play) -> None:
    now, kind, number, turn = heapq.heappop(game.queue)
    if kind == 0:
        article = game.world.articles[number]
        game.watched[number] = watched = Watched(article, number, now)
        game.seen[number] = bisect_right(article.edits, now)
        game.live.add(number)
        game.policy.begin(watched)
        game.push(number, now)
    elif kind == 1 and turn == game.turn[number]:
        game.look_if_affordable(number, now)
    elif kind == 2:
        watched = game.watched[number]
        if watched is not None and now > watched.last and game.policy.hinted(watched, now):
            game.push(number, now)
    elif kind == 3 and game.policy.tick(now):
        game.live = {each for each in game.live if game.world.articles[each].end >= now}
        for each in sorted(game.live):
            game.push(each, now)


def measured(world: World) -> list[Article]:
    """Those by which a policy is judged."""
    begin, end = _WARM_UP * 24, (world.days - _LAST if world.days > _WARM_UP + _LAST else world.days) * 24
    return [article for article in world.articles if begin <= article.born < end]


def scored(looks: int, caught: int, edits: int, delays: list[float], articles: int) -> Score:
    """The score of so many looks and versions."""
    return Score(looks / articles, caught / max(1, edits), delays)


def _score(game: _Play) -> Score:
    counted = {id(article) for article in measured(game.world)}
    numbers = [n for n, article in enumerate(game.world.articles) if id(article) in counted]
    delays: list[float] = []
    for n in numbers:
        edits, found = game.world.articles[n].edits, game.found[n]
        delays += [found[i] - edit if i < len(found) else math.inf for i, edit in enumerate(edits)]
    edits = sum(len(game.world.articles[n].edits) for n in numbers)
    return scored(
        sum(game.looks[n] for n in numbers), sum(game.caught[n] for n in numbers), edits, delays, len(numbers)
    )
