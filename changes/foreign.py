"""Whether all that changed may be none of the article's text: a reading each in, in words why out.

A box without a link or a button, and without words that give it away, looks like a paragraph of the text; its
next words look like an edit. What an editor writes anew shares words with the article: names, places, the matter. And
whether a post that is quoted from a platform is shown depends on that, on who wrote it, and on a consent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes.compare import in_words, titles_differ

if TYPE_CHECKING:
    from changes.change import Change
    from scraper.article import Article

# Shorter ones are in every text; endings differ.
_WORD, _STEM = re.compile(r"[^\W\d_]{5,}"), 6
# In fewer words nothing would have to be shared.
_LEAST, _LEAST_AROUND, _SHARED = 3, 40, 1
# Under a post: "— Lotte Muster (@muster) March 1, 2026".
_SIGNED = re.compile(r"[—–-] ?.{1,80} \(@\w+\),? .{4,40}")


def foreign(before: Article, after: Article, change: Change) -> str:
    """In words why what changed may be none of the article's own text; empty if nothing says so."""
    if _is_post(change):
        return "a post from elsewhere came or went: its platform or a consent may do that"
    return "may be a box: has next to no words of the article" if _is_box(before, after, change) else ""


def _is_post(change: Change) -> bool:
    """Quotations came or went as a whole, and the last of each side names its account."""
    blocks = in_words(change)
    if titles_differ(change) or any(item.kind != "quote" or item.move not in ("added", "removed") for item in blocks):
        return False
    sides = [[item.before for item in blocks if item.before], [item.after for item in blocks if item.after]]
    return any(sides) and all(_SIGNED.fullmatch(side[-1]) for side in sides if side)


def _is_box(before: Article, after: Article, change: Change) -> bool:
    """One run of blocks was replaced, none of them edited, and neither side shares more than a word with all around."""
    blocks = in_words(change)
    gone = [item.before_at for item in blocks if item.before_at is not None]
    came = [item.after_at for item in blocks if item.after_at is not None]
    if titles_differ(change) or any(item.before_at is not None and item.after_at is not None for item in blocks):
        return False
    if not (_is_run(gone) and _is_run(came) and gone[0] == came[0]):
        return False
    around = _stems([before.headline, before.standfirst, *_texts(before, gone, inside=False)])
    sides = _stems(_texts(before, gone)), _stems(_texts(after, came))
    if len(around) < _LEAST_AROUND:
        return False
    return all(len(side) >= _LEAST and len(side & around) <= _SHARED for side in sides)


def _is_run(positions: list[int]) -> bool:
    return bool(positions) and positions[-1] - positions[0] + 1 == len(positions)


def _texts(article: Article, positions: list[int], *, inside: bool = True) -> list[str]:
    return [block.text for at, block in enumerate(article.blocks) if (at in positions) is inside]


def _stems(texts: list[str]) -> set[str]:
    return {word.casefold()[:_STEM] for text in texts for word in _WORD.findall(text)}
