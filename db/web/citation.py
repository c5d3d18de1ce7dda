"""A comparison as lines to be copied: who, what, when, on what evidence, and where anybody can check it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changes.wording import verdict_words
from db.web.shown import instant, replied, window

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from db.web.comparison import Comparison


def citation(page: Comparison, headline: str, address: str) -> str:
    """The lines; empty where the two versions are not an earlier and a later one of one article.

    Args:
        headline: as it may be published.
        address: of the comparison, for everybody.
    """
    if not page.one_article or page.before["number"] >= page.after["number"]:
        return ""
    return "\n".join(" ".join(line.split()) for line in _lines(page, headline, address))


def _lines(page: Comparison, headline: str, address: str) -> Iterator[str]:
    sides = (page.before, page.after)
    yield f"“{headline}”, {page.after['source']}"
    yield f"Article: {page.after['address']}"
    yield "Versions: " + " and ".join(f"{row['number']}, first seen {instant(row['seen_at'])}" for row in sides)
    yield f"When: {_when(page)}"
    for name, row in zip(("before", "after"), sides, strict=True):
        yield f"Stand {name}, as printed: {row['stand_raw'] or 'none'}"
    yield f"Seen: {_said(page)}"
    yield from map(replied, page.judgements[0].replies if page.judgements else ())
    for row in sides:
        yield from _hashes(row)
    yield f"Recorded by Nachtrag: {address}"
    yield f"Accessed: {instant(page.read_at)}"


def _when(page: Comparison) -> str:
    if not page.one_reader:
        return "no edit need lie between them, the page was read in two ways"
    if not page.consecutive:
        return f"in several steps, not later than {instant(page.after['not_after'])}"
    if page.after["kind"] == "held":
        return "not told, this version is held until it is known why the site is not read as before"
    return "".join(words for words, _instant in window(page.after["not_before"], page.after["not_after"]))


def _said(page: Comparison) -> str:
    if not page.judgements:
        return "no ruling was made from the one to the other"
    ruling = page.judgements[0].row
    settled = "settled" if ruling["settled"] else "not settled, more looks may change it"
    row = f"row {ruling['rule']} of the table, version {ruling['rule_version']}"
    return f"{verdict_words(ruling['verdict'])} ({row}, said {instant(ruling['at'])}, {settled})"


def _hashes(row: sqlite3.Row) -> Iterator[str]:
    page = f"SHA-256 of the page, version {row['number']}"
    yield f"{page}: {row['page_sha256'] or 'none, the page was not kept'}"
    if row["kept_sha256"] and row["kept_sha256"] != row["page_sha256"]:
        yield f"{page}, as kept without readers' comments: {row['kept_sha256']}"
