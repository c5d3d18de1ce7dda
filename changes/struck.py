"""Words that the page shows struck through: the reader writes them as `~~900~~`. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changes.change import Edit

_STRUCK = re.compile(r"~~([^~]+)~~")


def unstruck(text: str) -> str:
    """The text without them: what it still says."""
    return _STRUCK.sub("", text) if "~~" in text else text


def newly_struck(edit: Edit) -> Iterator[str]:
    """What stood in a block or in a field of the text, and stands there struck through since this edit."""
    change = edit.change
    pairs = [(item.before, item.after) for item in change.blocks] + [
        (item.before, item.after) for item in change.fields
    ]
    for before, after in ((plain(old), plain(new)) for old, new in pairs):
        for struck in _STRUCK.findall(after):
            words = struck.strip()
            if words in unstruck(before) and f"~~{struck}~~" not in before:
                yield words
