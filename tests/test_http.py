"""The door, over real sockets: what it asks, what it gives back, and what it refuses."""

from __future__ import annotations

import asyncio
import gzip
import pickle
from datetime import timedelta
from typing import TYPE_CHECKING

import brotli
import httpx
import pytest

from scraper.errors import BlockedAddress, FetchError, HttpStatus, RobotsDenied
from scraper.http import Door, FetchSettings
from scraper.page import NotModified, Page, Validators
from tests.scripted import CLOSE, NOW, PUBLIC, RESET, STALL, Home, Server, chunked, clock, guarded, http

if TYPE_CHECKING:
    from collections.abc import Awaitable

PAGE = "<p>Die Brücke wird gebaut.</p>".encode()


async def failing(fetch: Awaitable[object]) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetch
    return caught.value


async def test_a_page() -> None:
    answer = http(PAGE, 'ETag: "a\xe9"', "LAST-MODIFIED: Mon, 02 Mar 2026 08:00:00 GMT", "X-A: 1", "x-a: 2")
    async with Server({"/politik?a=1": answer}) as server, guarded() as door:
        page = await door.get(f"http://Zeitung.example:{server.port}/politik?a=1#kommentare")
    assert isinstance(page, Page)
    assert page.url == f"http://zeitung.example:{server.port}/politik?a=1"
    assert (page.status, page.body, page.fetched_at, page.redirects) == (200, PAGE, NOW, ())
    assert page.headers[:4] == (
        ("etag", '"a\xe9"'),
        ("last-modified", "Mon, 02 Mar 2026 08:00:00 GMT"),
        ("x-a", "1"),
        ("x-a", "2"),
    )
    assert page.validators == Validators('"a\xe9"', "Mon, 02 Mar 2026 08:00:00 GMT")
    assert page.peer == f"{PUBLIC}:{server.port}"
    assert page.connection.endswith("@2026-03-02T09:00:00.000000Z")
    assert pickle.loads(pickle.dumps(page)) == page


async def test_what_is_asked() -> None:
    answer = http(PAGE, "Set-Cookie: a=b; Path=/", "Set-Cookie: c=d")
    async with Server({"/x|y?q=[1]&z='": answer}) as server, guarded() as door:
        for _ in range(2):
            await door.get(f"http://zeitung.example:{server.port}/x|y?q=[1]&z='", accept="text/x")
    lines = server.heads[1].lower().splitlines()
    assert server.paths[1] == "/x|y?q=[1]&z=%27"
    for line in (
        f"host: zeitung.example:{server.port}",
        "user-agent: nachtrag/test",
        "accept: text/x",
        "accept-language: de,en;q=0.7,*;q=0.3",
        "accept-encoding: gzip, deflate, br, zstd",
    ):
        assert lines.count(line) == 1
    assert not [line for line in lines if line.startswith(("cookie", "referer", "if-", "cache-", "authorization"))]


async def test_any_other_transport_sees_the_whole_address() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(PAGE))

    settings = FetchSettings("Nachtrag/test", gap=timedelta(0))
    async with Door(settings, clock, transport=httpx.MockTransport(answer)) as door:
        for url in ("http://zeitung.example:81/a?b=1", "https://[2606:4700::1]/", "https://zeitung.example/%C3%A4"):
            page = await door.get(f"{url}#c")
            assert isinstance(page, Page)
            assert page.url == str(seen[-1].url) == url
            assert seen[-1].headers["host"] == seen[-1].url.netloc.decode()
        await door.post("https://desk.example/hook", b"{}", {"x-a": "b"}, timedelta(seconds=1))
    assert (seen[-1].method, str(seen[-1].url), seen[-1].headers["x-a"]) == ("POST", "https://desk.example/hook", "b")
    assert [await request.aread() for request in seen] == [b"", b"", b"", b"{}"]


async def test_the_environment_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with Server({"/": http(PAGE)}) as server:
        settings = FetchSettings("Nachtrag/test", allow_private=("127.0.0.0/8",))
        async with Door(settings, clock) as door:
            assert (await door.get(f"http://127.0.0.1:{server.port}/")).url


async def test_not_modified() -> None:
    same = http(b"", 'ETag: "a"', status="304 Not Modified", length=False)
    known = Validators('W/"\xe9\\"x"', "yesterday")
    async with Server({"/": same}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}/"
        answer = await door.get(url, validators=known)
        assert answer == NotModified(url, (("etag", '"a"'),), NOW, f"{PUBLIC}:{server.port}", answer.connection)
        assert 'If-None-Match: w/"\xe9\\"x"'.lower() in server.heads[0].lower()
        assert "if-modified-since: yesterday" in server.heads[0].lower()
        # Nobody asked: there is nothing that it could be the same as.
        for unsendable in (None, Validators(), Validators("a\r\nX: y", " "), Validators("\u20ac", "\ud800")):
            error = await failing(door.get(url, validators=unsendable))
            assert (error.code, "304" in error.message) == ("protocol", True)
    assert all("if-" not in head.lower() for head in server.heads[1:])


