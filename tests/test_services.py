"""People are told through Apprise: real processes, a real mail server, a real HTTP server for all other services."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller

from db.work_alerts import DueDelivery
from schedules.alert import Style
from schedules.deliver import DEADLINE, Target, carry
from schedules.services import NOT_KNOWN, Services
from scraper.http import Door, FetchSettings
from tests.product import Inside
from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STATUSES = {"moved": 302, "gone": 404, "busy": 429}
GERMAN = Style("de", ZoneInfo("Europe/Berlin"))
DATA = {
    "headline": "Rat beschließt Brücke\r\nBcc: alle@evil.example <b>& Söhne</b> @here https://evil.example *x*",
    "verdict": "unmarked",
    "source": "Tagblatt",
    "not_after": "2026-03-02T08:41:00+00:00",
    "excerpt": "kostet [-30-] {+40+} Millionen",
    "link": "https://watch.example/-/article/1?a=1&b=2#r2",
}
BODY = json.dumps({"type": "article.changed", "timestamp": "2026-03-02T08:41:00Z", "data": DATA})
DUE = DueDelivery(3, "desk", "evt_1", BODY, attempts=0)


class Service:
    """An HTTP server that keeps what it was told; its answer depends on the path."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], str]] = []
        self.stopping = threading.Event()
        self._server = _Server(self)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, service: Service) -> None:
        self.service = service
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        service = cast("_Server", self.server).service
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        service.asked.append((self.path, dict(self.headers), body))
        if "drip" in self.path:
            self.send_response(200)
            self.end_headers()
            while not service.stopping.wait(0.05):
                self.wfile.write(b" ")
            return
        self.send_response(next((status for word, status in STATUSES.items() if word in self.path), 200))
        self.send_header("location", "/elsewhere")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives it
        """Tests speak for themselves."""


