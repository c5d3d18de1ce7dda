"""Takes readers' words out of what holds them unseen: templates, frames, `<noscript>`, fields to write in, and what is
commented out. A parsed tree is changed in place; none of it is read as an article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.comments.data import talks
from scraper.read.comments.discussion import heads
from scraper.read.comments.headings import ANSWER
from scraper.read.comments.names import are_several, may_hold_comments, names_of
from scraper.read.comments.unseen import code_tells, heads_comments, markup_tells, says
from scraper.read.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from scraper.read.comments.data import Words

_OUTSIDE = ("body", "html", "main", "article")
_FAR = 6
_HOLDERS = "template, iframe[srcdoc], textarea"  # few pages have any, and to look for all takes as long as for one
# What is embedded can be reported, too.
_REPLY = re.compile(r"antwort|reply|répon|respon|rispon", re.I)


def blank_carriers(tree: LexborHTMLParser, words: Words) -> bool:
    """All but `<noscript>`, in which an article may stand; a template goes whole. Whether anything changed."""
    if tree.css_first(_HOLDERS) is None:
        return _drop_remarks(tree, words)
    found = [node for node in tree.css("template") if _tells(node, node.html or "", words)]
    for node in found:
        node.decompose()
    for node in tree.css("iframe[srcdoc]"):
        if _tells(node, node.attributes.get("srcdoc") or "", words):
            node.attrs["srcdoc"] = ""
            found.append(node)
    for node in tree.css("textarea"):
        if _is_written(node, words):
            node.inner_html = ""
            found.append(node)
    return _drop_remarks(tree, words) or bool(found)


def unseen_comments(tree: LexborHTMLParser) -> list[LexborNode]:
    """Of what only those see who have no scripts, or look into it: the elements that hold comments, or follow their
    heading.
    """
    found: list[LexborNode] = []
    for node in tree.css("noscript, object, select, canvas"):
        inside = list(node.css("*"))
        named = [inner for inner in inside if are_several(names_of(inner)) and says(inner.text())]
        if not named and (_is_within(node) or any(may_hold_comments(names_of(inner)) for inner in inside)):
            named = [node] if says(node.text()) else []
        found += named or _headed(inside) or _answered(inside)
    return found


def _headed(inside: list[LexborNode]) -> list[LexborNode]:
    """What begins with a heading like "Diskussion" is no article, and under any other the readers speak."""
    told = [clean(node.text()) for node in inside]
    places = [
        place for place, text in enumerate(told) if heads_comments(text) or (heads(text) and told[0].startswith(text))
    ]
    under = inside[places[0] + 1 :] if places else []
    return under if any(says(node.text()) for node in under) else []


def _answered(inside: list[LexborNode]) -> list[LexborNode]:
    """The smallest elements that say something which one can answer."""
    found: dict[int, LexborNode] = {}
    for node in inside[1:]:
        said = clean(node.text())
        box = node if ANSWER.match(said) and _REPLY.search(said) else None
        while box is not None and box.mem_id != inside[0].mem_id and not says(box.text()):
            box = box.parent
        if box is not None and box.mem_id != inside[0].mem_id:
            found[box.mem_id] = box
    return list(found.values())


def _drop_remarks(tree: LexborHTMLParser, words: Words) -> bool:
    """What is commented out."""
    remarks = [node for node in tree.root.traverse(include_text=True) if node.is_comment_node] if tree.root else []
    found = [node for node in remarks if _is_talk(node.comment_content or "", words, named=_is_within(node.parent))]
    for node in found:
        node.decompose()
    return bool(found)


def _is_talk(said: str, words: Words, *, named: bool) -> bool:
    if "<" not in said and "{" not in said:
        return False
    return markup_tells(said, named=named) or talks(said) or code_tells(said) or words.stand_in(said)


def _tells(node: LexborNode, said: str, words: Words) -> bool:
    title = node.attributes.get("title") or ""
    return markup_tells(said, named=_is_within(node) or heads_comments(title)) or words.stand_in(said)


def _is_written(node: LexborNode, words: Words) -> bool:
    """Something stands in the field, and it is one for comments."""
    said = node.text()
    if not said.strip():
        return False
    called = f"{node.attributes.get('name') or ''} {names_of(node)}".lower()
    return _is_within(node) or may_hold_comments(called) or talks(said, called) or words.stand_in(said)


def _is_within(node: LexborNode | None) -> bool:
    """It or a box close around it is called like comments, or like the form for one."""
    around = node
    for _ in range(_FAR):
        if around is None or around.tag in _OUTSIDE:
            break
        called = names_of(around)
        if are_several(called) or (around.tag in ("form", "template", "iframe", "noscript") and "comment" in called):
            return True
        around = around.parent
    return False
