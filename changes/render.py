"""Two texts or a `Change` come in, pieces of plain text go out: which words came and which went.

Nothing here is markup: whoever shows the pieces escapes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Literal

from changes.matching import Match, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from changes.change import BlockChange, Change, FieldChange

Mark = Literal["same", "added", "removed"]

_WORD = re.compile(r"\S+")
# A word that short, alone between two changes, is shown as part of them: "[-fünf der Toten-] {+sieben der Verletzten+}"
# reads better than four scraps (docs: rapidfuzz finds the most that is common, also by chance).
_SHORT = 4
_CONTEXT = 5
# Of a longer run of words that came or went, an excerpt gives the beginning and the end.
_LONGEST_RUN = 24
_OPEN = {"added": "{+", "removed": "[-", "same": ""}
_CLOSE = {"added": "+}", "removed": "-]", "same": ""}
_MARKED = re.compile(r"\[-(?P<removed>.*?)-\]|\{\+(?P<added>.*?)\+\}", re.DOTALL)
# What looks like our own marks in a page's text gets a space, so that it cannot pose as an edit.
_POSING = re.compile(r"(\{(?=\+)|\[(?=-)|\+(?=\})|-(?=\]))")
# Controls and marks that turn the direction of writing: they would break a line of a log or a message.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_TEXT_FIELDS = ("headline", "topline", "standfirst")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text, and whether it stayed, came or went."""

    text: str
    mark: Mark = "same"


