"""What looks are planned by, as the store hands it out and takes it back (see db/work.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What was learned of how one article is edited (schedules/policy.py).

    Attributes:
        edits: how many are known, unseen ones by expectation.
        exposure: how many an article of middling liveliness would have had under our eyes.
        last_edit: when the last known one was made, in hours since 1970.
    """

    edits: float = 0.0
    exposure: float = 0.0
    last_edit: float = -1e9


@dataclass(frozen=True, slots=True)
class Planned:
    """An article whose next look is planned.

    Attributes:
        source_id, source: who speaks for it, by number and name.
        born_at: when it was published, as it says, but not after `first_seen_at`.
        hinted: somebody said since the last look that it was edited.
        listed: it stands in the last list of its source.
        panel: whether it is of the panel, and the share of articles that was to be then; None: not asked when it was
            first read.
        comments: "none" if its page tells no number of them; "moved" if the last look found another one than before.
        was_read: it has a version.
    """

    id: int
    url: str
    source_id: int
    source: str
    first_seen_at: datetime
    born_at: datetime
    last_visited_at: datetime | None
    pulse: Pulse
    hinted: bool
    listed: bool
    comments: Literal["none", "rest", "moved"]
    panel: tuple[bool, float] | None = None
    was_read: bool = True


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when a host is asked nothing, and why: it asked for that, or fails, or a pause lies between two requests.

    Attributes:
        failures: in a row.
    """

    until: datetime
    why: Literal["asked", "failing", "pause"]
    failures: int
