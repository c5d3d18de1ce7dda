"""Which stamps beside the page say that machines were told of an edit: row 20 of docs/rulings.md. Pure.

A sitemap or an API names the moment at which a newsroom saved an article. It counts where that lies in the window of
the edit; what is polled between two edits may say neither.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from changes.change import Edit
    from scraper.article import Covers

_MINUTE = timedelta(minutes=1)


def told_outside(edit: Edit, tolerance: timedelta) -> tuple[str, ...]:
    """In words, each once. What leaves open when, such as a day alone, says nothing."""
    begins, ends = edit.window.not_before, edit.window.not_after
    if begins is None:
        return ()
    moments = [
        (clock, clock.covers.start) for clock in edit.course.outside if clock.covers and _is_precise(clock.covers)
    ]
    found = (clock for clock, start in moments if begins - tolerance <= start <= ends + tolerance)
    return tuple(dict.fromkeys(f"{clock.kind} → {clock.raw}" for clock in found))


def _is_precise(covers: Covers) -> bool:
    return covers.again is None and covers.end - covers.start <= _MINUTE
