"""Pages that come again with nothing but noise: they are not read, but for one in so many, and never on a host where
that was once wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.store.imprints import TRIED, keep_imprint
from db.store.people import status
from db.store.takedown import take_down
from db.store.visits import record_visits
from db.work import Outcome
from schedules.cli.lines import status_lines
from schedules.looking import seen_in
from schedules.proving import proof
from schedules.readers import Readers
from schedules.robots import Gatekeeper
from schedules.sighting import Look, unchanged
from schedules.visit import Visitor, VisitSettings
from scraper.page import NotModified
from scraper.read import read
from scraper.read.imprinting import imprint_of
from tests import printed
from tests.scripted import Server, guarded, http
from tests.world import URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.work import DueArticle, Known, Sighting
    from schedules.proving import Proof
    from scraper.page import Headers, Page

STAND = "Stand: 24.11.2026, 8:00 Uhr"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db")
    made.poll(URL)
    yield made
    made.store.close()


def noisy(world: World, text: str = printed.OLD, noise: int = 0, headers: Headers = ()) -> Page:
    """The page as it comes now."""
    page, drawn = printed.page(STAND, world.now, text), noise or int(world.now.timestamp())
    body = page.body + b"<script>visit('%d')</script></body></html>" % drawn
    return replace(page, body=body, headers=(*page.headers, *headers), digest=f"{drawn}")


def said_of(world: World, due: DueArticle, page: Page) -> Proof:
    return proof(due, page)


def due_now(world: World) -> DueArticle:
    """Though it may have been handed out before."""
    world.store.call(lambda con: con.execute("UPDATE articles SET leased_until = NULL"))
    return world.due()


def look(world: World, page: Page) -> Sighting:
    """One look, as the daemon does it."""
    due = due_now(world)
    said = said_of(world, due, page)
    if said == "proven":
        return world.record(due, unchanged(page, uncached=False, read_at=due.history.last_read_at))
    seen, keeps_page = seen_in(Look(due, world.known(due), page, world.patience, uncached=False, proof=said), (), False)
    return world.record(due, replace(seen, page=page if keeps_page else None))


def until(world: World, said: Proof, text: str = printed.OLD) -> Page:
    """The page at the first minute at which its proof comes to that."""
    due = due_now(world)
    for _ in range(20 * TRIED):
        page = noisy(world.wait(minutes=1), text)
        if said_of(world, due, page) == said:
            return page
    raise AssertionError


def test_a_page_of_which_noise_differs_is_not_read_and_counts_as_a_look(world: World) -> None:
    first = look(world, noisy(world))
    seen = look(world, until(world, "proven"))
    assert (first.outcome, seen.outcome, seen.proof) == (Outcome.NEW, Outcome.SAME, "imprint")
    assert seen.article is None
    looks = world.rows("SELECT outcome, count, last_at FROM observations ORDER BY id")
    assert [(row["outcome"], row["count"]) for row in looks] == [("new", 1), ("same", 1)]
    assert looks[-1]["last_at"] == world.rows("SELECT last_read_at AS at FROM articles")[0]["at"]


def test_what_came_last_is_kept_whichever_way_it_is_recorded(world: World) -> None:
    look(world, noisy(world))
    for noise in (7, 8, 9):
        until(world, "proven")
        look(world, noisy(world, noise=noise, headers=(("etag", f'"{noise}"'),)))
        assert world.rows("SELECT etag, digest FROM articles") == [{"etag": f'"{noise}"', "digest": f"{noise}"}]


def test_an_edit_is_read_and_what_proves_is_made_anew(world: World) -> None:
    look(world, noisy(world))
    edited = look(world, noisy(world.wait(minutes=9), printed.NEW))
    assert edited.outcome == Outcome.CHANGED
    assert said_of(world, due_now(world), until(world, "proven", printed.NEW)) == "proven"
    assert said_of(world, due_now(world), noisy(world)) == "unknown"


def same_bytes(world: World) -> None:
    """A look to which the server says 304."""
    world.record(due_now(world), unchanged(NotModified(URL, (), world.wait(minutes=9).now), uncached=False))


def test_an_edit_after_looks_without_noise_makes_nothing_that_proves(world: World) -> None:
    look(world, noisy(world))
    same_bytes(world)
    look(world, noisy(world.wait(minutes=9), printed.NEW))
    assert due_now(world).imprint == b""
    same_bytes(world)
    look(world, noisy(world.wait(minutes=9)))
    assert due_now(world).imprint == b""


def test_a_page_that_is_read_for_nothing_makes_it(world: World) -> None:
    look(world, noisy(world))
    same_bytes(world)
    look(world, noisy(world.wait(minutes=9), printed.NEW))
    same_bytes(world)
    assert look(world, noisy(world.wait(minutes=9), printed.NEW)).outcome == Outcome.SAME
    assert due_now(world).imprint
    until(world, "proven", printed.NEW)


def test_an_edit_after_noise_makes_it_anew(world: World) -> None:
    look(world, noisy(world))
    look(world, until(world, "proven"))
    same_bytes(world)
    look(world, noisy(world.wait(minutes=9), printed.NEW))
    until(world, "proven", printed.NEW)


@pytest.mark.parametrize(
    ("checked", "wrong", "told", "noise"),
    [
        (0, 0, 4, "unknown"),
        (0, 0, 5, "quiet"),
        (1, 0, 19, "noisy"),
        (1, 0, 20, "quiet"),
        (9, 1, 0, "misproven"),
    ],
)
def test_what_proves_is_made_for_hosts_with_noise(
    world: World, checked: int, wrong: int, told: int, noise: str
) -> None:
    values = [checked, wrong, told]
    sql = "UPDATE hosts SET proofs_checked = ?, proofs_wrong = ?, edits_validated = ?"
    world.store.call(lambda con: con.execute(sql, values))
    assert due_now(world).noise == noise
    look(world, noisy(world))
    assert bool(world.rows("SELECT * FROM imprints")) == (noise in ("unknown", "noisy"))
    same_bytes(world)
    look(world, noisy(world.wait(minutes=9), printed.NEW))
    assert bool(world.rows("SELECT * FROM imprints")) == (noise == "noisy")


def test_one_proof_in_so_many_is_tried(world: World) -> None:
    look(world, noisy(world))
    due, pages = due_now(world), [noisy(world.wait(minutes=1)) for _ in range(20 * TRIED)]
    tried = sum(said_of(world, due, page) == "tried" for page in pages)
    assert 10 <= tried <= 30
    seen = look(world, until(world, "tried"))
    assert (seen.outcome, seen.proof, seen.proof_held) == (Outcome.SAME, "", True)
    assert world.store.read(status)["proofs_checked"] == 1


def test_a_proof_that_was_wrong_ends_proofs_of_the_host(world: World) -> None:
    look(world, noisy(world))
    edited = noisy(world, printed.NEW)
    wrong = imprint_of(edited, read(edited))
    assert wrong is not None
    world.store.call(keep_imprint, 1, wrong.packed())
    seen = look(world, until(world, "tried", printed.NEW))
    assert (seen.outcome, seen.proof_held) == (Outcome.CHANGED, False)
    found = world.store.read(status)
    assert (found["proofs_checked"], found["proofs_wrong"]) == (1, 1)
    checked, wrongly = (line for line in status_lines(found, "") if line.startswith("proofs"))
    assert (
        checked.split("  ")[-1]
        == "of pages of which only noise differed; answers 304 and same bytes are not among them"
    )
    assert wrongly.endswith(" 1")
    assert found["misproven_hosts"] == [{"host": "zeitung.example", "wrong": 1, "checked": 1}]
    assert said_of(world, due_now(world), noisy(world, printed.NEW)) == ""


@pytest.mark.parametrize(
    "headers",
    [(("last-modified", "Tue, 24 Nov 2026 10:00:00 GMT"),), (("last-modified", "yesterday"),)],
    ids=["it was made before", "nobody knows when"],
)
def test_what_may_be_an_older_copy_is_read(world: World, headers: Headers) -> None:
    look(world, noisy(world, headers=(("last-modified", "Tue, 24 Nov 2026 11:00:00 GMT"),)))
    until(world, "proven")
    assert said_of(world, due_now(world), noisy(world, headers=headers)) == ""


@pytest.mark.parametrize("age", ["0", "60", "540", "541", "86400", "999999999", "-5", "soon"])
def test_the_proof_of_a_copy_brings_what_reading_it_would(world: World, age: str) -> None:
    """The last look was nine minutes ago: what a cache has had for longer says nothing of comments and dates."""
    look(world, noisy(world))
    due, page = due_now(world), noisy(world.wait(minutes=9), headers=(("age", age), ("etag", '"2"')))
    assert said_of(world, due, page) in ("proven", "tried")
    read_again, _ = seen_in(Look(due, world.known(due), page, world.patience, uncached=False), (), False)
    proven = unchanged(page, uncached=False, read_at=due.history.last_read_at)
    is_late = read_again.article is None
    assert is_late == (age in ("541", "86400", "999999999"))
    assert proven == replace(read_again, article=None, imprint=None, proof="" if is_late else "imprint")


@pytest.mark.parametrize("age", [60, 86_400], ids=["since the last look", "from before"])
def test_behind_a_cache_pages_are_proven_after_the_first_and_nothing_is_made_anew(world: World, age: int) -> None:
    look(world, noisy(world))
    made = due_now(world).imprint
    for _ in range(40):
        page = noisy(world.wait(minutes=5), headers=(("age", str(age)),))
        assert said_of(world, due_now(world), page) in ("proven", "tried")
        assert (look(world, page).outcome, due_now(world).imprint) == (Outcome.SAME, made)
    assert world.rows("SELECT read_stale_seconds FROM articles") == [{"read_stale_seconds": age}]


def test_an_earlier_version_from_a_cache_is_no_look_at_the_one_that_stands(world: World) -> None:
    look(world, noisy(world))
    look(world, noisy(world.wait(minutes=9), printed.NEW))
    seen = look(world, noisy(world.wait(minutes=9), headers=(("age", "900"),)))
    assert (seen.outcome, seen.old_copy_of) == (Outcome.OLD_COPY, 1)
    again = until(world, "proven", printed.NEW)
    assert look(world, replace(again, headers=(*again.headers, ("age", "60")))).outcome == Outcome.SAME
    assert world.rows("SELECT stale_seconds > 0 AS grew FROM hosts") == [{"grew": 1}]


def test_a_page_whose_imprint_was_not_asked_makes_none_anew(world: World) -> None:
    """As when a ruling waits for looks: they are read, whatever an imprint says."""
    look(world, noisy(world))
    due, page = due_now(world), noisy(world.wait(minutes=9))
    seen, _ = seen_in(Look(due, world.known(due), page, world.patience, uncached=False), (), False)
    assert (seen.outcome, seen.imprint) == (Outcome.SAME, None)


def test_a_relative_stamp_is_read_each_time(world: World) -> None:
    page = noisy(world)
    look(world, replace(page, body=page.body.replace(STAND.encode(), b"Aktualisiert vor 2 Stunden")))
    assert due_now(world).imprint == b""


def test_a_takedown_takes_it_along(world: World) -> None:
    look(world, noisy(world))
    assert due_now(world).imprint
    world.store.call(take_down, URL, world.now)
    assert world.rows("SELECT * FROM imprints") == []


@pytest.mark.parametrize("age", [0, 60, 3600])
async def test_the_daemon_reads_a_page_once(tmp_path: Path, age: int) -> None:
    world, readers, numbers = World(tmp_path / "n.db"), Readers(1, timedelta(seconds=20)), range(1, 5)
    pages = [noisy(world, noise=number).body for number in numbers]
    async with Server({"/a": [http(page, "Content-Type: text/html", f"Age: {age}") for page in pages]}) as server:
        url = f"http://zeitung.example:{server.port}/a"
        server.scripts["/robots.txt"] = http(b"")
        world.poll(url)

        read = []

        async def known(due: DueArticle) -> Known:
            read.append(due.id)
            return world.known(due)

        async with guarded(clock=lambda: world.now) as door:
            settings = VisitSettings(timedelta(), Patience())
            visitor = Visitor(Gatekeeper(door, "x", lambda: world.now), readers, lambda: world.now, settings, known)
            for _ in numbers:
                result = await visitor.visit(due_now(world.wait(minutes=10)))
                world.store.call(record_visits, [result])
                assert result.seen.outcome in (Outcome.NEW, Outcome.SAME)
        readers.close()
    assert len(read) <= 2  # at most one proof of these is tried
    world.store.close()
