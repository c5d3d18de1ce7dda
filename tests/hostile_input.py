"""Hostile input with a shape: what sites really send, cut, doubled, put in other places and poisoned.

Random bytes are refused at the first look. These come further.
"""

from __future__ import annotations

import codecs
import os
import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

# So many examples a test instead of the few, always the same, of `make test`: see `make fuzz`.
_LONG = int(os.environ.get("NACHTRAG_FUZZ", "0"))

# What parsers stumble over: characters that cannot be stored or seen, that turn the direction of reading, numbers
# beyond every type, half references, and what ends or begins where nothing should.
POISON: tuple[bytes, ...] = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xc3", "\u202e".encode(), "\u2066".encode(), "\u200b".encode(),
    "\u00ad".encode(), "\ufeff".encode(), "\ufffe".encode(), "\U000e0041".encode(), "\u2028".encode(), b"\x1b[2J",
    b"\r", b"\x0b", b"9" * 400, b"-1", b"1e999", b"NaN", "²".encode(), "٣".encode(), b"&#x110000;", b"&#xd800;",
    b"&#0;", b"&amp;amp;", b"&", b"<", b">", b'"', b"'", b"]]>", b"<![CDATA[", b"-->", b"<!--", b"<!", b"<?", b"{",
    b"}", b"[[[[[[[[", b"\\u", b"\\ud800", b"javascript:alert(1)", b"//", b"http://[", b"https://\\@a.example/",
    b"data:,x", b"<svg><style>", b"<template>", b"<plaintext>", b"</body></html>", b"<div>" * 40, b"%00", b"%zz",
    b"%ff", b"=cmd|' /C calc'!A0",
)  # fmt: skip
_ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "utf-7", "cp1252", "iso2022_jp", "shift_jis", "utf-8-sig", "cp037")
_PLACES = st.integers(0, 9_999)
# Where documents can be taken apart without tearing a word: tags, strings, lines.
_PIECES = re.compile(rb"""<[^<>]*>|"[^"]*"|\n|[^<>"\n]+|.""", re.DOTALL)


def fuzzed(test: Callable[..., None]) -> Callable[..., None]:
    """Few examples, the same each time; with NACHTRAG_FUZZ that many, others each time."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(deadline=None, max_examples=_LONG or 60, derandomize=not _LONG, suppress_health_check=slow)(test)


def files(folder: Path, *endings: str) -> list[bytes]:
    """The files of a folder as seeds; very large ones are no use."""
    found = [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in endings]
    return [body for body in found if 0 < len(body) < 50_000]


def spoiled(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """A document of those, after up to six mishaps; the simplest is the document as it is."""
    mishaps = st.tuples(st.sampled_from(sorted(_MISHAPS)), _PLACES, _PLACES, st.sampled_from(POISON))
    return st.tuples(st.sampled_from(seeds), st.lists(mishaps, max_size=6)).map(lambda drawn: _after(*drawn))


def rearranged(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """A document of those with whole tags and texts gone, doubled or elsewhere: no text is another than it was."""
    mishaps = st.tuples(st.sampled_from(("double", "drop", "move")), _PLACES, _PLACES, st.just(b""))
    return st.tuples(st.sampled_from(seeds), st.lists(mishaps, max_size=12)).map(lambda drawn: _after(*drawn))


def _after(body: bytes, mishaps: Sequence[tuple[str, int, int, bytes]]) -> bytes:
    pieces = _PIECES.findall(body)
    for what, at, to, poison in mishaps:
        start, end = (place * (len(pieces) + 1) // 10_000 for place in sorted((at, to)))
        pieces = _MISHAPS[what](pieces, start, min(end, start + 40), poison)[:20_000]
    return b"".join(pieces)


def _swallow(pieces: list[bytes], at: int, _to: int, poison: bytes) -> list[bytes]:
    """Poison within a piece."""
    piece = pieces[at] if at < len(pieces) else b""
    middle = len(piece) // 2
    return [*pieces[:at], piece[:middle] + poison + piece[middle:], *pieces[at + 1 :]]


def _again(pieces: list[bytes], at: int, to: int, _poison: bytes) -> list[bytes]:
    return [*pieces[:at], *pieces[at:to] * 30, *pieces[to:]]


def _encoded(pieces: list[bytes], at: int, _to: int, _poison: bytes) -> list[bytes]:
    text = b"".join(pieces).decode("utf-8", "replace")
    return [codecs.encode(text, _ENCODINGS[at % len(_ENCODINGS)], "replace")]


_MISHAPS: dict[str, Callable[[list[bytes], int, int, bytes], list[bytes]]] = {
    "again": _again,
    "cut": lambda pieces, at, _to, _poison: pieces[:at],
    "double": lambda pieces, at, to, _poison: [*pieces[:to], *pieces[at:]],
    "drop": lambda pieces, at, to, _poison: [*pieces[:at], *pieces[to:]],
    "encode": _encoded,
    "move": lambda pieces, at, to, _poison: [*pieces[:at], *pieces[to:], *pieces[at:to]],
    "poison": lambda pieces, at, _to, poison: [*pieces[:at], poison, *pieces[at:]],
    "swallow": _swallow,
    "tear": lambda pieces, at, to, _poison: [b"".join(pieces)[: at * max(to, 1)]],
}
