"""An event goes in; what people are told of it comes out: a title and a few lines, in German or English. Pure.

Words of others are made harmless on their way, and the only link is the one to our own page.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from changes.render import spans
from db.store.digests import rank
from db.words.causes import cause
from db.words.codes import absence, labelled, movement, outlet, verdict_words, weight
from db.words.incidents import OPERATIONS, plain, told
from db.words.language import Reader, _, gettext, ngettext, reading
from db.words.written import capital, minute, number, span, utc
from schedules.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from changes.render import Span
    from db.words.language import Language

    Data = Mapping[str, Any]

# Zones that have a name of their own in German.
ZONES = ("CET", "CEST")

# Where the address says what is meant.
_WITH_ADDRESS = ("operations.source_failing", "operations.article_unreadable")
# What these take the place of was so when it was told.
_ADDS = ("announced_late", "disclosed_late", "removed_before_expected")
# Of an edit: the reader was not told of it, or not in time.
_ACCUSES = ("unmarked", "unmarked_headline", "silent", "announced_late", "disclosed_late")
# What is told so long after it was recorded says so.
_LATE = timedelta(hours=1)
# So many characters of a headline in a title and below it, and of what changed.
_TITLE, _HEADLINE, _CHANGED = 120, 600, 900
# Words that came in the place of others are shown as "30" → "40" while both are that short.
_SHORT = 40
# Quotation marks of others become single ones, as within any quotation: so double ones, which stand around the words
# that came and went, are ours.
_QUOTES = str.maketrans(
    dict.fromkeys('"”″＂〞❞', "’") | dict.fromkeys("“‟〝❝", "‘") | {"„": "‚", "⹂": "‚", "«": "‹", "»": "›"}
)
# A straight one begins something where it stands before a word and not after one; all others end it.
_BEGINS = re.compile(r'(?<![^\s(\[/–—„“‚‘«»])"(?=\S)')
_SINGLE: Mapping[Language, tuple[str, str]] = {"en": ("‘", "’"), "de": ("‚", "‘")}


@dataclass(frozen=True, slots=True)
class Style:
    """How somebody is told: in which language, by the clock of which zone (UTC if none), and whether the text goes to
    a chat that takes `&`, `<` and `>` as Slack does."""

    language: Language = "en"
    zone: ZoneInfo | None = None
    escaped: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told.

    Attributes:
        what: the verdict in words and whose article it is, on one line.
        headline: of the article, cut to fit a title; empty where there is none.
        text: all else: headline, words that changed, window, weight, link.
    """

    what: str
    headline: str
    text: str

    @property
    def title(self) -> str:
        """One line that says what it is about."""
        return f"{self.what}: {self.headline}" if self.headline else self.what


def alert(body: str, style: Style, room: int, now: datetime) -> Alert:
    """What to tell of an event. `what` and `text` have `room` characters together, with a line break between them."""
    with reading(Reader(style.language)):
        return _Telling(style, room).alert(json.loads(body), now)


