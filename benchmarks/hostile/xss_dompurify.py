"""Attacks on a sanitizer of HTML, as pages and as texts that we show.

We sanitize nothing: text of others is kept as text and printed as text (`benchmarks/hostile/markup.py` says how that is
tried). So what the suite expects a sanitizer to leave of the markup is of no meaning here; that nothing is left, is.
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
