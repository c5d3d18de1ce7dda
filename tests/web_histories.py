"""Histories of articles that the sample has not: hundreds of versions, months of quiet, stretches without a page.

`python -m tests.web_histories FILE` adds one of each to a sample, for looking at their pages in a browser.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db.rows import json_of
from scraper.article import Clock, Covers
from tests.web_sample import LOOK, START, insert, insert_clocks, minute

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Step:
    """A version: when it was seen, what stands on it, its headline, its Stand in minutes after START."""

    at: float
    verdict: str = "first"
    headline: str = "Ein Damm bricht"
    stand: float | None = None
    stand_raw: str = ""
    stand_lasts: float = 1
    modified: float | None = None
    kind: str = "changed"


@dataclass(frozen=True, slots=True)
class Run:
    """Looks that came to the same."""

    outcome: str
    first: float
    last: float
    count: int = 1


def add_history(
    con: sqlite3.Connection, steps: list[Step], runs: list[Run], comments: Sequence[tuple[float, int | None]] = ()
) -> int:
    """Add an article with these versions and looks; says its number."""
    number = con.execute("SELECT max(id) + 1 FROM articles").fetchone()[0]
    url = f"https://www.elbkurier.example/geschichte-{number}.html"
    insert(
        con, "articles", id=number, url=url, fetch_url=url, host="www.elbkurier.example", source_id=2,
        first_seen_at=minute(steps[0].at - 1), next_visit_at=minute(runs[-1].last + 60),
        last_visited_at=minute(runs[-1].last), last_read_at=minute(runs[-1].last),
        last_changed_at=minute(steps[-1].at) if len(steps) > 1 else None,
    )  # fmt: skip
    insert(
        con, "listings", source_id=2, article_id=number, title="", first_listed_at=minute(0), last_listed_at=minute(1)
    )
    before = None
    for place, step in enumerate(steps, start=1):
        before = _revision(con, number, place, step, before)
    for run in runs:
        seen = None if run.outcome in ("failed", "unreadable", "suspect", "gone") else before
        insert(
            con, "observations", article_id=number, revision_id=seen, outcome=run.outcome, count=run.count,
            first_at=minute(run.first), last_at=minute(run.last), **LOOK,
        )  # fmt: skip
    for at, count in comments:
        insert(con, "comment_counts", article_id=number, at=minute(at), count=count)
    con.execute("UPDATE articles SET revision_id = ? WHERE id = ?", [before, number])
    return number


def _revision(con: sqlite3.Connection, article_id: int, number: int, step: Step, before: int | None) -> int:
    clocks = []
    raw = step.stand_raw
    if step.stand is not None:
        start = START + timedelta(minutes=step.stand)
        raw = raw or f"Stand: {start + timedelta(hours=1):%d.%m.%Y %H:%M} Uhr"
        clocks.append(Clock("stand", Covers(start, start + timedelta(minutes=step.stand_lasts)), raw))
    if step.modified is not None:
        start = START + timedelta(minutes=step.modified)
        clocks.append(Clock("modified_ld", Covers(start, start + timedelta(seconds=1)), start.isoformat()))
    row = {
        "article_id": article_id, "number": number, "kind": "first" if number == 1 else step.kind,
        "seen_at": minute(step.at), "not_before": minute(step.at - 2) if number > 1 else None,
        "not_after": minute(step.at), "topline": "", "headline": step.headline, "standfirst": "", "authors": "[]",
        "notes": "[]", "language": "de", "read_with": "sample/1", "stand_raw": raw, "words": 2, "words_added": 1,
        "words_removed": 1, "excerpt": "[-alt-] {+neu+}", "stand_only": 0, "clocks_before": "[]", "fingerprint": "f",
        "page_sha256": "0" * 64, "previous_hash": "0" * 64, "hash": "1" * 64, "before_id": before,
        "stand_at": minute(step.stand) if step.stand is not None else None,
    }  # fmt: skip
    revision_id = insert(con, "revisions", **row)
    insert_clocks(con, revision_id, clocks)
    if number > 1:
        insert(
            con, "rulings", revision_id=revision_id, at=minute(step.at), verdict=step.verdict, rule=22, rule_version=3,
            settled=1, evidence=json_of([["Stand", raw]]), supersedes=None, not_before=minute(step.at - 2),
            not_after=minute(step.at), previous_hash="0", hash="1",
        )  # fmt: skip
    return revision_id


DAY = 24 * 60.0
EDITED_THEN_QUIET = [
    Step(0, stand=-12, modified=-12),
    Step(20, "announced", stand=18, modified=18),
    Step(31, "unmarked", stand=18, modified=30),
    Step(55, "unmarked_headline", "Damm bricht, Stadt unter Wasser", stand=18, modified=54),
    Step(95, "minor", "Damm bricht, Stadt unter Wasser", stand=18, modified=54),
    Step(140, "stand_only", "Damm bricht, Stadt unter Wasser", stand=139, modified=139),
    Step(20 * DAY, "disclosed", "Damm bricht, Stadt unter Wasser", stand=20 * DAY - 8, modified=20 * DAY - 8),
]
QUIET = [Run("new", 0, 9, 2), Run("same", 12, 20 * DAY - 60, 210), Run("same", 20 * DAY, 90 * DAY, 140)]
TESTED = [
    Step(0, stand=0, headline="Damm bricht"),
    *(
        Step(30 + 20 * turn, "variant", ("Warum der Damm brach", "Damm bricht")[turn % 2], stand=0, kind="changed")
        for turn in range(7)
    ),
]
LIVE = [
    Step(0, stand=-3, modified=-3),
    *(
        Step(
            4.0 * number, "unmarked" if number % 41 == 0 else "announced" if number % 13 == 0 else "live",
            stand=4.0 * (number - number % 3) - 3, modified=4.0 * number - 1,
        )
        for number in range(1, 260)
    ),
]  # fmt: skip
TROUBLED = [
    Step(0, stand=-400, stand_raw="24.11.2026", stand_lasts=DAY),
    Step(100, "unstamped", stand_raw="vor 2 Stunden"),
    Step(620, "undecidable", stand=600, stand_raw="24.11.2026, 17.00 Uhr"),
]
TROUBLES = [
    Run("new", 0, 50, 6), Run("changed", 100, 180, 9), Run("failed", 190, 260, 4), Run("unreadable", 275, 275),
    Run("same", 300, 390, 8), Run("suspect", 410, 410), Run("gone", 425, 560, 5), Run("returned", 620, 700, 5),
]  # fmt: skip


def main() -> None:
    """Add them."""
    with closing(sqlite3.connect(sys.argv[1])) as con, con:
        counts = [(float(at), None if 500 < at < 600 else at * 3 % 1100) for at in range(0, 1030, 10)]
        print(
            add_history(con, EDITED_THEN_QUIET, QUIET, [(0, 0), (60, 40), (200, 61), (DAY, 64)]),
            add_history(con, TESTED, [Run("same", 0, 400, 40)]),
            add_history(con, LIVE, [Run("same", 0, 1040, 400)], counts),
            add_history(con, TROUBLED, TROUBLES),
        )


if __name__ == "__main__":
    main()
