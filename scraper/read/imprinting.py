"""Makes the imprint of a page beside its reading: which of its bytes must stay for a reading to stay. `Page`, `Article`
in, `Imprint` out, or None where a page is written so that its bytes do not tell.

See `scraper.imprint`. Everything is held but what is known to be of no matter.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scraper.imprint import (
    ATTRIBUTES,
    Gap,
    Imprint,
    Kind,
    cut_links,
    digest_of,
    mark_of,
    may_be_read,
)
from scraper.page import header
from scraper.read.imprinted_text import lines, told_by, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.article import Article
    from scraper.page import Page
    from scraper.read.imprinted_text import Told

# A title has so many words; what is longer than that may have a picture, too.
_WORDS, _TEASER = 4, 200
# Where a gap begins and ends, what it is; of links how many, and the CRC-32 of their shape.
_Place: TypeAlias = tuple[int, int, Kind, int, int]
_MOST_GAPS, _LONGEST_RUN, _LONGEST_RAW, _SHORTEST_RUN = 400, 4096, 150_000, 6
_SPECIAL = rb"(?:script|style|textarea|title|iframe|template|xmp|noembed|noframes|plaintext|svg|math)(?=[\s/>])"
# As far as nothing stands that is looked at by itself; in lower case, as to look for both takes twice as long.
_PLAIN = re.compile(
    rb"(?:(?:[^<]++|<(?![a-z/!?])|<(?!a(?=[\s/>])|" + _SPECIAL + rb")[a-z][^\s/>]*+" + ATTRIBUTES + rb">"
    rb"|</(?!a(?=[\s/>]))[a-z][^\s/>]*+" + ATTRIBUTES + rb">|<[!?](?!--|\[cdata)[^>]*+>)*+)"
)  # fmt: skip
_NEXT = re.compile(
    rb"(?:(?P<end></a(?=[\s/>])" + ATTRIBUTES + rb">)|<(?P<name>a(?=[\s/>])|" + _SPECIAL + rb")" + ATTRIBUTES + rb">"
    rb"|(?P<remark><!--(?!-?>)))"
)  # fmt: skip
# What data for machines or of the page's own is in a script is said by these.
_NO_CODE = re.compile(rb"ld\+json|itemprop", re.I)
# Names of attributes that hold what a machine drew, as they stand before the value.
_NONCES, _IDS, _DATA = b' nonce="', b' id="', b" data-"
_DRAWN = re.compile(
    rb""" data-[a-z-]*(?:ads?|slot|csrf|token|nonce|uuid|uid|request|track|session)[a-z-]*="(?P<value>[^"<>]{6,})\""""
)
_MAY_BE_SECRET = re.compile(rb"<(?:meta|input)\b([^<>]*(?:csrf|xsrf|nonce|token|request[-_]?id)[^<>]*)>", re.I)
_ATTRIBUTE = re.compile(rb"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?""")
# What names a field, and the whole words in the name of one that no reader looks for.
_NAMES = (b"name", b"property", b"itemprop", b"http-equiv")
_SECRET = re.compile(
    rb"(?<![a-z:])(?:[cx]srf[-_]?(?:token|nonce)?|nonce|(?:request[-_]?verification[-_]?)?token|request[-_]?id)(?![a-z:])",
    re.I,
)
_SAID = re.compile(rb"""\s(?:content|value)\s*=\s*["']([0-9A-Za-z+/=_.:-]{8,})["']""", re.I)
_NONCE = re.compile(rb"[0-9A-Za-z+/=_.:-]+")
_RUN = re.compile(rb"(?<![0-9a-zA-Z])(?=[a-f]*[0-9])[0-9a-f]{6,}(?![0-9a-zA-Z])", re.I)
_TAG, _LINK_EDGE = re.compile(rb"<[^<>]*>"), re.compile(rb"</?a(?=[\s/>])", re.I)


class _Odd(Exception):
    """The page is written so that its bytes do not tell where its tags begin."""


