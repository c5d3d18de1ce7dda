"""How a page was read, for people and as JSON. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from schedules.cli.lines import tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.read.explain import Explanation


def explanation_object(explanation: Explanation) -> dict[str, object]:
    """As `look --explain --json` prints it."""
    return asdict(explanation)


def explanation_lines(read_with: str, explanation: Explanation) -> Iterator[str]:
    """A line per field and per stretch that was left out."""
    yield f"which rule of {read_with} gave what:"
    for origin in explanation.fields:
        said = f": {_short(origin.value)}" if origin.value else ""
        yield f"  {origin.field:<20} {origin.rule}{said}"
    yield "left out:"
    for dropped in explanation.dropped:
        yield f"  {dropped.why} ({tally(dropped.lines, 'line')}): {_short(dropped.text)}"
    if not explanation.dropped:
        yield "  nothing"
    for raw in explanation.stamps_in_text:
        yield f"left in the text, with its line: the stamp {_short(raw)}"


def _short(text: str) -> str:
    return " ".join(text.split())
