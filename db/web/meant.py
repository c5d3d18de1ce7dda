"""What an edit means, ready to be shown: its weight, why, and its tags with the words that caused them. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changes.meaning import as_ruled, is_nothing, meaning
from db.web.places import anchor
from db.words.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changes.alignment import Aligned, Alignment, Side
    from changes.meaning import Severity
    from changes.tags import Tag, TagKind
    from scraper.article import Article

# More are counted only: a text written anew has hundreds, and nobody reads them.
_MOST = 30


@dataclass(frozen=True, slots=True)
class Label:
    """A tag, told once however often its words changed.

    Attributes:
        places: its sentences in words and by their anchors, the first first; none of pictures and captions.
    """

    kind: TagKind
    before: str
    after: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """Attributes:
    more: so many tags are not among the labels.
    """

    severity: Severity
    because: str
    labels: tuple[Label, ...]
    more: int


def meant(before: Article, after: Article, alignment: Alignment, verdict: str) -> Meant | None:
    """The meaning of an edit of which that is said; None where no sentence and no picture changed."""
    edit = as_ruled(meaning(before, after, alignment), verdict)
    if is_nothing(edit, alignment):
        return None
    shown = edit.tags[:_MOST]
    return Meant(edit.severity, edit.because, tuple(_labels(shown, alignment)), len(edit.tags) - len(shown))


def _labels(tags: Sequence[Tag], alignment: Alignment) -> Iterator[Label]:
    places: defaultdict[tuple[TagKind, str, str], list[tuple[str, str]]] = defaultdict(list)
    for tag in tags:
        found = places[tag.kind, tag.before, tag.after]
        if tag.at is not None:
            found.append((_place(alignment.items[tag.at], alignment), anchor(tag.at)))
    return (Label(*words, tuple(found)) for words, found in places.items())


def _place(item: Aligned, alignment: Alignment) -> str:
    """ "the headline", "sentence 3", in the later reading if it stands there."""
    side: Side = "after" if item.after else "before"
    at = (item.after or item.before)[0]
    sentence = (alignment.after if side == "after" else alignment.before)[at]
    if sentence.place == "text":
        return _("sentence %(number)s", number=alignment.name(side, at))
    return _("the headline") if sentence.place == "headline" else _("the topline")
