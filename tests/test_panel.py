"""The panel: who belongs to it is settled when an article is first read, and its rates beside those of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.store.planning import keep_planned, planned_of
from db.work import Outcome, Sighting
from schedules.applying import apply
from schedules.config import load
from schedules.planner import Budget, Planner, in_panel
from tests.articles import NOON
from tests.test_planner import item
from tests.world import OLD, URL, World

if TYPE_CHECKING:
    from pathlib import Path

    from db.work_planning import Planned

NEW = Sighting(Outcome.NEW, status=200)
MORE = """
INSERT INTO articles (url, host, fetch_url, source_id, first_seen_at) VALUES (?, 'zeitung.example', ?, 1, '2026')
"""
HOUR = timedelta(hours=1)
INSIDE = next(number for number in range(999) if in_panel(item(number).url, 0.05))
OUTSIDE = next(number for number in range(999) if not in_panel(item(number).url, 0.9))


def first_read(number: int, share: float, *, paid: bool = True) -> Planned:
    return Planner(Budget(panel=share), {}, NOON).after(item(number), NEW, NOON, paid=paid)


def why(of: Planned, share: float) -> str:
    at = replace(of, last_visited_at=NOON)
    return Planner(Budget(panel=share), {}, NOON).next_look(at, NOON + HOUR).why


@pytest.mark.parametrize(("then", "now"), [(0.05, 0.0), (0.05, 1.0), (0.9, 0.01)])
def test_who_belongs_is_settled_when_an_article_is_first_read(then: float, now: float) -> None:
    """Else a share that is changed would bring in, or let go, articles that were looked at otherwise until then."""
    assert first_read(INSIDE, then).panel == (True, then)
    assert why(first_read(INSIDE, then), now) == "panel"
    assert first_read(OUTSIDE, then).panel == (False, then)
    assert why(first_read(OUTSIDE, then), now) != "panel"


def test_articles_with_an_interval_of_their_own_are_not_asked() -> None:
    assert first_read(INSIDE, 0.05, paid=False).panel is None


def test_it_is_kept_with_the_article(hasty: World) -> None:
    hasty.look(**OLD)
    row = "SELECT * FROM articles WHERE id = 1"
    known = hasty.store.read(lambda con: planned_of(con, con.execute(row).fetchone(), 1, "Zeitung", hasty.now))
    assert known.panel is None
    hasty.store.call(keep_planned, [replace(known, panel=(False, 0.05))])
    kept = hasty.store.read(lambda con: planned_of(con, con.execute(row).fetchone(), 1, "Zeitung", hasty.now))
    assert kept.panel == (False, 0.05)
    shown = hasty.rows("SELECT panel, panel_share FROM articles_now")
    assert shown == [{"panel": 0, "panel_share": 0.05}]


def test_what_a_feed_says_moves_no_look_of_the_panel(hasty: World) -> None:
    """Else a panel article of an outlet that stamps its feed would be looked at oftener, and found edited oftener."""

    def article() -> tuple[str, int]:
        row = hasty.rows("SELECT next_visit_at, hinted FROM articles")[0]
        return str(row["next_visit_at"]), int(row["hinted"])

    hasty.look(**OLD)
    hasty.poll(URL, updated=hasty.now)
    fixed = text_of(hasty.now + 4 * HOUR)
    hasty.store.call(lambda con: con.execute("UPDATE articles SET panel = 1, next_visit_at = ?, hinted = 0", [fixed]))
    hasty.poll(URL, updated=hasty.now + HOUR)
    assert article() == (fixed, 1), "what the feed says is tried all the same"
    hasty.store.call(lambda con: con.execute("UPDATE articles SET panel = 0"))
    hasty.poll(URL, updated=hasty.now + 2 * HOUR)
    assert article() == (text_of(hasty.now), 1)


def test_rates_of_both_stand_side_by_side(hasty: World) -> None:
    hasty.wait(minutes=30).look(**{**OLD, "text": "Sieben Tote.", "clocks": {"stand": "12:30"}})
    for name in "bcd":
        url = f"https://zeitung.example/{name}"
        hasty.store.call(lambda con: con.execute(MORE, [url, url]))  # noqa: B023 -- called at once
    hasty.store.call(lambda con: con.execute("UPDATE articles SET panel = id < 3, panel_share = 0.05 WHERE id < 4"))
    rows = hasty.rows(
        "SELECT panel, panel_share, articles, edits, edits_per_article, looks_per_article FROM panel_rates"
    )
    assert rows == [
        {
            "panel": 0,
            "panel_share": 0.05,
            "articles": 1,
            "edits": 0,
            "edits_per_article": 0.0,
            "looks_per_article": 0.0,
        },
        {
            "panel": 1,
            "panel_share": 0.05,
            "articles": 2,
            "edits": 1,
            "edits_per_article": 0.5,
            "looks_per_article": 1.0,
        },
    ]


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ('revisit = "15s"', {"revisit_seconds": 15.0, "cron": ""}),
        ('cron = "0 6 * * 1-5"', {"revisit_seconds": None, "cron": "0 6 * * 1-5"}),
        ("", {"revisit_seconds": None, "cron": ""}),
    ],
)
def test_fixed_times_are_known_to_who_reads_the_database(
    hasty: World, tmp_path: Path, more: str, kept: dict[str, object]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[[sources]]\nname = "Zeitung"\nfeed = "https://zeitung.example/feed.xml"\n{more}\n', "utf-8")
    hasty.store.call(apply, load(path), hasty.now)
    assert hasty.rows("SELECT revisit_seconds, cron FROM sources WHERE name = 'Zeitung'") == [kept]
    assert hasty.rows("SELECT value FROM meta WHERE key IN ('looks', 'watch_days', 'per_day') ORDER BY key") == [
        {"value": "30"}, {"value": ""}, {"value": "30"},
    ]  # fmt: skip
