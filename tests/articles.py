"""Short ways to write readings, edits and looks in tests and in data files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from changes.case import Case, Patience
from changes.change import BackTo, ClockPractice, Course, Edit, LateNotice, LateStand, Looks, Practice, Window
from changes.compare import compare
from scraper.article import Article, Block, Clock, Covers, Image

if TYPE_CHECKING:
    from scraper.feeds.entry import Feed

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """ "14:05" or "14:05:30" on the day of the tests, or a whole ISO instant."""
    if "-" not in text:
        return datetime.combine(NOON.date(), time.fromisoformat(text), UTC)
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def clock(kind: str, text: str) -> Clock:
    """A clock from "14:05", "2026-11-24" (a day), "?words" (unreadable), "14:05|as printed", two readings apart by "~",
    or the stretch that relative words leave open, "11:45..13:31"."""
    text, _, printed = text.partition("|")
    if text.startswith("?"):
        return Clock(kind, None, text[1:])
    if len(text) == 10:
        start = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return Clock(kind, Covers(start, start + timedelta(days=1)), printed or text)
    start, _, end = text.partition("..")
    if end:
        return Clock(kind, Covers(at(start), at(end)), printed or text)
    first, _, second = text.partition("~")
    start = at(first)
    covers = Covers(start, start + timedelta(minutes=1), at(second) if second else None)
    return Clock(kind, covers, printed or f"{kind} {text}")


def article(**given: object) -> Article:
    """A reading: `text` is paragraphs apart by "|", "## " a subhead, "! " a note; `clocks` a table kind → text."""
    marks = {"## ": "subhead", "! ": "note", "> ": "quote", "- ": "list_item"}
    blocks = []
    for part in str(given.get("text", "Ein Absatz.|Noch ein Absatz.")).split("|"):
        kind = marks.get(part[:2] if part[:2] in marks else part[:3], "paragraph")
        blocks.append(Block(kind, part.lstrip("#!>- ") if kind != "paragraph" else part))
    clocks = dict(given.get("clocks", {}))
    return Article(
        url="https://zeitung.example/a",
        topline=str(given.get("topline", "")),
        headline=str(given.get("headline", "Eine Schlagzeile")),
        standfirst=str(given.get("standfirst", "")),
        authors=tuple(given.get("authors", ())),
        blocks=tuple(blocks),
        images=tuple(Image("https://zeitung.example/b.jpg", "", *pair) for pair in given.get("images", ())),
        notes=(),
        clocks=tuple(clock(kind, text) for kind, text in clocks.items()),
        comment_count=given.get("comment_count"),
        comments=(),
        language=given.get("language", "de"),
        read_with=str(given.get("read_with", "generic/1")),
        warning=str(given.get("warning", "")),
        live=bool(given.get("live", False)),
    )


def without_clocks(feed: Feed) -> Feed:
    """A feed without the stamps as it wrote them."""
    return replace(feed, entries=tuple(replace(entry, clocks=()) for entry in feed.entries))


def _late_notice(said: str) -> LateNotice:
    """ "13:25 Korrektur: …"."""
    when, words = said.split(" ", 1)
    return LateNotice(words, at(when))


def case(before: dict[str, object], after: dict[str, object], seen: dict[str, object]) -> Case:
    """A case for the table. `seen`: nb, na, now as "14:05"; looks, connections, uncached; and flags of the edit."""
    old, new = article(**before), article(**{**before, **after})
    na = at(str(seen.get("na", "12:00")))
    nb = seen.get("nb", "11:30")
    names = ("open_stand_move", "replaced", "site_text", "shared")
    course = Course(
        **{name: bool(seen.get(name, False)) for name in names},
        followed=str(seen.get("followed", "")),
        unstamped=str(seen.get("unstamped", "")),
        burst=tuple(seen["burst"]) if "burst" in seen else None,
        back_to=BackTo(1, at("08:00"), at(str(seen["back_since"]))) if "back_since" in seen else None,
        turns=int(seen.get("turns", 0)),
        title_looks=int(seen.get("title_looks", 9)),
        title_known=bool(seen.get("title_known", False)),
        apart=timedelta(seconds=int(seen.get("apart", 600))),
        notices=tuple(seen.get("notices", ())),
        late_notice=_late_notice(str(seen["late_notice"])) if "late_notice" in seen else None,
        late_stand=LateStand("Stand: spät", at(str(seen["late_stand"]))) if "late_stand" in seen else None,
    )
    course = replace(course, outside=tuple(clock(*said.split(" ", 1)) for said in seen.get("outside", [])))
    window = Window(at(str(nb)) if nb else None, na)
    edit = Edit(old, new, compare(old, new), window, variant=bool(seen.get("variant", False)), course=course)
    looks = Looks(
        count=int(seen.get("looks", 4)),
        connections=int(seen.get("connections", 3)),
        uncached=int(seen.get("uncached", 1)),
        since=at(str(seen.get("since", seen.get("na", "12:00")))),
        until=at(str(seen.get("until", seen.get("now", "13:30")))),
        clock_ok=bool(seen.get("clock_ok", True)),
        pages_kept=bool(seen.get("pages_kept", True)),
        others=bool(seen.get("others", True)),
        compared=bool(seen.get("compared", True)),
    )
    waiting = timedelta(minutes=int(seen.get("settle", 60)))
    patience = Patience(settle=waiting, cache_allowance=timedelta(minutes=15), looks=3)
    machines = [ClockPractice(*item) for item in seen.get("machines", [])]
    delay = timedelta(seconds=int(seen.get("stamp_delay", 0)))
    practice = Practice(int(seen.get("edits", 0)), int(seen.get("stand_moved", 0)), tuple(machines), delay)
    allowance = timedelta(minutes=int(seen.get("allowance", 15)))
    return Case(edit, looks, practice, patience, allowance, at(str(seen.get("now", "13:30"))))
