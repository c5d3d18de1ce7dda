"""Ruling on all edits again, as after an upgrade with another table."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from changes.case import Patience
from db.store.rulings import asked_again, record_again, settled_revisions
from schedules.judge import judge_again
from tests.product import Inside, Product
from tests.site import PAGE, Site
from tests.world import MARKED, SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.world import World

OLDER_TABLE = "UPDATE rulings SET verdict = 'undecidable', rule = 17, rule_version = 1 WHERE verdict = 'announced'"
OLDER_ACCUSATION = "UPDATE rulings SET verdict = 'unmarked', rule = 22, rule_version = 1 WHERE verdict = 'announced'"
# As rules kept it for which a notice of several sentences explained itself.
OLDER_LINKS = (
    "UPDATE edits SET explains_id = revision_id, meaning_version = 1 WHERE explains_id IS NOT NULL",
    "UPDATE rulings SET verdict = 'unmarked', rule = 22, rule_version = 1 WHERE verdict = 'disclosed_late'",
)
NOTICE = "Korrektur: Hier hieß es zunächst, dies sei Fassung Nummer 1. Richtig ist Nummer 2; wir hatten uns verzählt."


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with Site(3) as site:
        made = Inside(tmp_path, Tagblatt=site.feed)
        made.once()
        site.edit(1)
        made.once()
        site.edit(2, stamp=False)
        site.edit(2, stamp=False)
        made.once()
        yield made


def test_rulings_that_the_table_makes_again_stay(product: Product) -> None:
    assert product.run("rejudge").stdout == "2 edits ruled on again, all as before\n"
    assert len(product.query("SELECT id FROM rulings")) == 2


@pytest.mark.parametrize(("options", "told"), [((), 0), (("--tell",), 1)])
def test_a_ruling_of_an_older_table_is_replaced(product: Product, options: tuple[str, ...], told: int) -> None:
    with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
        con.execute(OLDER_TABLE)
    done = product.run("rejudge", *options)
    assert done.stdout == "2 edits ruled on again, 1 of them otherwise\n  undecidable → announced: 1\n"
    assert ("nobody was told" in done.stderr) == (not told)
    (ruled,) = product.query("SELECT verdict FROM rulings WHERE supersedes IS NOT NULL")
    assert ruled["verdict"] == "announced"
    assert len([event for event in product.events() if event["type"] == "article.ruled"]) == told
    assert product.run("rejudge").stdout == "2 edits ruled on again, all as before\n"


def test_an_accusation_that_is_taken_back_is_told_in_any_case(product: Product) -> None:
    with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
        con.execute(OLDER_ACCUSATION)
    done = product.run("rejudge")
    assert "unmarked → announced: 1" in done.stdout
    assert done.stderr == ""
    (told,) = (event for event in product.events() if event["type"] == "article.ruled")
    assert told["verdict"] == "announced"


def test_an_accusation_that_would_still_wait_today_is_taken_back(product: Product) -> None:
    product.config.write_text(product.config.read_text("utf-8").replace('settle = "0s"', 'settle = "60m"'), "utf-8")
    done = product.run("rejudge")
    assert done.stdout == "2 edits ruled on again, 1 of them otherwise\n  unmarked → unsettled: 1\n"
    (told,) = (event for event in product.events() if event["type"] == "article.ruled")
    (first,) = (event for event in product.events() if event["verdict"] == "unmarked")
    assert (told["verdict"], told["supersedes"], told["replaces"]) == ("unsettled", first["id"], "unmarked")
    assert product.run("rejudge").stdout == "1 edit ruled on again, all as before\n"  # it is open again


def again(world: World) -> list[tuple[str, str]]:
    """What `rejudge` says otherwise: the verdict before and the one that takes its place."""
    became = []
    for number in world.store.read(settled_revisions):
        due = world.store.read(asked_again, number, world.now)
        result = judge_again(due, world.patience, world.now)
        if result.ruling is not None and world.store.call(record_again, due, result, tell=False):
            became.append((due.verdict, str(result.ruling.verdict)))
    return became


def stands(world: World) -> dict[str, Any]:
    (row,) = world.rows(
        """SELECT u.verdict, u.settled, u.evidence, r.rule_at IS NOT NULL AS open FROM rulings u
           JOIN revisions r ON r.id = u.revision_id
           WHERE u.id = (SELECT max(id) FROM rulings WHERE revision_id = 2)"""
    )
    return {**row, "evidence": dict(json.loads(str(row["evidence"])))}


def settle(world: World, **page: object) -> None:
    for _ in range(8):
        world.wait(minutes=20).look(**page)
        world.judge()


def test_what_is_taken_back_says_why_waits_on_and_is_said_again_when_it_has_settled(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    hasty.patience = Patience()
    assert again(hasty) == [("unmarked", "unsettled")]
    found = stands(hasty)
    assert (found["verdict"], found["settled"], found["open"]) == ("unsettled", 0, 1)
    assert "looks, a second connection, a look past all caches" in found["evidence"]["taken back for want of"]
    assert again(hasty) == []
    settle(hasty, **SILENT)
    assert [verdict for kind, verdict in hasty.told() if kind == "article.ruled"] == ["unsettled", "unmarked"]


def test_what_can_no_longer_settle_stays_taken_back(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    hasty.wait(minutes=30).look(**{**SILENT, "text": "Acht Tote."})
    hasty.patience = Patience()
    assert again(hasty) == [("unmarked", "unsettled")] * 2
    found = stands(hasty)
    assert (found["verdict"], found["open"]) == ("unsettled", 0)
    assert found["evidence"]["will not settle"] == "a later version replaced this one"


CLOCK_OFF = timedelta(minutes=4)
WITNESSES = "INSERT INTO hosts (host, clock_offset_seconds, clock_checked_at) VALUES (?, 0.1, ?)"


def test_an_accusation_stays_when_what_it_rested_on_can_no_longer_be_asked(world: World) -> None:
    """Other hosts confirmed our clock that day; the article changed since; a cache brought a copy of before."""
    world.wait(minutes=30)
    for name in ("a.example", "b.example"):
        world.store.call(lambda con, name=name: con.execute(WITNESSES, [name, world.now.isoformat()]))
    for _ in range(9):
        world.look(**SILENT, date=world.now - CLOCK_OFF)
        world.judge()
        world.wait(minutes=20)
    assert stands(world)["verdict"] == "unmarked"
    eight = {"text": "Acht Tote.", "clocks": {"stand": "16:20", "modified_ld": "16:20"}}
    world.wait(hours=1).look(**eight)
    world.wait(minutes=2).look(**SILENT, etag='"1"')
    world.wait(days=3).look(**eight)
    world.judge()
    assert [row["outcome"] for row in world.rows("SELECT outcome FROM observations ORDER BY id")][-2:] == [
        "old_copy",
        "same",
    ]
    assert again(world) == []
    assert stands(world)["verdict"] == "unmarked"


def test_caches_that_proved_staler_since_take_an_accusation_back(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    settle(world, **SILENT)
    assert stands(world)["verdict"] == "unmarked"
    world.look(**{**MARKED, "text": "Acht Tote."})
    world.store.call(lambda con: con.execute("UPDATE hosts SET stale_seconds = 36000"))
    assert again(world) == [("unmarked", "unsettled")]
    assert stands(world)["evidence"]["taken back for want of"] == "time"


def test_what_the_outlet_usually_does_is_counted_anew(product: Product) -> None:
    """As a program counted for which every edit that a notice tells of had moved the Stand."""
    counted = product.query("SELECT edits, edits_stand_moved FROM sources ORDER BY id")
    with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
        con.execute("UPDATE sources SET edits = 31, edits_stand_moved = 31")
    product.run("rejudge")
    assert product.query("SELECT edits, edits_stand_moved FROM sources ORDER BY id") == counted


def test_an_edit_is_ruled_on_by_the_notice_that_names_it_though_older_rules_kept_no_link(tmp_path: Path) -> None:
    with Site(1) as site:
        made = Inside(tmp_path, Tagblatt=site.feed)
        made.once()
        site.edit(1, stamp=False)
        made.once()
        site.stories[1].design = PAGE.replace("</article>", f"<p>{NOTICE}</p></article>")
        made.once()
        with closing(sqlite3.connect(tmp_path / "n.db")) as con, con:
            for statement in OLDER_LINKS:
                assert con.execute(statement).rowcount == 1
        assert made.run("rejudge").stdout == (
            "2 edits ruled on again, 1 of them otherwise\n  unmarked → disclosed_late: 1\n1 edit weighed again\n"
        )
        links = made.query("SELECT revision_id, explains_id, verdict FROM edits ORDER BY revision_id")
        assert [tuple(row.values()) for row in links] == [(2, None, "disclosed_late"), (3, 2, "disclosed")]
