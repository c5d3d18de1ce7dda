"""The table of docs/rulings.md: an edit and what we saw of it come in, a `Ruling` goes out. Pure: evidence only.

Rows are tried in order and the first that answers decides. A row is a function of the `Case` that gives a
`Finding` or None. Facts are told at once; what accuses waits until it has settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from changes.change import Ruling
from changes.compare import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from changes.change import ClockChange, Edit, Looks, Practice, Verdict
    from scraper.article import Covers

RULE_VERSION = 2
# κ of docs/rulings.md: printed minutes are rounded, and clocks of newsrooms drift.
KAPPA = timedelta(minutes=2)
# No copy that a cache may still hold is waited for any longer: some declare an age of months.
LONGEST_WAIT = timedelta(days=1)
# How long after a missed chance to settle we rule again: at least this, and longer the longer it has been open.
_TRY_AGAIN = timedelta(minutes=5)
_TRY_AGAIN_SHARE = 4
MACHINE_CLOCKS = ("modified_ld", "modified_meta", "modified_microdata", "editorial")

Evidence = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait before we accuse; `settle` of zero switches all waiting off."""

    settle: timedelta = timedelta(minutes=60)
    cache_allowance: timedelta = timedelta(minutes=15)
    looks: int = 3


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
    def settles_at(self) -> datetime:
        """The earliest moment at which the ruling may settle."""
        if not self.patience.settle:
            return self.looks.since
        return self.looks.since + max(self.patience.settle, 2 * min(self.allowance, LONGEST_WAIT))

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
        }
        return tuple(what for what, there in wants.items() if not there)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a row says. `settled` False: it may say something else later."""

    verdict: Verdict
    settled: bool = True
    evidence: Evidence = ()


def rule(case: Case) -> Ruling:
    """The ruling on an edit by the first row that answers."""
    for number, row in ROWS:
        finding = row(case)
        if finding is not None:
            over = finding.settled or case.edit.replaced
            return Ruling(
                verdict=finding.verdict,
                rule=number,
                window=case.edit.window,
                evidence=(*_stamps(case), *finding.evidence, *_waiting(case, finding)),
                settled=finding.settled,
                again_at=None if over else case.again_at,
                rule_version=RULE_VERSION,
            )
    raise AssertionError("row 22 answers always")  # pragma: no cover


def _reread(case: Case) -> Finding | None:
    """Row 1: another reader, language or page variant: not comparable."""
    before, after = case.edit.before, case.edit.after
    if before.read_with != after.read_with:
        return Finding("reread", evidence=(("reader", f"{before.read_with} → {after.read_with}"),))
    return Finding("reread", evidence=(("variant", "language or page variant differs"),)) if case.edit.variant else None


def _same(case: Case) -> Finding | None:
    """Row 7: nothing that readers read differs."""
    return None if _text_changed(case) or _peripheral(case) or case.stand else Finding("same")


def _stand_alone(case: Case) -> Finding | None:
    """Row 9: the Stand went forward and the text stayed."""
    if _text_changed(case) or not _forward(case.stand):
        return None
    if case.edit.followed == "text":
        return Finding("announced", evidence=(("text", "followed the Stand before it had settled"),))
    if case.edit.followed == "peripheral":
        return Finding("stand_other", evidence=(("captions or credits", "followed the Stand before it had settled"),))
    if case.lacking:
        return Finding("unsettled", settled=False)
    if case.edit.unstamped_edit and case.patience.settle:
        # Row 8 would rule that edit again; until then this look is never `stand_only`.
        return Finding("unsettled", evidence=(("Stand", "may announce an edit of the last day, late"),))
    return Finding("stand_other" if _peripheral(case) else "stand_only")


def _stand_backwards(case: Case) -> Finding | None:
    """Row 10: the Stand went back."""
    before, after = _covers(case)
    if before is None or after is None or case.stand is None or _order(before, after) >= 0:
        return None
    if _same_wall_time(case):
        return Finding("zone_suspect", evidence=(("stamp", "same wall time, another zone or the doubled hour"),))
    return Finding("unsettled", settled=False) if case.lacking else Finding("stand_backwards")


def _minor(case: Case) -> Finding | None:
    """Row 12: only white space, Unicode form, soft hyphens or the style of marks."""
    return Finding("minor") if case.edit.change.minor else None


def _peripheral_only(case: Case) -> Finding | None:
    """Row 13: only captions, credits, author box."""
    return Finding("peripheral") if _peripheral(case) and not _text_changed(case) else None


def _disclosed(case: Case) -> Finding | None:
    """Row 14: a visible correction or update notice came with it, whatever the Stand."""
    notices = [
        item.after for item in case.edit.change.blocks if item.kind == "note" and item.move in ("added", "edited")
    ]
    return Finding("disclosed", evidence=(("notice", notices[0][:300]),)) if notices else None


def _unstamped(case: Case) -> Finding | None:
    """Row 15: no Stand that can be read on a side, or its form changed (a minute, a day)."""
    before, after = (article.stand for article in (case.edit.before, case.edit.after))
    if before is None or after is None:
        sides = {(True, True): "both sides", (True, False): "the old text", (False, True): "the new text"}
        return Finding("unstamped", evidence=(("no Stand on", sides[before is None, after is None]),))
    if before.covers is None or after.covers is None:
        return Finding("unstamped", evidence=(("Stand", "cannot be read"),))
    if _form(before.covers) != _form(after.covers):
        return Finding("unstamped", evidence=(("Stand", "its form changed"),))
    return None


def _form(covers: Covers) -> timedelta | None:
    """A second, a minute or a day; None: relative words."""
    return None if covers.is_rough else covers.end - covers.start


def _announced(case: Case) -> Finding | None:
    """Row 16: the Stand went forward, or another stamp that readers see."""
    if _forward(case.stand):
        _, after = _covers(case)
        not_before = case.edit.window.not_before
        early = after is not None and not_before is not None and after.last_end < not_before - KAPPA
        return Finding("announced", evidence=(("note", "stamp earlier than window"),) if early else ())
    if _forward(case.edit.change.clock("published")):
        return Finding("announced", evidence=(("stamp", "the visible publication date moved"),))
    if case.edit.open_stand_move:
        return Finding("announced", evidence=(("stamp", "the Stand had moved a look earlier"),))
    return None


def _undecidable(case: Case) -> Finding | None:
    """Row 17: the edit may lie within the minute (or day) that the old Stand prints."""
    if case.stand is not None:
        return Finding("undecidable", evidence=(("Stand", "moved, but it cannot be said which way"),))
    _, after = _covers(case)
    not_before = case.edit.window.not_before
    if after is None or not_before is None or not_before < after.last_end + KAPPA:
        return Finding("undecidable", evidence=(("Stand", "may lie within what is printed"),))
    return None


def _unsettled(case: Case) -> Finding | None:
    """Row 18: too early to accuse."""
    return Finding("unsettled", settled=False) if case.lacking else None


def _headline_only(case: Case) -> Finding | None:
    """Row 19: headline, topline or standfirst only."""
    return None if case.edit.change.blocks else Finding("unmarked_headline")


def _machines_told(case: Case) -> Finding | None:
    """Row 20: a machine clock moved, the one that readers see did not."""
    moved = [item for item in case.edit.change.clocks if item.kind in MACHINE_CLOCKS and _forward(item)]
    if not moved:
        return None
    return Finding("unmarked", evidence=(("machines were told", "; ".join(_clock_words(item) for item in moved)),))


def _unmarked(case: Case) -> Finding:
    """Row 22: the text changed, the Stand did not."""
    practice = case.practice
    if not practice.edits:
        return Finding("unmarked", evidence=(("practice of the outlet", "not known yet"),))
    said = f"Stand moved in {practice.stand_moved} of {practice.edits} settled edits"
    return Finding("unmarked", evidence=(("practice of the outlet", said),))


ROWS: tuple[tuple[int, Callable[[Case], Finding | None]], ...] = (
    (1, _reread),
    (7, _same),
    (9, _stand_alone),
    (10, _stand_backwards),
    (12, _minor),
    (13, _peripheral_only),
    (14, _disclosed),
    (15, _unstamped),
    (16, _announced),
    (17, _undecidable),
    (18, _unsettled),
    (19, _headline_only),
    (20, _machines_told),
    (22, _unmarked),
)


def _text_changed(case: Case) -> bool:
    change = case.edit.change
    return bool(change.blocks) or any(item.field in TEXT_FIELDS for item in change.fields)


def _peripheral(case: Case) -> bool:
    return any(item.field not in TEXT_FIELDS for item in case.edit.change.fields)


def _covers(case: Case) -> tuple[Covers | None, Covers | None]:
    before, after = case.edit.before.stand, case.edit.after.stand
    return before.covers if before else None, after.covers if after else None


def _forward(change: ClockChange | None) -> bool:
    if change is None or change.before is None or change.after is None:
        return False
    before, after = change.before.covers, change.after.covers
    return before is not None and after is not None and _order(before, after) > 0


def _order(before: Covers, after: Covers) -> int:
    """1 if the stamp went forward, -1 if it went back, 0 if neither can be said.

    That is so for a minute within a printed day, for relative words ("2 hours ago") whose stretches overlap, and in the
    hour that autumn repeats, unless all readings agree.
    """
    printed = not (before.is_rough or after.is_rough or before.again or after.again)
    if printed and before.end - before.start == after.end - after.start:
        return (after.start > before.start) - (after.start < before.start)
    return (after.start >= before.last_end) - (after.last_end <= before.start)


def _same_wall_time(case: Case) -> bool:
    """The same digits for another instant: only the zone or the fold can have changed."""
    before, after = case.edit.before.stand, case.edit.after.stand
    digits = [[char for char in clock.raw if char.isdigit()] for clock in (before, after) if clock]
    return digits[0] == digits[1]


def _stamps(case: Case) -> Evidence:
    stands = (case.edit.before.stand, case.edit.after.stand)
    before, after = (clock.raw if clock else "none" for clock in stands)
    others = [item for item in case.edit.change.clocks if item.kind != "stand"]
    told = (("other clocks", "; ".join(_clock_words(item) for item in others) or "none moved"),)
    return (("Stand before", before), ("Stand after", after), *told)


def _clock_words(item: ClockChange) -> str:
    before, after = (clock.raw if clock else "none" for clock in (item.before, item.after))
    return f"{item.kind} {before} → {after}"


def _waiting(case: Case, finding: Finding) -> Evidence:
    looks = case.looks
    seen = f"{looks.count} on {looks.connections} connections, {looks.uncached} past all caches"
    if finding.settled:
        return (("looks at the new version", seen),)
    if case.edit.replaced:
        return (("looks at the new version", seen), ("will not settle", "a later version replaced this one"))
    return (("looks at the new version", seen), ("waits for", ", ".join(case.lacking)))
