"""Two readings in, rows for a page out: what stands beside what, with the changed words marked. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from changes.compare import compare
from changes.plain import field_texts
from changes.render import Span, marked, merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changes.change import Change
    from scraper.article import Article, Block

Move = Literal["same", "edited", "added", "removed", "moved_here", "moved_away"]

# So many unchanged paragraphs are left standing beside a change; a longer run of them is folded.
_KEPT = 1
_FIELD_NAMES = {
    "topline": "Topline",
    "headline": "Headline",
    "standfirst": "Lead",
    "authors": "Authors",
    "captions": "Captions",
    "credits": "Credits",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: the kind of block, or the name of the field, and its text."""

    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands beside what.

    Attributes:
        inline: both sides as one text, for narrow screens.
        other: of a moved paragraph, its number on the other side.
    """

    move: Move
    before: Side | None
    after: Side | None
    inline: tuple[Span, ...]
    other: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in a row; `folded` where nothing in them changed and they are many."""

    rows: tuple[Row, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Two readings side by side: short texts, then the text itself."""

    change: Change
    fields: tuple[Row, ...]
    text: tuple[Stretch, ...]


def beside(before: Article, after: Article) -> Beside:
    """Set two readings side by side."""
    change = compare(before, after)
    return Beside(change, tuple(_fields(before, after)), tuple(_stretches(list(_rows(before, after, change)))))


def _fields(before: Article, after: Article) -> Iterator[Row]:
    """Headline and lead always; of the others, those that differ."""
    old, new = field_texts(before), field_texts(after)
    for field, name in _FIELD_NAMES.items():
        if old[field] != new[field]:
            yield _edited(name, name, old[field], new[field])
        elif field in ("headline", "standfirst") and old[field]:
            yield _same(name, old[field])


def _rows(before: Article, after: Article, change: Change) -> Iterator[Row]:
    """Every block of both texts once, in an order that is right for both sides."""
    at_old = {item.before_at: item for item in change.blocks if item.before_at is not None}
    at_new = {item.after_at: item for item in change.blocks if item.after_at is not None}
    olds, news = deque(enumerate(before.blocks)), deque(enumerate(after.blocks))
    while olds or news:
        leaving, coming = (at_old.get(olds[0][0]) if olds else None), (at_new.get(news[0][0]) if news else None)
        if leaving is not None and leaving.move in ("removed", "moved"):
            yield _left_alone(olds.popleft()[1], leaving.after_at)
        elif coming is not None and coming.move in ("added", "moved"):
            yield _right_alone(news.popleft()[1], coming.before_at)
        elif olds and news and (leaving is not None or olds[0][1] == news[0][1]):
            yield _pair(olds.popleft()[1], news.popleft()[1])
        elif olds:  # of several equal paragraphs that went, the change may name but one
            yield _left_alone(olds.popleft()[1], None)
        else:
            yield _right_alone(news.popleft()[1], None)


def _pair(old: Block, new: Block) -> Row:
    return _same(new.kind, new.text) if old == new else _edited(old.kind, new.kind, old.text, new.text)


def _same(kind: str, text: str) -> Row:
    side = Side(kind, (Span(text),))
    return Row("same", side, side, side.spans)


def _edited(old_kind: str, new_kind: str, old: str, new: str) -> Row:
    left, right = marked(old, new)
    return Row("edited", Side(old_kind, left), Side(new_kind, right), merged(old, new))


def _left_alone(block: Block, moved_to: int | None) -> Row:
    if moved_to is not None:
        text = (Span(block.text),)
        return Row("moved_away", Side(block.kind, text), None, text, moved_to + 1)
    gone = (Span(block.text, "removed"),)
    return Row("removed", Side(block.kind, gone), None, gone)


def _right_alone(block: Block, moved_from: int | None) -> Row:
    if moved_from is not None:
        text = (Span(block.text),)
        return Row("moved_here", None, Side(block.kind, text), text, moved_from + 1)
    new = (Span(block.text, "added"),)
    return Row("added", None, Side(block.kind, new), new)


def _stretches(rows: Sequence[Row]) -> Iterator[Stretch]:
    """Long runs of unchanged rows folded, but for those next to a change."""
    runs = [(same, tuple(run)) for same, run in groupby(rows, key=lambda row: row.move == "same")]
    for number, (same, run) in enumerate(runs):
        head = _KEPT if number > 0 else 0
        tail = _KEPT if number < len(runs) - 1 else 0
        if not same or len(run) <= head + tail + 1:
            yield Stretch(run, folded=False)
            continue
        parts = (run[:head], run[head : len(run) - tail], run[len(run) - tail :])
        yield from (Stretch(part, folded=part is parts[1]) for part in parts if part)
