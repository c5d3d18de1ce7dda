"""What stamps beside the page say of an edit: rows 20 and 21 of docs/rulings.md. Pure.

A sitemap or an API names the moment at which a newsroom saved an article: machines were told where that lies in the
window of the edit; what is polled between two edits may say neither. Feeds are for readers, and servers name the moment
at which they last wrote the page, adverts included: that tells nobody, but it is a stamp that moved.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from changes.change import Edit
    from scraper.article import Clock, Covers

_MINUTE = timedelta(minutes=1)
_NAMING_SAVES = ("sitemap", "api")


def told_outside(edit: Edit, tolerance: timedelta) -> tuple[str, ...]:
    """In words, each once. What leaves open when, such as a day alone, says nothing."""
    saves = ((clock, covers) for clock, covers in _readable(edit) if clock.kind in _NAMING_SAVES)
    return _in_window(edit, tolerance, ((clock, covers) for clock, covers in saves if _is_precise(covers)))


def moved_outside(edit: Edit, tolerance: timedelta) -> tuple[str, ...]:
    """All that may have moved with the edit, in words, each once: a day alone may be that of the edit."""
    return _in_window(edit, tolerance, _readable(edit), whole=True)


def _readable(edit: Edit) -> Iterator[tuple[Clock, Covers]]:
    return ((clock, clock.covers) for clock in edit.course.outside if clock.covers)


def _in_window(
    edit: Edit, tolerance: timedelta, clocks: Iterable[tuple[Clock, Covers]], *, whole: bool = False
) -> tuple[str, ...]:
    """Those that begin in the window; `whole`: or reach into it."""
    begins, ends = edit.window.not_before, edit.window.not_after
    if begins is None:
        return ()
    found = (
        clock
        for clock, covers in clocks
        if covers.start <= ends + tolerance
        if covers.start >= begins - tolerance or (whole and covers.last_end > begins - tolerance)
    )
    return tuple(dict.fromkeys(f"{clock.kind} → {clock.raw}" for clock in found))


def _is_precise(covers: Covers) -> bool:
    return covers.again is None and covers.end - covers.start <= _MINUTE
