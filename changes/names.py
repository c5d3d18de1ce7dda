"""Which words of a sentence are names: by the words around them, and by where else the two texts use them.

German writes every noun large. So a name is there a given name with what follows, two large words in a row that are
no measure and no office, the word behind an office or a form of address, an abbreviation, a known place, or what was
shown to be a name elsewhere in the text. In English a large word inside a sentence is enough.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from changes import vocabulary
from changes.fact import Fact
from changes.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

_LARGE = r"(?<!\w)(?:(?:[A-Z]\.){2,}|[A-ZÄÖÜ][\w'-]*)(?![$€£])"
_LARGE_WORD = re.compile(_LARGE)
_SMALL_WORD = re.compile(r"(?<!\w)[^\W\d_A-ZÄÖÜ]\w+")
# "Dr. Weiß" and "J. Smith" are one run, "zu Hause. Habe" is none.
_WORD_OF_RUN = rf"(?:(?:Dr|Prof|Mrs?|Ms|St|Gov|Sen|Rep|Gen|Lt|Col|Capt|Sgt|[A-Z])\.(?= [A-ZÄÖÜ])|{_LARGE})"
_RUN = re.compile(rf"{_WORD_OF_RUN}(?: (?:(?:van der|van den|van|de|bin|al|di) )?{_WORD_OF_RUN})*")
_PARTICLES = frozenset(["van", "der", "den", "de", "bin", "al", "di"])
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-ZÄÖÜ][A-ZÄÖÜ&-]{1,5}s?|[A-Z]f[A-Z]")
_OWNED = re.compile(r"['’]s?$")
_WORD = re.compile(r"\S+")
# German words that are no part of a name for beside another large word: nouns by their endings, adjectives, compounds.
_NOUN = re.compile(
    r".*(?:ungs?|ungen|heit|keit|keiten|schaft|schaften|tion|tionen|tät|nis|nisse|ismus|nahme|lage|zahl|kräfte|leute)"
    r"|.*(?:isch|ig|lich|sam|bar|haft)e[rnms]?|.*-.*"
)
# Behind these a word may be large because a sentence or an item of a list begins; looked for in so many characters.
_STARTS = re.compile(r"(?:[.!?:\"|(*•+]\s*|(?<!\w)'\s*|\s-\s)$")
_DETERMINER = re.compile(r"\b(?:d(?:er|ie|as|en|em|es)|(?:[kms]?ein|ihr|unser)(?:e[mnrs]?)?) $", re.IGNORECASE)
_QUANTITY = re.compile(r"\d[\d.,]* $")
_SIGHT = 12
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")
# So much of a text in large letters is a headline in title case, or shouted: large letters say nothing there.
_TITLE_CASE = 0.7
# A word that stands in more sentences is asked about in these only.
_MOST_PLACES = 20

_Word: TypeAlias = "tuple[str, int]"


class Names:
    """Finds names in sentences of two readings, knowing what the readings show to be names.

    Args:
        texts: all sentences of both; language: as `changes.sentences.language_of` gives it.
    """

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self._german = language == "de"
        self._texts = texts
        self._shown: dict[str, bool] = {}

    def __call__(self, text: str, among: Container[str]) -> Iterator[Fact]:
        """Each word of each name in a plain text. Of names that are none of the words `among`, some may be missing."""
        return self._names(text, lambda word: _is_sure(word) or (word in among and self._is_shown(word)))

    def _names(self, text: str, is_sure: Callable[[str], bool]) -> Iterator[Fact]:
        title_case = not self._german and _is_title_case(text)
        for run in _RUN.finditer(text):
            before = text[max(run.start() - _SIGHT, 0) : run.start()]
            words = [(match[0], run.start() + match.start()) for match in _WORD.finditer(run[0])]
            if title_case or _QUANTITY.search(before):
                found = [item for item in words if is_sure(_bare(item[0]))]
            else:
                found = self._of_run(words, is_sure, before)
            for word, at in found:
                yield Fact("name", _bare(word).lower(), _bare(word), at)

    def _of_run(self, words: list[_Word], is_sure: Callable[[str], bool], before: str) -> list[_Word]:
        """The names in a run of large words. If it begins a sentence, its first word may be large for that alone."""
        first = not before or _STARTS.search(before) is not None
        rest, titled = list(words), False
        while rest and (_is_title(rest[0][0]) or rest[0][0] in vocabulary.NO_NAMES):
            titled, first = _is_title(rest[0][0]), False
            rest = rest[1:]
        names = [item for item in rest if item[0] not in vocabulary.NO_NAMES and item[0] not in _PARTICLES]
        sure = {item for item in rest if is_sure(_bare(item[0]))}
        if first and names and names[0] in sure and not _is_sure(_bare(names[0][0])):
            sure -= {names[0]} if names[0][0].lower() in self._small else set()
        doubtful = first and bool(names) and names[0] not in sure
        if not self._german:
            return names[1:] if doubtful else names
        if titled and len(names) == len(rest):
            return names
        pair = len(names) > 1 and not doubtful and not sure and not _DETERMINER.search(before)
        if pair and not any(_NOUN.fullmatch(word) for word, _ in names):
            return names
        return [item for at, item in enumerate(rest) if item in sure or (item in names and _has_given_name(rest[:at]))]

    def _holding(self, word: str) -> Iterator[str]:
        """The texts that this large word stands in; few words are asked about, and few texts hold one at all."""
        for text in self._texts:
            if word in text:
                yield from (text for large in set(_LARGE_WORD.findall(text)) if _bare(large) == word)

    @cached_property
    def _small(self) -> frozenset[str]:
        """All words that some text has in small letters."""
        return frozenset(word for text in self._texts for word in _SMALL_WORD.findall(text))

    def _is_shown(self, word: str) -> bool:
        """Whether another place in the two texts shows that it is a name."""
        if word not in self._shown:
            places = islice(self._holding(word), _MOST_PLACES)
            self._shown[word] = any(
                name.words == word for text in places for name in self._names(plain(text), _is_sure)
            )
        return self._shown[word]


def _has_given_name(words: list[_Word]) -> bool:
    return any(_bare(word) in vocabulary.GIVEN_NAMES for word, _ in words)


def _bare(word: str) -> str:
    return _OWNED.sub("", word) if "'" in word or "’" in word else word


def _is_sure(word: str) -> bool:
    return (
        word in vocabulary.GIVEN_NAMES
        or word in vocabulary.PLACES
        or (_ACRONYM.fullmatch(word) is not None and word.capitalize() not in vocabulary.NO_NAMES)
    )


def _is_title(word: str) -> bool:
    bare = word.rstrip(".")
    return bare in vocabulary.TITLES or bare.lower().endswith(vocabulary.TITLE_ENDINGS)


def _is_title_case(text: str) -> bool:
    words = _LONG_WORD.findall(text)
    headed = len(words) > 3 or not text.endswith((".", "!", "?", '"'))
    return headed and sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words)
