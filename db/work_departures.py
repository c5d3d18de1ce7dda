"""The contract between the store and the job that follows up on what is gone; the others are in db/work.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from changes.retention import Expected, Gone
    from scraper.article import Article


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article of the same source and site that came about when the other went, and has paragraphs of it."""

    id: int
    article: Article


@dataclass(frozen=True, slots=True)
class DueDeparture:
    """An article that is gone.

    Attributes:
        article: its last good copy, without paragraphs that stand on several other articles, too.
        at: the look that confirmed that it is gone; `last_look_at`: the last that did not find it.
    """

    id: int
    gone: Gone
    article: Article
    candidates: tuple[Candidate, ...]
    at: datetime
    last_look_at: datetime


@dataclass(frozen=True, slots=True)
class Successor:
    """The article at which the story seems to go on, with so many of the sentences of the one that is gone."""

    id: int
    shared: int
    sentences: int
    percent: int


@dataclass(frozen=True, slots=True)
class DepartureResult:
    """What following up came to. `check_at`: when to do so again; None: never."""

    id: int
    at: datetime
    check_at: datetime | None
    successor: Successor | None = None
    expected: Expected | None = None