def marked(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Both texts whole, with the words marked that only one of them has. White space alone is never marked."""
    old, new = _words(before), _words(after)
    stayed = _stayed(old, new)
    return (
        tuple(_spans(before, [(match.old, match.size) for match in stayed], "removed")),
        tuple(_spans(after, [(match.new, match.size) for match in stayed], "added")),
    )


def merged(before: str, after: str) -> tuple[Span, ...]:
    """Both texts as one: what went stands before what came."""
    old, new = _words(before), _words(after)
    pieces: list[Span] = []
    for match, following in pairwise([Match(0, 0, 0), *_stayed(old, new)]):
        removed = old[match.old + match.size : following.old]
        added = new[match.new + match.size : following.new]
        same = new[following.new : following.new + following.size]
        texts: tuple[tuple[Mark, list[str]], ...] = (("removed", removed), ("added", added), ("same", same))
        pieces += [Span(" ".join(words), mark) for mark, words in texts if words]
    return tuple(pieces)


def excerpt(change: Change, limit: int = 280) -> str:
    """The changed words with a little around them: "… auf [-fünf-] {+sieben+} gestiegen …". Headline changes first."""
    line = _Line(limit)
    for piece in _pieces(change):
        if not line.add(piece):
            break
    return line.text


def line(before: str, after: str) -> str:
    """One edit on one line, marked as in an excerpt; of what stayed or is long a few words are shown."""
    pieces = merged(_quiet(before), _quiet(after))
    return " ".join(_OPEN[span.mark] + span.text + _CLOSE[span.mark] for span in _around(pieces))


def spans(text: str) -> tuple[Span, ...]:
    """An excerpt taken apart again at its marks."""
    found: list[Span] = []
    end = 0
    for match in _MARKED.finditer(text):
        found.append(Span(text[end : match.start()]))
        removed = match["removed"]
        found.append(Span(match["added"], "added") if removed is None else Span(removed, "removed"))
        end = match.end()
    return tuple(span for span in [*found, Span(text[end:])] if span.text)


def shortened(text: str, limit: int) -> str:
    """An excerpt, or any text, in at most so many characters; words that came or went stay marked where it is cut."""
    if len(text) <= limit:
        return text
    line = _Line(limit)
    line.add(Span(span.text.strip(), span.mark) for span in spans(text) if span.text.strip())
    return line.text


class _Line:
    """A line that grows piece by piece and is cut at a word, with its mark closed."""

    def __init__(self, limit: int) -> None:
        self.text = ""
        self._limit = limit

    def add(self, piece: Iterable[Span]) -> bool:
        """Append a piece; False once nothing more fits."""
        glue = " / " if self.text else ""
        for span in piece:
            whole = glue + _OPEN[span.mark] + span.text + _CLOSE[span.mark]
            if len(self.text) + len(whole) > self._limit:
                self._cut(glue, span)
                return False
            self.text += whole
            glue = " "
        return True

    def _cut(self, glue: str, span: Span) -> None:
        """As many words of the span as fit; of a single word that is too long, its beginning."""
        end = "…" + _CLOSE[span.mark]
        start = glue + _OPEN[span.mark]
        room = self._limit - len(self.text) - len(start) - len(end)
        kept = span.text[: max(room, 0)]
        if " " in kept:
            kept = kept.rpartition(" ")[0] + " "
        if kept.strip():
            self.text += start + kept + end
        elif len(self.text) + 2 <= self._limit and not self.text.endswith("…"):
            self.text += " …"


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _stayed(old: list[str], new: list[str]) -> list[Match]:
    """What stayed, in order; the last one is at the end of both texts and may be empty."""
    found = matches(old, new)
    kept: list[Match] = []
    for match, following in pairwise(found):
        scrap = match.size == 1 and len(new[match.new]) <= _SHORT
        if not (scrap and _within_changes(match, kept, following)):
            kept.append(match)
    return [*kept, found[-1]]


def _within_changes(match: Match, kept: list[Match], following: Match) -> bool:
    """Whether words came or went right before it and right after it, on both sides together."""
    last = kept[-1] if kept else Match(0, 0, 0)
    changed_before = (last.old + last.size, last.new + last.size) != (match.old, match.new)
    changed_after = (match.old + 1, match.new + 1) != (following.old, following.new)
    return changed_before and changed_after


def _spans(text: str, stayed: list[tuple[int, int]], mark: Mark) -> Iterator[Span]:
    """The text cut where a run of words that did not stay begins or ends; white space around it stays outside."""
    places = [match.span() for match in _WORD.finditer(text)]
    end = word = 0
    for start, size in stayed:
        if word < start:
            begins, ends = places[word][0], places[start - 1][1]
            if end < begins:
                yield Span(text[end:begins])
            yield Span(text[begins:ends], mark)
            end = ends
        word = start + size
    if end < len(text):
        yield Span(text[end:])


def _pieces(change: Change) -> Iterator[tuple[Span, ...]]:
    """What an excerpt tells, most telling first; an edit of white space alone tells nothing."""
    text = [change_of for name in _TEXT_FIELDS for change_of in change.fields if change_of.field == name]
    beside = [change_of for change_of in change.fields if change_of.field not in _TEXT_FIELDS]
    edits = chain(map(_field_piece, text), map(_block_piece, change.blocks), map(_field_piece, beside))
    yield from filter(None, edits)


def _field_piece(field: FieldChange) -> tuple[Span, ...]:
    edit = _edit(field.before, field.after)
    return (Span(f"{field.field}:"), *edit) if edit else ()


def _block_piece(block: BlockChange) -> tuple[Span, ...]:
    if block.move == "moved":
        return (Span("moved:"), *_around((Span(_quiet(block.after)),)))
    return _edit(block.before, block.after)


def _edit(before: str, after: str) -> tuple[Span, ...]:
    pieces = merged(_quiet(before), _quiet(after))
    return _around(pieces) if any(span.mark != "same" for span in pieces) else ()


def _quiet(text: str) -> str:
    """A page's text fit for one line of ours."""
    return _POSING.sub(r"\1 ", " ".join(_UNPRINTABLE.sub(" ", text).split()))


def _around(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """What stayed, shortened to a few words beside each change; what came or went, if it is long, to its ends."""
    last = len(pieces) - 1
    return tuple(
        Span(_shortened(span.text.split(), _room(span, first=at == 0, last=at == last)), span.mark)
        for at, span in enumerate(pieces)
    )


def _room(span: Span, *, first: bool, last: bool) -> tuple[int, int]:
    """How many words are shown at the beginning and at the end of a piece."""
    if span.mark != "same":
        return _LONGEST_RUN - _CONTEXT, _CONTEXT
    return (_CONTEXT if last or not first else 0), (0 if last else _CONTEXT)


def _shortened(words: list[str], room: tuple[int, int]) -> str:
    head, tail = room
    if len(words) <= head + tail:
        return " ".join(words)
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])