class _Telling:
    """One event being told; the reader is chosen already."""

    def __init__(self, style: Style, room: int) -> None:
        self._style, self._room = style, room

    def alert(self, event: Data, now: datetime) -> Alert:
        event_type, data = str(event["type"]), event["data"]
        what, headline = self._what(event_type, data), self._quiet(_text(data, "headline"), _TITLE)
        if data.get("sample") is True:  # of a mail or a push nobody may see more than that
            what = _("Test: %(what)s", what=what)
        link, left = self._link(_text(data, "link")), self._room - len(what) - 1
        if event_type == "digest":
            return Alert(what, "", self._digest(data, link, left))
        lines = [line for line in (*_sample(data), self._late(event, now), *self._lines(event_type, data)) if line]
        return Alert(what, headline, _fitted(lines, link, left))

    def _what(self, event_type: str, data: Data) -> str:
        verdict, source = _text(data, "verdict"), _text(data, "source")
        family, _dot, kind = event_type.partition(".")
        if event_type == "digest":
            # As many as are told: of an edit that is the last only.
            events = data.get("events", ())
            count = _count(data, "count") - len(events) + len(_once_an_edit(events))
            words = ngettext("Digest: %(num)s event", "Digest: %(num)s events", count) % {"num": number(count)}
            is_ours = events and all(_text(event, "type").startswith("operations.") for event in events)
            return _("Operations: %(what)s", what=words) if is_ours else words
        if family == "operations":
            words = gettext(OPERATIONS[kind]) if kind in OPERATIONS else self._quiet(kind.replace("_", " "), 100)
            return _("Operations: %(what)s", what=words)
        words = self._quiet(capital(verdict_words(verdict)), 200)
        return f"{words} · {self._quiet(outlet(source), 100)}" if source else words

    def _late(self, event: Data, now: datetime) -> str:
        """Of what was recorded long ago, when: what became of it since may have been told already."""
        at = self._instant(event, "timestamp")
        return _("Recorded %(at)s, and told only now", at=_in_zone(at)) if at and now - at > _LATE else ""

    def _lines(self, event_type: str, data: Data) -> Iterator[str]:
        yield self._quoted(_text(data, "headline"), _HEADLINE)
        yield from self._below(event_type, data)

    def _below(self, event_type: str, data: Data) -> Iterator[str]:
        """What stands below the headline, of an event alone and of one in a digest."""
        yield from self._taken_down(data)
        yield _taken_back(data)
        yield from self._said(event_type, data)
        if event_type == "article.discovered" and (first := self._instant(data, "not_after")):
            yield capital(_("first seen %(seen_at)s", seen_at=_in_zone(first)))
        else:
            yield self._window(data)
        if _text(data, "verdict") != "misread":
            yield self._size(data)

    def _taken_down(self, data: Data) -> Iterator[str]:
        """Why there are no words of the article, and which it is; not that the outlet had erased any."""
        if at := self._instant(data, "taken_down_at"):
            yield _("We erased our copy of this article %(at)s.", at=_in_zone(at))
            yield self._quiet(_text(data, "url"), 500)

    def _said(self, event_type: str, data: Data) -> Iterator[str]:
        """What is particular to events of a type."""
        excerpt, absent, successor = _text(data, "excerpt"), _count(data, "absent_seconds"), _text(data, "successor")
        if event_type == "article.gone" and _text(data, "absence") and not _text(data, "supersedes"):
            yield self._quiet(capital(absence(_text(data, "absence"))), 300)
        elif event_type == "article.returned" and absent:
            yield _("From the first look that did not find it to the one that did: %(span)s", span=span(absent))
        elif event_type == "article.moved" and excerpt.count(" → ") == 1:
            before, after = (self._quiet(address, 500) for address in excerpt.split(" → "))
            yield _("From %(before)s to %(after)s", before=before, after=after)
        elif event_type == "article.succeeded" and successor:
            values = {"address": self._quiet(successor, 500), "share": _count(data, "in_common")}
            yield _("At %(address)s: %(share)s %% of its sentences in common", **values)
        elif event_type == "article.comments":
            words = movement(_text(data, "movement"))
            yield self._quiet(labelled(excerpt.partition(": ")[0]), 200) + (f": {words}" if words else "")
        else:
            yield self._rule(data) or self._changed(excerpt, _CHANGED, misread=_text(data, "verdict") == "misread")
            yield self._incident(event_type.removeprefix("operations."), data)
            if event_type in _WITH_ADDRESS:
                yield self._quiet(_text(data, "url"), 500)

    def _digest(self, data: Data, link: str, room: int) -> str:
        """What there is room for, in the order of events; which that is says `rank`."""
        events = data.get("events", ())
        told = _once_an_edit(events)
        around = "\n".join(filter(None, (*_sample(data), _and_more(_count(data, "count")), link)))
        lines = [self._in_short(event, room - len(around) - 1) for event in told]
        more = _count(data, "count") - len(events)
        kept = sorted(range(len(told)), key=lambda place: rank(told[place]))
        while True:
            shown = (lines[place] for place in sorted(kept))
            text = "\n".join(filter(None, (*_sample(data), *shown, _and_more(more + len(told) - len(kept)), link)))
            if len(text) <= room or not kept:
                return text if len(text) <= room else ""
            kept.pop()

    def _in_short(self, event: Data, room: int) -> str:
        event_type, headline = _text(event, "type"), self._quoted(_text(event, "headline"), _TITLE)
        what = f"• {self._what(event_type, event)}"
        told = (f"{what}: {headline}" if headline else what, *self._below(event_type, event))
        return _fitted([line for line in told if line], self._link(_text(event, "link")), room)

    def _rule(self, data: Data) -> str:
        """By which rule of the outlet the article was to be there still."""
        published, until = self._instant(data, "published"), self._instant(data, "kept_until")
        if published is None or until is None:
            return ""
        days, cite = number((until - published).days), self._quiet(_text(data, "cite"), 300)
        said = _(
            "published %(at)s, as its page said; the outlet's own rule keeps such articles for %(days)s days: %(cite)s",
            at=_in_zone(published), days=days, cite=cite,
        )  # fmt: skip
        return capital(said)

    def _changed(self, excerpt: str, room: int, *, misread: bool) -> str:
        """An excerpt as people read it: “30” → “40”, (gone: “…”), (new: “…”) among the words around them."""
        pieces = [piece for piece in spans(excerpt) if piece.text.strip()]
        if all(piece.mark == "same" for piece in pieces):
            return self._quoted(labelled(excerpt), room)
        said: list[str] = []
        while pieces and room > 1:
            words, taken = self._piece(pieces, room)
            said.append(words)
            pieces, room = pieces[taken:], room - len(words) - 1
        # A word of ours comes first: at the beginning of a line "- ", "1. " or ">" would be markup.
        words = " ".join([*said, *(["…"] if pieces else [])])
        return _("What we had told: %(words)s", words=words) if misread else _("Changed: %(words)s", words=words)

    def _piece(self, pieces: Sequence[Span], room: int) -> tuple[str, int]:
        """The words for the next pieces, and for how many."""
        words = [self._quiet(self._single(piece.text.strip()), room) for piece in pieces[:2]]
        marks = [piece.mark for piece in pieces[:2]]
        if marks == ["removed", "added"] and max(map(len, words)) <= _SHORT:
            return _("“%(before)s” → “%(after)s”", before=words[0], after=words[1]), 2
        if marks[0] == "same":
            return self._quiet(self._single(labelled(pieces[0].text.strip())), room), 1
        gone = marks[0] == "removed"
        return (_("(gone: “%(words)s”)", words=words[0]) if gone else _("(new: “%(words)s”)", words=words[0])), 1

    def _incident(self, kind: str, data: Data) -> str:
        """What happened to a source, an endpoint or the machine; the sentence that was kept, where its values were not,
        as in events of earlier versions."""
        values = data.get("values")
        if not values or kind not in OPERATIONS:
            return self._quoted(_text(data, "message"), _CHANGED)
        return told(kind, values, self._value)

    def _value(self, name: str, value: Any) -> str:
        if name == "since":
            return _in_zone(self._in_their_zone(value))
        if name == "excerpt":
            return self._changed(value, 300, misread=False) or _("(erased by us)")
        words = cause(value) if name == "code" else gettext(value) if name == "reason" else plain(name, value)
        return self._quiet(words, 300)

    def _size(self, data: Data) -> str:
        """How much an edit weighs, what kinds of things it changed, and how large it is."""
        tags, said = data.get("tags"), []
        if severity := _text(data, "severity"):
            kinds = ", ".join(self._quiet(gettext(str(tag)), 60) for tag in tags) if isinstance(tags, list) else ""
            said.append(f"{weight(severity)}: {kinds}" if kinds else weight(severity))
        added, removed = _count(data, "words_added"), _count(data, "words_removed")
        if added or removed:
            came = ngettext("%(num)s word came, %(gone)s went", "%(num)s words came, %(gone)s went", added)
            said.append(came % {"num": number(added), "gone": number(removed)})
        return capital("; ".join(said))

    def _window(self, data: Data) -> str:
        before, after = self._instant(data, "not_before"), self._instant(data, "not_after")
        if after is None:
            return ""
        if before is None:
            return capital(_("not later than %(at)s", at=_in_zone(after)))
        start = minute(before) if before.tzname() == after.tzname() else _in_zone(before)
        fine = start == minute(after)
        end = _in_zone(after, since=before, fine=fine)
        return capital(_("between %(start)s and %(end)s", start=f"{start}:{before:%S}" if fine else start, end=end))

    def _instant(self, data: Data, key: str) -> datetime | None:
        text = _text(data, key)
        return self._in_their_zone(text) if text else None

    def _in_their_zone(self, text: str) -> datetime:
        return utc(text).astimezone(self._style.zone) if self._style.zone else utc(text)

    def _quoted(self, text: str, room: int) -> str:
        return _("“%(text)s”", text=self._quiet(self._single(text), room)) if text else ""

    def _single(self, text: str) -> str:
        """What is quoted, with single quotation marks in it."""
        begins, ends = _SINGLE[self._style.language]
        return _BEGINS.sub(begins, text).replace('"', ends).translate(_QUOTES)

    def _quiet(self, text: str, most: int) -> str:
        """Words of others, at most so many characters, and no more than a third of all that there is room for."""
        return harmless(text, max(min(most, self._room // 3), 1), escaped=self._style.escaped)

    def _link(self, url: str) -> str:
        """Our own page as it becomes a link there; empty where it could not be one."""
        written = url.replace("&", "&amp;") if self._style.escaped else url
        usable = len(written) <= 500 and not re.search(r"[<>|\s]", url) and urlsplit(url).scheme in ("http", "https")
        return (f"<{written}>" if self._style.escaped else written) if usable else ""


def _taken_back(data: Data) -> str:
    """That something was told before, and what becomes of it; nothing of what was only too early to say."""
    verdict, before = _text(data, "verdict"), _text(data, "replaces")
    if verdict == "misread":
        return _("We had told of an edit; there was none.")
    if verdict == "removed_before_expected" and _text(data, "supersedes"):
        before = "removed"
    if not before or before == "unsettled":
        return ""
    words = verdict_words(before)
    if verdict in _ADDS:
        return _("This adds to what we told before: “%(words)s”.", words=words)
    if before in _ACCUSES and verdict not in _ACCUSES:
        return _("This takes back what we told before: “%(words)s”.", words=words)
    return _("This takes the place of what we told before: “%(words)s”.", words=words)


def _once_an_edit(events: Sequence[Data]) -> list[Data]:
    """Of each edit the last that a digest says of it: what came before nobody was told, so it corrects nothing."""
    last = {_edit(event): place for place, event in enumerate(events)}
    here, told = {_text(event, "id") for event in events}, []
    followed = {_text(event, "supersedes") for event in events}
    for event in (events[place] for place in sorted(last.values())):
        if _text(event, "id") in followed:
            continue
        was_told = _text(event, "supersedes") not in here or _text(event, "verdict") == "misread"
        told.append(event if was_told else {**event, "supersedes": None, "replaces": None})
    return told


def _edit(event: Data) -> str:
    """What tells apart that an event is about: an edit has a place of its own on our page, all else is told apart."""
    link = _text(event, "link")
    return link if "#" in link else _text(event, "id")


def _sample(data: Data) -> Iterator[str]:
    """What comes first in a sample."""
    if data.get("sample") is True:
        yield _("This is a test that somebody asked for: nothing of the kind has happened.")


def _in_zone(at: datetime, since: datetime | None = None, *, fine: bool = False) -> str:
    """ "24 Nov 2026, 14:02 UTC"; without the date if it is that of `since`; `fine`: with seconds."""
    same_day = since is not None and since.date() == at.date()
    name = at.tzname() or ""
    zone = f"UTC{name}" if name[:1] in ("+", "-") else gettext(name)
    clock = f"{at:%H:%M}" if same_day else minute(at)
    return _("%(at)s %(zone)s", at=f"{clock}:{at:%S}" if fine else clock, zone=zone)


def _and_more(count: int) -> str:
    return _("and %(count)s more", count=number(count)) if count > 0 else ""


def _fitted(lines: Sequence[str], link: str, room: int) -> str:
    """As many lines as there is room for above the link."""
    for kept in range(len(lines), -1, -1):
        text = "\n".join(filter(None, (*lines[:kept], "…" if kept < len(lines) else "", link)))
        if len(text) <= room:
            return text
    return ""


def _text(data: Data, key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _count(data: Data, key: str) -> int:
    value = data.get(key)
    return value if isinstance(value, int) else 0
