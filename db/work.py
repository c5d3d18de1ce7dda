"""The contract between the store and the jobs: what is handed out, and what is handed back.

Frozen, picklable values that carry all a job needs: jobs never see the store, the store never sees the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from changes.change import BackTo, Change, Course, Edit, Looks, Practice, Ruling, Window
    from changes.meaning import Meaning
    from db.work_planning import Planned
    from scraper.article import Article, Comment
    from scraper.feeds.entry import FeedEntry
    from scraper.feeds.kinds import Kind
    from scraper.page import Headers, Page, Validators


# What stands in the place of an article: an HTTP status, the front page that its address leads to, or an error page.
Absence = Literal["404", "410", "451", "front_page", "elsewhere", "soft_404"]


class Outcome(StrEnum):
    """What a look at an article came to."""

    NEW = "new"  # the first reading
    SAME = "same"  # nothing that we compare differs, or 304
    CHANGED = "changed"  # the text or the Stand differs
    REREAD = "reread"  # read by another reader than before: stored, not told
    OLD_COPY = "old_copy"  # a cache gave an earlier version
    SUSPECT = "suspect"  # not there, see `Absence`: the first sighting
    GONE = "gone"  # … and the confirming one
    RETURNED = "returned"  # read again after it was gone
    UNREADABLE = "unreadable"  # a wall, no text, a broken page
    FAILED = "failed"  # nothing usable came over the wire
    PUT_OFF = "put_off"  # the host is to be left alone: not a look at all, and not kept as one


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something did not work: a stable code and a message for a person."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """robots.txt of one host as last fetched. Jobs get those that they are likely to need, and hand back new ones.

    Attributes:
        status: of the answer, fetched then; 0 where the host could not be reached. After a day it is fetched again.
    """

    host: str
    status: int
    body: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class PartState:
    """What is known of a sitemap that an index of sitemaps names.

    Attributes:
        validators: to ask for it only if it changed; read_at: when it was last asked for.
        fresh: whether it held anything that is new enough: if so, it is asked for at every poll.
        well: it could be read then, and names articles.
    """

    url: str
    validators: Validators
    read_at: datetime
    fresh: bool
    well: bool = False


@dataclass(frozen=True, slots=True)
class DueSource:
    """A source to poll. `kind`, `links`, `newest`: see scraper.feeds.kinds; `parts`: of an index of sitemaps;
    `digest`: of the answer that was last read to the end, or empty."""

    id: int
    name: str
    url: str
    host: str
    every: timedelta
    validators: Validators
    failures_in_a_row: int
    robots: tuple[RobotsCopy, ...]
    kind: Kind = "feed"
    links: str = ""
    newest: timedelta = timedelta(days=7)
    parts: tuple[PartState, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a poll found.

    Attributes:
        entries: None where nothing changed or the poll failed; a feed that broke off is a failure that has some.
        in_part: what failed is a part of it only; the others answered.
        digest: of the answer, where the same bytes once more would bring nothing new.
        skipped: entries without an address that can be used.
        host_pause: no request to the host before that long after `at` (gap, crawl-delay, Retry-After).
        hub, topic: where news of the feed can be subscribed to (WebSub), and by what name; empty: nowhere.
        parts: of an index of sitemaps; None leaves what is known as it is.
        shared: how many entries that were kept ahead of this result stood in the source's last list.
        heeded: articles of which it says that they were edited are looked at now, and not when their time comes.
    """

    source_id: int
    at: datetime
    entries: tuple[FeedEntry, ...] | None
    validators: Validators
    failure: Failure | None
    next_poll_at: datetime
    host_pause: timedelta
    robots: tuple[RobotsCopy, ...]
    skipped: int = 0
    in_part: bool = False
    parts: tuple[PartState, ...] | None = None
    hub: str = ""
    topic: str = ""
    shared: int = 0
    digest: str = ""
    heeded: bool = True

    @property
    def failed(self) -> Failure | None:
        """Why nothing of it could be had."""
        return None if self.in_part else self.failure

    @property
    def put_off(self) -> bool:
        """The host, or one that it leads to, is to be left alone: it is polled later, and nothing is wrong with it."""
        return self.failed is not None and self.failed.code == "host_rests"


