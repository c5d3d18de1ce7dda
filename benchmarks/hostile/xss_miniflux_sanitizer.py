"""What a feed reader has to clean in the texts of feeds: as `xss_dompurify.py`, for we show no markup of others."""

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