SQUEEZED = gzip.compress(PAGE, mtime=0)
TYPED = ("Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip")
# All of it would be read as something else than the page that is known.
OTHERS: dict[str, object] = {
    "other bytes for the same text": http(gzip.compress(PAGE, mtime=1), *TYPED),
    "another charset": http(SQUEEZED, TYPED[0].replace("utf-8", "latin-1"), TYPED[1]),
    "another status": http(SQUEEZED, *TYPED, status="203 X"),
    "gone": http(SQUEEZED, *TYPED, status="404 X"),
    "another address": http(b"", "Location: /b", status="302 X"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
async def test_bytes_that_are_known_are_not_decoded_again(other: object) -> None:
    first = http(SQUEEZED, *TYPED, 'ETag: "1"', "Age: 7")
    again = (chunked(SQUEEZED, "content-type: text/html; charset=utf-8", "content-encoding: gzip", 'ETag: "2"'),)
    async with Server({"/a": [first, again, other], "/b": http(SQUEEZED, *TYPED)}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}/a"
        page = await door.get(url)
        assert isinstance(page, Page)
        same = await door.get(url, known=page.digest)
        assert isinstance(same, NotModified)
        assert (same.status, same.url, same.fetched_at, same.peer) == (200, url, NOW, page.peer)
        assert same.validators == Validators('"2"')
        # Framing and headers that say nothing of the text may differ; all else is another page.
        another = await door.get(url, known=page.digest)
    assert isinstance(another, Page)
    assert another.digest not in (page.digest, "")


async def test_known_bytes_are_counted_like_others() -> None:
    """Nobody gets more past the limits because the beginning is known."""
    settings = FetchSettings("Nachtrag/test", allow_private=("127.0.0.0/8",), max_bytes=90, max_wire_bytes=90)
    async with Server({"/": [http(PAGE), http(PAGE + BIG)]}) as server, Door(settings, clock) as door:
        url = f"http://127.0.0.1:{server.port}/"
        page = await door.get(url)
        assert isinstance(page, Page)
        assert (await failing(door.get(url, known=page.digest))).code == "too_large"


async def test_connections_are_kept_unless_a_new_one_is_asked_for() -> None:
    async with Server({"/": http(PAGE)}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}/"
        pages = [await door.get(url), await door.get(url), await door.get(url, uncached=True), await door.get(url)]
    names = [page.connection.partition("@")[0] for page in pages]
    assert names[0] == names[1] == names[3] != names[2]
    assert server.connections == 2
    assert "cache-control: no-cache\r\n" in server.heads[2].lower()
    assert "pragma: no-cache\r\n" in server.heads[2].lower()
    assert "no-cache" not in server.heads[3]


async def test_a_kept_connection_that_was_just_closed_is_no_failure() -> None:
    async with Server({"/": [http(PAGE), (CLOSE,), http(b"again")]}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}/"
        assert isinstance(await door.get(url), Page)
        page = await door.get(url)
        assert isinstance(page, Page)
        assert page.body == b"again"
        # But whoever closes a new connection does not want us.
        server.scripts["/"] = (CLOSE,)
        assert (await failing(door.get(url, uncached=True))).code == "protocol"
    assert server.connections == 3


async def test_answers_that_are_no_errors() -> None:
    scripts: dict[str, object] = {
        f"/{status}": http(b"gone", status=f"{status} X") for status in (200, 203, 404, 410, 451)
    }
    async with Server(scripts) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}/"
        for status in (200, 203, 404, 410, 451):
            page = await door.get(f"{url}{status}")
            assert isinstance(page, Page)
            assert (page.status, page.body) == (status, b"gone")
        assert (await failing(door.get(f"{url}404", statuses=frozenset()))).code == "http_404"


@pytest.mark.parametrize("status", [202, 204, 206, 207, 300, 305, 400, 401, 403, 418, 429, 500, 503, 520, 999])
async def test_refusals(status: int) -> None:
    script = http(b"", f"Retry-After: {status}", status=f"{status} X", length=status != 204)
    async with Server({"/": script}) as server, guarded() as door:
        error = await failing(door.get(f"http://zeitung.example:{server.port}/"))
    assert isinstance(error, HttpStatus)
    assert (error.status, error.code, error.wait) == (status, f"http_{status}", timedelta(seconds=status))
    assert f"zeitung.example:{server.port}/: the server says {status}" in error.message


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", timedelta(seconds=7)), ("99999999999999", timedelta(days=30)), ("\xb2", None), ("soon", None)],
)
async def test_how_long_to_stay_away(header: str, wait: timedelta | None) -> None:
    async with Server({"/": http(b"", f"Retry-After: {header}", status="429 X")}) as server, guarded() as door:
        error = await failing(door.get(f"http://zeitung.example:{server.port}/"))
        answer = await door.post(f"http://zeitung.example:{server.port}/", b"", {}, timedelta(seconds=5))
    assert isinstance(error, HttpStatus)
    assert error.wait == answer.wait == wait


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects(status: int) -> None:
    asked: list[str] = []

    async def check(url: str) -> None:
        asked.append(url)

    async with Server({"/neu/%C3%BC?%C3%A9=1": http(PAGE)}) as server, guarded() as door:
        here = f"http://zeitung.example:{server.port}"
        server.scripts["/a"] = http(b"", f"Location: //andere.example:{server.port}/b/c", status=f"{status} X")
        # In UTF-8 by one server, in Latin-1 by another.
        server.scripts["/b/c"] = http(b"moved", "Location: ../b/ü#x".encode().decode("latin-1"), status=f"{status} X")
        server.scripts["/b/%C3%BC"] = http(b"moved", f"Location: {here}/neu/ü?é=1", status=f"{status} X")
        page = await door.get(f"{here}/a", validators=Validators('"a"'), check=check)
    assert isinstance(page, Page)
    there = f"http://andere.example:{server.port}"
    assert page.redirects == ((status, f"{here}/a"), (status, f"{there}/b/c"), (status, f"{there}/b/%C3%BC"))
    assert page.url == f"{here}/neu/%C3%BC?%C3%A9=1"
    assert asked == [url for _, url in page.redirects] + [page.url]
    # What we know of an address says nothing of another.
    assert ["if-none-match" in head.lower() for head in server.heads] == [True, False, False, False]


