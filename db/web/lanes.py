"""The stamps of versions on the time axis: the printed Stand with a line to each version that prints it, and the clocks
for machines in thin lanes. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.web.axis import Axis
    from db.web.marks import Row
    from db.web.picture import Shown, Stamp


@dataclass(frozen=True, slots=True)
class Lane:
    """Stamps of one kind as (place, width, raw), each once."""

    kind: str
    y: float
    stamps: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """From a Stand to a version that carries it."""

    x1: float
    y1: float
    x2: float
    y2: float
    family: str


def lane(placed: Axis, kind: str, top: float, stamps: Iterable[Stamp]) -> Lane:
    found: dict[tuple[float, float], str] = {}
    for stamp in stamps:
        if stamp.kind == kind and stamp.starts_at:
            found.setdefault(_extent(placed, stamp), stamp.raw)
    return Lane(kind, top + 21, tuple((x, width, raw) for (x, width), raw in sorted(found.items())))


def _extent(placed: Axis, stamp: Stamp) -> tuple[float, float]:
    """Where a stamp lies, and how wide what it covers is: a day for a bare date."""
    x = placed.at(stamp.starts_at or "")
    return x, round(placed.at(stamp.ends_at) - x, 1) if stamp.ends_at else 0.0


def kinds(versions: Sequence[Shown]) -> list[str]:
    """The kinds of clocks, those that moved most often first."""
    values: dict[str, set[str]] = {}
    for version in versions:
        for clock in version.clocks:
            if clock.starts_at:
                values.setdefault(clock.kind, set()).add(clock.starts_at)
    return sorted(values, key=lambda kind: (-len(values[kind]), kind))


def threads(placed: Axis, rows: Sequence[Row], stand: Lane) -> Iterator[Thread]:
    for row in rows:
        for mark in row.marks:
            stamps = (version.stand for version in mark.versions if version.stand.starts_at)
            for x in sorted({_extent(placed, stamp)[0] for stamp in stamps}):
                yield Thread(x, stand.y, mark.x, row.y, row.family)


def unclear(placed: Axis, versions: Sequence[Shown]) -> Iterator[tuple[float, str]]:
    for version in versions:
        if version.stand.raw and not version.stand.starts_at:
            yield placed.at(version.at), version.stand.raw
