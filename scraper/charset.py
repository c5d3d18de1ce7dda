"""Bytes and a Content-Type in, text out, by the rules of browsers. Never fails; what cannot be read becomes U+FFFD.

Only the encodings of the web are used: Python would also take "zlib", "idna" or "unicode_escape" for a charset.
"""

from __future__ import annotations

import re

from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

from scraper.code_pages import decode
from scraper.declared import declared_labels

# https://encoding.spec.whatwg.org/#names-and-labels, as Python's codecs call them.
_OF_THE_WEB = re.compile(
    r"utf-(?:8|16|16-be|16-le)|big5(?:hkscs)?|cp(?:866|874|932|949|125[0-8])|euc_jp|euc_kr|gb18030|gbk|iso2022_jp"
    r"|iso8859-(?:[2-8]|10|13|14|15|16)|koi8-[ru]|mac-(?:cyrillic|roman)|shift_jis"
)
# Three bytes beyond ASCII in a row are no German, French or Spanish in a code page; cut or faulty UTF-8 has them.
_MANY_BYTES = re.compile(rb"[\x80-\xff]{3}|[\xc2-\xdf][\x80-\xbf]")
# "iso_8859-1:1987" is a label too.
_YEAR = re.compile(r":19\d\d\b")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def text_of(body: bytes, content_type: str) -> str:
    """The body as text, by its byte order mark, its header or its own declaration, else UTF-8 or windows-1252.

    Unlike a browser, this does not believe a declaration that the bytes belie: see `_as_utf_8` and `_believed`.
    """
    return text_and_source(body, content_type)[0]


def text_and_source(body: bytes, content_type: str) -> tuple[str, bytes | None]:
    """The text, and the body where that is the very same in UTF-8, which is what a parser wants: to write the text anew
    takes half as long as to parse it.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return storable(decode(body[len(mark) :], marked)), None
    encoding = _of_the_web(http_content_type_encoding(_YEAR.sub("", content_type)))
    if encoding is not None and encoding.startswith("utf-16"):
        # "utf-16" without a mark is little-endian on the web.
        return storable(decode(body, "utf-16-le" if encoding == "utf-16" else encoding)), None
    text = None if body.isascii() else _as_utf_8(body)
    if text is None:
        return _believed(encoding or _declared(body), body), None
    return text, None if b"\0" in body else body


def _declared(body: bytes) -> str | None:
    encoding = next(filter(None, (_of_the_web(resolve_encoding(label)) for label in declared_labels(body))), None)
    # What can be read as ASCII so far is not UTF-16, whatever it says (HTML, "prescan a byte stream").
    return "utf-8" if encoding in ("utf-16", "utf-16-be", "utf-16-le") else encoding


def _as_utf_8(body: bytes) -> str | None:
    """Nothing but UTF-8 looks like UTF-8, so it is taken for what it is: one server of several may label its pages
    wrongly.
    """
    try:
        text = body.decode()  # no lone surrogate can come of this
    except UnicodeDecodeError:
        return None
    return text.replace("\0", "\ufffd") if b"\0" in body else text  # to look through bytes is quicker by far


def _believed(encoding: str | None, body: bytes) -> str:
    """Read in the declared encoding, unless the bytes belie it.

    `body` is ASCII, or no UTF-8. What is declared as UTF-8, and of whose bytes beyond ASCII each stands alone or beside
    one other, is in a code page of single bytes.
    """
    if encoding in (None, "utf-8"):
        if (text := _as_utf_8(body)) is not None:
            return text
        encoding = "utf-8" if encoding and _MANY_BYTES.search(body) else "cp1252"
    return storable(decode(body, str(encoding)))


def storable(text: str) -> str:
    """The text without what SQLite and JSON cannot carry: NUL and lone surrogates become U+FFFD."""
    # Nearly all text can be stored, and asking so is ten times as fast as looking for what cannot.
    if "\0" not in text and (text.isascii() or _encodes(text)):
        return text
    return _NO_TEXT.sub("\ufffd", text)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _of_the_web(encoding: str | None) -> str | None:
    return encoding if encoding and _OF_THE_WEB.fullmatch(encoding) else None
