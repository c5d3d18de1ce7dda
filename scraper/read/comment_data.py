"""Takes what readers wrote out of the data that a page has for machines: a parsed tree is changed in place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.read.linked_data import LINKED_DATA, parse
from scraper.read.states import INLINE, objects, values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from scraper.read.linked_data import Json

BLANK = "[comment]"
_LINKED_KEYS = frozenset(("comment", "comments"))
_LINKED_TYPES = frozenset(("Comment", "UserComments"))
# An article of the kind "comment" is one, readers' comments are several.
_SEVERAL = ("s", "kommentare", "data", "byid", "by_id", "tree", "thread", "list")
_NAME = r"(?:comments?|kommentare?)(?:_?(?:list|data|by_?id|tree|threads?|items|nodes))?"
_KEY = re.compile(rf"(?:\w*[a-z_])?{_NAME}|postings|replies", re.I)
_QUOTE = r"\\*[\"']"
_NAMED = re.compile(
    rf"(?:{_NAME}|postings|replies){_QUOTE}\s*:\s*[\[{{]|__typename{_QUOTE}\s*:\s*{_QUOTE}\w*Comment", re.I
)
# The same in what is no JSON, or in a text that holds JSON.
_QUOTED = re.compile(
    rf"{_NAME}{_QUOTE}\s*:\s*[\[{{]+[^\]]{{0,2000}}?(?:text|body|content|message|comment|html)\w*{_QUOTE}\s*:\s*{_QUOTE}[^\"'\\]",
    re.I,
)
_TEXT = re.compile(r"(?:\w*_)?(?:text|body|content|message|comment|html|markdown|raw)\w*", re.I)
_BY = re.compile(r"author|comment(?:er|or)|user|name|nick|display|profile|created|date|time|posted|published", re.I)
_TYPE = re.compile(r"\w*Comment(?:Node|Item)?")
# What an article has and a comment has not.
_ARTICLE = frozenset(("headline", "teaser", "kicker"))
_GIVEN = ", ".join(
    f"[{name}]"
    for name in (
        "props", "data-props", "data-page", "data-state", "data-initial-state", "data-initial-props", "data-react-props"
    )
)  # fmt: skip
_FIGURES = re.compile(r"[\d\s:.,+TZ-]{0,40}")
# So much of a comment in a script is that comment and no coincidence.
_TELLING, _LONGEST_NAME = 24, 40


def blank_linked_data(tree: LexborHTMLParser) -> bool:
    """Whether any block told of comments."""
    told = False
    for script in tree.css(LINKED_DATA):
        around: dict[str, Json] = {"": parse(script.text())}
        broken = around[""] is None and _QUOTED.search(script.text()) is not None
        if broken or _drop_comments(around):
            told = True
            _fill(script, "" if broken else _written(around.get("")))
    return told


def blank_states(tree: LexborHTMLParser, texts: Collection[str]) -> bool:
    """In other scripts, comments by the name that they have there, and these texts wherever they stand; a script that
    is no JSON and holds any of these is emptied. Whether anything changed.
    """
    starts = (_letters(text)[:_TELLING] for text in texts)
    words = _Words({start for start in starts if len(start) == _TELLING}, {text for text in texts if _is_name(text)})
    changed = _blank_attributes(tree, words)
    for script in tree.css(INLINE):
        text = script.text()
        told = words.stand_in(text)
        if told or _NAMED.search(text):
            blanked = _without(text, words if told else _Words())
            if words.stand_in(blanked):
                blanked = ""
            if blanked != text:
                changed = True
                _fill(script, blanked)
    return changed


@dataclass(frozen=True, slots=True)
class _Words:
    """What was blanked out on the page: how the longer texts start, and what may be a name."""

    starts: Collection[str] = ()
    names: Collection[str] = ()

    def stand_in(self, text: str) -> bool:
        if not self.starts:
            return False
        letters = _letters(text)
        return any(start in letters for start in self.starts)

    def are_in(self, item: dict[str, Json]) -> bool:
        return any(isinstance(text, str) and self._begin_in(_letters(text)) for text in item.values())

    def _begin_in(self, letters: str) -> bool:
        return any(letters[at : at + _TELLING] in self.starts for at in range(len(letters) - _TELLING + 1))


def _is_name(text: str) -> bool:
    return 2 < len(text) <= _LONGEST_NAME and not text.isdigit()


def _drop_comments(value: Json) -> bool:
    """Takes the comments out in place."""
    found = False
    for item in objects(value):
        for key in [key for key, inner in item.items() if key in _LINKED_KEYS or _is_comment(inner)]:
            found = True
            del item[key]
        for inner in item.values():
            if isinstance(inner, list) and any(map(_is_comment, inner)):
                found = True
                inner[:] = [one for one in inner if not _is_comment(one)]
    return found


def _is_comment(value: Json) -> bool:
    kind = value.get("@type") if isinstance(value, dict) else None
    return isinstance(kind, str) and kind in _LINKED_TYPES


def _blank_attributes(tree: LexborHTMLParser, words: _Words) -> bool:
    """What components are given to begin with. Whether anything changed."""
    changed = False
    for node in tree.css(_GIVEN):
        for name, text in node.attributes.items():
            blanked = _without(text, words) if text and _NAMED.search(text) else text
            if blanked != text:
                changed = True
                node.attrs[name] = blanked or ""
    return changed


def _without(script: str, words: _Words) -> str:
    """The script, with all strings blank in what is called comments and says something, and in what holds the words;
    empty where what is no JSON names comments.
    """
    parts, gaps, end = [], [], 0
    for first, last, value in values(script):
        gaps.append(script[end:first])
        blanked = _blank_named(value) + _blank_words(value, words)
        parts += [gaps[-1], _written(value) if blanked else script[first:last]]
        end = last
    gaps.append(script[end:])
    return "" if any(map(_QUOTED.search, gaps)) else "".join([*parts, gaps[-1]])


def _blank_named(value: Json) -> bool:
    found = False
    for item in objects(value):
        if _TYPE.fullmatch(str(item.get("__typename"))) and _says_something(item):
            found = True
            _blank_strings(item)
        for key, inner in item.items():
            several = isinstance(inner, list) or (isinstance(inner, dict) and key.lower().endswith(_SEVERAL))
            if several and _KEY.fullmatch(key) and _says_something(inner):
                found = True
                _blank_strings(inner)
    return _blank_where(value, _QUOTED.search) or found


def _blank_words(value: Json, words: _Words) -> bool:
    """Where the page said the same, and then the names that stand elsewhere."""
    holders = [item for item in objects(value) if words.are_in(item)] if words.starts else []
    for holder in holders:
        _blank_strings(holder)
    if holders:
        _blank_where(value, lambda text: text in words.names)
    return bool(holders)


def _says_something(value: Json) -> bool:
    """A text, and by whom or when; labels for buttons have neither."""
    return any(
        any(isinstance(text, str) and text not in ("", BLANK) and _TEXT.fullmatch(key) for key, text in item.items())
        and any(map(_BY.match, item))
        and _ARTICLE.isdisjoint(item)
        for item in objects(value)
    )


def _blank_strings(value: Json) -> None:
    """All but numbers and times."""
    _blank_where(value, lambda text: not _FIGURES.fullmatch(text))


def _blank_where(value: Json, holds: Callable[[str], object]) -> bool:
    """Blanks out the strings of which that is true; says whether there were any."""
    found = False
    waiting = [value]
    while waiting:
        item = waiting.pop()
        places = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
        for place, inner in list(places):
            if not isinstance(inner, str):
                waiting.append(inner)
            elif holds(inner):
                found = True
                item[place] = BLANK  # type: ignore[call-overload,index]
    return found


def _written(value: Json) -> str:
    """Nothing of what is nested deeper than can be written."""
    try:
        return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    except RecursionError:
        return f'"{BLANK}"'


def _letters(text: str) -> str:
    """Without anything that JSON, HTML or a typesetter may write in another way."""
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})|\\[nrt]", lambda match: chr(int(match[1], 16)) if match[1] else " ", text)
    return re.sub(r"[\W_]+", "", unescaped).casefold()


def _fill(script: LexborNode, text: str) -> None:
    for child in list(script.iter(include_text=True)):
        child.replace_with(text) if text else child.decompose()
