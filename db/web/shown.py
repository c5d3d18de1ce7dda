"""How what the database holds is shown: codes and values in, words for people out.

Templates reach these functions as `show`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from changes.render import spans
from changes.ruling import QUOTING
from db.web.evidence import because, clock, delayed, evidence
from db.web.rules import seen_in
from db.web.stands import in_utc, stand
from db.words.causes import cause, is_wall
from db.words.codes import absence, labelled, movement, outlet, verdict_words, weight
from db.words.incidents import OPERATIONS, plain, told
from db.words.language import _, gettext
from db.words.written import (
    capital,
    date,
    day,
    decimal,
    every,
    exact,
    instant,
    iso,
    lasts,
    month,
    number,
    pause,
    percent,
    signed,
    size,
    span,
    tally,
    time,
    utc,
    window,
)
from scraper.article import Covers

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

# The colour of a verdict is a family of what was seen, never a grade of blame.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "told": ("announced", "announced_late", "disclosed", "disclosed_late"),
    "unmarked": ("unmarked", "unmarked_headline", "silent"),
    "stamp": ("stand_only", "stand_other", "stand_backwards", "stand_ahead", "zone_suspect"),
    "small": (
        "minor",
        "automatic",
        "variant",
        "live",
        "peripheral",
        "site_text",
        "same",
        "old_copy",
        "reread",
        "misread",
        "comments",
    ),
    "open": ("unsettled", "undecidable", "noted", "unstamped", "partial", "reverted"),
    "presence": (
        "removed",
        "removed_before_expected",
        "returned",
        "moved",
        "succeeded_by",
        "discovered",
        "first",
    ),
}

# What a family is called in the key of the picture.
FAMILY_WORDS: Mapping[str, str] = {
    "presence": "first version",
    "told": "edit, announced",
    "unmarked": "edit, Stand unchanged",
    "stamp": "Stand moved alone",
    "small": "small edit, live blog, or test of headlines",
    "open": "undecided",
}

# What a look came to.
LOOKS: Mapping[str, str] = {
    "new": "first look at the article",
    "same": "the version that stood",
    "changed": "a new version",
    "reread": "the same page, read in another way",
    "returned": "there again",
    "old_copy": "an old copy from a cache",
    "suspect": "not there; another look has to confirm it",
    "gone": "not there",
    "unreadable": "a page that could not be read",
    "walled": "a wall before the text",
    "failed": "no answer that we can use",
}

# Of paragraphs that became something else.
BLOCKS: Mapping[str, str] = {
    "paragraph": "paragraph",
    "subhead": "subhead",
    "quote": "quote",
    "list_item": "list item",
    "table": "table",
    "note": "note",
}

_TONGUE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")

__all__ = [
    "QUOTING",
    "absence",
    "because",
    "block",
    "capital",
    "cause",
    "clock",
    "date",
    "day",
    "decimal",
    "delayed",
    "every",
    "evidence",
    "exact",
    "family",
    "happened",
    "in_utc",
    "instant",
    "is_open",
    "is_wall",
    "iso",
    "labelled",
    "lasts",
    "link",
    "look",
    "month",
    "movement",
    "number",
    "outlet",
    "pause",
    "percent",
    "replied",
    "seen_in",
    "severity",
    "signed",
    "size",
    "span",
    "spans",
    "stand",
    "tally",
    "time",
    "tongue",
    "untitled",
    "verdict_words",
    "weight",
    "window",
]  # fmt: skip


def severity(name: str) -> str:
    """ "high"."""
    return gettext(name)


def block(kind: str) -> str:
    """What kind of paragraph that is."""
    return gettext(BLOCKS.get(kind, kind.replace("_", " ")))


def tongue(language: str | None) -> str:
    """The language of a text as the page states it, if that is one that browsers know; else nothing."""
    return language if language and _TONGUE.fullmatch(language) else ""


def link(url: str) -> str:
    """The address if a browser may follow it, else nothing: pages name javascript: and data: addresses too."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    printable = not any(char.isspace() or ord(char) < 32 for char in url)
    return url if parts.scheme in ("http", "https") and parts.hostname and printable else ""


def untitled(taken_down: object) -> str:
    """What stands where a headline should: an article that was taken down had one."""
    return _("(erased by us)") if taken_down else _("(no headline)")


def is_open(starts_at: str, ends_at: str) -> bool:
    """Whether a stamp leaves open when: "2 hours ago", or a time in a zone that nobody knows."""
    return not Covers(utc(starts_at), utc(ends_at)).is_moment


def look(outcome: str) -> str:
    """What a look came to."""
    return gettext(LOOKS.get(outcome, outcome.replace("_", " ")))


def happened(event: sqlite3.Row) -> str:
    """What those who run it were told; what an earlier version kept, as it kept it."""
    kind, values = event["type"].removeprefix("operations."), json.loads(event["told"] or "null")
    known = values and kind in OPERATIONS
    return told(kind, values, _value) if known else event["message"] or event["type"]


def _value(name: str, value: Any) -> str:
    words = {"code": cause, "reason": gettext, "since": instant}.get(name)
    return words(value) if words else plain(name, value)


def replied(reply: sqlite3.Row) -> str:
    """ "The outlet replied on 25 Nov 2026, 10:00 UTC (Elbkurier)", and whether it was withdrawn."""
    words = _("The outlet replied on %(at)s (%(author)s)", at=instant(reply["received_at"]), author=reply["author"])
    withdrawn = reply["withdrawn_at"]
    return _("%(reply)s; withdrawn %(at)s", reply=words, at=instant(withdrawn)) if withdrawn else words


def family(verdict: str | None) -> str:
    """The family of a verdict, by which it is coloured."""
    return next((name for name, verdicts in _FAMILIES.items() if verdict in verdicts), "open")
