"""Two aligned readings come in, tags go out: what kinds of things an edit changed, and by which words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from changes import vocabulary
from changes.fact import FactKind
from changes.facts import facts, manner, may_state, quotations
from changes.names import Names
from changes.notices import NoticeKind, notice_kind
from changes.numbers import NUMBERS, number
from changes.plain import plain
from changes.sentences import language_of
from changes.spelling import same_letters, spelling_only
from changes.stretches import stretches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from changes.alignment import Aligned, Alignment, Side
    from changes.fact import Fact
    from scraper.article import Article, Image

PlainKind = Literal["headline", "picture", "caption", "typography", "spelling"]
TagKind: TypeAlias = FactKind | NoticeKind | PlainKind
# All tags, the telling ones first.
TAG_KINDS: tuple[TagKind, ...] = (*get_args(FactKind), *get_args(NoticeKind), *get_args(PlainKind))

# What nothing else may stand beside: an edit is typography, or spelling, only if all of it is.
TRIVIAL: tuple[TagKind, ...] = ("spelling", "typography")
_KINDS: tuple[FactKind, ...] = ("number", "date", "name", "quotation", "attribution", "negation", "hedge")
# What may move to the sentence next door without coming or going; so near that is.
_MOVABLE: frozenset[FactKind] = frozenset(("number", "date", "name", "quotation"))
_NEAR = 2
_SIDES: tuple[Side, ...] = ("before", "after")
_WORD = re.compile(r"\w+")
_NAME_PART = re.compile(r"[\w-]+")
# So many letters of a noun are the same for one and for several: "Mensch", "Menschen".
_STEM = 3


@dataclass(frozen=True, slots=True)
class Tag:
    """One kind of thing that an edit changed.

    Attributes:
        before, after: the words that caused it; one of them is empty where something only went or only came.
        at: the sentence, as its position in `Alignment.items`; None for pictures and captions.
    """

    kind: TagKind
    before: str
    after: str
    at: int | None


def in_order(kinds: Collection[str]) -> tuple[TagKind, ...]:
    """Kinds of tags, the telling ones first."""
    return tuple(kind for kind in TAG_KINDS if kind in kinds)


def tags(before: Article, after: Article, alignment: Alignment) -> tuple[Tag, ...]:
    """What an edit changed, sentence by sentence in reading order, then its pictures."""
    edit = _Edit(before, after, alignment)
    found = [tag for at, item in enumerate(alignment.items) if item.move != "kept" for tag in edit.tags_of(at, item)]
    found += [*_pictures(before.images, after.images)]
    return tuple(_trivial_alone(found, alignment))


def _trivial_alone(found: list[Tag], alignment: Alignment) -> Iterator[Tag]:
    """Typography and spelling only where every change is one of them, and spelling before typography."""
    told = {tag.at for tag in found if tag.kind in TRIVIAL}
    changed = {at for at, item in enumerate(alignment.items) if item.move != "kept"}
    kinds = {tag.kind for tag in found}
    if told == changed and kinds <= {*TRIVIAL}:
        yield from (tag for tag in found if tag.kind == "spelling" or "spelling" not in kinds)
    else:
        yield from (tag for tag in found if tag.kind not in TRIVIAL)


class _Edit:
    """The two readings, and what is worked out about them once it is needed."""

    def __init__(self, before: Article, after: Article, alignment: Alignment) -> None:
        self._before, self._after, self._alignment = before, after, alignment
        self._language = language_of(after)
        self._told_notices: set[tuple[Side, int]] = set()

    def tags_of(self, at: int, item: Aligned) -> Iterator[Tag]:
        old, new = self._alignment.text("before", item), self._alignment.text("after", item)
        notice = self._notice(item)
        if notice:
            yield from self._notice_tags(at, item, notice)
        elif not (item.before and item.after):
            yield from self._of_whole(at, old, new)
        elif plain(old) == plain(new):
            if old != new:
                yield Tag("typography", old, new, at)
        else:
            yield from self._of_edited(at, item, old, new)

    def _of_edited(self, at: int, item: Aligned, old: str, new: str) -> Iterator[Tag]:
        found = [] if same_letters(old, new) else list(self._differences(at, old, new))
        if (
            all(tag.kind == "quotation" for tag in found)
            and item.move in ("edited", "moved")
            and spelling_only(old, new)
        ):
            yield Tag("spelling", *_differing_words(old, new), at)
            return
        if self._alignment.after[item.after[0]].place == "headline":
            yield Tag("headline", old, new, at)
        yield from (replace(tag, at=at) for tag in found)

    def _differences(self, at: int, old: str, new: str) -> Iterator[Tag]:
        was, now = ([*quotations(text), *manner(text, self._language)] for text in (old, new))
        differing = " ".join(_differing_words(old, new))
        if may_state(differing.split()):
            names = partial(self._names, among=frozenset(_NAME_PART.findall(differing)))
            was += facts(old, self._language, names)
            now += facts(new, self._language, names)
        for kind in _KINDS:
            went = _only([fact for fact in was if fact.kind == kind], now, new)
            came = _only([fact for fact in now if fact.kind == kind], was, old)
            if bool(went) != bool(came) and kind in _MOVABLE:
                went = [fact for fact in went if not self._is_next_door(fact, at, "after")]
                came = [fact for fact in came if not self._is_next_door(fact, at, "before")]
            gone, come = _words(went), _words(came)
            if kind == "number" and bool(gone) != bool(come):
                gone, come = gone or _article_for_number(old, new), come or _article_for_number(new, old)
            if gone or come:
                yield Tag(kind, gone, come, None)

    def _is_next_door(self, fact: Fact, at: int, side: Side) -> bool:
        """Whether a sentence beside this one took over, or handed over, what it states: then nothing came or went."""
        words = re.compile(rf"(?<!\w){re.escape(fact.words)}(?!\w)", re.IGNORECASE)
        beside = self._alignment.items[max(at - _NEAR, 0) : at] + self._alignment.items[at + 1 : at + 1 + _NEAR]
        counts = {
            of: sum(len(words.findall(plain(self._alignment.text(of, item)))) for item in beside if item.move != "kept")
            for of in _SIDES
        }
        return counts[side] > counts["before" if side == "after" else "after"]

    def _of_whole(self, at: int, old: str, new: str) -> Iterator[Tag]:
        """What a sentence that came or went whole states and the other reading nowhere has."""
        text, words = self._all_of("after" if old else "before")
        among = frozenset(word for word in _NAME_PART.findall(plain(old or new)) if word.lower() not in words)
        names = partial(self._names, among=among)
        found = [*quotations(old or new), *facts(old or new, self._language, names)]
        for kind in _KINDS:
            fresh = [fact for fact in found if fact.kind == kind and not _stands_in(fact, text, words)]
            if fresh:
                yield Tag(kind, _words(fresh) if old else "", "" if old else _words(fresh), at)

    @cached_property
    def _names(self) -> Names:
        texts = [sentence.text for side in (self._alignment.before, self._alignment.after) for sentence in side]
        return Names(dict.fromkeys(texts), self._language)

    def _all_of(self, side: Side) -> tuple[str, frozenset[str]]:
        """A whole reading as plain text in small letters, and its words."""
        return self._old_text if side == "before" else self._new_text

    @cached_property
    def _old_text(self) -> tuple[str, frozenset[str]]:
        return _whole(sentence.text for sentence in self._alignment.before)

    @cached_property
    def _new_text(self) -> tuple[str, frozenset[str]]:
        return _whole(sentence.text for sentence in self._alignment.after)

    def _notice(self, item: Aligned) -> NoticeKind | None:
        """What notice the sentence, as it now stands or as it stood, belongs to."""
        side: Side = "after" if item.after else "before"
        paragraph = self._paragraph(side, item)
        return notice_kind(paragraph, self._alignment.text(side, item)) if paragraph else None

    def _paragraph(self, side: Side, item: Aligned) -> str:
        article = self._after if side == "after" else self._before
        block = self._block(side, item)
        return article.blocks[block].text if block is not None else ""

    def _block(self, side: Side, item: Aligned) -> int | None:
        if side == "after":
            return self._alignment.after[item.after[0]].block if item.after else None
        return self._alignment.before[item.before[0]].block if item.before else None

    def _notice_tags(self, at: int, item: Aligned, notice: NoticeKind) -> Iterator[Tag]:
        """A tag for the paragraph, with its first sentence that changed; none where it only moved."""
        side: Side = "after" if item.after else "before"
        block = self._block(side, item)
        if (item.before and item.after and not item.edited) or (side, block or 0) in self._told_notices:
            return
        self._told_notices.add((side, block or 0))
        yield Tag(notice, self._paragraph("before", item), self._paragraph("after", item), at)


def _only(those: Sequence[Fact], others: Sequence[Fact], other_text: str) -> list[Fact]:
    """The facts that the other sentence has less often. A name is there, too, where it was not taken for a name."""
    kind = those[0].kind if those else None
    left = Counter(fact.value for fact in others if fact.kind == kind)
    words = frozenset(_WORD.findall(plain(other_text).lower())) if kind == "name" else frozenset[str]()
    found = []
    for fact in those:
        if left[fact.value]:
            left[fact.value] -= 1
        elif not (words and words.issuperset(_WORD.findall(fact.value))):
            found.append(fact)
    return found


def _words(found: Sequence[Fact]) -> str:
    """The words of facts; neighbours as one: "Karin Wolter"."""
    parts: list[str] = []
    end = -1
    for fact in sorted(found, key=lambda fact: fact.at):
        if parts and fact.kind == "name" and fact.at == end + 1:
            parts[-1] += f" {fact.words}"
        else:
            parts.append(fact.words)
        end = fact.at + len(fact.words)
    return ", ".join(parts)


def _article_for_number(text: str, numbered: str) -> str:
    """The "ein" of "starb ein Mensch", where the other side says "starben zwei Menschen" in its place."""
    was, now = plain(text).split(), plain(numbered).split()
    for stretch in stretches(was, now):
        at = len(stretch.before)
        counted = {word[:_STEM].lower() for number_word, word in pairwise([*now, ""]) if number(number_word)}
        for place in range(at, at + len(stretch.old)):
            following = was[place + 1 : place + 2] or [""]
            if was[place].lower() in vocabulary.ONE and following[0][:_STEM].lower() in counted:
                return was[place]
    return ""


def _stands_in(fact: Fact, text: str, words: frozenset[str]) -> bool:
    if fact.kind == "quotation":
        return fact.value in text
    if fact.kind == "number" and (
        fact.value in words or any(NUMBERS[word] == fact.value for word in words & NUMBERS.keys())
    ):
        return True
    return words.issuperset(_WORD.findall(fact.words.lower()))


def _whole(texts: Iterable[str]) -> tuple[str, frozenset[str]]:
    text = plain(" ".join(texts)).lower()
    return text, frozenset(_WORD.findall(text))


def _differing_words(old: str, new: str) -> tuple[str, str]:
    was, now = plain(old).split(), plain(new).split()
    return " ".join(Counter(was) - Counter(now)), " ".join(Counter(now) - Counter(was))


def _pictures(old: Sequence[Image], new: Sequence[Image]) -> Iterator[Tag]:
    if len(old) != len(new) or any(_is_other_picture(was, now) for was, now in zip(old, new, strict=True)):
        yield Tag("picture", _only_urls(old, new), _only_urls(new, old), None)
    was, now = ([plain(image.caption) for image in images if image.caption] for images in (old, new))
    went, came = Counter(was) - Counter(now), Counter(now) - Counter(was)
    if went or came:
        yield Tag("caption", " | ".join(went), " | ".join(came), None)


def _is_other_picture(was: Image, now: Image) -> bool:
    """Another address alone may be another size of the same picture."""
    return was.url.partition("?")[0] != now.url.partition("?")[0] and (was.alt, was.caption) != (now.alt, now.caption)


def _only_urls(those: Sequence[Image], others: Sequence[Image]) -> str:
    left = Counter(image.url for image in those) - Counter(image.url for image in others)
    return " ".join(left)
