"""How others decide, from their sources, and one who knows more than anybody can. Articles are independent.

Each rule has one knob, which is turned until it spends what is to be spent on this very world: in hindsight, which our
own policy never can.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from benchmarks.revisit.play import Score, measured, scored
from schedules.policy import SOONEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.revisit.worlds import Article, World

# How often the knob of a rule is guessed before it is halved, and the least power of it that looks may go with.
_GUESSES, _FLATTEST = 7, 0.2


@dataclass(slots=True)
class Seen:
    """What such a rule knows of an article: the last look, when it was seen changed, and a number of its own."""

    article: Article
    last: float
    changed: float
    own: float = 0.0
    edits: float = 0.0
    exposure: float = 0.0


class Rule(Protocol):
    """When to look again."""

    def first(self, seen: Seen) -> None: ...
    def after(self, seen: Seen, now: float, *, changed: bool) -> None: ...
    def due(self, seen: Seen) -> float: ...


@dataclass(slots=True)
class Plain:
    """A rule without a memory of its own."""

    when: Callable[[Seen], float]

    def first(self, seen: Seen) -> None:
        """Nothing is kept."""

    def after(self, seen: Seen, now: float, *, changed: bool) -> None:
        """Nothing is kept."""

    def due(self, seen: Seen) -> float:
        return self.when(seen)


def fixed(knob: float) -> Rule:
    """changedetection.io: one interval, three hours unless told otherwise."""
    return Plain(lambda seen: seen.last + knob)


def diffengine(knob: float) -> Rule:
    """Stale when the time since the last look is a share of that since the first, asked every half hour (the wrap at 24
    hours of its `timedelta.seconds` left out, which only costs it fetches)."""

    def when(seen: Seen) -> float:
        due = max((seen.last - knob * seen.article.found) / (1 - knob), seen.last + 1e-6)
        return math.ceil(due / 0.5 - 1e-9) * 0.5

    return Plain(when)


def newsdiffs(knob: float) -> Rule:
    """A quarter of an hour, an hour, three hours or three days, by the time since the last change."""

    def when(seen: Seen) -> float:
        turn = math.floor(seen.last / 0.25) + 1
        while turn * 0.25 <= seen.article.end:
            since = turn * 0.25 - seen.changed
            delay = 0.25 if since < 3 else 1.0 if since < 24 else 3.0 if since < 168 else 72.0
            if turn * 0.25 - seen.last >= knob * delay - 1e-9:
                return turn * 0.25
            turn += 1
        return math.inf

    return Plain(when)


def feed_reader(knob: float) -> Rule:
    """rmdes/newsdiff: whatever stands in the feed at every poll, nothing after."""
    return Plain(lambda seen: seen.last + knob if seen.last + knob <= seen.article.listed_until else math.inf)


@dataclass(slots=True)
class Backoff:
    """Wait `factor` times as long after nothing, and so much shorter after a change."""

    knob: float
    longest: float = 48.0
    factor: float = 2.0

    def first(self, seen: Seen) -> None:
        seen.own = self.knob

    def after(self, seen: Seen, now: float, *, changed: bool) -> None:  # noqa: ARG002 -- the form of a rule
        shorter = max(SOONEST, self.knob / 4, seen.own / self.factor)
        seen.own = shorter if changed else min(max(self.longest, self.knob), seen.own * self.factor)

    def due(self, seen: Seen) -> float:
        return seen.last + seen.own


@dataclass(slots=True)
class Rate:
    """Cho and Garcia-Molina's rate of each page, spent as LambdaCrawl does."""

    knob: float
    usual: float = 0.02

    def first(self, seen: Seen) -> None:
        """Nothing is known yet."""

    def after(self, seen: Seen, now: float, *, changed: bool) -> None:
        gap = now - seen.last
        expected = self._rate(seen) * gap
        seen.edits += (expected / (1 - math.exp(-expected)) if expected > 1e-6 else 1.0) if changed else 0.0
        seen.exposure += gap

    def due(self, seen: Seen) -> float:
        rate = self._rate(seen)
        often = (-rate + math.sqrt(rate * rate + 4 * rate / self.knob)) / 2
        return seen.last + 1 / often if often > 1e-4 else math.inf

    def _rate(self, seen: Seen) -> float:
        return (seen.edits + 0.5) / (seen.exposure + 0.5 / self.usual)


