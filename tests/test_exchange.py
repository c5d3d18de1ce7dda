"""One answer as its bytes come: what is taken for one, where it ends, and what is refused."""

from __future__ import annotations

import httpx
import pytest

from scraper.exchange import CutShort, Exchange, TooMuch
from tests.scripted import chunked, http

PAGE = "<p>Der Deich hält.</p>".encode()
CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def heard(*pieces: bytes, budget: int = 10_000, closed: bool = False) -> Exchange:
    """What has come of an answer after these bytes."""
    exchange = Exchange(budget)
    for piece in pieces:
        exchange.take(piece)
    if closed:
        exchange.end(None)
    return exchange


async def outcome(exchange: Exchange) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body; raises what went wrong."""
    await exchange.head()
    return exchange.status, exchange.headers, b"".join([piece async for piece in exchange.body()])


WHOLE = {
    "length": http(PAGE, "X-A: 1", "x-a: 2"),
    "chunks": chunked(PAGE, 'ETag: "a"'),
    "trailer": chunked(PAGE)[:-2] + b"X-A: b\r\n\r\n",
    "hints first": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + http(PAGE),
    "not modified, and the length of the page": http(b"", "Content-Length: 99", status="304 X", length=False),
    "no content": http(b"", status="204 X", length=False),
    "bare line feeds": http(PAGE).replace(b"\r\n", b"\n"),
    "folded": http(PAGE, "X-A: one;\r\n\ttwo"),
    "length and chunks": chunked(PAGE, "Content-Length: 3"),
    "blanks behind sizes": CHUNKS + b"3  \r\nabc\r\n0\r\n\r\n",
    "extended sizes": CHUNKS + b"3;a=b\r\nabc\r\n0;c\r\n\r\n",
    "offered another protocol": http(PAGE, "Upgrade: h2", "Connection: Upgrade"),
    "no reason": http(PAGE, status="200"),
    "empty": http(b""),
}  # fmt: skip


@pytest.mark.parametrize("answer", WHOLE.values(), ids=WHOLE)
async def test_an_answer_is_the_same_wherever_it_was_torn(answer: bytes) -> None:
    whole = heard(answer)
    wanted = await outcome(whole)
    assert wanted[0] in (200, 204, 304)
    assert (whole.is_done, whole.is_clean) == (True, True)
    for at in range(1, len(answer)):
        torn = heard(answer[:at], answer[at:])
        assert await outcome(torn) == wanted
        assert (torn.is_done, torn.is_clean) == (True, True)
    assert not heard(answer[:-1]).is_done


@pytest.mark.parametrize("answer", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("behind", [http(b"POISON"), chunked(b"POISON"), b"HTT", b"junk", b"\0"])
async def test_what_stands_behind_an_answer_is_no_part_of_it(answer: bytes, behind: bytes) -> None:
    wanted = await outcome(heard(answer))
    for pieces in ((answer + behind,), (answer, behind), (answer[:-1], answer[-1:] + behind)):
        exchange = heard(*pieces)
        assert (exchange.status, exchange.headers) == wanted[:2]
        assert (exchange.is_done, exchange.is_clean) == (True, False)
        try:
            assert (await outcome(exchange))[2] == wanted[2]
        except CutShort:  # the length was wrong
            assert not behind.startswith(b"HTTP/")
            assert b"content-length" in answer.lower() or wanted[0] in (204, 304)


async def test_an_answer_without_length_ends_with_the_connection() -> None:
    answer = http(PAGE, length=False)
    assert not heard(answer).is_done
    exchange = heard(answer, closed=True)
    assert (await outcome(exchange))[2] == PAGE
    assert not exchange.is_clean
    broken = heard(answer)
    broken.end(ConnectionResetError("reset"))
    with pytest.raises(CutShort):
        await outcome(broken)


@pytest.mark.parametrize("header", ["Connection: close", "Connection: keep-alive, Close"])
async def test_a_server_that_wants_to_close_is_not_asked_again(header: str) -> None:
    exchange = heard(http(PAGE, header))
    assert (exchange.is_done, exchange.is_clean) == (True, False)


PROTOCOL = {
    "no HTTP": b"<html>hello</html>\r\n\r\n",
    "HTTP/0.9": PAGE,
    "another protocol": b"ICY 200 OK\r\n\r\n",
    "no number": http(PAGE, status="OK"),
    "switching": b"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "switching to nothing": b"HTTP/1.1 101 X\r\n\r\n" + http(PAGE),
    "NUL": http(PAGE, "X: a\0b"),
    "NUL in a hint": b"HTTP/1.1 103 X\r\nX: a\0b\r\n\r\n" + http(PAGE),
    "bare carriage return": http(PAGE, "X: a\rContent-Length: 1"),
    "blank before the colon": http(PAGE, "Content-Length : 3", length=False),
    "no colon": http(PAGE, "garbage"),
    "two lengths": http(PAGE, "Content-Length: 3"),
    "one length twice": http(PAGE, f"Content-Length: {len(PAGE)}"),
    "list of lengths": http(PAGE, "Content-Length: 3, 3", length=False),
    "folded length": http(PAGE, "Content-Length: 2\r\n 3", length=False),
    "signed length": http(PAGE, "Content-Length: +3", length=False),
    "negative length": http(PAGE, "Content-Length: -1", length=False),
    "length beyond numbers": http(PAGE, "Content-Length: " + "9" * 30, length=False),
    "unknown framing": http(PAGE, "Transfer-Encoding: gzip", length=False),
    "chunks in something": http(PAGE, "Transfer-Encoding: gzip, chunked", length=False),
    "chunked twice": http(PAGE, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked", length=False),
    "chunked, then identity": http(PAGE, "Transfer-Encoding: chunked, identity", length=False),
    "chunked, and a length beside identity": http(PAGE, "Transfer-Encoding: identity"),
    "no size": CHUNKS + b"\r\nabc\r\n",
    "size that is none": CHUNKS + b"ZZ\r\n",
    "size with a prefix": CHUNKS + b"0x3\r\nabc\r\n",
    "negative size": CHUNKS + b"-3\r\nabc\r\n",
    "size beyond numbers": CHUNKS + b"f" * 17 + b"\r\nabc",
    "longer than its size": CHUNKS + b"3\r\nabcdef\r\n0\r\n\r\n",
    "a head of many headers": http(PAGE, *["X: y"] * 20_000),
    "a head of one header": http(PAGE, "X: " + "y" * 110_000),
}  # fmt: skip


@pytest.mark.parametrize("answer", PROTOCOL.values(), ids=PROTOCOL)
@pytest.mark.parametrize("step", [1 << 20, 7])
async def test_what_is_no_proper_answer(answer: bytes, step: int) -> None:
    exchange = heard(*(answer[at : at + step] for at in range(0, len(answer), step)), closed=True)
    with pytest.raises(httpx.RemoteProtocolError) as caught:
        await outcome(exchange)
    assert not isinstance(caught.value, CutShort)
    assert not exchange.is_clean


TOO_MUCH = {
    "hints without end": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 20_000,
    "page": http(b"x" * 11_000),
    "chunks": chunked(b"x" * 11_000),
    "tiny chunks": CHUNKS + b"1\r\nx\r\n" * 2_000,
    "until closed": http(b"x" * 11_000, length=False),
    "what a chunk says of itself": CHUNKS + b"1;" + b"x" * 11_000,
    "trailers": CHUNKS + b"1\r\nx\r\n0\r\n" + b"X: y\r\n" * 3_000,
}


@pytest.mark.parametrize("answer", TOO_MUCH.values(), ids=TOO_MUCH)
@pytest.mark.parametrize("step", [1 << 20, 4_096])
async def test_what_is_more_than_was_asked_for(answer: bytes, step: int) -> None:
    exchange = Exchange(10_000)
    for at in range(0, len(answer), step):
        exchange.take(answer[at : at + step])
    with pytest.raises(TooMuch):
        await outcome(exchange)
    assert not exchange.is_clean


@pytest.mark.parametrize("answer", [http(PAGE), chunked(PAGE)], ids=["length", "chunks"])
async def test_an_answer_that_breaks_off(answer: bytes) -> None:
    head = answer.index(b"\r\n\r\n") + 4
    for at in range(len(answer)):
        wanted = CutShort if at >= head else httpx.RemoteProtocolError
        with pytest.raises(wanted) as caught:
            await outcome(heard(answer[:at], closed=True))
        assert isinstance(caught.value, CutShort) == (at >= head)
