"""The verbs for those who are told: a sample that is one, and what is sent again, by its old id and in order."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from changes.case import Patience
from db.rows import text_of
from db.store import digests
from db.store.deliveries import Wanted, configure, due_deliveries, record_deliveries
from db.store.redelivery import Again, Asked, send_again
from db.store.routings import due_events, record_routings
from db.work_alerts import DeliveryResult, Recipient, Routing
from schedules.alert import Style, alert
from schedules.cli.alerting import TYPES
from schedules.samples import sample
from tests.product import SECRET, Inside
from tests.receiver import Receiver, Reply
from tests.site import Site
from tests.world import START, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.work_alerts import DueDelivery

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00"}}
DESK = Wanted("desk", "webhook", "https://desk.example/", "https://desk.example/?key=old", ("article.*",))


@pytest.fixture
def product(tmp_path: Path) -> Inside:
    return Inside(tmp_path)


class TestSample:
    def test_one_arrives_signed_and_says_that_it_is_a_test(self, product: Inside) -> None:
        with Receiver(SECRET) as receiver:
            product.tell(receiver.url, "article.gone", "operations.*")
            said = product.run("test-endpoint", "desk").stdout
            (received,) = receiver.received
        assert receiver.refused == []
        assert said.startswith("desk: HTTP 200: a sample of article.gone with the id evt_test_")
        assert (received.type, received.body["data"]["sample"]) == ("article.gone", True)
        assert received.body["data"]["link"].startswith(f"http://127.0.0.1:{product.port}")
        assert not (product.folder / "n.db").exists(), "nothing is recorded"

    def test_what_went_wrong_is_said_and_what_to_do(self, product: Inside) -> None:
        with Receiver(SECRET) as receiver:
            product.tell(receiver.url)
            receiver.plan([404, Reply(close=True)])
            refused = product.run("test-endpoint", "desk", expect=1).stderr
            assert "endpoint 'desk' at 127.0.0.1: HTTP 404: nobody there; is its url in config.toml right?" in refused
            assert "it does not answer in HTTP" in product.run("test-endpoint", "desk", expect=1).stderr
            assert len(receiver.received) == 2
        assert "its host does not take connections" in product.run("test-endpoint", "desk", expect=1).stderr
        assert "there is no endpoint 'dsk'; there are: desk" in product.run("test-endpoint", "dsk", expect=1).stderr

    @pytest.mark.parametrize("event_type", TYPES)
    @pytest.mark.parametrize("language", ["en", "de"])
    def test_of_every_type(self, event_type: str, language: str) -> None:
        body = sample(event_type, "evt_test_1", "https://watch.example", NOW)
        told = alert(body, Style("de" if language == "de" else "en"), 3_000, NOW)
        assert "Das ist ein Test" in told.text if language == "de" else "This is a test" in told.text
        assert told.title.startswith("Test: "), "it is known as a test where only the subject is seen"
        assert json.loads(body)["data"]["id"] == "evt_test_1"

    def test_who_is_told_of_an_event_and_why_others_are_not(self, product: Inside) -> None:
        with Site(1) as site:
            product.config.write_text(product.config.read_text() + _source(site), "utf-8")
            product.tell("http://127.0.0.1:9/", "article.discovered")
            with product.config.open("a") as file:
                endpoint = '[[endpoints]]\nname = "{}"\nkind = "slack"\nurl = "http://127.0.0.1:9/"\n'
                file.write(endpoint.format("room") + 'events = ["article.gone"]\n')
                file.write(endpoint.format("night") + 'events = ["article.*"]\ndigest = "daily"\n')
            product.once()
        (event,) = product.events()
        first, second, third = product.run("test-endpoint", "--dry-run", event["id"]).stdout.splitlines()
        assert first == "desk: told at once"
        assert second == "room: not told: `events` has no article.discovered: article.gone"
        assert third.startswith("night: told together with what else comes, at 20")
        assert product.run("test-endpoint", "room", "--dry-run", event["id"]).stdout.splitlines() == [second]
        for sql in (
            """INSERT INTO drifts (host, from_at, at, lost, odd, looked, holds)
               SELECT host, '', '', '{}', 5, 6, 1 FROM articles""",
            "UPDATE events SET routed_at = NULL",
        ):
            with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
                con.execute(sql)
        waits, *others = product.run("test-endpoint", "--dry-run", event["id"]).stdout.splitlines()
        assert waits == "nobody is told yet: its site is not read as before, see `nachtrag status`; then:"
        assert len(others) == 3
        assert "there is no event 'x'" in product.run("test-endpoint", "--dry-run", "x", expect=1).stderr
        assert "name an endpoint" in product.run("test-endpoint", expect=2).stderr

    def test_what_a_limit_an_hour_would_hold_and_until_when(self, product: Inside) -> None:
        with Site(2) as site:
            product.config.write_text(product.config.read_text() + _source(site), "utf-8")
            product.tell("http://127.0.0.1:9/", "article.discovered")
            limited = product.config.read_text() + "per_hour = 2\n"
            product.config.write_text(limited, "utf-8")
            before = datetime.now(UTC)
            product.once()
        (uid, *_) = [event["id"] for event in product.events()]
        (said,) = product.run("test-endpoint", "--dry-run", uid).stdout.splitlines()
        until = re.fullmatch(
            r"desk: held, and told together with what else comes, at (.*) UTC: "
            r"it was told 2 within an hour, and `per_hour` is 2", said,
        )  # fmt: skip
        assert until
        left = datetime.fromisoformat(f"{until[1]}+00:00") - before
        assert timedelta(minutes=59) < left < timedelta(minutes=70)
        product.config.write_text(limited.replace("per_hour = 2", "per_hour = 3"), "utf-8")
        (said,) = product.run("test-endpoint", "--dry-run", uid).stdout.splitlines()
        assert said == "desk: told at once: it was told 2 within an hour, and `per_hour` is 3"

    def test_as_people_get_it(self, product: Inside) -> None:
        with Receiver() as channel:
            with product.config.open("a") as file:
                file.write(f'[[endpoints]]\nname = "room"\nkind = "slack"\nurl = "{channel.url}"\nlanguage = "de"\n')
            product.run("test-endpoint", "room", "--type", "digest")
            (received,) = channel.received
        text = received.body["text"]
        assert text.startswith("Test: Sammelmeldung: 2 Ereignisse\nDas ist ein Test")
        assert ("• Geändert, zu früh" in text, "• Nicht mehr da" in text) == (True, True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "n.db", Patience(timedelta(), timedelta(), 1))
    made.store.call(configure, [DESK], made.now)
    made.poll(URL)
    made.look(**OLD)
    for text in ("Sechs Tote.", "Sieben Tote."):
        made.wait(minutes=30).look(**{**OLD, "text": text})
    yield made
    made.store.close()


def due(world: World) -> list[DueDelivery]:
    """Route what there is, and hand out what is due."""
    for item in world.store.call(due_events, 100):
        told = (Recipient("desk"),) if item.news.type.startswith("article.") else ()  # not of its own failing
        world.store.call(record_routings, [Routing(item.id, world.now, told)])
    return world.store.call(due_deliveries, world.now, 100)


def became(world: World, status: int) -> list[str]:
    """Every delivery came to that, one after the other; their ids in order."""
    uids = []
    while items := due(world):
        (item,) = items
        uids.append(item.event_uid)
        ok = status == 200
        world.store.call(
            record_deliveries, [DeliveryResult(item.id, world.now, ok, status, "" if ok else "no", None, status == 410)]
        )
    return uids


def again(world: World, *, dry_run: bool = False, **asked: object) -> tuple[Again, ...]:
    return world.store.call(lambda con: send_again(con, Asked(**asked), world.now, dry_run=dry_run))  # type: ignore[arg-type]


class TestAgain:
    @pytest.mark.parametrize("status", [500, 200])
    def test_the_same_ids_in_order_with_all_attempts_before_them(self, world: World, status: int) -> None:
        uids = became(world, status)
        assert len(uids) == 3
        (would,) = again(world, endpoint="desk", dry_run=True)
        assert due(world) == []
        assert again(world, endpoint="desk") == (would,) == (Again("desk", "active", tuple(uids), 0, 0),)
        assert world.rows("SELECT DISTINCT state, attempts, error FROM deliveries") == [
            {"state": "pending", "attempts": 0, "error": ""}
        ]
        assert again(world, endpoint="desk") == (Again("desk", "active", (), 0, 3),)
        assert became(world, 200) == uids

    def test_what_waits_for_another_attempt_gets_it_now(self, world: World) -> None:
        uids = became(world, 500)
        again(world, endpoint="desk")
        waits = world.now + timedelta(hours=20)
        world.store.call(lambda con: con.execute("UPDATE deliveries SET next_attempt_at = ?", [text_of(waits)]))
        assert due(world) == []
        assert again(world, since=START, dry_run=True)[0].waiting == 3
        assert due(world) == []
        assert again(world, since=START) == (Again("desk", "active", (), 0, 3),)
        assert became(world, 200) == uids

    def test_only_what_is_asked_for(self, world: World) -> None:
        uids = became(world, 500)
        assert again(world, event=uids[1])[0].events == (uids[1],)
        assert became(world, 200) == [uids[1]]
        assert again(world, dead=True)[0].events == (uids[0], uids[2])
        assert again(world, since=world.now, dry_run=True)[0].events == ()
        assert again(world, event="evt_unknown") == again(world, endpoint="dsk") == ()

    def test_one_that_was_disabled_is_told_again_only_by_its_name(self, world: World) -> None:
        (first,) = became(world, 410)
        (kept,) = again(world, dead=True)
        assert (kept.state, kept.events, kept.kept) == ("disabled", (), 3)
        assert due(world) == []
        (item,) = again(world, endpoint="desk", dead=True)
        assert (item.events[0], len(item.events)) == (first, 3)
        assert world.rows("SELECT state, failures FROM endpoints") == [{"state": "active", "failures": 0}]
        assert len(became(world, 200)) == 3

    def test_one_that_is_no_longer_configured_is_not_told(self, world: World) -> None:
        became(world, 500)
        world.store.call(configure, [replace(DESK, name="other", whole_url="https://other.example/")], world.now)
        (kept,) = again(world, endpoint="desk")
        assert (kept.state, kept.events, kept.kept, kept.told) == ("removed", (), 3, False)
        world.store.call(lambda con: con.execute("UPDATE deliveries SET state = 'pending', next_attempt_at = '2026'"))
        assert again(world, endpoint="desk", dead=True) == (Again("desk", "removed", (), 0, 3, told=False),)

    def test_a_digest_goes_as_one_and_what_it_carried_can_go_alone(self, world: World) -> None:
        for item in world.store.call(due_events, 100):
            held = Recipient("desk", world.now + timedelta(minutes=5))
            world.store.call(record_routings, [Routing(item.id, world.now, (held,))])
        world.wait(minutes=10).store.call(digests.gather, world.now, ())
        (uid,) = became(world, 500)
        assert uid.startswith("dig_")
        carried = [row["uid"] for row in world.rows("SELECT uid FROM events ORDER BY id")]
        assert again(world, event=uid)[0].events == tuple(carried)
        assert became(world, 200) == [uid]
        assert {row["state"] for row in world.rows("SELECT state FROM deliveries")} == {"delivered"}
        assert again(world, event=carried[1])[0].events == (carried[1],)
        assert became(world, 200) == [carried[1]]


class TestVerb:
    def test_what_was_given_up_arrives_after_all(self, product: Inside) -> None:
        with Receiver(SECRET) as receiver, Site(1) as site:
            product.config.write_text(product.config.read_text() + _source(site), "utf-8")
            product.tell(receiver.url, "article.discovered")
            receiver.plan([410])
            product.once()
            assert product.status()["deliveries_dead"] == 1
            (uid,) = [received.id for received in receiver.received]
            assert "as its receiver said 410" in product.run("redeliver", "--dead").stdout
            would = product.run("redeliver", "--dead", "--endpoint", "desk", "--dry-run").stdout
            assert would.splitlines() == [
                f"desk: would be sent again: 1 event, {uid}", "desk: would be told again, though it had said 410",
            ]  # fmt: skip
            said = product.run("redeliver", "--dead", "--endpoint", "desk").stdout
            assert said.startswith(f"desk: sent again: 1 event, {uid}\n")
            product.once()
            assert [received.id for received in receiver.accepted] == [uid]

    def test_what_was_corrected_since_is_left_out_and_it_says_so(self, product: Inside) -> None:
        with Receiver(SECRET) as receiver, Site(1) as site:
            product.config.write_text(product.config.read_text() + _source(site), "utf-8")
            product.tell(receiver.url, "article.discovered")
            receiver.plan([410])
            product.once()
            with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
                con.execute(
                    """INSERT INTO events (uid, type, at, article_id, revision_id, url, verdict, data, routed_at)
                       SELECT 'evt_since', 'article.ruled', at, article_id, revision_id, url, 'misread', '{}', at
                       FROM events WHERE type = 'article.discovered'"""
                )
            dry = ("redeliver", "--dead", "--endpoint", "desk", "--dry-run")
            (uid,) = [received.id for received in receiver.received]
            assert product.run(*dry).stdout.splitlines() == [
                f"desk: would be sent again: 1 event, {uid}",
                "desk: would be told again, though it had said 410",
                "desk: in place of 1 event of these it is told what was said of the same since",
            ]
            with closing(sqlite3.connect(product.folder / "n.db")) as con, con:
                con.execute(
                    """INSERT INTO deliveries (event_id, endpoint, article_id, state)
                       SELECT id, 'desk', article_id, 'delivered' FROM events WHERE uid = 'evt_since'"""
                )
            for words, how in (("would be", dry), ("is", dry[:-1])):
                assert product.run(*how).stdout.splitlines() == [
                    f"desk: {words} told again, though it had said 410",
                    (
                        "desk: not sent again: 1 event, as something else was said of the same since; "
                        "`--event ID` sends one, and then what was said last"
                    ),
                ]
            assert product.status()["deliveries_dead"] == 0
            row = product.query("SELECT url FROM articles")[0]
            product.run("takedown", row["url"], "--yes")
            said = product.run("redeliver", "--event", uid).stdout
            assert said == "desk: not sent again: 1 event of what was taken down\n"
            said = product.run("test-endpoint", "--dry-run", uid).stdout
            assert said == "desk: not told: its article was taken down\n"

    @pytest.mark.parametrize("words", [[], ["--since", "2026-01-01"], ["--endpoint", "desk"]])
    def test_it_wants_to_be_told_what(self, product: Inside, words: list[str]) -> None:
        assert "say what: --dead" in product.run("redeliver", *words, expect=2).stderr

    def test_what_never_was_on_its_way(self, product: Inside) -> None:
        assert "was ever on its way" in product.run("redeliver", "--event", "evt_1", expect=1).stderr


def _source(site: Site) -> str:
    return f'[[sources]]\nname = "Tagblatt"\nfeed = "{site.feed}"\nevery = "1s"\nrevisit = "1s"\n'
