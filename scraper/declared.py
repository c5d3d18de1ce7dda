"""What a page declares its encoding to be: HTML's "prescan a byte stream to determine its encoding". Pure.

Anything more lenient reads declarations that browsers do not, and so takes for garbled what people read well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Browsers look at 1024 bytes first, and begin anew when they come upon a declaration later.
_AT_MOST = 65_536
_SPACE = rb"[\t\n\f\r ]"
_TAG = re.compile(
    rb"<!--(?:>|->|.*?-->|.*)|<(?P<meta>meta)(?=[\t\n\f\r />])"
    rb"|<\?xml(?=[\t\n\f\r ])(?P<xml>[^>]*+)|</?(?P<tag>[a-z][^\t\n\f\r >]*+)|<[!/?][^>]*+",
    re.I | re.S,
)
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*+(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    rb"(?:%b*+=%b*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<open>[\"'])|(?P<bare>[^\t\n\f\r >]*+)))?+"
    % (_SPACE, _SPACE)
)
_END = re.compile(rb"[\t\n\f\r /]*+>")
_CHARSET = re.compile(
    rb"charset%b*+=%b*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\t\n\f\r ;\"'][^\t\n\f\r ;]*+))" % (_SPACE, _SPACE), re.I
)
# Python would pass over any other sign in the name of a codec.
_LABEL = re.compile(rb"[A-Za-z0-9_.:-]+")
_ENCODING = re.compile(rb"%bencoding%b*+=%b*+[\"']([^\"']*+)" % (_SPACE, _SPACE, _SPACE))


def declared_labels(body: bytes) -> Iterator[str]:
    """The labels that the page declares, in order: the first that is an encoding counts."""
    start = body[:_AT_MOST]
    at = 0
    while (tag := _TAG.search(start, at)) is not None:
        at, label = tag.end(), b""
        if tag["xml"] is not None:
            label = b"".join(_ENCODING.findall(tag["xml"])[:1])
        elif tag["meta"] or tag["tag"]:
            attributes, end = _attributes(start, at)
            if attributes is None:
                return
            at, label = end, _of_meta(attributes) if tag["meta"] else b""
        if _LABEL.fullmatch(label := label.strip(b"\t\n\f\r ")):
            yield label.decode("ascii")


def _attributes(start: bytes, at: int) -> tuple[dict[bytes, bytes] | None, int]:
    """The attributes of a tag, names in lower case, and where it ends; None where it does not end."""
    found: dict[bytes, bytes] = {}
    while (attribute := _ATTRIBUTE.match(start, at)) is not None and not attribute["open"]:
        value = attribute["double"] or attribute["single"] or attribute["bare"] or b""
        found.setdefault(attribute["name"].lower(), value)
        at = attribute.end()
    end = _END.match(start, at)
    return (found, end.end()) if end is not None else (None, at)


def _of_meta(attributes: dict[bytes, bytes]) -> bytes:
    if b"charset" in attributes:
        return attributes[b"charset"]
    if attributes.get(b"http-equiv", b"").lower() != b"content-type":
        return b""
    named = _CHARSET.search(attributes.get(b"content", b""))
    return b"".join(filter(None, named.groups())) if named else b""
