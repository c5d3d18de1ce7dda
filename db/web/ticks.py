"""The labels of a time axis: where each stretch begins, and round times in it, as far as they have room. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from db.web.axis import LEFT, RIGHT
from db.words.written import date, time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.web.axis import Axis

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0
_STEPS = (
    *(number * _MINUTE for number in (1, 2, 5, 10, 15, 30)), *(number * _HOUR for number in (1, 2, 3, 6, 12)),
    *(number * _DAY for number in (1, 2, 7, 14, 28, 91, 364)),
)  # fmt: skip
# Room that a label needs.
_LABEL = 84.0


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at a place of the axis: a time in words, and the date where it is another than before."""

    x: float
    words: str
    date: str


def labels(placed: Axis) -> Iterator[Label]:
    """The labels from the left. Midnight is a date alone."""
    before = ""
    for x, at in _ticks(placed):
        text = datetime.fromtimestamp(at, UTC).isoformat()
        words, on = time(text), date(text)
        yield Label(round(x, 1), on if words == "00:00" else words, "" if on == before or words == "00:00" else on)
        before = on


def _ticks(placed: Axis) -> Iterator[tuple[float, float]]:
    """Places and their instants."""
    step = next((step for step in _STEPS if step * placed.scale >= _LABEL), _STEPS[-1])
    step *= max(1, ceil(_LABEL / (step * placed.scale)))
    free = LEFT
    for start, end, x in placed.stretches:
        for at in (start, *(number * step for number in range(int(start // step) + 1, int(end // step) + 1))):
            place = x + (at - start) * placed.scale
            if free <= place <= RIGHT - _LABEL / 2:
                yield place, at
                free = place + _LABEL
