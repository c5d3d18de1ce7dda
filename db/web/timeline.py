"""What the picture on an article's page and the history of its headlines are made of, read from the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from db.web.drawing import drawing
from db.web.headlines import headlines
from db.web.picture import Away, Shown, Stamp
from db.web.shown import is_open
from db.words.causes import is_wall

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from db.web.drawing import Drawing
    from db.web.headlines import Headline

# Of a live blog: the newest ones, which is said.
_MOST = 1_000
_RUNS = 2_000
_HEADLINES = 40

_VERSIONS = """
SELECT r.id, r.number, r.seen_at, r.headline, r.kind, r.before_id, r.stand_raw, r.not_before, r.not_after,
    coalesce((SELECT g.verdict FROM rulings g WHERE g.revision_id = r.id ORDER BY g.id DESC LIMIT 1), r.kind) AS said
FROM revisions r WHERE r.article_id = ? ORDER BY r.number DESC LIMIT ?
"""
_CLOCKS = """
SELECT c.revision_id, c.kind, c.starts_at, c.ends_at, c.raw FROM revisions r
JOIN revision_clocks c ON c.revision_id = r.id WHERE r.article_id = ? AND r.number >= ? ORDER BY r.number, c.position
"""
_RUN_ROWS = (
    "SELECT outcome, error_code, first_at, last_at FROM observations WHERE article_id = ? ORDER BY id DESC LIMIT ?"
)

# What a look that did not show the article came to, the weightier last.
_MISSING, _UNREAD = ("suspect", "gone"), ("failed", "unreadable", "walled")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture (None where there is nothing to draw) and the headlines, newest first.

    Attributes:
        left_out: how many older versions are in neither.
        more_headlines: how many older headlines are not listed.
    """

    drawing: Drawing | None
    headlines: tuple[Headline, ...]
    left_out: int
    more_headlines: int


def timeline(con: sqlite3.Connection, article_id: int, counts: Sequence[tuple[str, int | None]]) -> Timeline:
    """Read it; `counts` are (at, comments), oldest first."""
    rows = con.execute(_VERSIONS, [article_id, _MOST]).fetchall()[::-1]
    first = rows[0]["number"] if rows else 1
    stamps: defaultdict[int, list[Stamp]] = defaultdict(list)
    for clock in con.execute(_CLOCKS, [article_id, first]):
        stamps[clock["revision_id"]].append(Stamp(clock["kind"], clock["starts_at"], clock["ends_at"], clock["raw"]))
    shown = [_shown(row, stamps[row["id"]]) for row in rows]
    runs = con.execute(_RUN_ROWS, [article_id, _RUNS]).fetchall()[::-1]
    away = _away([run for run in runs if not rows or run["last_at"] >= rows[0]["seen_at"]] if first > 1 else runs)
    told = headlines(rows)
    worth_it = shown and (len(shown) > 1 or away or any(count for _at, count in counts))
    return Timeline(
        drawing=drawing(shown, counts, away, _looks(rows, runs)) if worth_it else None,
        headlines=tuple(told[: -_HEADLINES - 1 : -1]),
        left_out=first - 1,
        more_headlines=max(len(told) - _HEADLINES, 0),
    )


def _looks(rows: Sequence[sqlite3.Row], runs: Sequence[sqlite3.Row]) -> tuple[str, str]:
    """The first look, at those versions at least, and the last."""
    seen = [row["seen_at"] for row in rows]
    firsts = [] if rows and rows[0]["number"] > 1 else [run["first_at"] for run in runs[:1]]
    return min(seen + firsts, default=""), max([*seen, *(run["last_at"] for run in runs[-1:])], default="")


def _certain(stamp: Stamp) -> Stamp:
    """The stamp, without instants where it leaves open when."""
    if stamp.starts_at and stamp.ends_at and is_open(stamp.starts_at, stamp.ends_at):
        return Stamp(stamp.kind, None, None, stamp.raw)
    return stamp


def _shown(row: sqlite3.Row, stamps: Sequence[Stamp]) -> Shown:
    stand = next((stamp for stamp in stamps if stamp.kind == "stand"), Stamp("stand", None, None, row["stand_raw"]))
    return Shown(
        id=row["id"],
        number=row["number"],
        at=row["seen_at"],
        said=row["said"],
        before_id=row["before_id"] or 0,
        stand=_certain(stand),
        clocks=tuple(_certain(stamp) for stamp in stamps if stamp.kind != "stand"),
    )


def _away(runs: Sequence[sqlite3.Row]) -> list[Away]:
    """The stretches in which the article was not seen; each ends with the look that saw it again."""
    found: list[Away] = []
    ends = [*(after["first_at"] for _run, after in pairwise(runs)), runs[-1]["last_at"] if runs else ""]
    for run, end in zip(runs, ends, strict=False):
        what = "walled" if run["outcome"] == "unreadable" and is_wall(run["error_code"]) else run["outcome"]
        kinds = next((kinds for kinds in (_MISSING, _UNREAD) if what in kinds), None)
        if kinds is None:
            continue
        if found and found[-1].to_at == run["first_at"] and found[-1].what in kinds:
            before = found.pop()
            found.append(Away(before.from_at, end, max(before.what, what, key=kinds.index)))
        else:
            found.append(Away(run["first_at"], end, what))
    return found
