"""The front page: what changed last, and for a new user what is being done until something has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from db.web.entries import Page, entries
from db.web.publishing import shown

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from db.publish import Publish
    from db.web.entries import Entry
    from db.web.wanted import Wanted

_NEWEST = 10

_SOURCES = """
SELECT id, name, kind, host, state, failures, error, last_polled_at, last_ok_at, next_poll_at FROM sources
WHERE state != 'removed' OR EXISTS (SELECT 1 FROM articles a WHERE a.source_id = sources.id) ORDER BY name
"""

# No row of these tables is ever deleted, so that the last number is how many there are: counting a million takes long.
_COUNTS = """
SELECT coalesce((SELECT max(id) FROM articles), 0) AS articles,
    coalesce((SELECT max(id) FROM revisions), 0) AS revisions, (SELECT max(last_visited_at) FROM articles) AS last_look,
    (SELECT coalesce(sum(articles), 0) FROM article_counts WHERE unread AND NOT removed) AS unread
"""

_NEW_ARTICLES = """
SELECT r.article_id, r.headline, r.stand_raw, r.seen_at, a.taken_down_at, s.name AS source
FROM revisions r
JOIN articles a ON a.id = r.article_id JOIN sources s ON s.id = a.source_id
WHERE r.kind = 'first' ORDER BY r.seen_at DESC LIMIT ?
"""


_COMMENTS = """
SELECT substr(e.at, 1, 10) AS day, count(DISTINCT e.article_id) AS articles
FROM events e JOIN articles a ON a.id = e.article_id
WHERE e.at >= :first AND e.at < :last AND e.verdict = 'comments' AND (:source IS NULL OR a.source_id = :source)
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Day:
    """A UTC day of the list. `comments`: under how many articles the number of comments changed, listed elsewhere."""

    date: str
    entries: tuple[Entry, ...]
    comments: int

    @property
    def end(self) -> str:
        """Where the list of the day's comment counts begins, as `Wanted.before`."""
        return f"{self.date}T23:59:59.999999+00:00~presence~{10**17}"


@dataclass(frozen=True, slots=True)
class Front:
    """All that the front page shows.

    Attributes:
        counts: articles, revisions, last_look, unread.
        feeds: the sources that are polled; `failing` those of them whose last polls failed.
        new_articles: the newest, where there is nothing else to show.
        comments: under how many articles the number of comments changed, by day.
    """

    wanted: Wanted
    page: Page
    counts: sqlite3.Row
    sources: tuple[sqlite3.Row, ...]
    new_articles: tuple[sqlite3.Row, ...]
    comments: Mapping[str, int]

    @property
    def days(self) -> tuple[Day, ...]:
        """The entries by UTC day; the newest day may have nothing but comments."""
        by_day = {at: tuple(day) for at, day in groupby(self.page.entries, key=lambda entry: entry.at[:10])}
        newest = max(self.comments, default="")
        if by_day and newest > max(by_day) and not self.wanted.before:
            by_day = {newest: (), **by_day}
        return tuple(Day(at, day, self.comments.get(at, 0)) for at, day in by_day.items())

    @property
    def feeds(self) -> tuple[sqlite3.Row, ...]:
        return tuple(row for row in self.sources if row["kind"] != "hand" and row["state"] == "active")

    @property
    def failing(self) -> tuple[sqlite3.Row, ...]:
        return tuple(row for row in self.feeds if row["failures"])

    @property
    def polled(self) -> bool:
        """Whether any feed was ever asked."""
        return any(row["last_polled_at"] for row in self.feeds)

    @property
    def source_name(self) -> str:
        """The source that the list is narrowed to, or nothing."""
        return next((row["name"] for row in self.sources if row["id"] == self.wanted.source), "")

    @property
    def asked_for(self) -> str:
        """What the list is narrowed to, in words."""
        return "; ".join(part for part in (self.source_name, self.wanted.words_for_people) if part)

    @property
    def narrowed(self) -> bool:
        """Whether the list leaves something out, or is not its first page."""
        return bool(self.wanted.asked or self.wanted.before)


def front(con: sqlite3.Connection, wanted: Wanted, publish: Publish) -> Front:
    """Read it."""
    found = entries(con, wanted)
    page = replace(found, entries=tuple(shown(entry, publish) for entry in found.entries))
    return Front(
        wanted=wanted,
        page=page,
        counts=con.execute(_COUNTS).fetchone(),
        sources=tuple(con.execute(_SOURCES)),
        new_articles=() if page.entries else tuple(con.execute(_NEW_ARTICLES, [_NEWEST])),
        comments=_comments(con, wanted, page),
    )


def _comments(con: sqlite3.Connection, wanted: Wanted, page: Page) -> Mapping[str, int]:
    """Of the days that the page reaches, where it is narrowed to a source at most."""
    if not wanted.asked.keys() <= {"source"}:
        return {}
    first = page.entries[-1].at[:10] if page.entries and page.older else ""
    values = {"first": first, "last": page.entries[0].at[:10] + "~" if wanted.before and page.entries else "9"}
    return {row["day"]: row["articles"] for row in con.execute(_COMMENTS, {**values, "source": wanted.source})}
