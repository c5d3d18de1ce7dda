"""An event goes in; what is sent of it comes out: the body of a webhook, or what a chat channel takes. Pure."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from db.rows import json_of
from schedules.alert import alert

if TYPE_CHECKING:
    from datetime import datetime

    from schedules.alert import Style

# Receivers may refuse more (Standard Webhooks).
MOST_BYTES = 20_000
# What may be cut there, to so many characters each, the first that is enough. Addresses and ids never are: two of 8,000
# characters, the longest that there are, leave room for what is left then.
_TEXTS = ("headline", "excerpt", "message", "stand_before", "stand_after", "source")
_CUTS = (1_000, 300, 60)
# Slack cuts messages that are much longer, and nobody reads them.
_ROOM = 3_000


def webhook_body(body: str) -> str:
    """An event as it is sent to programs: as it is, or with its texts cut where it would be too large."""
    for most in _CUTS:
        if len(body.encode()) <= MOST_BYTES:
            break
        event = json.loads(body)
        cut = {key: _cut(text, most) for key, text in event["data"].items() if key in _TEXTS and text}
        body = json_of({**event, "data": {**event["data"], **cut}})
    return body


def slack_text(body: str, style: Style, now: datetime) -> bytes:
    """An event as {"text": …} for Slack, Mattermost and those that understand the same; at most 3000 characters."""
    told = alert(body, replace(style, escaped=True), _ROOM, now)
    return json.dumps({"text": f"{told.what}\n{told.text}".strip()}).encode()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
