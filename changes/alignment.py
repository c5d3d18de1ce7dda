"""Two readings come in; where each sentence of the one stands in the other goes out.

Sentences that are equal and in order stay. Between them those that are alike are edits. What is left over and stands
elsewhere was moved; what is next to an edit and holds the rest of its words was split off or merged; the rest came or
went. Headline and topline are compared with nothing but themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from changes.sentences import Sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scraper.article import Article

SentenceMove = Literal["kept", "edited", "moved", "split", "merged", "added", "removed"]
Side = Literal["before", "after"]

# Shares of common words, by weight, at which one sentence counts as a version of another: in its place, and elsewhere.
_SAME_HERE = 0.4
_SAME_ELSEWHERE = 0.6
# Two that stand alone between sentences that stay are versions of each other sooner.
_SAME_ALONE = 0.3
# A sentence in its place is passed over for one elsewhere that is so much liker.
_MUCH = 0.25
# A sentence was split off or merged if so many of its words are what its neighbour's partner has beside.
_PART = 0.6
# Or if it has so many of the long words that its neighbour lacks of its partner: this share, and at least so many.
_LACKING, _FEWEST = 0.5, 3
# How much liker a pair counts that stands beside a pair that moved.
_BESIDE = 0.2
# Of sentences that changed places those moved that are fewer and shorter: each counts as if it had more letters.
_EACH = 40
# What a short word counts beside a long one.
_SHORT_WEIGHT = 0.3
# A sentence that is found whole in a longer one is that one, however much was added; so much of it is whole.
_WHOLE = 0.9
# Moves and finds of fewer long words are as likely chance.
_TELLING = 4
# A word that stands in more sentences than this finds no candidates; of a sentence's candidates so many are weighed.
_COMMON_WORD = 30
_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Aligned:
    """Sentences of before that are sentences of after, as positions in the two; one side is empty if they came or went.

    Attributes:
        edited: their words differ; a moved sentence may be edited, too.
    """

    move: SentenceMove
    before: tuple[int, ...]
    after: tuple[int, ...]
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """All sentences of two readings, and what became of each, in reading order; what went stands where it stood."""

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    items: tuple[Aligned, ...]

    def name(self, side: Side, at: int) -> str:
        """How people call a sentence: its number in lead and text, from 1, or "H" for headline and "T" for topline."""
        all_of_it = self.before if side == "before" else self.after
        place = all_of_it[at].place
        if place != "text":
            return place[0].upper()
        return str(1 + at - sum(sentence.place != "text" for sentence in all_of_it[:3]))

    def text(self, side: Side, item: Aligned) -> str:
        """The sentences of an item on that side, as one text."""
        all_of_it, ats = (self.before, item.before) if side == "before" else (self.after, item.after)
        return _joined(all_of_it, ats)


class _Pair(NamedTuple):
    old: int
    new: int
    weight: float


def align(before: Article, after: Article) -> Alignment:
    """Where each sentence of two readings stands in the other."""
    known: dict[str, tuple[str, ...]] = {}
    old, new = sentences(before, known), sentences(after, known)
    return Alignment(old, new, tuple(_in_order([*_above(old, new), *_Text(old, new).items()])))


def _above(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Aligned]:
    """Topline and headline."""
    for place in ("topline", "headline"):
        was = tuple(at for at, sentence in enumerate(old[:2]) if sentence.place == place)
        now = tuple(at for at, sentence in enumerate(new[:2]) if sentence.place == place)
        if was and now:
            same = old[was[0]].text == new[now[0]].text
            yield Aligned("kept" if same else "edited", was, now, not same)
        elif was or now:
            yield Aligned("removed" if was else "added", was, now)


class _Text:
    """The running text of both readings while it is being matched."""

    def __init__(self, old: Sequence[Sentence], new: Sequence[Sentence]) -> None:
        self._old, self._new = old, new
        self._free_old = {at for at, sentence in enumerate(old) if sentence.place == "text"}
        self._free_new = {at for at, sentence in enumerate(new) if sentence.place == "text"}
        self._found: list[Aligned] = []

    def items(self) -> list[Aligned]:
        equal = self._equal()
        kept = _heaviest_chain(equal)
        self._take("kept", kept)
        kept += self._same_in_gaps(kept)
        alike = self._alike()
        gap_of_old, gap_of_new = _gaps(kept, len(self._old), "old"), _gaps(kept, len(self._new), "new")
        best = self._best_of(alike)
        in_old, in_new = (
            Counter(gap[at] for at in free)
            for gap, free in ((gap_of_old, self._free_old), (gap_of_new, self._free_new))
        )
        here = [
            pair._replace(weight=pair.weight**2)  # one good pair, not two poor ones
            for pair in alike
            if (gap := gap_of_old[pair.old]) == gap_of_new[pair.new]
            and pair.weight >= max(best["old", pair.old], best["new", pair.new]) - _MUCH
            and (pair.weight >= _SAME_HERE or (in_old[gap] == in_new[gap] == 1 and self._same_alone(pair)))
        ]
        self._edits(_heaviest_chain(here))
        self._moves(equal, alike)
        self._found += [Aligned("removed", (at,), ()) for at in self._free_old]
        self._found += [Aligned("added", (), (at,)) for at in self._free_new]
        return self._found

    def _equal(self) -> list[_Pair]:
        """Equal sentences; of those that stand several times, the first with the first."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for at in sorted(self._free_new, reverse=True):
            places[self._new[at].text].append(at)
        return [
            _Pair(at, places[text].pop(), _EACH + len(text))
            for at in sorted(self._free_old)
            if places.get(text := self._old[at].text)
        ]

    def _take(self, move: SentenceMove, pairs: Iterable[_Pair]) -> None:
        for pair in pairs:
            edited = self._old[pair.old].text != self._new[pair.new].text
            self._found.append(Aligned(move, (pair.old,), (pair.new,), edited))
            self._free_old.discard(pair.old)
            self._free_new.discard(pair.new)

    def _same_in_gaps(self, kept: list[_Pair]) -> list[_Pair]:
        """Equal sentences between those that stay, where another of the same words had been taken for their partner."""
        gap_of_old, gap_of_new = _gaps(kept, len(self._old), "old"), _gaps(kept, len(self._new), "new")
        places: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for at in sorted(self._free_new, reverse=True):
            places[self._new[at].text, gap_of_new[at]].append(at)
        pairs = [
            _Pair(at, places[key].pop(), _EACH + len(key[0]))
            for at in sorted(self._free_old)
            if places.get(key := (self._old[at].text, gap_of_old[at]))
        ]
        chain = _heaviest_chain(pairs)
        self._take("kept", chain)
        return chain

    def _alike(self) -> list[_Pair]:
        """Pairs of sentences left over that share words, each with its best candidates."""
        holding: defaultdict[str, list[int]] = defaultdict(list)
        for at in sorted(self._free_new):
            for word in self._new[at].words:
                holding[word].append(at)
        found = []
        for at in sorted(self._free_old):
            words = self._old[at].words
            shared: Counter[int] = Counter()
            for word in words:
                places = holding.get(word, ())
                if len(places) <= _COMMON_WORD:
                    shared.update(places)
            # By count, then the nearer: in the order of a set it would be other ones in every process.
            likest = nsmallest(_CANDIDATES, shared, key=lambda other: (-shared[other], abs(other - at), other))
            found += [_Pair(at, other, _share(self._old[at], self._new[other])) for other in likest]
        return found

    def _best_of(self, alike: list[_Pair]) -> defaultdict[tuple[Literal["old", "new"], int], float]:
        """For each sentence how like it its likest is, wherever that stands, if it can have moved there."""
        best: defaultdict[tuple[Literal["old", "new"], int], float] = defaultdict(float)
        for pair in alike:
            if pair.weight >= _SAME_ELSEWHERE and self._can_move(pair):
                best["old", pair.old] = max(best["old", pair.old], pair.weight)
                best["new", pair.new] = max(best["new", pair.new], pair.weight)
        return best

    def _can_move(self, pair: _Pair) -> bool:
        old, new = self._old[pair.old], self._new[pair.new]
        return old.text == new.text or len(old.long_words) >= _TELLING

    def _same_alone(self, pair: _Pair) -> bool:
        old, new = self._old[pair.old], self._new[pair.new]
        return pair.weight >= _SAME_ALONE or _is_whole(old, new, LCSseq.similarity(old.in_order, new.in_order), 1)

    def _edits(self, chain: list[_Pair]) -> None:
        """Sentences edited in their place, with what was split off or merged beside them."""
        self._free_old -= {pair.old for pair in chain}
        self._free_new -= {pair.new for pair in chain}
        for pair in chain:
            after = _with_parts(pair.new, self._old[pair.old], self._new, self._free_new)
            before: tuple[int, ...] = (pair.old,)
            if len(after) == 1:
                before = _with_parts(pair.old, self._new[pair.new], self._old, self._free_old)
            self._free_old -= {*before}
            self._free_new -= {*after}
            move: SentenceMove = "split" if len(after) > 1 else "merged" if len(before) > 1 else "edited"
            if _joined(self._old, before) == _joined(self._new, after):  # only paragraphs were cut otherwise
                self._found.append(Aligned("kept", before, after))
            else:
                self._found.append(Aligned(move, before, after, edited=True))

    def _moves(self, equal: list[_Pair], alike: list[_Pair]) -> None:
        """What is equal elsewhere, then what is much alike; beside what moved less is enough, for paragraphs move."""
        moved: set[tuple[int, int]] = set()

        def beside(pair: _Pair) -> bool:
            return (pair.old - 1, pair.new - 1) in moved or (pair.old + 1, pair.new + 1) in moved

        def move(pair: _Pair) -> None:
            if pair.old in self._free_old and pair.new in self._free_new:
                moved.add((pair.old, pair.new))
                self._take("moved", [pair])

        for pair in sorted(filter(self._can_move, equal), key=lambda pair: (-pair.weight, pair.old, pair.new)):
            move(pair)
        alike = [pair for pair in alike if pair.weight >= _SAME_HERE]
        for pair in sorted(alike, key=lambda pair: (-pair.weight - _BESIDE * beside(pair), pair.old, pair.new)):
            if beside(pair) or (pair.weight >= _SAME_ELSEWHERE and self._can_move(pair)):
                move(pair)


