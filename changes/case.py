"""What the rows of the table look at and what they find; how stamps are compared, and spans worded. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.compare import TEXT_FIELDS, in_words, titles_differ

if TYPE_CHECKING:
    from datetime import datetime

    from changes.change import ClockChange, Edit, Looks, Practice, Verdict
    from scraper.article import Covers

# No copy that a cache may still hold is waited for any longer: some declare an age of months.
LONGEST_WAIT = timedelta(days=1)
# Nor is a Stand of which the outlet's practice says that it comes later than that.
LONGEST_DELAY = timedelta(hours=6)
# How long after a missed chance to settle we rule again: at least this, and longer the longer it has been open.
_TRY_AGAIN = timedelta(minutes=5)
_TRY_AGAIN_SHARE = 4
WAITS = "waits for"
# Of two headlines that are tried out each look shows one by chance. So many looks in a row at the old one, and at both
# together, tell an edit from that.
TITLE_BEFORE, TITLE_IN_ALL = 3, 10
# Of fewer settled edits nothing is said of what an outlet usually does.
ENOUGH = 30

Evidence = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait before we accuse; `settle` of zero switches all waiting off."""

    settle: timedelta = timedelta(minutes=60)
    cache_allowance: timedelta = timedelta(minutes=15)
    looks: int = 3


def wait(patience: Patience, allowance: timedelta, practice: Practice) -> timedelta:
    """How long a version must have stood before we accuse: as caches and the outlet's late Stands ask for."""
    if not patience.settle:
        return timedelta()
    return max(patience.settle, 2 * min(allowance, LONGEST_WAIT), min(practice.stamp_delay, LONGEST_DELAY))


@dataclass(frozen=True, slots=True)
class Case:
    """All that the rows may look at.

    Attributes:
        allowance: L of docs/rulings.md: how stale a copy may be that this host's caches give.
    """

    edit: Edit
    looks: Looks
    practice: Practice
    patience: Patience
    allowance: timedelta
    now: datetime

    @property
    def stand(self) -> ClockChange | None:
        """The move of the visible stamp, or None if it stayed."""
        return self.edit.change.clock("stand")

    @property
    def covers(self) -> tuple[Covers | None, Covers | None]:
        """What the Stand covers on both sides; None where there is none that can be read."""
        before, after = self.edit.before.stand, self.edit.after.stand
        return before.covers if before else None, after.covers if after else None

    @property
    def text_changed(self) -> bool:
        """Whether what counts as text differs, however slightly."""
        change = self.edit.change
        return bool(change.blocks) or any(item.field in TEXT_FIELDS for item in change.fields)

    @property
    def peripheral(self) -> bool:
        """Whether authors, captions or credits differ."""
        return any(item.field not in TEXT_FIELDS for item in self.edit.change.fields)

    @property
    def settles_at(self) -> datetime:
        """The earliest moment at which the ruling may settle."""
        return self.looks.since + wait(self.patience, self.allowance, self.practice)

    @property
    def again_at(self) -> datetime:
        """When to rule again on what has not settled."""
        open_for = self.now - self.looks.since
        return max(self.settles_at, self.now + max(_TRY_AGAIN, open_for / _TRY_AGAIN_SHARE))

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is still missing before the ruling may settle, in words."""
        if not self.patience.settle:
            return ()
        wants = {
            "time": self.looks.until >= self.settles_at,
            "looks": self.looks.count >= self.patience.looks,
            "a second connection": self.looks.connections >= 2,
            "a look past all caches": self.looks.uncached >= 1,
            "a clock that others confirm": self.looks.clock_ok,
            "both raw answers": self.looks.pages_kept,
            "looks at other articles of the site": self.looks.others,
            "a look just now": self.looks.just_now,
            "looks at the new headline": self.title_told or not self.title_tellable or self.edit.course.replaced,
        }
        return tuple(what for what, there in wants.items() if not there)

    @property
    def only_titles(self) -> bool:
        """Whether titles changed, and nothing of the text that is the article's own."""
        change, course = self.edit.change, self.edit.course
        return titles_differ(change) and (not in_words(change) or course.site_text)

    @property
    def title_tellable(self) -> bool:
        """Whether looks can tell an edit of titles from two that are tried out."""
        course = self.edit.course
        return course.title_looks >= TITLE_BEFORE and not course.title_known

    @property
    def title_told(self) -> bool:
        """Whether enough looks showed the one and then the other."""
        return not self.only_titles or self.edit.course.title_looks + self.looks.count >= TITLE_IN_ALL


@dataclass(frozen=True, slots=True)
class Finding:
    """What a row says. `settled` False: it may say something else later."""

    verdict: Verdict
    settled: bool = True
    evidence: Evidence = ()


def forward(change: ClockChange | None) -> bool:
    if change is None or change.before is None or change.after is None:
        return False
    before, after = change.before.covers, change.after.covers
    return before is not None and after is not None and order(before, after) > 0


def order(before: Covers, after: Covers) -> int:
    """1 if the stamp went forward, -1 if it went back, 0 if neither can be said.

    That is so for a minute within a printed day, for relative words ("2 hours ago") whose stretches overlap, and in the
    hour that autumn repeats, unless all readings agree.
    """
    same_form = before.end - before.start == after.end - after.start
    if same_form and not (before.is_rough or before.again or after.again):
        return (after.start > before.start) - (after.start < before.start)
    return (after.start >= before.last_end) - (after.last_end <= before.start)


def same_wall_time(case: Case) -> bool:
    """The same digits for another instant: only the zone or the fold can have changed."""
    before, after = case.edit.before.stand, case.edit.after.stand
    digits = [[char for char in clock.raw if char.isdigit()] for clock in (before, after) if clock]
    return digits[0] == digits[1]


def minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def span(time: timedelta) -> str:
    """ "2 h 5 min"."""
    hours, minutes = divmod(round(time / timedelta(minutes=1)), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def stamps(case: Case) -> Evidence:
    """The Stand on both sides, and how other clocks moved."""
    stands = (case.edit.before.stand, case.edit.after.stand)
    before, after = (clock.raw if clock else "none" for clock in stands)
    others = [item for item in case.edit.change.clocks if item.kind != "stand"]
    told = (("other clocks", "; ".join(clock_words(item) for item in others) or "none moved"),)
    return (("Stand before", before), ("Stand after", after), *told)


def clock_words(item: ClockChange) -> str:
    before, after = (clock.raw if clock else "none" for clock in (item.before, item.after))
    return f"{item.kind} {before} → {after}"


def of_the_outlet(practice: Practice) -> Evidence:
    """What the outlet's Stand usually does, with how many edits that is known of."""
    said = f"Stand moved in {practice.stand_moved} of {practice.edits} settled edits"
    if practice.edits < ENOUGH:
        said = f"too few settled edits to tell ({practice.edits})" if practice.edits else "not known yet"
    return (("practice of the outlet", said),)


def waiting(case: Case, finding: Finding) -> Evidence:
    """The looks at the new version, and what they still lack."""
    looks = case.looks
    seen = f"{looks.count} on {looks.connections} connections, {looks.uncached} past all caches"
    if finding.settled:
        return (("looks at the new version", seen),)
    if case.edit.course.replaced:
        return (("looks at the new version", seen), ("will not settle", "a later version replaced this one"))
    return (("looks at the new version", seen), (WAITS, ", ".join(case.lacking)))
