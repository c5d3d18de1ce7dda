"""A table of a profile, from which each key is taken once; what cannot be used is a fault with file, key and reason."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

T = TypeVar("T")

_STUB = LexborHTMLParser("<html><body><article><h1>x</h1><p>x</p></article></body></html>")
# So much alike a key is another, misspelt.
_ALIKE = 0.75
_PAIRS = {"[": "]", "(": ")"}
_TOKEN = re.compile(r"\\.|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[\[\]()\"']", re.S)


class ProfileTable:
    """One table of the file, from which each key is taken once; what is left over is unknown.

    What cannot be used becomes a fault and is taken for empty, so that all faults are found: by place, the first each.
    """

    def __init__(self, file: str, place: str, values: dict[str, object], faults: dict[str, str] | None = None) -> None:
        self.file, self.place, self.values = file, place, dict(values)
        self.faults: dict[str, str] = {} if faults is None else faults
        self.given, self.known = frozenset(values), set[str]()

    def fault(self, key: str, why: str) -> None:
        place = f"{self.place}{key}"
        self.faults.setdefault(place, f"{self.file}: {place}: {why}")

    def nothing_left(self, *others: str) -> None:
        """`others` are keys that there are besides those that were taken."""
        for key in self.values:
            meant = get_close_matches(key, self.known | {*others}, 1, _ALIKE)
            hint = f"did you mean `{meant[0]}`?" if meant else "see docs/sites.md for those there are"
            self.fault(key, f"no such key; {hint}")
            if meant and meant[0] not in self.given:
                self.faults.pop(f"{self.place}{meant[0]}", None)  # it is not missing, but misspelt

    def text(self, key: str, *, required: bool = True) -> str:
        given = key in self.values
        value = self._take(key, str, "a text", "").strip()
        if given and not value:
            self.fault(key, f"is empty; {'docs/sites.md says what belongs there' if required else 'leave the key out'}")
        elif required and not value:
            self.fault(key, "is missing; docs/sites.md says what belongs there")
        return value

    def number(self, key: str, default: int) -> int:
        return self._take(key, int, "a whole number", default)

    def flag(self, key: str, *, default: bool) -> bool:
        return self._take(key, bool, "true or false", default)

    def texts(self, key: str) -> tuple[str, ...]:
        texts: list[str] = self._list(key, str, "a list of texts")
        if not all(texts):
            self.fault(key, "holds an empty text")
        return tuple(filter(None, texts))

    def table(self, key: str) -> ProfileTable:
        return ProfileTable(self.file, f"{self.place}{key}.", self._take(key, dict, "a table", {}), self.faults)

    def tables(self, key: str) -> list[ProfileTable]:
        tables = self._list(key, dict, f"a list of tables, [[{key}]]")
        return [
            ProfileTable(self.file, f"{self.place}{key}[{at}].", table, self.faults)
            for at, table in enumerate(tables, 1)
        ]

    def selector(self, key: str, *, required: bool = True) -> str:
        selector = self.text(key, required=required)
        if selector:
            self._try(key, selector)
        return selector

    def selectors(self, key: str) -> tuple[str, ...]:
        found = self.texts(key)
        for selector in found:
            self._try(key, selector)
        return found

    def zone(self, key: str, name: str) -> None:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self.fault(key, f"{name!r} is no time zone; write one like Europe/Berlin")

    def _take(self, key: str, kind: type[T], named: str, default: T) -> T:
        self.known.add(key)
        value = self.values.pop(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, f"must be {named}, not {value!r}")
            return default
        return value

    def _list(self, key: str, kind: type[T], named: str) -> list[T]:
        values: list[object] = self._take(key, list, named, [])
        items = [value for value in values if isinstance(value, kind)]
        if len(items) < len(values):
            self.fault(key, f"must be {named}, not {values!r}")
        return items

    def _try(self, key: str, selector: str) -> None:
        if why := selector_fault(selector):
            self.fault(key, why)


def selector_fault(selector: str) -> str:
    """Why a CSS selector cannot be used, or an empty text.

    Lexbor refuses most nonsense, but an unclosed bracket or quote it takes, and then finds nothing.
    """
    open_one = _unclosed(selector)
    if open_one:
        return f"in the selector {selector!r} a {open_one} is not closed"
    try:
        _STUB.css(selector)
    except SelectolaxError as fault:
        return f"{selector!r} is no CSS selector that can be used: {fault}"
    return ""


def _unclosed(selector: str) -> str:
    """The bracket or quotation mark that is left open, or an empty text."""
    waiting: list[str] = []
    tokens: list[str] = _TOKEN.findall(selector)
    for token in tokens:
        if token in _PAIRS:
            waiting.append(token)
        elif token in ("]", ")"):
            if not waiting or _PAIRS[waiting.pop()] != token:
                return token
        elif len(token) == 1:
            return token
    return waiting[-1] if waiting else ""
