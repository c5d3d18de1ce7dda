"""The picture on an article's page: versions, their Stands, other clocks and comments on one time axis. Pure.

Rows come in, coordinates in a box of WIDTH units go out; the template draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.web.axis import WIDTH, axis, seconds
from db.web.comment_steps import comment_steps
from db.web.lanes import kinds, lane, threads, unclear
from db.web.marks import rows
from db.web.ticks import labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.web.axis import Axis
    from db.web.comment_steps import Comments
    from db.web.lanes import Lane, Thread
    from db.web.marks import Row
    from db.web.picture import Away, Shown
    from db.web.ticks import Label

_CLOCK, _GAP = 32.0, 16.0
_MOST_CLOCKS = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw.

    Attributes:
        unclear: where versions lie whose Stand cannot be placed, with the Stand; `unclear_y`: the line for them.
        left_out: kinds of clocks that have no lane.
        looks: places of the first and of the last look.
        away: (place, width, what it was).
        bottom: the line of the axis; `height`: of it all.
    """

    axis: Axis
    rows: tuple[Row, ...]
    stand: Lane | None
    unclear: tuple[tuple[float, str], ...]
    unclear_y: float
    threads: tuple[Thread, ...]
    clocks: tuple[Lane, ...]
    left_out: int
    comments: Comments | None
    looks: tuple[float, float]
    first_look: str
    last_look: str
    away: tuple[tuple[float, float, Away], ...]
    ticks: tuple[Label, ...]
    bottom: float
    height: float

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def number(self) -> int:
        """How many versions."""
        return sum(row.number for row in self.rows)

    @property
    def bundled(self) -> bool:
        """Whether some marks stand for more than one version."""
        return any(row.bundled for row in self.rows)

    @property
    def is_gone(self) -> bool:
        """Whether the page was not there at some time."""
        return any(away.is_gone for _x, _width, away in self.away)

    @property
    def is_unread(self) -> bool:
        """Whether there was a time in which no look could read it."""
        return not all(away.is_gone for _x, _width, away in self.away)


def drawing(
    versions: Sequence[Shown], counts: Sequence[tuple[str, int | None]], away: Sequence[Away], looks: tuple[str, str]
) -> Drawing | None:
    """The picture of an article.

    Args:
        versions, counts: oldest first; counts as (at, comments or None).
        looks: the first and the last.
    """
    placed = axis(map(seconds, _instants(versions, counts, away, looks)))
    if placed is None or not versions:
        return None
    marked = tuple(rows(placed, versions))
    stand = lane(placed, "stand", marked[-1].bottom + _GAP, [version.stand for version in versions])
    without = tuple(unclear(placed, versions))
    below = (stand.y if stand.stamps or without else marked[-1].bottom) + _GAP
    moved = kinds(versions)
    stamps = [clock for version in versions for clock in version.clocks]
    clocks = tuple(
        lane(placed, kind, below + number * _CLOCK, stamps) for number, kind in enumerate(moved[:_MOST_CLOCKS])
    )
    below = clocks[-1].y + _GAP if clocks else below
    comments = comment_steps(placed, counts, below, placed.at(looks[1]))
    bottom = (comments.y if comments else below) + 4
    return Drawing(
        axis=placed,
        rows=marked,
        stand=stand if stand.stamps or without else None,
        unclear=without,
        unclear_y=stand.y + 4,
        threads=tuple(threads(placed, marked, stand)),
        clocks=clocks,
        left_out=len(moved[_MOST_CLOCKS:]),
        comments=comments,
        looks=(placed.at(looks[0]), placed.at(looks[1])),
        first_look=looks[0],
        last_look=looks[1],
        away=tuple(_shades(placed, away)),
        ticks=tuple(labels(placed)),
        bottom=bottom,
        height=bottom + (48 if placed.breaks else 35),
    )


def _instants(
    versions: Sequence[Shown], counts: Sequence[tuple[str, int | None]], away: Sequence[Away], looks: tuple[str, str]
) -> Iterator[str]:
    yield from looks
    for version in versions:
        yield version.at
        yield from (stamp.starts_at for stamp in (version.stand, *version.clocks) if stamp.starts_at)
    # A long series makes the axis no better, and every count lies between two looks.
    yield from (at for at, _count in (*counts[:1], *counts[-1:]))
    for stretch in away:
        yield stretch.from_at
        yield stretch.to_at


def _shades(placed: Axis, away: Sequence[Away]) -> Iterator[tuple[float, float, Away]]:
    for stretch in away:
        x, end = placed.at(stretch.from_at), placed.at(stretch.to_at)
        yield x, round(max(end - x, 3.0), 1), stretch
