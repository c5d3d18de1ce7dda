"""Reads an article of a site that has a profile: a `Sheet` and a `SiteProfile` in, an `Article` out, or None if no
design of the profile fits. What the profile does not say, the generic reader finds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from scraper.article import Article, Block
from scraper.read.body import BROADCAST, NOTE, blocks
from scraper.read.byline import authors, names_in
from scraper.read.clocks import clock_of, machine_clocks, ruled_clock, stand_in
from scraper.read.comments.count import number_in
from scraper.read.comments.discussion import find_discussion
from scraper.read.decoration import words_of
from scraper.read.extras import is_signpost
from scraper.read.generic import (
    READER,
    broadcast_note,
    broadcast_notes,
    comment_count,
    comments,
    images,
    text_lines,
    visible_clocks,
)
from scraper.read.images import Pictures
from scraper.read.inserts import inserted, own_words
from scraper.read.prose import moves
from scraper.read.standfirst import described, standfirst_of
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from collections.abc import Set as AbstractSet

    from selectolax.lexbor import LexborNode

    from scraper.article import BlockKind, Clock, ClockKind, Image
    from scraper.read.comments.discussion import Discussion
    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet
    from scraper.site_profile import SiteProfile, SiteVersion

# Of the text that the generic reader finds: less than this is not all of it.
_MOST = 0.6
_LINKED = 0.9
_META: frozenset[ClockKind] = frozenset((
    "published_meta", "modified_meta", "published_microdata", "modified_microdata",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: BlockKind
    node: LexborNode
    text: str


def name_of(profile: SiteProfile, version: SiteVersion) -> str:
    """ "tagesschau/2023"; with a number behind it once its selectors, or the way we read, have changed.

    Of a user's own profile what it says is in the name: nobody has to remember to raise a number.
    """
    revision = version.revision + READER - 1
    name = f"{profile.name}/{version.id}" + (f".{revision}" if revision > 1 else "")
    return f"{name}-{_digest(version)}" if profile.own else name


@lru_cache(maxsize=256)
def _digest(version: SiteVersion) -> str:
    said = replace(version, valid="", verified=True)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:6]


def read_with(sheet: Sheet, profile: SiteProfile) -> Article | None:
    """None where no version matches, or the one that does finds no headline or no text."""
    found = reading_of(sheet, profile)
    return found.article() if found else None


def reading_of(sheet: Sheet, profile: SiteProfile) -> Reading | None:
    """The first design of the profile that fits, at work on the page."""
    for version in profile.versions:
        root = sheet.tree.css_first(version.container) if sheet.tree.css_first(version.matches) is not None else None
        if root is not None:
            return Reading(sheet, profile, version, root)
    return None


class Reading:
    """A page of a design, and what the selectors of that design find on it."""

    def __init__(self, sheet: Sheet, profile: SiteProfile, version: SiteVersion, root: LexborNode) -> None:
        self.sheet, self.profile, self.version, self.root = sheet, profile, version, root
        self.dropped = {node.mem_id for selector in version.drop for node in sheet.tree.css(selector)}
        self.dropped |= {box.node.mem_id for box in sheet.page.boxes if box.hidden or _leads(sheet, box)}
        self.boxes = {box.node.mem_id: box for box in sheet.page.boxes}
        self.discussion = find_discussion(sheet)
        self.pictures = Pictures(sheet.page, sheet.url, sheet.text)
        self.discussed = _boxes_from(sheet, self.discussion)

    def article(self) -> Article | None:
        version, sheet = self.version, self.sheet
        whole = self.pieces()
        first, last = self._span(whole)
        clocks, stamps_at = visible_clocks(sheet, first, last)
        standfirst, pieces = self.parted(whole, stamps_at)
        headline = self._headline()
        if not headline or not pieces or self.misses_much(standfirst, pieces):
            return None
        return Article(
            url=sheet.head.canonical,
            topline=self.first(version.topline).rstrip(" :"),
            headline=headline,
            standfirst=standfirst,
            authors=self._authors(),
            blocks=(*self._blocks(pieces), *self._remarks(whole)),
            images=self._images(),
            notes=self._notes(),
            clocks=self._clocks(clocks),
            comment_count=self._comment_count(first, last),
            comments=comments(sheet, self.discussion),
            language=sheet.head.language or self.profile.language or None,
            read_with=name_of(self.profile, version),
        )

    def parted(self, whole: list[_Piece], stamps_at: Collection[int] = ()) -> tuple[str, list[_Piece]]:
        """The standfirst, and what of the pieces is neither that nor a stamp."""
        return self._standfirst([piece for piece in whole if not self._is_all(piece, stamps_at)], stamps_at)

    def pieces(self) -> list[_Piece]:
        """All blocks in order, the standfirst among them; what stands inside another block is a part of it."""
        rules = self.version.blocks
        found: list[_Piece] = []
        taken: set[int] = set()
        for node in self.root.css(", ".join(selector for _, selector in rules)):
            if not self._counts(node) or any(around.mem_id in taken for around in _around(node)):
                continue
            taken.add(node.mem_id)
            text = text_of(node, self.dropped | inserted(node))
            if text and not text.isspace() and not BROADCAST.match(text):
                kind = next(kind for kind, selector in rules if node.css_matches(selector))
                found.append(_Piece("note" if NOTE.match(text) else kind, node, text))
        return self._without_signposts(found)

    def _blocks(self, pieces: list[_Piece]) -> Iterator[Block]:
        """A paragraph is a note where the generic reader says so: it knows what stands over it."""
        said = {block.text for block in blocks(self._generic_lines) if block.kind == "note"}
        for piece in pieces:
            yield Block("note" if piece.kind == "paragraph" and piece.text in said else piece.kind, piece.text)

    def _remarks(self, pieces: list[_Piece]) -> list[Block]:
        """What the editors say of their article in boxes that no selector names; the generic reader finds it."""
        taken = {line.at for piece in pieces for line in self._lines(piece)}
        lines = [line for line in self._generic_lines if line.at not in taken and self._counts(line.box.node)]
        kept = {piece.text for piece in pieces}
        return [block for block in blocks(lines) if block.kind == "note" and block.text not in kept]

    def _without_signposts(self, pieces: list[_Piece]) -> list[_Piece]:
        """Neither paragraphs that lead elsewhere or say themselves that they are no text, nor headings of such."""
        text_at = {line.at for piece in pieces if piece.kind != "subhead" for line in self._lines(piece)}
        kept: list[_Piece] = []
        for piece in reversed(pieces):
            lines = self._lines(piece)
            if piece.kind == "subhead":
                counts = bool(kept) and not self._heads_insert(piece, text_at)
            else:
                leads = all(line.link_share > _LINKED for line in lines)
                counts = not lines or self._says(lines) or (piece.kind == "note" and not leads)
            if counts:
                kept.append(piece)
        return kept[::-1]

    def _says(self, lines: list[Line]) -> bool:
        """Something, and not only about other articles, offers or the prices of shares."""
        if moves(lines):
            return False
        beside = self.sheet.beside
        return any(
            line.link_share <= _LINKED and not is_signpost(line) and id(line.box) not in beside for line in lines
        )

    def _heads_insert(self, piece: _Piece, text_at: AbstractSet[int]) -> bool:
        """It stands in a box with other words, and none of these is text of the article."""
        own = outer = self.boxes.get(piece.node.mem_id)
        if own is None or outer is None:
            return False
        while outer.parent is not None and text_at.isdisjoint(range(outer.parent.first, outer.parent.last)):
            outer = outer.parent
        return self.sheet.role[id(own)] == "aside" or (outer.first, outer.last) != (own.first, own.last)

    def _lines(self, piece: _Piece) -> list[Line]:
        box = self.boxes.get(piece.node.mem_id)
        return self.sheet.page.of(box) if box is not None else []

    def _is_all(self, piece: _Piece, at: Collection[int]) -> bool:
        lines = self._lines(piece)
        return bool(lines) and all(line.at in at for line in lines)

    def _span(self, pieces: list[_Piece]) -> tuple[int, int]:
        """Where the text begins and ends, as numbers of lines."""
        placed = [line.at for piece in pieces for line in self._lines(piece)]
        return (placed[0], placed[-1] + 1) if placed else (0, 0)

    def _standfirst(self, pieces: list[_Piece], stamps_at: Collection[int]) -> tuple[str, list[_Piece]]:
        """It stands apart from the blocks, or is the whole of the first: a bold name that opens a paragraph is none."""
        nodes = self.root.css(self.version.standfirst) if self.version.standfirst else []
        node = next(filter(self._introduces, nodes), None)
        text = text_of(node, inserted(node)) if node is not None and self._counts(node) else ""
        if node is None or not text:
            return self._unmarked_standfirst(pieces, stamps_at)
        around = {outer.mem_id for outer in _around(node)}
        holders = [piece for piece in pieces if piece.node.mem_id in around]
        if not holders:
            return text, pieces
        if holders[0] is pieces[0] and holders[0].text == text:
            return text, pieces[1:]
        return self._unmarked_standfirst(pieces, stamps_at)

    def _introduces(self, node: LexborNode) -> bool:
        """It is not a paragraph that leads elsewhere."""
        box = next((box for around in _around(node) if (box := self.boxes.get(around.mem_id))), None)
        return box is None or self._says(self.sheet.page.of(box))

    def _unmarked_standfirst(self, pieces: list[_Piece], stamps_at: Collection[int]) -> tuple[str, list[_Piece]]:
        """As the generic reader tells it; or it is what the page tells machines about itself."""
        lines = [line for line in self._generic_lines if line.at not in stamps_at]
        lede = standfirst_of(self.sheet, lines) or described(self.sheet, lines)
        at = {line.at for line in lede}
        return " ".join(map(own_words, lede)), [piece for piece in pieces if not self._is_all(piece, at)]

    @cached_property
    def _generic_lines(self) -> list[Line]:
        return text_lines(self.sheet, self.discussion)

    def misses_much(self, standfirst: str, pieces: list[_Piece]) -> bool:
        """The generic reader finds much more text: the design is another one than it looks."""
        found = len(standfirst) + sum(len(piece.text) for piece in pieces)
        return found < _MOST * self.generic_length

    @property
    def generic_length(self) -> int:
        """How many characters of text the generic reader finds."""
        return sum(len(line.text) for line in self._generic_lines if line.running)

    def _counts(self, node: LexborNode) -> bool:
        return self._stays(node) and not any(around.mem_id in self.discussed for around in _around(node))

    def _stays(self, node: LexborNode) -> bool:
        return not any(around.mem_id in self.dropped for around in _around(node))

    def first(self, selector: str) -> str:
        """The first text in the article, or on the page, that the selector finds."""
        node = self.node(selector)
        return text_of(node) if node is not None else ""

    def node(self, selector: str) -> LexborNode | None:
        """The first element with text that the selector finds, in the article or on the page; what counts the comments
        may stand among them.
        """
        nodes = (*self.root.css(selector), *self.sheet.tree.css(selector)) if selector else ()
        counts = self._stays if selector == self.version.comment_count else self._counts
        return next((node for node in nodes if counts(node) and text_of(node)), None)

    def _headline(self) -> str:
        """Without badges and the like."""
        node = self.node(self.version.headline)
        return words_of(node, self.sheet.titles) if node is not None else ""

    def _authors(self) -> tuple[str, ...]:
        for selector in self.version.authors:
            names = [name for node in self.root.css(selector) if self._counts(node) for name in names_in(text_of(node))]
            if names:
                return tuple(dict.fromkeys(names))
        return authors(self.sheet, self.discussion)

    def _images(self) -> tuple[Image, ...]:
        """Those that the profile names; where they are not there, as the generic reader finds them."""
        found: dict[str, Image] = {}
        for selector in self.version.images:
            for image in (image for node in self.root.css(selector) for image in self.pictures_in(node)):
                found.setdefault(image.url, image)
        if found or self.sheet.text is None:
            return tuple(found.values())
        return images(self.sheet, self.sheet.text, self.discussion)[0]

    def pictures_in(self, node: LexborNode) -> list[Image]:
        """Those in an element that counts: it is a picture itself, or holds some, as a `<figure>` does."""
        nodes = [inner for inner in (node, *node.css("img")) if self._counts(inner) and not _unseen(inner)]
        return [image for inner in nodes if (image := self.pictures.image_of(inner))]

    def _notes(self) -> tuple[str, ...]:
        nodes = [node for selector in self.version.notes for node in self.root.css(selector)]
        texts = [broadcast_note(text_of(node)) for node in nodes]
        return tuple(dict.fromkeys(text for text in (*texts, *broadcast_notes(self.sheet)) if text))

    def stand(self) -> Clock | None:
        """What the selector for it finds, be it readable or not."""
        said = self.first(self.version.stand)
        return clock_of(self.sheet, "stand", stand_in(self.sheet, said) or said) if said else None

    def _clocks(self, visible: list[Clock]) -> tuple[Clock, ...]:
        """What the profile rules on is not looked for elsewhere; meta tags it rules on all together."""
        ruled = [clock for rule in self.version.clocks if (clock := ruled_clock(self.sheet, rule))]
        kinds: set[ClockKind] = {rule.kind for rule in self.version.clocks}
        if kinds & _META:
            kinds |= _META
        stand = self.stand()
        found = [stand] if stand else []
        found = found or [clock for clock in visible if clock.kind == "stand"]
        found += [clock for clock in machine_clocks(self.sheet) if clock.kind not in kinds]
        return (*found, *ruled)

    def _comment_count(self, first: int, last: int) -> int | None:
        stated = number_in(self.first(self.version.comment_count))
        return comment_count(self.sheet, first, last, self.discussion) if stated is None else stated


def _leads(sheet: Sheet, box: Box) -> bool:
    """All of it is a link to something else."""
    return sheet.role[id(box)] == "aside" and "crosslink" in box.words


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """The node and what it stands in, from the inside out."""
    outer: LexborNode | None = node
    while outer is not None:
        yield outer
        outer = outer.parent


def _unseen(node: LexborNode) -> bool:
    return any(around.tag == "noscript" for around in _around(node))


def _boxes_from(sheet: Sheet, discussion: Discussion | None) -> set[int]:
    """The elements of the comments, and all that comes after them."""
    if discussion is None:
        return set()
    return {box.node.mem_id for box in sheet.page.boxes if box.first >= discussion.first}
