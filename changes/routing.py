"""An event type and what the endpoints want come in, the names of those to be told go out. Pure.

A wish is an event type ("article.changed") or a family ("article.*"). What concerns those who run the program
("operations.…") thus goes only to those who name it. Whoever was told a ruling is told the one that takes its place,
whatever they wish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def told(
    event_type: str,
    endpoints: Mapping[str, tuple[str, ...]],
    heard: Collection[str] = (),
    earlier: Collection[str] = (),
) -> tuple[str, ...]:
    """The endpoints to be told, in the order in which they are given: those who want events of this type …

    Args:
        heard: … and those who were told what this event takes back or makes final, …
        earlier: … or will be, for they want events of these types, which are still to be routed.
    """
    types = (event_type, *earlier)
    return tuple(
        name
        for name, wishes in endpoints.items()
        if name in heard or any(_covers(wish, kind) for wish in wishes for kind in types)
    )


def _covers(wish: str, event_type: str) -> bool:
    return event_type.startswith(wish.removesuffix("*")) if wish.endswith(".*") else wish == event_type
