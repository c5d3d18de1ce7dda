"""Selectors of a profile that find something, and the wrong thing: a page that was read in, what is wrong out.

A profile that takes the text for the authors is read without complaint: everything is there, in the wrong place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.read.byline import names_in
from scraper.read.comments.count import number_in
from scraper.read.headline import long_words
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from scraper.article import Article
    from scraper.read.profile import Reading

_SHOWN = 70
# What each is for, and how long what it finds may be.
_FIELDS = {
    "headline": ("the headline", 300), "stand": ('the "as of" stamp', 200),
    "authors": ("the names of the authors", 200), "comment_count": ("the number of comments", 100),
    "standfirst": ("the intro", 1500), "topline": ("the short line above the headline", 150),
    "notes": ("a broadcast note", 600),
}  # fmt: skip
_LONGEST_NAME, _WORDLESS = 6, 40
_PLACES = {
    "head": "in the head of the page, which nobody sees", "nav": "in the navigation", "figcaption": "a caption",
}  # fmt: skip


def misplaced(reading: Reading, article: Article) -> Iterator[str]:
    """A line per fault: key, selector, what it finds, what is wrong with that, what to do."""
    seen: dict[int, str] = {}
    for key, place, selector, node in _found(reading):
        said = text_of(node)
        why = _why(reading, article, key, node, said)
        if not why and node.mem_id in seen:
            why = f"which is what `{seen[node.mem_id]}` finds"
        # What is no stamp may well be what the other names.
        if key != "stand" or ((stand := reading.stand()) and stand.covers):
            seen.setdefault(node.mem_id, place)
        if why:
            what = f"name the element that holds {_FIELDS[key][0]} and nothing else"
            other = "" if key == "headline" else ", or leave the key out"
            yield f"{place}: {selector!r} finds {said[:_SHOWN]!r}, {why}; {what}{other}"
    yield from _blocks(reading, seen)
    yield from _pictures(reading)


def _found(reading: Reading) -> Iterator[tuple[str, str, str, LexborNode]]:
    """(key, key with its place, selector, the element that counts) for all that finds one short text."""
    for key in _FIELDS:
        value = getattr(reading.version, key)
        several = isinstance(value, tuple)
        for number, selector in enumerate(value if several else [value], 1):
            node = reading.node(selector)
            if node is not None:
                yield key, f"{key}[{number}]" if several else key, selector, node


def _why(reading: Reading, article: Article, key: str, node: LexborNode, said: str) -> str:
    """What tells that it is something else; empty if nothing does."""
    inside = sum(_is_within(piece.node, node) for piece in reading.pieces())
    if inside > 1:
        return f"which holds {inside} blocks of the text"
    if len(said) > _FIELDS[key][1]:
        return f"which is {len(said)} characters long"
    if elsewhere := _elsewhere(reading, key, node):
        return elsewhere
    if key == "headline":
        return _why_no_headline(reading, node, said)
    if key == "authors":
        names = names_in(said)
        sentence = any(len(name.split()) > _LONGEST_NAME or name.endswith(".") for name in names)
        return "" if names and not sentence and said != article.headline else "which names nobody"
    counts = key != "comment_count" or number_in(said) is not None
    return "" if counts or not (len(said) > _WORDLESS or any(map(str.isdigit, said))) else "which counts no comments"


def _elsewhere(reading: Reading, key: str, node: LexborNode) -> str:
    """What it stands in, or holds, that no field of that kind does."""
    headline = reading.node(reading.version.headline)
    if headline is None or key == "comment_count":
        return ""
    if key not in ("headline", "stand") and _holds(node, headline):
        return "which holds what `headline` finds"
    # A `<nav>` in the container may hold the topline, and the caption of a large picture all that is above the text.
    tags = {around.tag for around in _around(node) if key == "headline" or not _is_within(headline, around)}
    outside = () if _is_within(node, reading.root) else ("nav", "head")
    places = ("figcaption", *outside) if key == "standfirst" else outside
    return next((f"which is {_PLACES[place]}" for place in places if place in tags), "")


def _why_no_headline(reading: Reading, node: LexborNode, said: str) -> str:
    for key, selector in (("stand", reading.version.stand), *(("authors", each) for each in reading.version.authors)):
        inner = reading.node(selector)
        if inner is not None and _holds(node, inner):
            return f"which holds what `{key}` finds"
    known = long_words(" ".join(reading.sheet.titles))
    heading = reading.sheet.headline
    # The name of the outlet is in most titles, too; the headline is there whole.
    whole = long_words(text_of(heading.node)) if heading is not None else set()
    known = whole if whole and whole <= known else known
    strange = len(known) > 1 and known.isdisjoint(long_words(said))
    return "of which no word stands in what the page calls itself" if strange else ""


def _blocks(reading: Reading, seen: dict[int, str]) -> Iterator[str]:
    """Blocks that are several, or another field; kinds that others leave nothing to."""
    pieces = reading.pieces()
    for kind, selector in reading.version.blocks:
        place, own = f"blocks.{kind}", [piece for piece in pieces if piece.kind == kind]
        whole = next((piece for piece in own if kind in ("paragraph", "subhead") and _parts(piece.node) > 1), None)
        if whole is not None:
            said = f"{whole.text[:_SHOWN]!r}, which holds {_parts(whole.node)} paragraphs"
            yield f"{place}: {selector!r} finds {said}; name the paragraphs themselves"
        for piece in own:
            if piece.node.mem_id in seen and seen[piece.node.mem_id] != "standfirst":
                said = f"{piece.text[:_SHOWN]!r}, which is what `{seen[piece.node.mem_id]}` finds"
                yield f"{place}: {selector!r} finds {said}; leave that out of the blocks"
        headline = reading.node(reading.version.headline)
        if headline is not None and any(_holds(piece.node, headline) for piece in own):
            yield f"{place}: {selector!r} finds what holds what `headline` finds; name the text below it alone"
        nodes = [node for node in reading.root.css(selector) if text_of(node)]
        others = [(other, theirs) for other, theirs in reading.version.blocks if other != kind]
        taken = [other for other, theirs in others if any(node.css_matches(theirs) for node in nodes)]
        if nodes and not own and taken:
            yield f"{place}: all that {selector!r} finds is found by `blocks.{taken[0]}`, too; narrow one of the two"


def _parts(node: LexborNode) -> int:
    return sum(inner.mem_id != node.mem_id for inner in node.css("p"))


def _pictures(reading: Reading) -> Iterator[str]:
    for number, selector in enumerate(reading.version.images, 1):
        whole = next((node for node in reading.sheet.tree.css(selector) if _is_within(reading.root, node)), None)
        if whole is not None:
            yield f"images[{number}]: {selector!r} finds <{whole.tag}>, which holds the article; name the `img`"
        nodes = reading.root.css(selector)
        if whole is None and nodes and not any(reading.pictures_in(node) for node in nodes):
            said = text_of(nodes[0])[:_SHOWN]
            yield f"images[{number}]: {selector!r} finds {said!r}, which is no picture; name the `img` or the `figure`"


def _holds(outer: LexborNode, node: LexborNode) -> bool:
    return outer.mem_id != node.mem_id and _is_within(node, outer)


def _is_within(node: LexborNode, outer: LexborNode) -> bool:
    return any(around.mem_id == outer.mem_id for around in _around(node))


def _around(node: LexborNode) -> Iterator[LexborNode]:
    around: LexborNode | None = node
    while around is not None:
        yield around
        around = around.parent
