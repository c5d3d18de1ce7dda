"""What those who run it are told of sources, endpoints and the machine, in words for people.

It is kept as one English sentence with values in it, each made by one place of `db.store`: the sentences here are the
same, with names for the values, each beside what is told of it in the reader's language. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# What "operations.…" tells of, in words.
OPERATIONS: Mapping[str, str] = {
    "source_failing": "source fails",
    "source_recovered": "source answers again",
    "drift": "site is not read as before",
    "site_text": "same text on several articles of a site",
    "article_unreadable": "article cannot be read",
    "endpoint_failing": "endpoint fails",
    "endpoint_recovered": "endpoint takes events again",
    "disk_low": "little room left on the disk",
    "disk_enough": "enough room on the disk again",
    "clock_odd": "clock of this machine seems wrong",
    "clock_right": "clock of this machine is right again",
}
# How a sentence is kept, and how it is told. Values that only programs need are not told.
INCIDENTS: Mapping[str, str] = {
    "source %(name)s: %(detail)s [%(code)s], %(times)s times in a row": "%(name)s: %(code)s; %(times)s times in a row",
    "source %(name)s: answers again, after %(failures)s failures in a row": (
        "%(name)s answers again, after %(failures)s failures in a row"
    ),
    "endpoint '%(name)s' takes events again": "%(name)s takes events again",
    "endpoint '%(name)s' at %(host)s: %(reason)s; %(failures)s failed attempts in a row since %(since)s UTC": (
        "%(name)s at %(host)s: %(reason)s; failed attempts: %(failures)s, since %(since)s"
    ),
    "endpoint '%(name)s' through Apprise: %(reason)s; %(failures)s failed attempts in a row since %(since)s UTC": (
        "%(name)s: %(reason)s; failed attempts: %(failures)s, since %(since)s"
    ),
    "the disk of %(name)s has %(left)s MB left, less than %(least)s MB: %(detail)s": (
        "the disk of %(name)s has %(left)s MB left, less than %(least)s MB: make room, or nothing more is kept soon"
    ),
    "the disk of %(name)s has %(left)s MB left": "the disk of %(name)s has %(left)s MB left",
    "our clock is %(seconds)s s behind those of %(hosts)s hosts: %(detail)s": (
        "our clock is %(seconds)s s behind those of %(hosts)s hosts: set it right, windows of edits rest on it"
    ),
    "our clock is %(seconds)s s ahead of those of %(hosts)s hosts: %(detail)s": (
        "our clock is %(seconds)s s ahead of those of %(hosts)s hosts: set it right, windows of edits rest on it"
    ),
    "our clock agrees with those of %(hosts)s hosts again": "our clock agrees with those of %(hosts)s hosts again",
    (
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s UTC are not read as before (%(detail)s): a"
        " redesign or a wall; nothing is told of its articles until they are read well again (docs/sites.md)"
    ): (
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s are not read as before: a redesign or a"
        " wall; nothing is told of its articles until they are read well again"
    ),
    (
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s UTC are not read as before (%(detail)s): a"
        " redesign or a wall; its edits are still told (docs/sites.md)"
    ): (
        "%(host)s: %(odd)s of %(looked)s articles looked at since %(since)s are not read as before: a redesign or a"
        " wall; its edits are still told"
    ),
    (
        "%(host)s: several articles were changed alike or at the same time, which is no edit of them: %(words)s;"
        " a profile can leave it out (docs/sites.md)"
    ): "%(host)s: several articles were changed alike or at the same time, which is no edit of them. %(words)s",
    "%(detail)s [%(code)s], %(times)s times in a row": "%(code)s; %(times)s times in a row",
    # Of an article that is gone.
    "published %(since)s UTC, as its page said; kept for %(days)s days by %(cite)s": (
        "published %(since)s, as its page said; the outlet's own rule keeps such articles for %(days)s days: %(cite)s"
    ),
}
_COUNT = r"\d[\d,]{0,60}"
_SHAPES = {
    **dict.fromkeys(("times", "failures", "left", "least", "seconds", "hosts", "odd", "looked", "days"), _COUNT),
    "code": r"\w+",
    "host": r"\S+?",
    "since": r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?",
}
_PLACE = re.compile(r"%\((\w+)\)s")


def _pattern(kept: str) -> re.Pattern[str]:
    parts = _PLACE.split(kept)
    return re.compile(
        "".join(
            f"(?P<{part}>{_SHAPES.get(part, '.+?')})" if at % 2 else re.escape(part) for at, part in enumerate(parts)
        ),
        re.DOTALL,
    )


_KEPT = [(_pattern(kept), told) for kept, told in INCIDENTS.items()]


def incident(message: str) -> tuple[str, dict[str, str]] | None:
    """What is told of an incident, to be translated, and the values in it; None: nobody here knows that sentence."""
    for pattern, told in _KEPT:
        if found := pattern.fullmatch(message):
            return told, found.groupdict()
    return None


def is_count(name: str) -> bool:
    """Whether the value of that name is a number."""
    return _SHAPES.get(name) == _COUNT
