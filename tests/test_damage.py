"""A damaged row is a named failure of the item that needs it; everything else has its turn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.store import people
from db.store.articles import due_articles
from db.store.deliveries import Wanted, due_deliveries
from db.store.deliveries import configure as tell
from db.store.events import due_events, record_routings
from db.store.rulings import due_rulings
from db.store.sources import due_sources
from db.work import Routing
from tests.world import SILENT, URL

if TYPE_CHECKING:
    from tests.world import World

OTHER = "https://kurier.example/b"
NOT_UTF8 = "CAST(x'ff41' AS TEXT)"
DAMAGES = (
    "UPDATE articles SET clocks = '[[\"stand\"' WHERE id = 1",
    f"UPDATE articles SET etag = {NOT_UTF8} WHERE id = 1",
    "UPDATE articles SET last_read_at = 'gestern' WHERE id = 1",
    "UPDATE revisions SET authors = '' WHERE article_id = 1",
    f"UPDATE blocks SET text = {NOT_UTF8}",
    "UPDATE revision_clocks SET starts_at = '2026' || starts_at",
    "UPDATE articles SET revision_id = NULL, first_seen_at = '' WHERE id = 1",
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


def test_an_article_whose_row_was_put_right_is_looked_at_again(world: World) -> None:
    on(world, "UPDATE articles SET clocks = '[', next_visit_at = '2026-01-01T00:00:00.000000+00:00'")
    assert world.store.call(due_articles, world.now, 10) == []
    on(world, "UPDATE articles SET clocks = '[]'")
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
    world.store.call(record_routings, [Routing(event.id, world.now, ("desk",)) for event in due])
    on(world, "UPDATE events SET data = '{' WHERE id = 1")
    assert world.store.call(due_deliveries, world.now, 10) == []
    (sent,) = world.store.call(due_deliveries, world.now + timedelta(seconds=1), 10)
    assert '"article.changed"' in sent.body
    assert world.rows("SELECT state FROM deliveries ORDER BY id") == [{"state": "dead"}, {"state": "pending"}]
