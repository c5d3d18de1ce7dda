"""Taking turns at a host, and webhooks, which do not."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from scraper.errors import BlockedAddress, FetchError, HttpStatus
from scraper.http import Answer
from scraper.page import Page
from tests.articles import NOON
from tests.scripted import CLOSE, RESET, STALL, Home, Server, chunked, guarded, http

HOUR = timedelta(hours=1)
SECONDS = timedelta(seconds=5)


class Pauses:
    """Notes what the door would wait, and does not."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)

    @property
    def hours(self) -> list[int]:
        return [round(seconds / 3600) for seconds in self.taken]


async def test_there_is_a_pause_between_two_requests_to_a_host() -> None:
    pauses = Pauses()
    moved = http(b"", "Location: /", status="302 X")
    async with Server({"/": http(b"x"), "/moved": moved}) as server, guarded(gap=HOUR, pause=pauses) as door:
        url = f"http://zeitung.example:{server.port}"
        await door.get(f"{url}/")
        assert pauses.hours == []
        await door.get(f"{url}/moved")
        # Nothing is due to hosts that were not asked, nor to webhooks.
        await door.get(f"http://andere.example:{server.port}/")
        await door.post(f"{url}/", b"", {}, SECONDS)
        # No time has passed here, so the second hop is due an hour after the first, which is due in an hour.
        assert pauses.hours == [1, 2]


async def test_a_request_that_fails_counts() -> None:
    pauses = Pauses()
    async with Server({"/": (CLOSE,)}) as server, guarded(gap=HOUR, pause=pauses) as door:
        for _ in range(2):
            with pytest.raises(FetchError):
                await door.get(f"http://zeitung.example:{server.port}/")
    assert pauses.hours == [1]


async def test_both_schemes_are_one_host() -> None:
    pauses = Pauses()
    async with guarded(home=Home(dead=("93.184.215.14",)), gap=HOUR, pause=pauses) as door:
        for url in ("http://zeitung.example/", "https://zeitung.example/a"):
            with pytest.raises(FetchError):
                await door.get(url)
    assert pauses.hours == [1]


@pytest.mark.parametrize("per_host", [1, 3])
async def test_so_many_at_once_and_no_more(per_host: int) -> None:
    async with Server({"/": http(b"x")}) as server, guarded(per_host=per_host) as door:
        urls = [f"http://zeitung.example:{server.port}/"] * 12
        pages = await asyncio.gather(*(door.get(url) for url in urls))
        assert len(pages) == 12
        assert server.most_busy <= per_host
        assert server.connections <= per_host
        # Hosts do not wait for each other.
        server.scripts["/"] = (STALL,)
        others = [asyncio.ensure_future(door.get(f"http://host{n}.example:{server.port}/")) for n in range(5)]
        await server.asked(5)
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


async def test_waiting_for_our_turn_is_not_held_against_the_host() -> None:
    """The first request uses up its deadline; the one behind it has all of its own."""
    scripts: dict[str, object] = {"/slow": (STALL,), "/": http(b"x")}
    async with Server(scripts) as server, guarded(deadline=timedelta(seconds=0.2)) as door:
        url = f"http://zeitung.example:{server.port}"
        slow, slower, quick = await asyncio.gather(
            door.get(f"{url}/slow"), door.get(f"{url}/slow"), door.get(f"{url}/"), return_exceptions=True
        )
    assert isinstance(slow, FetchError)
    assert isinstance(slower, FetchError)
    assert isinstance(quick, Page)


@pytest.mark.parametrize(("wait", "asked"), [("7200", ["/a"]), ("30", ["/a", "/b"])])
async def test_who_waits_for_its_turn_hears_that_the_host_wants_to_be_left_alone(wait: str, asked: list[str]) -> None:
    told, now, slept = asyncio.Event(), [NOON], list[float]()

    async def pause(seconds: float) -> None:
        await told.wait()
        slept.append(round(seconds))
        now[0] += timedelta(seconds=seconds if slept[1:] else 0)

    busy = http(b"", f"Retry-After: {wait}", status="429 X")
    settings = {"gap": timedelta(seconds=2), "per_host": 2, "pause": pause, "clock": lambda: now[0]}
    async with Server({"/a": busy, "/b": http(b"x")}) as server, guarded(**settings) as door:
        first, second = (
            asyncio.ensure_future(door.get(f"http://zeitung.example:{server.port}{path}")) for path in ("/a", "/b")
        )
        with pytest.raises(HttpStatus):
            await first
        told.set()
        (answer,) = await asyncio.gather(second, return_exceptions=True)
        assert server.paths == asked
    if len(asked) == 1:
        assert isinstance(answer, FetchError)
        assert (answer.code, slept) == ("host_rests", [2])
    else:
        assert slept == [2, 30]


