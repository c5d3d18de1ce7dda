"""Data as Nuxt, SvelteKit and React Router write it: one list of values, in which numbers say where a value stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.read.linked_data import Json

_SHORTEST = 3
# Values may stand in circles, and one in many places.
_DEEPEST, _MOST = 16, 20_000
_PLACED_KEY = re.compile(r"_(\d{1,6})")


def unfolded(value: Json) -> Json:
    """What such a list stands for, as far as it is not too deep or too much; None if it is no such list."""
    return _List(value).at(0, _DEEPEST) if isinstance(value, list) and _is_flat(value) else None


def _is_flat(value: list[Json]) -> bool:
    told = [item for item in value if isinstance(item, dict) and item]
    places = all(type(place) is int for item in told for place in item.values())
    return len(value) >= _SHORTEST and isinstance(value[0], (dict, list)) and bool(told) and places


class _List:
    def __init__(self, values: list[Json]) -> None:
        self.values, self.left = values, _MOST

    def at(self, place: int, deep: int) -> Json:
        self.left -= 1
        if not 0 <= place < len(self.values) or deep < 0 or self.left < 0:
            return None
        item = self.values[place]
        if isinstance(item, dict):
            return {self._key(key): self.at(int(str(inner)), deep - 1) for key, inner in item.items()}
        if isinstance(item, list):
            return [self.at(inner, deep - 1) if isinstance(inner, int) else inner for inner in item]
        return item

    def _key(self, key: str) -> str:
        match = _PLACED_KEY.fullmatch(key)
        named = self.values[int(match[1])] if match and int(match[1]) < len(self.values) else key
        return named if isinstance(named, str) else key
