"""Content codings, undone within bounds."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from scraper.decoding import BadCoding, decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

LIMIT = 1_000_000
PAGE = "<p>Der Stadtrat hat den Bau der Brücke beschlossen.</p>\n".encode() * 300


def bare_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


def streamed_zstd(data: bytes) -> bytes:
    """As servers send it that do not know the length beforehand."""
    stream = zstandard.ZstdCompressor().compressobj()
    return b"".join(stream.compress(data[at : at + 999]) for at in range(0, len(data), 999)) + stream.flush()


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstandard.compress),
    "zstd streamed": ("zstd", streamed_zstd),
}
coded = pytest.mark.parametrize(("label", "encode"), CODINGS.values(), ids=CODINGS)


def refused(body: bytes, label: str, limit: int = LIMIT) -> str:
    with pytest.raises(BadCoding) as caught:
        decode(body, label, limit)
    return caught.value.code


@coded
def test_round_trip(label: str, encode: Callable[[bytes], bytes]) -> None:
    assert decode(encode(PAGE), label, LIMIT) == PAGE
    assert decode(encode(PAGE), f" {label.upper()} , identity", LIMIT) == PAGE
    assert decode(encode(b""), label, LIMIT) == b""


@given(st.binary(max_size=3_000))
def test_round_trip_of_anything(data: bytes) -> None:
    for label, encode in CODINGS.values():
        assert decode(encode(data), label, LIMIT) == data


@coded
def test_the_limit_is_met_exactly(label: str, encode: Callable[[bytes], bytes]) -> None:
    body = encode(PAGE)
    assert decode(body, label, len(PAGE)) == PAGE
    assert refused(body, label, len(PAGE) - 1) == "too_large"


@coded
def test_a_bomb_stops_at_the_limit(label: str, encode: Callable[[bytes], bytes]) -> None:
    assert refused(encode(bytes(20_000_000)), label) == "too_large"


@coded
def test_wherever_a_body_breaks_off_it_is_noticed(label: str, encode: Callable[[bytes], bytes]) -> None:
    body = encode(PAGE)
    codes = {refused(body[:cut], label) for cut in range(8, len(body))}
    assert codes == {"truncated"}


@coded
def test_a_label_that_lies(label: str, encode: Callable[[bytes], bytes]) -> None:
    assert refused(PAGE, label) == "bad_encoding"
    assert refused(b"\xff\xff\xff\xff\xff\xff", label) == "bad_encoding"


@pytest.fixture(params=[True, False], ids=["isal", "zlib"])
def undo(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as it is where isal is installed, and where it is not."""
    if request.param:
        pytest.importorskip("isal", reason="NOT RUN: isal is not made for this machine")
    else:
        monkeypatch.setitem(sys.modules, "isal", None)
    spec = importlib.util.find_spec("scraper.decoding")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_damage_makes_another_page(undo: ModuleType) -> None:
    """Wherever a bit is turned or a body ends, whatever library undoes the coding."""
    label, body = "gzip", gzip.compress(PAGE, mtime=0)
    assert undo.decode(body + b"JUNK", label, LIMIT) == undo.decode(body, label, LIMIT) == PAGE
    for at in range(len(body)):
        damaged = bytearray(body)
        damaged[at] ^= 1 << at % 8
        for spoilt in (bytes(damaged), body[:at] if at else b"x"):
            with suppress(undo.BadCoding):
                assert undo.decode(spoilt, label, LIMIT) == PAGE


def test_every_library_keeps_to_the_limit(undo: ModuleType) -> None:
    for label, body in (("gzip", gzip.compress(bytes(10**7))), ("deflate", bare_deflate(bytes(10**7)))):
        assert undo.decode(body, label, 10**7) == bytes(10**7)
        with pytest.raises(undo.BadCoding) as caught:
            undo.decode(body, label, 10**7 - 1)
        assert caught.value.code == "too_large"


def test_a_wrong_checksum() -> None:
    body = bytearray(gzip.compress(PAGE))
    body[-5] ^= 1
    assert refused(bytes(body), "gzip") == "bad_encoding"


def test_no_coding() -> None:
    assert decode(PAGE, "", LIMIT) == PAGE
    assert decode(PAGE, "identity", LIMIT) == PAGE
    assert refused(PAGE, "", 10) == "too_large"


def test_nothing_is_nothing_in_any_coding() -> None:
    assert decode(b"", "gzip", LIMIT) == b""
    assert decode(b"", "br, gzip", LIMIT) == b""


