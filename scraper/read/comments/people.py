"""What people said in the data of a page, whatever it is called: JSON in, changed in place.

Somebody and a text in one object are also a portrait or the entry of a live blog. What readers wrote stands under a
name for talk, or can be liked and answered; or several people with names as only readers have say something each.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.read.linked_data import Json

_WORDS = re.compile(r"\S+(?:\s+\S+){2,}")
_TEXT = re.compile(
    r"(?:\w*_)?(?:text|txt|body|content|message|msg|comment|html|markdown|raw|opinion|statement|post|beitrag)\w*"
    r"|review_?body",
    re.I,
)
_PERSON = re.compile(
    r"author\w*|by|user\w*|nick\w*|name|(?:display|screen|full)_?name|comment(?:er|or|ator)\w*|creator|created_?by|poster"
    r"|reader|writer|sender|from|autor\w*|verfasser\w*|person|profile",
    re.I,
)
_TALK = re.compile(
    r"(?:\w*_)?(?:comments?|kommentare?|dis[ck]uss(?:ions?|ion(?:en)?)|debates?|debatten?|threads?|forum|talk|ugc|postings?"
    r"|reactions?|reaktionen|opinions|meinungen|(?:user_?|reader_?)?reviews|answers|antworten|conversations?|community"
    r"|leserbriefe|lesermeinungen|letters|(?:user|reader|leser)_?(?:posts|content|comments|letters)|zuschriften|replies"
    r"|beitraege|gaestebuch|guestbook|voices|stimmen"
    r"|coral|disqus|livefyre|viafoura|hyvor|openweb|spot_?im|remark42)(?:_?(?:list|data|by_?id|items|posts|entries|nodes|tree))?",
    re.I,
)
# Who writes articles is not called that.
_NICK = re.compile(r"(?:display|user|screen|nick)_?name|nick|commenter|poster", re.I)
_SOCIAL = re.compile(
    r"(?:up|down)?_?(?:votes?|likes?)(?:_?count)?|parent_?(?:id|comment)?|in_?reply_?to|repl(?:y|ies)\w*|avatar\w*"
    r"|is_?(?:flagged|reported|approved|moderated)|thumbs_?up|recommendations",
    re.I,
)
_KINDS = frozenset(("type", "kind", "name", "id", "widget", "component", "__typename"))
# So many objects may stand around those of a discussion.
_NEAR = 3
_MANY = 3
# What an article has, and a comment has not.
_ARTICLE = frozenset(("headline", "teaser", "kicker", "slug", "canonical", "url", "title"))


def said_by_people(value: Json, key: str = "") -> Iterator[dict[str, Json]]:
    """The objects that hold somebody's words; `key` is what the whole is called."""
    waiting: list[tuple[Json, int]] = [(value, _NEAR if _is_talk(key) else 0)]
    while waiting:
        item, near = waiting.pop()
        if isinstance(item, dict):
            if _ARTICLE.isdisjoint(item) and (near or any(map(_is_social, item))) and _speaks(item):
                yield item
                continue
            near = _NEAR if _is_kind_of_talk(item) else near - (near > 0)
            waiting += [
                (inner, _NEAR if _is_talk(name) else near)
                for name, inner in item.items()
                if isinstance(inner, (dict, list))
            ]
        elif isinstance(item, list):
            waiting += [(inner, near) for inner in item if isinstance(inner, (dict, list))]


def said_alike(value: Json) -> list[list[dict[str, Json]]]:
    """Beside each other three or more objects with the same keys, and another person speaks in each."""
    found, waiting = [], [value]
    while waiting:
        item = waiting.pop()
        inside = list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else []
        told = [one for one in inside if isinstance(one, dict)]
        if len(inside) == len(told) >= _MANY and _are_alike(told):
            found.append(told)
        waiting += [one for one in inside if isinstance(one, (dict, list))]
    return found


def _are_alike(told: list[dict[str, Json]]) -> bool:
    """They have the same keys, and another person speaks in each."""
    if len({frozenset(one) for one in told}) != 1 or not _ARTICLE.isdisjoint(told[0]) or not all(map(_speaks, told)):
        return False
    return len({nick_of(one) for one in told} - {""}) == len(told)


def text_of(item: dict[str, Json]) -> str:
    """The longest text that is said in it."""
    said = (inner for name, inner in item.items() if isinstance(inner, str) and _TEXT.fullmatch(name))
    return max(said, key=len, default="")


def nick_of(item: dict[str, Json]) -> str:
    """The name that a reader has, here or one level further in."""
    inner = [one for one in item.values() if isinstance(one, dict)]
    said = (text for one in (item, *inner) for name, text in one.items() if text and _NICK.fullmatch(name))
    return next((text for text in said if isinstance(text, str)), "")


def _is_kind_of_talk(item: dict[str, Json]) -> bool:
    kinds = (item[name] for name in _KINDS.intersection(item))
    return any(isinstance(said, str) and _TALK.fullmatch(said) is not None for said in kinds)


def _speaks(item: dict[str, Json]) -> bool:
    """A person, and several words."""
    return any(inner and _is_person(name) for name, inner in item.items()) and any(
        _is_text(name) and _has_words(inner) for name, inner in item.items() if isinstance(inner, (str, list))
    )


def _has_words(value: str | list[Json]) -> bool:
    """A text, or each person's in a list."""
    told = [value] if isinstance(value, str) else value
    return any(isinstance(said, str) and _WORDS.search(said) for said in told)


# Objects of one kind have the same few keys, time and again.
@lru_cache(maxsize=2048)
def _is_talk(name: str) -> bool:
    return _TALK.fullmatch(name) is not None


@lru_cache(maxsize=2048)
def _is_social(name: str) -> bool:
    return _SOCIAL.fullmatch(name) is not None


@lru_cache(maxsize=2048)
def _is_person(name: str) -> bool:
    return _PERSON.fullmatch(name) is not None


@lru_cache(maxsize=2048)
def _is_text(name: str) -> bool:
    return _TEXT.fullmatch(name) is not None
