"""What one page says: the values that every later stage works on.

Pure data. All instants are aware UTC datetimes. Text is kept as the page wrote it, but for runs of ASCII white
space, which HTML itself shows as one space; soft hyphens and no-break spaces stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

BlockKind = Literal["paragraph", "subhead", "quote", "list_item", "table", "note"]
PageClockKind = Literal[
    "stand", "published", "published_ld", "modified_ld", "published_meta", "modified_meta", "published_microdata",
    "modified_microdata", "published_tracking", "editorial",
]  # fmt: skip
OutsideClockKind = Literal["published_feed", "feed", "published_sitemap", "sitemap", "http", "api"]
ClockKind: TypeAlias = PageClockKind | OutsideClockKind


_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_DAY, _SHORTEST_DAY, _LONGEST_DAY = timedelta(hours=24), timedelta(hours=23), timedelta(hours=25)
# By how much longer a stretch is where the zone is known, up to summer time, and not at all (UTC-12 to UTC+14).
_ZONES = (timedelta(), timedelta(hours=2), timedelta(hours=26))


@dataclass(frozen=True, slots=True)
class Covers:
    """The stretch of time a stamp may mean, [start, end): a minute, a second, a whole local day, or what relative
    words ("2 hours ago") or a zone that nobody knows leave open.

    Attributes:
        again: start of the second possible reading, where the printed hour occurred twice (autumn change of clocks).
    """

    start: datetime
    end: datetime
    again: datetime | None = None

    @property
    def last_end(self) -> datetime:
        """The end of the last possible reading."""
        return self.end if self.again is None else self.again + (self.end - self.start)

    @property
    def form(self) -> timedelta | None:
        """What was printed: a second, a minute or a day (as 24 hours); None if only relative words were read, so that
        every look gives another stretch. Where the zone is not known, the stretch is longer than that."""
        for unknown in _ZONES:
            length = self.end - self.start - unknown
            if length in (_SECOND, _MINUTE):
                return length
            if _SHORTEST_DAY <= length <= _LONGEST_DAY:
                return _DAY
        return None

    @property
    def is_rough(self) -> bool:
        """Whether only relative words were read."""
        return self.form is None

    @property
    def is_moment(self) -> bool:
        """Whether it is the second, the minute or the day that was printed, and no longer."""
        return (
            self.form is not None
            and self.end - self.start <= _LONGEST_DAY
            and (self.form == _DAY or self.end - self.start == self.form)
        )


@dataclass(frozen=True, slots=True)
class Clock:
    """One stamp that a page offers.

    Attributes:
        kind: `stand` is the visible "as of" or "updated" stamp and nothing else; `published` is a visible bare
            publication date; `published_ld`/`modified_ld` are JSON-LD, `*_meta` are meta tags, `*_microdata` what
            elements of the page are marked with where no meta tag says it, `published_tracking`
            and `editorial` come from tagesschau's tracking data. The rest stand beside the page, never in a reading:
            `published_feed`, `feed` (last change), the same of sitemaps, and `http` (Last-Modified).
        covers: None where the stamp names no time that ever was (31.02., 24:61), none that we can read, or a time of
            which nothing on the page says the day ("Stand: 14:05").
        raw: the text as the page wrote it.
    """

    kind: ClockKind
    covers: Covers | None
    raw: str


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text. `note` is an editor's or correction note that stands with the article."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; the three texts are empty where the page gives none."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment. `posted_at` is None where there is no stamp, or none that can be read."""

    author: str
    posted_at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One reading of one page.

    Attributes:
        url: the address that the page claims (canonical link), else the one it was fetched from.
        topline: the short line above the headline ("Dachzeile"), empty if none. The same for `standfirst`, the lead.
        blocks: the text in order, without topline, headline and standfirst.
        notes: broadcast notes and the like: shown, never compared.
        comment_count: None where the site offers no comments; 0 is a statement.
        read_with: which reader made this, with its version: "tagesschau/2023", "generic/1", "trafilatura/2.3.1".
            Readings made by different readers are never compared.
        warning: why a page that could be read is suspect (a teaser of a paywalled text, say), else empty.
        live: it is a live blog or ticker, which goes on by itself.
    """

    url: str
    topline: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    blocks: tuple[Block, ...]
    images: tuple[Image, ...]
    notes: tuple[str, ...]
    clocks: tuple[Clock, ...]
    comment_count: int | None
    comments: tuple[Comment, ...]
    language: str | None
    read_with: str
    warning: str = ""
    live: bool = False

    def clock(self, kind: ClockKind) -> Clock | None:
        """The first clock of that kind, or None."""
        return next((clock for clock in self.clocks if clock.kind == kind), None)

    @property
    def stand(self) -> Clock | None:
        """The visible "as of" stamp, or None where the page shows none."""
        return self.clock("stand")
