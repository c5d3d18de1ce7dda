"""An alignment in; for each row of a comparison, what became of its sentences, ready to be shown. Pure.

A sentence that stands in another row now, or in another order, is told as such and leads to its other place; only what
is nowhere on the other side is marked as gone or new.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changes.render import Span, marked, merged
from db.words.language import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changes.alignment import Alignment, SentenceMove, Side
    from changes.sentences import Sentence

    _Marks = tuple[tuple[Span, ...], tuple[Span, ...]]

# What is said of a sentence at its old place and at its new one.
SAID: dict[SentenceMove, tuple[str, str]] = {
    "kept": ("stands in another paragraph now", "stood in another paragraph"),
    "edited": ("reworded in another paragraph", "reworded from another paragraph"),
    "moved": ("moved away", "moved here"),
    "split": ("split", "split from one sentence"),
    "merged": ("merged with another", "merged into one sentence"),
}
# These are told even where both places stand in one row.
_ALWAYS_SAID: frozenset[SentenceMove] = frozenset(("moved", "split", "merged"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or what became one, or all of a text.

    Attributes:
        said: that it moved or the like, in words, at its beginning; empty for most.
        shifted: it belongs to what moved or the like.
        link: the anchor of its other place, where that is in another row.
    """

    spans: tuple[Span, ...]
    said: str = ""
    link: str = ""
    shifted: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """The sentences of one row: on both sides, as one text for narrow screens, and the anchors that lead to them."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    inline: tuple[Piece, ...]
    anchors: tuple[str, ...]


class Sentences:
    """Where the sentences of two readings stand, by their blocks, and by field those of the short texts."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._item_of_old = {at: number for number, item in enumerate(alignment.items) for at in item.before}
        self._item_of_new = {at: number for number, item in enumerate(alignment.items) for at in item.after}
        self._olds, self._news = _by_place(alignment.before), _by_place(alignment.after)
        self._marks: dict[int, _Marks] = {}

    def places(self, old: int | str | None, new: int | str | None) -> Places:
        """What a row shows: of the block, or the short text of that name, on either side; None where there is none."""
        olds = () if old is None else tuple(self._olds.get(old, ()))
        news = () if new is None else tuple(self._news.get(new, ()))
        row = _Row(self._alignment, self._marks, olds, news)
        left = [(at, self._item_of_old[at]) for at in olds]
        right = [(at, self._item_of_new[at]) for at in news]
        return Places(
            tuple(row.side("before", left)),
            tuple(row.side("after", right)),
            tuple(row.inline(left, right)),
            tuple(row.anchors(left, right)),
        )


class _Row:
    """One row while its pieces are made."""

    def __init__(
        self, alignment: Alignment, marks: dict[int, _Marks], olds: tuple[int, ...], news: tuple[int, ...]
    ) -> None:
        self._alignment, self._marks = alignment, marks
        self._olds, self._news = frozenset(olds), frozenset(news)

    def side(self, side: Side, ats: Sequence[tuple[int, int]]) -> Iterator[Piece]:
        last = -1
        for at, number in ats:
            yield self._piece(side, at, number, first=number != last)
            last = number

    def inline(self, left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> Iterator[Piece]:
        """What went before what came, and what stands on both sides once."""
        olds, news = deque(left), deque(right)
        while olds or news:
            if olds and not self._is_whole(olds[0][1]):
                at, number = olds.popleft()
                yield self._piece("before", at, number, first=True)
            elif news and not self._is_whole(news[0][1]):
                at, number = news.popleft()
                yield self._piece("after", at, number, first=True)
            else:
                number = (news or olds)[0][1]  # at the head of both: what stays, stays in order
                for side in (olds, news):
                    while side and side[0][1] == number:
                        side.popleft()
                item = self._alignment.items[number]
                texts = self._alignment.text("before", item), self._alignment.text("after", item)
                shifted = item.move in _ALWAYS_SAID
                said = gettext(SAID[item.move][1]) if shifted else ""
                yield Piece(merged(*texts) if texts[0] != texts[1] else (Span(texts[0]),), said, shifted=shifted)

    def anchors(self, left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> Iterator[str]:
        """Of every sentence that changed or went to another row: `s` and its number, and `w` where it was."""
        for at, number in right:
            item = self._alignment.items[number]
            if at == item.after[0] and (item.move != "kept" or not self._is_whole(number)):
                yield anchor(number)
        for at, number in left:
            item = self._alignment.items[number]
            if at == item.before[0] and not (item.after and item.after[0] in self._news):
                yield f"w{number}" if item.after else anchor(number)

    def _is_whole(self, number: int) -> bool:
        """Whether all of an item stands in this row, at the same place on both sides."""
        item = self._alignment.items[number]
        both = bool(item.before and item.after) and item.move != "moved"
        return both and self._olds.issuperset(item.before) and self._news.issuperset(item.after)

    def _piece(self, side: Side, at: int, number: int, *, first: bool) -> Piece:
        item = self._alignment.items[number]
        if not item.after:
            return Piece((Span(self._alignment.before[at].text, "removed"),))
        if not item.before:
            return Piece((Span(self._alignment.after[at].text, "added"),))
        elsewhere = item.after[0] not in self._news if side == "before" else item.before[0] not in self._olds
        shifted = elsewhere or item.move in _ALWAYS_SAID
        said = gettext(SAID[item.move][side == "after"]) if shifted and first else ""
        other = anchor(number) if side == "before" else f"w{number}"
        return Piece(self._spans(side, at, number), said, other if said and elsewhere else "", shifted)

    def _spans(self, side: Side, at: int, number: int) -> tuple[Span, ...]:
        """The sentence, with the words marked that its other version has not."""
        item = self._alignment.items[number]
        sentences, ats = (
            (self._alignment.before, item.before) if side == "before" else (self._alignment.after, item.after)
        )
        if not item.edited:
            return (Span(sentences[at].text),)
        if number not in self._marks:
            self._marks[number] = marked(self._alignment.text("before", item), self._alignment.text("after", item))
        start = sum(len(sentences[other].text) + 1 for other in ats if other < at)
        return tuple(_part(self._marks[number][side == "after"], start, start + len(sentences[at].text)))


def anchor(number: int) -> str:
    """The anchor of what an alignment has at that position."""
    return f"s{number}"


def _part(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """What stands between two places of a text that is cut into spans."""
    begins = 0
    for span in spans:
        text = span.text[max(start - begins, 0) : max(end - begins, 0)]
        if text:
            yield Span(text, span.mark)
        begins += len(span.text)


def _by_place(sentences: Sequence[Sentence]) -> dict[int | str, list[int]]:
    found: defaultdict[int | str, list[int]] = defaultdict(list)
    for at, sentence in enumerate(sentences):
        place = "standfirst" if sentence.block is None and sentence.place == "text" else sentence.place
        found[place if sentence.block is None else sentence.block].append(at)
    return dict(found)
