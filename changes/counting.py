"""Lines that count by themselves: down to a named end, as days pass, or up, as people vote and sign. Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.plain import plain

if TYPE_CHECKING:
    from changes.change import Window

_DAY = timedelta(days=1)
_NUMBER = r"\d+(?:[.,’' ]\d{3})*"
_LEFT = rf"(?:nur |jetzt )?noch ({_NUMBER}) tage?"
_DAYS_LEFT = rf"(?:only |just )?({_NUMBER}) (?:more )?days?"
_THERE = r"(?:verfügbar|abrufbar|online|zu sehen|zu hören|in der [\w ]{0,10}mediathek(?: verfügbar| abrufbar)?)"
_MEDIUM = (
    r"(?:video|audio|film|beitrag|podcast|folge|sendung|clip|artikel|angebot|stream|episode|programme?|offer|article)"
)
# All that such a line says.
_COUNTDOWN = re.compile(
    rf"\W*(?:{_LEFT},? bis (?:zu[rm]? |zu den )?[^.!?:,]{{3,60}}"
    rf"|(?:(?:dieses|diese|dieser|das|der|die) )?{_MEDIUM} (?:ist |bleibt )?{_LEFT} {_THERE}|{_LEFT} {_THERE}"
    rf"|{_DAYS_LEFT} (?:left |to go )?(?:until|till|to) [^.!?:,]{{3,60}}"
    rf"|{_DAYS_LEFT} left to (?:watch|listen|vote|sign)"
    rf"|(?:this |the )?{_MEDIUM} (?:is )?available for (?:another )?{_DAYS_LEFT})\W*",
    re.I,
)
_WHO = (
    r"(?:menschen|personen|leute|leser(?:innen und leser)?|nutzer\w*|unterstützer\w*|people|readers|users|supporters)"
)
_CAST = (
    r"\b(?:stimmen|teilnehm\w*|teilgenommen|unterschrift\w*|unterschrieben|unterzeichnet|abgestimmt|votes?|voted"
    r"|signatures?|signed)\b"
)
_SO_FAR = r"(?:schon |bereits |bisher |inzwischen |already |so far )?"
_TALLY = re.compile(
    rf"\W*(?:(?:umfrage|abstimmung|petition|online-?petition|poll|vote|survey) ?: (?=.*{_CAST})[^.!?]*\d[^!?]{{0,120}}"
    rf"|{_SO_FAR}{_NUMBER} {_WHO} (?:haben|have) {_SO_FAR}(?:(?:die|diese|unsere|the|this|our) )?"
    rf"(?:petition {_SO_FAR})?(?:unterschrieben|unterzeichnet|abgestimmt|voted"
    r"|signed(?: (?:the|this|our) petition)?))\W*",
    re.I,
)
_QUOTES = '"„“”«»'
_FIGURE = re.compile(_NUMBER)


def counts_on(before: str, after: str, window: Window) -> bool:
    """Whether a line said one number and says the next that it counts: nobody edited it."""
    if any(mark in after for mark in _QUOTES):
        return False
    old, new = plain(before), plain(after)
    if _FIGURE.sub("#", old) != _FIGURE.sub("#", new):
        return False
    if _COUNTDOWN.fullmatch(old) and _COUNTDOWN.fullmatch(new):
        return _passed(_first(old) - _first(new), window)
    return _TALLY.fullmatch(new) is not None and _first(new) > _first(old)


def _passed(days: int, window: Window) -> bool:
    """Whether so many days began between the two looks; at which hour they begin, nobody says."""
    if window.not_before is None or days < 1:
        return False
    return abs(window.not_after - window.not_before - days * _DAY) < _DAY


def _first(text: str) -> int:
    found = _FIGURE.search(text)
    return int(re.sub(r"\D", "", found[0])) if found else 0
