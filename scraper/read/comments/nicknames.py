"""Who speaks: whether a short text may be the name of a person, and of none but a reader."""

from __future__ import annotations

import re

from scraper.read.outline import ends

# Nobody signs an article like that: digits at the end, an initial for a surname, no name at all.
_HANDLE = re.compile(
    r"[^\W\d]\S*\d{2,}|\S*[_@]\S*|\w+ [A-ZÄÖÜ]\.|[A-ZÄÖÜ]\. ?[A-ZÄÖÜ]\.|(?i:gast|guest|anonym(?:ous)?|anonyme)"
)
_LONGEST, _WORDS = 40, 5


def is_handle(name: str) -> bool:
    """Papers and their authors are not called like that."""
    return _HANDLE.fullmatch(name) is not None


def may_be_name(text: str) -> bool:
    """Short, and no sentence."""
    short = 1 < len(text) <= _LONGEST and len(text.split()) <= _WORDS
    return short and (not ends(text) or is_handle(text))
