"""Everything on a page that is not its article, as another look a minute later would find it: other teasers, other
numbers, other names of advertisements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.steady_tree import blocks_of, changed, known, loose, tree_of, write
from scraper.read.text import BLOCKS

if TYPE_CHECKING:
    from random import Random

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from benchmarks.corpus import Gold
    from benchmarks.steady_tree import Block, Known
    from scraper.page import Page

# A link of so many characters is a title of another article and no label.
_TITLE = 15
# So many words are no entry of a menu.
_SENTENCE = 5
# Of a block's letters: so many are the link's where the block is a teaser.
_MOSTLY = 0.6
_ABOUT = re.compile(r"author|autor|byline|caption|credit|copyright|mailto:")
_RELATIVE = re.compile(
    r"\b(vor|il y a|hace)(\s+)\d{1,2}(\s+\w+)|\b()()\d{1,2}(\s+(?:min|minutes?|hours?|hrs?|days?)\s+ago)\b", re.I
)
_COUNT = re.compile(
    r"\b\d{1,4}(?=\s*(?:kommentare?|comments?|leserkommentare|postings?|comentarios|commentaires)\b)", re.I
)
_ADS = re.compile(r"(?:^|[-_ ])(?:ads?|gpt|dfp|google|taboola|outbrain|banner|slot)(?:$|[-_ \d])", re.I)
_TOKENS = ("nonce", "data-nonce", "data-csrf", "data-token", "data-request-id", "data-trackid")
# Whatever has this is an advertisement: it may change, and stand nowhere else.
_SLOT = "data-ad-slot"


def another_look(page: Page, gold: Gold, random: Random) -> Page:
    """The same article on a page that has moved on around it."""
    tree, said = tree_of(page), known(gold)
    blocks = list(blocks_of(tree))
    first, last = _span(blocks, said)
    outside = [block for place, block in enumerate(blocks) if not first <= place <= last and not said.holds(block.said)]
    _other_numbers(outside, random)
    _rotate(_teasers(tree, said))
    _other_attributes(tree, random)
    return changed(page, tree)


def other_teasers(page: Page, gold: Gold, random: Random) -> Page:
    """The same page, but for the words in which it leads to other articles. Menus stay."""
    tree = tree_of(page)
    for link in _teasers(tree, known(gold)):
        if len(link.text().split()) >= _SENTENCE and not _is_in_menu(link):
            for node in _texts(link):
                words = node.text(deep=False).split()
                random.shuffle(words)
                write(node, " ".join(words))
    return changed(page, tree)


def quoting_teasers(page: Page, gold: Gold, random: Random) -> Page:
    """The same page, but that what leads to other articles says some words of this one's text."""
    tree, words = tree_of(page), " ".join(text for _, text in gold.get("blocks") or []).split()
    for link in _teasers(tree, known(gold)):
        if len(link.text().split()) >= _SENTENCE and not _is_in_menu(link):
            for node in _texts(link):
                start, count = random.randrange(len(words) or 1), len(node.text(deep=False).split())
                write(node, " ".join(words[start : start + count]))
    return changed(page, tree)


def _is_in_menu(node: LexborNode) -> bool:
    around: LexborNode | None = node
    while around is not None and around.tag not in ("nav", "header", "footer"):
        around = around.parent
    return around is not None


def _span(blocks: list[Block], said: Known) -> tuple[int, int]:
    """From the headline to the last paragraph: what stands between may be a stamp or a number of the article itself."""
    places = [place for place, block in enumerate(blocks) if len(block.said) > _TITLE and block.said in said.whole]
    return (places[0] - 8, places[-1]) if places else (0, len(blocks))


def _other_numbers(outside: list[Block], random: Random) -> None:
    """Relative times, and the comment counts of teasers, which are links themselves or stand beside one."""
    for block in outside:
        for node in block.texts:
            text = node.text(deep=False)
            new = _RELATIVE.sub(lambda match: _later(match, random), text)
            if _in_teaser(node):
                new = _COUNT.sub(lambda _: str(random.randint(1, 999)), new)
            if new != text:
                write(node, new)


def _later(match: re.Match[str], random: Random) -> str:
    before, space, after = (match[1], match[2], match[3]) if match[1] else ("", "", match[6])
    return f"{before}{space}{random.randint(2, 58)}{after}"


def _in_teaser(node: LexborNode) -> bool:
    around = node.parent
    for _ in range(4):
        if around is None:
            return False
        if any(len(link.text().strip()) >= _TITLE for link in around.css("a[href]")):
            return around.tag not in ("body", "main", "html")
        around = around.parent
    return False


def _teasers(tree: LexborHTMLParser, said: Known) -> list[LexborNode]:
    """Links that make up the block that they stand in, and are neither text of the article nor about its authors."""
    return [
        link
        for link in tree.css("a[href]:not([href^='#'])")
        if len(link.text().strip()) >= _TITLE and not said.holds(loose(link.text())) and _is_teaser(link, said)
    ]


def _is_teaser(link: LexborNode, said: Known) -> bool:
    around = link.parent
    while around is not None and around.tag not in BLOCKS:
        around = around.parent
    if link.css_first("figcaption") is not None:
        return False
    if around is None or around.tag in ("figcaption", "h1", "blockquote", "cite"):
        return False
    text = loose(around.text())
    if _ABOUT.search(_names(link) + _names(around)) or said.holds(text):
        return False
    return len(loose(link.text())) >= _MOSTLY * len(text)


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return " ".join(attributes.get(name) or "" for name in ("class", "rel", "itemprop", "href")).lower() + " "


def _rotate(links: list[LexborNode]) -> None:
    """Each title goes to the next link, the last one to the first."""
    titles = [link.text(deep=True, separator=" ").strip() for link in links]
    for link, title in zip(links, titles[1:] + titles[:1], strict=True):
        texts = [node for node in _texts(link) if node.text(deep=False).strip()]
        for node in texts[1:]:
            write(node, " ")
        if texts:
            write(texts[0], title)


def _texts(node: LexborNode) -> list[LexborNode]:
    return [inner for inner in node.traverse(include_text=True) if inner.is_text_node]


def _other_attributes(tree: LexborHTMLParser, random: Random) -> None:
    """Nonces everywhere, new ids for advertisements, new parameters for pictures and links that are tracked."""
    for node in tree.css("script, style, link, iframe, ins, div, li"):
        attributes = node.attributes
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        if _ADS.search(names) and attributes.get("id"):
            node.attrs["id"] = f"ad-{random.randrange(10**8)}"
        if node.tag in ("script", "style") or random.random() < 0.2:
            node.attrs[random.choice(_TOKENS)] = f"{random.getrandbits(64):x}"
        for name in (*_TOKENS, _SLOT):
            if attributes.get(name):
                node.attrs[name] = f"{random.getrandbits(64):x}"
