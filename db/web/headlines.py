"""The headlines of an article, each with the windows in which it came and went: versions in, headlines out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as long as it stood.

    Attributes:
        row: the version that brought it: `not_before` and `not_after` are the window.
        until: the version that brought the next one; None where it stands.
        edited: the page was edited, it was not only read in another way.
        variant: one of several that the outlet tried on its readers.
    """

    text: str
    row: sqlite3.Row
    until: sqlite3.Row | None

    @property
    def edited(self) -> bool:
        return bool(self.row["kind"] == "changed")

    @property
    def variant(self) -> bool:
        return any(row is not None and row["said"] == "variant" for row in (self.row, self.until))


def headlines(rows: Sequence[sqlite3.Row]) -> list[Headline]:
    """The headlines, oldest first, of what counts: not of what is held, nor of what was misread."""
    counted = [row for row in rows if row["kind"] != "held" and row["said"] != "misread"]
    changed = [
        row for number, row in enumerate(counted) if not number or row["headline"] != counted[number - 1]["headline"]
    ]
    return [Headline(row["headline"], row, until) for row, until in zip(changed, [*changed[1:], None], strict=False)]
