"""The values of comparing and judging: `Change` is a fact, `Ruling` is what we say about it. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from scraper.article import Article, BlockKind, Clock, ClockKind

BlockMove = Literal["edited", "added", "removed", "moved"]
Verdict = Literal[
    "reread", "old_copy", "reverted", "variant", "live", "same", "announced", "announced_late", "stand_only",
    "stand_other", "stand_backwards", "stand_ahead", "zone_suspect", "minor", "automatic", "peripheral", "site_text",
    "site_wide", "partial", "disclosed", "disclosed_late", "noted", "unstamped", "undecidable", "unsettled",
    "unmarked_headline", "unmarked", "silent", "misread", "unreadable", "discovered", "comments", "removed",
    "removed_before_expected", "returned", "moved", "succeeded_by",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One of the short texts differs. `field` is headline, topline, standfirst, authors, captions or credits."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block differs.

    Attributes:
        before_at, after_at: position in the old and the new text; None where it does not stand there.
        kind: of the block, as it now is (as it was, if it was removed).
    """

    move: BlockMove
    kind: BlockKind
    before_at: int | None
    after_at: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A stamp moved, appeared (`before` is None) or went (`after` is None)."""

    kind: ClockKind
    before: Clock | None
    after: Clock | None


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two readings of one article: a fact, with no verdict in it.

    Attributes:
        minor: the texts differ only in white space, Unicode form, soft hyphens or the style of quotation marks.
        words_added, words_removed: over headline, topline, standfirst and blocks.
    """

    fields: tuple[FieldChange, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    clocks: tuple[ClockChange, ...] = ()
    minor: bool = False
    words_added: int = 0
    words_removed: int = 0

    @property
    def text_changed(self) -> bool:
        """Whether anything that a reader reads differs, however slightly."""
        return bool(self.fields or self.blocks)

    def clock(self, kind: ClockKind) -> ClockChange | None:
        """The change of that clock, or None if it did not move."""
        return next((change for change in self.clocks if change.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Window:
    """When the edit happened: after `not_before` (None: unknown), not later than `not_after`. From our clock alone."""

    not_before: datetime | None
    not_after: datetime


@dataclass(frozen=True, slots=True)
class BackTo:
    """An earlier version that stands again: when it was first seen, and since when another stood in its place."""

    number: int
    seen_at: datetime
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class LateStand:
    """A Stand that moved alone, some time after an edit: as printed, and when we saw it first."""

    raw: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class LateNotice:
    """A correction notice that names the words of an earlier edit, and when we saw it first."""

    words: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """What came before and after an edit in the life of its article.

    Attributes:
        open_stand_move: the revision before this one was a forward move of the Stand alone, not yet settled.
        followed: this one is such a move, and before it settled a later revision changed the text, or only captions,
            credits and the like ("peripheral"); empty if none did.
        unstamped: what edits of the last day changed while the Stand stayed: a move of the Stand may announce them.
            "perhaps": one was seen with a move of the Stand, but so late that a second edit may have come after that.
            "cut": the text has ended early since some edit, perhaps at a wall, and what was behind it may have changed.
            "before": longer than a day ago, one changed the text, and nothing was changed since.
        replaced: a later revision stands, so that no more looks at this one can come.
        site_text: all blocks that came, went or changed stand on several other articles of the site, too.
        shared: they stand on another article of the site, at least.
        burst: how many other articles of the site were changed at the same time without their Stands, and of how many
            that were read since, where it is most of them; else None.
        back_to: the earlier version that the new reading equals, or None.
        turns: how often, within two days, a version with the headline of before came again after one with the new.
        title_looks: how many looks in a row had shown headline, topline and standfirst as they were before.
        title_known: the headline as it is now had stood there before that.
        apart: the time between the last look at the text before and the first at the new one; None: not known.
        outside: what feeds, sitemaps, the site's API and `Last-Modified` said of the article then and since, and had
            not said of the version before.
        late_stand: the Stand that moved alone within a day of this edit, or None.
        late_notice: the first correction notice that came later and names what this edit changed, or None.
        notices: correction notices that came within a day before this edit and name nothing that was changed by then.
    """

    open_stand_move: bool = False
    followed: Literal["", "text", "peripheral"] = ""
    unstamped: Literal["", "text", "perhaps", "cut", "before", "peripheral"] = ""
    replaced: bool = False
    site_text: bool = False
    shared: bool = False
    burst: tuple[int, int] | None = None
    back_to: BackTo | None = None
    turns: int = 0
    title_looks: int = 0
    title_known: bool = False
    apart: timedelta | None = None
    late_stand: LateStand | None = None
    late_notice: LateNotice | None = None
    notices: tuple[str, ...] = ()
    outside: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """All that a ruling needs to know about the two readings.

    Attributes:
        before, after: the readings; `before.clocks` are the clocks as last seen beside the old text.
        variant: language or page variant differs, so that the two cannot be compared.
    """

    before: Article
    after: Article
    change: Change
    window: Window
    variant: bool = False
    course: Course = field(default_factory=Course)


@dataclass(frozen=True, slots=True)
class Looks:
    """What we saw of the new version since it was first seen.

    Attributes:
        count: looks at the new version, the first included.
        connections: how many different connections they used.
        uncached: how many of them asked every cache to be passed over.
        since: when the version was first seen, or when the last old copy was seen after that.
        until: the last look at it: it is known to have stood from `since` to `until`, and no longer.
        clock_ok: our own clock agreed with the server's, or with two other hosts'.
        pages_kept: both raw responses are kept with their headers.
        others: other articles of the site were read since, or there is none, or they were waited for for long: what a
            template brings, they show, too.
        compared: they were read indeed, as many as are needed, or as there are.
        just_now: the last one was a moment ago, or there can be no more: hours later the Stand may have moved.
    """

    count: int
    connections: int
    uncached: int
    since: datetime
    until: datetime
    clock_ok: bool
    pages_kept: bool
    others: bool = True
    compared: bool = True
    just_now: bool = True


@dataclass(frozen=True, slots=True)
class ClockPractice:
    """Of `edits` settled edits of an outlet that showed this machine clock on both sides, it moved with `moved`."""

    kind: ClockKind
    edits: int
    moved: int


@dataclass(frozen=True, slots=True)
class Practice:
    """What the outlet usually does: of `edits` settled edits of the text, the Stand moved with `stand_moved`.

    Attributes:
        stamp_delay: of 100 edits that the Stand showed, it came so much later than the text with one, sooner with the
            others; zero where it comes with the text.
    """

    edits: int = 0
    stand_moved: int = 0
    clocks: tuple[ClockPractice, ...] = ()
    stamp_delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What we say about an edit.

    Attributes:
        rule: the row of docs/rulings.md that decided.
        settled: False while more looks can still change the ruling; then `again_at` says when to rule again.
        evidence: (what, value) pairs that the ruling rests on, in words.
    """

    verdict: Verdict
    rule: int
    window: Window
    evidence: tuple[tuple[str, str], ...]
    settled: bool
    again_at: datetime | None
    rule_version: int
