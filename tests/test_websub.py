"""WebSub: a hub is asked, confirms, and pushes; what is not asked for or not signed does nothing but be answered."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import threading
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen

import pytest

from db.store import people
from db.store.sources import WantedSource, configure
from db.store.subscriptions import confirm, deny, due_subscriptions, pushed, record_subscriptions
from db.work_hubs import DueSubscription, Subscribed
from schedules.cli.lines import status_lines
from schedules.receiver import Receiver
from schedules.websub import Subscriber, failed, is_signed, subscribe
from scraper.feeds.parse import parse
from scraper.http import Door, FetchSettings
from scraper.page import linked
from tests.product import SECRET, Product, free_port, until
from tests.scripted import Server, http
from tests.site import Site, Story
from tests.world import FEED, START, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import datetime
    from pathlib import Path

HUB, TOPIC = "https://hub.example/", "https://zeitung.example/f"
NAMED = (1, HUB, TOPIC)
SUBSCRIBER = Subscriber("https://wir.example/websub", b"k" * 32)
MINUTES = timedelta(minutes=5)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A feed that named its hub when it was polled."""
    made = World(tmp_path / "n.db")
    made.store.call(configure, [WantedSource("Zeitung", FEED, MINUTES, websub=True)], made.now)
    made.store.call(lambda con: con.execute("UPDATE sources SET hub = ?, topic = ?, websub = 1", [HUB, TOPIC]))
    yield made
    made.store.close()


def due(world: World) -> list[DueSubscription]:
    return world.store.call(due_subscriptions, world.now, 10)


def answered(world: World, result: Subscribed) -> None:
    world.store.call(record_subscriptions, [result])


def row(world: World) -> dict[str, Any]:
    return world.rows("SELECT * FROM subscriptions")[0]


def accepted(world: World, item: DueSubscription) -> None:
    result = failed(item, "", world.now)
    answered(world, result)


@pytest.mark.parametrize(
    ("headers", "hub"),
    [
        ((("link", '<https://h.example/>; rel="hub"'),), "https://h.example/"),
        ((("link", '<https://a.example/>; rel="self", <https://h.example/>; title="a, b"; rel=hub'),), "https://h.example/"),
        ((("link", "<https://a.example/>; rel=self"), ("link", '<h>;rel="x HUB y"')), "h"),
        ((("link", '<https://h.example/>; rel="hubs"'), ("x-link", "<h>; rel=hub")), ""),
        ((("link", "<" * 10_000 + '<a>; rel="' * 10_000),), ""),
    ],
)  # fmt: skip
def test_hubs_in_headers(headers: tuple[tuple[str, str], ...], hub: str) -> None:
    assert linked(headers, "hub") == hub


@pytest.mark.parametrize(
    "body",
    [
        """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://h.example/"/>
           <link rel="self" href="/f"/></feed>""",
        """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>https://a.example/</link>
           <atom:link rel="hub" href="https://h.example/"/><atom:link rel="self" href="https://a.example/f"/>
           </channel></rss>""",
        """{"version": "https://jsonfeed.org/version/1.1", "feed_url": "/f", "items": [],
            "hubs": [{"type": "rssCloud", "url": "x"}, {"type": "WebSub", "url": "https://h.example/"}]}""",
    ],
)
def test_hubs_in_feeds(body: str) -> None:
    feed = parse(body.encode(), "", "https://a.example/feed")
    assert (feed.hub, feed.topic) == ("https://h.example/", "https://a.example/f")


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_signatures(method: str) -> None:
    signature = hmac.new(b"geheim", b"<feed/>", method).hexdigest()
    assert is_signed(b"<feed/>", f"{method}={signature}", "geheim")
    assert is_signed(b"<feed/>", f"{method}={signature.upper()}", "geheim")
    for wrong in (
        "",
        signature,
        f"md5={signature}",
        f"{method}={signature[:-1]}0x",
        f"{method}=" + "0" * len(signature),
    ):
        assert not is_signed(b"<feed/>", wrong, "geheim")
    assert not is_signed(b"<feed />", f"{method}={signature}", "geheim")
    assert not is_signed(b"<feed/>", f"{method}={signature}", "anders")


