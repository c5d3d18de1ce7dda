"""What `nachtrag doctor` finds, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A note is of what somebody may have meant, and has to know: nothing is wrong for that.
State = Literal["ok", "note", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to.

    Attributes:
        check: its name.
        found: in words.
        remedy: what to do; empty where nothing is.
    """

    check: str
    state: State
    found: str
    remedy: str = ""


def ok(check: str, found: str) -> Finding:
    return Finding(check, "ok", found)


def note(check: str, found: str, remedy: str) -> Finding:
    return Finding(check, "note", found, remedy)


def warning(check: str, found: str, remedy: str) -> Finding:
    return Finding(check, "warning", found, remedy)


def fault(check: str, found: str, remedy: str) -> Finding:
    return Finding(check, "fault", found, remedy)


def or_well(found: Iterable[Finding], well: Finding) -> Iterator[Finding]:
    """What was found; that all is well, if nothing was."""
    nothing = True
    for item in found:
        nothing = False
        yield item
    if nothing:
        yield well
