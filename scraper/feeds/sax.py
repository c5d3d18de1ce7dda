"""XML as a stream of elements, for formats that need no tree: sitemaps, OPML.

XML is hostile: whoever declares entities is refused, nothing is ever fetched, no element costs more than its length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from scraper.feeds.characters import text_of_feed

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHUNK = 1024 * 1024
_LONGEST_TEXT = 10_000
_DEEPEST = 100
# What XML knows by itself; a bare & stands in many an address, and &nbsp; in many a title.
_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,8}|#x[0-9A-Fa-f]{1,8});)")
_CONTROLS = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f]")
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_MARK = b"\xef\xbb\xbf"


class BrokenXml(ValueError):
    """The XML cannot be read further. `dangerous`: it declares entities of its own."""

    def __init__(self, message: str, *, dangerous: bool = False) -> None:
        super().__init__(message)
        self.dangerous = dangerous


class EnoughRead(Exception):
    """Raised by a handler that needs no more."""


class Handler(Protocol):
    """Told of every element. `path`: local names from the root to the element itself."""

    def start(self, path: Sequence[str], attributes: dict[str, str]) -> None: ...

    def end(self, path: Sequence[str], text: str) -> None: ...


def walk(body: bytes, content_type: str, handler: Handler) -> None:
    """Tell the handler of every element, in order, until the end, or until it says that it has read enough.

    Raises:
        BrokenXml: it is no XML, breaks off or is dangerous; what stood before has been told.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    reader = _Reader(handler)
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.EntityDeclHandler = reader.text, _refuse
    data = _mended(_utf8(body, content_type))
    try:
        for at in range(0, len(data), _CHUNK):
            parser.Parse(data[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except EnoughRead:
        pass
    except expat.ExpatError as error:
        raise BrokenXml(f"{expat.ErrorString(error.code)}, line {error.lineno}") from None


class _Reader:
    """Keeps where we are: the names of the open elements, and the text of the innermost one."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._path: list[str] = []
        self._text, self._length = [""], 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(_local(name))
        if len(self._path) > _DEEPEST:
            raise BrokenXml(f"more than {_DEEPEST} elements inside each other", dangerous=True)
        self._text, self._length = [], 0
        self._handler.start(self._path, {_local(key): value for key, value in attributes.items()})

    def end(self, _name: str) -> None:
        self._handler.end(self._path, "".join(self._text).strip())
        self._path.pop()
        self._text, self._length = [], 0

    def text(self, data: str) -> None:
        if self._length <= _LONGEST_TEXT:
            self._text.append(data)
            self._length += len(data)


def _local(name: str) -> str:
    """Without its prefix, in lower case: sites get namespaces wrong in every way there is."""
    return name.rpartition(":")[2].lower()


def _refuse(name: str, *_rest: object) -> None:
    raise BrokenXml(f"it declares entities of its own ({name[:40]!r}), which is refused as dangerous", dangerous=True)


def _utf8(body: bytes, content_type: str) -> bytes:
    """As UTF-8, whatever it is written in; what is UTF-8 already is not copied."""
    body = body.removeprefix(_MARK)
    try:
        if b"\0" not in body[:8] and b"\x1b" not in body and body.decode():
            return body.lstrip()
    except UnicodeDecodeError:
        pass
    return text_of_feed(body, content_type).lstrip("\ufeff \t\r\n").encode()


def _mended(data: bytes) -> bytes:
    """Without the two faults for which XML would stop: characters that it does not know, and bare ampersands."""
    first, *sections = _CONTROLS.sub(b" ", data).split(_CDATA)
    pieces = [_BARE.sub(b"&amp;", first)]
    for section in sections:
        literal, end, rest = section.partition(_CDATA_END)
        pieces.append(_CDATA + literal + end + _BARE.sub(b"&amp;", rest))
    return b"".join(pieces)
