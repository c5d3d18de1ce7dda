"""What comes and goes among the paragraphs of an article and beside it, and how else the same page may be written: with
other names, numbers, white space and data for machines."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from benchmarks.steady_tree import blocks_of, changed, known, loose, tree_of
from scraper.read.linked_data import LINKED_DATA
from scraper.read.text import BLOCKS

if TYPE_CHECKING:
    from random import Random

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from benchmarks.corpus import Gold
    from scraper.page import Page

_LINK = '<a href="/x/{0}">Der Hafen bekommt {0} neue Boote</a>'
# Some have names that say what they are, some have names that a machine made.
BOXES = (
    '<div class="ad-slot" id="ad-{0}"></div>',
    '<div class="c-{0}"><span>Anzeige</span><div id="slot-{0}"></div></div>',
    "<p>ADVERTISEMENT</p>",
    '<div class="related"><h3>Mehr zum Thema</h3><ul><li>' + _LINK + "</li><li>" + _LINK + "</li></ul></div>",
    '<section class="c-{0}"><h3>Was andere lesen</h3><ul><li>' + _LINK + "</li><li>" + _LINK + "</li></ul></section>",
    '<div class="c-{0}"><a href="/x"><img src="/{0}"><h3>Neue Boote</h3></a><p>Es sind {0}, und alle blau.</p></div>',
    '<div class="newsletter"><h3>Newsletter</h3><p>Jeden Morgen {0} Nachrichten von der Küste, kostenlos.</p></div>',
    "<p><strong>Lesen Sie auch:</strong> " + _LINK + "</p>",
    '<div class="share"><span>{0} shares</span><button>Teilen</button></div>',
)
_BANNER = (
    '<div id="sp-{0}" class="cookie-consent" role="dialog"><h2>Ihre Privatsphäre</h2><p>Wir und unsere {0} Partner'
    " speichern auf Ihrem Gerät, was Sie lesen. Sie können das ablehnen.</p><button>Gut</button></div>"
)
_OTHERS = {
    "@type": "ItemList",
    "itemListElement": [{"@type": "NewsArticle", "headline": "Der Hafen bekommt neue Boote", "author": "Ben Beispiel"}],
}
_MARK = "PUT-IN-HERE-"
_MODIFIED = re.compile(r'("dateModified"\s*:\s*"\d{4}-\d\d-\d\dT\d\d:)\d\d')
_NUMBER = re.compile(r"\d{3,}")
_PRESERVED = frozenset(("pre", "textarea"))


def with_boxes(page: Page, gold: Gold, random: Random) -> Page:
    """Three boxes between paragraphs of the text, and a banner in front of everything."""
    tree = tree_of(page)
    texts = {loose(text) for name, text in gold.get("blocks") or [] if name == "p"}
    paragraphs = [block.node for block in blocks_of(tree) if block.node.tag == "p" and block.said in texts]
    places = [one for one, other in pairwise(paragraphs) if _beside(one, other)]
    places = random.sample(places, min(3, len(places)))
    for number, node in enumerate(places):
        node.insert_after(f"{_MARK}{number}")
    body = changed(page, tree).body.decode()
    for number, box in enumerate(random.sample(BOXES, len(places))):
        body = body.replace(f"{_MARK}{number}", box.format(random.randint(2, 10**6)))
    banner = _BANNER.format(random.randint(2, 900))
    body = re.sub(r"<body[^>]*>", lambda tag: tag[0] + banner, body, count=1)
    return replace(page, body=body.encode())


def _beside(one: LexborNode, other: LexborNode) -> bool:
    """In the same box, neither in a list nor in a quotation."""
    around = one.parent
    return around is not None and other.parent == around and around.tag not in ("li", "td", "blockquote", "figure")


def rewritten(page: Page, gold: Gold, random: Random) -> Page:
    """Other ids and names made by machines, parameters, late pictures, white space, and another order in JSON-LD."""
    tree, said = tree_of(page), known(gold)
    for node in tree.css("body *"):
        _rename(node, random)
    for node in tree.css(LINKED_DATA):
        _tell(node, random)
    body = changed(page, tree).body.decode()
    others = f'<script type="application/ld+json">{json.dumps(_OTHERS)}</script>'
    body = body.replace("</head>", f"{others}<!-- {random.random():.3f}s --></head>", 1)
    return replace(page, body=(_spaced(tree_of(replace(page, body=body.encode()))) if said.whole else body).encode())


def _rename(node: LexborNode, random: Random) -> None:
    attributes = node.attributes
    name = attributes.get("id") or ""
    if _NUMBER.search(name) or node.tag in ("h2", "h3", "p"):
        node.attrs["id"] = _NUMBER.sub(str(random.randrange(10**6)), name) or f"n{random.randrange(10**6)}"
    if node.tag == "a" and (attributes.get("href") or "").startswith(("http", "/")):
        node.attrs["href"] = f"{attributes['href']}#from-{random.randrange(99)}"
    if node.tag == "img":
        node.attrs["loading"] = "lazy"
    if random.random() < 0.2:
        node.attrs["data-track"] = f"{random.getrandbits(64):x}"


def _tell(node: LexborNode, random: Random) -> None:
    """Later, and in another order. What cannot be read as JSON stays as it is."""
    text = node.text()
    try:
        told: Any = json.loads(text)
    except ValueError:
        return
    text = json.dumps(_turned(told), indent=1)
    text = _MODIFIED.sub(lambda match: f"{match[1]}{random.randrange(60):02}", text)
    for child in list(node.iter(include_text=True)):
        child.replace_with(text)


def _turned(told: Any) -> Any:
    """Every object from its end; lists keep their order, for that may mean something."""
    if isinstance(told, list):
        return [_turned(inner) for inner in told]
    return {key: _turned(told[key]) for key in reversed(told)} if isinstance(told, dict) else told


def _spaced(tree: LexborHTMLParser) -> str:
    """A line break around every block, as a pretty printer would put it."""
    for node in tree.css(", ".join(sorted(BLOCKS - {"body", "pre"}))):
        if node.parent is not None and not _is_preserved(node):
            node.insert_before("\n  ")
            node.insert_after("\n")
    return "\ufeff" + (tree.html or "")


def _is_preserved(node: LexborNode) -> bool:
    around: LexborNode | None = node
    while around is not None and around.tag not in _PRESERVED:
        around = around.parent
    return around is not None
