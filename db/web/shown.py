"""How times, spans, counts and addresses are shown: text from the database in, text for people out. Pure.

Templates reach these functions as `show`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from changes.comment_series import WORDS
from changes.render import spans
from changes.ruling import QUOTING
from changes.wording import verdict_words
from db.web.causes import cause, is_wall
from db.web.life import absence
from db.web.rules import seen_in
from scraper.article import Covers

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

# Pieces of a sentence: words and, where they name an instant, the instant for <time datetime>.
Pieces = tuple[tuple[str, str], ...]

# strftime's names follow the locale of the machine; pages are in English everywhere.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

CLOCKS: Mapping[str, str] = {
    "stand": "Stand (visible)",
    "published": "Publication date (visible)",
    "published_ld": "datePublished (JSON-LD)",
    "modified_ld": "dateModified (JSON-LD)",
    "published_meta": "Published (meta tag)",
    "modified_meta": "Modified (meta tag)",
    "published_microdata": "Published (microdata)",
    "modified_microdata": "Modified (microdata)",
    "published_tracking": "Publication time (tracking data)",
    "editorial": "Last editorial update (tracking data)",
    "published_feed": "Published (feed)",
    "feed": "Updated (feed)",
    "published_sitemap": "publication_date (news sitemap)",
    "sitemap": "lastmod (sitemap)",
    "http": "Last-Modified (HTTP)",
    "api": "date (API of the site)",
}

# Evidence that names clocks: `kind before → after; kind before → after`.
_WITH_CLOCKS = ("other clocks", "machines were told")
_SEEN = re.compile(r"(\d+) (?:looks? )?(?:on|over) (\d+) connections?, (\d+) past all caches")

# The colour of a verdict is a family of what was seen, never a grade of blame.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "told": ("announced", "announced_late", "disclosed"),
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
    "open": ("unsettled", "undecidable", "unstamped", "partial", "reverted"),
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

__all__ = [
    "CLOCKS", "QUOTING", "absence", "cause", "clock", "date", "day", "evidence", "family", "instant", "is_open",
    "is_wall", "iso", "lasts", "link", "look", "month", "movement", "percent", "replied", "seen_in", "signed", "span",
    "spans", "stand", "tally", "time", "verdict_words", "window",
]  # fmt: skip


def iso(text: str) -> str:
    """An instant for <time datetime>: UTC to the second."""
    return f"{_utc(text):%Y-%m-%dT%H:%M:%SZ}"


def instant(text: str) -> str:
    """ "24 Nov 2026, 14:02 UTC"."""
    return f"{_bare(_utc(text))} UTC"


def day(text: str) -> str:
    """ "Tuesday, 24 November 2026", the day in UTC."""
    at = _utc(text)
    return f"{_DAYS[at.weekday()]}, {at.day} {_LONG_MONTHS[at.month - 1]} {at.year}"


def month(text: str) -> str:
    """ "November 2026" of "2026-11"."""
    return f"{_LONG_MONTHS[int(text[5:7]) - 1]} {text[:4]}"


def percent(share: float, *, fine: bool = False) -> str:
    """ "34 %", near both ends "2.1 %" and "99.6 %"; `fine`: "34.2 %" everywhere."""
    value = 100 * share
    if 0 < value < 0.05 or 99.95 <= value < 100:
        return "< 0.1 %" if value < 50 else "> 99.9 %"
    whole = value in (0, 100) or (9.95 <= value <= 90.05 and not fine)
    return f"{value:.{0 if whole else 1}f} %"


def time(text: str) -> str:
    """ "14:02"."""
    return f"{_utc(text):%H:%M}"


def date(text: str) -> str:
    """ "24 Nov 2026"."""
    return _bare(_utc(text)).partition(",")[0]


def window(not_before: str | None, not_after: str, today: str = "") -> Pieces:
    """When an edit happened: "between 24 Nov 2026, 14:02 and 14:11 UTC", as pieces. `today` is a date not to repeat."""
    end = _utc(not_after)
    if not_before is None:
        return ("not later than ", ""), (_without(today, end), iso(not_after)), (" UTC", "")
    start = _utc(not_before)
    first, last = _without(today, start), _without(f"{start:%Y-%m-%d}", end)
    if f"{start:%Y%m%d%H%M}" == f"{end:%Y%m%d%H%M}":
        first, last = f"{first}:{start:%S}", f"{last}:{end:%S}"
    return ("between ", ""), (first, iso(not_before)), (" and ", ""), (last, iso(not_after)), (" UTC", "")


def _without(today: str, at: datetime) -> str:
    """The instant, with its date unless it is that one."""
    return f"{at:%H:%M}" if f"{at:%Y-%m-%d}" == today else _bare(at)


def span(seconds: float) -> str:
    """A length of time in its largest unit: "40 s", "31 min", "5 h", "3 days"."""
    for size, unit in ((172_800, "days"), (5_400, "h"), (90, "min")):
        if seconds >= size:
            return f"{round(seconds / {'days': 86_400, 'h': 3_600, 'min': 60}[unit])} {unit}"
    return f"{round(seconds)} s"


def lasts(from_at: str, to_at: str) -> str:
    """The length of the time between two instants; what lies ahead is no time."""
    return span(max((_utc(to_at) - _utc(from_at)).total_seconds(), 0.0))


def tally(number: int, one: str, many: str = "") -> str:
    """ "1 look", "1,204 looks"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def link(url: str) -> str:
    """The address if a browser may follow it, else nothing: pages name javascript: and data: addresses too."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    printable = not any(char.isspace() or ord(char) < 32 for char in url)
    return url if parts.scheme in ("http", "https") and parts.hostname and printable else ""


def clock(kind: str) -> str:
    """Which stamp of a page that is."""
    return CLOCKS.get(kind, kind)


def evidence(what: str, value: str) -> tuple[str, str]:
    """A pair of evidence in words for people: as it is kept it names clocks by the words of the program."""
    if what in _WITH_CLOCKS:
        value = "; ".join(_clock_move(move) for move in value.split("; "))
    seen = _SEEN.fullmatch(value) if what == "looks at the new version" else None
    if seen is not None:
        looks, connections, uncached = map(int, seen.groups())
        what = "looks at the new version by then"
        value = f"{tally(looks, 'look')} over {tally(connections, 'connection')}, {uncached} past all caches"
    return what[:1].upper() + what[1:], value


def _clock_move(move: str) -> str:
    kind, space, rest = move.partition(" ")
    return f"{clock(kind)}{space}{rest}"


def stand(raw: str) -> str:
    """A Stand as printed; most outlets print the word too."""
    return "no Stand" if not raw else raw if "stand" in raw.lower() else f"Stand “{raw}”"


def is_open(starts_at: str, ends_at: str) -> bool:
    """Whether a stamp leaves open when: "2 hours ago", or a time in a zone that nobody knows."""
    return not Covers(_utc(starts_at), _utc(ends_at)).is_moment


def look(outcome: str) -> str:
    """What a look came to."""
    return LOOKS.get(outcome, outcome.replace("_", " "))


def movement(kind: str) -> str:
    """What the numbers of comments come to; nothing where they only moved."""
    return next((words for known, words in WORDS.items() if known == kind), "")


def signed(number: int) -> str:
    """ "+3", "−2", "0"."""
    return f"+{number:,}" if number > 0 else f"−{-number:,}" if number < 0 else "0"


def replied(reply: sqlite3.Row) -> str:
    """ "The outlet replied on 25 Nov 2026, 10:00 UTC (Elbkurier)", and whether it was withdrawn."""
    words = f"The outlet replied on {instant(reply['received_at'])} ({reply['author']})"
    return f"{words}; withdrawn {instant(reply['withdrawn_at'])}" if reply["withdrawn_at"] else words


def family(verdict: str | None) -> str:
    """The family of a verdict, by which it is coloured."""
    return next((name for name, verdicts in _FAMILIES.items() if verdict in verdicts), "open")


def _bare(at: datetime) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
