"""stories.toml and script.toml → `Script`: the articles that there are, and what happens to them. Pure data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

from schedules.values import Span  # noqa: TC001 -- pydantic reads the annotations

HERE = Path(__file__).parent
_EXACT = ConfigDict(extra="forbid")

Act = Literal["edit", "old_copy", "fresh_copy", "remove", "restore"]


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it stands at the start; `published` and `stand` are times before the start."""

    __pydantic_config__ = _EXACT

    slug: str
    language: str
    kicker: str
    headline: str
    standfirst: str
    author: str
    published: Span
    stand: Span
    comments: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """What the newspaper does to a text; what is not given stays.

    Attributes:
        replace: (old words, new words) in the paragraphs.
        note: to be put under the text.
        moves: "stand" is the stamp that readers see, "machines" is dateModified.
    """

    __pydantic_config__ = _EXACT

    replace: tuple[tuple[str, str], ...] = ()
    headline: str = ""
    note: str = ""
    comments: int | None = None
    moves: tuple[Literal["stand", "machines"], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens.

    Attributes:
        story: its slug.
        says: what happens, for people.
        after: pause before it.
        told: event type and verdict that Nachtrag is to tell; None: nothing may be told.
        also: what it is to tell after that, of what happened to the article before.
        looks: how often Nachtrag must have looked before it counts that nothing was told.
        within: how long to wait for either.
    """

    __pydantic_config__ = _EXACT

    story: str
    act: Act
    says: str
    after: Span
    told: tuple[str, str] | None = None
    also: tuple[str, str] | None = None
    looks: int = 0
    within: Span = timedelta(seconds=15)
    edit: Edit = field(default_factory=Edit)


@dataclass(frozen=True, slots=True)
class Happening:
    """A step or two that belong together, under one title."""

    __pydantic_config__ = _EXACT

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """The whole play."""

    __pydantic_config__ = _EXACT

    stories: tuple[Story, ...]
    happenings: tuple[Happening, ...]


def load_script(folder: Path = HERE) -> Script:
    """Read the play from stories.toml and script.toml of a folder.

    Raises:
        pydantic.ValidationError: naming every key that is wrong.
    """
    files = (tomllib.loads((folder / name).read_text("utf-8")) for name in ("stories.toml", "script.toml"))
    return TypeAdapter(Script).validate_python({key: value for file in files for key, value in file.items()})
