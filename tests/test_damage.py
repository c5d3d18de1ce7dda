"""A damaged row is a named failure of the item that needs it; everything else has its turn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from db.store import people
from db.store.articles import due_articles
from db.store.deliveries import Wanted, due_deliveries
from db.store.deliveries import configure as tell
from db.store.routings import due_events, record_routings
from db.store.rulings import due_rulings
from db.store.sources import due_sources
from db.store.visits import record_visits
from db.work_alerts import Recipient, Routing
from schedules.readers import Readers
from schedules.robots import Gatekeeper
from schedules.visit import Visitor, VisitSettings
from scraper.http import Door, FetchSettings
from tests.world import SILENT, START, URL

if TYPE_CHECKING:
    from db.work import DueArticle, Known
    from tests.world import World

OTHER = "https://kurier.example/b"
NOT_UTF8 = "CAST(x'ff41' AS TEXT)"
DAMAGES = (
    f"UPDATE articles SET etag = {NOT_UTF8} WHERE id = 1",
    "UPDATE articles SET last_visited_at = 'gestern' WHERE id = 1",
    "UPDATE articles SET last_read_at = 'gestern' WHERE id = 1",
    f"UPDATE hosts SET robots_body = {NOT_UTF8}, robots_fetched_at = '{START}' WHERE host = 'zeitung.example'",
    "UPDATE articles SET revision_id = NULL, first_seen_at = '' WHERE id = 1",
)
# What only a look needs that brings a page.
HIDDEN = (
    "UPDATE articles SET clocks = '[[\"stand\"' WHERE id = 1",
    "UPDATE revisions SET authors = '' WHERE article_id = 1",
    f"UPDATE blocks SET text = {NOT_UTF8}",
    "UPDATE revision_clocks SET starts = '2026' || starts_at",
)


def on(world: World, sql: str) -> None:
    world.store.call(lambda con: con.execute(sql))


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_article_with_a_damaged_row_fails_alone(world: World, damage: str) -> None:
    world.poll(URL, OTHER)
    on(world, damage)
    on(world, "UPDATE articles SET next_visit_at = '2026-01-01T00:00:00.000000+00:00'")
    assert [due.url for due in world.store.call(due_articles, world.now, 10)] == [OTHER]
    (failing,) = world.store.read(people.status)["failing_articles"]  # type: ignore[misc, attr-defined]
    assert failing["code"] == "damaged"
    assert "a row of the database that belongs to it is damaged (" in failing["message"]
    assert "nachtrag verify" in failing["message"]
    assert world.store.call(due_articles, world.now, 10) == []
    assert [due.url for due in world.store.call(due_articles, world.wait(minutes=59).now, 10)] == [OTHER]


@pytest.mark.parametrize("damage", HIDDEN)
async def test_a_look_that_needs_a_damaged_row_is_a_failure_of_that_article(world: World, damage: str) -> None:
    on(world, damage)
    due = world.due()

    async def known(due: DueArticle) -> Known:
        return world.known(due)

    wire = httpx.MockTransport(lambda _: httpx.Response(200, stream=httpx.ByteStream(b"<p>Ein Satz.")))
    async with Door(FetchSettings("Nachtrag/test", gap=timedelta()), lambda: world.now, transport=wire) as door:
        settings = VisitSettings(timedelta(), world.patience)
        visitor = Visitor(
            Gatekeeper(door, "x", lambda: world.now),
            Readers(1, timedelta(seconds=1)),
            lambda: world.now,
            settings,
            known,
        )
        result = await visitor.visit(due)
    world.store.call(record_visits, [result])
    (failing,) = world.store.read(people.status)["failing_articles"]  # type: ignore[misc, attr-defined]
    assert failing["code"] == "damaged"
    assert "nachtrag verify" in failing["message"]
    assert result.next_visit_at > world.now


def test_an_article_whose_row_was_put_right_is_looked_at_again(world: World) -> None:
    good = world.rows("SELECT last_visited_at FROM articles")[0]["last_visited_at"]
    on(world, "UPDATE articles SET last_visited_at = '[', next_visit_at = '2026-01-01T00:00:00.000000+00:00'")
    assert world.store.call(due_articles, world.now, 10) == []
    on(world, f"UPDATE articles SET last_visited_at = '{good}'")
    assert [due.url for due in world.store.call(due_articles, world.wait(minutes=61).now, 10)] == [URL]


def test_a_ruling_a_source_and_a_delivery_fail_alone_too(world: World) -> None:
    world.look(**SILENT)
    on(world, f"UPDATE blocks SET text = {NOT_UTF8}")
    assert world.store.call(due_rulings, world.wait(hours=2).now, 10) == []
    assert world.rows("SELECT count(*) AS open FROM revisions WHERE rule_at > ?", world.now.isoformat()) == [
        {"open": 1}
    ]
    on(world, "UPDATE sources SET parts = '['")
    assert world.store.call(due_sources, world.wait(hours=1).now, 10) == []
    assert world.store.read(people.status)["failing_sources"][0]["code"] == "damaged"  # type: ignore[index]
    wanted = [Wanted("desk", "webhook", "https://desk.example/", "https://desk.example/", ("article.*",))]
    world.store.call(tell, wanted, world.now)
    due = world.store.call(due_events, 10)
    world.store.call(record_routings, [Routing(event.id, world.now, (Recipient("desk"),)) for event in due])
    on(world, "UPDATE events SET data = '{' WHERE id = 1")
    (sent,) = world.store.call(due_deliveries, world.now, 10)  # nobody waits for it
    assert '"article.changed"' in sent.body
    assert world.rows("SELECT state FROM deliveries ORDER BY id") == [{"state": "dead"}, {"state": "pending"}]
