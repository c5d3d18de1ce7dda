"""What an edit means comes out of its aligned sentences: tags with their words, and how much it weighs, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from changes.alignment import align
from changes.tags import TRIVIAL, Tag, tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from changes.alignment import Aligned, Alignment
    from scraper.article import Article

Severity = Literal["trivial", "low", "medium", "high"]

# Edits that an earlier version weighed are weighed anew by `nachtrag rejudge`.
MEANING_VERSION = 3
# What we say ourselves may be no edit of the article at all, or a text of which half is hidden, is not weighed as one.
NOT_WEIGHED = frozenset(("misread", "reread", "partial", "site_text", "site_wide"))

# Why an edit weighs little that is none of anybody's.
BY_ITSELF = "only what pages change by themselves changed"
# Facts that stood and now stand otherwise weigh most; that one only came or went, or is said less surely, weighs less.
_HARD = frozenset(("number", "name", "quotation"))
_SOFT = frozenset(("date", "attribution", "hedge"))
_HALF = 0.5
_Reasons: TypeAlias = "Callable[[tuple[Tag, ...], Alignment, set[int | None]], Iterator[str]]"


@dataclass(frozen=True, slots=True)
class Meaning:
    """Attributes:
    because: why it weighs as it does, in words, the weightiest reasons only.
    """

    tags: tuple[Tag, ...]
    severity: Severity
    because: str


def edit_meaning(before: Article, after: Article) -> Meaning | None:
    """What the edit between two readings means; None where no sentence and no picture changed."""
    alignment = align(before, after)
    found = meaning(before, after, alignment)
    return None if is_nothing(found, alignment) else found


def as_ruled(found: Meaning, verdict: str) -> Meaning:
    """What an edit weighs of which that is said: a counter that turned says another number, and nobody wrote it."""
    if verdict != "automatic":
        return found
    return replace(found, severity="trivial" if found.severity == "trivial" else "low", because=BY_ITSELF)


def is_nothing(found: Meaning, alignment: Alignment) -> bool:
    """Whether no sentence and no picture changed."""
    return not found.tags and all(item.move == "kept" for item in alignment.items)


def meaning(before: Article, after: Article, alignment: Alignment) -> Meaning:
    """What an edit changed, and how much that weighs. It judges words, never intent."""
    found = tags(before, after, alignment)
    trivial = _trivial(found, alignment)
    if trivial:
        return Meaning(found, "trivial", trivial)
    notices = {tag.at for tag in found if tag.kind.endswith("notice")}
    levels: tuple[tuple[Severity, _Reasons], ...] = (("high", _grave), ("medium", _notable), ("low", _slight))
    for severity, reasons in levels:
        because = list(dict.fromkeys(reasons(found, alignment, notices)))
        if because:
            return Meaning(found, severity, "; ".join(because))
    return Meaning(found, "low", "wording changed")


def _trivial(found: tuple[Tag, ...], alignment: Alignment) -> str:
    if all(item.move == "kept" for item in alignment.items) and not found:
        return "every sentence stayed in its place"
    kinds = {tag.kind for tag in found}
    if not kinds or not kinds <= {*TRIVIAL}:
        return ""
    what = "spelling or punctuation" if "spelling" in kinds else "the style of characters or spacing"
    return f"only {what} changed"


def _grave(found: tuple[Tag, ...], alignment: Alignment, notices: set[int | None]) -> Iterator[str]:
    for tag in found:
        if tag.kind == "correction notice":
            yield "a correction notice " + ("came or changed" if tag.after else "went")
        elif tag.kind == "negation" and _stood(tag, alignment):
            yield f"negation {'came' if not tag.before else 'went' if not tag.after else 'changed'} ({_shown(tag)})"
        elif tag.kind in _HARD and tag.before and tag.after and _stood(tag, alignment):
            yield f"{tag.kind} changed in a sentence that stood ({_shown(tag)})"
    if _share_gone(alignment, notices) >= _HALF:
        yield "half of the text or more was taken out or written anew"


def _notable(found: tuple[Tag, ...], alignment: Alignment, notices: set[int | None]) -> Iterator[str]:
    for tag in found:
        if tag.kind == "headline":
            yield "the headline was written anew"
        elif tag.kind in _HARD | _SOFT and _stood(tag, alignment):
            yield f"{tag.kind} {'came' if not tag.before else 'went' if not tag.after else 'changed'} ({_shown(tag)})"
    went = sum(item.move == "removed" and at not in notices for at, item in enumerate(alignment.items))
    if went:
        yield "a sentence was taken out" if went == 1 else f"{went} sentences were taken out"
    if _share_come(alignment, notices) >= _HALF:
        yield "half of the text or more is new"


def _slight(found: tuple[Tag, ...], alignment: Alignment, notices: set[int | None]) -> Iterator[str]:
    moves = {item.move for at, item in enumerate(alignment.items) if at not in notices}
    if "added" in moves:
        yield "text was added"
    if "moved" in moves:
        yield "text was moved"
    if moves & {"edited", "split", "merged"}:
        yield "wording changed"
    yield from (f"{tag.kind} changed" for tag in found if tag.kind in ("picture", "caption", "update notice"))


def _stood(tag: Tag, alignment: Alignment) -> bool:
    """Whether its sentence stands in both readings."""
    item = None if tag.at is None else alignment.items[tag.at]
    return item is not None and bool(item.before and item.after)


def _shown(tag: Tag) -> str:
    return f"{tag.before} → {tag.after}".strip()


def _share_gone(alignment: Alignment, notices: set[int | None]) -> float:
    """Which part of the old text is gone, by its letters: whole sentences, and of edited ones the words that went."""
    all_of_it = sum(len(sentence.text) for sentence in alignment.before if sentence.place == "text")
    gone = sum(_gone(item, alignment) for at, item in enumerate(alignment.items) if at not in notices)
    return gone / all_of_it if all_of_it else 0.0


def _gone(item: Aligned, alignment: Alignment) -> float:
    if item.move in ("kept", "added") or alignment.before[item.before[0]].place != "text":
        return 0.0
    if item.move == "moved" and not item.edited:
        return 0.0
    was = frozenset[str]().union(*(alignment.before[at].words for at in item.before))
    now = frozenset[str]().union(*(alignment.after[at].words for at in item.after))
    return len(alignment.text("before", item)) * len(was - now) / max(len(was), 1)


def _share_come(alignment: Alignment, notices: set[int | None]) -> float:
    """Which part of the new text are sentences that came."""
    all_of_it = sum(len(sentence.text) for sentence in alignment.after if sentence.place == "text")
    come = sum(
        len(alignment.text("after", item))
        for at, item in enumerate(alignment.items)
        if item.move == "added" and at not in notices and alignment.after[item.after[0]].place == "text"
    )
    return come / all_of_it if all_of_it else 0.0
