"""What an edit changed, if it wrote listed words in another spelling and did nothing else (row 12). Pure."""

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

_WORD = re.compile(r"\w+(?:-\w+)*")


def listed_spellings(change: Change) -> tuple[str, ...]:
    """The words as "daß → dass"; none where anything else differs, or something moved."""
    pairs = [(item.before, item.after) for item in change.fields if item.field in TEXT_FIELDS]
    pairs += [(item.before, item.after) for item in change.blocks]
    if any(item.move != "edited" for item in change.blocks):
        return ()
    if not all(_spelt(before) == _spelt(after) for before, after in pairs):
        return ()
    return tuple(dict.fromkeys(said for before, after in pairs for said in _said(before, after)))


def _spelt(text: str) -> str:
    """The text in the first listed spelling of each word."""
    return _WORD.sub(lambda word: _spellings().get(word[0], word[0]), plain(text))


def _said(before: str, after: str) -> Iterator[str]:
    for was, now in zip(_WORD.findall(plain(before)), _WORD.findall(plain(after)), strict=True):
        if was != now:
            yield f"{was} → {now}"


@cache
def _spellings() -> Mapping[str, str]:
    listed = tomllib.loads((Path(__file__).parent / "spellings.toml").read_text("utf-8"))
    return {form: group[0] for groups in listed.values() for group in groups for form in group}
