"""What an event says and what somebody wants to be told come in; why it is not wanted goes out, if it is not. Pure.

A wish is an event type ("article.changed") or a family ("article.*"). What concerns those who run the program
("operations.…") thus goes only to those who name it. All rules of somebody must hold; whoever wants "one or the other"
sets up two endpoints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, get_args

from changes.meaning import Severity
from changes.plain import field_texts, plain
from changes.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.article import Article

WEIGHTS: tuple[Severity, ...] = get_args(Severity)
# The events that tell of an edit: others weigh nothing, and change no words.
_EDITS = ("article.changed", "article.ruled")


class Pattern(Protocol):
    """A regular expression that takes time in proportion to the text: the text is a stranger's."""

    @property
    def pattern(self) -> str:
        """As it was written."""

    def search(self, text: str) -> object | None:
        """Something, if the text has it anywhere."""


@dataclass(frozen=True, slots=True)
class News:
    """What an event says, as far as rules ask for it.

    Attributes:
        severity: None where nothing is weighed.
        words: how many came and went.
        before, after: of an edit both versions; of another event of an article what was last read, as `after`. None
            where there is none, or no rule looks at texts.
        is_damaged: no more can be read of it than its type.
    """

    type: str
    source: str = ""
    verdict: str = ""
    severity: Severity | None = None
    tags: tuple[str, ...] = ()
    words: int = 0
    before: Article | None = None
    after: Article | None = None
    is_damaged: bool = False

    @property
    def is_edit(self) -> bool:
        """It tells of an edit."""
        return self.type in _EDITS

    @property
    def readings(self) -> tuple[Article, ...]:
        """The versions that it is about."""
        return tuple(article for article in (self.before, self.after) if article is not None)


@dataclass(frozen=True, slots=True)
class Rules:
    """What somebody wants to be told; what is empty is not asked for.

    Attributes:
        events: event types and families; one of them must fit.
        sources, verdicts, tags: the event must have one of them.
        severity, words: an edit must weigh that much, and so many words must have come and gone, at least.
        headline, text: found in the headline, in any part of the article, before or after.
        changed: found in a sentence that came or went.
        sentences: passages that are watched; an edit must take one away or bring one.
    """

    events: tuple[str, ...]
    sources: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    severity: Severity | None = None
    words: int = 0
    headline: Pattern | None = None
    text: Pattern | None = None
    changed: Pattern | None = None
    sentences: tuple[str, ...] = ()

    @property
    def looks_at_texts(self) -> bool:
        """They cannot be asked without the article."""
        return bool(self.headline or self.text or self.changed or self.sentences)


def unmet(news: News, rules: Rules) -> str:
    """Why that is not wanted, in words; an empty text: it is.

    What runs the program is asked for its type only, and what tells of no edit for nothing that edits have: an article
    that is gone is told to whoever wants heavy edits, if `events` names it.
    """
    if news.is_damaged or not news.type.startswith("article."):
        return _type(news, rules)
    asked = _OF_EDITS if news.is_edit else _OF_ARTICLES
    return next((why for ask in asked if (why := ask(news, rules))), "")


def _type(news: News, rules: Rules) -> str:
    if any(_covers(wish, news.type) for wish in rules.events):
        return ""
    return f"`events` has no {news.type}: {_listed(rules.events)}"


def _source(news: News, rules: Rules) -> str:
    return _one_of("sources", (news.source,), rules.sources)


def _verdict(news: News, rules: Rules) -> str:
    return _one_of("verdicts", (news.verdict,), rules.verdicts)


def _tags(news: News, rules: Rules) -> str:
    return _one_of("tags", news.tags, rules.tags)


def _severity(news: News, rules: Rules) -> str:
    least = rules.severity
    if least is None or (news.severity is not None and WEIGHTS.index(news.severity) >= WEIGHTS.index(least)):
        return ""
    return f"`severity` is {least}: it weighs {news.severity or 'nothing'}"


def _words(news: News, rules: Rules) -> str:
    if news.words >= rules.words:
        return ""
    return f"`words` is {rules.words}: {news.words} came and went"


def _headline(news: News, rules: Rules) -> str:
    return _not_in("headline", rules.headline, (article.headline for article in news.readings))


def _text(news: News, rules: Rules) -> str:
    return _not_in("text", rules.text, map(_whole, news.readings))


def _changed(news: News, rules: Rules) -> str:
    return _not_in("changed", rules.changed, _came_and_went(news)) if rules.changed else ""


def _sentences(news: News, rules: Rules) -> str:
    if not rules.sentences:
        return ""
    before, after = (set(_standing(rules.sentences, article)) for article in (news.before, news.after))
    if before ^ after if news.is_edit else after:
        return ""
    return f"`sentences`: what is watched {'stays' if before else 'is not there'}"


_OF_ARTICLES: tuple[Callable[[News, Rules], str], ...] = (_type, _source, _verdict, _headline, _text, _sentences)
_OF_EDITS = (*_OF_ARTICLES, _tags, _severity, _words, _changed)


def _covers(wish: str, event_type: str) -> bool:
    return event_type.startswith(wish.removesuffix("*")) if wish.endswith(".*") else wish == event_type


def _one_of(rule: str, found: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    if not wanted or set(found) & set(wanted):
        return ""
    return f"`{rule}` has {f'not {_listed(found)}' if found else 'none of what it wants'}: {_listed(wanted)}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _not_in(rule: str, pattern: Pattern | None, texts: Iterator[str]) -> str:
    if pattern is None or any(pattern.search(text) for text in texts):
        return ""
    return f"`{rule}` does not find {pattern.pattern!r}"


def _whole(article: Article) -> str:
    """All that is read of it, a text a line."""
    return "\n".join((*field_texts(article).values(), *(block.text for block in article.blocks)))


def _came_and_went(news: News) -> Iterator[str]:
    """Sentences, captions and bylines that stand in one version only."""
    if news.before is None or news.after is None:
        return
    known: dict[str, tuple[str, ...]] = {}
    parts = [
        {plain(sentence.text): sentence.text for sentence in sentences(article, known)}
        | {plain(text): text for text in field_texts(article).values()}
        for article in (news.before, news.after)
    ]
    for one, other in (parts, parts[::-1]):
        yield from (text for known_as, text in one.items() if known_as not in other)


def _standing(passages: tuple[str, ...], article: Article | None) -> Iterator[str]:
    """Those of the passages that the article has, whatever typesetters did to them."""
    whole = plain(_whole(article)) if article is not None else ""
    return (passage for passage in passages if plain(passage) in whole)