async def test_six_redirects_are_followed_and_no_more() -> None:
    scripts: dict[str, object] = {f"/{n}": http(b"", f"Location: /{n + 1}", status="302 X") for n in range(7)}
    async with Server({**scripts, "/7": http(PAGE)}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}/"
        page = await door.get(f"{url}1")
        assert isinstance(page, Page)
        assert len(page.redirects) == 6
        server.heads.clear()
        assert (await failing(door.get(f"{url}0"))).code == "redirect"
        assert server.paths == ["/0", "/1", "/2", "/3", "/4", "/5", "/6"]


@pytest.mark.parametrize(
    ("location", "code", "kind"),
    [
        ("/a", "redirect", FetchError),
        ("/a#x", "redirect", FetchError),
        ("/b", "redirect", FetchError),
        (None, "redirect", FetchError),
        ("", "redirect", FetchError),
        ("file:///etc/passwd", "blocked_address", BlockedAddress),
        ("javascript:alert(1)", "blocked_address", BlockedAddress),
        ("http://a@andere.example/", "blocked_address", BlockedAddress),
        ("http://127.0.0.1:1/", "blocked_address", BlockedAddress),
        ("//[", "blocked_address", BlockedAddress),
        ("/" + "x" * 9_000, "bad_url", FetchError),
    ],
)
async def test_redirects_that_are_not_followed(location: str | None, code: str, kind: type[FetchError]) -> None:
    headers = [] if location is None else [f"Location: {location}"]
    scripts: dict[str, object] = {
        "/a": http(b"", *headers, status="302 X"),
        "/b": http(b"", "Location: /a", status="302 X"),
    }
    home = Home()
    async with Server(scripts) as server, guarded(home=home) as door:
        error = await failing(door.get(f"http://zeitung.example:{server.port}/a"))
    assert (error.code, type(error)) == (code, kind)
    assert {host for host, _ in home.asked} == {PUBLIC}


async def test_a_check_that_refuses_stops_everything() -> None:
    async def check(url: str) -> None:
        if url.endswith("/b"):
            raise RobotsDenied(f"{url}: no")

    scripts: dict[str, object] = {"/a": http(b"", "Location: /b", status="302 X"), "/b": http(PAGE)}
    async with Server(scripts) as server, guarded() as door:
        error = await failing(door.get(f"http://zeitung.example:{server.port}/a", check=check))
    assert isinstance(error, RobotsDenied)
    assert server.paths == ["/a"]


