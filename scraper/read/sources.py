"""Links of an article to what it draws on: they lead to other sites, and a sentence of the text introduces them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.read.outline import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from scraper.read.outline import Box, Line, Outline

_LINKED, _LABELS, _SMALL = 0.8, 2, 6


def sources(page: Outline, lines: Sequence[Line]) -> set[int]:
    """The lines, by number: items of a list right behind "These papers were read:", and headings that are a link, right
    over a sentence in the box of the text."""
    before = {after.at: line for line, after in pairwise(lines)}
    behind = {line.at: after for line, after in pairwise(lines)}
    items: dict[Box, list[Line]] = defaultdict(list)
    found = set()
    for line in lines:
        around = line.box.up("ul", "ol") if line.linked else None
        if around is not None:
            items[around].append(line)
        elif line.box.tag in HEADINGS and line.link_share > _LINKED and _heads(line, behind.get(line.at)):
            found |= {line.at} if leads_out(page, line) else set()
    for around, listed in items.items():
        intro = before.get(listed[0].at)
        if intro is None or not (intro.running and intro.text.endswith(":") and intro.box.parent is around.parent):
            continue
        if len(listed) == around.last - around.first and all(leads_out(page, line) for line in listed):
            found |= {line.at for line in listed}
    return found


def _heads(line: Line, after: Line | None) -> bool:
    around = line.box.parent
    if after is None or around is None or not (after.running and after.box.parent is around):
        return False
    return around.last - around.first > _SMALL


def leads_out(page: Outline, line: Line) -> bool:
    """Every link of the line is one to another site; a part of the own one is none."""
    links = {href for node in line.nodes if (href := _href(node, line.box)) is not None}
    return bool(links) and all((site := _site(href)) and site != _site(f"//{page.host}") for href in links)


def _href(node: LexborNode, box: Box) -> str | None:
    around = node.parent
    while around is not None and around.mem_id != box.node.mem_id:
        if around.tag == "a":
            return around.attributes.get("href") or ""
        around = around.parent
    return None


def _site(href: str) -> str:
    """The last two labels of its host; empty where it names none."""
    try:
        host = urlsplit(href).hostname or ""
    except ValueError:
        return ""
    return ".".join(host.split(".")[-_LABELS:])
