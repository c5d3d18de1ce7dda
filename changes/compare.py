"""Two readings of one article come in, their `Change` goes out: which fields, blocks and clocks differ."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel, LCSseq

from changes.change import BlockChange, Change, ClockChange, FieldChange
from changes.matching import matches
from changes.plain import field_texts, plain, words
from scraper.stamps import is_time_alone, says_no_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.article import Article, Block, Clock

TEXT_FIELDS = ("headline", "topline", "standfirst")
PERIPHERAL_FIELDS = ("authors", "captions", "credits")
# Two blocks that share fewer words than this are not versions of one another. The loosest value at which our edit
# cases pair a rewritten paragraph with its origin and never two neighbours.
_SAME_BLOCK = 0.4
# A page may hold what it likes; beyond so many pairs in one stretch, blocks are paired by their place.
_MOST_PAIRS = 40_000


def compare(before: Article, after: Article) -> Change:
    """What differs between two readings made by the same reader. Comments and notes are not compared here."""
    fields = tuple(_field_changes(before, after))
    blocks = _block_changes(before.blocks, after.blocks)
    added, removed = _word_counts(fields, blocks)
    return Change(
        fields=fields,
        blocks=blocks,
        clocks=_clock_changes(before.clocks, after.clocks),
        minor=_is_minor(fields, blocks),
        words_added=added,
        words_removed=removed,
    )


def in_words(change: Change) -> tuple[BlockChange, ...]:
    """The blocks that differ in more than their typography: one that is set otherwise beside them is no edit."""
    return tuple(item for item in change.blocks if item.move != "edited" or plain(item.before) != plain(item.after))


def titles_differ(change: Change) -> bool:
    """Whether headline, topline or standfirst differ in more than their typography."""
    return any(item.field in TEXT_FIELDS and plain(item.before) != plain(item.after) for item in change.fields)


def _field_changes(before: Article, after: Article) -> Iterator[FieldChange]:
    new = field_texts(after)
    for field, old_text in field_texts(before).items():
        if old_text != new[field]:
            yield FieldChange(field, old_text, new[field])


def _block_changes(before: Sequence[Block], after: Sequence[Block]) -> tuple[BlockChange, ...]:
    changes: list[BlockChange] = []
    for old_at, new_at in _gaps(before, after):
        changes += _region(before, after, old_at, new_at)
    return tuple(_with_moves(changes))


def _gaps(before: Sequence[Block], after: Sequence[Block]) -> Iterator[tuple[list[int], list[int]]]:
    """The stretches between blocks that are equal, as positions in the old and in the new text."""
    old_end = new_end = 0
    for match in matches(before, after):
        if old_end < match.old or new_end < match.new:
            yield list(range(old_end, match.old)), list(range(new_end, match.new))
        old_end, new_end = match.old + match.size, match.new + match.size


def _region(before: Sequence[Block], after: Sequence[Block], old_at: list[int], new_at: list[int]) -> list[BlockChange]:
    """Blocks that differ, between two that are equal: pairs that are alike are edits, the rest came or went."""
    changes: list[BlockChange] = []
    rest = list(new_at)
    old_words = {at: words(before[at].text) for at in old_at}
    new_words = {at: words(after[at].text) for at in new_at}
    by_place = len(old_at) * len(new_at) > _MOST_PAIRS
    for at in old_at:
        candidates = rest[:1] if by_place else rest
        match = next((other for other in candidates if by_place or _alike(old_words[at], new_words[other])), None)
        if match is None:
            changes.append(BlockChange("removed", before[at].kind, at, None, before[at].text, ""))
            continue
        changes += [_added(after, skipped) for skipped in rest[: rest.index(match)]]
        rest = rest[rest.index(match) + 1 :]
        changes.append(BlockChange("edited", after[match].kind, at, match, before[at].text, after[match].text))
    return changes + [_added(after, at) for at in rest]


def _added(after: Sequence[Block], at: int) -> BlockChange:
    return BlockChange("added", after[at].kind, None, at, "", after[at].text)


def _alike(old: list[str], new: list[str]) -> bool:
    return Indel.normalized_similarity(old, new, score_cutoff=_SAME_BLOCK) >= _SAME_BLOCK


def _with_moves(changes: list[BlockChange]) -> Iterator[BlockChange]:
    """A text that went at one place and came at another was moved."""
    gone = {(item.kind, item.before): item for item in changes if item.move == "removed"}
    came = {(item.kind, item.after): item for item in changes if item.move == "added"}
    moved = gone.keys() & came.keys()
    for item in changes:
        if item.move == "removed" and (item.kind, item.before) in moved:
            continue
        if item.move == "added" and (item.kind, item.after) in moved:
            origin = gone[item.kind, item.after]
            yield BlockChange("moved", item.kind, origin.before_at, item.after_at, item.after, item.after)
        else:
            yield item


def moved(was: Clock | None, now: Clock | None) -> bool:
    """Whether a stamp moved between two looks, as far as that is certain; came or went is moved, too.

    What relative words ("2 hours ago") leave open shifts with every look: such a stamp moved where it must be later
    than it can have been. The same words may come from a page that was written once and kept; and where it seems to be
    earlier, the look before brought such a page. A time without a day says nothing until its day is known, nor do
    relative words that cannot be read.
    """
    if was is None or now is None:
        return was is not now
    if was.covers is None or now.covers is None:
        unknown = any(clock.covers is None and says_no_day(clock.raw) for clock in (was, now))
        return was.raw != now.raw and not unknown
    if was.covers.is_rough or now.covers.is_rough:
        return was.raw != now.raw and now.covers.start >= was.covers.last_end
    # In the same words: "today" of a page that a cache kept past midnight, or another clock says the zone otherwise.
    same_words = was.raw == now.raw and not is_time_alone(now.raw)
    return was.covers != now.covers and not same_words


def _clock_changes(before: Sequence[Clock], after: Sequence[Clock]) -> tuple[ClockChange, ...]:
    kinds = dict.fromkeys(clock.kind for clock in [*before, *after])
    changes = []
    for kind in kinds:
        old = [clock for clock in before if clock.kind == kind]
        new = [clock for clock in after if clock.kind == kind]
        for was, now in zip_longest(old, new):
            if moved(was, now):
                changes.append(ClockChange(kind, was, now))
    return tuple(changes)


def _pairs(fields: Sequence[FieldChange], blocks: Sequence[BlockChange]) -> Iterator[tuple[str, str]]:
    yield from ((item.before, item.after) for item in fields if item.field in TEXT_FIELDS)
    yield from ((item.before, item.after) for item in blocks if item.move != "moved")


def _word_counts(fields: Sequence[FieldChange], blocks: Sequence[BlockChange]) -> tuple[int, int]:
    added = removed = 0
    for before, after in _pairs(fields, blocks):
        old, new = words(before), words(after)
        kept = LCSseq.similarity(old, new)
        added += len(new) - kept
        removed += len(old) - kept
    return added, removed


def _is_minor(fields: Sequence[FieldChange], blocks: Sequence[BlockChange]) -> bool:
    """Whether the text differs, but only in what `plain` takes away. A moved block or another kind is not minor."""
    texts = list(_pairs(fields, blocks))
    moved = any(item.move == "moved" for item in blocks)
    return bool(texts) and not moved and all(plain(before) == plain(after) for before, after in texts)