@dataclass(slots=True)
class Oracle:
    """Who knows the true rate of every article at every moment, though not the edits."""

    price: float
    world: World
    known: dict[int, float] = field(default_factory=dict)

    def first(self, seen: Seen) -> None:
        seen.own = -1e9

    def after(self, seen: Seen, now: float, *, changed: bool) -> None:
        if changed:
            edits = seen.article.edits
            seen.own = edits[bisect_right(edits, now) - 1]

    def due(self, seen: Seen) -> float:
        rate, at, unseen, before = self.world.rate, seen.last, 0.0, 0.0
        end = seen.article.end
        while at < end:
            then = min(end, at + max(1 / 12, 0.08 * (at - seen.last)))
            grown = unseen + rate(seen.article, (at + then) / 2, seen.own) * (then - at)
            value = 1 - math.exp(-grown) * (1 + grown)
            if value >= self.price:
                return at + (self.price - before) / (value - before) * (then - at)
            unseen, before, at = grown, value, then
        return end if 1 - math.exp(-unseen) >= self.price else math.inf


PEERS: dict[str, tuple[Callable[[float], Rule], float, float]] = {
    "fixed interval": (fixed, 0.05, 400),
    "diffengine": (diffengine, 0.001, 0.9999),
    "newsdiffs": (newsdiffs, 0.05, 400),
    "rmdes/newsdiff": (feed_reader, 0.05, 40),
    "rate, LambdaCrawl": (Rate, 1e-6, 1e6),
}


def run(world: World, rule: Rule) -> Score:
    """Look at every article as the rule says."""
    looks, caught, edits, delays = 0, 0, 0, []
    articles = measured(world)
    for article in articles:
        seen, number = Seen(article, article.found, article.found), 0
        rule.first(seen)
        edits += len(article.edits)
        while (now := max(rule.due(seen), seen.last + SOONEST)) <= article.end:
            looks += 1
            reached = bisect_right(article.edits, now)
            if changed := reached > number:
                caught += 1
                delays += [now - edit for edit in article.edits[number:reached]]
                number = reached
            rule.after(seen, now, changed=changed)
            seen.last = now
            if changed:
                seen.changed = now
        delays += [math.inf] * (len(article.edits) - number)
    return scored(looks, caught, edits, delays, len(articles))


def tuned(world: World, make: Callable[[float], Rule], low: float, high: float, looks: float) -> Score:
    """The rule with the knob at which it spends so many looks an article. The larger the knob, the fewer looks."""
    low, high, power = math.log(low), math.log(high), 1.0
    at = (low + high) / 2
    best = run(world, make(math.exp(at)))
    for turn in range(14):
        if abs(best.looks / looks - 1) < 0.006:
            break
        low, high = (at, high) if best.looks > looks else (low, at)
        # Looks mostly go with some power of the knob; where they do not, halving finds it.
        guess = at + math.log(best.looks / looks) / power if turn < _GUESSES and best.looks else low
        then = guess if low < guess < high else (low + high) / 2
        score = run(world, make(math.exp(then)))
        if best.looks and score.looks:
            power = max(_FLATTEST, math.log(best.looks / score.looks) / (then - at))
        at, best = then, score
    return best


def best_backoff(world: World, looks: float) -> Score:
    """The back-off whose three knobs, in hindsight, catch the most."""
    scores = [
        tuned(world, lambda knob, hi=longest, by=factor: Backoff(knob, hi, by), 0.01, 160, looks)
        for longest in (3.0, 12.0, 48.0, 168.0)
        for factor in (1.3, 1.6, 2.0)
    ]
    near = [score for score in scores if abs(score.looks / looks - 1) < 0.05]
    return max(near or scores, key=lambda score: score.recall)
