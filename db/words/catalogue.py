"""Catalogues of messages as GNU gettext has them (.po): text in, words by message out. Pure.

Translators' tools write these files; gettext's own readers in Python want them compiled, which nothing does between an
edit and the next page here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?("(?:[^"\\]|\\.)*")')


def read_catalogue(text: str) -> Mapping[str, tuple[str, ...]]:
    """The words for each message, one for each form of its number; the message is preceded by its context and U+0004
    where it has one. Without the header, what is obsolete, and what a tool only guessed ("fuzzy").

    Raises:
        ValueError: a line is none of a catalogue.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in re.split(r"\n\s*\n", text):
        lines = part.strip().splitlines()
        entry = _entry([line for line in lines if not line.startswith("#")])
        if entry.get("msgid") and not any(line.startswith("#,") and "fuzzy" in line for line in lines):
            context = f"{entry['msgctxt']}\x04" if "msgctxt" in entry else ""
            words = tuple(entry[name] for name in sorted(entry) if name.startswith("msgstr"))
            found[context + entry["msgid"]] = words if all(words) else ()
    return found


def _entry(lines: list[str]) -> dict[str, str]:
    entry: dict[str, str] = {}
    name = ""
    for line in lines:
        match = _LINE.fullmatch(line.strip())
        if match is None or not (match[1] or name):
            raise ValueError(f"no line of a catalogue: {line!r}")
        name = match[1] or name
        entry[name] = entry.get(name, "") + str(json.loads(match[2]))
    return entry