SOON = timedelta(seconds=0.1)
STALLS: dict[str, object] = {
    "/no-answer": (STALL,),
    "/in-the-head": (b"HTTP/1.1 200 OK\r\nX-A: ", STALL),
    "/in-the-body": (http(PAGE, "Content-Length: 99", length=False), STALL),
    "/in-a-chunk": (chunked(PAGE)[:-9], STALL),
    "/after-a-redirect": http(b"", "Location: /no-answer", status="302 X"),
}


@pytest.mark.parametrize("path", STALLS)
async def test_the_deadline(path: str) -> None:
    async with Server(STALLS) as server, guarded(deadline=SOON) as door:
        error = await failing(door.get(f"http://zeitung.example:{server.port}{path}"))
    assert error.code == "timeout"
    assert f"{path}: no complete answer within 0.1 s" in error.message


@pytest.mark.parametrize("beginning", [b"HTTP/1.1 200 OK\r\nX: ", http(b"", "Content-Length: 9999", length=False)])
async def test_drops_do_not_hold_off_the_deadline(beginning: bytes) -> None:
    """Every read brings something: only a deadline over all of them ends it."""

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        while not writer.is_closing():
            writer.write(b"x")
            await asyncio.sleep(0.002)

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as server, guarded(deadline=SOON) as door:
        port = server.sockets[0].getsockname()[1]
        assert (await failing(door.get(f"http://zeitung.example:{port}/"))).code == "timeout"


async def test_a_check_is_within_the_deadline() -> None:
    async with guarded(deadline=timedelta(seconds=0.05)) as door:
        forever = asyncio.Event()
        error = await failing(door.get("http://zeitung.example/", check=lambda _: forever.wait()))  # type: ignore[arg-type, return-value]
    assert error.code == "timeout"


BIG = b"x" * 5_000
BODIES: dict[str, tuple[bytes | tuple[bytes | str, ...], str]] = {
    "announced": (http(b"", "Content-Length: 1000000000000000", length=False), "too_large"),
    "announced and coming": (http(BIG), "too_large"),
    "in chunks": ((chunked(BIG), STALL), "too_large"),
    "until closed": ((http(BIG, length=False), CLOSE), "too_large"),
    "decoded": (http(gzip.compress(BIG), "Content-Encoding: gzip"), "too_large"),
    "framing": ((http(b"", "Transfer-Encoding: chunked", length=False), b"1;" + b"x" * 9_000), "too_large"),
    "gzip cut": (http(gzip.compress(PAGE)[:-4], "Content-Encoding: gzip"), "truncated"),
    "br cut": (http(brotli.compress(PAGE)[:-4], "Content-Encoding: br"), "truncated"),
    "gzip label": (http(PAGE, "Content-Encoding: gzip"), "bad_encoding"),
    "unknown label": (http(PAGE, "Content-Encoding: aes128gcm"), "bad_encoding"),
    "tower in three headers": (http(PAGE, *["Content-Encoding: gzip"] * 3), "bad_encoding"),
    "short": ((http(PAGE, "Content-Length: 99", length=False), CLOSE), "truncated"),
    "reset": ((http(PAGE, "Content-Length: 99", length=False), RESET), "truncated"),
    "chunk short": ((chunked(PAGE)[:-9], CLOSE), "truncated"),
    "no last chunk": ((chunked(PAGE)[:-5], CLOSE), "truncated"),
    "long": (http(PAGE, "Content-Length: 9", length=False), "truncated"),
    "chunk size": ((http(b"ZZ\r\nx", "Transfer-Encoding: chunked", length=False), CLOSE), "protocol"),
    "two lengths": (http(PAGE, "Content-Length: 2"), "protocol"),
    "no length": (http(PAGE, "Content-Length: -1", length=False), "protocol"),
    "no head": ((PAGE, CLOSE), "protocol"),
    "silence": ((CLOSE,), "protocol"),
    "reset at once": ((RESET,), "connect"),
    "head of a megabyte": ((http(b"", "X: " + "x" * 1_000_000),), "protocol"),
    "hints without end": ((b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 20_000, STALL), "too_large"),
}


