"""What was done, counted: for the summary of a pass, and for whoever watches the daemon."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What was done, for the summary of a pass and for the metrics; `left` is what a pass did not wait for, a line a
    host.

    Attributes:
        polls: polls by result, ok or failed; looks: looks by outcome.
        attempts: attempts to tell, by endpoint; undelivered: those of them that failed.
    """

    polls: Counter[str] = field(default_factory=Counter)
    looks: Counter[str] = field(default_factory=Counter)
    attempts: Counter[str] = field(default_factory=Counter)
    undelivered: Counter[str] = field(default_factory=Counter)
    ruled: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def polled(self) -> int:
        return self.polls.total()

    @property
    def visited(self) -> int:
        return self.looks.total()

    @property
    def delivered(self) -> int:
        return self.attempts.total() - self.undelivered.total()
