"""Whether a page that came again can only be read as before, told from its bytes: a full reading takes twenty times as
long.

An `Imprint` is made beside a full reading (`scraper.read.imprinting`). It holds every byte of the page to what it was,
but for some gaps: the text of a script that no reader looks into, a nonce, the words of a link to another article. Each
gap ends where its own kind of thing ends, so that whatever stands in it now, the page around it is cut into the same
tags. It proves *unchanged* or nothing: all else is read in full.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from scraper.corrections import corrects
from scraper.read.comments.count import TALK, may_count
from scraper.read.phrases import ONLY_NAMES
from scraper.stamp_labels import find_published, find_updated
from scraper.stamp_parts import MONTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.page import Page

# Written before every imprint: one of another version proves nothing.
VERSION = 4
_DIGEST, _START = 16, struct.Struct("<BBI")
_GAP = struct.Struct("<BIIIHI")
# To look into what changed takes time, too: of more than that a page is read.
MOST_CHANGED, _DEAR = 200_000, 8
# What a reader may look for in a script.
SCRIPT_TELLS = (b"omment", b"OMMENT", b"__next_f", b"__NUXT__", b"<!--")
_TOKEN = re.compile(rb"[0-9A-Za-z+/=_.:-]*+")
_RUN = re.compile(rb"[0-9a-fA-F]*+")
_STRANGE_REMARK = re.compile(rb"-?>|.*(?:--!>|<!--)", re.S)
# Where a tag ends is plain if quotes stand right behind a "=" only.
ATTRIBUTES = rb"""(?:[^<>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++)?+)*+"""
_PLAINLY_WRITTEN = re.compile(
    rb"""(?:[^<>]++|</?[a-zA-Z][^\s/<>]*+(?:[^<>"'=]++|=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>]++)?+)*+>)*+"""
)
_LINK_EDGE = re.compile(rb"(<a(?=[\s/>])|</a(?=[\s/>])[^<>]*>)", re.I)
_BLANK, _WORDS = re.compile(rb">\s+<"), re.compile(rb">[^<>]+<")
# What these say may be another thing at every look, if it is a link's: where it leads, what is pictured.
_LOOSE_VALUE = re.compile(
    rb"""(\s(?:href|src|srcset|alt|title|id|aria-label|aria-labelledby|data-[a-z-]+)\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s"'=>]+)""",
    re.I,
)
# In lower case, in a link, what may be of the article itself: its comments, its authors, a part of its page.
_TELLING = (
    b"omment", b"kommentar", b"author", b"/autor", b'"autor', b"-autor", b"itemprop", b'"#', b"'#", b"=#", b"<h1",
    b"<time",
)  # fmt: skip
_MONTH = rf"(?:jan|feb|mär|mar|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc]|{MONTH})".replace(" ", r"\ ")
# In its words: a stamp, a correction, a wall …
_SAYING = (
    "aktualisi", "updat", "modified", "stand:", "korrektur", "correction", "berichtig", "richtigstell", "clarification",
    "anmerkung der", "nachtrag", "editor's note", "editor’s note", "weiterlesen", "freischalt", "abonn",
    "kostenpflichtig", "exklusiv", "subscri", "to continue",
    "geändert", "überarbeitet", "zurückgezogen", "retract", "amended", "earlier version", "mis à jour",
    "rectifi", "modifi", "actualiz", "aggiorn", "bijgewerkt", "gewijzigd", "aangepast", "errat", "fe de errores",
)  # fmt: skip
# … and where there is a figure: a date, a time, a number of readers' words.
_FIGURE = re.compile(r"\d")
_COUNTING = re.compile(
    rf"""\bstand\W{{0,3}}\d|(?<![\d.])\d\d?[:.]\d\d(?!\d)|\d\.\ ?\d\d?\.
    |(?<!\d)\d\d?(?:\.|er|º|°)?\ ?(?:de\ )?{_MONTH}|\b{_MONTH}[a-zä]*\.?\ \d\d?(?!\d)
    |\b(?:heute|gestern|today|yesterday),?\ \d
    |\bago\b|\b(?:vor|hace|il\ y\ a)\ \d+\ (?:[smh]|tag|woche|jour|d[ií]a)
    |\d\W{{0,4}}(?:diskussion|discussion|debatt?e|forum|posting|beitr[aä]g|antwort|repl|leser|zuschrift)
    |(?:diskussion|discussion|debatt?e|forum|postings?|beiträge|antworten|replies|zuschriften)\W{{1,3}}\d""",
    re.X,
)
# Of the article, not of a state nor an opinion.
_OWN_VERSION = re.compile(r"(?<!ver)(?<!auf)fassung")
# As a byline begins, and how long a line of names is at most: what goes on with a small word is none.
_SIGNED = re.compile(rb">\s*(?:Von|By|Text|Autor(?:in)?|Par|Por|Di)\b(?!\s+(?!unser|dpa)[a-z])")
_NAMED = 50
_ANY_TAG, _LINK_START = re.compile(rb"<[^<>]*>"), re.compile(rb"<a(?=[\s/>])", re.I)
# What is said to those who hear the page, and the places of a page that its links lead to.
_SPOKEN = re.compile(rb"""\saria-label\s*=\s*("[^"]*"|'[^']*'|[^\s"'=>]+)""", re.I)
_PLACE = re.compile(rb"""\shref\s*=\s*["']?[^\s"'#>]*#([^\s"'>]*)""")


# Longer links are looked into each time, for many together may fill the memory.
_REMEMBERED = 2_000


class Kind(IntEnum):
    """What a gap is, and so where it ends."""

    SCRIPT = 0  # up to the end tag of the script
    STYLE = 1
    REMARK = 2  # what stands between "<!--" and "-->"
    TOKEN = 3  # a value that a machine drew, as far as its letters go
    RUN = 4  # the digits of such a value, in one that says something, too
    LINKS = 5  # some links and what stands between them, up to the end tag of the last


class Gap(NamedTuple):
    """A place that may change; of a `Kind`.

    Attributes:
        held: how many bytes before it, up to the gap before, may not.
        length, check: of what stood there, and its CRC-32: that needs no second look.
        links: of LINKS, how many.
        shape: of LINKS, the CRC-32 of what may not change in it, see `Links`.
    """

    kind: int
    held: int
    length: int = 0
    check: int = 0
    links: int = 0
    shape: int = 0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What proves a page unchanged.

    Attributes:
        digest: of all bytes that are held, and of how the page came.
        title: some letters of the article's headline: a link that says them is the article's own.
        page: a mark of the page that it was made of, see `mark_of`.
    """

    digest: bytes
    title: bytes
    gaps: tuple[Gap, ...]
    page: int

    def packed(self) -> bytes:
        """To be kept in a column: some 10 bytes a gap."""
        gaps = b"".join(_GAP.pack(*gap) for gap in self.gaps)
        return zlib.compress(_START.pack(VERSION, len(self.title), self.page) + self.digest + self.title + gaps)

    @classmethod
    def of(cls, packed: bytes) -> Imprint | None:
        """None if there is none, or a damaged one, or one that another version of this program made."""
        if not packed:
            return None
        try:
            whole = zlib.decompress(packed)
            version, title, page = _START.unpack_from(whole)
            start = _START.size + _DIGEST
            gaps = tuple(map(Gap._make, _GAP.iter_unpack(whole[start + title :])))
        except (zlib.error, struct.error):
            return None
        digest, named = whole[_START.size : start], whole[start : start + title]
        return cls(digest, named, gaps, page) if version == VERSION else None


def mark_of(digest: str) -> int:
    """Of the `digest` of a `Page`: whether other bytes came since."""
    return zlib.crc32(digest.encode())


def proves(imprint: Imprint, page: Page, read_with: str) -> bool:
    """Whether a full reading of the page, by that reader, would bring what the last one brought.

    False says nothing: the page may have changed, or it is not known.
    """
    body, at, changed = page.body, 0, 0
    whole, held = memoryview(body), sha256(how_it_came(page, read_with))
    for gap in imprint.gaps:
        start = at + gap.held
        held.update(whole[at:start])
        if gap.length and _is_as_it_was(gap, body, start, whole):
            at = start + gap.length
            continue
        at = _END[gap.kind](body, start, gap)
        changed += (at - start) * (_DEAR if gap.kind == Kind.LINKS else 1)
        if at < start or changed > MOST_CHANGED or not is_harmless(gap, body[start:at], imprint.title):
            return False
    held.update(whole[at:])
    return held.digest()[:_DIGEST] == imprint.digest


def how_it_came(page: Page, read_with: str) -> bytes:
    """What a reading rests on beside the bytes of the page."""
    types = "\n".join(value for name, value in page.headers if name == "content-type")
    return f"{VERSION}\n{read_with}\n{page.status}\n{page.url}\n{page.redirects}\n{types}\n".encode()


def digest_of(page: Page, read_with: str, gaps: list[Gap], lengths: list[int]) -> bytes:
    """The digest of an imprint; `lengths` are those of what stands in its gaps."""
    whole, at, held = memoryview(page.body), 0, sha256(how_it_came(page, read_with))
    for gap, length in zip(gaps, lengths, strict=True):
        held.update(whole[at : at + gap.held])
        at += gap.held + length
    held.update(whole[at:])
    return held.digest()[:_DIGEST]


def is_harmless(gap: Gap, now: bytes, title: bytes) -> bool:
    """Whether what stands in a gap now is of the same kind as what stood there, and nothing that a reader looks for."""
    if gap.kind in (Kind.TOKEN, Kind.RUN):  # they end where their letters do
        return True
    try:
        now.decode()  # a page with other letters is another page
    except UnicodeDecodeError:
        return False
    if gap.kind == Kind.LINKS:
        links = cut_links(now)
        return links is not None and zlib.crc32(links.held) == gap.shape and not tells_of_article(links.loose, title)
    if gap.kind == Kind.SCRIPT:
        return not may_be_read(now)
    return (b"<" not in now) if gap.kind == Kind.STYLE else not _STRANGE_REMARK.match(now)


def may_be_read(script: bytes) -> bool:
    """Whether a reader may look into a script, or a browser would see its end elsewhere."""
    return any(map(script.__contains__, SCRIPT_TELLS)) or b"</script" in script.lower()


@dataclass(frozen=True, slots=True)
class Links:
    """A run of links, from behind the first "<a" to the last "</a".

    Attributes:
        held: what may not change in it: all tags, but for where they lead and what they are called; all that stands
            outside the links; and whether something stands in them.
        loose: what may.
    """

    held: bytes
    loose: bytes


def cut_links(links: bytes) -> Links | None:
    """None where it is not written plainly enough to be told apart."""
    whole = b"<a" + links + b"</a>"
    if not _PLAINLY_WRITTEN.fullmatch(whole):
        return None
    held: list[bytes] = []
    loose: list[bytes] = []
    _, *pieces = _LINK_EDGE.split(whole)
    for edge, piece in zip(pieces[::2], pieces[1::2], strict=True):
        if edge.startswith(b"</"):
            held += (edge, piece)
        else:
            loose += (edge, piece)
            held += (edge, _shape_once(piece) if len(piece) <= _REMEMBERED else _shape(piece))
    return Links(b"".join(held), b"".join(loose))


def _shape(piece: bytes) -> bytes:
    """What is held of a link."""
    return _WORDS.sub(b">*<", _BLANK.sub(b"><", _LOOSE_VALUE.sub(rb"\1", piece + b"<")))


_shape_once = lru_cache(maxsize=2_048)(_shape)


def tells_of_article(link: bytes, title: bytes) -> bool:
    """Whether a link, or several, may be more than the way to something else: what stands from "<a" to its end."""
    return bool(title and title in link) or any(map(tells, _LINK_START.split(link)))


def tells(link: bytes) -> bool:
    """Whether a link, from behind "<a" to its end, may be more than that, of whatever article."""
    return _tells_once(link) if len(link) <= _REMEMBERED else _tells(link)


def _tells(link: bytes) -> bool:
    low = link.lower()
    if any(map(low.__contains__, _TELLING)) or _SIGNED.search(link):
        return True
    places = _PLACE.findall(low)
    return any(TALK.search(place.decode(errors="replace")) for place in places) or _says_more(link)


# The menus of a site and the teasers of a day stand on all its pages.
_tells_once = lru_cache(maxsize=4_096)(_tells)


def _says_more(link: bytes) -> bool:
    """Whether its words may be of the article."""
    words = _said(link)
    if len(words) < _NAMED and ONLY_NAMES.fullmatch(words):
        return True
    said = words.lower()
    if _counts(said) or any(map(said.__contains__, _SAYING)) or _OWN_VERSION.search(said):
        return True
    return _is_note(said)


def _said(link: bytes) -> str:
    words = b" ".join((_ANY_TAG.sub(b" ", b"<a" + link), *_SPOKEN.findall(link)))
    return " ".join(unescape(words.decode(errors="replace")).split())


def _counts(said: str) -> bool:
    return _FIGURE.search(said) is not None and (may_count(said) or _COUNTING.search(said) is not None)


def _is_note(said: str) -> bool:
    """As the readers tell it."""
    return corrects(said) or find_updated(said) is not None or find_published(said) is not None


def _is_as_it_was(gap: Gap, body: bytes, start: int, whole: memoryview) -> bool:
    """What stands there is what stood there, and nothing more."""
    end = start + gap.length
    return body.startswith(_BEHIND[gap.kind], end) and zlib.crc32(whole[start:end]) == gap.check


def _behind_links(body: bytes, start: int, gap: Gap) -> int:
    """Where the end tag of the last of the links stands; -1 if there are not so many."""
    at = start - 1
    for _ in range(gap.links):
        at = body.find(b"</a", at + 1)
        if at < 0:
            return -1
    return at


_BEHIND: dict[int, bytes] = {Kind.SCRIPT: b"</script", Kind.STYLE: b"</style", Kind.REMARK: b"-->", Kind.LINKS: b"</a"}
_END: dict[int, Callable[[bytes, int, Gap], int]] = {
    Kind.SCRIPT: lambda body, start, _: body.find(b"</script", start),
    Kind.STYLE: lambda body, start, _: body.find(b"</style", start),
    Kind.REMARK: lambda body, start, _: body.find(b"-->", start),
    Kind.TOKEN: lambda body, start, _: _end_of(_TOKEN, body, start),
    Kind.RUN: lambda body, start, _: _end_of(_RUN, body, start),
    Kind.LINKS: _behind_links,
}


def _end_of(letters: re.Pattern[bytes], body: bytes, start: int) -> int:
    match = letters.match(body, start)
    return match.end() if match else -1
