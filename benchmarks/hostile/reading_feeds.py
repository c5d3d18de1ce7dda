"""Reads what a feeds suite holds, as polling does, and watches that nothing is opened or asked for meanwhile."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.etree import ElementTree as ET

from benchmarks.hostile.case import EXPECTED, Verdict, declined, unexpected
from scraper.errors import FeedError
from scraper.feeds.kinds import Kind, Reading, read_as

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.feeds.entry import Feed

Answer: TypeAlias = "Feed | FeedError"

# Of sitemaps, all that has a date comes out.
_EVER = datetime.min.replace(tzinfo=UTC)
_CODES = ("empty", "not_a_feed", "broken", "too_large")
_OPENS = ("open", "socket.", "urllib.", "subprocess.", "os.exec", "os.posix_spawn", "os.system")
_watching: list[list[str]] = []


def read(body: bytes, url: str, content_type: str = "", kind: Kind = "feed") -> Answer:
    """What the product makes of it. A refusal that does not say plainly what is wrong with what is a fault."""
    try:
        return read_as(Reading(kind, _EVER), body, content_type, url)
    except FeedError as refusal:
        answer = refusal
    assert answer.code in _CODES, answer
    assert answer.message.startswith(url), answer
    assert len(answer.message) < len(url) + 300, answer
    return answer


def summed(verdicts: Sequence[Verdict]) -> Verdict:
    """Of all that a case states: a fault if anything is one, declined if nothing of it could be compared."""
    faults = [verdict.why for verdict in verdicts if verdict.outcome == "unexpected"]
    if faults:
        return unexpected("; ".join(faults))
    if EXPECTED in verdicts:
        return EXPECTED
    return declined("; ".join(dict.fromkeys(verdict.why for verdict in verdicts)))


def said(title: str) -> str:
    """What a stated title says: of markup its text. What is not well-formed is none: suites state cleaned markup."""
    try:
        return "".join(ET.fromstring(f"<t>{title}</t>").itertext())
    except ET.ParseError:
        return title


def words(text: str) -> str:
    """The text with its white space made alike."""
    return " ".join(text.split())


@contextmanager
def nothing_opened() -> Iterator[list[str]]:
    """Files, addresses and programs that are opened inside stand in the list."""
    if not _watching:
        sys.addaudithook(_notice)
    opened: list[str] = []
    _watching.append(opened)
    try:
        yield opened
    finally:
        _watching.append([])


def _notice(event: str, details: tuple[Any, ...]) -> None:
    if event.startswith(_OPENS):
        _watching[-1].append(f"{event} {details[:1]!r:.200}")
