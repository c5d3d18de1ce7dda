"""What corrects or takes back reaches everyone who was told the other, past filters, quiet hours and limits, and those
who could not be told when it came as soon as they can."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from changes.case import Patience
from db.rows import text_of
from db.store.deliveries import configure, record_deliveries
from db.store.events import Telling, tell
from db.store.people import status
from db.store.redelivery import Asked, send_again
from db.store.takedown import take_down
from db.work_alerts import DeliveryResult
from schedules.alert import Style, alert
from schedules.cli.lines import status_lines
from tests.desk import OLD, desks, said
from tests.world import URL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.work_alerts import DueDelivery


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with desks(tmp_path, monkeypatch) as made:
        yield made


def take_back(desk: Any) -> None:
    """It turns out that the first edit was none."""
    row = desk.world.rows("SELECT * FROM events WHERE type = 'article.changed' ORDER BY id")[0]

    def taken_back(con: Any) -> None:
        con.execute(
            """INSERT INTO events (uid, verdict, type, at, article_id, revision_id, ruling_id, url, data)
               SELECT 'evt_back', 'misread', 'article.ruled', at, article_id, revision_id, ruling_id, url,
                   json_set(data, '$.supersedes', uid, '$.verdict', 'misread') FROM events WHERE id = ?""",
            [row["id"]],
        )

    desk.world.store.call(taken_back)


def test_a_ruling_that_is_taken_back_is_told_in_quiet_hours_to_whom_it_was_told(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\nper_hour = 1\n')
    desk.edited("Sechs Tote.", minutes=30)
    (told,) = desk.sent()
    assert said(told)["data"]["verdict"] != "unsettled"
    desk.answer(told)
    desk.configure('events = ["article.changed"]\nquiet = "00:00-23:59"\nper_hour = 1\n')
    take_back(desk)
    (back,) = desk.sent()
    assert (said(back)["type"], said(back)["data"]["verdict"]) == ("article.ruled", "misread")


def test_what_is_taken_back_does_not_wait_for_hours_behind_what_failed_of_its_article(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\n')
    desk.edited("Sechs Tote.", minutes=30)
    desk.answer(desk.sent()[0])
    desk.edited("Sieben Tote.", minutes=30)
    (failed,) = desk.sent()
    desk.answer(failed, ok=False, again=timedelta(hours=20))
    assert desk.sent() == []
    take_back(desk)
    (again,) = desk.sent()
    assert again.event_uid == failed.event_uid  # in order, as ever
    desk.answer(again)
    assert [said(item)["data"]["verdict"] for item in desk.sent()] == ["misread"]


def test_what_is_taken_back_in_quiet_hours_does_not_wait_for_what_failed_of_its_article(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\nquiet = "14:00-23:00"\n')
    desk.edited("Sechs Tote.", minutes=30)
    desk.answer(desk.sent()[0])
    desk.edited("Sieben Tote.", minutes=30)
    (failed,) = desk.sent()
    desk.answer(failed, ok=False, again=timedelta(minutes=30))
    desk.world.wait(hours=2)
    assert desk.sent() == []
    take_back(desk)
    (again,) = desk.sent()
    assert again.event_uid == failed.event_uid
    desk.answer(again)
    assert [said(item)["data"]["verdict"] for item in desk.sent()] == ["misread"]


@pytest.mark.parametrize("rule", ['digest = "daily"', 'quiet = "00:00-23:59"', "per_hour = 1"])
def test_what_is_taken_back_does_not_wait_for_what_is_held_of_its_article(desk: Any, rule: str) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\n')
    desk.edited("Sechs Tote.", minutes=30)
    (told,) = desk.sent()
    desk.answer(told)
    desk.configure(f'events = ["article.changed"]\n{rule}\n')
    desk.edited("Sieben Tote.", minutes=1)
    desk.edited("Acht Tote.", minutes=1)
    for sent in desk.sent():  # one an hour is let through
        desk.answer(sent)
    take_back(desk)
    (back,) = desk.sent()
    assert said(back)["data"]["verdict"] == "misread"
    desk.answer(back)
    assert desk.states()[-1] == "delivered"
    assert "held" in desk.states()


ONLY_REMOVED = 'events = ["article.ruled", "article.gone"]\nverdicts = ["unmarked", "silent", "removed"]\n'


def removed(desk: Any) -> None:
    for _ in range(2):
        desk.world.wait(minutes=20).look(status=404)


def kept_too_short(desk: Any) -> None:
    """It turns out that the article was to be kept for longer."""
    (gone,) = desk.world.rows("SELECT uid, article_id FROM events WHERE type = 'article.gone'")
    telling = Telling("removed_before_expected", supersedes=str(gone["uid"]))
    desk.world.store.call(tell, "article.gone", gone["article_id"], desk.world.now, telling)


def returned(desk: Any) -> None:
    desk.world.wait(minutes=20).look(**OLD)


@pytest.mark.parametrize("held", ['quiet = "00:00-23:59"', 'digest = "daily"', "per_hour = 1"])
@pytest.mark.parametrize(
    ("correct", "verdict"), [(returned, "returned"), (kept_too_short, "removed_before_expected")]
)  # fmt: skip
def test_whoever_was_told_that_an_article_is_gone_is_told_at_once_what_corrects_it(
    desk: Any, correct: Any, verdict: str, held: str
) -> None:
    desk = desk(f"{ONLY_REMOVED}per_hour = 1\n")
    removed(desk)
    (gone,) = desk.sent()
    assert said(gone)["data"]["verdict"] == "removed"
    desk.answer(gone)
    desk.configure(f"{ONLY_REMOVED}{held}\n")
    correct(desk)
    (corrected,) = desk.sent()
    assert said(corrected)["data"]["verdict"] == verdict
    desk.answer(corrected)


def test_a_removal_and_its_correction_that_are_routed_together_reach_the_same(desk: Any) -> None:
    desk = desk(ONLY_REMOVED)
    removed(desk)
    kept_too_short(desk)
    returned(desk)
    verdicts = []
    while sent := desk.sent():
        verdicts += [said(item)["data"]["verdict"] for item in sent]
        desk.answer(sent[0])
    assert verdicts == ["removed", "removed_before_expected", "returned"]


def test_what_was_told_of_an_earlier_removal_is_over(desk: Any) -> None:
    """It returned: that was told. Who was not told of the next removal is not told what corrects that one."""
    desk = desk(ONLY_REMOVED)
    removed(desk)
    returned(desk)
    while sent := desk.sent():
        desk.answer(sent[0])
    desk.configure('events = ["article.changed"]\n')
    removed(desk)
    returned(desk)
    assert desk.sent() == []


def test_that_there_was_no_edit_is_told_at_once_also_of_one_that_was_too_early_to_rule_on(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\n', Patience())
    desk.edited("Sechs Tote.", minutes=30)
    (told,) = desk.sent()
    assert said(told)["data"]["verdict"] == "unsettled"
    desk.answer(told)
    desk.configure('events = ["article.changed"]\nquiet = "00:00-23:59"\n')
    take_back(desk)
    assert [said(back)["data"]["verdict"] for back in desk.sent()] == ["misread"]


class TestWhoCannotBeTold:
    """By its 410, or as it left the configuration: what takes back what it was told waits for it, and nothing else."""

    @pytest.fixture
    def told(self, desk: Any) -> Any:
        made = desk('events = ["article.changed", "article.ruled"]\n')
        made.edited("Sechs Tote.", minutes=30)
        made.answer(made.sent()[0])
        return made

    def disable(self, desk: Any, item: DueDelivery) -> None:
        gone = DeliveryResult(item.id, desk.world.now, False, 410, "gone", None, disable=True)
        desk.world.store.call(record_deliveries, [gone])

    def arrives(self, desk: Any) -> list[str]:
        verdicts = []
        while sent := desk.sent():
            verdicts += [said(item)["data"]["verdict"] for item in sent]
            desk.answer(sent[0])
        return verdicts

    @pytest.mark.parametrize("enabled_by", ["another address", "redeliver"])
    def test_what_is_taken_back_while_it_is_disabled_comes_when_it_is_enabled(self, told: Any, enabled_by: str) -> None:
        told.edited("Sieben Tote.")
        self.disable(told, told.sent()[0])
        take_back(told)
        told.edited("Acht Tote.")
        assert told.sent() == []
        assert told.states() == ["delivered", "dead", "pending"]
        if enabled_by == "redeliver":
            asked = Asked(endpoint="desk", event="evt_back")
            told.world.store.call(partial(send_again, asked=asked, now=told.world.now, dry_run=False))
        else:
            told.world.store.call(configure, [replace(told.wanted, whole_url="https://new.example/")], told.world.now)
        assert self.arrives(told) == ["misread"]

    def test_what_it_answers_with_410_is_not_given_up_if_it_takes_something_back(self, told: Any) -> None:
        take_back(told)
        self.disable(told, told.sent()[0])
        assert told.sent() == []
        asked = Asked(endpoint="desk", dead=True)
        (again,) = told.world.store.call(partial(send_again, asked=asked, now=told.world.now, dry_run=False))
        assert (again.events, again.waiting) == ((), 1)
        assert self.arrives(told) == ["misread"]

    def unsettled(self, desk: Any) -> Any:
        """A desk that is to be told that it is too early to say more."""
        desk = desk('events = ["article.changed", "article.ruled"]\n', Patience(timedelta(minutes=30), timedelta(), 1))
        desk.edited("Sechs Tote.", minutes=30)
        return desk

    def settle(self, desk: Any) -> None:
        for _ in range(4):
            desk.world.wait(minutes=20).look(**{**OLD, "text": "Sechs Tote."})
            desk.world.judge()
        assert desk.sent() == []

    @pytest.mark.parametrize("tells_back", [False, True])
    def test_what_was_ruled_while_it_was_off_is_told_in_place_of_what_it_overtook(
        self, desk: Any, tells_back: bool
    ) -> None:
        desk = self.unsettled(desk)
        (first,) = desk.sent()
        assert said(first)["data"]["verdict"] == "unsettled"
        self.disable(desk, first)
        self.settle(desk)
        if tells_back:
            take_back(desk)  # it may have arrived
            assert desk.sent() == []
        asked = Asked(endpoint="desk", dead=True)
        (again,) = desk.world.store.call(partial(send_again, asked=asked, now=desk.world.now, dry_run=False))
        told = "unmarked" if not tells_back else "misread"
        assert (again.replaced, again.overtaken) == ((1, 0) if not tells_back else (0, 1))
        assert self.arrives(desk) == [told]
        assert desk.states() == ["withheld", "delivered"]

    def test_what_was_ruled_while_it_was_not_configured_is_told_in_place_of_what_waited(self, desk: Any) -> None:
        desk = self.unsettled(desk)
        assert len(desk.sent()) == 1
        desk.world.store.call(configure, [], desk.world.now)
        self.settle(desk)
        desk.world.store.call(configure, [desk.wanted], desk.world.now)
        assert self.arrives(desk) == ["unmarked"]
        assert desk.states() == ["withheld", "delivered"]

    def test_what_was_no_edit_is_not_told_where_nothing_was(self, desk: Any) -> None:
        desk = self.unsettled(desk)
        self.disable(desk, desk.sent()[0])
        desk.world.store.call(lambda con: con.execute("UPDATE deliveries SET last_attempt_at = NULL, handed_out = 0"))
        take_back(desk)
        assert desk.sent() == []
        asked = Asked(endpoint="desk", dead=True)
        desk.world.store.call(partial(send_again, asked=asked, now=desk.world.now, dry_run=False))
        assert self.arrives(desk) == []
        assert desk.states() == ["withheld"]

    def test_what_was_never_sent_is_not_taken_back(self, desk: Any) -> None:
        desk = desk('events = ["article.changed", "article.ruled"]\n')
        desk.edited("Fünf Tote. Mehr.", minutes=30)
        desk.edited("Sechs Tote.", minutes=30)
        self.disable(desk, desk.sent()[0])
        desk.world.store.call(lambda con: con.execute("UPDATE deliveries SET last_attempt_at = NULL, handed_out = 0"))
        take_back(desk)
        assert desk.sent() == []
        assert set(desk.states()) == {"dead"}

    def test_what_is_taken_back_while_it_is_not_configured_comes_when_it_is(self, told: Any) -> None:
        told.world.store.call(configure, [], told.world.now)
        take_back(told)
        assert told.sent() == []
        told.world.store.call(configure, [told.wanted], told.world.now)
        assert self.arrives(told) == ["misread"]

    def test_another_name_takes_along_what_waits_and_what_was_told(self, told: Any) -> None:
        told.edited("Sieben Tote.")
        told.sent()
        newsroom = replace(told.wanted, name="newsroom")
        told.world.store.call(configure, [newsroom], told.world.now)
        assert told.world.rows("SELECT DISTINCT endpoint FROM deliveries") == [{"endpoint": "newsroom"}]
        assert told.world.rows("SELECT name, state FROM endpoints") == [{"name": "newsroom", "state": "active"}]
        take_back(told)
        told.world.wait(minutes=10)
        assert self.arrives(told)[-1] == "misread"

    def test_of_two_at_an_address_each_takes_along_what_is_its_own(self, told: Any) -> None:
        removals = replace(told.wanted, name="removals", events=("article.gone",))
        told.world.store.call(configure, [told.wanted, removals], told.world.now)
        renamed = [replace(told.wanted, name="a"), replace(removals, name="b")]
        assert told.world.store.call(configure, renamed, told.world.now) == []
        assert told.world.rows("SELECT DISTINCT endpoint FROM deliveries") == [{"endpoint": "a"}]
        assert told.world.rows("SELECT name, events FROM endpoints ORDER BY name")[1] == {
            "name": "b", "events": '["article.gone"]',
        }  # fmt: skip
        assert told.world.store.call(configure, renamed[:1], told.world.now) == ["b"]
        assert told.world.store.call(configure, renamed[:1], told.world.now) == []

    @pytest.mark.parametrize(
        "now",
        [
            [("newsroom", "https://new.example/", "webhook")],
            [("newsroom", "https://desk.example/", "slack")],
            [("a", "https://desk.example/", "webhook"), ("b", "https://desk.example/", "webhook")],
            [("desk", "https://desk.example/", "webhook"), ("b", "https://desk.example/", "webhook")],
        ],
    )  # fmt: skip
    def test_nothing_is_taken_along_where_it_may_be_another(self, told: Any, now: list[tuple[str, str, str]]) -> None:
        wanted = [replace(told.wanted, name=name, whole_url=url, kind=kind) for name, url, kind in now]
        told.world.store.call(configure, wanted, told.world.now)
        assert told.world.rows("SELECT DISTINCT endpoint FROM deliveries") == [{"endpoint": "desk"}]


def test_of_what_was_taken_down_only_what_was_told_is_corrected_and_that_says_so(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\n')
    desk.edited("Sechs Tote.", minutes=30)
    desk.answer(desk.sent()[0])
    desk.edited("Sieben Tote.")
    take_back(desk)
    desk.world.store.call(take_down, URL, desk.world.now)
    (first,) = desk.sent()
    assert said(first)["data"]["verdict"] == "misread"
    assert desk.states() == ["delivered", "withheld", "pending"]
    assert said(first)["data"]["taken_down_at"] == text_of(desk.world.now)
    assert alert(first.body, Style("de"), 3_000, desk.world.now).text.replace("\u2060", "").splitlines()[:3] == [
        "Unsere Kopie dieses Artikels haben wir am 24.11.2026, 12:36 Uhr UTC gelöscht.",
        URL,
        "Wir hatten eine Änderung gemeldet; es gab keine.",
    ]


def test_of_what_was_taken_down_nothing_is_corrected_that_never_went_out(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\n')
    desk.edited("Sechs Tote.", minutes=30)
    take_back(desk)
    desk.world.store.call(take_down, URL, desk.world.now)
    assert desk.sent() == []
    assert desk.states() == ["withheld"]


def test_status_says_what_waits_for_an_endpoint_that_was_taken_out_and_not_that_it_fails(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.ruled"]\n')
    desk.edited("Sechs Tote.", minutes=30)
    (told,) = desk.sent()
    store, now = desk.world.store, desk.world.now
    store.call(record_deliveries, [DeliveryResult(told.id, now, False, 500, "HTTP 500", now, False)])
    found = store.read(status)
    assert [row["name"] for row in found["failing_endpoints"]] == ["desk"]
    assert found["left_endpoints"] == []
    store.call(configure, [], now)
    found = store.read(status)
    assert found["failing_endpoints"] == []
    assert found["left_endpoints"] == [{"name": "desk", "alerts": 1}]
    said = list(status_lines(found, "http://127.0.0.1:8001/n"))
    assert "  desk: 1 alert waits until an endpoint of that name is there again" in said
