"""A page, parsed once, with everything that both readers look things up in. A `Page` and its text in, a `Sheet` out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from scraper.read.body import body_lines, locate
from scraper.read.head import TOLD, Head, read_head
from scraper.read.headline import find_headline
from scraper.read.linked_data import LinkedData, Own, is_linked_data, read_linked_data
from scraper.read.live import entries
from scraper.read.outline import Box, Line, Outline, outline
from scraper.read.stamp_lines import part_stamps
from scraper.read.struck import STRUCK, mark_struck
from scraper.read.text import text_of
from scraper.read.zones import is_place, zone_for

if TYPE_CHECKING:
    from datetime import datetime

    from selectolax.lexbor import LexborNode

    from scraper.read.roles import Role

_GERMAN_TIME = re.compile(r"\d[:.]\d{2} Uhr\b")
_HEADINGS, _LONGEST_TITLE = 3, 300
# Found in one go: to look through the whole tree costs more than what is found.
_SOUGHT = ", ".join((TOLD, "script", "h1", *STRUCK))


@dataclass(frozen=True)
class Sheet:
    """What is known about a page before anybody decides what its article is.

    Attributes:
        url: where it was fetched.
        now: when it was fetched, for stamps like "today, 14:05".
        zone: the time zone that its stamps are taken to be in where they name none.
        shows_zone: whether that is known; else it is UTC, or an offset that may not hold in another season.
        titles: all that the page calls itself, outside its text.
        scripts: the elements, in order.
        headline: the box that the headline stands in, if it can be seen.
        role: by `id(box)`.
        text: the box that holds the text of the article, if there is any.
        beside: the boxes, by id, that their own words say are none of it.
        entries: the lines, by number, that stand in the entries of a live blog.
    """

    url: str
    now: datetime
    zone: ZoneInfo
    shows_zone: bool
    tree: LexborHTMLParser
    head: Head
    linked: LinkedData
    page: Outline
    titles: list[str]
    scripts: list[LexborNode]
    headline: Box | None
    role: dict[int, Role]
    text: Box | None
    beside: frozenset[int]
    entries: frozenset[int]

    def role_of(self, line: Line) -> Role:
        return self.role[id(line.box)]

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The lines in the box of the text that are the article's: who reads it and who looks for comments ask."""
        return () if self.text is None else tuple(body_lines(self.page, self.role, self.text, self.headline))


def lay_out(url: str, markup: str, now: datetime, zone: str = "", source: bytes | None = None) -> Sheet:
    """Parses. `zone` overrides what host and language suggest; `source` is the markup in UTF-8, if at hand."""
    tree = LexborHTMLParser(source or markup)
    sought = tree.css(_SOUGHT)
    mark_struck(node for node in sought if node.tag in STRUCK)
    head, scripts = read_head(tree, sought, url), [node for node in sought if node.tag == "script"]
    headings = [text_of(node) for node in islice((node for node in sought if node.tag == "h1"), _HEADINGS)]
    own = Own((url, head.canonical), tuple(title[:_LONGEST_TITLE] for title in (*head.titles, *headings)))
    linked = read_linked_data((script.text() for script in filter(is_linked_data, scripts)), own)
    page = outline(tree.root, url, markup) if tree.root is not None else Outline()
    titles = [linked.headline, *head.titles] if linked.headline else head.titles
    headline = find_headline(page, titles, head.first("og:site_name"))
    part_stamps(page, headline, now)
    locales = [head.locale, head.html_language, linked.language]
    if not any(locales) and any(_GERMAN_TIME.search(line.text) for line in page.lines):
        locales = ["de"]  # "Uhr" is said in one time zone only
    named = zone or zone_for(url, locales, linked.published or head.published)
    role, text, beside = locate(page, headline)
    shown = bool(zone) or is_place(named)
    return Sheet(
        url, now, ZoneInfo(named), shown, tree, head, linked, page, titles, scripts, headline, role, text, beside,
        entries(page, role, headline.last if headline is not None else 0),
    )  # fmt: skip
