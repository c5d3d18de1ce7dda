"""What is wrong with the sources of a configuration, in words: keys that do not go together, files that cannot be read.

Like schedules/faults.py, this looks at the file as it was written, so that every fault is said at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store.people import BY_HAND
from scraper.errors import FeedError
from scraper.feeds import opml
from scraper.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scraper.feeds.opml import NamedFeed

Tables = list[dict[str, object]]
KINDS = ("feed", "sitemap", "api", "page", "list", "opml")
# Keys that mean something for one kind of source only.
_ONLY = {"links": ("page",), "newest": ("sitemap",), "websub": ("feed", "opml")}
_MAX_OPML = 5 * 1024 * 1024


def source_lines(sources: Tables) -> Iterator[str]:
    """A fault a line, each beginning with the key that it is about."""
    for place, table in enumerate(sources, 1):
        where = f"sources[{place}]"
        if table.get("name") == BY_HAND:
            yield f"{where}.name: found {BY_HAND!r}: that is what `nachtrag add` follows; take another"
        if "cron" in table and "revisit" in table:
            yield f"{where}.cron: found beside revisit: looks are at fixed intervals or at fixed times; leave one out"
        yield from _kind_lines(where, table)


def _kind_lines(where: str, table: Mapping[str, object]) -> Iterator[str]:
    given = [kind for kind in KINDS if kind in table]
    others = ", ".join(KINDS[1:-1])
    if not given:
        yield f"{where}.feed: is missing; expected the address of the feed, or one of {others} or {KINDS[-1]} instead"
    if len(given) > 1:
        yield f"{where}: found {' and '.join(given)}: expected exactly one of {', '.join(KINDS)}"
    if "page" in given and not table.get("links"):
        yield f'{where}.links: is missing; expected the CSS selector of the links to articles, such as "h2 a"'
    for key, kinds in _ONLY.items():
        if key in table and given and not set(given) & set(kinds):
            yield f"{where}.{key}: found beside {given[0]}: it goes with {' or '.join(kinds)} only; leave it out"


def names_of(sources: Tables) -> set[str]:
    """The names that sources are given one by one; those of an OPML file have their own."""
    found = (table.get("name") for table in sources if "opml" not in table)
    return {name for name in found if isinstance(name, str)}


class LocalFiles:
    """The files that sources name, read when the configuration is.

    Attributes:
        feeds: of the OPML file of a source, by the place of the source.
        faults: what is wrong with the files, a line each, beginning with the key.
    """

    def __init__(self, folder: Path, sources: Tables) -> None:
        self._folder = folder
        self.feeds: dict[int, tuple[NamedFeed, ...]] = {}
        self.faults: list[str] = []
        taken = names_of(sources)
        for place, table in enumerate(sources):
            where, listed, outlines = f"sources[{place + 1}]", table.get("list"), table.get("opml")
            if isinstance(listed, str) and not _is_file(folder / listed):
                self.faults.append(f"{where}.list: found {listed!r}: there is no such file ({folder / listed})")
            if isinstance(outlines, str):
                self._read(place, f"{where}.opml: found {outlines!r}", folder / outlines, taken)

    def _read(self, place: int, where: str, path: Path, taken: set[str]) -> None:
        try:
            if path.stat().st_size > _MAX_OPML:
                self.faults.append(f"{where}: is larger than {_MAX_OPML // 1024**2} MB")
                return
            feeds = opml.parse(path.read_bytes(), str(path))
        except (OSError, ValueError) as error:  # ValueError: what no path can hold
            self.faults.append(f"{where}: cannot be read: {getattr(error, 'strerror', None) or error}")
            return
        except FeedError as error:
            self.faults.append(f"{where}: {error.message}")
            return
        for feed in feeds:
            if canonical(feed.url) is None:
                self.faults.append(f"{where}: {feed.name!r} has {feed.url[:200]!r}: expected a complete web address")
            if feed.name in taken or feed.name == BY_HAND:
                self.faults.append(f"{where}: the name {feed.name!r} is that of another source; change its title")
            taken.add(feed.name)
        self.feeds[place] = feeds


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # longer than any path can be
        return False
