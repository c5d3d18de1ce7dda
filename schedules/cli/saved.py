"""Saved pages: a file and the address that it came from in, a `Page` out, as if it had come over the wire."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.errors import ReadError
from scraper.page import Page
from scraper.urls import canonical

if TYPE_CHECKING:
    from scraper.errors import ScrapeError

# A page that is larger is refused over the wire, too.
_MAX_FILE = 64 * 1024 * 1024


def fetched_option(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    """When a saved page was fetched, in UTC where no zone is named, or a usage error that says what is expected."""
    if value is None:
        return None
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f'{value!r} is no time; expected one such as "2026-11-24T12:00+01:00"') from None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def taken_as(page: Page, fetched: datetime | None) -> str:
    """In words, when a saved page is taken to have been fetched: relative stamps ("yesterday") count from it."""
    whose = "as --fetched says" if fetched else "when the file was written; --fetched says another time"
    return f"taken as fetched on {page.fetched_at:%Y-%m-%d %H:%M} UTC, {whose}"


def saved_page(file: str, url: str, fetched: datetime | None = None) -> Page:
    """A saved page as if it had come over the wire at `fetched`, else when the file was written.

    Raises:
        ReadError: the address is none, or the file cannot be read, is empty or too large.
    """
    if canonical(url) is None:
        raise ReadError("bad_input", f"{file}: {url!r} is not the address of a page; expected https://host/…")
    path = Path(file)
    try:
        body = path.read_bytes()
        when = fetched or datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                body = packed.read(_MAX_FILE + 1)
    except FileNotFoundError:
        raise ReadError("bad_input", f"{file}: there is no such file") from None
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ReadError("bad_input", f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(body) > _MAX_FILE:
        raise ReadError("too_large", f"{file}: is larger than {_MAX_FILE // 1024**2} MB")
    if not body.strip():
        raise ReadError("empty", f"{file}: the file is empty")
    return Page(url=url, status=200, headers=(), body=body, fetched_at=when)


def named_fault(name: str, error: ScrapeError) -> str:
    """The fault of an input; most messages name it already."""
    said = str(error)
    return said if said.startswith((f"{name}: ", f"{canonical(name)}: ")) else f"{name}: {said}"
