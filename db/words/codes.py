"""Codes and short texts that are kept, in words for people: on pages and in alerts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes import wording
from changes.comment_series import WORDS
from db.store.people import BY_HAND
from db.words.language import _, gettext, ngettext, pgettext
from db.words.written import number, tally

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: Mapping[str, str] = {
    "trivial": "trivial weight",
    "low": "low weight",
    "medium": "medium weight",
    "high": "high weight",
}

ABSENCES: Mapping[str, str] = {
    "404": "the server says that there is no such page (404)",
    "410": "the server says that it is gone for good (410)",
    "451": "the server says that it is withheld for legal reasons (451)",
    "front_page": "its address leads to the front page",
    "elsewhere": "its address leads to another page of the site",
    "soft_404": "an error page stands in its place, with the status of a page",
}

_COUNTED = re.compile(r"(?!none → none)(\d+|none) → (\d+|none) comments")
# As changes/render.py writes them.
FIELDS = ("topline", "headline", "standfirst", "authors", "captions", "credits")
_LABEL = re.compile(rf"(^| / )({'|'.join(FIELDS)}|moved):")
# As schedules/visit.py writes it.
_ANSWERED = re.compile(r"(https?://\S+): the server says (\d{3})")


def verdict_words(verdict: str) -> str:
    """The words for a verdict."""
    return gettext(wording.verdict_words(verdict))


def weight(severity: str) -> str:
    """ "high weight"."""
    return gettext(WEIGHTS.get(severity, severity))


def absence(kind: str) -> str:
    """What stood in the place of an article, in words."""
    return gettext(ABSENCES.get(kind, kind.replace("_", " ")))


def movement(kind: str) -> str:
    """What the numbers of comments come to; nothing where they only moved."""
    return next((gettext(words) for known, words in WORDS.items() if known == kind), "")


def labelled(text: str) -> str:
    """Words of an excerpt that stayed, as they were kept: the fields that they name, or numbers of comments."""
    counted = _COUNTED.fullmatch(text)
    if counted is not None:
        return _comments(counted[1], counted[2])
    answered = _ANSWERED.fullmatch(text)
    if answered is not None:
        return _("%(address)s: the server says %(status)s", address=answered[1], status=answered[2])
    return _LABEL.sub(lambda match: f"{match[1]}{_label(match[2])}:", text)


def _comments(before: str, after: str) -> str:
    none = pgettext("comments", "none")
    if after == "none":
        return f"{tally(int(before), 'comment')} → {none}"
    words = ngettext("%(before)s → %(num)s comment", "%(before)s → %(num)s comments", int(after))
    return words % {"before": none if before == "none" else number(int(before)), "num": number(int(after))}


def _label(name: str) -> str:
    return pgettext("paragraph", "moved") if name == "moved" else gettext(name)


def outlet(name: str) -> str:
    """The name of a source, as the configuration has it; what was added by hand has one of ours."""
    return _("by hand") if name == BY_HAND else name
