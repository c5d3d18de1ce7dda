"""One thing that a sentence states. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["number", "date", "name", "quotation", "attribution", "negation", "hedge"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a sentence states.

    Attributes:
        value: what is compared: "5" for "fünf".
        words: as it is written there.
        at: where it begins in the plain text, so that neighbours can be told as one.
    """

    kind: FactKind
    value: str
    words: str
    at: int
