"""Our own clock, which is ahead for some hours: what it showed, and what it may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.newsroom.outlet import OUR_CLOCK

if TYPE_CHECKING:
    from datetime import datetime

_FROM, _TO, _AHEAD = OUR_CLOCK


def ours(true: datetime) -> datetime:
    """What our clock shows."""
    return true + _AHEAD if _FROM <= true < _TO else true


def earliest(shown: datetime) -> datetime:
    """The first moment at which it may have shown that: for minutes it showed twice."""
    return shown - _AHEAD if _FROM + _AHEAD <= shown < _TO + _AHEAD else shown


def latest(shown: datetime) -> datetime:
    """The last moment at which it may have shown that."""
    return shown - _AHEAD if _FROM + _AHEAD <= shown < _TO else shown
