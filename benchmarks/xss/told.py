"""What people are told where every text of others is an attack: alerts of all kinds, as chats and mails get them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from schedules.alert import Style, alert
from schedules.endpoints import EVENT_TYPES, OPERATIONS
from schedules.samples import sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOW = datetime(2026, 3, 2, 9, 41, 7, tzinfo=UTC)
_STYLES = {"slack": Style("en", escaped=True), "mail": Style("de")}
# Where words of others stand in an event, and in what it lists.
_OTHERS = (
    "headline", "source", "url", "successor", "cite", "message", "name", "host", "detail", "reason", "code", "movement",
    "absence",
)  # fmt: skip
_LONG = 3_000


def told(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A name, and all kinds of alerts of one attack in one style: taken for markup, what one begins another may end."""
    kinds = (*EVENT_TYPES, *OPERATIONS, "digest")
    bodies = [sample(kind, "evt_1", "https://watch.example", _NOW) for kind in kinds]
    for number, text in enumerate(texts):
        for name, style in _STYLES.items():
            alerts = (alert(json.dumps(_planted(json.loads(body), text)), style, _LONG, _NOW) for body in bodies)
            yield f"alerts/{name}/{number}", "\n".join(f"{said.title}\n{said.text}" for said in alerts)


def _planted(said: Any, text: str) -> Any:
    """The same with the attack wherever words of others are."""
    if isinstance(said, list):
        return [_planted(item, text) for item in said]
    if not isinstance(said, dict):
        return said
    new = {key: _planted(value, text) for key, value in said.items()}
    new |= {key: text for key in _OTHERS if isinstance(said.get(key), str)}
    if isinstance(said.get("excerpt"), str):
        new["excerpt"] = f"Vorher [-{text}-] {{+{text}+}} {text}"
    if isinstance(said.get("tags"), list | tuple):
        new["tags"] = [text]
    return new
