"""Takes what readers wrote out of the data that a page has for its scripts: a parsed tree is changed in place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.read.comments import BLANK
from scraper.read.comments.flat import unfolded
from scraper.read.comments.people import nick_of, said_alike, said_by_people, text_of
from scraper.read.comments.unseen import code_tells, markup_tells, says
from scraper.read.linked_data import parse
from scraper.read.states import is_inline, objects, values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from scraper.read.linked_data import Json

# An article of the kind "comment" is one, readers' comments are several.
_SEVERAL = ("s", "kommentare", "data", "byid", "by_id", "tree", "thread", "list")
_NAME = r"(?:comments?|kommentare?)(?:_?(?:list|data|by_?id|tree|threads?|items|nodes))?"
_KEY = re.compile(rf"(?:\w*[a-z_])?{_NAME}|postings|replies", re.I)
_QUOTE = r"\\*[\"']"
# A quick look: there is talk in it, or there may be. Scripts are long, and a word alone is found many times as fast as
# the same pattern; those that stand in most scripts come first.
_TALKED = (
    "parent", "like", "comment", "reacti", "reakti", "reader", "review", "community", "thread", "discuss", "diskuss",
    "debat", "kommentar", "posting", "forum", "ugc", "feedback", "opinion", "meinung", "answer", "antwort",
    "conversation", "leser", "zuschrift", "reply", "replies", "beitr", "stimmen", "vote", "avatar",
    "coral", "disqus", "livefyre", "viafoura", "hyvor", "openweb", "spotim", "spot_im", "remark42",
    "displayname", "display_name", "username", "user_name", "screenname", "screen_name", "nickname", "nick_name",
)  # fmt: skip
_TALK = re.compile(r"\btalk")
# A text or a piece of markup that is called comments.
_HELD = re.compile(r"(?:\w*[a-z_])?(?:comments?|kommentare?)_?(?:html|markup|text|body|content)", re.I)
# What is assigned to a name, or given to a key.
_ASSIGNED = re.compile(r"([\w$]+)[\"'`\]]*\s*[=:]\s*$")
# The same in what is no JSON, or in a text that holds JSON: in lower case.
_QUOTED = re.compile(
    rf"{_NAME}{_QUOTE}\s*:\s*[\[{{]+[^\]]{{0,2000}}?(?:text|body|content|message|comment|html)\w*{_QUOTE}\s*:\s*{_QUOTE}[^\"'\\]"
)
_TEXT = re.compile(r"(?:\w*_)?(?:text|body|content|message|comment|html|markdown|raw)\w*", re.I)
_BY = re.compile(r"author|comment(?:er|or)|user|name|nick|display|profile|created|date|time|posted|published", re.I)
_TYPE = re.compile(r"\w*Comment(?:Node|Item)?")
_USER = re.compile(r"(?:\w*_)?(?:users?|commenters?|members?|profiles?)(?:_?(?:by_?id|data|list|map))?", re.I)
# What an article has and a comment has not.
_ARTICLE = frozenset(("headline", "teaser", "kicker"))
_FIGURES = re.compile(r"[\d\s:.,+TZ-]{0,40}")
# In characters; whole scripts are longer, and would fill the memory.
_LONGEST_REMEMBERED = 8_000
# So much of a comment in a script is that comment and no coincidence.
_TELLING, _LONGEST_NAME = 24, 40


def blank_states(tree: LexborHTMLParser, words: Words) -> bool:
    """In other scripts, comments by the name that they have there or by what they are, and what was said on the page
    wherever it stands; a script that is no JSON and holds any of these is emptied. Whether anything changed.
    """
    changed = False
    for script in filter(is_inline, tree.css("script")):
        text = script.text()
        if _is_talked(text) or _is_talked(_called(script)) or words.stand_in(text):
            blanked = "" if _is_markup(text) else without_talk(text, words, _called(script))
            if blanked != text:
                changed = True
                fill(script, blanked)
    return changed


def _is_talked(text: str) -> bool:
    if _TALKED[0] in text or _TALKED[1] in text:
        return True  # as in most long scripts, which need not be written again in lower case then
    low = text.lower()
    return any(map(low.__contains__, _TALKED)) or _TALK.search(low) is not None


def _called(script: LexborNode) -> str:
    """By its id or that of the element that it is given to."""
    around = script.parent.attributes.get("id") if script.parent is not None else None
    return (script.attributes.get("id") or around or "").replace("-", "_")


def without_talk(script: str, words: Words, called: str = "") -> str:
    """The script, without what people said in it; empty where that stands in what is no JSON. `called` is its name."""
    if not words.stand_in(script):
        silent = len(script) <= _LONGEST_REMEMBERED and _is_silent(script, called)
        return script if silent else _without(script, Words(stay=words.stay), called)
    blanked = _without(script, words, called)
    return "" if words.stand_in(blanked) else blanked


@lru_cache(maxsize=256)  # attributes of a site's pages hold the same data, time and again
def _is_silent(script: str, called: str) -> bool:
    """Nobody speaks in it, whatever a page shows: what a page shows can only make more of it the article's own."""
    return _without(script, Words(), called) == script


def holds_quoted(text: str) -> bool:
    """What is no JSON, or a text, holds JSON with a comment in it."""
    low = text.lower()
    return ("comment" in low or "kommentar" in low) and _QUOTED.search(low) is not None


def talks(text: str, called: str = "") -> bool:
    """Whether people say something in it."""
    return text.lstrip()[:1] in ("[", "{") and without_talk(text, Words(), called) != text


def _is_markup(text: str) -> bool:
    """A template, and there are comments in it."""
    return text.lstrip()[:1] == "<" and markup_tells(text)


