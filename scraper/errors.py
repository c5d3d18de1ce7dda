"""Everything that can go wrong on the way from an address to a reading.

    ScrapeError
    ├── FetchError             nothing usable came over the wire
    │   ├── BlockedAddress     the address is not on the public internet, or not http(s)
    │   ├── RobotsDenied       robots.txt asks us to stay away
    │   └── HttpStatus         the server refused or failed (401, 403, 429, 5xx, …)
    ├── FeedError              what came is no feed, or nothing else that the source is said to be
    └── ReadError              what came is no article that can be read

404, 410 and 451 are answers, not errors: see `scraper.page.Page`. Every error carries a `code` for the database
(lower case, stable) and a message for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta


# Codes of errors before which nothing went out to the host.
NOT_ASKED = ("blocked_address", "bad_url", "host_rests")


class ScrapeError(Exception):
    """Base of the tree.

    Attributes:
        code: short and stable, "timeout", "not_a_feed", "http_503".
        message: what was found, in words.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]"


class FetchError(ScrapeError):
    """Codes: dns, connect, tls, timeout, protocol, truncated, too_large, bad_encoding, redirect, bad_url."""


class HostRests(FetchError):
    """Code: host_rests.

    Attributes:
        wait: how long the host is still to be left alone.
    """

    def __init__(self, message: str, wait: timedelta) -> None:
        super().__init__("host_rests", message)
        self.wait = wait

    def __reduce__(self) -> tuple[type[HostRests], tuple[str, timedelta]]:
        return HostRests, (self.message, self.wait)


class BlockedAddress(FetchError):
    """Code: blocked_address."""

    def __init__(self, message: str) -> None:
        super().__init__("blocked_address", message)


class RobotsDenied(FetchError):
    """Code: robots."""

    def __init__(self, message: str) -> None:
        super().__init__("robots", message)


class HttpStatus(FetchError):
    """Code: http_NNN.

    Attributes:
        host: who said it; where a redirect leads, that is another one than was asked first.
        wait: how long the server asked us to stay away (Retry-After), or None.
    """

    def __init__(self, status: int, message: str, host: str, wait: timedelta | None = None) -> None:
        super().__init__(f"http_{status}", message)
        self.status = status
        self.host = host
        self.wait = wait

    def __reduce__(self) -> tuple[type[HttpStatus], tuple[int, str, str, timedelta | None]]:
        return HttpStatus, (self.status, self.message, self.host, self.wait)


class FeedError(ScrapeError):
    """Codes: not_a_feed (not what the source is said to be), empty, broken, too_large, no_links, no_file."""


class ReadError(ScrapeError):
    """Codes: empty, binary, not_html, consent_wall, login_wall, bot_wall, paywall, soft_404, error_page, no_headline,
    no_text, too_deep, too_large, reader_killed; bad_input for what a person named as a page and is none."""
