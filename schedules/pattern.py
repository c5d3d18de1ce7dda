"""Regular expressions of the configuration, matched against the texts of strangers: by RE2, which never backtracks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import re2

_LONGEST = 1_000
# RE2 never takes more than a step for each byte and each instruction, of some 9 ns: half a second for 100 kB of text
# that was made to be slow. Counted repetitions make many of few characters.
_MOST_STEPS = 500


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
    try:
        compiled, steps = re2.compile(value, options=_options()), _steps(value)
    except re2.error as error:
        said = error.args[0] if error.args else error
        why = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        raise ValueError(f"it is no regular expression as RE2 takes them: {why}") from None
    if steps > _MOST_STEPS:
        raise ValueError(
            f"it takes up to {steps:,} steps for each character of a text, and {_MOST_STEPS} is the most: "
            f"repeat less ({{0,80}} counts 80 times), or spread it over several endpoints"
        )
    return Pattern(value, compiled)


def _options() -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return options


def _steps(value: str) -> int:
    """How many instructions there are to be tried at a character, at most.

    In UTF-8 a class such as \\pL is a thousand, of which a text is never at more than a few; so all is counted as if
    there were no letters but the first 256. What names others by number cannot be: that is counted as it is.
    """
    narrow, options = "".join(char if ord(char) < 256 else "x" for char in value), _options()
    options.encoding = re2.Options.Encoding.LATIN1
    try:
        return int(re2.compile(narrow.encode("latin-1"), options=options).programsize)
    except re2.error:
        return int(re2.compile(value, options=_options()).programsize)