class Mailbox:
    """Keeps what a mail server takes."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name there
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    os.environ["HTTP_PROXY"] = os.environ["http_proxy"] = "http://127.0.0.1:9"  # nobody listens there
    running = Services(DEADLINE)
    yield running
    running.close()
    del os.environ["HTTP_PROXY"], os.environ["http_proxy"]


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.stop()


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = Mailbox()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    yield kept, port
    server.stop()


async def test_a_mail_is_plain_text_with_one_subject(services: Services, mailbox: tuple[Mailbox, int]) -> None:
    kept, port = mailbox
    address = f"mailto://127.0.0.1:{port}?from=watch@b.example&to=desk@c.example"
    assert await services.tell(address, BODY, GERMAN, NOW) == ""
    (mail,) = kept.mails
    assert (mail.mail_from, mail.rcpt_tos) == ("watch@b.example", ["desk@c.example"])
    message = message_from_bytes(cast("bytes", mail.content), policy=policy.default)
    assert message.get_content_type() == "text/plain"
    assert "bcc" not in message
    subject = str(message["subject"]).replace("\u2060", "")
    assert subject.startswith("Text geändert, Stand unverändert · Tagblatt: Rat beschließt Brücke Bcc: alle@evil.exa")
    assert message.get_content().replace("\u2060", "").splitlines() == [
        "„Rat beschließt Brücke Bcc: alle@evil.example ＜b＞& Söhne＜/b＞ @here https://evil.example ∗x∗“",
        "Geändert: kostet „30“ → „40“ Millionen",
        "Spätestens 02.03.2026, 09:41 Uhr MEZ",
        "https://watch.example/-/article/1?a=1&b=2#r2",
    ]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("json://127.0.0.1:{port}/hook", "/hook"),
        ("ntfy://127.0.0.1:{port}/topic", "/"),
        ("mmost://127.0.0.1:{port}/abcdefghijklmnopqrstuvwxyz", "/hooks/abcdefghijklmnopqrstuvwxyz"),
        ("rocket://tokenA/tokenB@127.0.0.1:{port}/#chan?mode=webhook", "/hooks/tokenA/tokenB"),
        ("matrix://user:token@127.0.0.1:{port}/?mode=matrix", "/api/v1/matrix/hook/token"),
        ("gotify://127.0.0.1:{port}/AAAAAAAAAAAAAAA", "/message"),
        ("form://127.0.0.1:{port}/x", "/x"),
    ],
)
async def test_what_arrives_at_a_service_has_nothing_active_in_it(
    services: Services, service: Service, address: str, path: str
) -> None:
    assert await services.tell(address.format(port=service.port), BODY, Style(), NOW) == ""
    ((asked, _headers, body),) = service.asked
    assert asked == path
    told = json.loads(body) if body.startswith("{") else {"body": body}
    text = "\n".join(value for value in told.values() if isinstance(value, str))
    assert "@here" not in text
    assert "https://evil" not in text
    assert "<b>" not in text
    assert "*x*" not in text


@pytest.mark.parametrize(
    ("path", "why"), [("moved", "HTTP 302"), ("gone", "HTTP 404"), ("busy", "HTTP 429")]
)  # fmt: skip
async def test_a_failure_is_told_by_its_status(services: Services, service: Service, path: str, why: str) -> None:
    assert await services.tell(f"json://127.0.0.1:{service.port}/{path}?+X-Key=s3cr3t", BODY, Style(), NOW) == why
    assert len(service.asked) == 1, "no redirect is followed, and nothing is sent twice"


@pytest.mark.parametrize("address", ["nope://x/s3cr3t", "s3cr3t", "json://", "", "https://[s3cr3t"])
async def test_an_address_that_is_none(services: Services, address: str) -> None:
    assert await services.fault(address) == await services.tell(address, BODY, Style(), NOW) == NOT_KNOWN
    assert await services.fault("ntfy://topic") == ""


async def test_a_service_without_end_is_given_up_and_holds_up_nobody(service: Service) -> None:
    short = Services(timedelta(seconds=5))
    try:
        assert await short.tell(f"json://127.0.0.1:{service.port}/first", BODY, Style(), NOW) == ""
        given_up, told = await asyncio.gather(
            short.tell(f"json://127.0.0.1:{service.port}/drip", BODY, Style(), NOW),
            short.tell(f"json://127.0.0.1:{service.port}/well", BODY, Style(), NOW),
        )
        assert (given_up, told) == ("no answer within 5 s", "")
        assert await short.tell(f"json://127.0.0.1:{service.port}/again", BODY, Style(), NOW) == ""
    finally:
        short.close()


async def test_nothing_is_started_once_they_are_closed() -> None:
    closed = Services(DEADLINE)
    closed.close()
    with pytest.raises(RuntimeError, match="were closed"):
        await closed.tell("json://127.0.0.1", BODY, Style(), NOW)


async def test_a_delivery_by_apprise_is_retried_like_any_and_tells_no_secret(
    services: Services, service: Service
) -> None:
    async with Door(FetchSettings("Nachtrag/test"), lambda: NOW) as door:
        address = f"json://user:s3cr3t@127.0.0.1:{service.port}/gone/pathkey"
        failed = await carry(DUE, Target("desk", "apprise", address), door, services, lambda: NOW)
        assert not failed.delivered
        assert failed.next_attempt_at is not None
        assert timedelta(seconds=5) <= failed.next_attempt_at - NOW < timedelta(seconds=6)
        assert failed.error == "endpoint 'desk' through Apprise: HTTP 404"
        told = await carry(DUE, Target("desk", "apprise", address.replace("gone", "x")), door, services, lambda: NOW)
    assert (told.delivered, told.status, told.error) == (True, 0, "")


def test_a_pass_tells_people_and_keeps_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: Service
) -> None:
    monkeypatch.setenv("NACHTRAG_TEST_ROOM", f"json://user:s3cr3t@127.0.0.1:{service.port}/pathkey")
    product = Inside(tmp_path)
    with Site(1) as site, product.config.open("a") as file:
        file.write(f'[[sources]]\nname = "Tagblatt"\nfeed = "{site.feed}"\n')
        file.write('[[endpoints]]\nname = "room"\nkind = "apprise"\nurl_env = "NACHTRAG_TEST_ROOM"\n')
        file.write('events = ["article.*"]\nlanguage = "de"\n')
        file.flush()
        said = product.once()
        ((path, _headers, body),) = service.asked
        monkeypatch.setenv("NACHTRAG_TEST_ROOM", f"json://user:s3cr3t@127.0.0.1:{service.port}/gone/pathkey")
        failed = product.run("test-endpoint", "room", expect=1).stderr
    assert (path, json.loads(body)["title"][:11]) == ("/pathkey", "Neuer Artik")
    assert "endpoint 'room' through Apprise: HTTP 404; a sample of article.changed was not taken" in failed
    assert product.query("SELECT url, delivered_at IS NOT NULL AS told FROM endpoints") == [
        {"url": "$NACHTRAG_TEST_ROOM", "told": 1}
    ]
    for secret in ("s3cr3t", "pathkey"):
        assert secret not in f"{said}{failed}{product.run('status', '--json').stdout}"
        assert all(secret.encode() not in file.read_bytes() for file in tmp_path.iterdir())
