"""What counts as the same text: `plain` for comparing by meaning, `fingerprint` for comparing to the letter."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.stamps import is_time_alone, says_no_day

if TYPE_CHECKING:
    from scraper.article import Article

FINGERPRINT_VERSION = 2

# Soft hyphen, zero-width space/joiners, word joiner, byte order mark: invisible, and added by typesetters and CMSs.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# Style of quotation marks, apostrophes, dashes and dots; the marks themselves stay, for removing them is no trifle.
_STYLE = {
    **dict.fromkeys("\u201e\u201c\u201d\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u201a\u2018\u2019\u201b\u2039\u203a\u2032\u00b4`", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2026": "...",
}
# Longer texts are whole articles, and would fill the memory.
_LONGEST = 2_000
_STYLED = re.compile(f"[{''.join(map(re.escape, _STYLE))}]")  # quicker than str.translate by far


def plain(text: str) -> str:
    """The text without what only typesetters change: white space, Unicode form, soft hyphens, style of marks."""
    return _plain(text) if len(text) <= _LONGEST else _plain.__wrapped__(text)


@lru_cache(maxsize=512)  # most paragraphs stand in both readings, and several ask of each
def _plain(text: str) -> str:
    if text.isascii():  # most English text, and much quicker
        return " ".join(text.replace("`", "'").split())
    composed = unicodedata.normalize("NFC", _seen(text))
    return " ".join(_STYLED.sub(lambda match: _STYLE[match[0]], composed).split())


def words(text: str) -> list[str]:
    """The words of a text, in plain form."""
    return plain(text).split()


def all_words(article: Article) -> list[str]:
    """The words of headline, topline, standfirst and blocks."""
    return [word for text in _texts(article) for word in words(text)]


def word_count(article: Article) -> int:
    """How many these are: of all that makes a text plain, only what is invisible may be a word of its own."""
    return sum(len(_seen(text).split()) for text in _texts(article))


def _seen(text: str) -> str:
    """Without what is invisible, which hardly any text has: to look for one sign at a time is quicker by far."""
    return _INVISIBLE.sub("", text) if any(map(text.__contains__, _UNSEEN)) else text


def _texts(article: Article) -> list[str]:
    return [article.headline, article.topline, article.standfirst, *(block.text for block in article.blocks)]


def field_texts(article: Article) -> dict[str, str]:
    """The short texts that are compared, by field; several authors, captions or credits are joined."""
    return {
        "headline": article.headline,
        "topline": article.topline,
        "standfirst": article.standfirst,
        "authors": ", ".join(article.authors),
        "captions": " | ".join(image.caption for image in article.images if image.caption),
        "credits": " | ".join(image.credit for image in article.images if image.credit),
    }


def stand_meaning(article: Article) -> tuple[str, ...]:
    """What the Stand says: the time that it covers ("today" is "yesterday" a day later), else its text.

    Where every look gives another one, only that there is one: `changes.compare.moved` says whether it moved.
    """
    stand = article.stand
    if stand is None:
        return ()
    if stand.covers is None:
        if is_time_alone(stand.raw):
            return ("a time without a day",)
        return ("relative words",) if says_no_day(stand.raw) else (stand.raw,)
    covers = stand.covers
    if covers.is_rough:
        return ("relative words",)
    return tuple(at.isoformat() for at in (covers.start, covers.end, covers.again) if at is not None)


def compared_texts(article: Article) -> tuple[object, ...]:
    """All that we compare, to the letter; machine clocks, comments and broadcast notes are not in it.

    It must say of two readings that they are equal just where `changes.compare` finds nothing, machine clocks and a
    Stand in relative words aside.
    """
    return (
        FINGERPRINT_VERSION, field_texts(article), [(block.kind, block.text) for block in article.blocks],
        stand_meaning(article),
    )  # fmt: skip


def fingerprint(article: Article) -> str:
    """SHA-256 (hex) over all that we compare: equal fingerprints are equal versions."""
    text = json.dumps(compared_texts(article), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
