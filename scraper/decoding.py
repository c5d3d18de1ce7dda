"""Undoes the content codings of an HTTP body: bytes and a Content-Encoding in, bytes out. Pure.

Every decoder is asked for no more output than the limit allows, because counting after the fact is too late: a
kilobyte of brotli is a gigabyte in the first piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import brotli
import zstandard

try:  # a quarter of the time of zlib
    from isal import isal_zlib as zlib
except ImportError:  # it is not made for every machine
    import zlib  # type: ignore[no-redef]

if TYPE_CHECKING:
    from collections.abc import Callable

    from isal.isal_zlib import Decompress

_Spoilt = cast("type[Exception]", zlib.error)
OFFERED = "gzip, deflate, br, zstd"

_MAX_CODINGS = 2
# A body may consist of several members (RFC 1952 §2.2). Each costs time, however small, so there is an end to them.
_MAX_MEMBERS = 16
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# RFC 9659: no larger window in HTTP.
_ZSTD_WINDOW = 8 * 1024 * 1024
# Four bytes of zstd can make 128 KiB, and a call cannot be limited: so little is given at a time.
_ZSTD_STEP = 64


class BadCoding(ValueError):
    """A body that cannot be decoded. `code` is one of those of `scraper.errors.FetchError`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def decode(body: bytes, content_encoding: str, limit: int) -> bytes:
    """The body without its content codings, at most `limit` bytes.

    Raises:
        BadCoding: `bad_encoding`, `truncated` or `too_large`.
    """
    codings = [name for part in content_encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(codings) > _MAX_CODINGS:
        raise BadCoding("bad_encoding", f"{len(codings)} content codings on top of each other")
    for name in reversed(codings):
        if name not in _DECODERS:
            raise BadCoding("bad_encoding", f"unknown Content-Encoding {name[:40]!r}; we asked for {OFFERED}")
        # An empty body is empty in any coding; servers do label it.
        body = _DECODERS[name](body, limit) if body else b""
    if len(body) > limit:
        raise _too_large(limit)
    return body


def _too_large(limit: int) -> BadCoding:
    return BadCoding("too_large", f"more than {limit} bytes")


def _truncated() -> BadCoding:
    return BadCoding("truncated", "the compressed body breaks off")


def _gunzip(body: bytes, limit: int) -> bytes:
    if not _GZIP_MAGIC.startswith(body[:2]):
        raise BadCoding("bad_encoding", "labelled gzip, but is not: it begins otherwise")
    out = bytearray()
    for _ in range(_MAX_MEMBERS):
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            out += _inflate(member, body, limit - len(out))
        except _Spoilt as error:
            raise BadCoding("bad_encoding", f"labelled gzip, but is not: {error}") from error
        body = member.unused_data
        # Whatever else follows is junk, which browsers accept.
        if not body.startswith(_GZIP_MAGIC):
            return bytes(out)
    raise BadCoding("bad_encoding", f"more than {_MAX_MEMBERS} gzip members")


def _undeflate(body: bytes, limit: int) -> bytes:
    # "deflate" means zlib (RFC 9110 §8.4.1.2), but some servers send bare deflate, and browsers take both.
    try:
        return _inflate(zlib.decompressobj(zlib.MAX_WBITS), body, limit)
    except _Spoilt:
        pass
    try:
        return _inflate(zlib.decompressobj(-zlib.MAX_WBITS), body, limit)
    except _Spoilt as error:
        raise BadCoding("bad_encoding", f"labelled deflate, but is not: {error}") from error


def _inflate(stream: Decompress, data: bytes, limit: int) -> bytes:
    out = stream.decompress(data, limit + 1)
    if len(out) > limit:
        raise _too_large(limit)
    if not stream.eof:
        raise _truncated()
    return out


def _unbrotli(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    try:
        out = bytearray(stream.process(body, output_buffer_limit=limit + 1))
        while len(out) <= limit and not stream.is_finished():
            piece = stream.process(b"", output_buffer_limit=limit + 1)
            if not piece and not stream.is_finished():
                raise _truncated()
            out += piece
    except brotli.error as error:
        raise BadCoding("bad_encoding", f"labelled br, but is not: {error}") from error
    if len(out) > limit:
        raise _too_large(limit)
    return bytes(out)


def _unzstd(body: bytes, limit: int) -> bytes:
    out = bytearray()
    for _ in range(_MAX_MEMBERS):
        frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        try:
            body = _zstd_frame(frame, body, out, limit)
        except zstandard.ZstdError as error:
            raise BadCoding("bad_encoding", f"labelled zstd, but is not: {error}") from error
        if not body.startswith(_ZSTD_MAGIC):
            return bytes(out)
    raise BadCoding("bad_encoding", f"more than {_MAX_MEMBERS} zstd frames")


def _zstd_frame(frame: zstandard.ZstdDecompressionObj, body: bytes, out: bytearray, limit: int) -> bytes:
    """Add what the frame holds to `out`; what stands behind the frame comes back."""
    for start in range(0, len(body), _ZSTD_STEP):
        end = start + _ZSTD_STEP
        out += frame.decompress(body[start:end])
        if len(out) > limit:
            raise _too_large(limit)
        if frame.eof:
            return frame.unused_data + body[end:]
    raise _truncated()


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
