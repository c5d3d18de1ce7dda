"""An event goes in; what a chat channel takes comes out. Pure."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from schedules.alert import alert

if TYPE_CHECKING:
    from schedules.alert import Style

# Slack cuts messages that are much longer, and nobody reads them.
_ROOM = 3_000


def slack_text(body: str, style: Style) -> bytes:
    """An event as {"text": …} for Slack, Mattermost and those that understand the same; at most 3000 characters."""
    told = alert(body, replace(style, escaped=True), _ROOM)
    return json.dumps({"text": f"{told.what}\n{told.text}".strip()}).encode()
