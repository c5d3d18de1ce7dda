"""Takes readers' words out of the attributes of elements: a parsed tree is changed in place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.read.comments import BLANK
from scraper.read.comments.data import without_talk
from scraper.read.comments.names import may_hold_comments
from scraper.read.comments.unseen import says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from scraper.read.comments.data import Words

_PLAIN = frozenset(
    (
        "class",
        "id",
        "href",
        "src",
        "srcset",
        "style",
        "rel",
        "type",
        "role",
        "lang",
        "width",
        "height",
        "srcdoc",
        "sizes",
    )
)
_WHAT = r"(?:text|body|content|message|html|data|list|json|items|title)"
_WHO = r"(?:author|name|user(?:name)?|nick(?:name)?|by|commenter|autor|e?mail)"
_OF_COMMENTS = re.compile(rf"(?:[\w:-]*[-_:])?(?:comments?|kommentare?)(?:[-_]{_WHAT})?", re.I)
_OF_COMMENTER = re.compile(rf"(?:[\w:-]*[-_:])?(?:comments?|kommentare?|commenter)[-_]{_WHO}", re.I)
_PERSON = re.compile(rf"(?:data-)?(?:[\w]+-)?{_WHO}", re.I)
_TEXT = re.compile(
    rf"(?:data-|:)?(?:(?:comment|kommentar|post|reader|user|leser)-)?(?:{_WHAT}|comment|statement)", re.I
)
# "Kommentar von Quendel melden"
_NAMES = re.compile(r"(?:kommentar|comment|beitrag|antwort|reply)\w*\s+(?:von|by|auf|to|de)\s+\S", re.I)
_LABELS = ("aria-label", "title", "alt")
_FIELDS = ("input", "meta", "button", "option")
# What is said of the article and its pictures.
_ARTICLES = ("alt", "content")
_VALUES = ("value", "content")
_SHORTEST, _LONGEST_LABEL = 3, 250


def blank_attributes(tree: LexborHTMLParser, words: Words) -> bool:
    """Whether anything changed."""
    changed = False
    for node in tree.css("body *, meta[name], meta[property]"):
        attributes = node.attributes
        names = _names_to_see(*attributes)
        if not names or not (words.starts or _may_tell(node.tag or "", attributes, names)):  # as most
            continue
        for name, value in _blanked(node, attributes, words):
            changed = True
            node.attrs[name] = value
    return changed


@lru_cache(maxsize=4096)  # elements of a page have the same attributes, time and again
def _names_to_see(*names: str) -> dict[str, bool]:
    """Those that may hold words, and whether they are called as what readers wrote."""
    return {name: _is_of_commenter(name) or _is_of_comments(name) for name in names if name not in _PLAIN}


def _may_tell(tag: str, attributes: dict[str, str | None], names: dict[str, bool]) -> bool:
    """A quick look: whether `_blanked` has to see this element, on a page that shows no comments."""
    if "-" in tag or tag in _FIELDS:
        return True
    for name, of_readers in names.items():
        value = attributes[name]
        if value and (
            of_readers or value[0] in "[{" or (name in _LABELS and (len(value) > _LONGEST_LABEL or _names_one(value)))
        ):
            return True
    return False


def _blanked(node: LexborNode, attributes: dict[str, str | None], words: Words) -> Iterator[tuple[str, str]]:
    """What is to be written in place of which."""
    told = {
        name: value for name, value in attributes.items() if name not in _PLAIN and value and len(value) >= _SHORTEST
    }
    if not told:
        return
    tag, field = node.tag or "", _field(node.tag or "", attributes)
    readers = "-" in tag and (may_hold_comments(tag) or _speaks(told))
    for name, value in told.items():
        if value[0] in "[{":
            if (blanked := without_talk(value, words, _key(field if name in _VALUES else name))) != value:
                yield name, blanked
        elif (
            _is_readers(field if name in _VALUES else name, value)
            or (readers and ((says(value) and _TEXT.fullmatch(name)) or _PERSON.fullmatch(name)))
            or (name == "value" and _is_typed(tag, attributes) and _PERSON.fullmatch(field))
            or (name not in _ARTICLES and words.stand_in(value))
        ):
            yield name, BLANK


def _key(name: str) -> str:
    """As data would call it."""
    return re.sub(r"^(?:(?:v-bind)?:|data-)", "", name).replace("-", "_")


def _speaks(told: dict[str, str]) -> bool:
    """Somebody is named, and says something."""
    said = any(_TEXT.fullmatch(name) and says(value) for name, value in told.items())
    return said and any(map(_PERSON.fullmatch, told))


def _is_readers(name: str, value: str) -> bool:
    if _is_of_commenter(name) or (name in _LABELS and _NAMES.search(value)):
        return True
    return _is_of_comments(name) and says(value)


@lru_cache(maxsize=2048)  # as navigations have them on all pages
def _names_one(label: str) -> bool:
    return _NAMES.search(label) is not None


# A page has thousands of attributes, of a few dozen names.
@lru_cache(maxsize=2048)
def _is_of_commenter(name: str) -> bool:
    return _OF_COMMENTER.fullmatch(name) is not None


@lru_cache(maxsize=2048)
def _is_of_comments(name: str) -> bool:
    return _OF_COMMENTS.fullmatch(name) is not None


def _is_typed(tag: str, attributes: dict[str, str | None]) -> bool:
    """By a person, and then kept in the page."""
    return tag == "input" and (attributes.get("type") or "text").lower() in ("text", "email")


def _field(tag: str, attributes: dict[str, str | None]) -> str:
    """What a field is called, whose value says no more than that it is one."""
    return (attributes.get("name") or attributes.get("property") or "") if tag in _FIELDS else ""
