"""Broken markup: the tree that our readers work on is the one that a browser builds, and no markup kills a reader.

Compared are elements, attributes and text. Left out are comments, the doctype and what stands in a `<template>`, for no
reader looks at those. Fragments are nothing that is read: those are only survived (`declined`).
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from benchmarks.hostile.case import Case, Verdict, declined, manifest, same
from benchmarks.hostile.page import page_of, survive
from scraper.charset import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from selectolax.lexbor import LexborNode

# One node of the expected tree; texts may go over several lines.
_NODE = re.compile(r"^\| (?P<indent> *)(?P<node>.*(?:\n(?!\| |\Z).*)*)", re.M)

# "<svg path>" is a `path`; "xlink href" is written "xlink:href" in a page.
_FOREIGN = re.compile(r"^(?:<(svg|math) |(xlink|xml) (?=\w+=))")


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        yield Case(case["id"], partial(_judge, case))


def _judge(case: dict[str, Any]) -> Verdict:
    body = case["input_text"].encode("utf-8", "surrogatepass")
    page = page_of(body)
    survive(page)
    if case["fragment"] is not None:
        return declined("no fragments are read")
    tree = LexborHTMLParser(text_of(body, "text/html; charset=utf-8"))
    return same("\n".join(_lines(tree.root, 0)), "\n".join(_sorted(_wanted(case["expected"]))))


def _lines(node: LexborNode | None, depth: int) -> Iterator[str]:
    """A node and all below it as the suite writes it."""
    if node is None or node.is_comment_node:
        return
    if node.is_text_node:
        yield f'{"  " * depth}"{node.text(deep=False)}"'
        return
    yield f"{'  ' * depth}<{node.tag}>"
    yield from sorted(f'{"  " * depth}  {name}="{value or ""}"' for name, value in node.attributes.items())
    for child in node.iter(include_text=True) if node.tag != "template" else ():
        yield from _lines(child, depth + 1)


def _wanted(expected: str) -> Iterator[str]:
    skipped: int | None = None
    for found in _NODE.finditer(expected):
        depth, node = len(found["indent"]), found["node"]
        if skipped is not None and depth > skipped:
            continue
        skipped = None
        if node.startswith(("<!--", "<!DOCTYPE")):
            continue
        if node == "content":
            skipped = depth
            continue
        yield found["indent"] + _FOREIGN.sub(lambda name: "<" if name[1] else f"{name[2]}:", node)


def _sorted(lines: Iterable[str]) -> Iterator[str]:
    """The attributes of each element in the order of their names as they are written in a page."""
    attributes: list[str] = []
    for line in lines:
        if line.lstrip()[:1] in ('"', "<"):
            yield from sorted(attributes)
            attributes.clear()
            yield line
        else:
            attributes.append(line)
    yield from sorted(attributes)