def _weight(words: int, long_words: int) -> float:
    return long_words + _SHORT_WEIGHT * (words - long_words)


def _share(old: Sentence, new: Sentence) -> float:
    """How much two sentences have in common, 0 to 1: as many words, and as many of them in order."""
    shared = _weight(len(old.words & new.words), len(old.long_words & new.long_words))
    both = _weight(len(old.words) + len(new.words), len(old.long_words) + len(new.long_words))
    in_order = LCSseq.similarity(old.in_order, new.in_order)
    share = shared / both + in_order / (len(old.in_order) + len(new.in_order))
    return max(_SAME_HERE, share) if _is_whole(old, new, in_order, _TELLING) else share


def _is_whole(old: Sentence, new: Sentence, in_order: int, telling: int) -> bool:
    """Whether the shorter one is found whole in the other, and has so many long words."""
    shorter = min(old, new, key=lambda sentence: len(sentence.in_order))
    return in_order >= _WHOLE * len(shorter.in_order) and len(shorter.long_words) >= telling


def _with_parts(at: int, partner: Sentence, all_of_it: Sequence[Sentence], free: set[int]) -> tuple[int, ...]:
    """A sentence with those free neighbours that fill up what its partner says: split off, or merged into it."""
    first = last = at
    said, lacking = all_of_it[at].in_order, partner.long_words - all_of_it[at].long_words
    shared = LCSseq.similarity(said, partner.in_order)
    for step in (1, -1):
        other = at + step
        while other in free:
            part = all_of_it[other].in_order
            longer = said + part if step > 0 else part + said
            more = LCSseq.similarity(longer, partner.in_order)
            supplied = lacking & all_of_it[other].long_words
            supplies = len(supplied) >= max(_FEWEST, _LACKING * len(lacking))
            if more - shared < max(_PART * len(part), 1) and not supplies:
                break
            said, shared, lacking = longer, more, lacking - supplied
            first, last = min(first, other), max(last, other)
            other += step
    return tuple(range(first, last + 1))


