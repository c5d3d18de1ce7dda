"""The picture of edits by month: a bar a month, with the part of it that the Stand does not show. Pure.

Numbers come in, coordinates in a box of 100 units height go out; the template draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT, _STEP, _BAR = 100.0, 10, 8
# A first month alone is not to be as broad as the page.
_FEWEST = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A UTC month, as "2026-11": edits of texts, and those of them that the Stand does not show."""

    month: str
    edits: int
    not_shown: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Attributes:
    part: height of its lower part, the edits that the Stand does not show; `rest` that of what stands on it.
    """

    x: int
    rest: float
    part: float

    @property
    def top(self) -> float:
        return round(_HEIGHT - self.part - self.rest, 1)

    @property
    def foot(self) -> float:
        """Where the lower part begins."""
        return round(_HEIGHT - self.part, 1)


@dataclass(frozen=True, slots=True)
class Bars:
    """`most`: the edits of the month with the most; the bars are broad as `breadth`."""

    bars: tuple[Bar, ...]
    most: int
    width: int
    breadth: int = _BAR

    @property
    def short(self) -> bool:
        """Whether the last bar stands before the right edge."""
        return len(self.bars) * _STEP < self.width


def bars(months: Sequence[Month]) -> Bars:
    """The bars, oldest first, from the left."""
    most = max((month.edits for month in months), default=0)
    scale = _HEIGHT / max(most, 1)
    drawn = tuple(
        Bar(
            at * _STEP + (_STEP - _BAR) // 2,
            round((month.edits - month.not_shown) * scale, 1),
            round(month.not_shown * scale, 1),
        )
        for at, month in enumerate(months)
    )
    return Bars(drawn, most, max(len(months), _FEWEST) * _STEP)
