"""Whether all that changed is what pages change by themselves: two readings in, yes or no out.

A price, a counter, the age of a page, a label, a badge before the headline, a sentence of the text that is shown once
more as a quotation, a paragraph parted otherwise, a box about the paper, a promise that the text will go on. Words of a
sentence that an editor wrote are none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from changes.badges import without_badges
from changes.counting import counts_on
from changes.furniture import without_furniture
from changes.plain import plain
from changes.promises import is_promise
from scraper.passing import IS_AD, LABELS, PRICE, is_counter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changes.change import BlockChange, Edit
    from scraper.article import Article, Block

# "vor 2 Stunden": hours and minutes only; whoever writes "vor 2 Jahren" means it.
_UNITS = r"(?:sekunden?|minuten?|min\.?|stunden?|std\.?|hours?|minutes?|mins?|heures?|horas?|minutos?|ore|minuti|uur)"
_AGE = re.compile(rf"\b(?:vor|il y a|hace) (?:\d+|einer?) {_UNITS}(?!\w)|\b\d+ {_UNITS} (?:ago|fa|geleden)\b", re.I)
# As of when the prices of a line hold.
_AS_OF = re.compile(r"\bstand:? \d[\d. ]*(?:, ?)?(?:\d\d?[:.]\d\d(?: uhr)?)?", re.I)
_LETTERS = re.compile(r"[\W_]+")
_QUOTED = re.compile(r'"([^"]+)"')
_SHORTEST, _ATTRIBUTION, _CALL = 20, 8, 5


def is_automatic(edit: Edit) -> bool:
    """Whether both readings say the same without what pages change by themselves."""
    before, after, change = edit.before, edit.after, edit.change
    if any(item.move == "moved" or (item.kind == "note" and not _promised(item)) for item in change.blocks):
        return False
    if [*_titles(before)] != [*_titles(after)]:
        return False
    edited = [item for item in change.blocks if item.move == "edited"]
    counted = [item for item in edited if counts_on(item.before, item.after, edit.window)]
    was, now = {item.before for item in counted}, {item.after for item in counted}
    whole = {item.before or item.after for item in change.blocks if item.move in ("added", "removed")}
    old = [block for block in without_furniture(before, after, whole) if block.text not in was]
    new = [block for block in without_furniture(after, before, whole) if block.text not in now]
    kept = Counter(old) & Counter(new)
    steady = {text: _steady(text) for text in {block.text for block in (*old, *new)}}  # most stand in both
    return _said(old, kept, steady) == _said(new, kept, steady)


def _promised(note: BlockChange) -> bool:
    return all(is_promise(text) for text in (note.before, note.after) if text)


def _titles(article: Article) -> Iterator[str]:
    yield without_badges(plain(article.headline))
    yield "" if _is_badge(article.topline) else without_badges(plain(article.topline))
    yield " ".join(_steady(article.standfirst))


def _is_badge(topline: str) -> bool:
    """A topline that is nothing else."""
    return bool(topline) and without_badges(f"{topline.strip(' +|:')}: x") == "x"


def _said(blocks: list[Block], kept: Counter[Block], steady: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The words of the text in order, each with the kind of its block; `kept` stand in both readings, and `steady` are
    the words of each block that do not change by themselves.
    """
    whole = "\n".join(_letters(block.text) for block in kept)
    left, said = kept.copy(), list[tuple[str, str]]()
    for block in blocks:
        left[block] -= 1
        if left[block] >= 0 or not _repeats(block, whole):
            said += [(block.kind, word) for word in steady[block.text]]
    return said


def _steady(text: str) -> list[str]:
    """The words of a text without those that change by themselves."""
    call, _, rest = text.rpartition(": ")  # "Join in: 12 comments so far"
    if is_counter(text) or (len(call.split()) < _CALL and is_counter(rest)):
        return []
    text = _AS_OF.sub(" ", _AGE.sub(" ", PRICE.sub(" ", LABELS.sub(" ", plain(text)))))
    return [word for word in text.split() if not IS_AD.fullmatch(word)]


def _repeats(block: Block, whole: str) -> bool:
    """It stands within one of the other paragraphs, all of it or what it quotes."""
    text = plain(block.text)
    found = _QUOTED.search(text)
    if found and len(_QUOTED.sub(" ", text).split()) <= _ATTRIBUTION and _stands(found[1], whole):
        return True
    return _stands(text, whole)


def _stands(text: str, whole: str) -> bool:
    said = _letters(text)
    return len(said) >= _SHORTEST and said in whole


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
