"""What rulings and weights rest on, in words for the reader.

It is kept as short English sentences with values in them, each made by one place of `changes`: the sentences here are
the same, with names for the values, so that what was kept long ago is told in any language, too. What none of them fits
is shown as it was kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changes.case import ENOUGH
from changes.ruling import QUOTING
from db.words.language import _, gettext, ngettext, reader
from db.words.written import instant, number, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

CLOCKS: Mapping[str, str] = {
    "stand": "Stand (visible)",
    "published": "Publication date (visible)",
    "published_ld": "datePublished (JSON-LD)",
    "modified_ld": "dateModified (JSON-LD)",
    "published_meta": "Published (meta tag)",
    "modified_meta": "Modified (meta tag)",
    "published_microdata": "Published (microdata)",
    "modified_microdata": "Modified (microdata)",
    "published_tracking": "Publication time (tracking data)",
    "editorial": "Last editorial update (tracking data)",
    "published_feed": "Published (feed)",
    "feed": "Updated (feed)",
    "published_sitemap": "publication_date (news sitemap)",
    "sitemap": "lastmod (sitemap)",
    "http": "Last-Modified (HTTP)",
    "api": "date (API of the site)",
}

# The names of evidence.
NAMES = (
    "reader", "variant", "text", "equals version", "within two days", "two looks", "live blog", "Stand",
    "captions or credits", "stamp", "on other articles of the site", "other articles of the site", "notice",
    "note of the editors", "no Stand on", "note", "machines were told",
    "dates for machines that stayed", "stamps beside the page",
    "practice of the outlet", "Stand before", "Stand after", "other clocks", "struck through on the page",
    "looks at the new version", "looks at the new version by then", "will not settle",
    "waits for", "notices", "pages read again", "read again", "redesign", "listed spellings", "notice came",
    "window", "headline", "taken back for want of",
)  # fmt: skip

# What evidence says, where it does not quote the page.
SAYINGS = (
    "%(old)s → %(new)s words",
    "no. %(number)s, first seen %(instant)s; another text stood for %(span)s",
    "to and fro %(number)s times",
    "%(seconds)s s apart",
    "language or page variant differs",
    "an entry that stood there was changed, moved or taken away",
    "moved after %(span)s, to %(raw)s",
    "after %(span)s",
    "moved alone, within a day of an edit it had not shown",
    "moved alone, long after an edit it had not shown",
    "followed the Stand before it had settled",
    "an edit seen with the Stand before may be later than that",
    "may have changed where it is cut off, perhaps by a wall",
    "same wall time, another zone or the doubled hour",
    "%(span)s ahead of our clock",
    "%(changed)s of %(looked)s looked at since were changed at the same time, without their Stands",
    "both sides",
    "the old text",
    "the new text",
    "not known in the language of this page (%(code)s): one may have come",
    "cannot be read",
    "its form changed",
    "stamp earlier than window",
    "the visible publication date moved",
    "the Stand had moved a look earlier",
    "moved, but it cannot be said which way",
    "may lie within what is printed",
    "may be a box: has next to no words of the article",
    "a post from elsewhere came or went: its platform or a consent may do that",
    "%(span)s: a change may have come and gone in it",
    "not known: a change may have come and gone in it",
    "had stood there before: two may be tried out",
    "seen %(number)s times in a row before and %(new)s after: two may be tried out",
    "what came, went or changed stands on one, too: perhaps it is the site's",
    "too few were read within a day to tell an edit from a change of the site",
    "not known yet",
    "none moved",
    "none",
    "Stand moved in %(moved)s of %(edits)s settled edits",
    "too few settled edits to tell (%(edits)s)",
    "a later version replaced this one",
    "both pages say the same",
    "they say something else than they were read as",
    "the page kept with revision %(number)s, of %(instant)s",
    "a page that could not be read then, of %(instant)s",
    "the site was found changed at %(instant)s",
)
# What a ruling may still wait for.
LACKING = (
    "time", "looks", "a second connection", "a look past all caches", "a clock that others confirm", "both raw answers",
    "looks at other articles of the site", "looks at the new headline", "a look just now",
)  # fmt: skip

# Why an edit weighs as it does; `kind` is a tag, `words` are the article's.
REASONS = (
    "every sentence stayed in its place",
    "only spelling or punctuation changed",
    "only the style of characters or spacing changed",
    "a correction notice came or changed",
    "a correction notice went",
    "%(kind)s came (%(words)s)",
    "%(kind)s went (%(words)s)",
    "%(kind)s changed (%(words)s)",
    "%(kind)s changed in a sentence that stood (%(words)s)",
    "half of the text or more was taken out or written anew",
    "the headline was written anew",
    "a sentence was taken out",
    "%(number)s sentences were taken out",
    "half of the text or more is new",
    "text was added",
    "text was moved",
    "wording changed",
    "%(kind)s changed",
    "only what pages change by themselves changed",
)

# What a value may be; any other is a few words.
_SHAPES = {
    **dict.fromkeys(("number", "old", "new", "seconds", "moved", "edits", "changed", "looked"), r"\d+"),
    "span": r"(?:\d+ h )?\d+ min",
    "instant": r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d UTC",
    "kind": "number|date|name|quotation|attribution|negation|hedge|picture|caption|update notice",
}
_PLACE = re.compile(r"%\((\w+)\)s")
_SEEN = re.compile(r"(\d+) (?:looks? )?(?:on|over) (\d+) connections?, (\d+) past all caches")
# How long after an edit the page told of it, by a notice or by its Stand.
_DELAYS = {
    "notice came": re.compile(r"after (?:(\d+) h )?(\d+) min"),
    "Stand": re.compile(r"moved after (?:(\d+) h )?(\d+) min, to .*", re.DOTALL),
}
_MINUTES_OF_DAYS = 48 * 60
_STAND_MOVED_IN = re.compile(r"Stand moved in \d+ of (\d+) settled edits")
# As an earlier program called it, when it had not looked beside the page.
_RENAMED = {"machines were not told": "dates for machines that stayed"}
_MOVED_IN = re.compile(r"(\w+) moved in (\d+) of (\d+) settled edits")


def _pattern(saying: str) -> str:
    """A sentence as it was kept, its values by name."""
    parts = _PLACE.split(saying)
    return "".join(
        f"(?P<{part}>{_SHAPES.get(part, '.+?')})" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )


_KEPT = [(re.compile(_pattern(saying), re.DOTALL), saying) for saying in SAYINGS]
_WHY = [(re.compile(_pattern(reason), re.DOTALL), reason) for reason in REASONS]
# A quotation may have so many.
_MOST_PARTS = 12


def evidence(what: str, value: str) -> tuple[str, str, str]:
    """A pair of evidence in words for people, and the language of its value where that is not the reader's."""
    what = _RENAMED.get(what, what)
    seen = _SEEN.fullmatch(value) if what == "looks at the new version" else None
    name = gettext("looks at the new version by then" if seen else what)
    told = _looks(seen) if seen else _told(what, value)
    strange = told is None and what not in _QUOTING and reader().language != "en"
    return name[:1].upper() + name[1:], value if told is None else told, "en" if strange else ""


