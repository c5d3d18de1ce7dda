"""The table by which changes are ruled, in words for readers: rules.toml in, rows of a page out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from changes.ruling import ROWS
from db.words.language import gettext

# Rows that are decided where an answer is read, not in changes/ruling.py.
_READING = (2, 3)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: what is seen, which verdicts may follow, and when it is told."""

    number: int
    seen: str
    verdicts: tuple[str, ...]
    told: str


def _load() -> tuple[Rule, ...]:
    table = tomllib.loads((Path(__file__).parent / "rules.toml").read_text("utf-8"))
    there = {*_READING, *(number for number, _row in ROWS)}
    return tuple(
        Rule(row["number"], row["seen"], tuple(row["verdicts"]), row["told"])
        for row in table["row"]
        if row["number"] in there
    )


RULES = _load()


def seen_in(number: int) -> str:
    """What a row of the table is about; nothing for a row that this version does not have."""
    return next((gettext(rule.seen) for rule in RULES if rule.number == number), "")
