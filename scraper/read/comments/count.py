"""The number of comments that a page states for its article: an `Outline` in, a number or None out.

A number that stands with a teaser, or with shares and likes, is never taken.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scraper.read.outline import HEADINGS
from scraper.read.text import BLOCKS, clean, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

WORD = (
    r"(?:leser|user|nutzer|reader)?[- ]?(?:kommentare?|comments?|ergänzung(?:en)?|postings?|diskussionsbeiträge"
    r"|meinungen|comentarios?|commentaires?|commenti|commento|reacties|reageringen|kommentarer)"
)
NUMBER = r"(\d{1,3}(?:[.,]\d{3})+|\d{1,7})"
BEFORE = r"(?:(?:alle|all|view|show|load|read|see|reader|user|lesen|zeige|zu den|die|add|insgesamt)\s+){0,3}"
# "Kommentar 2" is the second of a kind of article.
_ONE = r"(?:kommentar|comment|commento|comentario|commentaire)\s+\d"
# A call to say something, with the number of those who did.
_JOIN = r"(?:join the (?:conversation|discussion|debate)|diskutier(?:en sie|e|t) mit|mitdiskutieren)"
_WHOSE = r"(?:unserer|der|von|from|of|by)\s+(?:our\s+)?(?:leser(?:[:*_/-]?innen)?n?|nutzer|user|community|readers?)"
AFTER = (
    r"(?:\s+(?:zum artikel|zu diesem artikel|im forum|lesen|anzeigen|ansehen|on this (?:article|story)|so far"
    r"|geladen))*\W*"
)
_SHOWN = r"(?:(?:zeigt?|angezeigt|showing|viewing|displaying)\s+)?\d{1,7}(?:\s*[-–]\s*\d{1,7})?"
_STATED = (
    # "3 von 45 Kommentaren": so many are there.
    re.compile(rf"^\W*{_SHOWN}\s+(?:von|of|de|di|sur|van|av|af)\s+(?:insgesamt\s+)?{NUMBER}\s*{WORD}n?{AFTER}$", re.I),
    re.compile(rf"^\W*{BEFORE}\(?{NUMBER}\)?\s*{WORD}{AFTER}$", re.I),
    re.compile(
        rf"^\W*{BEFORE}(?!{_ONE}){WORD}(?:\s+(?:lesen|anzeigen|ansehen|zum artikel|{_WHOSE}))?\s*[:(\[]*\s*"
        rf"{NUMBER}\s*[)\]]?{AFTER}$",
        re.I,
    ),
    re.compile(rf"^\W*{_JOIN}\s*[:(\[]*\s*{NUMBER}\s*[)\]]?\W*$", re.I),
)
# One of these is in any word for comments, and in few lines.
_HINTS = (
    "omment", "omentar", "ergänzung", "posting", "diskussionsbeiträge", "meinungen", "reacties", "reageringen",
    "join the ", "diskutier",
)  # fmt: skip
_BETWEEN_BARS = re.compile(rf"(?:^|\s[|•·–—-]\s|\)\s)\(?{NUMBER}\)?\s*{WORD}(?=$|\s[|•·–—-])", re.I)
# What was said about the article on Facebook is not said here.
_INSIDE = re.compile(
    rf"(?:^|[\s|•·(]){NUMBER}\)?\s*{WORD}(?=$|[\s|•·),])(?!\s+(?:auf|bei|via|on|sur|su|op|på)\s+(?!this|the\b))", re.I
)
_BARS = re.compile(r"[|•·–—]|\s-\s")
TALK = re.compile(r"diskut|diskuss|kommenti|kommentar|comment|discuss|forum|meinung|debatt", re.I)
_MARKED = "[itemprop=commentCount], [data-comment-count], [data-comments-count], [data-commentcount], [data-comments]"
MARKS = ("content", "data-comment-count", "data-comments-count", "data-commentcount", "data-comments")
_TEASER = re.compile(r"(?:^|[\s_-])(?:teaser|related|recommend\w*|most-?read|most-?commented|read-?more|sidebar)")
_LONG_NUMBER = re.compile(r"\d{4,}")
_HEADLINES = 3
_LONGEST = 160
_DIGIT = re.compile(r"\d")
_BELOW = 12
_TITLES = "h2 a[href], h3 a[href], h4 a[href]"
_CARD_LINES, _CARD_TITLE = 12, 25
# A box without a name is a teaser if it is small and its title has so many words: a name has two.
_SMALL, _TITLE_WORDS = 5, 3


def stated_count(
    page: Outline, found: dict[int, Role], headline: Box | None, head: range, last: int, own: Collection[str] = ()
) -> int | None:
    """As the heading of the comments, else near the headline, else elsewhere.

    `head` are the lines about the headline, `last` is where the text ends, `own` are the addresses of the article.
    """
    best: tuple[int, int] | None = None
    for line in page.lines:
        if len(line.text) > _LONGEST or not _DIGIT.search(line.text):
            continue
        number = number_alone(line.text) if line.running else number_in(line.text)
        if number is None and line.at in head and not line.running:
            number = _inside(line)
        role = found[id(line.box)]
        if number is None or not _of_article(line, role, head, last) or _in_teaser(page, line, headline):
            continue
        if _is_paragraph(page, line, role) or _leads_away(line, own):
            continue
        rank = _rank(line, role, head)
        if best is None or rank < best[0]:
            best = (rank, number)
    return best[1] if best else None


def number_in(text: str) -> int | None:
    """The number of comments, if a line says nothing else, or sets it apart with bars."""
    if len(text) > _LONGEST or not (_DIGIT.search(text) and may_count(text)):
        return None
    alone = number_alone(text)
    if alone is not None:
        return alone
    return _number(_BETWEEN_BARS.search(text))


def number_alone(text: str) -> int | None:
    """The number of comments, if a text says nothing else."""
    if len(text) > _LONGEST or not may_count(text):
        return None
    return next((number for pattern in _STATED if (number := _number(pattern.search(text))) is not None), None)


def may_count(text: str) -> bool:
    """Whether a number of comments may stand in a text: all patterns of this module ask for one of these words."""
    low = text.lower()
    return any(map(low.__contains__, _HINTS))


def _inside(line: Line) -> int | None:
    """The number among other things; not if the title of another article leads to it."""
    match = _INSIDE.search(line.text) if may_count(line.text) else None
    if match is None:
        return None
    before = line.text[: match.start(1)]
    title = _BARS.split(before)[-1].rstrip("( ").strip()
    named = before.endswith("(") or len(title.split()) >= _TITLE_WORDS
    if title and named and not TALK.search(title) and any(title in said for said in _links(line.box)):
        return None
    return _number(match)


def _links(box: Box, among: str = "") -> list[str]:
    """What the links to other pages say."""
    anchors = box.node.css(among or "a[href]")
    return [clean(anchor.text()) for anchor in anchors if not (anchor.attributes.get("href") or "").startswith("#")]


def _number(match: re.Match[str] | None) -> int | None:
    return int(re.sub(r"\D", "", match[1])) if match else None


def _rank(line: Line, role: Role, head: range) -> int:
    if line.box.tag in HEADINGS or (role == "comments" and line.at not in head):
        return 0
    return 1 if line.at in head else 2


def _of_article(line: Line, role: Role, head: range, last: int) -> bool:
    """Not in a sidebar, nor with a teaser: beside a link that is no mere label."""
    if line.at in head:
        return True
    if line.at < head.start or (role == "aside" and not last <= line.at < last + _BELOW):
        return False
    card: Box | None = line.box.up("article", "li")
    if card is None or card.last - card.first > _CARD_LINES:
        return True
    if any(number_in(text_of(anchor)) is None for anchor in card.node.css(_TITLES)):
        return False
    return not any(len(anchor.text().strip()) > _CARD_TITLE for anchor in card.node.css("a[href]"))


def _in_teaser(page: Outline, line: Line, headline: Box | None) -> bool:
    """In a small box with a heading that is a link to something else, and without our headline."""
    box: Box | None = line.box
    while box is not None and box.last - box.first <= _SMALL and not _holds_article(page, box, headline):
        for title in _links(box, _TITLES):
            if len(title.split()) >= _TITLE_WORDS and number_in(title) is None and not TALK.search(title):
                return True
        box = box.parent
    return False


def _is_paragraph(page: Outline, line: Line, role: Role) -> bool:
    """Between paragraphs of the text, and not told from them by anything: the text says it of something else."""
    if line.box.tag != "p" or line.box.words or role == "comments" or line.linked or line.jumps:
        return False
    beside = [other for other in page.lines[max(0, line.at - 1) : line.at + 2] if other.at != line.at]
    return len(beside) > 1 and all(
        other.running and other.box.tag == "p" and other.box.parent is line.box.parent for other in beside
    )


def _leads_away(line: Line, own: Collection[str]) -> bool:
    """A link to the comments below another article of the site."""
    anchors = [anchor for node in line.nodes if (anchor := _anchor(node)) is not None]
    return bool(anchors) and all(_is_of_another(anchor.attributes.get("href") or "", own) for anchor in anchors)


def _anchor(node: LexborNode) -> LexborNode | None:
    around = next((outer for outer in _around(node) if outer.tag == "a" or outer.tag in BLOCKS), None)
    return around if around is not None and around.tag == "a" else None


def _is_of_another(href: str, own: Collection[str]) -> bool:
    """A page of comments has the name or the number of its article in its address, or is a forum."""
    try:
        pages = [(urlsplit(address), urlsplit(urljoin(address, href))) for address in own]
    except ValueError:
        return False
    return bool(pages) and all(
        aim.netloc == page.netloc
        and TALK.search(aim.fragment)
        and not TALK.search(aim.path)
        and len(page.path) > 1
        and aim.path.rstrip("/") != page.path.rstrip("/")
        and not any(name in aim.path for name in _names(page.path))
        for page, aim in pages
    )


def _names(path: str) -> list[str]:
    """The last part of an address without its ending, and the long numbers in it."""
    return [path.rstrip("/").rpartition("/")[2].partition(".")[0], *_LONG_NUMBER.findall(path)]


def _holds_article(page: Outline, box: Box, headline: Box | None) -> bool:
    over = headline is not None and box.first <= headline.first < box.last
    return over or sum(line.running for line in page.of(box)) > 1


def marked_count(tree: LexborHTMLParser) -> int | None:
    """The number in attributes and microdata, if there is only one; not those of teasers and sidebars."""
    said: set[int] = set()
    marked = tree.css(_MARKED)
    if not marked:
        return None
    article = {around.mem_id for heading in tree.css("h1")[:_HEADLINES] for around in _around(heading)}
    for node in marked:
        value = next((value for name in MARKS if (value := node.attributes.get(name))), None) or node.text()
        if re.fullmatch(r"\s*[0-9]{1,7}\s*", value) and int(value) not in said and not _is_beside(node, article):
            said.add(int(value))
    return said.pop() if len(said) == 1 else None


def labelled_count(tree: LexborHTMLParser, own: Collection[str]) -> int | None:
    """The number in a label for those who hear the page, or all that a link to the comments says, if there is only one;
    `own` are the addresses of the article.
    """
    said: set[int] = set()
    article = {around.mem_id for heading in tree.css("h1")[:_HEADLINES] for around in _around(heading)}
    for node in tree.css("[aria-label], a[href*='#']"):
        count = number_alone(node.attributes.get("aria-label") or "")
        if count is None:
            count = _linked_number(node)
        if count is not None and not (_is_linked_elsewhere(node, own) or _is_in_card(node, article)):
            said.add(count)
    return said.pop() if len(said) == 1 else None


def _linked_number(node: LexborNode) -> int | None:
    if node.tag != "a" or not TALK.search((node.attributes.get("href") or "").partition("#")[2]):
        return None
    match = re.fullmatch(rf"\W*{NUMBER}\W*", node.text(), re.I)
    return _number(match)


def _is_linked_elsewhere(node: LexborNode, own: Collection[str]) -> bool:
    """A link around it leads neither to this page nor to one that has its name in the address."""
    href = next((outer.attributes.get("href") or "" for outer in _around(node) if outer.tag == "a"), "#")
    if href.startswith("#"):
        return False
    try:
        aims = [(urlsplit(address).path, urlsplit(urljoin(address, href)).path) for address in own if address]
    except ValueError:
        return True
    return not any(
        aim.rstrip("/") == path.rstrip("/") or any(name and name in aim for name in _names(path)) for path, aim in aims
    )


def _is_in_card(node: LexborNode, article: set[int]) -> bool:
    """In a teaser, whatever that is called: a title that is a link stands nearer than the headline."""
    if _is_beside(node, set(article)):
        return True
    near = takewhile(lambda around: around.mem_id not in article and around.tag != "body", _around(node))
    return any(map(_leads_to_article, near))


def _is_beside(node: LexborNode, article: set[int]) -> bool:
    """In a teaser or beside the article: nothing around it up to there holds the headline. What is found to be neither
    is added to `article`.
    """
    passed = []
    for around in _around(node):
        if around.mem_id in article or around.tag == "body":
            break
        if around.tag in ("aside", "nav") or _TEASER.search((around.attributes.get("class") or "").lower()):
            return True
        if around.tag in ("article", "li") and _leads_to_article(around):
            return True
        passed.append(around.mem_id)
    article.update(passed)
    return False


def _around(node: LexborNode) -> Iterator[LexborNode]:
    around: LexborNode | None = node
    while around is not None:
        yield around
        around = around.parent


def _leads_to_article(node: LexborNode) -> bool:
    """One of its links is a title, and no label of a button."""
    said = [clean(link.text()) for link in node.css("a[href]:not([href^='#'])")]
    return any(len(text.split()) >= _TITLE_WORDS and number_in(text) is None and not TALK.search(text) for text in said)