@pytest.mark.parametrize(("script", "code"), BODIES.values(), ids=BODIES)
async def test_bodies_that_are_not_taken(script: object, code: str) -> None:
    settings = FetchSettings(
        "Nachtrag/test", gap=timedelta(0), allow_private=("127.0.0.1/32",), max_bytes=3_000, max_wire_bytes=4_000
    )
    async with Server({"/": script}) as server, Door(settings, clock) as door:
        error = await failing(door.get(f"http://127.0.0.1:{server.port}/"))
        assert (error.code, type(error)) == (code, FetchError)
        assert error.message.startswith(f"http://127.0.0.1:{server.port}/: ")
        # The next one is not harmed.
        server.scripts["/"] = http(PAGE)
        page = await door.get(f"http://127.0.0.1:{server.port}/")
    assert isinstance(page, Page)
    assert page.body == PAGE


async def test_more_is_taken_where_more_is_asked_for() -> None:
    settings = FetchSettings("Nachtrag/test", allow_private=("127.0.0.0/8",), max_bytes=30, max_wire_bytes=30)
    async with Server({"/": http(BIG)}) as server, Door(settings, clock) as door:
        page = await door.get(f"http://127.0.0.1:{server.port}/", max_bytes=5_000)
    assert isinstance(page, Page)
    assert page.body == BIG


FRAMINGS: dict[str, object] = {
    "length": http(PAGE),
    "chunks": chunked(PAGE),
    "chunks with blank lines": (
        http(b"", "Transfer-Encoding: chunked", length=False),
        b"2\r\n\r\n", b"\r\n4\r\n\n\r", b"\n\n\r\n0\r\n", b"\r\n",
    ),
    "chunks with a trailer": chunked(PAGE)[:-2] + b"X-A: b\r\n\r\n",
    "until closed": (http(PAGE, length=False), CLOSE),
    "gzip with junk": http(gzip.compress(PAGE) + b"JUNK", "Content-Encoding: gzip"),
    "hints first": b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + http(PAGE),
    "byte by byte": tuple(bytes([byte]) for byte in chunked(PAGE)),
    "bare line feeds": http(PAGE).replace(b"\r\n", b"\n"),
    "length and chunks": chunked(PAGE, "Content-Length: 3"),
    "nothing": http(b""),
}  # fmt: skip


@pytest.mark.parametrize("script", FRAMINGS.values(), ids=FRAMINGS)
async def test_bodies_that_are_taken(script: object) -> None:
    async with Server({"/": script}) as server, guarded() as door:
        pages = [await door.get(f"http://zeitung.example:{server.port}/") for _ in range(2)]
    bodies = {page.body for page in pages if isinstance(page, Page)}
    assert bodies <= {PAGE, b"", b"\r\n\n\r\n\n"}
    assert len(bodies) == 1
    assert server.connections == (2 if isinstance(script, tuple) and CLOSE in script else 1)


SECOND = http(b"POISON")


@pytest.mark.parametrize(
    "first",
    [
        http(PAGE) + SECOND,
        chunked(PAGE) + chunked(b"POISON"),
        chunked(PAGE)[:-2] + b"X-A: b\r\n\r\n" + SECOND,
        http(b"", 'ETag: "a"', status="304 X", length=False) + SECOND,
        (http(PAGE)[:-1], PAGE[-1:] + SECOND),
        chunked(PAGE) + b"junk",
    ],
    ids=["length", "chunks", "trailer", "304", "in two pieces", "junk"],
)
async def test_what_follows_an_answer_is_not_the_next_one(first: object) -> None:
    async with Server({"/a": first, "/b": http(b"right")}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}"
        await door.get(f"{url}/a", validators=Validators('"a"'))
        page = await door.get(f"{url}/b")
    assert isinstance(page, Page)
    assert page.body == b"right"
    assert server.connections == 2


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("file:///etc/passwd", BlockedAddress),
        ("ftp://zeitung.example/", BlockedAddress),
        ("zeitung.example", BlockedAddress),
        ("", BlockedAddress),
        ("http://a:b@zeitung.example/", FetchError),
        ("http://[", FetchError),
        (" HTTP://zei tung.example/", FetchError),
        ("http://zeitung.example/" + "a" * 9_000, FetchError),
    ],
)
async def test_what_is_no_address_is_not_asked(url: str, kind: type[FetchError]) -> None:
    home = Home()
    async with guarded(home=home) as door:
        for fetch in (door.get(url), door.post(url, b"", {}, timedelta(seconds=1))):
            error = await failing(fetch)
            assert type(error) is kind
            assert len(error.message) < 400
    assert home.asked == []


async def test_headers_that_cannot_be_sent() -> None:
    async with Server({"/": http(b"")}) as server, guarded() as door:
        answer = door.post(f"http://zeitung.example:{server.port}/", b"", {"x": "a\r\nb: c"}, timedelta(seconds=1))
        assert (await failing(answer)).code == "protocol"
    assert server.heads == []
