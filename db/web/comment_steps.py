"""The comment count on the time axis: a line of steps, with gaps where no comments were offered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.web.axis import Axis

_HEIGHT = 58.0
# More steps than that cannot be told apart on a screen.
_MOST_STEPS = 600


@dataclass(frozen=True, slots=True)
class Comments:
    """The comment count: the `points` of a polyline for each stretch in which comments were offered."""

    y: float
    lines: tuple[str, ...]
    most: int


def comment_steps(placed: Axis, counts: Sequence[tuple[str, int | None]], top: float, end: float) -> Comments | None:
    """The lane of (at, comments), oldest first, up to the place `end`; None where there never was a comment."""
    thinned = _thinned(counts)
    most = max((count for _at, count in thinned if count is not None), default=0)
    if not most:
        return None
    ground = top + 14 + _HEIGHT
    lines: list[list[str]] = []
    level: float | None = None
    for at, count in thinned:
        x = placed.at(at)
        height = None if count is None else ground - count * _HEIGHT / most
        if level is not None:
            lines[-1].append(_point(x, level))
        elif height is not None:
            lines.append([])
        if height is not None:
            lines[-1].append(_point(x, height))
        level = height
    if level is not None:
        lines[-1].append(_point(end, level))
    return Comments(ground, tuple(" ".join(line) for line in lines), most)


def _point(x: float, y: float) -> str:
    return f"{x:.1f},{y:.1f}"


def _thinned(counts: Sequence[tuple[str, int | None]]) -> Sequence[tuple[str, int | None]]:
    """At most so many steps as can be seen; the last one always."""
    stride = len(counts) // _MOST_STEPS + 1
    kept = list(counts[::stride])
    return [*kept, counts[-1]] if stride > 1 else kept
