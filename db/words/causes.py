"""Why a look or a poll failed, in words for somebody who did not write the code. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.words.language import _, gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

CAUSES: Mapping[str, str] = {
    "robots": "robots.txt asks us to stay away",
    "paywall": "a wall stands before the text: a subscription",
    "login_wall": "a wall stands before the text: a login",
    "consent_wall": "a wall stands before the text: consent to cookies",
    "bot_wall": "a wall stands before the text: proof that we are human",
    "held": "the site is not read as before; held until it is known why",
    "dns": "the name of the host is not known",
    "connect": "no connection",
    "tls": "no secure connection",
    "timeout": "no answer in time",
    "protocol": "the answer is no proper HTTP",
    "truncated": "the answer broke off",
    "too_large": "the answer is too large",
    "too_deep": "more on the page than any article has",
    "bad_encoding": "the answer cannot be unpacked",
    "redirect": "redirected without end, or to nowhere",
    "bad_url": "no address that can be asked",
    "host_rests": "the host asked to be left alone for a time",
    "blocked_address": "an address inside our own network",
    "no_text": "no text on the page",
    "no_headline": "no headline on the page",
    "empty": "an empty page",
    "not_html": "no web page",
    "binary": "no web page",
    "soft_404": "a page that says “not found” and pretends to be one",
    "error_page": "an error, with the status of a page",
    "other_page": "another page came than the article",
    "not_a_feed": "not the feed that it is said to be",
    "broken": "the feed is broken",
    "no_links": "no links where links are expected",
    "undated": "no entry says when it was changed",
    "too_slow": "the pauses that its host asks for leave no time for it",
    "no_address": "lines that are no addresses",
    "no_file": "the file is not there",
    "damaged": "a damaged row of our own database",
    "bug": "a fault of Nachtrag itself",
    "reader_killed": "the page was too much for our reader",
    "http_401": "the server asks who we are",
    "http_403": "the server turns us away",
    "http_429": "the server says: too many requests",
}


def cause(code: str) -> str:
    """What a code of a failure means."""
    if code in CAUSES:
        return gettext(CAUSES[code])
    status = code.removeprefix("http_")
    if status != code and status.isdigit():
        in_trouble = status >= "500"
        return (
            _("the server is in trouble (HTTP %(status)s)", status=status)
            if in_trouble
            else _("the server refuses (HTTP %(status)s)", status=status)
        )
    return code.replace("_", " ") or _("not known")


def is_wall(code: str) -> bool:
    """Whether the page is there, but not for us."""
    return code.endswith("wall") or code in ("http_401", "http_402", "http_403", "http_429")


def is_refusal(code: str) -> bool:
    """Whether robots.txt keeps it from us."""
    return code == "robots"
