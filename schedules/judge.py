"""The job of the rulings' queue: compare the two versions again, and say what more looks make of it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changes.case import Case
from changes.change import Edit
from changes.compare import compare
from changes.ruling import rule
from db.work import RulingResult

if TYPE_CHECKING:
    from datetime import datetime

    from changes.case import Patience
    from db.work import DueRuling


def judge(due: DueRuling, patience: Patience, now: datetime) -> RulingResult:
    """The ruling as it stands now."""
    edit = Edit(
        before=due.before,
        after=due.after,
        change=compare(due.before, due.after),
        window=due.window,
        course=due.course,
    )
    allowance = max(due.allowance, patience.cache_allowance)
    return RulingResult(due.revision_id, now, rule(Case(edit, due.looks, due.practice, patience, allowance, now)))
