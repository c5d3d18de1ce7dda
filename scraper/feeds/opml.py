"""OPML, the list of feeds that feed readers export → `NamedFeed`s."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.errors import FeedError
from scraper.feeds.fields import line
from scraper.feeds.sax import BrokenXml, walk
from scraper.urls import canonical, host_key

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed of the list. `url` as the list writes it; it may be no address at all."""

    name: str
    url: str


def parse(body: bytes, where: str) -> tuple[NamedFeed, ...]:
    """The feeds of an OPML file, each once, with names of which no two are alike.

    Raises:
        FeedError: `not_a_feed` for anything else, `broken` for one that breaks off or is dangerous.
    """
    found = _Found()
    try:
        walk(body, "", found)
    except BrokenXml as error:
        code = "broken" if found.root == "opml" or error.dangerous else "not_a_feed"
        raise FeedError(code, f"{where}: {error}; expected OPML") from None
    if found.root != "opml":
        raise FeedError("not_a_feed", f"{where}: its root is <{found.root[:40]}>; expected OPML")
    feeds: dict[str, str] = {}
    for url, name in found.feeds:
        feeds.setdefault(url, name or _host(url))
    often = Counter(feeds.values())
    # By the host, not by a number: a number would change with the order, and a source is known by its name.
    return tuple(
        NamedFeed(name if often[name] == 1 else _with_host(name, url), url) for url, name in feeds.items()
    )  # fmt: skip


def _with_host(name: str, url: str) -> str:
    host = f" ({_host(url)})"
    return f"{name[: _LONGEST_NAME - len(host)].rstrip()}{host}"[:_LONGEST_NAME].strip()


def _host(url: str) -> str:
    return host_key(url)[:_LONGEST_NAME] if canonical(url) else url[:_LONGEST_NAME].strip()


class _Found:
    def __init__(self) -> None:
        self.root = ""
        self.feeds: list[tuple[str, str]] = []

    def start(self, path: Sequence[str], attributes: dict[str, str]) -> None:
        self.root = self.root or path[0]
        url = attributes.get("xmlurl", "").strip()
        if path[-1] == "outline" and url:
            name = line(attributes.get("title") or attributes.get("text") or "")[:_LONGEST_NAME].strip()
            self.feeds.append((url, name))

    def end(self, path: Sequence[str], text: str) -> None:
        """Everything stands in attributes."""
