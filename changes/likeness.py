"""Whether the page that an address leads to is the article that stood there: two readings in, a word out. Pure.

A redirect to a section or to another story says that the article is not there. To call that a move would show the
other page as an edit of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import Indel

from changes.plain import all_words, plain
from changes.succession import overlap

if TYPE_CHECKING:
    from scraper.article import Article

Likeness = Literal["same", "other", "unclear"]
# An edit leaves at least so much of an article.
_SAME_ARTICLE = 0.5
# Two texts of one language share a fifth of their words by chance.
_OTHER_ARTICLE = 0.3


def likeness(before: Article, after: Article) -> Likeness:
    """`same`: the headline, half of the words in their order, or half of the sentences are there. `other`: next to
    none of the words and no sentence, in the same language."""
    shared = overlap(before, after)
    alike = Indel.normalized_similarity(all_words(before), all_words(after))
    named = bool(before.headline) and plain(before.headline) == plain(after.headline)
    if named or alike >= _SAME_ARTICLE or (shared.shared and 2 * shared.shared >= shared.sentences):
        return "same"
    translated = before.language != after.language
    return "unclear" if translated or shared.shared or alike >= _OTHER_ARTICLE else "other"


def is_another(before: Article, after: Article) -> bool:
    """Whether so little of the words is left, whatever the headline, that the two cannot be compared."""
    return Indel.normalized_similarity(all_words(before), all_words(after)) < _SAME_ARTICLE
