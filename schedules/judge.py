"""The job of the rulings' queue: compare the two versions again, and say what more looks make of it; and what today's
table makes of what was ruled before. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changes.case import Case
from changes.change import Edit
from changes.compare import compare
from changes.correction import ruled_again
from changes.ruling import rule
from db.work import RulingResult

if TYPE_CHECKING:
    from datetime import datetime

    from changes.case import Patience
    from db.work import DueRuling


def judge(due: DueRuling, patience: Patience, now: datetime) -> RulingResult:
    """The ruling as it stands now."""
    return RulingResult(due.revision_id, now, rule(_case(due, patience, now)))


def judge_again(due: DueRuling, patience: Patience, now: datetime) -> RulingResult:
    """What takes the place of the ruling on an edit on which nothing is open; None if it can stay."""
    case = _case(due, patience, now)
    return RulingResult(due.revision_id, now, ruled_again(due.verdict, rule(case), case))


def _case(due: DueRuling, patience: Patience, now: datetime) -> Case:
    edit = Edit(
        before=due.before,
        after=due.after,
        change=compare(due.before, due.after),
        window=due.window,
        course=due.course,
    )
    allowance = max(due.allowance, patience.cache_allowance)
    return Case(edit, due.looks, due.practice, patience, allowance, now)
