"""The marks of versions on the time axis: a row for each family of verdicts, so that place, shape and words tell them
apart, not colour alone. Marks that would cover each other become one, with their number. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.web.axis import LEFT
from db.web.shown import FAMILY_WORDS, family, verdict_words
from db.words.language import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.web.axis import Axis
    from db.web.picture import Shown

# A mark has that much room to be hit with a finger.
MARK = 22.0
_TOP, _ROW, _COUNTED = 20.0, 41.0, 10.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One version, or some that lie too close together."""

    x: float
    versions: tuple[Shown, ...]

    @property
    def first(self) -> Shown:
        return self.versions[0]

    @property
    def last(self) -> Shown:
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Row:
    """The marks of a family of verdicts. `y`: the middle of its marks."""

    family: str
    y: float
    marks: tuple[Mark, ...]

    @property
    def bottom(self) -> float:
        """Where its marks and their numbers end."""
        return self.y + (_COUNTED if self.bundled else 0)

    @property
    def words(self) -> str:
        """What is said of its versions: the verdict, if one stands on them all."""
        verdicts = {version.said for mark in self.marks for version in mark.versions}
        alike = len(verdicts) == 1 and verdicts != {"first"}
        return verdict_words(verdicts.pop()) if alike else gettext(FAMILY_WORDS[self.family])

    @property
    def number(self) -> int:
        """How many versions."""
        return sum(len(mark.versions) for mark in self.marks)

    @property
    def bundled(self) -> bool:
        """Whether some marks stand for more than one version."""
        return any(len(mark.versions) > 1 for mark in self.marks)


def rows(placed: Axis, versions: Sequence[Shown]) -> Iterator[Row]:
    """The rows that have marks, from the top."""
    top = _TOP
    for name in FAMILY_WORDS:
        marks = tuple(_marks(placed, [version for version in versions if family(version.said) == name]))
        if marks:
            row = Row(name, top + 28, marks)
            yield row
            top += _ROW + (_COUNTED if row.bundled else 0)


def _marks(placed: Axis, versions: Iterable[Shown]) -> Iterator[Mark]:
    """The versions of one row, those that lie too close together as one."""
    bundle: list[Shown] = []
    start = LEFT
    for version in versions:
        x = placed.at(version.at)
        if bundle and x - start >= MARK:
            yield Mark(start, tuple(bundle))
            bundle = []
        start = start if bundle else x
        bundle.append(version)
    if bundle:
        yield Mark(start, tuple(bundle))
