"""Rows 8 and 9 of docs/rulings.md: the Stand moved, and the text stayed. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from changes.case import Finding, forward, span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from changes.case import Case

# No wider may the window be in which a Stand is said to have moved for nothing.
_NARROW = timedelta(hours=6)
# Row 9: what a Stand that moved alone may announce, by what had changed before.
_MAY_ANNOUNCE: Mapping[str, Finding] = {
    "perhaps": Finding("announced", evidence=(("text", "an edit seen with the Stand before may be later than that"),)),
    "cut": Finding("announced", evidence=(("text", "may have changed where it is cut off, perhaps by a wall"),)),
    "before": Finding("announced_late", evidence=(("Stand", "moved alone, long after an edit it had not shown"),)),
}


def announced_late(case: Case) -> Finding | None:
    """Row 8: the Stand of an edit that it did not show moved alone, within a day; both are ruled on by it."""
    late = case.edit.course.late_stand
    if late is not None and case.text_changed and not forward(case.stand):
        delay = span(late.seen_at - case.edit.window.not_after)
        return Finding("announced_late", evidence=(("Stand", f"moved after {delay}, to {late.raw}"),))
    alone = forward(case.stand) and not case.text_changed and not case.peripheral
    if alone and case.edit.course.unstamped == "text" and case.patience.settle:
        return Finding("announced_late", evidence=(("Stand", "moved alone, within a day of an edit it had not shown"),))
    return None


def stand_alone(case: Case) -> Finding | None:
    """Row 9: the Stand went forward and the text stayed."""
    if case.text_changed or not forward(case.stand):
        return None
    if case.edit.course.followed == "text":
        return Finding("announced", evidence=(("text", "followed the Stand before it had settled"),))
    if case.edit.course.followed == "peripheral" and not _wide(case):
        return Finding("stand_other", evidence=(("captions or credits", "followed the Stand before it had settled"),))
    return _MAY_ANNOUNCE.get(case.edit.course.unstamped) if case.patience.settle else None


def stand_settled(case: Case) -> Finding | None:
    """Row 9, where nothing else did: in a wide window it may have moved for an edit that was undone since."""
    if case.text_changed or not forward(case.stand):
        return None
    if case.lacking:
        return Finding("unsettled", settled=False)
    if _wide(case):
        since, until = case.edit.window.not_before, case.edit.window.not_after
        wide = span(until - since) if since else "not known"
        return Finding("undecidable", evidence=(("window", f"{wide}: a change may have come and gone in it"),))
    other = case.peripheral or case.edit.course.unstamped == "peripheral"
    return Finding("stand_other" if other else "stand_only")


def _wide(case: Case) -> bool:
    """Whether a change may have come and gone between the two looks."""
    since, until = case.edit.window.not_before, case.edit.window.not_after
    return bool(case.patience.settle) and (since is None or until - since > _NARROW)
