"""The clock that an answer carries beside its page: headers in, a `Clock` out. Pure.

It says when the server last wrote the page, adverts and teasers included: a fact to show, no evidence of an edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scraper.article import Clock
from scraper.charset import storable
from scraper.page import header
from scraper.stamps import covers

if TYPE_CHECKING:
    from datetime import datetime

    from scraper.page import Headers

_UTC = ZoneInfo("UTC")
_LONGEST = 200


def http_clock(headers: Headers, fetched_at: datetime) -> Clock | None:
    """The Last-Modified header, in UTC where it names no zone; None where there is none."""
    raw = storable(header(headers, "last-modified")[:_LONGEST]).strip()
    return Clock("http", covers(raw, _UTC, fetched_at), raw) if raw else None