def because(reasons: str) -> str:
    """Why an edit weighs as it does: "number changed (5 → 7); text was added"."""
    parts = reasons.split("; ")
    # From the end, what can be told from each part on: words of the article may have a "; " of their own.
    told: dict[int, list[str]] = {len(parts): []}
    for start in range(len(parts) - 1, -1, -1):
        for end in range(start + 1, min(start + _MOST_PARTS, len(parts)) + 1):
            reason = _reason("; ".join(parts[start:end])) if end in told else None
            if reason is not None:
                told[start] = [reason, *told[end]]
                break
    return "; ".join(told[0]) if 0 in told else reasons


def _reason(kept: str) -> str | None:
    found = next(((match, reason) for pattern, reason in _WHY if (match := pattern.fullmatch(kept))), None)
    if found is None:
        return None
    match, reason = found
    values = match.groupdict()
    return _(reason, **{name: gettext(text) if name == "kind" else text for name, text in values.items()})


def delay(pairs: Iterable[tuple[str, str]]) -> int | None:
    """How many minutes after an edit the page told of it, as far as a ruling rests on that."""
    found = (pattern.fullmatch(value) for what, value in pairs if (pattern := _DELAYS.get(what)))
    return next((60 * int(match[1] or 0) + int(match[2]) for match in found if match), None)