def _joined(all_of_it: Sequence[Sentence], ats: tuple[int, ...]) -> str:
    return " ".join(all_of_it[at].text for at in ats)


def _gaps(kept: list[_Pair], length: int, side: Literal["old", "new"]) -> list[int]:
    """For each position the number of sentences before it that stay."""
    here = {getattr(pair, side) for pair in kept}
    gaps, gap = [], 0
    for at in range(length):
        gaps.append(gap)
        gap += at in here
    return gaps


def _heaviest_chain(pairs: list[_Pair]) -> list[_Pair]:
    """The pairs that go up on both sides and weigh most together, in O(n log n)."""
    ends: list[int] = []  # new positions, going up; with each the heaviest chain that ends there or before
    best: list[tuple[float, int]] = []
    parents: list[int] = []
    ordered = sorted(pairs, key=lambda pair: (pair.old, -pair.new))
    for index, pair in enumerate(ordered):
        place = bisect_left(ends, pair.new)
        weight, parent = best[place - 1] if place else (0.0, -1)
        parents.append(parent)
        weight += pair.weight
        if place < len(ends) and ends[place] == pair.new and best[place][0] >= weight:
            continue
        worse = place
        while worse < len(ends) and best[worse][0] <= weight:
            worse += 1
        ends[place:worse], best[place:worse] = [pair.new], [(weight, index)]
    chain = []
    index = best[-1][1] if best else -1
    while index >= 0:
        chain.append(ordered[index])
        index = parents[index]
    return chain[::-1]


def _in_order(items: list[Aligned]) -> Iterator[Aligned]:
    """By their place in the new text; what went, behind what stood before it."""
    stayed = sorted(
        (item for item in items if item.before and item.after and item.move != "moved"), key=lambda i: i.before
    )
    places = [(item.before[-1], item.after[-1]) for item in stayed]
    olds = [old for old, _ in places]

    def place(item: Aligned) -> tuple[float, int]:
        if item.after:
            return (item.after[0], 0)
        before = bisect_left(olds, item.before[0])
        return (places[before - 1][1] + 0.5 if before else -0.5, item.before[0])

    yield from sorted(items, key=place)
