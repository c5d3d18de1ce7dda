"""Reads an article of a site that has a profile: a `Sheet` and a `SiteProfile` in, an `Article` out, or None if no
design of the profile fits. What the profile does not say, the generic reader finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.article import Article, Block
from scraper.read.body import BROADCAST, NOTE
from scraper.read.byline import authors, names_in
from scraper.read.clocks import clock_of, machine_clocks, ruled_clock, stand_in
from scraper.read.comment_count import number_in
from scraper.read.comments import find_discussion
from scraper.read.generic import READER, broadcast_notes, comment_count, comments
from scraper.read.images import Pictures
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from scraper.article import BlockKind, Clock, ClockKind, Image
    from scraper.read.comments import Discussion
    from scraper.read.sheet import Sheet
    from scraper.site_profile import SiteProfile, SiteVersion

_META: frozenset[ClockKind] = frozenset(("published_meta", "modified_meta"))


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: BlockKind
    node: LexborNode
    text: str


def name_of(profile: SiteProfile, version: SiteVersion) -> str:
    """ "tagesschau/2023"; with a number behind it once its selectors, or the way we read, have changed."""
    revision = version.revision + READER - 1
    return f"{profile.name}/{version.id}" + (f".{revision}" if revision > 1 else "")


def read_with(sheet: Sheet, profile: SiteProfile) -> Article | None:
    """None where no version matches, or the one that does finds no headline or no text."""
    for version in profile.versions:
        root = sheet.tree.css_first(version.container) if sheet.tree.css_first(version.matches) is not None else None
        if root is not None:
            return _Reading(sheet, profile, version, root).article()
    return None


class _Reading:
    def __init__(self, sheet: Sheet, profile: SiteProfile, version: SiteVersion, root: LexborNode) -> None:
        self.sheet, self.profile, self.version, self.root = sheet, profile, version, root
        self.dropped = {node.mem_id for selector in version.drop for node in sheet.tree.css(selector)}
        self.discussion = find_discussion(sheet.page, after=sheet.headline.last if sheet.headline else 0)
        self.pictures = Pictures(sheet.page, sheet.url, sheet.text)
        self.discussed = _boxes_from(sheet, self.discussion)

    def article(self) -> Article | None:
        version, sheet = self.version, self.sheet
        standfirst, pieces = self._standfirst(self._pieces())
        headline = self._first(version.headline)
        if not headline or not pieces:
            return None
        return Article(
            url=sheet.head.canonical,
            topline=self._first(version.topline).rstrip(" :"),
            headline=headline,
            standfirst=standfirst,
            authors=self._authors(),
            blocks=tuple(Block(piece.kind, piece.text) for piece in pieces),
            images=self._images(),
            notes=self._notes(),
            clocks=self._clocks(),
            comment_count=self._comment_count(pieces),
            comments=comments(sheet, self.discussion),
            language=sheet.head.language or self.profile.language or None,
            read_with=name_of(self.profile, version),
        )

    def _pieces(self) -> list[_Piece]:
        """All blocks in order, the standfirst among them; what stands inside another block is a part of it."""
        rules = self.version.blocks
        found: list[_Piece] = []
        taken: set[int] = set()
        for node in self.root.css(", ".join(selector for _, selector in rules)):
            if not self._counts(node) or any(around.mem_id in taken for around in _around(node)):
                continue
            taken.add(node.mem_id)
            text = text_of(node, self.dropped)
            if text and not text.isspace() and not BROADCAST.match(text):
                kind = next(kind for kind, selector in rules if node.css_matches(selector))
                found.append(_Piece("note" if NOTE.match(text) else kind, node, text))
        return found

    def _standfirst(self, pieces: list[_Piece]) -> tuple[str, list[_Piece]]:
        """It stands apart from the blocks, or is the whole of the first: a bold name that opens a paragraph is none."""
        node = self.root.css_first(self.version.standfirst) if self.version.standfirst else None
        text = text_of(node) if node is not None else ""
        if node is None or not text:
            return "", pieces
        around = {outer.mem_id for outer in _around(node)}
        holders = [piece for piece in pieces if piece.node.mem_id in around]
        if not holders:
            return text, pieces
        if holders[0] is pieces[0] and holders[0].text == text:
            return text, pieces[1:]
        return "", pieces

    def _counts(self, node: LexborNode) -> bool:
        return not any(around.mem_id in self.dropped or around.mem_id in self.discussed for around in _around(node))

    def _first(self, selector: str) -> str:
        """The first text in the article, or on the page, that the selector finds."""
        if not selector:
            return ""
        for node in (*self.root.css(selector), *self.sheet.tree.css(selector)):
            if self._counts(node) and (text := text_of(node)):
                return text
        return ""

    def _authors(self) -> tuple[str, ...]:
        for selector in self.version.authors:
            names = [name for node in self.root.css(selector) if self._counts(node) for name in names_in(text_of(node))]
            if names:
                return tuple(dict.fromkeys(names))
        return authors(self.sheet)

    def _images(self) -> tuple[Image, ...]:
        found: dict[str, Image] = {}
        for selector in self.version.images:
            for node in self.root.css(selector):
                image = self._image(node)
                if image is not None:
                    found.setdefault(image.url, image)
        return tuple(found.values())

    def _image(self, node: LexborNode) -> Image | None:
        if not self._counts(node) or _unseen(node):
            return None
        return self.pictures.image_of(node)

    def _notes(self) -> tuple[str, ...]:
        texts = [text_of(node) for selector in self.version.notes for node in self.root.css(selector)]
        return tuple(dict.fromkeys(text for text in (*texts, *broadcast_notes(self.sheet)) if text))

    def _clocks(self) -> tuple[Clock, ...]:
        """What the profile rules on is not looked for elsewhere; meta tags it rules on all together."""
        ruled = [clock for rule in self.version.clocks if (clock := ruled_clock(self.sheet, rule))]
        kinds = {rule.kind for rule in self.version.clocks}
        if kinds & _META:
            kinds |= _META
        stand = self._first(self.version.stand)
        found = [clock_of(self.sheet, "stand", stand_in(self.sheet, stand) or stand)] if stand else []
        found += [clock for clock in machine_clocks(self.sheet) if clock.kind not in kinds]
        return (*found, *ruled)

    def _comment_count(self, pieces: list[_Piece]) -> int | None:
        stated = number_in(self._first(self.version.comment_count))
        if stated is not None:
            return stated
        boxes = {box.node.mem_id: box for box in self.sheet.page.boxes}
        placed = [boxes[piece.node.mem_id] for piece in pieces if piece.node.mem_id in boxes]
        first, last = (placed[0].first, placed[-1].last) if placed else (0, 0)
        return comment_count(self.sheet, first, last, self.discussion)


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
