"""Saved pages: a file and the address that it came from in, a `Page` out, as if it had come over the wire."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.errors import ReadError
from scraper.page import Page
from scraper.urls import canonical

if TYPE_CHECKING:
    from scraper.errors import ScrapeError

# A page that is larger is refused over the wire, too.
_MAX_FILE = 64 * 1024 * 1024


def saved_page(file: str, url: str) -> Page:
    """A saved page as if it had come over the wire when it was saved.

    Raises:
        ReadError: the address is none, or the file cannot be read, is empty or too large.
    """
    if canonical(url) is None:
        raise ReadError("bad_input", f"{file}: {url!r} is not the address of a page; expected https://host/…")
    path = Path(file)
    try:
        body = path.read_bytes()
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                body = packed.read(_MAX_FILE + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ReadError("bad_input", f"{file}: cannot be read: {error}") from None
    if len(body) > _MAX_FILE:
        raise ReadError("too_large", f"{file}: is larger than {_MAX_FILE // 1024**2} MB")
    if not body.strip():
        raise ReadError("empty", f"{file}: the file is empty")
    return Page(url=url, status=200, headers=(), body=body, fetched_at=when)


def named_fault(name: str, error: ScrapeError) -> str:
    """The fault of an input; most messages name it already."""
    said = str(error)
    return said if said.startswith(f"{name}: ") else f"{name}: {said}"
