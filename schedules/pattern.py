"""Regular expressions of the configuration, matched against the texts of strangers: by RE2, which never backtracks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import re2

_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression in RE2's syntax; capitals and small letters are the same unless it says (?-i)."""

    pattern: str
    _compiled: Any = field(repr=False, compare=False)

    def search(self, text: str) -> object | None:
        """Where the text has it first; None: nowhere."""
        found: object | None = self._compiled.search(text)
        return found


def pattern(value: object) -> Pattern:
    """ "kanzler(in)?", "(?-i)AfD".

    Raises:
        ValueError: says what is expected.
    """
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise ValueError(f'expected a regular expression such as "kanzler(in)?", of up to {_LONGEST:,} characters')
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        return Pattern(value, re2.compile(value, options=options))
    except re2.error as error:
        said = error.args[0] if error.args else error
        why = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        raise ValueError(f"it is no regular expression as RE2 takes them: {why}") from None
