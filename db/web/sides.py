"""Two readings in, rows for a page out: what stands beside what, with the changed words marked. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from changes.alignment import align
from changes.compare import compare
from changes.plain import field_texts
from changes.render import Span, marked, merged
from db.web.places import Piece, Sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changes.alignment import Alignment
    from changes.change import Change
    from db.web.places import Places
    from scraper.article import Article, Block

Move = Literal["same", "edited", "added", "removed", "moved_here", "moved_away"]

# So many unchanged paragraphs are left standing beside a change; a longer run of them is folded.
_KEPT = 1
FIELD_NAMES = {
    "topline": "Topline",
    "headline": "Headline",
    "standfirst": "Lead",
    "authors": "Authors",
    "captions": "Captions",
    "credits": "Credits",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: the kind of block, or the name of the field, and its text, sentence by sentence."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands beside what.

    Attributes:
        inline: both sides as one text, for narrow screens.
        anchors: that lead to this row.
        other: of a moved paragraph, its number on the other side; link: the anchor of that place.
    """

    move: Move
    before: Side | None
    after: Side | None
    inline: tuple[Piece, ...]
    anchors: tuple[str, ...] = ()
    other: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in a row; `folded` where nothing in them changed and they are many."""

    rows: tuple[Row, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Two readings side by side: short texts, then the text itself."""

    change: Change
    alignment: Alignment
    fields: tuple[Row, ...]
    text: tuple[Stretch, ...]


def beside(before: Article, after: Article) -> Beside:
    """Set two readings side by side."""
    change, alignment = compare(before, after), align(before, after)
    sentences = Sentences(alignment)
    rows = list(_rows(before, after, change, sentences))
    return Beside(change, alignment, tuple(_fields(before, after, sentences)), tuple(_stretches(rows)))


def _fields(before: Article, after: Article, sentences: Sentences) -> Iterator[Row]:
    """Headline and lead always; of the others, those that differ."""
    old, new = field_texts(before), field_texts(after)
    for field, name in FIELD_NAMES.items():
        if old[field] == new[field]:
            if field in ("headline", "standfirst") and old[field]:
                yield _same(name, old[field], sentences.places(field, field).anchors)
        elif field == "standfirst":
            yield _edited(name, name, sentences.places(field, field))
        else:
            left, right = marked(old[field], new[field])
            inline = (Piece(merged(old[field], new[field])),)
            sides = Side(name, (Piece(left),)), Side(name, (Piece(right),))
            yield Row("edited", *sides, inline, sentences.places(field, field).anchors)


def _rows(before: Article, after: Article, change: Change, sentences: Sentences) -> Iterator[Row]:
    """Every block of both texts once, in an order that is right for both sides."""
    at_old = {item.before_at: item for item in change.blocks if item.before_at is not None}
    at_new = {item.after_at: item for item in change.blocks if item.after_at is not None}
    olds, news = deque(enumerate(before.blocks)), deque(enumerate(after.blocks))
    while olds or news:
        leaving, coming = (at_old.get(olds[0][0]) if olds else None), (at_new.get(news[0][0]) if news else None)
        if leaving is not None and leaving.move in ("removed", "moved"):
            yield _left_alone(*olds.popleft(), leaving.after_at, sentences)
        elif coming is not None and coming.move in ("added", "moved"):
            yield _right_alone(*news.popleft(), coming.before_at, sentences)
        elif olds and news and (leaving is not None or olds[0][1] == news[0][1]):
            yield _pair(olds.popleft(), news.popleft(), sentences)
        elif olds:  # of several equal paragraphs that went, the change may name but one
            yield _left_alone(*olds.popleft(), None, sentences)
        else:
            yield _right_alone(*news.popleft(), None, sentences)


def _pair(left: tuple[int, Block], right: tuple[int, Block], sentences: Sentences) -> Row:
    (old_at, old), (new_at, new) = left, right
    places = sentences.places(old_at, new_at)
    if old == new:
        return _same(new.kind, new.text, places.anchors)
    return _edited(old.kind, new.kind, places)


def _same(kind: str, text: str, anchors: tuple[str, ...]) -> Row:
    side = Side(kind, (Piece((Span(text),)),))
    return Row("same", side, side, side.pieces, anchors)


def _edited(old_kind: str, new_kind: str, places: Places) -> Row:
    return Row("edited", Side(old_kind, places.before), Side(new_kind, places.after), places.inline, places.anchors)


def _left_alone(at: int, block: Block, moved_to: int | None, sentences: Sentences) -> Row:
    places = sentences.places(at, None)
    if moved_to is None:
        return Row("removed", Side(block.kind, places.before), None, places.before, places.anchors)
    text = (Piece((Span(block.text),)),)
    anchors = (f"before{at}", *places.anchors)
    return Row("moved_away", Side(block.kind, text), None, text, anchors, moved_to + 1, f"after{moved_to}")


def _right_alone(at: int, block: Block, moved_from: int | None, sentences: Sentences) -> Row:
    places = sentences.places(None, at)
    if moved_from is None:
        return Row("added", None, Side(block.kind, places.after), places.after, places.anchors)
    text = (Piece((Span(block.text),)),)
    anchors = (f"after{at}", *places.anchors)
    return Row("moved_here", None, Side(block.kind, text), text, anchors, moved_from + 1, f"before{moved_from}")


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
