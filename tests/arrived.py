"""One alert of each kind as it arrives: as a channel of Slack gets it, and as a mail in English and in German, by a
real receiver and a real mail server. `python -m tests.arrived > docs/alerts.md` writes them down.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller

from db.work_alerts import DueDelivery
from schedules.alert import Style
from schedules.deliver import DEADLINE, Target, carry
from schedules.samples import sample
from schedules.services import Services
from scraper.http import Door, FetchSettings
from tests.product import free_port
from tests.receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session

NOW = datetime(2026, 3, 2, 9, 41, 7, tzinfo=UTC)
ENGLISH, GERMAN = Style("en"), Style("de", ZoneInfo("Europe/Berlin"))
TYPES = (
    "article.discovered", "article.changed", "article.ruled", "article.comments", "article.gone", "article.returned",
    "article.moved", "article.succeeded", "digest", "operations.source_failing", "operations.source_recovered",
    "operations.host_failing", "operations.host_recovered",
    "operations.drift", "operations.site_text", "operations.article_unreadable", "operations.endpoint_failing",
    "operations.endpoint_recovered", "operations.disk_low", "operations.disk_enough", "operations.clock_odd",
    "operations.clock_right",
)  # fmt: skip
# Of some types there are kinds that read otherwise: a heading, and what is said instead.
_KINDS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "article.changed": (
        (
            "told long after it was recorded",
            {
                "timestamp": "2026-03-02T07:12:09.000000+00:00",
                "not_before": "2026-03-02T06:36:09.000000+00:00", "not_after": "2026-03-02T07:12:09.000000+00:00",
            },
        ),
    ),
    "article.ruled": (
        ("what adds to what was told", {"verdict": "announced_late", "replaces": "unmarked"}),
        ("what takes back what was told", {"verdict": "announced", "replaces": "unmarked"}),
        ("there was no edit", {"verdict": "misread", "replaces": "unmarked"}),
        (
            "what takes back what was told, of an article that was taken down since",
            {
                "verdict": "announced", "replaces": "unmarked",
                "headline": "", "excerpt": "", "taken_down_at": "2026-03-02T09:40:00.000000+00:00",
            },
        ),
    ),
    "article.gone": (
        (
            "before it was to go, by a rule of the outlet",
            {
                "verdict": "removed_before_expected", "supersedes": "evt_0c9b8a7f6e5d4c3b2a19080706050403",
                "published": "2026-02-20T09:00:00.000000+00:00", "kept_until": "2027-02-20T09:00:00.000000+00:00",
                "cite": "Telemedienkonzept, 4.2",
            },
        ),
    ),
    "article.comments": (
        ("many fewer", {"excerpt": "40 → 12 comments: many fewer between two looks", "movement": "dropped"}),
    ),
}  # fmt: skip

_BEGINNING = """# Alerts, as they arrive

One of each kind, of an invented newspaper: as a channel of Slack or Mattermost gets it (`kind = "slack"`), and as a
mail in English and in German (through Apprise). What programs get is in [events.md](events.md).
`python -m tests.arrived > docs/alerts.md` makes this page, by a real receiver and a real mail server; a test fails
where it is no longer true.
"""


@dataclass
class Mailbox:
    """Takes every mail."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd
        """One more."""
        self.mails.append(message_from_bytes(envelope.content or b"", policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


def events() -> Iterator[tuple[str, str]]:
    """A heading, and what is sent."""
    for kind in TYPES:
        told = json.loads(sample(kind, "evt_6f1e2d3c4b5a49788695a4b3c2d1e0f1", "https://watch.example", NOW))
        del told["data"]["sample"]
        if kind.startswith("article."):
            told["data"]["link"] += "-/article/104#r317"
        yield f"`{kind}`", json.dumps(told)
        for heading, instead in _KINDS.get(kind, ()):
            data, at = {**told["data"], **instead}, instead.get("timestamp", told["timestamp"])
            yield f"`{kind}`: {heading}", json.dumps({**told, "timestamp": at, "data": data})


@asynccontextmanager
async def _desk() -> AsyncIterator[Desk]:
    box, port, services = Mailbox(), free_port(), Services(DEADLINE)
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with Receiver() as channel:
            async with Door(FetchSettings("x", allow_private=("127.0.0.0/8",)), lambda: NOW) as door:
                yield Desk(
                    box, channel, door, services, f"mailto://127.0.0.1:{port}?from=watch@b.example&to=d@c.example"
                )
    finally:
        services.close()
        server.stop()


@dataclass
class Desk:
    """Who is told."""

    box: Mailbox
    channel: Receiver
    door: Door
    services: Services
    mailto: str

    async def _send(self, body: str, target: Target) -> None:
        due = DueDelivery(0, target.name, "evt_1", body, 0)
        result = await carry(due, target, self.door, self.services, lambda: NOW)
        assert result.delivered, result.error

    async def chat(self, body: str) -> str:
        """What stands in the channel."""
        await self._send(body, Target("channel", "slack", self.channel.url, style=ENGLISH))
        return str(self.channel.received[-1].body["text"])

    async def mail(self, body: str, style: Style) -> str:
        """Subject and text."""
        await self._send(body, Target("mail", "apprise", self.mailto, style=style))
        mail = self.box.mails[-1]
        assert mail.get_content_type() == "text/plain"
        return f"Subject: {mail['subject']}\n\n{mail.get_content()}"


async def page() -> str:
    """docs/alerts.md."""
    parts = [_BEGINNING]
    async with _desk() as desk:
        for heading, body in events():
            texts = [await desk.chat(body), await desk.mail(body, ENGLISH), await desk.mail(body, GERMAN)]
            # What keeps names from becoming links or mentions is not to be seen.
            shown = ("\n".join(text.replace("\u2060", "").splitlines()).rstrip() for text in texts)
            names = ("Slack", "Mail", "Mail, German")
            parts.append(f"## {heading}\n")
            parts += [f"{name}:\n\n```\n{text}\n```\n" for name, text in zip(names, shown, strict=True)]
    return "\n".join(parts)


if __name__ == "__main__":
    print(asyncio.run(page()), end="")