def delayed(minutes: int) -> str:
    """ "after 1 h 25 min", "after 13 days", "after less than 1 min"."""
    if minutes == 0:
        return _("after less than 1 min")
    if minutes >= _MINUTES_OF_DAYS:
        days, rest = divmod(minutes, 1_440)
        said = ngettext("after %(num)s day", "after %(num)s days", days) % {"num": number(days)}
        return f"{said} {rest // 60} h" if rest >= 60 and days < 10 else said
    hours, rest = divmod(minutes, 60)
    return _("after %(span)s", span=f"{hours} h {rest} min" if hours else f"{rest} min")


def clock(kind: str) -> str:
    """Which stamp of a page that is."""
    return gettext(CLOCKS.get(kind, kind))


# Values that are the page's own words, or names of programs.
_QUOTING = (*QUOTING, "Stand before", "Stand after", "reader")


def _told(what: str, value: str) -> str | None:
    """The words for a value; None where it is shown as it was kept."""
    if what in _QUOTING:
        return gettext(value) if value == "none" else None
    special = _SPECIAL.get(what)
    told = special(value) if special else None
    return told or next((_filled(saying, match) for kept, saying in _KEPT if (match := kept.fullmatch(value))), None)


def _filled(saying: str, match: re.Match[str]) -> str:
    values = match.groupdict()
    return _(saying, **{name: _value(name, text) for name, text in values.items()})


def _value(name: str, text: str) -> str:
    if name == "instant":
        return instant(text.removesuffix(" UTC").replace(" ", "T") + "+00:00")
    if _SHAPES.get(name) == r"\d+" and name != "seconds":
        return number(int(text))
    return text


def _looks(seen: re.Match[str]) -> str:
    looks, connections, uncached = map(int, seen.groups())
    return _(
        "%(looks)s over %(connections)s, %(uncached)s past all caches",
        looks=tally(looks, "look"),
        connections=tally(connections, "connection"),
        uncached=uncached,
    )


def _clock_moves(value: str) -> str | None:
    """ "kind before → after; kind before → after"."""
    return None if value == "none moved" else "; ".join(map(_clock_move, value.split("; ")))


def _clock_move(move: str) -> str:
    kind, space, rest = move.partition(" ")
    before, arrow, after = rest.partition(" → ")
    stamps = arrow.join(gettext(text) if text == "none" else text for text in ((before, after) if arrow else (before,)))
    return f"{clock(kind)}{space}{stamps}"


def _not_told(value: str) -> str | None:
    found = [_MOVED_IN.fullmatch(part) for part in value.split("; ")]
    if not all(found):
        return None
    return "; ".join(
        _(
            "%(clock)s moved in %(moved)s of %(edits)s settled edits",
            clock=clock(match[1]),
            moved=number(int(match[2])),
            edits=number(int(match[3])),
        )
        for match in found
        if match
    )


def _practice(value: str) -> str | None:
    """Of a few edits, rulings of older tables told a share, too."""
    found = _STAND_MOVED_IN.fullmatch(value)
    few = found is not None and int(found[1]) < ENOUGH
    return _("too few settled edits to tell (%(edits)s)", edits=found[1]) if found and few else None


def _waited_for(value: str) -> str | None:
    parts = value.split(", ")
    return ", ".join(map(gettext, parts)) if all(part in LACKING for part in parts) else None


_SPECIAL: Mapping[str, Callable[[str], str | None]] = {
    "other clocks": _clock_moves,
    "machines were told": _clock_moves,
    "dates for machines that stayed": _not_told,
    "stamps beside the page": _clock_moves,
    "practice of the outlet": _practice,
    "waits for": _waited_for,
    "taken back for want of": _waited_for,
}
