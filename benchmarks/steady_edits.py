"""Small changes of an article, each made wherever its page repeats the text: what a change tracker must not miss."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.steady_tree import blocks_of, changed, loose, tree_of, write
from scraper.read.body import NOTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from benchmarks.corpus import Gold
    from benchmarks.steady_tree import Block
    from scraper.page import Page

_WORD = re.compile(r"\b[^\W\d_]{4,}\b")
_NAME = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][a-zäöüß]{3,}\b")
_NUMBER = re.compile(r"\d+")
_NEGATION = re.compile(r" (?:nicht|not|no|never|kein|keine)(?= )", re.I)
_QUOTED = re.compile(r"[„“\"»«]([^„“”\"»«]{2,200})[“”\"«»]")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-ZÄÖÜ„“\"»0-9])")
_SHORTEST, _ITEM, _LIST = 40, 12, 40


def _word(text: str, random: Random) -> str:
    return _swap(text, list(_WORD.finditer(text)), lambda _: "Apfelbaum", random)


def _number(text: str, random: Random) -> str:
    return _swap(text, list(_NUMBER.finditer(text)), lambda old: str(int(old[:18]) + 1), random)


def _name(text: str, random: Random) -> str:
    return _swap(text, list(_NAME.finditer(text)), lambda _: "Quaddelmann", random)


def _quotes(text: str, random: Random) -> str:
    found = list(_QUOTED.finditer(text))
    return _swap(text, found, lambda old: old[1:-1], random)


def _negation(text: str, random: Random) -> str:
    """Takes one out, or puts one in between two words."""
    found = list(_NEGATION.finditer(text))
    if found:
        return _swap(text, found, lambda _: "", random)
    gaps = list(re.finditer(r"(?<=[a-z]) (?=[a-z])", text))
    return _swap(text, gaps, lambda _: " nicht ", random)


def _sentence(text: str, random: Random) -> str:
    """Takes one out, or puts one in."""
    gaps = list(_SENTENCE.finditer(text))
    if len(gaps) > 1 and random.random() < 0.5:
        return text[: gaps[0].start()] + text[gaps[1].start() :]
    return _swap(text, gaps, lambda _: " Das bestreitet die Gemeinde. ", random)


def _swap(text: str, found: list[re.Match[str]], new: Callable[[str], str], random: Random) -> str:
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + new(match[0]) + text[match.end() :]


IN_PARAGRAPHS = {
    "word": _word, "number": _number, "name": _name, "quotes": _quotes, "negation": _negation, "sentence": _sentence,
}  # fmt: skip
ELSEWHERE = ("headline", "standfirst", "caption", "list item", "table cell", "note")
# Few pages have these, or the gold leaves them out: they are put between two paragraphs, as a page would have them.
PLANTED = {
    "planted list item": "<ul><li>Der Damm wächst</li><li>Die Brücke kostet WORD</li><li>Der Hafen bleibt</li></ul>",
    "planted table cell": "<table><tr><th>Ort</th><th>Pegel</th></tr><tr><td>Hafenstadt</td><td>WORD</td></tr></table>",
    "planted note": "<p><em>Anmerkung der Redaktion: Der Damm ist nach Angaben der Gemeinde WORD.</em></p>",
    "planted subhead": "<h2>Die Gemeinde sucht WORD</h2>",
    "planted quote": "<blockquote><p>Wir haben WORD.</p></blockquote>",
    "planted short paragraph": "<p>Es waren WORD.</p>",
    "planted question": "<p><strong>Warum gerade WORD?</strong></p><p>Mehr sind es nicht.</p>",
    "planted correction": '<div class="correction">Korrektur: Es waren WORD.</div>',
    "planted behind a box": '<div class="teaser"><a href="/x">Neue Boote</a></div><p>Es waren WORD.</p>',
}
KINDS = (*IN_PARAGRAPHS, *ELSEWHERE, *PLANTED)
_MARK = "PLANTED-HERE"


@dataclass(frozen=True, slots=True)
class Edit:
    """A page with one change; `before` and `after` are the text around it.

    Attributes:
        unedited: what the page is compared with, where that is not the page as it was.
    """

    kind: str
    page: Page
    before: str
    after: str
    unedited: Page | None = None


def edits(page: Page, gold: Gold, random: Random) -> Iterator[Edit]:
    """One of each kind, as far as the page has a place for it that the gold knows."""
    for kind in (*IN_PARAGRAPHS, *ELSEWHERE):
        tree = tree_of(page)
        done = _headline(tree, gold, random) if kind == "headline" else _edit(tree, gold, kind, random)
        if done:
            yield Edit(kind, changed(page, tree), *done)
    for kind, markup in PLANTED.items():
        tree = tree_of(page)
        if _mark(tree, gold, random):
            one, other = (markup.replace("WORD", word) for word in ("siebzehn", "achtzehn"))
            before, after = (_planted(page, tree, said) for said in (one, other))
            yield Edit(kind, after, one, other, before)


def _mark(tree: LexborHTMLParser, gold: Gold, random: Random) -> bool:
    """Between two paragraphs of the text, not at its end."""
    texts = {loose(text) for name, text in gold.get("blocks") or [] if name == "p" and len(text) >= _SHORTEST}
    found = [block.node for block in blocks_of(tree) if block.node.tag == "p" and block.said in texts]
    between = [one for one, other in pairwise(found) if _next(one) == other]
    if between:
        random.choice(between).insert_after(_MARK)
    return bool(between)


def _next(node: LexborNode) -> LexborNode | None:
    beside = node.next
    while beside is not None and beside.is_text_node:
        beside = beside.next
    return beside


def _planted(page: Page, tree: LexborHTMLParser, markup: str) -> Page:
    whole = changed(page, tree)
    return replace(whole, body=whole.body.replace(_MARK.encode(), markup.encode()))


def _edit(tree: LexborHTMLParser, gold: Gold, kind: str, random: Random) -> tuple[str, str] | None:
    """Tries the places for it in random order until one can be changed."""
    blocks = list(blocks_of(tree))
    alike: dict[str, list[Block]] = {}
    for block in blocks:
        alike.setdefault(block.said, []).append(block)
    places = _places(kind, gold, alike)
    random.shuffle(places)
    change = IN_PARAGRAPHS.get(kind, _word)
    for said in places:
        if done := _change(alike[said], change, random):
            return done
    return None


def _places(kind: str, gold: Gold, alike: dict[str, list[Block]]) -> list[str]:
    """What the blocks say that may be changed."""
    if kind == "standfirst":
        return [said for text in gold.get("summary") or [] if (said := loose(text)) in alike]
    if kind == "caption":
        return [said for text in gold.get("captions") or [] if (said := loose(text)) in alike]
    texts = [text for _, text in gold.get("blocks") or []]
    if kind == "note":
        return [said for text in texts if NOTE.match(text) and (said := loose(text)) in alike]
    if kind in IN_PARAGRAPHS:
        found = [loose(text) for name, text in gold.get("blocks") or [] if name == "p" and len(text) >= _SHORTEST]
        return [said for said in found if said in alike]
    tags = ("li",) if kind == "list item" else ("td", "th")
    body = "\n".join(map(loose, texts))
    return [
        said
        for said, blocks in alike.items()
        if len(said) > _ITEM and any(block.node.tag in tags and _is_told(block.node, body) for block in blocks)
    ]


def _is_told(node: LexborNode, body: str) -> bool:
    """All of the list or row is text of the article: a link elsewhere may well say what a part of a sentence says."""
    around = node.parent
    items = [loose(item.text()) for item in (around.css(node.tag or "") if around is not None else [])]
    return len("".join(items)) > _LIST and all(item in body for item in items) and not _is_links(node)


def _is_links(node: LexborNode) -> bool:
    """Nothing but a link: the gold of some pages has related articles in it."""
    return len("".join(loose(link.text()) for link in node.css("a"))) > len(loose(node.text())) / 2


def _change(blocks: list[Block], change: Callable[[str, Random], str], random: Random) -> tuple[str, str] | None:
    """The same change in all blocks that say the same."""
    seed = random.random()
    done = None
    for block in blocks:
        for node in sorted(block.texts, key=lambda node: -len(node.text(deep=False))):
            text = node.text(deep=False)
            new = change(text, type(random)(seed))
            if new != text:
                write(node, new)
                done = text.strip(), new.strip()
                break
    return done


def _headline(tree: LexborHTMLParser, gold: Gold, random: Random) -> tuple[str, str] | None:
    """In the heading, in the head of the page and in what it tells machines."""
    title = gold.get("title") or ""
    said, words = loose(title), _WORD.findall(title)
    blocks = [block for block in blocks_of(tree) if said and block.said.endswith(said) and _is_heading(block.node)]
    random.shuffle(words)
    for word in words:
        nodes = [node for block in blocks for node in block.texts if word in node.text(deep=False)]
        if nodes:
            for node in nodes:
                write(node, node.text(deep=False).replace(word, "Apfelbaum", 1))
            new = title.replace(word, "Apfelbaum", 1)
            for node in tree.css("title, meta[content], script[type='application/ld+json']"):
                _in_head(node, title, new)
            return title, new
    return None


def _is_heading(node: LexborNode) -> bool:
    around: LexborNode | None = node
    while around is not None and around.tag != "nav":
        around = around.parent
    return around is None and node.tag in ("h1", "h2")


def _in_head(node: LexborNode, title: str, new: str) -> None:
    if node.tag == "meta":
        node.attrs["content"] = (node.attributes.get("content") or "").replace(title, new)
        return
    text = node.text()
    for written in (str, html.escape, lambda said: json.dumps(said)[1:-1]):
        text = text.replace(written(title), written(new))
    for child in list(node.iter(include_text=True)):
        child.replace_with(text)
