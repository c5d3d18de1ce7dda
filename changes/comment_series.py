"""The number of comments over time: closed, reopened, many fewer at once, many more after an edit. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Movement = Literal["closed", "reopened", "dropped", "surged"]

WORDS: Mapping[Movement, str] = {
    "closed": "comments are no longer offered",
    "reopened": "comments are offered again",
    "dropped": "many fewer between two looks",
    "surged": "many more after an edit",
}

# Single comments are taken down all the time, and of a few one is many: a fall counts from so many and that share.
DROPPED, DROPPED_SHARE = 10, 0.2
# After an edit so many came, and that many times as many as in as long a time before it; later than that, night and day
# would be compared.
SURGED, SURGED_TIMES, SURGED_WITHIN = 30, 3, timedelta(hours=6)
# A moment after the edit says little about how fast they come.
_SOONEST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Count:
    """The number of comments as a look showed it first; None where none were offered. `movement`: what was made of it,
    "unconfirmed" where a later look has to confirm that it fell or went."""

    at: datetime
    count: int | None
    movement: str = ""


def at_once(before: Count | None, count: int | None) -> Literal["", "unconfirmed", "reopened"]:
    """What can be said of another number when a look first shows it. A cache may have given an old page, so that a fall
    waits for a later look."""
    if before is None:
        return ""
    if before.count is None:
        return "reopened" if before.movement == "closed" else ""
    return "unconfirmed" if count is None or _fell(before.count, count) else ""


def later(
    before: int, counts: Sequence[Count], now: datetime, stale: timedelta
) -> Movement | Literal["", "unconfirmed"]:
    """What a later look makes of an unconfirmed number.

    Args:
        before: the number before it.
        counts: the unconfirmed one, and all that came after it, the present one last.
        stale: how old a copy the caches of the host may give: if it lasts longer, the page says so.
    """
    first = counts[0].count
    holds = all(
        later.count is None if first is None else later.count is not None and _fell(before, later.count)
        for later in counts
    )
    if not holds:
        return ""
    if now - counts[0].at < stale:
        return "unconfirmed"
    return "closed" if first is None else "dropped"


def surge(counts: Sequence[Count], edited_at: datetime, now: datetime) -> tuple[int, int] | None:
    """The numbers at the edit and now, if many more came since than in as long a time before it; else None.

    `counts`: the series, oldest first, the present number last.
    """
    span = now - edited_at
    if not _SOONEST <= span <= SURGED_WITHIN:
        return None
    if any(count.movement == "surged" and count.at > edited_at for count in counts):
        return None  # said before
    then, at_edit = _standing(counts, edited_at - span), _standing(counts, edited_at)
    present = counts[-1].count
    if then is None or at_edit is None or present is None:
        return None
    came, came_before = present - at_edit, max(at_edit - then, 0)
    return (at_edit, present) if came >= SURGED and came >= SURGED_TIMES * came_before else None


def _standing(counts: Sequence[Count], at: datetime) -> int | None:
    """The number at that moment; None where it is not known, or none was offered."""
    return next((count.count for count in reversed(counts) if count.at <= at), None)


def _fell(before: int, after: int) -> bool:
    return before - after >= max(DROPPED, DROPPED_SHARE * before)
