"""What an edit changed, if it wrote listed words or numbers in another spelling and did nothing else (row 12). Pure."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from changes.compare import TEXT_FIELDS
from changes.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from changes.change import Change

# A number that sets its thousands apart, or a word.
_WORD = re.compile(r"(?<![\w.,])\d{1,3}(?P<apart>[.,’' ])\d{3}(?:(?P=apart)\d{3})*(?![.,’']?\d|\w)|\w+(?:-\w+)*")
_APART = re.compile(r"[.,’' ]")
_POINTS = re.compile(r"[.,]")


def listed_spellings(change: Change) -> tuple[str, ...]:
    """The words as "daß → dass", numbers as "1.000 → 1000"; none where anything else differs, or something moved."""
    pairs = [(item.before, item.after) for item in change.fields if item.field in TEXT_FIELDS]
    pairs += [(item.before, item.after) for item in change.blocks]
    if any(item.move != "edited" for item in change.blocks):
        return ()
    if not all(_spelt(before) == _spelt(after) for before, after in pairs):
        return ()
    differ = [pair for before, after in pairs for pair in _differing(before, after)]
    if any(_POINTS.search(was) and _POINTS.search(now) for was, now in differ):  # one of them may be a decimal point
        return ()
    return tuple(dict.fromkeys(f"{was} → {now}" for was, now in differ))


def _spelt(text: str) -> str:
    """The text in the first listed spelling of each word; the thousands of numbers are not set apart."""
    return _WORD.sub(_first_spelling, plain(text))


def _first_spelling(word: re.Match[str]) -> str:
    return _APART.sub("", word[0]) if word["apart"] else _spellings().get(word[0], word[0])


def _differing(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = ([word[0] for word in _WORD.finditer(plain(text))] for text in (before, after))
    yield from ((was, now) for was, now in zip(old, new, strict=True) if was != now)


@cache
def _spellings() -> Mapping[str, str]:
    listed = tomllib.loads((Path(__file__).parent / "spellings.toml").read_text("utf-8"))
    return {form: group[0] for groups in listed.values() for group in groups for form in group}
