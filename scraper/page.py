"""What came over the wire, before anybody reads it. Pure data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_LINK = re.compile(r"""<(?P<address>[^>]*+)>(?P<parameters>(?:\s*+;\s*+[^\s=;,]++(?:=(?:"[^"]*+"|[^\s;,"]++))?+)*+)""")
_RELATION = re.compile(r""";\s*+rel=(?:"(?P<quoted>[^"]*+)"|(?P<bare>[^\s;,]++))""", re.IGNORECASE)
# As nearly all write it (RFC 9110 §5.6.7).
_DATE = re.compile(r"[A-Z][a-z]{2}, ([0-3][0-9]) ([A-Z][a-z]{2}) ([12][0-9]{3}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT")
_MONTHS = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6,
    "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12,
}  # fmt: skip

Headers = tuple[tuple[str, str], ...]


def header(headers: Headers, name: str) -> str:
    """The first value of a header, by its lower-case name; empty where there is none."""
    return next((value for key, value in headers if key == name), "")


def linked(headers: Headers, relation: str) -> str:
    """The first address that the Link headers (RFC 8288) name in this role, as written; empty where there is none."""
    for name, value in headers:
        for link in _LINK.finditer(value) if name == "link" else ():
            roles = _RELATION.search(link["parameters"])
            if roles and relation in (roles["quoted"] or roles["bare"] or "").lower().split():
                return link["address"].strip()
    return ""


def http_date(text: str) -> datetime:
    """The moment that a header names; without a zone where it names none. A tenth of the time of `email.utils`.

    Raises:
        ValueError, OverflowError: it names none.
    """
    usual = _DATE.fullmatch(text)
    if usual is None or usual[2] not in _MONTHS:
        return parsedate_to_datetime(text)
    day, month, year, hour, minute, second = usual.groups()
    return datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with; empty strings where it gave nothing."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A complete answer with a body. 404, 410 and 451 are answers too; other errors are raised instead.

    Attributes:
        url: the address that answered, after redirects.
        redirects: (status, address that was left) per hop, in order.
        headers: as served, names in lower case.
        body: after the transfer and content codings were undone; never cut short.
        fetched_at: when the last byte had come.
        peer: address and port that were connected to, "203.0.113.7:443".
        connection: names the connection, so that two looks can be told to have used two; "" if unknown.
        digest: a hash of all that came and that a reading rests on: the body before it was decoded, its coding and
            type, the status, the address and the way there; "" for a page that did not come over the wire.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    peer: str = ""
    connection: str = ""
    redirects: tuple[tuple[int, str], ...] = ()
    digest: str = ""

    @property
    def validators(self) -> Validators:
        """ETag and Last-Modified as served, but for one that lies in the future: that would stay "not modified"."""
        return _validators(self.headers, self.fetched_at)


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing changed: the server says so (304), or the very bytes came again that we have (`digest` of a `Page`).

    Attributes:
        status: 304, or that of the page whose bytes came.
    """

    url: str
    headers: Headers
    fetched_at: datetime
    peer: str = ""
    connection: str = ""
    status: int = 304

    @property
    def validators(self) -> Validators:
        """As those of a page; a 304 need not repeat them."""
        return _validators(self.headers, self.fetched_at)


def _validators(headers: Headers, fetched_at: datetime) -> Validators:
    modified = header(headers, "last-modified")
    ahead = modified and _is_ahead(modified, header(headers, "date") or format_datetime(fetched_at))
    return Validators(header(headers, "etag"), "" if ahead else modified)


def _is_ahead(modified: str, served: str) -> bool:
    """It is later than the moment at which the server itself says that it answered (RFC 9110, 8.8.2.1)."""
    try:
        return http_date(modified) > http_date(served)
    except (ValueError, OverflowError, TypeError):
        return False
