"""What the picture on an article's page is made of: versions with their stamps, and stretches without the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp of a version: instants as text; both None where it cannot be read or leaves open when."""

    kind: str
    starts_at: str | None
    ends_at: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A version on the time line. `said`: the verdict that stands on it, or its kind; `before_id`: 0 where none."""

    id: int
    number: int
    at: str
    said: str
    before_id: int
    stand: Stamp
    clocks: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class Away:
    """A stretch in which the page was not there, or in which no look could read it. `what`: an outcome of looks, or
    "walled"."""

    from_at: str
    to_at: str
    what: str

    @property
    def is_gone(self) -> bool:
        return self.what in ("suspect", "gone")