async def test_who_gives_up_waiting_leaves_the_line() -> None:
    async with Server({"/slow": (STALL,), "/": http(b"x")}) as server, guarded() as door:
        url = f"http://zeitung.example:{server.port}"
        first = asyncio.ensure_future(door.get(f"{url}/slow"))
        await server.asked(1)
        second = asyncio.ensure_future(door.get(f"{url}/slow"))
        await asyncio.sleep(0)
        for task in (second, first):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert isinstance(await door.get(f"{url}/"), Page)
    assert server.paths == ["/slow", "/"]


async def test_thousands_of_hosts() -> None:
    """What is known of hosts that nobody asks is forgotten; the turns of the others stand."""
    pauses = Pauses()
    async with guarded(home=Home(dead=("93.184.215.14",)), pause=pauses) as door:
        for number in range(1_100):
            with pytest.raises(FetchError):
                await door.get(f"http://host{number}.example/")
    assert pauses.taken == []


async def test_many_requests_at_once_to_ever_more_hosts() -> None:
    """Each of them closes connections that are kept; none may stumble over what another has closed."""
    async with Server({"/": http(b"x")}) as server, guarded() as door:
        for batch, hosts in (("first", 210), ("second", 30)):
            urls = [f"http://{batch}{number}.example:{server.port}/" for number in range(hosts)]
            pages = await asyncio.gather(*(door.get(url) for url in urls))
            assert all(isinstance(page, Page) for page in pages)


async def test_a_webhook() -> None:
    busy = http("Größe".encode(), "Retry-After: 9", status="503 X")
    async with Server({"/hook?a": busy}) as server, guarded(gap=HOUR) as door:
        headers = {"Content-Type": "application/json", "webhook-id": "1"}
        answer = await door.post(f"http://empfang.example:{server.port}/hook?a", b'{"type": "x"}', headers, SECONDS)
    assert answer == Answer(503, timedelta(seconds=9), "Größe")
    assert server.bodies == [b'{"type": "x"}']
    head = server.heads[0].lower()
    assert head.startswith("post /hook?a http/1.1")
    for line in ("user-agent: nachtrag/test", "content-type: application/json", "webhook-id: 1", "content-length: 13"):
        assert f"\r\n{line}\r\n" in head


ENDLESS = (http(b"", "Transfer-Encoding: chunked", length=False), *[b"4000\r\n" + b"b" * 0x4000] * 40)
ANSWERS: dict[str, tuple[object, int, str]] = {
    "empty": (http(b"", status="204 X", length=False), 204, ""),
    "redirect": (http(b"x", "Location: /b", status="302 X"), 302, "x"),
    "long": (http(b"a" * 9_000), 200, "a" * 500),
    "without end": (ENDLESS, 200, "b" * 500),
    "breaks off": ((http(b"abc", "Content-Length: 99", length=False), RESET), 200, "abc"),
    "stalls": ((http(b"abc", "Content-Length: 99", length=False), STALL), 200, "abc"),
    "no text": (http(b"a\0\xff"), 200, "a\ufffd\ufffd"),
    "chunks": (chunked(b"abc"), 200, "abc"),
}  # fmt: skip


@pytest.mark.parametrize(("script", "status", "text"), ANSWERS.values(), ids=ANSWERS)
async def test_what_receivers_say(script: object, status: int, text: str) -> None:
    async with Server({"/": script}) as server, guarded() as door:
        answer = await door.post(f"http://empfang.example:{server.port}/", b"{}", {}, timedelta(seconds=0.3))
    assert answer == Answer(status, None, text)
    assert server.paths == ["/"]


async def test_webhooks_that_do_not_arrive_name_the_host_only() -> None:
    async with Server({"/geheim": (STALL,)}) as server, guarded() as door:
        host = f"empfang.example:{server.port}"
        with pytest.raises(FetchError, match=f"http://{host}/…: no answer within 0.1 s") as caught:
            await door.post(f"http://{host}/geheim", b"", {}, timedelta(seconds=0.1))
        assert caught.value.code == "timeout"
        server.scripts["/geheim"] = (RESET,)
        with pytest.raises(FetchError, match=f"http://{host}/…: ") as caught:
            await door.post(f"http://{host}/geheim", b"", {}, SECONDS)
        assert "geheim" not in str(caught.value)
        with pytest.raises(BlockedAddress, match=r"http://127.0.0.1/…: "):
            await door.post("http://127.0.0.1/geheim", b"", {}, SECONDS)
