"""Takes readers' comments out of JSON-LD: a parsed tree is changed in place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.read.comments.data import fill, holds_quoted, written
from scraper.read.linked_data import LINKED_DATA, parse
from scraper.read.states import objects

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from scraper.read.linked_data import Json

_LINKED_KEYS = frozenset(("comment", "comments"))
_LINKED_TYPES = frozenset(("Comment", "UserComments", "UserReview"))
# An article may be a review, too: these are readers' where they are part of another thing, and signed.
_PERHAPS_LINKED = frozenset(("Review", "Answer", "DiscussionForumPosting", "SocialMediaPosting"))
# A quick look: any of these has such a word in it, or its letters are written in another way.
_MAYBE = re.compile(r"comment|kommentar|review|answer|posting|\\u00[4-7]|&#")  # in lower case
_WHOLE = frozenset(("", "@graph", "mainEntity", "mainEntityOfPage", "isPartOf", "itemListElement", "liveBlogUpdate"))


def blank_linked_data(tree: LexborHTMLParser) -> bool:
    """Whether any block told of comments."""
    told = False
    for script in tree.css(LINKED_DATA):
        text = script.text()
        if not _MAYBE.search(text.lower()):
            continue
        around: dict[str, Json] = {"": parse(text)}
        broken = around[""] is None and holds_quoted(text)
        if broken or _drop_comments(around):
            told = True
            fill(script, "" if broken else written(around.get("")))
    return told


def _drop_comments(value: Json) -> bool:
    """Takes the comments out in place."""
    found = False
    for item in objects(value):
        for key in [key for key, inner in item.items() if key in _LINKED_KEYS or _is_comment(inner, key)]:
            found = True
            del item[key]
        for key, inner in item.items():
            if isinstance(inner, list) and any(_is_comment(one, key) for one in inner):
                found = True
                inner[:] = [one for one in inner if not _is_comment(one, key)]
    return found


def _is_comment(value: Json, key: str) -> bool:
    """By its type, be it one of several or an address. `key` is what it is to what it stands in."""
    if not isinstance(value, dict):
        return False
    said = value.get("@type")
    kinds = {
        re.split(r"[/:#]", kind)[-1] for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)
    }
    if not kinds.isdisjoint(_LINKED_TYPES):
        return True
    part = key not in _WHOLE and not _PERHAPS_LINKED.isdisjoint(kinds)
    return part and "headline" not in value and any(value.get(name) for name in ("author", "creator"))