@dataclass(frozen=True, slots=True)
class Words:
    """What was blanked out on the page: how the longer texts start, and what may be a name. Other lines `stay`."""

    starts: Collection[str] = ()
    names: Collection[str] = ()
    stay: Collection[str] = ()

    @staticmethod
    def of(texts: Collection[str], stay: Collection[str] = ()) -> Words:
        starts = (_letters(text)[:_TELLING] for text in texts)
        return Words(
            {start for start in starts if len(start) == _TELLING}, {text for text in texts if _is_name(text)}, stay
        )

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


def _without(script: str, words: Words, called: str) -> str:
    """The script, with all strings blank in what people say, by its name or by what it is, and in what holds the words;
    empty where what is no JSON names comments.
    """
    parts, gaps, end = [], [], 0
    for first, last, value in values(script):
        gaps.append(script[end:first])
        name = _ASSIGNED.search(script[max(0, first - _LONGEST_NAME) : first])
        key = name[1] if name else called
        blanked = _blank_words(value, words)
        if _is_talked(key) or _is_talked(script[first:last]):
            blanked = any((_blank_named(value), _blank_said(value, key, words), blanked))
        if blanked:
            _blank_users(value, words.stay)
        parts += [gaps[-1], written(value) if blanked else script[first:last]]
        end = last
    gaps.append(script[end:])
    return "" if any(holds_quoted(gap) or code_tells(gap) for gap in gaps) else "".join([*parts, gaps[-1]])


def _blank_named(value: Json) -> bool:
    found = False
    for item in objects(value):
        if "__typename" in item and _TYPE.fullmatch(str(item["__typename"])) and _says_something(item):
            found = True
            _blank_strings(item)
        for key, inner in item.items():
            several = isinstance(inner, list) or (isinstance(inner, dict) and key.lower().endswith(_SEVERAL))
            if several and _KEY.fullmatch(key) and (_says_something(inner) or _lists_words(inner)):
                found = True
                _blank_strings(inner)
            elif isinstance(inner, str) and _is_held(key) and says(inner):
                found = True
                item[key] = BLANK
    return found


# Objects of one kind have the same few keys, time and again.
@lru_cache(maxsize=2048)
def _is_held(key: str) -> bool:
    return _HELD.fullmatch(key) is not None


def _blank_said(value: Json, called: str, words: Words) -> bool:
    """What people say whatever it is called, also in texts that hold data or markup."""
    holders = list(said_by_people(value, called))
    for told in said_alike(value):
        if not _are_shown(told, " ".join(words.stay)):
            holders += told
    for holder in holders:
        _blank_strings(holder)
    unfolding = _said_in_flat(value, called)
    found = bool(unfolding) and _blank_where(value, unfolding.__contains__)
    return _blank_where(value, _holds_talk) or found or bool(holders)


def _said_in_flat(value: Json, called: str) -> set[str]:
    """What people say, and who they are, where it stands as values of a list."""
    holders = said_by_people(unfolded(value), called)
    texts = (text for holder in holders for item in objects(holder) for text in item.values())
    return {text for text in texts if isinstance(text, str) and not _FIGURES.fullmatch(text)}


def _are_shown(told: list[dict[str, Json]], shown: str) -> bool:
    """What is said stands in the article, or all who say it do: these are its authors."""
    letters = _letters(shown)
    return any(_letters(text_of(one)) in letters for one in told) or all(nick_of(one) in shown for one in told)


def _holds_talk(text: str) -> bool:
    if len(text) <= _TELLING or not ("<" in text or "[" in text or "{" in text):
        return False
    if holds_quoted(text) or code_tells(text) or ("<" in text and markup_tells(text)):
        return True
    value = parse(text) if text[:1] in ("[", "{") else None
    return next(said_by_people(value), None) is not None


def _blank_words(value: Json, words: Words) -> bool:
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


def _lists_words(value: Json) -> bool:
    """Texts without keys, alone or each with who wrote it."""
    rows = value if isinstance(value, list) else []
    told = (text for row in rows for text in (row if isinstance(row, list) else [row]))
    return any(isinstance(text, str) and says(text) for text in told)


def _blank_users(value: Json, stay: Collection[str]) -> None:
    """Who comments may stand apart from what they say; not those whose names the page shows: these are its authors."""
    shown = " ".join(stay)
    for item in objects(value):
        if _USER.fullmatch(str(item.get("__typename"))):
            _blank_unshown(item, shown)
        for key, inner in item.items():
            for one in objects(inner) if isinstance(inner, (dict, list)) and _USER.fullmatch(key) else ():
                _blank_unshown(one, shown)


def _blank_unshown(user: dict[str, Json], shown: str) -> None:
    names = [text for key, text in user.items() if isinstance(text, str) and text and key.lower().endswith("name")]
    if names and not any(name in shown for name in names):
        _blank_strings(user)


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
            if isinstance(inner, (dict, list)):
                waiting.append(inner)
            elif isinstance(inner, str) and holds(inner):
                found = True
                item[place] = BLANK  # type: ignore[call-overload,index]
    return found


def written(value: Json) -> str:
    """Nothing of what is nested deeper than can be written."""
    try:
        return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    except RecursionError:
        return f'"{BLANK}"'


def _letters(text: str) -> str:
    """Without anything that JSON, HTML or a typesetter may write in another way."""
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})|\\[nrt]", lambda match: chr(int(match[1], 16)) if match[1] else " ", text)
    return re.sub(r"[\W_]+", "", unescaped).casefold()


def fill(script: LexborNode, text: str) -> None:
    for child in list(script.iter(include_text=True)):
        child.replace_with(text) if text else child.decompose()
