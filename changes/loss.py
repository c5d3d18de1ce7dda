"""What a reading lost against the one before it: two readings of one article in, names of losses out. Pure.

An edit seldom takes away half a text, its Stand or its comments; a redesign or a wall does, on all articles of a site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from changes.plain import all_words, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from changes.change import Edit
    from scraper.article import Article

# Less than that share of a text is left, or that much more of it came: no edit does that to a whole text.
_LEFT, _GROWN, _WHOLE = 0.5, 2.0, 1500
# So many words changed without that any clock moved, of a text of some length.
_UNEXPLAINED, _SOME_WORDS = 0.2, 60
# What most articles of a site have is missed on a new one, and a text that is that much shorter than the median.
_USUAL, _SHORT = 0.8, 0.25
_NO_PROFILE = ("generic/", "trafilatura/")
# These may change on every page of a site and leave the text as it is.
HARMLESS = frozenset(("comments",))
GROWN = frozenset(("grown",))
# Two texts of one language share a fifth of their words by chance.
_OTHER_TEXT = 0.3


@dataclass(frozen=True, slots=True)
class Measure:
    """What there is in a reading; `length` is in characters of lead and text."""

    headline: bool
    stand: bool
    comments: bool
    length: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What the articles of a site have: shares from 0 to 1, and the median length."""

    stand: float
    comments: float
    length: float


def measure(article: Article) -> Measure:
    """Measure a reading."""
    return Measure(
        headline=bool(article.headline),
        stand=article.stand is not None,
        comments=article.comment_count is not None,
        length=len(article.standfirst) + sum(len(block.text) for block in article.blocks),
    )


def usual(measures: Sequence[Measure]) -> Usual:
    """What most of these have; there must be some."""
    lengths = sorted(item.length for item in measures)
    return Usual(
        stand=sum(item.stand for item in measures) / len(measures),
        comments=sum(item.comments for item in measures) / len(measures),
        length=lengths[len(lengths) // 2],
    )


def lost(edit: Edit) -> tuple[str, ...]:
    """What the new reading lost: headline, stand, body (half of it or more), text (other words, and no clock moved),
    comments, profile; or that it is grown: no edit makes a whole text twice as long."""
    before, after = measure(edit.before), measure(edit.after)
    found = {
        "headline": before.headline and not after.headline,
        "stand": before.stand and not after.stand,
        "body": after.length < _LEFT * before.length,
        "grown": before.length >= _WHOLE and after.length > _GROWN * before.length,
        "text": _other_text(edit),
        "comments": before.comments and not after.comments,
        "profile": edit.after.read_with.startswith(_NO_PROFILE) and not edit.before.read_with.startswith(_NO_PROFILE),
    }
    return tuple(name for name, is_lost in found.items() if is_lost)


def is_other_text(before: Article, after: Article) -> bool:
    """Whether that is next to nothing of the article, and less than it, or without its stamps: a wall or an error that
    nobody knows by its words."""
    unstamped = before.stand is not None and after.stand is None
    if not unstamped and 3 * word_count(after) >= word_count(before):
        return False
    old, new = all_words(before), all_words(after)
    return Indel.normalized_similarity(old, new, score_cutoff=_OTHER_TEXT) < _OTHER_TEXT


def is_beginning(shorter: Article, longer: Article) -> bool:
    """Whether that is the beginning of the other text, whatever stands in the place of the rest: as walls leave it."""
    if word_count(longer) < _SOME_WORDS:
        return False
    pairs = zip(shorter.blocks, longer.blocks, strict=False)
    begun = next((at for at, (one, other) in enumerate(pairs) if one != other), len(shorter.blocks))
    return not set(shorter.blocks[begun:]) & set(longer.blocks[begun:])


def lacking(article: Article, usually: Usual) -> tuple[str, ...]:
    """What a first reading lacks that the articles of the site have."""
    found = measure(article)
    missed = {
        "stand": usually.stand >= _USUAL and not found.stand,
        "body": found.length < _SHORT * usually.length,
        "comments": usually.comments >= _USUAL and not found.comments,
    }
    return tuple(name for name, is_missed in missed.items() if is_missed)


def _other_text(edit: Edit) -> bool:
    """Most words went; or many changed, and no clock tells of it."""
    words, change = word_count(edit.before), edit.change
    if words < _SOME_WORDS or edit.before.read_with != edit.after.read_with:
        return False
    changed = max(change.words_added, change.words_removed)
    return change.words_removed > words / 2 or (not change.clocks and changed >= _UNEXPLAINED * words)
