"""One linear look at the markup before any parser sees it: how deep, how many attributes, and does it end half-way?

Lexbor's cost grows with the square of the nesting and of the attributes of one tag (30,000 nested `<div>`, 150 kB,
take 12 s), so a size limit is no protection. Follows the tokenizer and the scopes of the HTML standard closely enough
that stray quotes, stray end tags and script text do not hide depth.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

MAX_DEPTH = 3000
MAX_ATTRIBUTES = 5000
# Thirty times those of the largest page of 324 outlets. A million take half a gigabyte and most of a minute.
MAX_TAGS = 250_000
TOO_MUCH = f"{MAX_DEPTH} elements inside each other, {MAX_ATTRIBUTES} attributes on one tag or {MAX_TAGS} tags"

_TAG = re.compile(
    r"<(?:(!--)|(/?[a-zA-Z][^\s/>]*+)"
    r"((?:[\s/]++|[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+)*+))"
)
_ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+")
# A quick look, for ordinary pages: names of all that may be a start tag, a tag of unusual length, the proper end.
_NAME = re.compile(r"<([a-zA-Z][^\s/>]*+)")
_LONG = re.compile(rf"<[a-zA-Z][^>]{{{2 * MAX_ATTRIBUTES},}}")
_END = re.compile(r"</(?:html|body)\s*>\s*(?:<!--[^>]{0,500}-->\s*|</html\s*>\s*)*\Z", re.I)
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_FOREIGN = frozenset(("svg", "math"))
# Void elements, and those whose end tag may be left out: they do not nest by themselves.
_FLAT = frozenset(
    """area base basefont bgsound br col embed frame hr img image input keygen link meta param source track wbr
    p li dd dt option optgroup tr td th tbody thead tfoot colgroup caption rt rp html head body""".split()  # noqa: SIM905 -- quoted one by one they are unreadable
)
_FORMATTING = frozenset(
    """a b big code em font i nobr s small strike strong tt
    u""".split()  # noqa: SIM905 -- quoted one by one they are unreadable
)
_SCOPE = frozenset(("applet", "marquee", "object", "table", "template")) | _FOREIGN
_SPECIAL = _SCOPE | frozenset(
    """address article aside blockquote button center details dir div dl fieldset figcaption figure footer form
    frameset h1 h2 h3 h4 h5 h6 header hgroup listing main menu nav noscript ol pre search section select summary
    ul""".split()  # noqa: SIM905 -- quoted one by one they are unreadable
)
_LOOK_BACK = 64


@dataclass(slots=True)
class Scan:
    """What the look found.

    Attributes:
        depth: the most elements that were open at once, at most; counting stops soon after `MAX_DEPTH`.
        attributes: the most attributes on one tag; tags too short to matter are not counted.
        tags: how many there are at most.
        closed: an end tag of `body` or `html` was seen.
        cut: the markup ends inside a tag, a comment or a script.
    """

    depth: int = 0
    attributes: int = 0
    tags: int = 0
    closed: bool = False
    cut: bool = False
    open: list[str] = field(default_factory=list)

    @property
    def too_deep(self) -> bool:
        """There is more of something than `TOO_MUCH` says."""
        return self.depth > MAX_DEPTH or self.attributes > MAX_ATTRIBUTES or self.tags > MAX_TAGS

    @property
    def truncated(self) -> bool:
        """The page stops in the middle: nothing after it says that it was complete."""
        return not self.closed and (self.cut or bool(self.open))


def scan(markup: str) -> Scan:
    """Reads to the end, or until it is clear that the page is too deep. Most pages are clear at a glance."""
    if (tags := markup.count("<")) > MAX_TAGS:
        return Scan(tags=tags)
    if _END.search(markup, max(0, len(markup) - 1000)):
        depth, attributes = _most_open(markup), _most_attributes(markup)
        if depth <= MAX_DEPTH and attributes <= MAX_ATTRIBUTES:
            return Scan(depth=depth, attributes=attributes, closed=True)
    return _scan(markup)


def _scan(markup: str) -> Scan:
    found = Scan()
    position = 0
    while not found.too_deep and (match := _TAG.search(markup, position)):
        if match[1]:
            position = _after(markup, "-->", match.end(), found)
            continue
        position = match.end()
        if position >= len(markup):
            found.cut = True
        name = match[2].lower()
        if name[0] == "/":
            _close(found, name[1:])
        elif name in _RAW and _FOREIGN.isdisjoint(found.open):
            position = _after_raw(markup, name, position, found)
        else:
            _open(found, name, match)
    return found


def _most_open(markup: str) -> int:
    """As if no element were ever closed. Names are looked at only where there is much of everything."""
    marks = markup.count("<")
    if marks > MAX_DEPTH:
        marks -= markup.count("</")
    if marks <= MAX_DEPTH:
        return marks
    return sum(times for name, times in Counter(_NAME.findall(markup)).items() if name.lower() not in _FLAT)


def _most_attributes(markup: str) -> int:
    """Of the tags that are long enough to matter. Each fills a whole window, and has no ">" in there."""
    most, end, width = 0, 0, MAX_ATTRIBUTES
    for at in range(0, len(markup) - width, width):
        if at < end or markup.find(">", at, at + width) >= 0:
            continue
        start, end = markup.rfind(">", end, at) + 1, markup.find(">", at + width)
        end = end if end >= 0 else len(markup)
        if end - start > 2 * width:
            most = max(most, *(_attributes(tag[0]) for tag in _LONG.finditer(markup, start, end)), 0)
    return most


def _attributes(tag: str) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(tag))


def _open(found: Scan, name: str, match: re.Match[str]) -> None:
    attributes = match[3]
    if len(attributes) > 2 * MAX_ATTRIBUTES:
        found.attributes = max(found.attributes, _attributes(attributes))
    if name in _FLAT or (attributes.endswith("/") and not _FOREIGN.isdisjoint(found.open)):
        return
    found.open.append(name)
    found.depth = max(found.depth, len(found.open))


def _close(found: Scan, name: str) -> None:
    """Closes what the standard would close; an end tag that it would ignore closes nothing."""
    if name in ("body", "html"):
        found.closed = True
        return
    opened = found.open
    for place in range(len(opened) - 1, max(-1, len(opened) - 1 - _LOOK_BACK), -1):
        if opened[place] == name:
            del opened[place : place + 1 if name in _FORMATTING else None]
            return
        if opened[place] in _SCOPE or (name not in _SPECIAL and opened[place] in _SPECIAL):
            return


def _after(markup: str, mark: str, position: int, found: Scan) -> int:
    end = markup.find(mark, position)
    if end < 0:
        found.cut = True
        return len(markup)
    return end + len(mark)


def _after_raw(markup: str, name: str, position: int, found: Scan) -> int:
    end_tag = "</" + name
    end = markup.find(end_tag, position)
    other = markup.find(end_tag.upper(), position, end if end >= 0 else len(markup))
    if other >= 0:
        end = other
    if end < 0:
        found.cut = True
        return len(markup)
    return end + len(end_tag)
