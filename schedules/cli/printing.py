"""Readings as JSON and as text for people; printing that survives a reader who went away."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC
from typing import TYPE_CHECKING, NoReturn

import click

from schedules.harmless import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scraper.article import Article, Clock
    from scraper.errors import ScrapeError

# The visible publication date first, then what the page tells machines.
_PUBLISHED = ("published", "published_ld", "published_meta", "published_microdata", "published_tracking")


def reading(identity: str, article: Article) -> dict[str, object]:
    """A reading as `nachtrag look --json` prints it; all instants in UTC, every white space between words one space."""
    stand = article.stand
    found: dict[str, object] = {
        "id": identity,
        "url": article.url,
        "read_with": article.read_with,
        "topline": _folded(article.topline) or None,
        "headline": _folded(article.headline),
        "standfirst": _folded(article.standfirst) or None,
        "authors": list(article.authors),
        "published": _published(article),
        "stand": _at(stand),
        "stand_raw": _folded(stand.raw) if stand else None,
        "clocks": [_clock_object(clock) for clock in article.clocks],
        "blocks": [{"kind": block.kind, "text": _folded(block.text)} for block in article.blocks],
        "images": [
            {"url": image.url, "alt": image.alt, "caption": _folded(image.caption), "credit": _folded(image.credit)}
            for image in article.images
        ],
        "notes": [_folded(note) for note in article.notes],
        "comment_count": article.comment_count,
        "comments": [
            {"author": item.author, "posted_at": _utc(item.posted_at), "text": item.text} for item in article.comments
        ],
        "language": article.language,
    }
    return found | ({"warning": article.warning} if article.warning else {})


def _folded(text: str) -> str:
    """No-break and thin spaces are the typesetter's; to whoever searches or compares by hand they are spaces."""
    return " ".join(text.split())


def error_object(identity: str, error: ScrapeError) -> dict[str, object]:
    """What could not be read, as `nachtrag look --json` prints it."""
    return {"id": identity, "error": {"code": error.code, "message": error.message}}


def article_text(article: Article) -> str:
    """A reading for people."""
    return "\n".join(_lines(article))


def print_line(text: str) -> None:
    """Print for people: nothing that a page says can steer their terminal."""
    _print("\n".join(map(quiet, text.split("\n"))))


def print_object(found: object) -> None:
    """Print for programs, as JSON on a line, which escapes what could steer a terminal, or is data."""
    _print(json.dumps(found, ensure_ascii=False))


def _print(text: str) -> None:
    """To stdout; a reader that went away (`| head`) ends the command quietly."""
    try:
        click.echo(text)
    except BrokenPipeError:
        _leave()


def print_bytes(data: bytes) -> None:
    """The same for bytes, to which nothing is added."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _leave()


def _leave() -> NoReturn:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _lines(article: Article) -> Iterator[str]:
    if article.warning:
        yield f"warning: {article.warning}"
    yield from filter(None, (article.topline, article.headline))
    yield article.stand.raw if article.stand else "(no Stand)"
    language = article.language or "not stated"
    count = article.comment_count
    comments = "no comment count" if count is None else f"comments: {count}"
    yield f"read with {article.read_with}; language {language}; {comments}"
    for clock in article.clocks:
        yield f"  {clock.kind:<20} {_said(clock):<26} {clock.raw}"
    if article.standfirst:
        yield f"\n{article.standfirst}"
    for block in article.blocks:
        mark = {"subhead": "## ", "quote": "> ", "list_item": "- ", "note": "! "}.get(block.kind, "")
        yield f"\n{mark}{block.text}"
    for image in article.images:
        yield f"\n[picture] {image.caption or image.alt} | {image.credit}"
    for note in article.notes:
        yield f"\n({note})"


def _published(article: Article) -> str | None:
    clocks = [clock for kind in _PUBLISHED for clock in article.clocks if clock.kind == kind and _at(clock)]
    return _at(clocks[0]) if clocks else None


def _clock_object(clock: Clock) -> dict[str, object]:
    covers = clock.covers
    span = {"from": _utc(covers.start), "until": _utc(covers.end)} if covers and not covers.is_moment else {}
    return {"kind": clock.kind, "at": _at(clock), **span, "raw": clock.raw}


def _at(clock: Clock | None) -> str | None:
    """None for what names no moment, too: "2 hours ago", or a time in a zone that nobody knows."""
    return _utc(clock.covers.start) if clock and clock.covers and clock.covers.is_moment else None


def _said(clock: Clock) -> str:
    if clock.covers and not clock.covers.is_moment:
        return f"{clock.covers.start:%Y-%m-%d %H:%M} to {clock.covers.end:%Y-%m-%d %H:%M} UTC"
    return _at(clock) or "no moment"


def _utc(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()
