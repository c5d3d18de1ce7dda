"""Finds the label of a stamp ("Stand:", "Zuletzt aktualisiert am", "Published") and the stamp that it carries. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.stamp_parts import MONTH, WEEKDAY
from scraper.stamp_words import DAYS_AGO, JUST, PUBLISHED, UPDATED, UPDATED_HINTS

_DIGIT = re.compile(r"\d")
_LONGEST = 200
_NEAR = 60
_NAMED = "|".join(re.escape(name).replace("'", "['’]") for name in DAYS_AGO)
_JUST = JUST.replace("'", "['’]")
_AGO_BEHIND = r"(?:\d+|an?|een|un[oa]?)['’ ]?[a-zäí]+ (?:ago|fa|geleden)"
_AGO_BEFORE = r"(?:vor|hace|il y ?a) (?:\d+|eine?[rmn]?|une?|una) [a-zäí]+"
_STAMP = "|".join(
    (
        rf"\d{{1,2}} ?\. ?(?:\d{{1,2}} ?\.|\d\d ?uhr|(?:{MONTH})\b)",
        rf"\d{{1,2}}(?:st|nd|rd|th|er)?[ -](?:de )?(?:{MONTH})\b",
        r"\d{1,2}[:.h]\d\d(?!\d)|\d{1,2} ?(?:uhr|[ap]\.? ?m)\b|\d{4} (?:gmt|utc|[a-z]{1,3}t)\b",
        r"\d{1,4}[/.-]\d{1,2}[/.-]\d",
        rf"(?:{MONTH})\.? \d|(?:{_NAMED})(?![\w'’])",
        # At the end, or before a sign: else it is a word of a sentence.
        rf"(?<!stand )(?:{_JUST})(?= ?(?:$|[|·•–—,;()./]))",
        rf"{_AGO_BEHIND}\b|(?:vor|hace|il y ?a) (?:\d|ein|un)",
    )
)


def _compiled(pattern: str) -> re.Pattern[str]:
    """A space of the pattern is any white space of the page, no-break spaces too."""
    return re.compile(pattern.replace(" ", r"\s"), re.I)


_STAMP_NEAR = _compiled(rf"(?<![\w.,])(?:{_STAMP})")
# A label is one only before a stamp, a small word or a name, or at the end: not in "genetically modified maize".
_SMALL = "am|um|vom|von|durch|on|at|by|the|le|la|el|il|al|à|a|an|un|una|alle|kl|den|om|op|door|een|just|vor|hace|hier"
_FOLLOWS = rf"(?=\W*(?:$|{_STAMP}|(?:{WEEKDAY}|{_SMALL})\b))"
_UPDATED = _compiled(rf"(?<!\w)(?:{UPDATED})(?!\w){_FOLLOWS}")
_PUBLISHED = _compiled(rf"(?<!\w)(?:{PUBLISHED})(?!\w){_FOLLOWS}")
LABEL = _compiled(rf"(?<!\w)(?:{UPDATED}|{PUBLISHED})(?!\w)")
# "vor 2 Stunden aktualisiert", with nothing else beside it: in a sentence it tells of something else.
_BEHIND = _compiled(rf"(?:^|[|·•–—,;(] ?)((?:{_AGO_BEFORE}|{_AGO_BEHIND}) ?(?:{UPDATED}))(?= ?(?:$|[|·•–—,;)]))")
# "25.11.2026, 09:05 Uhr (aktualisiert)", alone or between bars. With a capital it is the label of what comes next.
_DATED_BEHIND = _compiled(
    rf"(?:^|[|·•–—] )((?:(?:{WEEKDAY})\.?,? |am )?(?:{_STAMP})[^|·•;()]{{0,40}}? "
    rf"(?:\((?:{UPDATED})\)|(?-i:(?=[a-z])(?!stand|update\b))(?:{UPDATED})))(?= ?(?:$|[|·•–—]))"
)
# "stand" without a capital is mostly the verb.
_VERB = re.compile(r"stand(?!:? ?\d)")


def is_updated_label(text: str) -> bool:
    """Whether the text says "as of" or "updated"; not for a bare date, nor for "published"."""
    start = text[:_LONGEST]
    if not _may_be_updated(start):
        return False
    return any(not _VERB.match(text, label.start()) for label in _UPDATED.finditer(start))


@lru_cache(maxsize=256)
def find_updated(text: str) -> str | None:
    """The part of a text from its "updated" label on, with its stamp, up to the next label; None if it has none."""
    if not _may_be_updated(text):
        return None
    behind = _BEHIND.search(text[:_LONGEST]) or _DATED_BEHIND.search(text[:_LONGEST])
    return _labelled(text, _UPDATED) or (behind[1] if behind else None)


@lru_cache(maxsize=512)  # several ask this of each line of a page, one after another
def _may_be_updated(text: str) -> bool:
    low = text.lower()
    return any(map(low.__contains__, UPDATED_HINTS))


def find_published(text: str) -> str | None:
    """The part of a text that says when it was published; None if it has none."""
    return _labelled(text, _PUBLISHED)


def _labelled(text: str, wanted: re.Pattern[str]) -> str | None:
    text = text[: 2 * _LONGEST]
    for label in wanted.finditer(text):
        stamp = _STAMP_NEAR.search(text, label.end(), label.end() + _NEAR)
        if stamp is None or _VERB.match(text, label.start()):
            continue
        between = text[label.end() : stamp.start()]
        if not _DIGIT.search(between) and not LABEL.search(between):
            after = LABEL.search(text, stamp.end())
            end = min(after.start() if after else len(text), label.start() + _LONGEST)
            return text[label.start() : end].strip(" |·•–-,;()[]/\n\t\u00a0")
    return None
