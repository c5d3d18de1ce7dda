"""How elements that hold readers' comments are called: class and id in lower case, or a node, in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MANY = r"comments|kommentare|commentaires|comentarios|commenti|reacties|kommentarer"
_ONE = r"comment|kommentar|commentaire|comentario"
# Several readers speak here, or it is said that a reader does.
_PEOPLE = re.compile(
    rf"(?<![a-z])(?:{_MANY})(?![a-z])|(?:{_ONE})[-_]*(?:list|thread|section|area|stream|wrap|container|tree|children|reply)"
    rf"|(?:forum|user|leser)[-_]*(?:posts|postings)(?![a-z])|(?<![a-z])postings(?![a-z])|(?:{_MANY})(?:list|section|area|block|box|wrap|container)"
    rf"|(?:user|nutzer|leser|reader|community|top|best|recent|latest|neueste)[-_]*(?:{_MANY}|{_ONE})"
    r"|(?<![a-z])(?:reader|leser)[-_](?:voice|letter|opinion|stimme|meinung|zuschrift|reaction|reaktion)[a-z]{0,2}(?![a-z])"
    r"|(?<![a-z])(?:disqus|dsq|livefyre|viafoura|hyvor|coral|talk)[-_](?:comment|stream|thread|content|embed)"
)
_PERHAPS = re.compile(
    rf"(?<![a-z])(?:{_ONE})(?:item|entry|card|body|text|row|node)?(?![a-z])|(?<![a-z])posting(?![a-z])"
)
# One of these is in any of them, and in few names.
_HINTS = (
    "comment", "komment", "comentario", "reacties", "post", "disqus", "dsq", "livefyre", "viafoura", "hyvor", "coral",
    "talk", "reader", "leser",
)  # fmt: skip
# What is called so holds no comment: forms and buttons, and labels of articles of that kind.
_NONE = re.compile(
    rf"(?:no|add|leave|write|new|label|icon|term|tag|section|category|id|bubble)[-_]+(?:{_ONE})(?![a-z])"
    rf"|(?:{_ONE})[-_]*(?:form|respond|reply|polic|rules|count|icon|link|button|login|note|cancel|title|social|subscri)"
    r"[\w-]*"
)


@lru_cache(maxsize=4096)  # the boxes of a page are called alike
def are_several(words: str) -> bool:
    """Readers speak in a box of that name. "comment" alone is the name of a kind of article, too."""
    return any(map(words.__contains__, _HINTS)) and _PEOPLE.search(words) is not None


@lru_cache(maxsize=4096)
def may_be_one(words: str) -> bool:
    """A box of that name may be a comment, or an article of that kind."""
    return any(map(words.__contains__, _HINTS)) and _PERHAPS.search(_NONE.sub("", words)) is not None


def may_hold_comments(words: str) -> bool:
    """One of the two."""
    return are_several(words) or may_be_one(words)


def names_of(node: LexborNode) -> str:
    """Its class and id, and its tag where that is of the site's own making."""
    attributes = node.attributes
    tag = node.tag or ""
    made_up = tag if "-" in tag.lstrip("-") else ""
    return f"{made_up} {attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
