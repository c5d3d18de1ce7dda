"""What becomes of the kept pages of an article that were read again: in the database, look by look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from changes.correction import corrected
from db.pages import open_page
from db.reread import Correction
from db.store import chain
from db.store.articles import due_articles
from db.store.comments import forget
from db.store.people import NotKnown
from db.store.rereads import Reread, due_reread, end_drifts, kept_page, record_reread, to_reread
from db.store.rulings import due_rulings, record_rulings, ruling_again
from db.work import Failure, Outcome, Sighting
from schedules.judge import judge
from schedules.reread import reread
from scraper.page import Page
from tests.articles import article
from tests.world import AT_ONCE, OLD, SILENT, START, URL, World

if TYPE_CHECKING:
    from pathlib import Path

    from db.reread import DueReread, RereadResult

ANEW = {"read_with": "blatt/2"}
NOTHING = Failure("no_text", "no text was found")


class Again:
    """Reads the kept pages of the one article again: `says` has what they say now, by their order; None as before."""

    def __init__(self, world: World, *says: dict[str, Any] | Failure | None) -> None:
        self.world = world
        due = world.store.read(due_reread, 1)
        assert due is not None
        self.due: DueReread = due
        read = {
            kept.page_id: kept.reading or NOTHING if said is None
            else said if isinstance(said, Failure) else replace(article(**said), url=URL)
            for kept, said in zip(due.pages, says, strict=True)
        }  # fmt: skip
        self.result: RereadResult = reread(due, read, world.now, timedelta(), accept=False)
        self.corrections = [self._correction(item) for item in self.result.doubted]

    def record(self) -> tuple[Reread, int]:
        """Keep it."""
        return self.world.store.call(record_reread, self.result, self.corrections, accept=False)

    def _correction(self, item: Any) -> Correction:
        again = self.world.store.read(ruling_again, item.revision_id, self.world.now)
        anew = judge(replace(again.due, before=item.before, after=item.after), self.world.patience, self.world.now)
        assert anew.ruling is not None
        ruling = corrected(again.due.verdict, again.took_back, anew.ruling, item.change)
        return Correction(item.revision_id, again.due.ruling_id, ruling)


def unread(world: World, body: bytes = b"<html>?", code: str = "no_text") -> None:
    """A look that brings a page that cannot be read."""
    world.wait(minutes=10)
    due = world.due()
    page = Page(due.fetch_url, 200, (), body, world.now)
    world.record(due, Sighting(Outcome.UNREADABLE, page=page, failure=Failure(code, "?"), status=200))


def verdicts(world: World) -> list[str]:
    """What was said of the edits, in order."""
    return [str(row["verdict"]) for row in world.rows("SELECT verdict FROM rulings ORDER BY id")]


def test_an_accusation_is_taken_back_and_can_be_said_again(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    assert verdicts(hasty) == ["unmarked"]
    assert Again(hasty, {**OLD, **ANEW}, {**OLD, **ANEW}).record() == (Reread.ANEW, 1)
    assert hasty.told()[1:] == [("article.changed", "unmarked"), ("article.ruled", "misread")]
    # A better profile yet finds the edit again: what was said holds.
    assert Again(hasty, {**OLD, "read_with": "blatt/3"}, {**SILENT, "read_with": "blatt/3"}).record()[1] == 1
    assert hasty.told()[-1] == ("article.ruled", "unmarked")
    assert hasty.store.read(chain.faults) == []


def test_a_ruling_that_is_open_is_closed_and_never_becomes_an_accusation(world: World) -> None:
    world.wait(minutes=30).look(**SILENT)
    assert verdicts(world) == ["unsettled"]
    (in_hand,) = world.store.call(due_rulings, world.wait(hours=2).now, 10)
    moved = {**SILENT, **ANEW, "clocks": {"stand": "12:20", "modified_ld": "12:20"}}
    assert Again(world, {**OLD, **ANEW}, moved).record() == (Reread.ANEW, 1)
    assert world.told()[-1] == ("article.ruled", "announced")
    said = verdicts(world)
    world.store.call(record_rulings, [judge(in_hand, AT_ONCE, world.now)])
    assert verdicts(world) == said
    assert world.store.call(due_rulings, world.wait(hours=9).now, 10) == []


def test_what_was_last_seen_is_not_forgotten(hasty: World) -> None:
    later = {**OLD, "comment_count": 40, "clocks": {"stand": "08:00", "modified_ld": "09:30"}}
    hasty.wait(minutes=30).look(**later)
    Again(hasty, {**OLD, **ANEW}).record()
    assert hasty.told()[-1] == ("article.comments", "comments")
    told = len(hasty.told())
    hasty.wait(minutes=30).look(**later, **ANEW)
    assert len(hasty.told()) == told
    (row,) = hasty.rows("SELECT comment_count, clocks FROM articles")
    assert row["comment_count"] == 40
    assert "modified_ld 09:30" in str(row["clocks"])


def test_a_clock_that_was_misread_is_not_taken_for_one_that_was_seen_later(hasty: World) -> None:
    wrong = {**SILENT, "clocks": {"stand": "08:00", "modified_ld": "10:00"}}
    hasty.wait(minutes=30).look(**wrong)
    right = {**ANEW, "clocks": {"stand": "08:00", "modified_ld": "09:00"}}
    Again(hasty, {**OLD, **right, "text": "Vier Tote."}, {**SILENT, **right, "text": "Acht Tote."}).record()
    (row,) = hasty.rows("SELECT clocks FROM articles")
    assert "modified_ld 09:00" in str(row["clocks"])


def test_who_was_quicker_counts(hasty: World) -> None:
    hasty.wait(minutes=30).look(**SILENT)
    reading = Again(hasty, {**OLD, **ANEW}, {**OLD, **ANEW})
    hasty.wait(minutes=30).look(**{**SILENT, "text": "Neun Tote."})
    before = verdicts(hasty)
    assert reading.record() == (Reread.OUTRUN, 0)
    assert verdicts(hasty) == before


def test_a_page_that_gave_way_to_another_is_not_taken_for_it(hasty: World) -> None:
    unread(hasty)
    reading = Again(hasty, None, {**SILENT, **ANEW})
    unread(hasty)
    assert reading.record() == (Reread.OUTRUN, 0)
    assert hasty.rows("SELECT count(*) AS n FROM revisions") == [{"n": 1}]


def test_one_page_a_failure_is_kept_and_no_other_builds_on_it(hasty: World) -> None:
    for body, code in ((b"<html>eins", "no_text"), (b"<html>zwei", "consent_wall"), (b"<html>drei", "no_text")):
        unread(hasty, body, code)
    rows = hasty.rows("SELECT code, page_id, asked FROM unread_pages ORDER BY code")
    assert [(row["code"], row["asked"]) for row in rows] == [("consent_wall", URL), ("no_text", URL)]
    bodies = [hasty.store.read(open_page, row["page_id"]) for row in rows]
    assert bodies == [b"<html>zwei", b"<html>drei"]
    hasty.wait(minutes=30).look(**SILENT)
    wrote = b"<html>ohne"
    hasty.store.call(forget, 1, START + timedelta(days=1), lambda _said, _body: wrote)
    on = {row["id"]: row["base_id"] for row in hasty.rows("SELECT id, base_id FROM pages")}
    assert len(on) == 4
    assert not {row["page_id"] for row in rows} & set(on.values())
    unread(hasty, b"<html>vier")
    assert hasty.store.read(chain.faults) == []


def test_a_page_that_could_not_be_read_stands_when_it_can(hasty: World) -> None:
    unread(hasty)
    at = hasty.now
    hasty.wait(hours=2)
    assert Again(hasty, None, NOTHING).record()[0] == Reread.UNREADABLE
    assert Again(hasty, {**OLD, **ANEW}, {**SILENT, **ANEW, "comment_count": 9}).record()[0] == Reread.ANEW
    (row,) = hasty.rows(
        """SELECT a.last_read_at, a.failures, a.error, a.next_visit_at, a.comment_count, r.kind, r.seen_at, r.not_before
           FROM articles a JOIN revisions r ON r.id = a.revision_id"""
    )
    stamp = at.isoformat(timespec="microseconds")
    assert (row["kind"], row["seen_at"], row["last_read_at"], row["failures"]) == ("reread", stamp, stamp, 0)
    assert str(row["next_visit_at"]) <= hasty.now.isoformat(timespec="microseconds")
    assert hasty.rows("SELECT at, count FROM comment_counts ORDER BY id")[-1] == {"at": stamp, "count": 9}
    assert hasty.rows("SELECT * FROM unread_pages") == []
    told = hasty.told()
    hasty.look(**{**SILENT, **ANEW, "comment_count": 9})
    assert hasty.told() == told
    assert hasty.store.read(chain.faults) == []


def test_an_article_that_was_never_read(tmp_path: Path) -> None:
    world = World(tmp_path / "n.db", AT_ONCE)
    world.poll(URL)
    unread(world)
    assert Again(world, {**OLD, **ANEW}).record()[0] == Reread.ANEW
    world.look(**OLD, **ANEW)
    assert world.told() == []
    world.wait(minutes=30).look(**{**SILENT, **ANEW})
    assert world.told() == [("article.changed", "unmarked")]
    world.store.close()


def test_a_redirect_elsewhere_is_still_one_when_the_page_is_read_again(hasty: World) -> None:
    due = hasty.wait(minutes=5).due()
    page = Page("https://consent.zeitung.example/", 200, (), b"<html>Wir brauchen", hasty.now)
    hasty.record(due, Sighting(Outcome.UNREADABLE, page=page, failure=Failure("consent_wall", "?"), status=200))
    again = hasty.store.read(kept_page, 2)
    assert isinstance(again, Page)
    assert [address for _, address in again.redirects] == [URL]
    first = hasty.store.read(kept_page, 1)
    assert isinstance(first, Page)
    assert first.redirects == ()


def test_pages_that_still_cannot_be_read_keep_a_site_drifting(hasty: World) -> None:
    unread(hasty)
    host = "zeitung.example"
    drifts = "INSERT INTO drifts (host, from_at, at, lost, odd, looked, holds) VALUES (?, ?, ?, '', 5, 5, 1)"
    at = hasty.now.isoformat()
    hasty.store.call(lambda con: con.execute(drifts, [host, at, at]))
    assert hasty.store.call(end_drifts, {host: 6}, hasty.now, accept=False) == []
    assert hasty.store.call(end_drifts, {host: 7}, hasty.now, accept=False) == [host]
    assert [due.url for due in hasty.store.call(due_articles, hasty.wait(hours=1).now, 10)] == [URL]


@pytest.mark.parametrize(
    "site", ["zeitung.example", "ZEITUNG.example", "https://zeitung.example/", "zeitung.example:8080", "example"]
)
def test_a_site_is_named_as_in_a_profile_or_as_its_addresses_are(world: World, site: str) -> None:
    world.store.call(lambda con: con.execute("UPDATE articles SET host = 'zeitung.example:8080'"))
    assert len(world.store.call(to_reread, None, site)) == 1
    with pytest.raises(NotKnown):
        world.store.call(to_reread, None, "zeitung.example:8081")
