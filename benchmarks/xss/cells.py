"""Files of comma-separated values as a spreadsheet opens them: which cells it would take for formulas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cells(text: str, delimiter: str = ",") -> list[str]:
    """All cells of a file, header included."""
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]


def formulas(text: str) -> list[str]:
    """The cells that begin like a formula, where the file is cut at commas or, as in some languages, at semicolons."""
    both = (*cells(text), *cells(text, ";"))
    return [cell for cell in both if cell.startswith(_BEGINS)]


def raw(texts: Iterable[str]) -> str:
    """The same texts as a file that takes no care."""
    out = io.StringIO()
    csv.writer(out).writerows([text] for text in texts)
    return out.getvalue()
