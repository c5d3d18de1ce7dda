"""Bytes of a feed → text, as a browser reads it, but that UTF-8 is taken for UTF-8 whatever the server calls it."""

from __future__ import annotations

from scraper.charset import storable, text_of

# The first character of a feed tells the width of all, where no byte order mark that browsers know does.
_WIDE = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip


def text_of_feed(body: bytes, content_type: str) -> str:
    """The text of a feed, a sitemap or a list."""
    wide = next((encoding for start, encoding in _WIDE if body.startswith(start)), "")
    if wide:
        return storable(body.decode(wide, "replace"))
    try:
        # ISO-2022-JP is made of ASCII and escapes: valid UTF-8 that means something else.
        return text_of(body, "text/xml; charset=utf-8" if b"\x1b" not in body and body.decode() else content_type)
    except UnicodeDecodeError:
        return text_of(body, content_type)