@dataclass(slots=True)
class _Cut:
    """A page cut into what matters here: from where to where."""

    raw: list[tuple[bytes, int, int]] = field(default_factory=list)  # with the name of their element; none: a remark
    links: list[tuple[int, int]] = field(default_factory=list)  # from behind "<a" to "</a"
    unseen: list[tuple[int, int]] = field(default_factory=list)  # what is no markup, or another kind of it


def imprint_of(page: Page, article: Article) -> Imprint | None:
    """None where nothing but a full reading tells whether the article is as it was."""
    body = page.body
    if page.redirects or b"\0" in body or b"\x1b" in body or not _is_utf_8(page) or _is_relative(article):
        return None
    try:
        cut = _cut(body)
    except _Odd:
        return None
    seen = without(body, cut.unseen)
    told = told_by(article, seen)
    gaps = [*_raw_gaps(body, cut), *_link_gaps(body, seen, cut, told), *_drawn_gaps(body)]
    if len(gaps) > _MOST_GAPS:
        gaps = [gap for gap in gaps if gap[2] is not Kind.RUN][:_MOST_GAPS]
    placed, lengths, at = [], [], 0
    for start, end, kind, links, shape in sorted(gaps):
        if start < at:
            continue
        checked = kind not in (Kind.TOKEN, Kind.RUN)
        placed.append(
            Gap(
                kind,
                start - at,
                end - start if checked else 0,
                zlib.crc32(body[start:end]) if checked else 0,
                links,
                shape,
            )
        )
        lengths.append(end - start)
        at = end
    digest = digest_of(page, article.read_with, placed, lengths)
    return Imprint(digest, told.title, tuple(placed), mark_of(page.digest))


def _is_utf_8(page: Page) -> bool:
    """Nothing is UTF-8 but what is meant so; other letters may hide a tag."""
    if page.body.startswith((b"\xff\xfe", b"\xfe\xff")) or "utf-16" in header(page.headers, "content-type").lower():
        return False
    try:
        page.body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_relative(article: Article) -> bool:
    """The same words mean another moment at the next look."""
    return any(clock.covers is not None and clock.covers.is_rough for clock in article.clocks)


def _cut(body: bytes) -> _Cut:
    found, at, link, low = _Cut(), 0, -1, body.lower()
    while (at := _end(_PLAIN, low, at)) < len(low):
        match = _NEXT.match(low, at)
        if match is None:
            raise _Odd
        at, name = match.end(), match["name"] or b""
        if match["end"]:
            if link >= 0:
                found.links.append((link, match.start()))
            link = -1
        elif name == b"a":
            link = match.start() + 2
        else:
            at, link = _behind_raw(low, match, name, found), link if name == b"svg" else -1
    return found


def _end(pattern: re.Pattern[bytes], body: bytes, at: int) -> int:
    match = pattern.match(body, at)
    return match.end() if match else at


def _behind_raw(low: bytes, match: re.Match[bytes], name: bytes, found: _Cut) -> int:
    """What is not cut into tags: notes where it stands and gives where it ends."""
    start = match.end()
    if name in (b"svg", b"math") and match[0].endswith(b"/>"):
        return start
    end = low.find(b"</" + name if name else b"-->", start)
    if end < 0 or name == b"plaintext" or _hides_its_end(low, name, start, end):
        raise _Odd
    if name != b"svg":
        found.unseen.append((match.start(), end))
    if not _NO_CODE.search(match[0]):
        found.raw.append((name, start, end))
    return end if name else end + len(b"-->")


def _hides_its_end(low: bytes, name: bytes, start: int, end: int) -> bool:
    """Browsers see another one."""
    if name and low[end + 2 + len(name) : end + 3 + len(name)].strip(b" \t\n\f\r/>"):
        return True
    said = low[start:end]
    return b"--!>" in said if not name else name == b"script" and b"<!--" in said and b"<script" in said


def _raw_gaps(body: bytes, cut: _Cut) -> Iterator[_Place]:
    for name, start, end in cut.raw:
        said = body[start:end]
        if name == b"script" and body.startswith(b"</script", end) and len(said) <= _LONGEST_RAW:
            if not may_be_read(said):
                yield start, end, Kind.SCRIPT, 0, 0
        elif name == b"style" and body.startswith(b"</style", end) and b"<" not in said:
            yield start, end, Kind.STYLE, 0, 0
        elif not name:
            yield start, end, Kind.REMARK, 0, 0


