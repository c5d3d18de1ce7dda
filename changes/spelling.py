"""Two sentences come in; whether they differ in spelling and nothing else goes out. In doubt they do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from changes.plain import plain, words
from changes.stretches import stretches

if TYPE_CHECKING:
    from changes.stretches import Stretch

_LETTERS = re.compile(r"[\W_]+")
# One slip in a word of five letters, two in one of eight; shorter ones are too often another word.
_ONE_SLIP, _TWO_SLIPS = 5, 8
# German articles and their like, by stem: another ending is grammar.
_ENDING = re.compile(r"(d|ein|sein|ihr|dies|jed|welch|unser)(?:e|en|em|er|es|as|ie)?")
_FIGURE = re.compile(r"\d(?:[.,:]?\d)*")
_TELLING_MARKS = re.compile(r"[?\"%$€£]|(?<!\w)'|'(?!\w)")


def spelling_only(before: str, after: str) -> bool:
    """Whether one is the other with slips mended: letters, capitals, hyphens, commas, a word that stood twice."""
    old, new = words(before), words(after)
    if _TELLING_MARKS.findall(" ".join(old)) != _TELLING_MARKS.findall(" ".join(new)):
        return False
    return all(map(_is_slip, stretches(old, new)))


def same_letters(before: str, after: str) -> bool:
    """Whether only capitals, hyphens, commas and the space between words differ."""
    old, new = plain(before), plain(after)
    return (
        _letters(old).casefold() == _letters(new).casefold()
        and _TELLING_MARKS.findall(old) == _TELLING_MARKS.findall(new)
        and _FIGURE.findall(old) == _FIGURE.findall(new)
    )


def _is_slip(stretch: Stretch) -> bool:
    old, new, before = stretch
    if _letters("".join(old)).casefold() == _letters("".join(new)).casefold():
        return True
    if not new:  # "der der" → "der"
        return list(old) == list(before[-len(old) :])
    return len(old) == len(new) and all(
        _is_typo(_letters(was), _letters(now)) for was, now in zip(old, new, strict=True)
    )


def _letters(word: str) -> str:
    return _LETTERS.sub("", word)


def _is_typo(was: str, now: str) -> bool:
    if was.casefold() == now.casefold():
        return True
    if any(letter.isdigit() for letter in was + now):
        return False
    if was.replace("ß", "ss") == now.replace("ß", "ss"):
        return True
    ending, other = _ENDING.fullmatch(was.lower()), _ENDING.fullmatch(now.lower())
    if ending and other:
        return ending[1] == other[1]
    return _is_slip_of_letters(was, now)


def _is_slip_of_letters(was: str, now: str) -> bool:
    """Not another form of the word: those differ at an end, or as "steigen" and "stiegen" do."""
    shorter, longer = sorted((was, now), key=len)
    if longer.startswith(shorter) or longer.endswith(shorter) or was[-1] != now[-1] or was[0] != now[0]:
        return False
    if was.islower() and was.replace("ie", "ei") == now.replace("ie", "ei"):
        return False
    if _without_umlauts(was) == _without_umlauts(now):
        return False
    slips = 2 if len(shorter) >= _TWO_SLIPS else 1 if len(shorter) >= _ONE_SLIP else 0
    return OSA.distance(was, now, score_cutoff=slips) <= slips


def _without_umlauts(word: str) -> str:
    return word.lower().translate(str.maketrans("äöü", "aou"))
