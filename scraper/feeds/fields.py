"""Raw fields of an entry, whatever the format: markup → plain title, stamp → instant, link → address."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scraper.article import Clock, Covers
from scraper.charset import storable
from scraper.stamps import covers

if TYPE_CHECKING:
    from scraper.article import ClockKind

_TAG = re.compile(
    r"<(?P<code>script|style)\b.*?</(?P=code)[^>]*>|<!--.*?(?:-->|$)|<![a-z][^>]*>"
    r"""|</?[a-z](?:(?:[^<>"']|"[^"]*"|'[^']*')*+>|[^<>]*>)""",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li)\b", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_LONGEST_MARKUP, _LONGEST = 4_000, 500
_UTC = ZoneInfo("UTC")
# Only what says the same whenever it is read is a date: "2 hours ago" in a feed is none. It would come near to this.
_FAR = datetime(2200, 1, 1, tzinfo=UTC)
# What most sitemaps write, thousands of times: read so, it costs a hundredth.
_EXACT = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_SECOND = timedelta(seconds=1)
_FUTURE = datetime(2150, 1, 1, tzinfo=UTC)


def plain(markup: str) -> str:
    """A title without tags, its entities decoded once."""
    return line(html.unescape(_TAG.sub("", _BREAK.sub(r" \g<0>", markup[:_LONGEST_MARKUP]))))


def line(text: str) -> str:
    """A plain text on one line, of bounded length."""
    return _WHITE.sub(" ", storable(text[:_LONGEST_MARKUP])).strip()[:_LONGEST].rstrip()


def instant(stamp: object) -> datetime | None:
    """The start of what a stamp covers; UTC is meant where it names no zone.

    feedparser's own reading is not used: it takes CEST, IST and p.m. for nothing, and 31 February for 3 March.
    """
    found = covered(stamp) if isinstance(stamp, str) else None
    return found.start if found is not None else None


def clocks(said: dict[ClockKind, object]) -> tuple[Clock, ...]:
    """Stamps as the feed wrote them, each with what it covers."""
    return tuple(Clock(kind, covered(raw), line(raw)) for kind, raw in said.items() if isinstance(raw, str) and raw)


@lru_cache(maxsize=4096)
def covered(stamp: str) -> Covers | None:
    """What a stamp covers, a second or a whole day; sitemaps give thousands of entries the same."""
    found = _second(stamp) if _EXACT.fullmatch(stamp) else covers(stamp, _UTC, _FAR)
    return found if found is not None and found.start < _FUTURE else None


def _second(stamp: str) -> Covers | None:
    try:
        start = datetime.fromisoformat(stamp).astimezone(UTC)
    except (ValueError, OverflowError):  # a day that never was, or that no calendar of ours reaches
        return None
    return Covers(start, start + _SECOND)
