"""What a list of changes is narrowed to: the words of an address in, what is wanted out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

from changes.comment_series import Movement
from changes.meaning import Severity
from changes.tags import TAG_KINDS
from changes.wording import WORDS
from db.web.shown import movement, severity, verdict_words
from db.words.language import _
from db.words.written import date as written
from scraper.urls import is_trackers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Comings and goings; all other verdicts stand on an edit.
PRESENCE = ("removed", "removed_before_expected", "returned", "moved", "succeeded_by")
COMMENTS = "comments"
# What events tell of; the rest are edits.
TOLD = (*PRESENCE, COMMENTS)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
MOVEMENTS: tuple[Movement, ...] = get_args(Movement)
_NOT_LISTED = ("reread", "old_copy", "same", "unreadable", "discovered", COMMENTS)
# Where a page of the list begins, as `Page.older` names it: entries of one instant are ordered by kind, then by number.
CURSOR = re.compile(r"(?P<at>[0-9T:.+-]{20,40})~(?P<kind>change|presence)~(?P<id>\d{1,18})")
_NUMBER = re.compile(r"[0-9]{1,15}")


def verdicts() -> tuple[str, ...]:
    """The verdicts that a list can be narrowed to: those that stand on edits, then what events tell."""
    on_edits = [verdict for verdict in WORDS if verdict not in (*_NOT_LISTED, *PRESENCE)]
    return *on_edits, *PRESENCE, COMMENTS


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries.

    Attributes:
        source, article: their numbers.
        movement: what the number of comments came to.
        severity: so much or more; words: so many that came or went, or more.
        since, until: UTC days, both included, as "2026-11-24".
        before: where this page of the list begins.
    """

    source: int | None = None
    article: int | None = None
    verdict: str | None = None
    movement: str | None = None
    tag: str | None = None
    severity: str | None = None
    words: int | None = None
    since: str | None = None
    until: str | None = None
    before: str = ""
    limit: int = 30

    @property
    def asked(self) -> Mapping[str, str]:
        """The search as it stands in an address; the page of the list is none of it."""
        named = {name: getattr(self, name) for name in ASKED if name != "before"}
        return {name: str(value) for name, value in named.items() if value is not None}

    @property
    def of_edits(self) -> bool:
        """Whether only an edit can have what is asked for."""
        return any(value is not None for value in (self.tag, self.severity, self.words))

    @property
    def severities(self) -> tuple[str, ...]:
        """The ones that are heavy enough; all of them where it does not matter."""
        return SEVERITIES[SEVERITIES.index(self.severity) :] if self.severity in SEVERITIES else SEVERITIES

    @property
    def words_for_people(self) -> str:
        """ "text changed, Stand unchanged; tagged number; of at least medium weight"."""
        told: Mapping[str, Callable[[str], str]] = {
            "article": lambda value: _("of article %(number)s", number=value),
            "verdict": verdict_words,
            "movement": lambda value: _("comments: %(movement)s", movement=movement(value)),
            "tag": lambda value: _("tagged %(tag)s", tag=_(value)),
            "severity": lambda value: (
                _("of %(severity)s weight", severity=severity(value))
                if value == SEVERITIES[-1]
                else _("of %(severity)s weight or more", severity=severity(value))
            ),
            "words": lambda value: _("of %(number)s words or more", number=value),
            "since": lambda value: _("since %(day)s", day=written(value)),
            "until": lambda value: _("until %(day)s", day=written(value)),
        }
        return "; ".join(words(self.asked[name]) for name, words in told.items() if name in self.asked)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


# What may be asked for: whether a text means anything, and what is said where it does not.
ASKED: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "source": (_is_number, "“%(text)s” is no number of a source"),
    "article": (_is_number, "“%(text)s” is no number of an article"),
    "verdict": (lambda text: text in verdicts(), "“%(text)s” is nothing that we say"),
    "movement": (lambda text: text in MOVEMENTS, "“%(text)s” is nothing that numbers of comments come to"),
    "tag": (lambda text: text in TAG_KINDS, "“%(text)s” is no tag"),
    "severity": (lambda text: text in SEVERITIES, "“%(text)s” is no weight"),
    "words": (_is_number, "“%(text)s” is no number of words"),
    "since": (_is_day, "“%(text)s” is no day like 2026-11-24"),
    "until": (_is_day, "“%(text)s” is no day like 2026-11-24"),
    "before": (lambda text: CURSOR.fullmatch(text) is not None, "“%(text)s” is no place in the list"),
}
# What else stands in an address: the language, and (with "_" before it) what is not for us.
_NOT_FOR_LISTS = re.compile(r"lang|_.*", re.DOTALL)
_NUMBERS = ("source", "article", "words")


def wanted(texts: Mapping[str, str]) -> tuple[Wanted, tuple[str, ...]]:
    """What is asked for, and what was asked for that means nothing, in words."""
    meant: dict[str, int | str] = {}
    strange = []
    for name, (means_something, complaint) in ASKED.items():
        text = texts.get(name, "").strip()
        if text and means_something(text):
            meant[name] = int(text) if name in _NUMBERS else text
        elif text:
            strange.append(_(complaint, text=text[:80]))
    unknown = [name for name in texts if name not in ASKED and not _NOT_FOR_LISTS.fullmatch(name)]
    # A link that went through a newsletter or a network is the same link; a mistyped filter would be another list.
    strange += [_("“%(name)s” is no filter", name=name[:80]) for name in unknown if not is_trackers(name)]
    return Wanted(**meant), tuple(strange)  # type: ignore[arg-type]