@pytest.mark.parametrize("label", ["x-snappy", "compress", "utf-8", "gzip;q=1", "gzip, aes128gcm", "\0", "x" * 9999])
def test_unknown_codings_are_refused(label: str) -> None:
    with pytest.raises(BadCoding, match="unknown Content-Encoding") as caught:
        decode(gzip.compress(PAGE), label, LIMIT)
    assert len(str(caught.value)) < 150


def test_two_codings_are_undone_last_first() -> None:
    assert decode(brotli.compress(gzip.compress(PAGE)), "gzip, br", LIMIT) == PAGE
    assert refused(gzip.compress(gzip.compress(bytes(20_000_000))), "gzip, gzip") == "too_large"


def test_a_tower_of_codings() -> None:
    body = PAGE
    for _ in range(3):
        body = gzip.compress(body)
    assert refused(body, "gzip, gzip, gzip") == "bad_encoding"
    assert decode(gzip.compress(gzip.compress(PAGE)), "gzip, identity, gzip, identity", LIMIT) == PAGE


@pytest.mark.parametrize(("label", "encode"), [("gzip", gzip.compress), ("zstd", zstandard.compress)])
def test_members(label: str, encode: Callable[[bytes], bytes]) -> None:
    two = encode(PAGE) + encode(b"Nachtrag")
    assert decode(two, label, LIMIT) == PAGE + b"Nachtrag"
    assert decode(two + b"JUNK", label, LIMIT) == PAGE + b"Nachtrag"
    assert refused(two[:-3], label) == "truncated"
    assert refused(encode(b"") * 100_000, label) == "bad_encoding"
    assert refused(encode(PAGE) + encode(PAGE), label, len(PAGE) + 5) == "too_large"


def test_a_window_that_would_take_much_memory() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert refused(stream.compress(PAGE) + stream.flush(), "zstd") == "bad_encoding"


@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "zstd, deflate"]))
def test_garbage_is_refused_or_decoded_never_worse(data: bytes, label: str) -> None:
    try:
        came = len(decode(data, label, 5_000)) <= 5_000
    except BadCoding as error:
        came = error.code in {"bad_encoding", "truncated", "too_large"}
    assert came


def test_the_files_of_scrapy(shared: Path) -> None:
    folder = shared / "hostile" / "http-compression-scrapy"
    labels = {
        "bomb-br.bin": "br", "bomb-deflate.bin": "deflate", "bomb-gzip.bin": "gzip", "bomb-zstd.bin": "zstd",
        "feed-sample1.xml.gz": "gzip", "html-br.bin": "br", "html-gzip-deflate.bin": "gzip, deflate",
        "html-gzip-deflate-gzip.bin": "gzip, deflate, gzip", "html-gzip.bin": "gzip", "html-rawdeflate.bin": "deflate",
        "html-zlibdeflate.bin": "deflate", "html-zstd-static-content-size.bin": "zstd",
        "html-zstd-static-no-content-size.bin": "zstd", "html-zstd-streaming-no-content-size.bin": "zstd",
        "truncated-crc-error-short.gz": "gzip", "truncated-crc-error.gz": "gzip", "unexpected-eof.gz": "gzip",
    }  # fmt: skip
    found = {case["id"] for case in json.loads((folder / "manifest.json").read_text())["cases"]}
    # Archives and plain text are no content codings.
    assert found - labels.keys() == {
        "feed-sample1.tar", "feed-sample1.xml", "feed-sample1.xml.bz2", "feed-sample1.zip", "unexpected-eof-output.txt"
    }  # fmt: skip
    results = {}
    for name, label in labels.items():
        try:
            results[name] = decode((folder / "files" / name).read_bytes(), label, 10_000_000)
        except BadCoding as error:
            results[name] = error.code.encode()
    assert {results[name] for name in labels if name.startswith("bomb")} == {b"too_large"}
    assert {results[name] for name in labels if name.endswith(("short.gz", "error.gz", "eof.gz"))} == {b"truncated"}
    assert results["html-gzip-deflate-gzip.bin"] == b"bad_encoding"
    assert results["feed-sample1.xml.gz"] == (folder / "files" / "feed-sample1.xml").read_bytes()
    pages = [page for name, page in results.items() if name.startswith("html") and page != b"bad_encoding"]
    assert len(pages) == 8
    # The same page, of which two copies have three more bytes.
    assert {len(page) for page in pages} == {74_837, 74_840}
    assert all(page.startswith(b"<!DOCTYPE HTML>") and page.endswith(b"</html>\n") for page in pages)
