"""What is not told at once is held, and told together: quiet hours, digests, so many an hour."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from db.store import people
from db.store.deliveries import record_deliveries
from db.store.digests import rank
from db.store.events import TOLD_AFTER, operations
from db.store.figures import figures
from db.store.takedown import take_down
from db.work_alerts import DeliveryResult
from schedules.applying import apply
from tests.desk import desks, said
from tests.world import START, URL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.work_alerts import DueDelivery


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with desks(tmp_path, monkeypatch) as made:
        yield made


def words(item: DueDelivery) -> list[str]:
    """What a digest tells, edit by edit."""
    return [event["excerpt"] for event in said(item)["data"]["events"]]


def test_of_more_than_so_many_an_hour_the_rest_is_told_together_when_the_hour_is_over(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\nper_hour = 2\n')
    for number in ("Sechs", "Sieben", "Acht", "Neun"):
        desk.edited(f"{number} Tote.")
    for _ in range(2):
        (alone,) = desk.sent()
        assert said(alone)["type"] == "article.changed"
        desk.answer(alone)
    assert desk.states() == ["delivered", "delivered", "held", "held"]
    assert desk.world.store.read(people.status)["deliveries_held"] == 2
    desk.world.wait(minutes=59)
    assert desk.sent() == []
    desk.world.wait(minutes=1)
    (digest,) = desk.sent()
    assert (said(digest)["type"], said(digest)["data"]["count"], said(digest)["data"]["more"]) == ("digest", 2, 0)
    assert words(digest) == ["[-Sieben-] {+Acht+} Tote.", "[-Acht-] {+Neun+} Tote."]
    assert digest.event_uid == said(digest)["data"]["id"]
    assert digest.event_uid.startswith("dig_")
    desk.answer(digest)
    assert set(desk.states()) == {"delivered"}
    # The digest counts too: one more is let through, the next is not.
    desk.edited("Zehn Tote.")
    desk.edited("Elf Tote.")
    assert len(desk.sent()) == 1
    assert desk.states()[-2:] == ["pending", "held"]


def test_what_was_held_in_quiet_hours_comes_when_they_end(desk: Any) -> None:
    assert START.hour == 12
    desk = desk('events = ["article.changed"]\nquiet = "11:00-17:00"\n')
    desk.edited("Sechs Tote.", minutes=10)
    desk.edited("Sieben Tote.", minutes=10)
    assert desk.sent() == []
    desk.world.wait(hours=5)
    (digest,) = desk.sent()
    assert words(digest) == ["[-Fünf-] {+Sechs+} Tote.", "[-Sechs-] {+Sieben+} Tote."]


def test_what_is_held_by_a_limit_that_ends_in_quiet_hours_is_told_when_they_end(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\nper_hour = 1\nquiet = "12:50-17:00"\n')
    desk.edited("Sechs Tote.", minutes=10)
    (alone,) = desk.sent()
    desk.answer(alone)
    desk.edited("Sieben Tote.", minutes=5)  # to be told at a quarter past one
    assert desk.sent() == []
    desk.edited("Acht Tote.", minutes=60)
    assert desk.sent() == []
    desk.world.wait(hours=4)
    (digest,) = desk.sent()
    assert words(digest) == ["[-Sechs-] {+Sieben+} Tote.", "[-Sieben-] {+Acht+} Tote."]


def test_what_failed_before_quiet_hours_is_not_tried_in_them(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\nquiet = "12:50-17:00"\n')
    desk.edited("Sechs Tote.", minutes=10)
    (failed,) = desk.sent()
    desk.answer(failed, ok=False, again=timedelta(minutes=30))
    for _ in range(4):
        desk.world.wait(hours=1)
        assert desk.sent() == []
        waits = {item.name: item.values for item in desk.world.store.read(figures, desk.world.now)}
        assert waits["deliveries_pending_oldest_seconds"]["desk"] < 600  # nobody is to be called for that
    desk.world.wait(hours=1)
    (again,) = desk.sent()
    assert again.event_uid == failed.event_uid


@pytest.mark.parametrize(
    ("before", "after", "hours"),
    [
        ('quiet = "11:00-23:00"', "", 0), ('digest = "daily"', "", 0), ('digest = "daily"', 'digest = "hourly"', 1),
        ('digest = "daily"', 'quiet = "11:00-15:00"', 3), ('digest = "hourly"', 'digest = "daily"', 1),
        ('digest = "daily"', "per_hour = 3", 0),
    ],
)  # fmt: skip
def test_what_other_rules_held_is_told_by_those_of_now(desk: Any, before: str, after: str, hours: int) -> None:
    desk = desk(f'events = ["article.changed"]\n{before}\n')
    desk.edited("Sechs Tote.", minutes=10)
    assert desk.sent() == []
    desk.configure(f'events = ["article.changed"]\n{after}\n')
    desk.world.store.call(apply, desk.config, desk.world.now)
    if hours:
        assert desk.sent() == []
        desk.world.wait(hours=hours)
    assert len(desk.sent()) == 1


def test_what_is_held_alone_is_told_as_itself(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    assert desk.sent() == []
    desk.world.wait(hours=1)
    (alone,) = desk.sent()
    assert said(alone)["type"] == "article.changed"
    assert alone.event_uid == said(alone)["data"]["id"]


def test_a_digest_that_fails_is_sent_again_as_it_was_and_the_next_one_waits_for_it(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    desk.edited("Sieben Tote.")
    desk.sent()
    desk.world.wait(hours=1)
    (digest,) = desk.sent()
    desk.answer(digest, ok=False, again=timedelta(hours=3))
    desk.edited("Acht Tote.")
    desk.edited("Neun Tote.")
    desk.sent()
    desk.world.wait(hours=2)
    assert desk.sent() == []
    desk.world.wait(hours=2)
    (again,) = desk.sent()
    assert (again.event_uid, again.body, again.attempts) == (digest.event_uid, digest.body, 1)
    desk.answer(again)
    (following,) = desk.sent()
    assert words(following) == ["[-Sieben-] {+Acht+} Tote.", "[-Acht-] {+Neun+} Tote."]
    desk.answer(following, ok=False)
    assert desk.states() == ["delivered", "delivered", "dead", "dead"]
    assert desk.world.rows("SELECT DISTINCT error FROM deliveries WHERE state = 'dead'") == [{"error": "HTTP 500"}]


def test_a_digest_that_is_refused_again_and_again_keeps_only_what_is_of_its_articles_waiting(desk: Any) -> None:
    desk = desk('events = ["article.changed", "operations.*"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    desk.edited("Sieben Tote.")
    desk.sent()
    desk.world.wait(hours=1)
    for failed in range(TOLD_AFTER):
        (digest,) = desk.sent()
        if not failed:
            desk.edited("Acht Tote.")
            failing(desk, 2)
        assert desk.sent() == []  # all other is held, and waits for it
        desk.world.wait(hours=1)
        desk.answer(digest, ok=False, again=timedelta(minutes=0 if failed + 1 < TOLD_AFTER else 1_200))
    (other,) = desk.sent()
    assert [event["type"] for event in said(other)["data"]["events"]] == ["operations.source_failing"] * 2
    assert desk.states() == ["pending", "held", "held", "pending", "held"]


def test_what_comes_later_of_an_article_waits_for_its_digest(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    desk.edited("Sieben Tote.")
    desk.sent()
    desk.configure('events = ["article.changed"]\n')
    desk.edited("Acht Tote.")
    assert desk.sent() == []
    desk.world.wait(hours=1)
    (digest,) = desk.sent()
    assert desk.sent() == []
    desk.answer(digest)
    (alone,) = desk.sent()
    assert said(alone)["data"]["excerpt"] == "[-Sieben-] {+Acht+} Tote."


def test_what_was_on_its_way_before_comes_before_the_digest(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\n')
    desk.edited("Sechs Tote.")
    (first,) = desk.sent()
    desk.answer(first, ok=False, again=timedelta(hours=5))
    desk.configure('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sieben Tote.")
    desk.edited("Acht Tote.")
    desk.sent()
    desk.world.wait(hours=2)
    assert desk.sent() == []
    desk.world.wait(hours=4)
    (again,) = desk.sent()
    assert again.id == first.id
    desk.answer(again)
    (digest,) = desk.sent()
    assert len(words(digest)) == 2


def test_a_digest_says_no_more_of_what_was_taken_down(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    desk.edited("Sieben Tote.")
    desk.sent()
    desk.world.store.call(take_down, URL, desk.world.now)
    desk.world.wait(hours=1)
    assert desk.sent() == []
    assert desk.states() == ["withheld", "withheld"]


def test_a_digest_goes_on_by_its_id_without_what_was_taken_down(desk: Any) -> None:
    desk = desk('events = ["article.changed", "operations.*"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    for url in ("https://a.example/", "https://b.example/"):
        values = {"name": "Zeitung", "failures": 3}
        desk.world.store.call(operations, "source_recovered", desk.world.now, url, values)
    desk.edited("Sieben Tote.")
    desk.sent()
    desk.world.wait(hours=1)
    (digest,) = desk.sent()
    desk.answer(digest, ok=False, again=timedelta(minutes=5))
    desk.world.store.call(take_down, URL, desk.world.now)
    desk.world.wait(minutes=6)
    (again,) = desk.sent()  # the first of it is gone: another one carries the rest from now on
    assert (again.event_uid, again.attempts) == (digest.event_uid, 1)
    assert [event["url"] for event in said(again)["data"]["events"]] == ["https://a.example/", "https://b.example/"]
    desk.answer(again)
    assert desk.states() == ["withheld", "delivered", "delivered", "withheld"]


def test_of_too_many_the_heaviest_are_told_and_the_others_counted(desk: Any) -> None:
    desk = desk('events = ["operations.*"]\ndigest = "hourly"\n')
    desk.world.store.call(lambda con: con.execute("UPDATE endpoints SET kind = 'slack'"))
    failing(desk, 60)
    desk.sent()
    desk.world.wait(hours=1)
    (digest,) = desk.sent()
    data = said(digest)["data"]
    assert len(digest.body) < 20_000
    assert (data["count"], len(data["events"]) + data["more"]) == (60, 60)
    assert 0 < data["more"] < 60
    urls = [event["url"] for event in data["events"]]
    assert urls == [f"https://{number}.example/" for number in range(len(urls))]


def test_programs_are_told_all_that_was_held_in_so_many_digests_as_it_takes(desk: Any) -> None:
    desk = desk('events = ["operations.*"]\ndigest = "hourly"\n')
    failing(desk, 60)
    desk.sent()
    desk.world.wait(hours=1)
    told: list[str] = []
    while items := desk.sent():
        (digest,) = items
        data = said(digest)["data"]
        assert len(digest.body) < 20_000
        assert (data["count"], data["more"]) == (len(data["events"]), 0)
        told += [event["url"] for event in data["events"]]
        desk.answer(digest)
    assert told == [f"https://{number}.example/" for number in range(60)]


@pytest.mark.parametrize("length", [56, 62, 68, 74])
def test_what_is_corrected_in_the_same_digest_leaves_room_for_all(desk: Any, length: int) -> None:
    desk = desk('events = ["article.*"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")

    def many(con: Any) -> None:
        (row,) = con.execute("SELECT * FROM events WHERE type = 'article.changed'").fetchall()
        for number in range(14):
            url, uid = f"https://zeitung.example/{number}", f"evt_{number:032x}"
            article = con.execute(
                "INSERT INTO articles (url, fetch_url, host, source_id, first_seen_at) VALUES (?, ?, 'x', 1, '')",
                [url, url],
            ).lastrowid
            told = {"id": uid, "url": url, "source": "Zeitung", "headline": "H" * length, "link": "https://x.example/"}
            for kind, which, more in (
                ("changed", uid, {"verdict": "unmarked"}),
                (
                    "ruled",
                    f"evt_{number + 100:032x}",
                    {"verdict": "announced", "supersedes": uid, "replaces": "unmarked"},
                ),
            ):
                con.execute(
                    """INSERT INTO events (uid, verdict, type, at, article_id, revision_id, url, data)
                       VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                    [which, more["verdict"], f"article.{kind}", row["at"], article, row["revision_id"], url,
                     json.dumps({**told, **more, "id": which})],
                )  # fmt: skip

    desk.world.store.call(many)
    desk.sent()
    desk.world.wait(hours=2)
    told: list[str] = []
    while items := desk.sent():
        for item in items:
            data = said(item)["data"]
            assert data.get("more", 0) == 0
            assert len(item.body) < 20_000
            told += [event["id"] for event in data.get("events", [data])]
            desk.answer(item)
    assert len(told) == len(set(told)) == 30  # and the article, and its edit


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"type": "article.gone", "verdict": "removed"}, {"type": "article.changed", "severity": "high"}),
        ({"type": "article.ruled", "replaces": "unmarked"}, {"type": "article.gone", "verdict": "removed"}),
        ({"type": "article.ruled", "verdict": "misread", "replaces": "unsettled"}, {"type": "article.gone"}),
        ({"type": "article.returned", "verdict": "returned"}, {"type": "article.gone", "verdict": "removed"}),
        (
            {"type": "article.changed", "severity": "high"},
            {"type": "article.ruled", "severity": "trivial", "supersedes": "evt_1", "replaces": "unsettled"},
        ),
        ({"type": "operations.drift"}, {"type": "article.ruled", "severity": "high"}),
        ({"type": "article.changed", "severity": "low"}, {"type": "article.changed", "severity": None}),
    ],
)
def test_which_is_told_where_there_is_no_room_for_both(first: dict[str, str], then: dict[str, str | None]) -> None:
    assert rank(first) < rank(then)


def failing(desk: Any, count: int) -> None:
    """So many sources fail."""
    values = {"name": "Zeitung", "code": "broken", "detail": "x" * 500, "failures": 3}
    for number in range(count):
        desk.world.store.call(operations, "source_failing", desk.world.now, f"https://{number}.example/", values)


def test_an_endpoint_that_was_disabled_is_told_nothing_that_was_held(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.discovered"]\n')
    (first,) = desk.sent()
    desk.configure('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    desk.sent()
    gone = DeliveryResult(first.id, desk.world.now, False, 410, "gone", None, disable=True)
    desk.world.store.call(record_deliveries, [gone])
    assert desk.states() == ["dead", "dead"]
