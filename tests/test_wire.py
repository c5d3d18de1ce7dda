"""Guarded connections: where they may lead, over which addresses, and what their failures are called."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from scraper.errors import BlockedAddress, FetchError
from scraper.page import Page, Validators
from scraper.transport import fetch_error
from scraper.wire import NameNotFound, resolve
from tests.scripted import PUBLIC, STALL, Home, Server, chunked, guarded, http

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

OTHER = "1.1.1.1"
CODES = {
    "dns", "connect", "tls", "timeout", "protocol", "truncated", "too_large", "bad_encoding", "redirect", "bad_url",
}  # fmt: skip
EVERYTHING = ("0.0.0.0/0", "::/0")


def answering(*addresses: str) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    """A resolver that always says the same."""

    async def answer(host: str, port: int) -> Sequence[str]:
        return addresses

    return answer


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",), ("169.254.169.254",), (PUBLIC, "10.0.0.1"), ("::1", PUBLIC), ("::ffff:93.184.215.14",),
        ("nonsense",),
    ],
)  # fmt: skip
async def test_a_name_with_any_address_that_is_not_public_is_blocked(addresses: tuple[str, ...]) -> None:
    home = Home()
    async with Server({"/": http(b"x")}) as server, guarded(home=home, resolve=answering(*addresses)) as door:
        with pytest.raises(BlockedAddress, match=r"zeitung\.example.* is .*, which is not on the public internet"):
            await door.get(f"http://zeitung.example:{server.port}/")
    assert (home.asked, server.connections) == ([], 0)


async def test_an_address_that_is_not_public_is_named_once() -> None:
    async with Server({"/": http(b"x")}) as server, guarded(home=Home(), resolve=answering("127.0.0.1")) as door:
        with pytest.raises(BlockedAddress, match=r"(?<!is )127\.0\.0\.1 is not on the public internet"):
            await door.get(f"http://127.0.0.1:{server.port}/")


async def test_the_connection_goes_to_an_address_that_was_checked() -> None:
    """The name is public when it is checked, and would be loopback when asked again."""
    answers = [(PUBLIC,), ("127.0.0.1",)]

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    home = Home()
    async with Server({"/": http(b"x")}) as server, guarded(home=home, resolve=rebinding) as door:
        url = f"http://zeitung.example:{server.port}/"
        await door.get(url)
        assert home.asked == [(PUBLIC, server.port)]
        assert f"Host: zeitung.example:{server.port}" in server.heads[0]
        with pytest.raises(BlockedAddress):
            await door.get(url, uncached=True)
    assert (len(home.asked), server.connections) == (1, 1)


async def test_every_address_is_tried_in_order() -> None:
    dead = ("2606:4700::1", OTHER)
    home = Home(dead=dead)
    async with Server({"/": http(b"x")}) as server, guarded(home=home, resolve=answering(*dead, PUBLIC)) as door:
        page = await door.get(f"http://zeitung.example:{server.port}/")
    assert [host for host, _ in home.asked] == [*dead, PUBLIC]
    assert page.peer == f"{PUBLIC}:{server.port}"


@pytest.mark.parametrize(("addresses", "tried", "code"), [((), 0, "dns"), ((OTHER,) * 9, 4, "connect")])
async def test_nobody_there(addresses: tuple[str, ...], tried: int, code: str) -> None:
    home = Home(dead=(OTHER,))
    async with guarded(home=home, resolve=answering(*addresses)) as door:
        with pytest.raises(FetchError) as caught:
            await door.get("http://zeitung.example:81/")
    assert (len(home.asked), caught.value.code) == (tried, code)


async def test_networks_may_be_allowed() -> None:
    async with Server({"/": http(b"x")}) as server, guarded(allow_private=("127.0.0.0/31",)) as door:
        page = await door.get(f"http://127.0.0.1:{server.port}/")
        assert isinstance(page, Page)
        assert page.peer == f"127.0.0.1:{server.port}"
        for other in ("127.0.0.2", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"):
            with pytest.raises(BlockedAddress, match="`allow_private`"):
                await door.get(f"http://{other}:{server.port}/")
    assert server.connections == 1


async def test_ipv6_peers_are_written_as_in_addresses() -> None:
    async with Server({"/": http(b"x")}) as server, guarded(resolve=answering("2606:4700::1")) as door:
        page = await door.get(f"http://zeitung.example:{server.port}/")
    assert page.peer == f"[2606:4700::1]:{server.port}"


@pytest.mark.parametrize("name", ["a" * 70 + ".example", "a..example"])
async def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(NameNotFound, match="look how the address is spelt"):
        await resolve(name, 80)


async def test_names_are_asked_of_the_system() -> None:
    assert await resolve("127.0.0.1", 80) == ("127.0.0.1",)
    assert "127.0.0.1" in await resolve("localhost", 80)


async def test_connections_do_not_pile_up() -> None:
    async with Server({"/": http(b"x")}) as server, guarded() as door:
        for number in range(230):
            await door.get(f"http://host{number}.example:{server.port}/")
        assert (server.connections, server.open <= 201) == (230, True)
        assert server.open > 1  # they are kept, for some seconds
    assert server.open == 0


async def test_connections_are_not_kept_for_long() -> None:
    async with Server({"/": http(b"x")}) as server, guarded(idle=timedelta(milliseconds=20)) as door:
        for name in ("a", "b"):
            await door.get(f"http://{name}.example:{server.port}/")
        assert server.open == 2
        await server.left(0)
        await door.get(f"http://a.example:{server.port}/")
    assert server.connections == 3


@pytest.mark.parametrize("late", [http(b"POISON"), b"HTT", b"junk"])
async def test_what_comes_unasked_is_never_an_answer(late: bytes) -> None:
    """It came after the answer was taken, and before the next request."""
    async with Server({"/a": (chunked(b"x"), late), "/b": http(b"right")}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}"
        await door.get(f"{url}/a")
        await server.said_all()
        page = await door.get(f"{url}/b")
        assert isinstance(page, Page)
        assert (page.body, server.connections) == (b"right", 2)


async def test_what_the_event_loop_has_yet_to_hear_is_no_answer() -> None:
    async with Server({"/a": http(b"x"), "/b": http(b"right")}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}"
        await door.get(f"{url}/a")
        await server.said_all()
        server.writer.write(http(b"POISON"))
        page = await door.get(f"{url}/b")
        assert isinstance(page, Page)
        assert (page.body, server.connections) == (b"right", 2)


async def test_an_answer_that_nobody_waits_for_any_more_ends_its_connection() -> None:
    slow = (http(b"", "Content-Length: 9", length=False), STALL)
    async with Server({"/slow": slow, "/": http(b"x")}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}/"
        await door.get(url)
        looking = asyncio.ensure_future(door.get(f"{url}slow"))
        await server.asked(1)
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking
        await door.get(url)
        assert (server.connections, server.paths) == (2, ["/", "/slow", "/"])


async def test_an_answer_in_full_is_no_reason_to_connect_anew() -> None:
    """Not even if nobody read its body."""
    moved = http(b"look there", "Location: /b", status="302 X")
    same = http(b"", 'ETag: "a"', "Content-Length: 99", status="304 X", length=False)
    async with Server({"/a": moved, "/b": http(b"x"), "/c": same}) as server, guarded() as door:
        for path in ("a", "c", "a"):
            await door.get(f"http://zeitung.example:{server.port}/{path}", validators=Validators('"a"'))
    assert server.connections == 1


def exceptions_of(library: object) -> list[type[Exception]]:
    found = [value for value in vars(library).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert len(found) > 10
    return found


@pytest.mark.parametrize("kind", exceptions_of(httpx), ids=lambda kind: kind.__name__)
def test_every_exception_of_the_libraries_has_its_code(kind: type[Exception]) -> None:
    if kind is httpx.HTTPStatusError:
        request = httpx.Request("GET", "http://a.example")
        error: Exception = httpx.HTTPStatusError("x", request=request, response=httpx.Response(200))
    else:
        error = kind.__new__(kind)
        Exception.__init__(error, "what happened")
    explained = fetch_error("http://a.example/", error)
    assert explained.code in CODES
    assert explained.message.startswith("http://a.example/: ")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for zeitung.example, good.pem, that signed itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("NOT RUN: openssl is not installed (apt-get install openssl)")
    folder = tmp_path_factory.mktemp("tls")
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "good.pem"), "-subj", "/CN=zeitung.example",
        "-addext", "subjectAltName=DNS:zeitung.example",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return folder


def serving(authority: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "good.pem", authority / "key.pem")
    return context


async def test_the_certificate_is_that_of_the_name(authority: Path) -> None:
    names: list[str] = []
    served = serving(authority)
    served.sni_callback = lambda _socket, name, _context: names.append(name)
    trusting = ssl.create_default_context(cafile=str(authority / "good.pem"))
    async with Server({"/": chunked(b"secret")}, tls=served) as server, guarded(tls=trusting) as door:
        for _ in range(2):
            page = await door.get(f"https://zeitung.example:{server.port}/")
            assert isinstance(page, Page)
            assert (page.body, page.peer) == (b"secret", f"{PUBLIC}:{server.port}")
        assert (names, server.connections) == (["zeitung.example"], 1)
        with pytest.raises(FetchError, match="andere") as caught:
            await door.get(f"https://andere.example:{server.port}/")
    assert caught.value.code == "tls"


async def test_a_certificate_of_nobody_is_refused(authority: Path) -> None:
    async with Server({"/": http(b"x")}, tls=serving(authority)) as server, guarded() as door:
        with pytest.raises(FetchError, match="certificate") as caught:
            await door.get(f"https://zeitung.example:{server.port}/")
    assert (caught.value.code, server.heads) == ("tls", [])


async def test_no_encryption_where_there_should_be() -> None:
    async def plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(http(b"x"))
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as server, guarded() as door:
        with pytest.raises(FetchError) as caught:
            await door.get(f"https://zeitung.example:{server.sockets[0].getsockname()[1]}/")
    assert caught.value.code == "tls"


async def worst(host: str, port: int) -> Sequence[str]:
    """What is written as a number is that number; every name, whoever owns it, is loopback."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except OSError:
        return ("127.0.0.1",)
    return [str(address[0]) for *_, address in found]


async def test_no_form_of_an_inner_address_is_connected_to(shared: Path) -> None:
    suite = json.loads((shared / "hostile" / "ssrf-addresses" / "manifest.json").read_text("utf-8"))
    urls = [case["url"] for case in suite["cases"]]
    assert len(urls) == 552
    counts = {}
    for allowed in ((), EVERYTHING):
        # Counts, and never connects.
        home = Home(dead=Everyone())
        async with guarded(home=home, resolve=worst, allow_private=allowed) as door:
            for url in urls:
                with pytest.raises(FetchError):
                    await door.get(url)
        counts[allowed] = len(home.asked)
    assert counts[()] == 0
    # The control: without the guard most of them would have been connected to.
    assert counts[EVERYTHING] > 400


class Everyone:
    """Contains everything."""

    def __contains__(self, _: object) -> bool:
        return True
