"""Whether text of others stays text where we show it, as parsers see it: of HTML as browsers have it, of XML, of JSON.

A page with hostile texts may hold the elements and attributes of one with a harmless text, and no others, and the whole
of each text has to stand there as text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from benchmarks.hostile.kept import of_xml
from scraper.charset import storable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.hostile.kept import Kept, Shown

Shape = Counter[tuple[str, ...]]

# A comparison marks as many pieces as texts have.
_MARKS = ("ins", "del", "mark")
_LINKS = ("href", "src", "action", "formaction", "xlink:href", "data", "poster")
_HARMLESS_LINK = re.compile(r"https?://[\w.-]+(?:[:/?#]|$)|[/?#]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
# No list holds more.
AT_ONCE = 20
# Our pages that show many articles, and how many of the newest of them in full; of Datasette's own not all is shown.
_LISTS = {"/": AT_ONCE, "/-/search?q={word}": AT_ONCE, "/-/status": 1}
_OF_DATASETTE = tuple(
    f"/nachtrag/{table}?_size={AT_ONCE}"
    for table in ("changes", "blocks", "revisions", "articles", "failing", "listings")
)


class Watch:
    """Knows how pages look that show a harmless text, and what they have that show another."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        for number in range(2 * AT_ONCE):
            shown = kept.keep("Deichbruch", f"Losung{number // AT_ONCE}")
        pages = [*_own(shown), *(page.format(word="Losung0") for page in _LISTS), *_OF_DATASETTE]
        self._known = {_kind(address): shape_of(self._page(address)) for address in pages}

    def faults(self, shown: Shown, text: str) -> Iterator[str]:
        """Where the article's own pages show the text otherwise than as it is, or have more than text of it."""
        article, comparison = _own(shown)
        yield from self._faults(article, [text], counted=True)
        # How many paragraphs the version before it has is up to the markup.
        yield from self._faults(comparison, [text])

    def faults_of_lists(self, texts: Sequence[str], word: str) -> Iterator[str]:
        """The same for everything that lists articles, of which these are the newest, and those with that word."""
        for address, shows in _LISTS.items():
            yield from self._faults(address.format(word=word), texts[-shows:])
        for address in _OF_DATASETTE:
            yield from self._faults(address, [])
        yield from self._faults_of_feed(texts)
        yield from self._faults_of_json(texts)

    def _faults(self, address: str, texts: Sequence[str], *, counted: bool = False) -> Iterator[str]:
        page = self._page(address)
        known, shape = self._known[_kind(address)], shape_of(page)
        more = shape - known if counted else shape.keys() - known.keys()
        yield from (f"{address}: {'/'.join(node)}" for node in more)
        yield from _running(address, page, shape)
        said = bare(page.root.text() if page.root else "")
        yield from (
            f"{address}: {text!r:.100} does not stand there as it is" for text in texts if bare(text) not in said
        )

    def _faults_of_feed(self, texts: Sequence[str]) -> Iterator[str]:
        answer = self._kept.get("/-/changes.atom")
        root = ET.fromstring(answer.content)
        used = {element.tag for element in root.iter()}
        if strange := used - {f"{{{space}}}{name}" for space, names in _OF_FEEDS.items() for name in names.split()}:
            yield f"feed: {strange}"
        said = bare("".join(title.text or "" for title in root.iterfind("{*}entry/{*}title")))
        for text in texts:
            if bare(of_xml(text)) not in said:
                yield f"feed: {text!r:.100} does not stand there as it is"

    def _faults_of_json(self, texts: Sequence[str]) -> Iterator[str]:
        answer = self._kept.get(f"/nachtrag/revisions.json?_shape=array&_size={2 * AT_ONCE}&_sort_desc=id")
        kind, sniffed = answer.headers["content-type"], answer.headers["x-content-type-options"]
        if not kind.startswith("application/json") or sniffed != "nosniff":
            yield f"json: comes as {kind}, {sniffed}"
        said = {row["headline"] for row in json.loads(answer.text)}
        yield from (f"json: {text!r:.100} does not stand there as it is" for text in texts if text not in said)

    def _page(self, address: str) -> LexborHTMLParser:
        answer = self._kept.get(address)
        assert answer.status_code == 200, f"{address}: answered {answer.status_code}"
        return LexborHTMLParser(answer.text)


_OF_FEEDS = {
    "http://www.w3.org/2005/Atom": "feed id title subtitle updated link author name entry published category content",
    "http://www.w3.org/1999/xhtml": "div p ins del span",
}


def shape_of(page: LexborHTMLParser) -> Shape:
    """How many elements of each name, and attributes of each element."""
    shape: Shape = Counter()
    for node in page.css("*"):
        tag = node.tag or ""
        shape.update([(tag,)] if tag not in _MARKS else ())
        # A page may state its language; then its texts have it here, as they have none otherwise.
        shape.update(
            (tag, name) for name, value in node.attributes.items() if name != "lang" or not _is_language(value)
        )
    return shape


def _is_language(value: str | None) -> bool:
    return _LANGUAGE.fullmatch(value or "") is not None


def _kind(address: str) -> str:
    return re.sub(r"\d+|(?<=q=)\w+", "", address)


def _own(shown: Shown) -> tuple[str, str]:
    return f"/-/article/{shown.article}", f"/-/compare/{shown.before}/{shown.after}"


def _running(address: str, page: LexborHTMLParser, shape: Shape) -> Iterator[str]:
    """What would run, fetch or lead elsewhere."""
    for element in shape:
        if element[-1].startswith("on") and len(element) > 1:
            yield f"{address}: {'/'.join(element)}"
    for node in page.css("*"):
        for name in _LINKS:
            if (link := node.attributes.get(name)) and not _HARMLESS_LINK.match(link):
                yield f"{address}: {name} is {link!r:.100}"


def bare(text: str) -> str:
    """As it is stored, but without white space, of which pages need not keep what they show as one space."""
    return "".join(storable(text).split())