def _drawn_gaps(body: bytes) -> Iterator[_Place]:
    """Values that a machine draws anew at every look, or for every advertisement."""
    for at in _places(body, _NONCES):
        end = body.find(b'"', at)
        if _NONCE.fullmatch(body, at, end) and _in_tag(body, at):
            yield at, end, Kind.TOKEN, 0, 0
    values = [(at, body.find(b'"', at)) for at in _places(body, _IDS)]
    values += [match.span("value") for at in _places(body, _DATA) if (match := _DRAWN.match(body, at - len(_DATA)))]
    for start, end in values:
        for run in _RUN.finditer(body, start, end) if end - start >= _SHORTEST_RUN else ():
            if _in_tag(body, start):
                yield *run.span(), Kind.RUN, 0, 0
    for tag in _MAY_BE_SECRET.finditer(body):
        for said in _SAID.finditer(body, *tag.span()) if _is_secret(tag[1]) else ():
            yield *said.span(1), Kind.TOKEN, 0, 0


def _is_secret(attributes: bytes) -> bool:
    """Named once, and as a secret: of a field with two names a reader may look for the other."""
    named = [one for one in _ATTRIBUTE.finditer(attributes) if one[1].lower() in _NAMES]
    return len(named) == 1 and _SECRET.search(named[0][2] or named[0][3] or named[0][4] or b"") is not None


def _places(body: bytes, name: bytes) -> Iterator[int]:
    """Where it ends, wherever it stands."""
    at = body.find(name)
    while at >= 0:
        yield at + len(name)
        at = body.find(name, at + 1)


def _in_tag(body: bytes, at: int) -> bool:
    return body.rfind(b"<", 0, at) > body.rfind(b">", 0, at)


def _link_gaps(body: bytes, seen: bytes, cut: _Cut, told: Told) -> Iterator[_Place]:
    """Runs of links that lead to something else, before the headline and behind the text."""
    before = [link for link in cut.links if link[1] < told.start]
    behind = [link for link in cut.links if link[0] > told.end]
    # Others are menus.
    runs = [
        run
        for run in (*_runs(cut, before), *_runs(cut, behind))
        if any(_may_be_teaser(body[slice(*one)]) for one in run)
    ]
    alone = lines(seen, cut.links, [link for run in runs for link in run])
    for run in runs:
        part: list[tuple[int, int]] = []
        for link in run:
            if link not in alone or told.has(body[slice(*link)]):
                yield from _run(body, part)
                part = []
            else:
                part.append(link)
        yield from _run(body, part)


def _runs(cut: _Cut, links: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Links that stand near each other."""
    run: list[tuple[int, int]] = []
    for start, end in links:
        if run and (end - run[0][0] > _LONGEST_RUN or not _is_near(cut, run[-1][1], start)):
            yield run
            run = []
        run.append((start, end))
    if run:
        yield run


def _may_be_teaser(link: bytes) -> bool:
    return len(link) > _TEASER or len(_TAG.sub(b" ", b"<a" + link).split()) >= _WORDS


def _is_near(cut: _Cut, one: int, other: int) -> bool:
    """Nothing that is not cut into tags stands between them."""
    place = bisect_left(cut.unseen, (one, 0))
    return place == len(cut.unseen) or cut.unseen[place][0] > other


def _run(body: bytes, run: list[tuple[int, int]]) -> Iterator[_Place]:
    if not run:
        return
    start, end = run[0][0], run[-1][1]
    shape = cut_links(said := body[start:end])
    # A link without an end would make what stands behind it a link's.
    whole = len(_LINK_EDGE.findall(said)) == 2 * (len(run) - 1)
    if shape is not None and whole and body.startswith(b"</a", end):
        yield start, end, Kind.LINKS, said.count(b"</a") + 1, zlib.crc32(shape.held)
