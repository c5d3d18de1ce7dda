"""All stamps of a page: what readers see, what JSON-LD, meta tags and microdata say. A `Sheet` in, `Clock`s out.

A stamp that cannot be understood stays, with its text and `covers` None. The visible "as of" stamp alone is `stand`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scraper import stamps
from scraper.article import Clock, Covers
from scraper.passing import is_counter
from scraper.read.head import MODIFIED, PUBLISHED
from scraper.read.phrases import BYLINE
from scraper.read.placed import in_its_zone, on_its_day, with_its_year
from scraper.read.stamp_lines import SOURCE, is_of_figures, is_stamp_line
from scraper.read.text import clean, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from scraper.article import ClockKind
    from scraper.read.around import Around
    from scraper.read.outline import Line
    from scraper.read.sheet import Sheet
    from scraper.site_profile import ClockRule

_LONGEST = 200
_LABEL_LINE = 40
_DATE_LINE = 60
_PUBLISHED = ("published_ld", "published_meta", "published_microdata")
_NEVER, _DAY = datetime(1900, 1, 1, tzinfo=UTC), timedelta(days=1)
_PART = re.compile(r"\s+[|/•·–—-]\s+|\s*[|•·]\s*|,\s+(?=\d+\s[^\W\d]{5})|:\s+(?=[^\W\d])")
_DIGIT = re.compile(r"\d")
_MINUTE, _CLOSE = timedelta(minutes=1), timedelta(minutes=10)
_BAR = re.compile(r"\s*[|·•]\s*")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_SENTENCE_END = re.compile(r"[^\W\d]{3}[.!?:]$")
_SHORT = 25
_WORDS = re.compile(r"[^\W\d]{4}")
_WORD = re.compile(r"[^\W\d_]{3,}")
# More stamps than that in one line are a list.
_MARKED = 4


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as printed, and the lines that hold nothing else.

    Attributes:
        covers: what the page itself says beside the printed words that they mean, else None.
        loose: the words alone mean something else at every look: "5 minutes ago", a time without a day.
    """

    raw: str
    lines: frozenset[int]
    covers: Covers | None = None
    loose: bool = False


def machine_clocks(sheet: Sheet) -> list[Clock]:
    """What JSON-LD and meta tags or microdata say."""
    head = sheet.head
    published, modified = head.name_of(*PUBLISHED), head.name_of(*MODIFIED)
    said: tuple[tuple[ClockKind, str], ...] = (
        ("published_ld", sheet.linked.published),
        ("modified_ld", sheet.linked.modified),
        ("published_microdata" if published in head.microdata else "published_meta", head.first(published)),
        ("modified_microdata" if modified in head.microdata else "modified_meta", head.first(modified)),
    )
    return [Clock(kind, stamps.lasting(raw, sheet.zone, sheet.now), raw) for kind, raw in said if raw]


def clock_of(sheet: Sheet, kind: ClockKind, raw: str) -> Clock:
    """A stamp that readers see."""
    if stamps.is_time_alone(raw):
        said = stamps.covers(raw, sheet.zone, sheet.now)
        return Clock(kind, on_its_day(sheet, said, machine_clocks(sheet)), raw)

    dated = with_its_year(sheet, raw, machine_clocks(sheet))

    def meaning(zone: ZoneInfo) -> Covers | None:
        return stamps.lasting(dated, zone, sheet.now)

    return Clock(kind, in_its_zone(sheet, dated, meaning, machine_clocks(sheet)), raw)


def stand_clock(sheet: Sheet, stand: Stamp) -> Clock:
    """The clock that an "as of" stamp is."""
    return Clock("stand", stand.covers, stand.raw) if stand.covers else clock_of(sheet, "stand", stand.raw)


def stand_among(sheet: Sheet, around: Around) -> Stamp | None:
    """The "as of" stamp: of several that are the article's own the latest, as any of them may tell of an edit.

    Relative words and times without a day only where nothing else is printed, and right by the text. What stands bare
    over the headline may be the stamp of a series or of a bar: it counts only where nothing speaks against it.
    """
    own = list(_all(sheet, around.own))
    firm = [stamp for stamp in own if not stamp.loose]
    if firm:
        return max(firm, key=lambda stamp: _starts(sheet, stamp))
    others = (stamp for stamp in _all(sheet, around.others) if not stamp.loose)
    bare = (
        stamp
        for line in around.bare
        for stamp in _all(sheet, [line])
        if not stamp.loose and _is_likely(sheet, around, line, stamp)
    )
    return next(others, None) or next(bare, None) or next(iter(own), None)