def test_a_lease_is_renewed_before_it_ends(world: World) -> None:
    (item,) = due(world)
    assert due(world) == []
    assert world.store.call(confirm, 1, TOPIC, timedelta(days=10), world.now)
    answered(world, failed(item, "", world.now))
    assert due(world.wait(days=7, hours=23)) == []
    (again,) = due(world.wait(hours=1))
    assert (again.hub, again.topic, again.failures_in_a_row) == (HUB, TOPIC, 0)
    assert row(world)["expires_at"] > world.now.isoformat()


def test_what_a_hub_does_not_confirm_or_refuses_is_asked_again_ever_later(world: World) -> None:
    waits = []
    for _ in range(12):
        (item,) = due(world)
        answered(world, failed(item, "the hub says 500", world.now))
        began = world.now
        while not due_now(world):
            world.wait(minutes=10)
        waits.append(world.now - began)
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (10, 20, 40, 80)]
    assert waits[-1] == timedelta(days=1)
    assert row(world)["error"] == "the hub says 500"


def due_now(world: World) -> bool:
    renew_at = str(row(world)["renew_at"])
    return renew_at <= world.now.isoformat(timespec="microseconds")


def test_only_what_was_asked_for_is_confirmed(world: World) -> None:
    assert not world.store.call(confirm, 1, TOPIC, None, world.now)
    due(world)
    assert not world.store.call(confirm, 1, TOPIC + "x", None, world.now)
    assert not world.store.call(confirm, 1, TOPIC, None, world.now + timedelta(days=2))
    assert world.store.call(confirm, 1, TOPIC, timedelta(days=9_999), world.now)
    assert row(world)["expires_at"] == (world.now + timedelta(days=30)).isoformat(timespec="microseconds")


def test_a_hub_that_denies_is_asked_again_in_a_day(world: World) -> None:
    due(world)
    assert world.store.call(deny, 1, TOPIC, "kein Platz", world.now)
    assert "kein Platz" in str(row(world)["error"])
    world.store.call(lambda con: con.execute("UPDATE subscriptions SET leased_until = NULL"))
    assert due(world.wait(hours=23)) == []
    assert len(due(world.wait(hours=1))) == 1


def test_status_names_hubs_that_refuse_or_do_not_confirm(world: World) -> None:
    def said() -> list[str]:
        return [line for line in status_lines(world.store.read(people.status), "") if HUB in line]

    assert said() == []
    (item,) = due(world)
    answered(world, Subscribed(item.id, "", world.now))
    assert said() == [f"  Zeitung: asked 2026-11-24 12:00 UTC, never confirmed; {HUB}"]
    assert world.store.call(confirm, 1, TOPIC, timedelta(days=10), world.now)
    assert said() == []
    (item,) = due(world.wait(days=8))
    answered(world, failed(item, f"the hub {HUB} says 500", world.now))
    asked = "asked 2026-12-02 12:00 UTC, refused 1 time in a row, last confirmed 2026-11-24 12:00 UTC"
    assert said() == [f"  Zeitung: {asked}; the hub {HUB} says 500"]
    world.store.call(configure, [WantedSource("Zeitung", FEED, MINUTES)], world.now)
    assert said() == []


def test_a_feed_with_another_hub_subscribes_anew_and_one_that_wants_none_does_not(world: World) -> None:
    (item,) = due(world)
    accepted(world, item)
    world.store.call(lambda con: con.execute("UPDATE sources SET hub = 'https://other.example/'"))
    assert [item.hub for item in due(world)] == ["https://other.example/"]
    world.store.call(configure, [WantedSource("Zeitung", FEED, MINUTES)], world.now)
    assert due(world.wait(days=30)) == []


