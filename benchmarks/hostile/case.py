"""What a suite is made of: cases, and what became of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Outcome: TypeAlias = Literal["expected", "declined", "unexpected", "crashed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case.

    Attributes:
        outcome: `declined` means that we promise not to answer such a question, and did not; `crashed` is the word of
            the frame (an exception, too slow, too greedy, dead), no suite says it.
        why: what was wrong, or why it was declined, for people.
    """

    outcome: Outcome
    why: str = ""


EXPECTED = Verdict("expected")


def declined(why: str) -> Verdict:
    return Verdict("declined", why)


def unexpected(why: str) -> Verdict:
    return Verdict("unexpected", why)


def same(found: object, wanted: object) -> Verdict:
    """As expected if both are equal; else both are shown."""
    return EXPECTED if found == wanted else unexpected(f"{found!r:.300} instead of {wanted!r:.300}")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: `run` calls the product and judges what it did. What `run` raises is a crash."""

    name: str
    run: Callable[[], Verdict]


@dataclass(frozen=True, slots=True)
class Ran:
    """A case that was tried: the milliseconds of processor time that it took, and by how many MB memory grew."""

    name: str
    verdict: Verdict
    milliseconds: float
    megabytes: float


def manifest(folder: Path) -> list[dict[str, Any]]:
    """The cases as the suite's manifest.json has them: `id`, `input` (a file) or `input_text`, `expected` …"""
    found: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))["cases"]
    return found