def _is_likely(sheet: Sheet, around: Around, line: Line, stamp: Stamp) -> bool:
    """Machines are told that moment; or none of an update, no other date is printed, and the line says nothing else."""
    covers = stamp.covers or stamps.covers(stamp.raw, sheet.zone, sheet.now)
    told = machine_clocks(sheet)
    if covers is None:
        return False
    if any(covers.start - _CLOSE <= clock.covers.start < covers.end + _CLOSE for clock in told if clock.covers):
        return True
    printed = published_among(sheet, [other for other in around.head if other is not line], None)
    beside = line.text.replace(stamp.raw, "", 1)
    beside = beside.replace(stamps.find_published(beside) or "", "")
    return printed is None and not _WORDS.search(beside) and all(clock.kind in _PUBLISHED for clock in told)


def unfolded(sheet: Sheet, lines: list[Line]) -> Stamp | None:
    """A bare date that unfolds to "First published on …" when it is clicked at is that of the last update."""
    for line in lines:
        summary = line.box.up("summary")
        if summary is None or summary.parent is None or not _is_bare_date(sheet, line.text):
            continue
        first = next((raw for other in lines if other is not line and other.box.within(summary.parent)
                      and (raw := stamps.find_published(other.text))), "")  # fmt: skip
        shown, said = (stamps.covers(raw, sheet.zone, sheet.now) for raw in (line.text, first))
        if shown and said and shown.last_end > said.start:
            return Stamp(line.text, frozenset((line.at,)))
    return None


def _is_bare_date(sheet: Sheet, text: str) -> bool:
    labelled = stamps.is_updated_label(text) or stamps.find_published(text)
    return len(text) <= _DATE_LINE and not labelled and _is_date(sheet, text)


def stamps_alone(sheet: Sheet, lines: Iterable[Line]) -> frozenset[int]:
    """Lines that hold nothing but an "as of" stamp: of a weather box, say, where it moves by itself. What says whose
    stamp it is, "Preise, Stand: …", is text.
    """
    found = ((line, stamp) for line in lines if (stamp := _in_words(sheet, line, None)))
    return frozenset(at for line, stamp in found if not _says_more(sheet, line, stamp) for at in stamp.lines)


def _says_more(sheet: Sheet, line: Line, stamp: Stamp) -> bool:
    rest = line.text.replace(stamp.raw, "", 1)
    rest = rest.replace(stamps.find_published(rest) or "", "")
    return len(_WORD.findall(rest)) > 1 or _is_of_figures(sheet, line, stamp)


def _all(sheet: Sheet, lines: list[Line]) -> Iterator[Stamp]:
    """As marked up, else in words. What is older than the article is the date of something that it tells of."""
    published = [clock.covers for clock in machine_clocks(sheet) if clock.kind in _PUBLISHED and clock.covers]
    # Some pages were published in the year 1.
    oldest = max(min((covers.start for covers in published), default=_NEVER), _NEVER) - _DAY
    for line, after in pairwise([*lines, None]):
        stamp = _marked(sheet, line) or _in_words(sheet, line, after) if line is not None else None
        if line is None or stamp is None or _is_of_figures(sheet, line, stamp):
            continue
        if _starts(sheet, stamp, unread=oldest) >= oldest:
            yield stamp


def _is_of_figures(sheet: Sheet, line: Line, stamp: Stamp) -> bool:
    """ "Stand der Daten: …", "Preise, Stand: …", and the source under a table: as of when its numbers hold."""
    if is_of_figures(line.text.partition(stamp.raw)[0], stamp.raw):
        return True
    return bool(SOURCE.match(line.text) and line.at and sheet.page.lines[line.at - 1].box.up("table", "figure"))


def _starts(sheet: Sheet, stamp: Stamp, unread: datetime = _NEVER) -> datetime:
    covers = stamp.covers or stamps.covers(stamp.raw, sheet.zone, sheet.now)
    return covers.end if covers else unread


def _marked(sheet: Sheet, line: Line) -> Stamp | None:
    """In a `<time>` that says what it means: "10/07/2026" is read in two ways, and "updated 16:01" names no day."""
    if len(line.text) <= _LONGEST and (_DIGIT.search(line.text) or stamps.is_updated_label(line.text)):
        for node in line.box.node.css("time[datetime]")[:_MARKED]:
            raw = next((text for text in _labelled(node) if stamps.find_updated(text) == text), "")
            said = stamps.covers(node.attributes.get("datetime") or "", sheet.zone, sheet.now)
            if raw and said is not None and _says(sheet, text_of(node), raw, said):
                start = said.start.replace(second=0, microsecond=0)
                lines_alone = frozenset((line.at,)) if _fills(line, raw) else frozenset[int]()
                return Stamp(raw, lines_alone, Covers(start, start + _MINUTE))
    return None


