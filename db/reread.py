"""The contract between the store and `nachtrag reread`, as db/work.py is for the queues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from changes.change import Change, Ruling, Window
    from db.work import DueRuling, Failure
    from scraper.article import Article


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept page of an article, and how it was read so far.

    Attributes:
        counts: its reading is one of the versions that count: it is not held, and was not unreadable.
        late: it came after the last look that was read well: it may be the article as it is now.
        reading: the newest reading of it; None: it could not be read.
        edit: the revision that was told as an edit when this page came, or None.
        before_page: the page of the version that this edit was found against.
    """

    page_id: int
    fetched_at: datetime
    counts: bool
    late: bool
    reading: Article | None
    edit: int | None = None
    before_page: int | None = None


@dataclass(frozen=True, slots=True)
class DueReread:
    """An article whose kept pages are to be read again, in the order in which they came.

    Attributes:
        standing_id: the revision that stands; standing_page: its page; None where there is none.
        newest_id: the newest revision of the article: if there is another by the time that all is read, the daemon was
            quicker.
        read_by: the readers of all versions of the article, held ones too.
        allowance: how stale a copy this host's caches may give.
    """

    article_id: int
    url: str
    host: str
    standing_id: int | None
    standing_page: int | None
    newest_id: int
    read_by: tuple[str, ...]
    allowance: timedelta
    pages: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class NewReading:
    """A page says something else than it was read as: it becomes another version.

    Attributes:
        before_page: the page whose newest reading is the version before; the page itself where there is no other.
        change: against that version.
    """

    page_id: int
    article: Article
    fingerprint: str
    window: Window
    before_page: int | None
    before: Article | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Doubted:
    """An edit that was told, of which one side is now read in another way. `change`: what differs now."""

    revision_id: int
    before: Article
    after: Article
    change: Change


@dataclass(frozen=True, slots=True)
class RulingAgain:
    """What stands of an edit that was told, to be ruled again.

    Attributes:
        took_back: the verdict that a ruling took back which says that the page had been misread; else empty.
    """

    due: DueRuling
    took_back: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be said of such an edit instead of ruling `ruling_id`; None: nothing else, but more looks will not
    change it."""

    revision_id: int
    ruling_id: int
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class RereadResult:
    """What the kept pages of an article say when they are read as pages are read today.

    Attributes:
        new: in the order in which they came.
        known: pages that can be read now, and say what another version says.
        standing: the page that is the article as it is now, where that is one of `new`.
        well: a page that came after the last good look can be read now.
        lost, failure: why the newest page does not count: what is missing, or that it cannot be read.
        worse: older pages that would be read less well than they were, and stay as they are.
        edited: a page that did not count says something else than the version before it: an edit that nobody was told.
    """

    due: DueReread
    at: datetime
    new: tuple[NewReading, ...] = ()
    known: tuple[int, ...] = ()
    standing: NewReading | None = None
    doubted: tuple[Doubted, ...] = ()
    well: bool = False
    lost: tuple[str, ...] = ()
    failure: Failure | None = None
    worse: int = 0
    edited: bool = False
