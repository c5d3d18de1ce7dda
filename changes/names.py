"""Which words of a sentence are names: by the words around them, and by where else the two texts use them.

German writes every noun large. So a name is there a given name with what follows, two large words in a row that are
no measure and no office, the word behind an office or a form of address, an abbreviation, a known place, or what was
shown to be a name elsewhere in the text. In English a large word inside a sentence is enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes import vocabulary
from changes.facts import Fact
from changes.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RUN = re.compile(
    r"[A-ZÄÖÜ][\w'-]*(?:\.(?= ))?(?: (?:(?:van der|van den|van|de|bin|al|di) )?[A-ZÄÖÜ][\w'-]*(?:\.(?= [A-ZÄÖÜ]))?)*"
)
_PARTICLES = frozenset(["van", "der", "den", "de", "bin", "al", "di"])
_ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ&-]{1,5}s?|[A-Z]f[A-Z]")
_STARTS = re.compile(r"(?:^|[.!?:\"|(*•]\s*|(?<!\w)'\s*|\s-\s)$")
_QUANTITY = re.compile(r"\d[\d.,]* $")
_LARGE_WORDS = re.compile(r"\b[^\W\d_]{4,}")
# So much of a text in large letters is a headline in title case, or shouted: large letters say nothing there.
_TITLE_CASE = 0.7


class Names:
    """Finds names in sentences of two readings, knowing what the readings show to be names.

    Args:
        texts: all paragraphs of both; language: as `changes.sentences.language_of` gives it.
    """

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self._german = language == "de"
        self._known: frozenset[str] = frozenset()
        shown = (fact.words for text in texts for fact in self(plain(text)) if not _ACRONYM.fullmatch(fact.words))
        self._known = frozenset(shown)

    def __call__(self, text: str) -> Iterator[Fact]:
        """Each word of each name in a plain text."""
        title_case = not self._german and _is_title_case(text)
        for run in _RUN.finditer(text):
            first = bool(_STARTS.search(text[: run.start()]))
            words = [(match[0], run.start() + match.start()) for match in re.finditer(r"\S+", run[0])]
            counted = bool(_QUANTITY.search(text[: run.start()]))
            for word, at in self._of_run(words, first=first, doubtful=title_case or counted):
                bare = re.sub(r"['’]s?$", "", word)
                yield Fact("name", bare.lower(), bare, at)

    def _of_run(self, words: list[tuple[str, int]], *, first: bool, doubtful: bool) -> list[tuple[str, int]]:
        """The names in a run of large words; `first`: it begins a sentence, so its first word may be large for that."""
        rest = list(words)
        titled = False
        while rest and (_is_title(rest[0][0]) or rest[0][0] in vocabulary.NO_NAMES):
            titled = _is_title(rest[0][0])
            first = first and not titled
            rest = rest[1:]
            first = first and bool(rest) and rest[0] == words[0]
        plain_words = [item for item in rest if item[0] not in vocabulary.NO_NAMES and item[0] not in _PARTICLES]
        sure = [item for item in plain_words if self._is_sure(item[0])]
        if doubtful or not plain_words:
            return sure
        if first and plain_words[0] not in sure:
            plain_words = plain_words[1:] if not self._german else []
        enough = len(plain_words) >= 2 or (titled and len(plain_words) == len(rest))
        return plain_words if plain_words and (enough or not self._german) else sure

    def _is_sure(self, word: str) -> bool:
        bare = re.sub(r"['’]s?$", "", word)
        return (
            bare in self._known
            or bare in vocabulary.GIVEN_NAMES
            or bare in vocabulary.PLACES
            or (_ACRONYM.fullmatch(bare) is not None and bare.capitalize() not in vocabulary.NO_NAMES)
        )


def _is_title(word: str) -> bool:
    bare = word.rstrip(".")
    return bare in vocabulary.TITLES or bare.lower().endswith(vocabulary.TITLE_ENDINGS)


def _is_title_case(text: str) -> bool:
    words = _LARGE_WORDS.findall(text)
    headed = len(words) > 3 or not text.endswith((".", "!", "?", '"'))
    return headed and sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words)
