"""Where about its text an article's own stamps stand, and where those of other things do: lines in, lines out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scraper import stamps
from scraper.read.body import BROADCAST
from scraper.read.outline import HEADINGS
from scraper.read.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line
    from scraper.read.sheet import Sheet

_BEFORE, _AFTER, _OPENING, _ENDING = 8, 12, 3, 1
# What moves by itself, or lists other articles: nothing in there is a stamp of this one.
_OTHERS = re.compile(
    r"top-?bar|(?:site|page|global)-?header|masthead|breaking|\beil(?:meldung|\b)|ticker|news-?(?:flash|bar|alert)|\balert"
    r"|weather|wetter|teaser|related|recommend|trending|most-?read|\bnav\b|navbar|navigation|sidebar|side-bar|newsletter"
    r"|\bbanner\b|contentinfo|complementary|linkbox|link-?list|(?:stock|market|price)s?-?(?:bar|box|data)|kurse\b|verkehr"
)
_BESIDE = frozenset(("nav", "aside", "dialog", "menu", "table", "figure"))
_ARTICLES = ("article", "main")
_OF_PEOPLE = re.compile(
    r"author|autor|person|people|profil|redaktion|team|staff|\btags?\b|thema|themen|topics?|mailto:|tel:"
)
# "Über diesen Artikel", but not "Weitere Artikel".
_OF_ARTICLE = re.compile(
    r"\b(?:diese[mnrs]?|zum|über den|this|the|cet|este|questo) (?:artikel|article|beitrag|meldung|story|text)",
    re.I,
)
# "Zurück zur Startseite" is no title. A menu has several links.
_TITLE_WORDS, _LINKED, _MENU = 4, 0.8, 2
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
# Boxes about the article itself: when it was written, by whom, in which section.
_ABOUT = re.compile(r"stand\b|dat(?:e|um|o)|time|updat|aktual|modif|publi|meta\b|by-?line|author|autor|info\b")


@dataclass(frozen=True, slots=True)
class Around:
    """The lines about a text.

    Attributes:
        head: between headline and text, and then over the headline, upwards.
        own: between headline and text, behind the intro, and at the end of the text.
        others: over the headline, and under the text, where the article's own stamps may stand.
        bare: there too, over the headline, but nothing about them says that they are the article's.
        within: in the text.
        apart: over the headline, and under the text, in boxes of other things.
    """

    head: list[Line]
    own: list[Line]
    others: list[Line]
    bare: list[Line]
    within: list[Line]
    apart: list[Line]


def around_text(sheet: Sheet, first: int, last: int) -> Around:
    """Where stamps of an article stand: between headline and text, the intro apart, and at its end; else over the
    headline and under the text, in the article's own box and in none of another thing there. Within the text they are
    dates of tables, boxes and other things that it tells of.

    `first` and `last` are the lines of the text.
    """
    lines = sheet.page.lines
    top = sheet.headline.first if sheet.headline and sheet.headline.first <= first else max(0, first - _BEFORE)
    under, over = _plain(sheet, lines[top : first + 1]), _plain(sheet, lines[max(0, top - _BEFORE) : top][::-1])
    foot = [
        line
        for line in _plain(sheet, lines[max(first + _OPENING, last - _ENDING) : last + _AFTER])
        # Comments have times of their own, but stand nowhere above the text, whatever a class there is called.
        if sheet.role_of(line) not in ("comments", "caption")
    ]
    near = [line for line in foot if _is_own(sheet, line, _said_before(sheet, first, min(line.at, last)))]
    own = [line for line in near if sheet.role_of(line) != "aside" and _of_text(sheet, line)]
    within = _plain(sheet, lines[first + _OPENING : max(first + _OPENING, last - _ENDING)])
    opening = _plain(sheet, lines[first + 1 : first + _OPENING])
    above = [line for line in over if _is_own(sheet, line, top)]
    bare = [line for line in above if _DIGIT.search(line.text) and not _is_about_article(sheet, line)]
    others = [line for line in above if line not in bare] + [line for line in near if line not in own]
    apart = [line for line in over + foot if line not in others and line not in own]
    return Around(under + over, under + opening + own, others, bare, within, apart)


def _is_about_article(sheet: Sheet, line: Line) -> bool:
    """Over the headline: in one box with it that does not hold the text, in a header, in a box that is called so, or
    beside a link to a section or an author."""
    whole = _whole(sheet)
    for box in _up(line.box):
        if box is whole or box.tag in _ARTICLES or box.tag == "body":
            break
        if box.tag == "header" or _ABOUT.search(box.words) or (sheet.headline and sheet.headline.within(box)):
            return True
    return line.linked > 0 or any(node.parent is not None and node.parent.tag == "time" for node in line.nodes)


def _said_before(sheet: Sheet, first: int, at: int) -> int:
    """The number of the last sentence of the text before a line."""
    said = (line.at for line in sheet.page.lines[first:at][::-1] if line.running and not sheet.role_of(line))
    return next(said, first)


def _of_text(sheet: Sheet, line: Line) -> bool:
    return sheet.text is not None and line.box.within(sheet.text)


def _plain(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """Neither broadcast notes, nor entries of a live blog, nor the page itself: they have times of their own."""
    return [
        line
        for line in lines
        if line.at not in sheet.entries and not BROADCAST.match(line.text) and not line.box.of_page
    ]


def _is_own(sheet: Sheet, line: Line, said: int) -> bool:
    """It stands in the box of the whole article, and, outside headline and text, in no box of another thing.

    `said` is a line of the article's, its headline or a sentence: a box that holds it is the article's, too.
    """
    if not _DIGIT.search(line.text) and not stamps.is_updated_label(line.text):
        return True  # says nothing of any time, and to look at links is dear
    whole = _whole(sheet)
    if whole is not None and not line.box.within(whole):
        return False
    apart = [box for box in _up(line.box) if not box.first <= said < box.last]
    if any(_is_of_others(sheet, box, said) for box in apart) or _leads_away(sheet, _links_in(line)):
        return False
    if line.at > said + 1 and _is_listed_with(line, beside := sheet.page.lines[line.at - 1]):
        return not _leads_away(sheet, _links_in(beside))
    if whole is None or whole.tag in _ARTICLES:
        return True
    between = sheet.page.lines[min(line.at, said) + 1 : max(line.at, said)]
    return sum(one.link_share > _LINKED for one in between) < _MENU


def _is_listed_with(line: Line, beside: Line) -> bool:
    """Of a list of titles right in the box of the article, each with the time of its last update."""
    return line.box.parent is not None and line.box.parent in (beside.box, beside.box.parent)


def _is_of_others(sheet: Sheet, box: Box, said: int) -> bool:
    """By its element, its name, its links, or because it has a heading of its own."""
    if box.tag in _BESIDE or (box.tag == "header" and box.up(*_ARTICLES) is None) or _OTHERS.search(box.words):
        return True
    titled = box.first > said and any(
        line.box.tag in HEADINGS and not _OF_ARTICLE.search(line.text) for line in sheet.page.of(box)
    )
    return titled or _leads_away(sheet, box.node.css("a[href]"))


def _links_in(line: Line) -> list[LexborNode]:
    """The links that the words of a line stand in."""
    found = []
    for text in line.nodes:
        node = text.parent
        while node is not None and node.tag != "a" and node.mem_id != line.box.node.mem_id:
            node = node.parent
        if node is not None and node.tag == "a":
            found.append(node)
    return found


def _leads_away(sheet: Sheet, links: Iterable[LexborNode]) -> bool:
    """Whether one of them leads to another article of the site: not to a person, a topic, a section or this page."""
    return any(_is_title(sheet, link) for link in links)


def _is_title(sheet: Sheet, link: LexborNode) -> bool:
    href, said = link.attributes.get("href") or "", text_of(link)
    if len(_WORD.findall(said)) < _TITLE_WORDS or said in sheet.linked.authors or said == sheet.head.first("author"):
        return False
    if _OF_PEOPLE.search(f"{href} {link.attributes.get('rel')} {link.attributes.get('class')}".lower()):
        return False
    try:
        own, aim = urlsplit(sheet.url), urlsplit(urljoin(sheet.url, href))
    except ValueError:
        return False
    return aim.netloc == own.netloc and not own.path.startswith(aim.path or "/")


def _whole(sheet: Sheet) -> Box | None:
    """The `<article>` around both headline and text, else the smallest box that holds both."""
    headline, text = sheet.headline, sheet.text
    if headline is None or text is None:
        return None
    both = next((box for box in _up(text) if headline.within(box)), None)
    return both and (both.up("article") or both)


def _up(box: Box | None) -> Iterator[Box]:
    while box is not None:
        yield box
        box = box.parent
