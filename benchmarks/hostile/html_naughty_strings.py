"""Strings that break things: each is kept as it is, and shown escaped (`markup.py` says how that is tried).

As a text of a page it is also read: what our reader makes of it is the string itself, but for white space, which HTML
shows as one space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.hostile.case import manifest
from benchmarks.hostile.markup import tried

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.hostile.case import Case


def cases(folder: Path) -> Iterator[Case]:
    return tried({case["id"]: case["input_text"] for case in manifest(folder)})
