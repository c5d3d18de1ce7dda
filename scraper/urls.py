"""Web addresses: what is one, in what form we know it, and which of a page's claims about itself to believe. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote_plus, unquote_to_bytes

import can_ada
from w3lib.url import canonicalize_url

# RFC 9110 §4.1 recommends to support at least 8000; browsers and servers stop not far above.
MAX_LENGTH = 8_000

_PORT = re.compile(r":\d+$")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE = "ar|cs|da|de|el|en|es|fa|fi|fr|he|hu|it|ja|ko|nb|nl|no|pl|pt|ro|ru|sv|tr|uk|zh"
_FRONT_PAGE = re.compile(rf"/(?:(?:{_LANGUAGE})(?:/|$))?(?:index\.[a-z]{{3,5}})?")
# Characters that a query may hold as they are, and that sites use in it unescaped.
_QUERY_SAFE = "/:,;@!*'()$~"
_TRACKING = re.compile(
    r"(?:utm|at|mtm|matomo|piwik|pk|hsa|ns|oly|vero|wt|fb)_.*|_hs.*|_openstat|cmp|ck_subscriber_id|dclid|ef_id|epik"
    r"|fbclid|gbraid|gclid|gclsrc|gepc|guccounter|guce_referrer(?:_sig)?|hsctatracking|icid|igsh|igshid|maca|mc_[ce]id"
    r"|mkevt|mkt_tok|mktc(?:id|val)|ml_subscriber(?:_hash)?|msclkid|ncid|ocid|rb_clickid|s_cid|s_kwcid|sc_src|smid"
    r"|srsltid|ttclid|twclid|wbraid|wickedid|wtmc|wtrid|xtor|y(?:s)?clid"
)


def web_address(url: str) -> can_ada.URL | None:
    """The address as a browser reads it, or None: not absolute, not http(s), with a user name, or too long."""
    if len(url) > MAX_LENGTH:
        return None
    try:
        return _usable(can_ada.parse(_SURROGATE.sub("\ufffd", url)))
    except ValueError:
        return None


def join(base: str, link: str) -> str | None:
    """The absolute address that `link` means on the page `base`, or None if it is none that can be fetched."""
    page = web_address(base)
    if page is None or len(link) > MAX_LENGTH:
        return None
    try:
        target = _usable(page + _SURROGATE.sub("\ufffd", link))
    except ValueError:
        return None
    return None if target is None else target.href


def canonical(url: str) -> str | None:
    """The one form in which we know an address, or None if it is no web address.

    Host in lower case and punycode, no default port, no fragment, no tracking parameters, the others sorted.
    """
    address = web_address(url)
    if address is None:
        return None
    query = _query(address)
    path = canonicalize_url(f"{address.protocol}//{address.host}{address.pathname}")
    return f"{path}?{query}" if query else path


def identity(page_url: str, canonical_link: str, og_url: str) -> str:
    """The address that a page is known by: what it says of itself, as far as that can be believed.

    A claim counts only on the page's own host (www. aside): anything else would let a page speak for another. The front
    page is never the address of an article; templates that are not filled in say so.
    """
    page = canonical(page_url) or page_url
    # An empty link would mean the page itself, and leave the other claim unheard.
    for claim in filter(str.strip, (canonical_link, og_url)):
        claimed = canonical(join(page_url, claim) or "")
        if claimed and _site(claimed) == _site(page) and (is_front_page(page) or not is_front_page(claimed)):
            return claimed
    return page


def same_site(one: str, other: str) -> bool:
    """Whether two web addresses lie on one host, www. aside."""
    return _site(one) == _site(other)


@lru_cache(maxsize=512)  # each look asks for that of its address several times
def host_key(url: str) -> str:
    """The host, with its port where that is not the usual one: "example.org", "example.org:8080".

    Raises:
        ValueError: it is no web address.
    """
    address = web_address(url)
    if address is None:
        raise ValueError(f"{url[:200]!r} is no web address; expected http://host/… or https://host/…")
    return address.host


def is_under(host: str, wanted: str) -> bool:
    """Whether a host, with its port or without, is the one that is wanted or a subdomain of it. A wanted host without a
    port means all ports."""
    wanted = wanted.rstrip(".")
    name = host if _PORT.search(wanted) else _PORT.sub("", host)
    return name == wanted or name.endswith("." + wanted)


def is_front_page(url: str) -> bool:
    """Whether it is the front page of a site, or of one of its languages."""
    address = web_address(url)
    return address is not None and not _query(address) and _FRONT_PAGE.fullmatch(address.pathname) is not None


def is_trackers(name: str) -> bool:
    """Whether a parameter of that name is plainly one that newsletters, networks and advertisers append, as in
    "utm_source" and "fbclid": it means nothing to whom it is sent."""
    return _TRACKING.fullmatch(name.lower()) is not None


def _usable(address: can_ada.URL) -> can_ada.URL | None:
    fits = address.protocol in ("http:", "https:") and len(address.href) <= MAX_LENGTH
    return address if fits and not address.has_credentials() else None


def _site(url: str) -> str:
    return host_key(url).removeprefix("www.")


def _query(address: can_ada.URL) -> str:
    """The query without tracking parameters, sorted. `?a` stays `?a`: to some servers it is not `?a=`."""
    parts = [part for part in address.search[1:].split("&") if part and not _is_tracking(part, address.hostname)]
    return "&".join(sorted("=".join(_requoted(piece) for piece in part.split("=")) for part in parts))


def _requoted(piece: str) -> str:
    return quote_plus(unquote_to_bytes(piece.replace("+", " ")), safe=_QUERY_SAFE)


def _is_tracking(part: str, hostname: str) -> bool:
    name, _, value = part.lower().partition("=")
    # Ghost and others mark the links on their own pages with ref=<their host>.
    return is_trackers(name) or (name == "ref" and value == hostname)