def test_a_push_brings_the_poll_forward_but_not_more_often_than_every_ten_seconds(world: World) -> None:
    def at() -> object:
        return world.rows("SELECT next_poll_at FROM sources")[0]["next_poll_at"]

    world.store.call(lambda con: con.execute("UPDATE sources SET next_poll_at = '2030-01-01'"))
    due(world)
    world.store.call(pushed, 1, world.now)
    assert at() == world.now.isoformat(timespec="microseconds")
    last = world.now.isoformat(timespec="microseconds")
    world.store.call(
        lambda con: con.execute("UPDATE sources SET next_poll_at = '2030-01-01', last_polled_at = ?", [last])
    )
    world.wait(seconds=3).store.call(pushed, 1, world.now)
    assert at() == (world.now + timedelta(seconds=7)).isoformat(timespec="microseconds")


async def test_what_a_hub_is_asked_and_what_it_may_answer() -> None:
    async with Server({"/yes": http(status="202 Accepted"), "/no": http(b"kein Platz", status="422 X")}) as server:
        settings = FetchSettings("test", allow_private=("127.0.0.0/8",))
        async with Door(settings, now) as door:
            for path, error in (("/yes", ""), ("/no", "says 422: kein Platz")):
                hub = f"http://127.0.0.1:{server.port}{path}"
                asked = DueSubscription(1, "Zeitung", hub, TOPIC, 0, START)
                result = await subscribe(asked, SUBSCRIBER, door, now)
                assert error in result.error
                assert bool(error) == bool(result.error)
            gone = DueSubscription(1, "Zeitung", f"http://127.0.0.1:{free_port()}/", TOPIC, 0, START)
            assert (await subscribe(gone, SUBSCRIBER, door, now)).error
    form = parse_qs(server.bodies[0].decode())
    assert (form["hub.mode"], form["hub.topic"], form["hub.lease_seconds"]) == (["subscribe"], [TOPIC], ["864000"])
    assert form["hub.callback"][0].startswith("https://wir.example/websub/")
    assert len(form["hub.secret"][0]) == 64
    assert form["hub.secret"] != parse_qs(server.bodies[1].decode())["hub.secret"]


def now() -> datetime:
    return START


@asynccontextmanager
async def listening(world: World) -> AsyncIterator[str]:
    """The callback address of the subscription."""
    port = free_port()
    async with Receiver(f"127.0.0.1:{port}", SUBSCRIBER, world.store, lambda: world.now):
        yield f"http://127.0.0.1:{port}/websub/{SUBSCRIBER.path(*NAMED)}"


