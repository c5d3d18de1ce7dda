"""A comparison as lines to be copied: who, what, when, on what evidence, and where anybody can check it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.web.shown import delayed, outlet, replied, verdict_words
from db.web.stands import in_utc
from db.words.language import _, pgettext
from db.words.written import instant, window

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from db.web.comparison import Comparison


def citation(page: Comparison, headline: str, address: str) -> str:
    """The lines; empty where the two versions are not an earlier and a later one of one article.

    Args:
        headline: as it may be published; empty where none may, where it was erased, and where the page had none.
        address: of the comparison, for everybody.
    """
    if not page.one_article or page.before["number"] >= page.after["number"]:
        return ""
    return "\n".join(" ".join(line.split()) for line in _lines(page, headline, address))


def _lines(page: Comparison, headline: str, address: str) -> Iterator[str]:
    sides = (page.before, page.after)
    yield _title(page.after, headline)
    yield _("Article: %(address)s", address=page.after["address"])
    yield _(
        "Versions: %(before)s, first seen %(before_at)s and %(after)s, first seen %(after_at)s",
        before=page.before["number"],
        before_at=instant(page.before["seen_at"]),
        after=page.after["number"],
        after_at=instant(page.after["seen_at"]),
    )
    yield _("When: %(when)s", when=_when(page))
    before, after = map(_stand, sides)
    yield _("Stand before, as printed: %(stand)s", stand=before)
    yield _("Stand after, as printed: %(stand)s", stand=after)
    yield _("Seen: %(said)s", said=_said(page))
    yield from map(replied, page.judgements[0].replies if page.judgements else ())
    for row in sides:
        yield from _hashes(row)
    yield _("Recorded by Nachtrag: %(address)s", address=address)
    yield _("Accessed: %(at)s", at=instant(page.read_at))


def _title(row: sqlite3.Row, headline: str) -> str:
    """What is cited. Only what the page printed stands in quotation marks."""
    source, taken_down_at = outlet(row["source"]), row["taken_down_at"]
    if headline:
        return _("“%(headline)s”, %(source)s", headline=headline, source=source)
    if taken_down_at:
        return _("Headline erased by us %(at)s, %(source)s", at=instant(taken_down_at), source=source)
    return _("No headline on the page, %(source)s", source=source) if not row["headline"] else source


def _stand(row: sqlite3.Row) -> str:
    if not row["stand_raw"]:
        return pgettext("Stand", "none")
    means = in_utc(row["stand_raw"], row["stand_moment"])
    return f"{row['stand_raw']} (= {means})" if means else str(row["stand_raw"])


def _when(page: Comparison) -> str:
    if not page.one_reader:
        return _("no edit need lie between them, the page was read in two ways")
    if not page.consecutive:
        return _("in several steps, not later than %(at)s", at=instant(page.after["not_after"]))
    if page.after["kind"] == "held":
        return _("not told, this version is held until it is known why the site is not read as before")
    return "".join(words for words, _instant in window(page.after["not_before"], page.after["not_after"]))


def _said(page: Comparison) -> str:
    if not page.judgements:
        return _("no ruling was made from the one to the other")
    ruling, delay = page.judgements[0].row, page.judgements[0].delay
    return _(
        "%(verdict)s (row %(rule)s of the table, version %(version)s, said %(at)s, %(settled)s)",
        verdict=verdict_words(ruling["verdict"]) + ("" if delay is None else f", {delayed(delay)}"),
        rule=ruling["rule"],
        version=ruling["rule_version"],
        at=instant(ruling["at"]),
        settled=_("settled") if ruling["settled"] else _("not settled, more looks may change it"),
    )


def _hashes(row: sqlite3.Row) -> Iterator[str]:
    number, sha256 = row["number"], row["page_sha256"] or _("none, the page was not kept")
    yield _("SHA-256 of the page, version %(number)s: %(sha256)s", number=number, sha256=sha256)
    if row["kept_sha256"] and row["kept_sha256"] != row["page_sha256"]:
        yield _(
            "SHA-256 of the page, version %(number)s, as kept without readers' comments: %(sha256)s",
            number=number,
            sha256=row["kept_sha256"],
        )
