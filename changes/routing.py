"""An event type and what the endpoints want come in, the names of those to be told go out. Pure.

A wish is an event type ("article.changed") or a family ("article.*"). What concerns those who run the program
("operations.…") thus goes only to those who name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def told(event_type: str, endpoints: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The endpoints that want events of this type, in the order in which they are given."""
    return tuple(name for name, wishes in endpoints.items() if any(_covers(wish, event_type) for wish in wishes))


def _covers(wish: str, event_type: str) -> bool:
    return event_type.startswith(wish.removesuffix("*")) if wish.endswith(".*") else wish == event_type