def said(url: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    """Status and body of an answer."""
    try:
        with urlopen(Request(url, body, headers), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def question(mode: str = "subscribe", topic: str = TOPIC, **more: str) -> str:
    values = {"mode": mode, "topic": topic, "challenge": "<b>xyz", "lease_seconds": "86400", **more}
    return "?" + urlencode({f"hub.{key}": value for key, value in values.items()})


async def test_the_receiver_confirms_what_was_asked_for_and_nothing_else(world: World) -> None:
    async with listening(world) as url:
        assert (await asyncio.to_thread(said, url + question()))[0] == 404
        due(world)
        for wrong in (url[:-1] + question(), url + question("unsubscribe"), url + question(topic="x"), url,
                      url + question(challenge=""), url + question(challenge="x" * 3_000)):  # fmt: skip
            assert (await asyncio.to_thread(said, wrong))[0] == 404
        assert await asyncio.to_thread(said, url + question()) == (200, "<b>xyz")
        assert row(world)["expires_at"] == (world.now + timedelta(days=1)).isoformat(timespec="microseconds")
        assert await asyncio.to_thread(said, url + question("denied", reason="voll")) == (200, "")
        assert "voll" in str(row(world)["error"])


async def test_a_push_counts_only_if_it_is_signed(world: World) -> None:
    body = b"<feed>was immer darin steht</feed>"
    due(world)
    secret = SUBSCRIBER.secret(*NAMED).encode()
    async with listening(world) as url:
        for signature in ({}, {"X-Hub-Signature": "sha256=" + "0" * 64}):
            assert (await asyncio.to_thread(said, url, body, **signature))[0] == 202
        assert row(world)["pushed_at"] is None
        signed = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
        assert (await asyncio.to_thread(said, url, body, **{"X-Hub-Signature": signed}))[0] == 202
        assert row(world)["pushed_at"] is not None
        assert (await asyncio.to_thread(said, url[:-1], body))[0] == 404


async def test_the_receiver_survives_whatever_is_said_to_it(world: World) -> None:
    due(world)
    async with listening(world) as url:
        port, path = int(url.split(":")[2].split("/")[0]), url[url.index("/websub") :]
        for raw in (
            b"", b"\0\xff\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /" + b"x" * 100_000,
            b"GET //[ HTTP/1.1\r\nhost: x\r\n\r\n", f"GET {path}?{'a=1&' * 99} HTTP/1.1\r\nhost: x\r\n\r\n".encode(),
            b"PUT / HTTP/1.1\r\nhost: x\r\n\r\n",
            f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nx".encode(),
            f"POST {path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".encode(),
        ):  # fmt: skip
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(raw)
            writer.write_eof()
            with suppress(ConnectionError):
                assert b"HTTP/1.1 2" not in await asyncio.wait_for(reader.read(), 10)
            writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999\r\n\r\n".encode() + b"x" * 9_000_000)
        assert (await asyncio.wait_for(reader.readline(), 10)).startswith(b"HTTP/1.1 413")
        writer.close()
        assert await asyncio.to_thread(said, url + question()) == (200, "<b>xyz")
    assert row(world)["pushed_at"] is None


class Hub(ThreadingHTTPServer):
    """A hub at /hub, and a feed at /feed.xml that names it."""

    daemon_threads = True

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _HubHandler)
        self.site, self.polls = site, 0
        self.asked: list[dict[str, str]] = []
        self.confirmed: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def confirm(self, form: dict[str, str]) -> None:
        query = {
            "hub.mode": "subscribe",
            "hub.topic": form["hub.topic"],
            "hub.challenge": "c1",
            "hub.lease_seconds": "600",
        }
        with urlopen(f"{form['hub.callback']}?{urlencode(query)}", timeout=10) as answer:
            self.confirmed.append(answer.read())

    def push(self) -> None:
        form, body = self.asked[-1], b"<feed/>"
        signature = hmac.new(form["hub.secret"].encode(), body, hashlib.sha1).hexdigest()
        urlopen(Request(form["hub.callback"], body, {"X-Hub-Signature": f"sha1={signature}"}), timeout=10).close()


class _HubHandler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        hub = cast("Hub", self.server)
        hub.polls += self.path == "/feed.xml"
        self._answer(200 if self.path == "/feed.xml" else 404, hub.site.feed_body(), f'<{hub.url}/hub>; rel="hub"')

    def do_POST(self) -> None:
        hub = cast("Hub", self.server)
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        hub.asked.append({key: value[0] for key, value in form.items()})
        threading.Thread(target=hub.confirm, args=(hub.asked[-1],)).start()
        self._answer(202, b"", "")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing."""

    def _answer(self, status: int, body: bytes, link: str) -> None:
        self.send_response(status)
        self.send_header("Link", link)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def test_a_hub_tells_the_daemon_of_a_new_article(tmp_path: Path) -> None:
    with Site(1) as site, Hub(site) as hub:
        threading.Thread(target=hub.serve_forever, daemon=True).start()
        product, port = Product(tmp_path), free_port()
        web = f'websub_listen = "127.0.0.1:{port}"\nwebsub_url = "http://127.0.0.1:{port}/hub"\n'
        web += 'websub_secret_env = "NACHTRAG_TEST_DESK"\n'
        product.config.write_text(
            f'{product.config.read_text()}{web}[[sources]]\nname = "Tagblatt"\n'
            f'feed = "{hub.url}/feed.xml"\nevery = "1d"\nwebsub = true\n'
        )
        product.start(measured=True)
        until(lambda: hub.confirmed == [b"c1"])
        until(lambda: product.revisions() == 1)
        assert hub.asked[0]["hub.topic"] == f"{hub.url}/feed.xml"
        site.stories[2] = Story(2)
        assert product.status()["articles"] == 1
        hub.push()
        until(lambda: product.revisions() == 2)
        assert (product.stop(), hub.polls, len(hub.asked)) == (0, 2, 1)
        assert SECRET not in product.log()
        assert hub.asked[0]["hub.secret"] not in product.log()
        hub.shutdown()
