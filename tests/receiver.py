"""A real HTTP server on 127.0.0.1 that takes webhooks, and judges them by the standard's own package."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self, cast

from standardwebhooks import Webhook, WebhookVerificationError

from tests.event_schema import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class Received:
    """A request that was as it should be.

    Attributes:
        at: when it was signed, by the sender's clock; when it came, for a chat message.
        answered: the status it got; 0 where the connection was closed or nothing was said.
    """

    id: str
    type: str
    body: dict[str, Any]
    at: datetime
    answered: int = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """How to answer one request. `close`: cut the connection instead; `slow`: say nothing until the receiver stops."""

    status: int = 200
    retry_after: str = ""
    location: str = ""
    close: bool = False
    slow: bool = False


class Receiver:
    """Takes webhooks signed with `secret`; without one: chat messages, unsigned.

    `received` holds what was right, in order; `refused` says why the others were not. With `clock`, the age of a
    signature is judged by that clock instead of the real one; one that leaps far at a time needs more `tolerance`.
    """

    def __init__(
        self,
        secret: str | None = None,
        clock: Callable[[], datetime] | None = None,
        tolerance: timedelta = timedelta(minutes=5),
    ) -> None:
        self.received: list[Received] = []
        self.refused: list[str] = []
        self._secret, self._clock, self._tolerance = secret, clock, tolerance
        self._plan: deque[Reply] = deque()
        self._lock = threading.Lock()
        self._port = 0
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.stopping = threading.Event()
        self.arrived = threading.Condition(self._lock)

    def plan(self, replies: Iterable[int | Reply]) -> None:
        """How to answer the next requests, in order; after them, all is well."""
        with self._lock:
            self._plan = deque(Reply(reply) if isinstance(reply, int) else reply for reply in replies)

    @property
    def accepted(self) -> list[Received]:
        """What was answered with 2xx."""
        with self._lock:
            return [each for each in self.received if 200 <= each.answered < 300]

    def wait(self, count: int, timeout: float = 30) -> list[Received]:
        """Block until that many requests were accepted.

        Raises:
            TimeoutError: with what came instead.
        """

        def enough() -> bool:
            return sum(200 <= each.answered < 300 for each in self.received) >= count

        with self.arrived:
            if not self.arrived.wait_for(enough, timeout):
                raise TimeoutError(f"wanted {count} webhooks, got {self.received}, refused {self.refused}")
        return self.accepted

    @property
    def url(self) -> str:
        """Where it listens, or did before it was stopped."""
        assert self._port, "start() first"
        return f"http://127.0.0.1:{self._port}/hook"

    def start(self) -> Self:
        """Listen; after a stop, at the same address as before."""
        self.stopping.clear()
        self._server = _Server(self._port, self)
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Listen no more; those who wait for an answer get none."""
        self.stopping.set()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def take(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """Judge a request and choose the answer."""
        fault = self._fault(headers, body)
        with self._lock:
            if fault:
                self.refused.append(fault)
                return Reply(401)
            reply = self._plan.popleft() if self._plan else Reply()
            event = json.loads(body)
            if self._secret is not None and self._clock is None:  # events of tests with a clock are made up by them
                self.refused += faults(event)
            stamp = headers.get("webhook-timestamp")
            at = datetime.fromtimestamp(int(stamp), UTC) if stamp else datetime.now(UTC)
            answered = 0 if reply.close or reply.slow else reply.status
            self.received.append(Received(headers.get("webhook-id", ""), event.get("type", ""), event, at, answered))
            self.arrived.notify_all()
            return reply

    def _fault(self, headers: Mapping[str, str], body: bytes) -> str:
        if self._secret is None:
            return ""
        try:
            if self._clock is None:
                Webhook(self._secret).verify(body, dict(headers))
            else:
                self._verify_by_clock(headers, body, self._clock())
        except (WebhookVerificationError, KeyError, ValueError) as error:
            return f"{type(error).__name__}: {error}"
        return ""

    def _verify_by_clock(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """The package compares with the real time only: its signature, our comparison of times."""
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        expected = Webhook(self._secret or "").sign(headers["webhook-id"], at, body.decode())
        if expected not in headers["webhook-signature"].split(" "):
            raise WebhookVerificationError("no matching signature")
        if abs(now - at) > self._tolerance:
            raise WebhookVerificationError(f"signed at {at}, now it is {now}")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, receiver: Receiver) -> None:
        self.receiver = receiver
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        receiver = cast("_Server", self.server).receiver
        body = self.rfile.read(int(self.headers["content-length"]))
        reply = receiver.take({key.lower(): value for key, value in self.headers.items()}, body)
        if reply.slow:
            receiver.stopping.wait()
        if reply.close or reply.slow:
            self._cut()
        else:
            self._answer(reply)

    def _answer(self, reply: Reply) -> None:
        text = b"" if reply.status == 204 else b"ok"
        self.send_response(reply.status)
        for name, value in (("retry-after", reply.retry_after), ("location", reply.location)):
            if value:
                self.send_header(name, value)
        if text:
            self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _cut(self) -> None:
        """Reset the connection, as a receiver that dies does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives it
        """Tests speak for themselves."""