def _labelled(node: LexborNode) -> list[str]:
    """The element's words, and those with what stands before them."""
    text = text_of(node)
    around = text_of(node.parent) if node.parent is not None else ""
    return [text, around[: around.find(text) + len(text)]] if text else []


def _says(sheet: Sheet, text: str, raw: str, said: Covers) -> bool:
    """Whether the printed words hold that time of day, or, with their label (`raw`), are as old as that or younger, as
    the page may have been written some time ago: a machine's stamp may belong to something else."""
    if stamps.is_relative(raw):
        words = stamps.lasting(raw, sheet.zone, sheet.now)
        return words is not None and said.end - said.start <= _MINUTE and said.start <= words.end
    local = said.start.astimezone(sheet.zone)
    return f"{local:%H:%M}" in text or f"{local.hour}:{local:%M}" in text or f"{local:%H.%M}" in text


def _in_words(sheet: Sheet, line: Line, after: Line | None) -> Stamp | None:
    """An "as of" stamp. Its label may stand on the line before."""
    if len(line.text) > _LONGEST or line.link_share > 0.9:
        return None
    stamped = _stamped(sheet, line)
    if stamped is not None:
        return stamped
    if after is not None and _is_label(line.text) and len(after.text) <= _DATE_LINE:
        raw = _tight(sheet, stamps.find_updated(f"{line.text} {after.text}") or "")
        if stamps.covers(raw, sheet.zone, sheet.now):
            return Stamp(raw, frozenset((line.at, after.at)), loose=not _holds_still(sheet, raw))
    return None


def _stamped(sheet: Sheet, line: Line) -> Stamp | None:
    """The "as of" stamp in one line."""
    for text in (line.text, _apart(line)) if len(line.nodes) > 1 else (line.text,):
        found = _latest(sheet, text)
        if found and (longer := _latest(sheet, _apart(line)) or "").endswith(found) and longer in text:
            found = longer  # "Anna BeispielZuletzt aktualisiert: …"
        if found is None or stamps.begins_sentence(found, sheet.now):
            continue
        raw = _tight(sheet, found)
        if _holds_still(sheet, raw):
            whole = _fills(line, raw) or _is_listed(line, raw) or is_stamp_line("", line.text, sheet.now)
            lines = frozenset((line.at,)) if whole else frozenset[int]()
            return Stamp(raw, lines) if _opens(line, raw) else None
        beside = _beside_a_day(sheet, line, text, raw)
        if beside is not None:
            return beside
        if _is_loose(raw) and _opens(line, raw):
            return Stamp(raw, frozenset((line.at,)) if _fills(line, raw) else frozenset[int](), loose=True)
    return None


def _is_loose(raw: str) -> bool:
    return stamps.is_relative(raw) or stamps.is_time_alone(raw)


def _latest(sheet: Sheet, text: str) -> str | None:
    """Of two stamps on one line, "Stand: …, aktualisiert: …", the later."""
    first = stamps.find_updated(text)
    other = stamps.find_updated(text.partition(first)[2]) if first else None
    if first is None or other is None:
        return first
    one, two = (stamps.covers(raw, sheet.zone, sheet.now) for raw in (first, other))
    return other if one and two and two.start > one.start else first


def _beside_a_day(sheet: Sheet, line: Line, text: str, raw: str) -> Stamp | None:
    """ "25.11.2026, 09:00 Uhr, aktualisiert 10:05 Uhr": the line says the day once, for both."""
    if len(text) > (_DATE_LINE if line.running else _LONGEST):
        return None
    before, _, after = text.partition(raw)
    beside = before if _DIGIT.search(before) else after

    def meaning(zone: ZoneInfo) -> Covers | None:
        return stamps.covers_beside(raw, beside, zone, sheet.now)

    covers = in_its_zone(sheet, beside, meaning, machine_clocks(sheet))
    lines = frozenset((line.at,)) if len(text) <= _DATE_LINE else frozenset[int]()
    return Stamp(raw, lines, covers) if covers is not None else None


def _apart(line: Line) -> str:
    """The line with a space between its elements, which style alone may set apart: "20 Apr 2026Updated 12:44"."""
    return " ".join(clean(node.text(deep=False)) for node in line.nodes)


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL_LINE and stamps.is_updated_label(text) and not _DIGIT.search(text)


def _fills(line: Line, raw: str) -> bool:
    """Next to nothing stands beside the stamp, or another one: "Published 2 March, updated 3 March". The few words of
    "Update of 3 March: it has come." are not nothing.
    """
    rest = line.text.replace(raw, "", 1)
    published = stamps.find_published(rest) or ""
    return len(rest) - len(published) < (25 if not line.running else 12 if published else 6)


