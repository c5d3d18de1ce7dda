"""Doubts and drifts look by look, on a site of eight articles: what is held, for how long, and what is told then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.store.routings import due_events
from db.store.rulings import due_rulings
from tests.host import GOOD, HOST, URLS, Host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_STAND = {**GOOD, "text": "Sechs Tote.", "clocks": {"modified_ld": "08:00"}}
NO_COMMENTS = {**GOOD, "comment_count": None}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Host]:
    made = Host(tmp_path / "n.db")
    yield made
    made.world.store.close()


def test_a_loss_is_held_and_others_are_asked(site: Host) -> None:
    site.look(0, **NO_STAND)
    assert site.told() == []
    assert site.asked_again() == ["2", "3", "4", "5", "6", "7"]
    held = site.world.rows("SELECT kind, number FROM revisions WHERE article_id = 1 ORDER BY id")
    assert [(row["kind"], row["number"]) for row in held] == [("first", 1), ("held", 2)]
    for number in (2, 3, 4, 5, 6):
        site.look(number)
    assert site.asked_again() == ["0", "7"]
    site.look(0, **NO_STAND)
    assert site.told() == [("article.changed", "unstamped")]
    assert site.world.rows("SELECT * FROM doubts") == []
    assert site.drifts() == []


def test_the_same_loss_is_kept_once_however_often_it_is_seen(site: Host) -> None:
    for _ in range(3):
        site.look(0, **NO_STAND)
    assert site.world.rows("SELECT count(*) AS n FROM revisions WHERE kind = 'held'") == [{"n": 1}]


def test_a_loss_that_was_a_passing_fault_leaves_no_trace_in_what_counts(site: Host) -> None:
    site.look(0, **NO_STAND)
    site.look(0)
    assert site.told() == []
    assert site.world.rows("SELECT * FROM doubts") == []
    assert site.world.rows("SELECT revision_id FROM articles WHERE id = 1") == [{"revision_id": 1}]


def test_a_doubt_that_nobody_clears_is_over_after_an_hour(site: Host) -> None:
    site.look(0, **NO_STAND)
    site.world.wait(minutes=61)
    site.look(0, **NO_STAND)
    assert site.told() == [("article.changed", "unstamped")]


def test_five_losses_are_a_drift_that_holds_everything_and_is_told_once(site: Host) -> None:
    for number in range(5):
        site.look(number, **NO_STAND)
    site.look(5, text="Neun Tote.", clocks={"stand": "09:00", "modified_ld": "09:00"})
    site.look(6, comment_count=40)
    site.look(7, **NO_STAND)
    assert site.told() == [("operations.drift", "")]
    assert site.drifts() == [{"holds": 1, "lost": "stand: 5", "ended_by": ""}]
    for number in (*range(5), 7):
        site.look(number)
    assert site.drifts()[0]["ended_by"] == "readings"
    site.look(5, text="Neun Tote.", clocks={"stand": "09:00", "modified_ld": "09:00"})
    assert site.told()[1:] == [("article.changed", "announced")]


def test_an_article_that_stays_as_it_is_after_a_drift_is_told_and_makes_no_other(site: Host) -> None:
    for number in range(5):
        site.look(number, **NO_STAND)
    for number in (0, 1, 2, 3, 5, 6, 7):
        site.look(number)
    assert site.drifts()[0]["ended_by"] == "readings"
    assert site.asked_again() == ["4"]
    site.look(4, **NO_STAND)
    assert site.told() == [("operations.drift", ""), ("article.changed", "unstamped")]
    assert len(site.drifts()) == 1


def test_losses_hours_apart_are_no_drift(site: Host) -> None:
    for number in range(5):
        site.look(number, **NO_STAND)
        for other in range(5, 8):
            site.look(other)
        site.world.wait(hours=3)
    assert site.drifts() == []


def test_pages_that_cannot_be_read_are_a_drift_too(site: Host) -> None:
    for number in range(5):
        site.fail(number)
    assert site.told() == [("operations.drift", "")]
    for _ in range(3):
        site.fail(5)
    assert site.told() == [("operations.drift", "")]


def test_comment_counts_alone_hold_nothing_back(site: Host) -> None:
    for number in range(6):
        site.look(number, **NO_COMMENTS)
    assert site.drifts() == [{"holds": 0, "lost": "comments: 5", "ended_by": ""}]
    site.look(6, text="Neun Tote.", clocks={"stand": "09:00", "modified_ld": "09:00"})
    assert site.told() == [("operations.drift", ""), ("article.changed", "announced")]
    for number in range(6):
        site.fail(number)
    assert site.drifts()[0]["holds"] == 1
    assert len(site.told()) == 2


def test_a_new_article_of_a_drifting_site_waits(site: Host) -> None:
    for number in range(5):
        site.look(number, **NO_STAND)
    site.world.poll(*URLS, f"https://{HOST}/8")
    URLS.append(f"https://{HOST}/8")
    try:
        site.look(8)
        assert site.told()[1:] == []
        for number in range(8):
            site.look(number)
        site.look(8)
        assert [verdict for _, verdict in site.world.told()[8:]] == ["", "discovered"]
    finally:
        URLS.pop()


def test_rulings_and_events_of_a_drifting_site_wait(site: Host) -> None:
    store, now = site.world.store, site.world.now
    store.call(lambda con: con.execute("UPDATE events SET routed_at = ?", [now.isoformat()]))
    site.look(6, text="Neun Tote.", clocks={"stand": "09:00", "modified_ld": "09:00"})
    store.call(lambda con: con.execute("UPDATE revisions SET rule_at = ? WHERE kind = 'changed'", [now.isoformat()]))
    for number in range(5):
        site.look(number, **NO_STAND)
    later = site.world.wait(hours=1).now
    assert [due.news.type for due in store.call(due_events, 10)] == ["operations.drift"]
    assert store.call(due_rulings, later, 10) == []
    for number in range(8):
        site.look(number, **({} if number != 6 else {"text": "Neun Tote.", "clocks": {"stand": "09:00"}}))
    assert [due.news.type for due in store.call(due_events, 10)] == ["article.changed", "operations.drift"]
    assert len(store.call(due_rulings, site.world.now, 10)) == 1


# How each article of a site with few of them is read; what that is taken for, and what is told in the end.
FEW = {
    "both of two": (["stand", "stand"], "drift", []),
    "one of two": (["stand", "good"], "", ["unstamped"]),
    "two of three": (["stand", "page", "good"], "drift", []),
    "one of three": (["good", "stand", "good"], "", ["unstamped"]),
    "two of four": (["stand", "good", "stand", "good"], "", ["unstamped", "unstamped"]),
    "three of four": (["stand", "good", "stand", "page"], "drift", []),
    "one that is alone": (["stand"], "", ["unstamped"]),
    "two that are gone": (["gone", "gone"], "", ["removed", "removed"]),
    "two whose comments are gone": (["comments", "comments"], "", []),
}


@pytest.mark.parametrize(("read", "taken_for", "told"), FEW.values(), ids=FEW.keys())
def test_a_site_with_few_articles_drifts_when_most_of_them_do(
    read: list[str], taken_for: str, told: list[str], tmp_path: Path
) -> None:
    site = Host(tmp_path / "n.db", len(read))
    looks = {
        "stand": lambda number: site.look(number, **NO_STAND),
        "comments": lambda number: site.look(number, **NO_COMMENTS),
        "good": site.look,
        "page": site.fail,
        "gone": site.miss,
    }
    for _ in range(2):
        for number, how in enumerate(read):
            looks[how](number)
    assert [row["holds"] for row in site.drifts()] == ([1] if taken_for else [])
    assert [verdict for kind, verdict in site.told() if kind.startswith("article")] == told
    site.world.store.close()


def test_two_live_blogs_that_double_are_no_drift(tmp_path: Path) -> None:
    site = Host(tmp_path / "n.db", 2)
    for hour, words in enumerate((400, 900, 2000), start=9):
        for number in (0, 1, 0, 1):
            site.look(number, text="Wort " * words, clocks={"stand": f"{hour:02}:00"})
    assert site.drifts() == []
    assert [verdict for _, verdict in site.told()] == ["announced"] * 6
    site.world.store.close()
