"""The picture on an article's page: its comment count over time as a line of steps, its versions as marks. Pure.

Numbers come in, coordinates in a box of 1000 × 100 go out; the template draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from db.web.shown import family

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 1000.0, 100.0
# More steps than that cannot be told apart on a screen.
_MOST_STEPS = 600


@dataclass(frozen=True, slots=True)
class Tick:
    """A version on the time line: where, which, and the verdict that stands on it."""

    x: float
    number: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What to draw.

    Attributes:
        lines: the comment count, as the `points` of one polyline for each stretch in which comments were offered.
        most: the highest count, 0 where there never was one.
        start, end: the instants at the left and the right edge.
    """

    lines: tuple[str, ...]
    ticks: tuple[Tick, ...]
    most: int
    start: str
    end: str

    @property
    def families(self) -> tuple[str, ...]:
        """The families of verdicts among the ticks, for the key, in the order in which they come."""
        return tuple(dict.fromkeys(family(tick.verdict) for tick in self.ticks))


def curve(
    counts: Sequence[tuple[str, int | None]], versions: Sequence[tuple[str, int, str]], last_look: str
) -> Curve | None:
    """The picture of (at, count) and (at, number, verdict) up to the last look; None where nothing spans any time."""
    instants = sorted([at for at, _count in counts] + [at for at, _number, _verdict in versions] + [last_look])
    start, end = _seconds(instants[0]), _seconds(instants[-1])
    if end <= start:
        return None
    scale = WIDTH / (end - start)
    thinned = _thinned(counts)
    most = max((count for _at, count in thinned if count is not None), default=0)
    places = [((_seconds(at) - start) * scale, count) for at, count in thinned]
    ticks = tuple(Tick(round((_seconds(at) - start) * scale, 1), number, verdict) for at, number, verdict in versions)
    return Curve(_lines(places, most), ticks, most, instants[0], instants[-1])


def _lines(places: Sequence[tuple[float, int | None]], most: int) -> tuple[str, ...]:
    lines: list[list[str]] = []
    level: float | None = None
    for x, count in places:
        height = None if count is None else HEIGHT - count * HEIGHT / max(most, 1)
        if level is not None:
            lines[-1].append(_point(x, level))
        elif height is not None:
            lines.append([])
        if height is not None:
            lines[-1].append(_point(x, height))
        level = height
    if level is not None:
        lines[-1].append(_point(WIDTH, level))
    return tuple(" ".join(line) for line in lines)


def _point(x: float, y: float) -> str:
    return f"{x:.1f},{y:.1f}"


def _thinned(counts: Sequence[tuple[str, int | None]]) -> Sequence[tuple[str, int | None]]:
    """At most so many steps as can be seen; the last one always."""
    stride = len(counts) // _MOST_STEPS + 1
    kept = list(counts[::stride])
    return [*kept, counts[-1]] if stride > 1 else kept


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
