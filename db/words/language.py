"""In which language a page is told: messages of ours in English in, words in the reader's language out.

The language belongs to the task that makes the page (a context variable), and `door.read` takes it along into the
thread that reads the database. Where none was chosen it is English: in JSON and CSV, in alerts, on the command line.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from db.words.catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Language = Literal["en", "de"]
# What `[web] language` may say.
Choice = Literal["auto", "en", "de"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
# Each in its own words.
NAMES: Mapping[Language, str] = {"en": "English", "de": "Deutsch"}
_WISH = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[\w-]+)?\s*(?:;\s*q=\s*([01](?:\.\d{0,3})?)\s*)?")
_CATALOGUES = {"de": read_catalogue((Path(__file__).parent / "locale" / "de.po").read_text("utf-8"))}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a page is for. `asked`: the address names the language, and so shall the addresses on the page."""

    language: Language = "en"
    asked: bool = False


_ENGLISH = Reader()
_READER: ContextVar[Reader] = ContextVar("reader", default=_ENGLISH)


def reader() -> Reader:
    """Whom this task makes a page for."""
    return _READER.get()


@contextmanager
def reading(whom: Reader) -> Iterator[None]:
    """Make what is within for this reader."""
    token = _READER.set(whom)
    try:
        yield
    finally:
        _READER.reset(token)


def chosen(address: str, configured: str, wished: str) -> Reader:
    """The reader of a request.

    Args:
        address: what `?lang=` says; wins if it is a language of ours.
        configured: what `[web] language` says; "auto", or nothing, leaves it to the browser.
        wished: the header Accept-Language, as in "de-AT,de;q=0.9,en;q=0.8".
    """
    for language in LANGUAGES:
        if address == language:
            return Reader(language, asked=True)
    return Reader(next((language for language in LANGUAGES if configured == language), _wish(wished)))


def _wish(wished: str) -> Language:
    best: Language = "en"
    most = 0.0
    for part in wished[:1000].split(","):
        wish = _WISH.fullmatch(part)
        weight = float(wish[2] or 1) if wish else 0.0
        for language in LANGUAGES:
            if wish and weight > most and wish[1].lower() in (language, "*"):
                best, most = language, weight
                break
    return best


def asked_in() -> str:
    """What an address ends with so that its page is told in the language that this one was asked for in."""
    return f"?lang={reader().language}" if reader().asked else ""


def gettext(message: str) -> str:
    """The message in the reader's language; as it is where there is no other, or its language is English."""
    return _found(message, 0) or message


def pgettext(context: str, message: str) -> str:
    """The same for a word that means several things: `context` says which."""
    return _found(f"{context}\x04{message}", 0) or message


def ngettext(one: str, many: str, number: int) -> str:
    """The one that fits the number; English and German have the same two."""
    return _found(one, int(number != 1)) or (one if number == 1 else many)


def _(message: str, /, **values: object) -> str:
    """The message with its values: "%(name)s"."""
    return gettext(message) % values


def _found(key: str, form: int) -> str:
    forms = _CATALOGUES.get(_READER.get().language, {}).get(key, ())
    return forms[form] if form < len(forms) else ""
