"""Links of a page that say something else: those in the text of an article, at any place of it, and all others."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.steady_tree import blocks_of, changed, known, tree_of, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from benchmarks.corpus import Gold
    from benchmarks.steady_tree import Block
    from scraper.page import Page

# What a link may say at the next look: titles, names, times, labels, and what is none of them.
PHRASES = (
    "Ein Wal wurde vor der Sandbank gesehen", "Ein Wal wurde gesehen. Er schwamm am Abend wieder in die See hinaus.",
    "Der Fährmann hat mit dem Unfall nichts zu tun", "Why the ferry turned back before it reached the island", "Wal",
    "By Anna Beispiel", "Von Ben Muster und Anna Beispiel", "Anna Beispiel", "Küstenbote Redaktion", "dpa / AFP",
    "Foto: Ben Muster", "Freitag, 12 Uhr", "20. November", "Nov 20, 2026", "11:30 Uhr", "11h30", "vor einer Stunde",
    "just now", "Zuletzt bearbeitet am Montag", "Ergänzung", "Transparenzhinweis", "Rättelse", "Precisazione",
    "Wir haben einen Fehler verbessert", "siebzehn Kommentare", "3 Stimmen", "1.234", "Alle Reaktionen", "Anzeige",
    "Jetzt anmelden", "Noch kein Abo?", "Lesezeit: 4 Minuten", "Mehr zum Thema", "Lesen Sie auch", "Live", "…",
)  # fmt: skip
PLACES = ("begin", "middle", "end", "whole")
_OPENS, _CLOSES, _WORDS, _SHORTEST = "LINK-OPENS", "LINK-CLOSES", 5, 40
_LINK = b'<a class="link" href="https://kueste.example/wal">'
_NAMES = ("href", "title", "alt", "src", "srcset", "id", "class", "rel", "aria-label", "data-id")


def links_in_text(page: Page, gold: Gold, random: Random) -> Iterator[tuple[str, Page, Page]]:
    """By kind: in the first, the last and another block of the text a link that says something else, and the page with
    the link as it was.
    """
    for which in ("first", "last", "any"):
        for place in PLACES:
            tree = tree_of(page)
            blocks = [block for block in blocks_of(tree) if len(block.said) >= _SHORTEST]
            said = known(gold).whole
            texts = [block for block in blocks if block.said in said]
            if not texts:
                return
            block = {"first": texts[0], "last": texts[-1]}.get(which) or random.choice(texts)
            if _link(block, place):
                before = _opened(changed(page, tree))
                yield f"link in {which} block, {place}", _said_otherwise(before, random.choice(PHRASES)), before


def _link(block: Block, place: str) -> bool:
    """Makes some words of a block a link."""
    nodes = [node for node in block.texts if len(node.text(deep=False).split()) >= _WORDS]
    if not nodes or any(node.parent is not None and node.parent.tag == "a" for node in nodes):
        return False
    node = nodes[0] if place == "begin" else nodes[-1]
    words = node.text(deep=False).split(" ")
    few = min(_WORDS, len(words))
    start = {"begin": 0, "whole": 0, "middle": (len(words) - few) // 2, "end": len(words) - few}[place]
    end = len(words) if place == "whole" else start + few
    said = " ".join(words[start:end])
    write(node, " ".join((*words[:start], f"{_OPENS}{said}{_CLOSES}", *words[end:])))
    return True


def _opened(page: Page) -> Page:
    body = page.body.replace(_OPENS.encode(), _LINK).replace(_CLOSES.encode(), b"</a>")
    return replace(page, body=body)


def _said_otherwise(page: Page, phrase: str) -> Page:
    """Between the tags of the link that was made."""
    start = page.body.index(_LINK) + len(_LINK)
    end = page.body.index(b"</a>", start)
    return replace(page, body=page.body[:start] + phrase.encode() + page.body[end:])


def other_link(page: Page, random: Random) -> Page:
    """One to three texts in links of the page say something else, wherever they stand."""
    tree = tree_of(page)
    nodes = [node for link in tree.css("a") for node in _texts(link)]
    for node in random.sample(nodes, min(len(nodes), random.choice((1, 1, 3)))):
        write(node, random.choice(PHRASES))
    return changed(page, tree)


def other_link_attribute(page: Page, random: Random) -> Page:
    """An attribute of a link, or of what stands in one, says something else."""
    tree = tree_of(page)
    nodes = _with_attributes(tree)
    if nodes:
        node = random.choice(nodes)
        node.attrs[random.choice([name for name in _NAMES if node.attributes.get(name)])] = random.choice(PHRASES)
    return changed(page, tree)


def _with_attributes(tree: LexborHTMLParser) -> list[LexborNode]:
    return [node for node in tree.css("a, a *") if any(node.attributes.get(name) for name in _NAMES)]


def _texts(link: LexborNode) -> list[LexborNode]:
    return [node for node in link.traverse(include_text=True) if node.is_text_node and re.search(r"\w", node.text())]