def _opens(line: Line, raw: str) -> bool:
    """In a sentence of the text, "Stand" is just a word."""
    short = not line.running or line.text.find(raw) <= 3 or len(line.text) - len(raw) < _SHORT or _fills(line, raw)
    return short or _is_listed(line, raw)


def _is_listed(line: Line, raw: str) -> bool:
    """Names and another stamp stand before it, each apart: "By Anna Beispiel | PUBLISHED: … | UPDATED: …", and labels
    behind it.
    """
    before, _, after = " | ".join(clean(node.text(deep=False)) for node in line.nodes).partition(raw)
    before = before.replace(stamps.find_published(before) or "", "")
    pieces = [piece.strip() for piece in _BAR.split(before)]
    apart = not pieces[-1] and all(
        len(piece) < _SHORT or BYLINE.match(piece) or _MAIL.fullmatch(piece) for piece in pieces
    )
    labels = [piece for part in _BAR.split(after) if (piece := part.strip())]
    if not apart or any(_SENTENCE_END.search(piece) for piece in pieces) or (labels and not _BAR.match(after)):
        return False
    return all(is_counter(one) or (len(one) < _SHORT and not _SENTENCE_END.search(one)) for one in labels)


def stand_in(sheet: Sheet, text: str) -> str:
    """The "as of" stamp in a text, without what stands beside it; empty if there is none that keeps its meaning."""
    found = stamps.find_updated(text)
    if found is None:
        return ""
    raw = _tight(sheet, found)
    return raw if _holds_still(sheet, raw) else ""


def _tight(sheet: Sheet, raw: str) -> str:
    """ "Stand: 1.2.2026 | 14:05 Uhr | 12 comments" without what adds nothing to the time."""
    whole = stamps.covers(raw, sheet.zone, sheet.now)
    parts = [match.start() for match in _PART.finditer(raw)]
    for end in parts:
        short, rest = raw[:end], raw[end:]
        if rest[0] == "," and not is_counter(rest[1:]):
            continue
        if (_DIGIT.search(short) or stamps.is_relative(short)) and (
            whole is None or stamps.covers(short, sheet.zone, sheet.now) == whole
        ):
            return short
    return raw


def _holds_still(sheet: Sheet, raw: str) -> bool:
    """ "5 minutes ago" and a time without a day mean something else at every look: no clock can be made of them."""
    later = sheet.now + timedelta(days=1)
    return stamps.names_a_day(raw) or stamps.covers(raw, sheet.zone, sheet.now) == stamps.covers(raw, sheet.zone, later)


def published_among(sheet: Sheet, lines: list[Line], stand: Stamp | None) -> Stamp | None:
    """The first "published" stamp, or the first line that is nothing but a date, the "as of" stamp apart."""
    for line in lines:
        text = _beside(line, stand)
        if len(text) > _LONGEST or line.link_share > 0.9 or not _DIGIT.search(text):
            continue
        raw = stamps.find_published(text) or (text if len(text) <= _DATE_LINE and not line.running else "")
        if raw and not stamps.is_updated_label(raw) and _is_date(sheet, raw):
            alone = len(text) - len(raw) < 25
            return Stamp(raw, frozenset((line.at,)) if alone else frozenset())
    return None


def _beside(line: Line, stand: Stamp | None) -> str:
    """What the line says besides the "as of" stamp; a stamp over two lines leaves nothing of them."""
    if stand is None or line.at not in stand.lines:
        return line.text
    return line.text.replace(stand.raw, "").strip(" |•·–—-,;()/") if stand.raw in line.text else ""


def _is_date(sheet: Sheet, raw: str) -> bool:
    return stamps.covers(raw, sheet.zone, sheet.now) is not None and _holds_still(sheet, raw)


def ruled_clock(sheet: Sheet, rule: ClockRule) -> Clock | None:
    """A stamp that a profile says where to find."""
    for node in sheet.tree.css(rule.selector):
        held = [node.attributes.get(name) or "" for name in rule.attributes] or [text_of(node)]
        raw = clean(next((value for text in held if (value := _value(text, rule.keys))), ""))
        if raw:
            readable = raw.removesuffix("Z") if rule.z_is_false else raw
            return Clock(rule.kind, stamps.lasting(readable, ZoneInfo(rule.zone), sheet.now), raw)
    return None


def _value(json_text: str, keys: tuple[str, ...]) -> str:
    """The text at the first of these keys, wherever in the JSON it stands; without keys, all of it."""
    if not keys:
        return json_text
    for key in keys:
        if match := re.search(rf'"{re.escape(key)}"\s*:\s*"([^"]*)"', json_text):
            return match[1]
    return ""
