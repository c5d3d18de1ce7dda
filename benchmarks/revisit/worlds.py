"""Worlds to watch: articles with the moments of their edits, drawn at random or taken from recorded traces.

Times are hours. The figures of the drawn worlds follow what is known of Flemish news (Timmerman et al., 291,666
articles sampled every 15 minutes for a day: 35 % edited, 0.68 edits an article, more than 80 % of the edited ones at
most twice).
"""

from __future__ import annotations

import gzip
import json
import math
import statistics
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WATCHED = 168.0
POLL = 1 / 6
# Edits by hour of the day: newsrooms sleep.
_DAY = (
    0.25,
    0.2,
    0.15,
    0.15,
    0.2,
    0.45,
    0.9,
    1.3,
    1.5,
    1.6,
    1.6,
    1.6,
    1.5,
    1.5,
    1.5,
    1.5,
    1.5,
    1.5,
    1.4,
    1.2,
    1,
    0.8,
    0.5,
    0.35,
)


@dataclass(slots=True)
class Article:
    """One article of a world: when it was published and found, when it is no longer watched, and what happens to it."""

    source: int
    born: float
    found: float
    end: float
    listed_until: float
    edits: list[float]
    stand: bool
    kind: int = 0
    expected: float = 0.0
    hints: list[float] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """Articles in the order in which they are found.

    Attributes:
        rate: the true rate of an article at a moment, if its last edit was made then; known of drawn worlds alone.
    """

    name: str
    days: int
    articles: list[Article]
    rate: Callable[[Article, float, float], float] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of article: its share, edits in a week, shape of its liveliness, and its density of edits by age."""

    share: float
    edits: float
    shape: float
    density: Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Scene:
    """How a world is drawn: see `SCENES`."""

    sources: int
    by_day: bool
    bursts: float
    gap: tuple[float, float]
    unlike: float
    stands: float
    kinds: tuple[Kind, ...]


def _power(scale: float, power: float, floor: float = 0.0) -> Callable[[float], float]:
    return lambda age: (1 + age / scale) ** -power + floor


def _lognormal(median: float, sigma: float, floor: float) -> Callable[[float], float]:
    return lambda age: math.exp(-0.5 * (math.log((age + 0.02) / median) / sigma) ** 2) / (age + 0.02) + floor


SCENES = {
    "news": Scene(10, True, 0.2, (0.2, 1.0), 0.5, 0.7, (
        Kind(0.56, 0.25, 2, _power(1, 1.3, 1e-4)), Kind(0.40, 0.85, 4, _power(1.5, 1.5, 1e-4)),
        Kind(0.04, 6, 0.8, _power(6, 2.5)),
    )),
    "shift": Scene(25, True, 0.45, (0.35, 1.2), 0.9, 0.4, (
        Kind(0.75, 0.2, 0.7, _lognormal(1.5, 1.6, 3e-4)), Kind(0.22, 1.3, 0.8, _lognormal(4, 1.3, 1e-3)),
        Kind(0.03, 9, 2, _power(12, 3)),
    )),
    "poisson": Scene(4, False, 0.0, (0.2, 1.0), 0.0, 1.0, (Kind(1, 0.9, 0.5, _power(1.5, 1.4, 1e-4)),)),
}  # fmt: skip


class Shape:
    """A density of edits by age, to draw from."""

    def __init__(self, density: Callable[[float], float]) -> None:
        self.ages = [0.0, *(1e-3 * (WATCHED / 1e-3) ** (i / 399) for i in range(400))]
        values = [density(age) for age in self.ages]
        areas = [
            (b - a) * (u + v) / 2 for a, b, u, v in zip(self.ages, self.ages[1:], values, values[1:], strict=False)
        ]
        self.sums = [0.0, *accumulate(areas)]
        self.values = [value / self.sums[-1] for value in values]
        self.sums = [part / self.sums[-1] for part in self.sums]

    def draw(self, random: Random) -> float:
        return _between(self.sums, self.ages, random.random())

    def at(self, age: float) -> float:
        return _between(self.ages, self.values, age)


def _between(xs: list[float], ys: list[float], x: float) -> float:
    at = min(max(bisect_right(xs, x), 1), len(xs) - 1)
    span = xs[at] - xs[at - 1]
    return ys[at - 1] + (ys[at] - ys[at - 1]) * ((x - xs[at - 1]) / span if span else 0.0)


def drawn(name: str, seed: int, *, per_day: int = 250, days: int = 21, hints: float = 0.0) -> World:
    """A world of one of the `SCENES`; `hints` is how often sources stamp their feeds at all."""
    scene, random = SCENES[name], Random(f"{name} {seed}")
    shares = [random.gammavariate(2, 1) for _ in range(scene.sources)]
    levels = [math.exp(random.gauss(0, scene.unlike)) for _ in range(scene.sources)]
    mean = sum(a * b for a, b in zip(shares, levels, strict=True)) / sum(shares)
    shapes = [Shape(kind.density) for kind in scene.kinds]
    listed = [random.uniform(10, 40) for _ in range(scene.sources)]
    stands = [(i + 0.5) / scene.sources < scene.stands for i in range(scene.sources)]
    random.shuffle(stands)
    hinting = [random.uniform(0.6, 1) * hints if random.random() < 0.6 else 0.0 for _ in range(scene.sources)]
    lying = [random.uniform(0, 0.15) for _ in range(scene.sources)]
    hours = _DAY if scene.by_day else (1.0,) * 24
    articles = []
    for _ in range(per_day * days):
        born = random.randrange(days) * 24 + random.choices(range(24), hours)[0] + random.random()
        found = (math.floor(born / POLL) + 1) * POLL
        source = random.choices(range(scene.sources), shares)[0]
        kind = random.choices(range(len(scene.kinds)), [kind.share for kind in scene.kinds])[0]
        lively = random.gammavariate(scene.kinds[kind].shape, 1 / scene.kinds[kind].shape)
        expected = scene.kinds[kind].edits * lively * levels[source] / mean
        edits = _edits(scene, shapes[kind], expected, born, hours, random)
        article = Article(
            source, born, found, found + WATCHED, found + listed[source],
            _apart(edit for edit in sorted(edits) if found < edit < found + WATCHED), stands[source],
            kind, expected,
        )  # fmt: skip
        if hinting[source]:
            article.hints = _hints(article, hinting[source], lying[source], random)
        articles.append(article)
    day = [hour * 24 / sum(hours) for hour in hours]

    def rate(article: Article, at: float, last_edit: float) -> float:
        own = article.expected * shapes[article.kind].at(at - article.born) / (1 - scene.bursts) * day[int(at) % 24]
        gap = at - last_edit
        if scene.bursts and 1e-4 < gap < WATCHED:
            own += (
                scene.bursts
                * math.exp(-0.5 * (math.log(gap / scene.gap[0]) / scene.gap[1]) ** 2)
                / (gap * scene.gap[1] * math.sqrt(2 * math.pi))
            )
        return own

    return World(name, days, sorted(articles, key=lambda article: article.found), rate)


def _edits(
    scene: Scene, shape: Shape, expected: float, born: float, hours: tuple[float, ...], random: Random
) -> list[float]:
    """Edits of their own accord, and those that follow one another."""
    most = max(hours) / (sum(hours) / 24)
    first = [born + shape.draw(random) for _ in range(poisson(random, expected * most))]
    edits = [edit for edit in first if random.random() * max(hours) < hours[int(edit) % 24]]
    queue = list(edits)
    while queue:
        edit = queue.pop()
        for _ in range(poisson(random, scene.bursts)):
            after = edit + scene.gap[0] * math.exp(scene.gap[1] * random.gauss(0, 1))
            edits.append(after)
            queue.append(after)
    return edits


def poisson(random: Random, mean: float) -> int:
    count, left = 0, mean
    while (left := left - random.expovariate(1)) > 0:
        count += 1
    return count


def _apart(edits: Iterator[float]) -> list[float]:
    """Nobody publishes twice within a minute."""
    kept: list[float] = []
    for edit in edits:
        if not kept or edit - kept[-1] > 1 / 60:
            kept.append(edit)
    return kept


def _hints(article: Article, told: float, lied: float, random: Random) -> list[float]:
    hints = [edit for edit in article.edits if edit < article.listed_until and random.random() < told]
    if random.random() < lied:
        hints.append(random.uniform(article.found, article.listed_until))
    return sorted((math.floor(hint / POLL) + 1) * POLL for hint in hints)


def recorded(path: Path, source: str, period: int, *, hints: bool = False, days: int = 42) -> World:
    """The articles of a source that were first seen in one period of `days` days. What was on the page when recording
    began is left out. An edit was made when the Stand says so, if that lies between two looks; else midway.
    """
    rows = [row for row in _rows(path) if row["source"] == source and not row["left_truncated"]]
    if not rows:
        raise SystemExit(f"{path}: no articles of {source}")
    seen = [datetime.fromisoformat(row["first_seen"]).timestamp() for row in rows]
    begin = math.floor(min(seen) / 86400) * 86400 + period * days * 86400
    spans = sorted(row["observed_s"] / 3600 for row in rows)
    watched = min(max(spans[int(0.9 * (len(spans) - 1))], 6), WATCHED)
    stands = statistics.mean(bool(row.get("stated_s")) and row["stated_s"][0] is not None for row in rows) > 0.5
    articles = []
    for row, at in zip(rows, seen, strict=True):
        found = (at - begin) / 3600
        if 0 <= found < days * 24:
            lag = min(max((row.get("lag_stated_to_first_seen_s") or 0) / 3600, 0), 24)
            edits = [found + edit / 3600 for edit in _stamped(row) if edit < watched * 3600]
            told = [found + change / 3600 for change in row["changes_s"] if change < watched * 3600] if hints else []
            end = found + watched
            articles.append(Article(0, found - lag, found, end, end, edits, stands, hints=told))
    return World(source, days, sorted(articles, key=lambda article: article.found))


def _stamped(row: dict[str, Any]) -> list[float]:
    edits, before, stated = set(), 0.0, row.get("stated_s") or []
    for number, change in enumerate(row["changes_s"]):
        said = stated[number + 1] if len(stated) == len(row["changes_s"]) + 1 else None
        middle = (max(before, change - (row["obs_interval_s"] or 0)) + change) / 2
        edit = said if said is not None and before < said <= change else middle
        if edit > before:
            edits.add(edit)
        before = change
    return sorted(edits)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") as lines:
        for line in lines:
            yield json.loads(line)