@dataclass(frozen=True, slots=True)
class History:
    """What we know of an article's past; times are ours. `last_read_at`: the last look at the version that stands."""

    first_seen_at: datetime
    last_visited_at: datetime | None
    last_changed_at: datetime | None
    failures_in_a_row: int
    missing_in_a_row: int
    missing_since: datetime | None
    missing_connection: str
    last_read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier revision, as far as an old copy can be told by it."""

    revision_id: int
    fingerprint: str
    stood: BackTo


@dataclass(frozen=True, slots=True)
class Latest:
    """The revision that stands.

    Attributes:
        article: its reading, with the clocks and the comment count as last seen.
        first_seen_at, last_seen_at: the first and the last look at it.
        validators: of the last full answer that showed it.
        staleness: how old a copy the last look at it may have been, by its own headers.
        open_stand_move: it is a forward move of the Stand alone that has not settled.
        unstamped: what it, or a version of the last day, changed without the Stand.
        notices: correction notices of the last day that name nothing that was changed so far.
    """

    revision_id: int
    number: int
    article: Article
    fingerprint: str
    first_seen_at: datetime
    last_seen_at: datetime
    validators: Validators
    staleness: timedelta
    open_stand_move: bool
    unstamped: Literal["", "text", "perhaps", "cut", "before", "peripheral"]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueArticle:
    """An article to look at, with what every look needs; what one that brings a page needs beside it is `Known`.

    Attributes:
        url: its identity; `fetch_url` is the address to ask. state: live, suspect or gone.
        revision_id, read_with: the revision that stands, and its reader; None and empty before the first reading.
        one_in_full: one look in so many asks for the whole page, whatever the validators (db/store/validators.py).
        digest: of the answer that last showed it (`scraper.page.Page`), if the same bytes would be read the same.
        allowance: how stale a copy this host's caches may give (L of docs/rulings.md), without `cache_allowance`.
        wants_settling: a ruling on the latest revision waits for looks; `wants_uncached`: one that passes caches.
        planned: what the next look is planned by; imprint: what proves its page unchanged, as kept, or empty.
        noise: what the host's pages showed of it (db/store/imprints.py).
    """

    id: int
    url: str
    fetch_url: str
    host: str
    source: str
    state: str
    revision_id: int | None
    read_with: str
    validators: Validators
    one_in_full: int
    digest: str
    history: History
    allowance: timedelta
    wants_settling: bool
    wants_uncached: bool
    robots: tuple[RobotsCopy, ...]
    planned: Planned
    imprint: bytes = field(default=b"", repr=False)
    noise: Literal["unknown", "noisy", "quiet", "misproven"] = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """What a look that brings a page is compared with, and judged by.

    Attributes:
        earlier: the versions that an old copy can be told by.
        old_copy_since: the first of the old copies that the last looks gave, or None.
        clock_ok: two hosts agree with our clock; read_by: the readers of all its versions, held ones too.
    """

    latest: Latest | None
    earlier: tuple[Earlier, ...]
    practice: Practice
    old_copy_since: datetime | None
    clock_ok: bool
    read_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen in one look.

    Attributes:
        page: the raw answer, where one is to be kept (a new revision, or what could not be read), else None;
            `kept_body`: the body to keep in the place of its own, without readers' comments, or None.
        article, fingerprint: the reading, where there is one.
        change, edit, ruling: for CHANGED; the ruling is what can be said at once.
        meaning: of the edit; None where no sentence and no picture changed.
        comment_count: (before, after) where the count moved.
        old_copy_of: the earlier revision that an OLD_COPY equals.
        allowance: how stale a copy this answer declares possible.
        moved_to: the new identity, where the page lives elsewhere for good; `redirected`: a redirect said so.
        proof: what says that the page is the one we know, where nothing had to be read: the server, its bytes, or those
            of them that matter; `proof_held`: whether these were right, where the page was read all the same.
        imprint: what proves that the page would be read so again; empty: nothing does; None: what is kept.
        digest: of the answer (`scraper.page.Page`), where the same bytes would be read the same at any time.
        clock_offset: server's Date minus our clock, where the answer was fresh.
        connection: names the connection; uncached: the look asked caches to be passed over.
        comments: what readers wrote, only where it is to be kept. absence: for SUSPECT and GONE.
        told: whether the server told of the edit, asked with the validators from before; None: it was not asked so.
    """

    outcome: Outcome
    headers: Headers = ()
    validators: Validators | None = None
    page: Page | None = None
    kept_body: bytes | None = None
    article: Article | None = None
    fingerprint: str = ""
    change: Change | None = None
    edit: Edit | None = None
    ruling: Ruling | None = None
    meaning: Meaning | None = None
    comment_count: tuple[int | None, int | None] | None = None
    old_copy_of: int | None = None
    allowance: timedelta | None = None
    moved_to: str = ""
    redirected: bool = False
    failure: Failure | None = None
    clock_offset: timedelta | None = None
    connection: str = ""
    uncached: bool = False
    status: int = 0
    comments: tuple[Comment, ...] = ()
    absence: Absence | None = None
    proof: Literal["", "304", "bytes", "imprint"] = ""
    proof_held: bool | None = None
    told: bool | None = None
    imprint: bytes | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class VisitResult:
    """A look at an article, and when to return (for good news and bad alike).

    Attributes:
        against: the revision that stood when the look was handed out. If another stands by now, somebody else was
            quicker, and what was compared with the old one says nothing.
        planned: what the look taught of the article; None: nothing.
    """

    article_id: int
    at: datetime
    seen: Sighting
    next_visit_at: datetime
    host_pause: timedelta
    robots: tuple[RobotsCopy, ...]
    against: int | None
    planned: Planned | None = None


@dataclass(frozen=True, slots=True)
class DueRuling:
    """A revision whose ruling is open. `verdict` and `ruling_id` are those of the ruling that stands.

    Attributes:
        before, after: the readings, which the job compares.
    """

    revision_id: int
    article_id: int
    ruling_id: int
    verdict: str
    before: Article
    after: Article
    window: Window
    course: Course
    looks: Looks
    allowance: timedelta
    practice: Practice


@dataclass(frozen=True, slots=True)
class RulingResult:
    """The ruling anew; the store appends it only if it says something else, or settles. None: ruling failed."""

    revision_id: int
    at: datetime
    ruling: Ruling | None
