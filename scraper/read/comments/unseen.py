"""Whether what no reader of the page sees holds comments: markup in templates, frames and remarks, and the code of
scripts: object literals without quotes about their keys, calls with a text. A text in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scraper.read.comments.count import number_in
from scraper.read.comments.headings import ANSWER, invites, is_plain, names_one, names_readers
from scraper.read.comments.names import may_hold_comments, names_of
from scraper.read.microdata import is_comment
from scraper.read.scan import scan
from scraper.read.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HINTS = (
    "comment", "kommentar", "reacti", "leser", "reader", "posting", "disqus", "dsq", "livefyre", "viafoura",
    "zuschrift", "antworten", ">reply",
)  # fmt: skip
# What stands in one is not reached.
_TEMPLATE = re.compile(r"(</?)template\b", re.I)
_NO_TEXT = ("link", "meta", "script", "style", "img", "svg")
_WORDS, _LONGEST_CALL = 4, 120
# Also what may be called so that a page says to its readers: these stand in a list.
_TALK = r"talk|dis[ck]uss(?:ion(?:en)?|ions)|debatte|debate|forum|threads?|conversations?|zuschriften"
# Of code; all in lower case, as the code is then: to look for both cases takes several times as long.
_CODE_HINTS = (
    "comment", "kommentar", "posting", "replies", "leser", "reader", "talk", "discuss", "diskuss", "debat", "forum",
    "thread", "conversation", "zuschrift",
)  # fmt: skip
_OBJECT = re.compile(
    r"(?:comments?|kommentare?|postings?|replies|(?:leser|reader)_?(?:briefe|stimmen|posts|letters|voices)"
    rf"|(?P<talk>{_TALK}))(?:_?(?:list|data|by_?id|tree|threads?|items|nodes))?"
    r"\\*[\"'`]?\s*[:=]\s*[\[{]"
)
_KEY_OF_TEXT = re.compile(
    r"(?:text|txt|body|content|message|msg|comment|html|said|statement|opinion|beitrag)\w*\\*[\"'`]?\s*:"
    r"\s*\\*[\"'`][^\"'`\s]+\s[^\"'`\s]+\s[^\"'`]"
)
_KEY_OF_AUTHOR = re.compile(r"(?:author|user|nick|name|by|from|autor)\w*\\*[\"'`]?\s*:")
_LISTED = re.compile(r"\[\s*\{")
_BRACKET = re.compile(r"[\[\]{}]")
_CALL = re.compile(r"(?:comment|kommentar)\w*\s*\(\s*[^()]{0,200}?[\"'`]([^\"'`(){};]{20,2000})[\"'`]")
_NEAR = 2000


def markup_tells(markup: str, *, named: bool = False) -> bool:
    """By the names of its elements, or by a heading. `named`: what holds it is called like comments.

    What cannot be parsed in reasonable time is taken for that.
    """
    if "<" not in markup or not (named or any(map(markup.lower().__contains__, _HINTS))):
        return named and says(markup)
    if scan(markup).too_deep:
        return True
    tree = LexborHTMLParser(_TEMPLATE.sub(r"\1div", markup))
    root = tree.root
    if root is None or not any(says(node.text(deep=False)) for node in _texts(root)):
        return False
    return named or any(_is_sign(node) for node in root.css("*"))


def code_tells(text: str) -> bool:
    """What is called comments holds somebody's words, or a function that is called so is given some."""
    low = text.lower()
    if not any(map(low.__contains__, _CODE_HINTS)):
        return False
    for match in _OBJECT.finditer(low):
        held = _inside(low[match.end() : match.end() + _NEAR])
        if match["talk"] and not _LISTED.search(match[0][-1] + held):
            continue
        if _KEY_OF_TEXT.search(held) and _KEY_OF_AUTHOR.search(held):
            return True
    calls = (match[1] for match in _CALL.finditer(low))
    return any(len(said.split()) >= _WORDS and not invites(said) for said in calls)


def says(text: str) -> bool:
    """Several words, and none of the paper's to those who may comment: these are few."""
    return len(text.split()) >= _WORDS and (len(text) > _LONGEST_CALL or not invites(text))


def heads_comments(text: str) -> bool:
    """It heads comments, or one."""
    return is_plain(text) or names_readers(text) or names_one(text) or number_in(text) is not None


def _texts(root: LexborNode) -> list[LexborNode]:
    return [node for node in root.traverse(include_text=True) if node.tag == "-text"]


def _is_sign(node: LexborNode) -> bool:
    if node.tag in _NO_TEXT:
        return False
    if is_comment(node) or may_hold_comments(names_of(node)):
        return True
    said = clean(node.text(deep=False))
    return bool(said) and (heads_comments(said) or ANSWER.match(said) is not None)


def _inside(rest: str) -> str:
    """Up to the bracket that closes what was opened before."""
    depth = 1
    for bracket in _BRACKET.finditer(rest):
        depth += 1 if bracket[0] in "[{" else -1
        if not depth:
            return rest[: bracket.start()]
    return rest
