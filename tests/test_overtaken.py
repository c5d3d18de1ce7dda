"""What no longer holds is never the last word, whatever is asked to be sent again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from db.store.deliveries import record_deliveries
from db.store.events import operations
from db.store.redelivery import Again, Asked, send_again
from db.store.takedown import take_down
from db.work_alerts import DeliveryResult
from tests.desk import OLD, desks, said
from tests.test_taken_back import take_back
from tests.world import START, URL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALL = 'events = ["article.changed", "article.ruled", "article.gone", "article.returned", "operations.*"]\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with desks(tmp_path, monkeypatch) as made:
        yield made(ALL)


def again(desk: Any, **asked: Any) -> Again:
    """What is sent again, which a dry run says before; it is of one endpoint."""
    (would,), (found,) = (
        desk.world.store.call(partial(send_again, asked=Asked(**asked), now=desk.world.now, dry_run=dry_run))
        for dry_run in (True, False)
    )
    assert found == would
    return found


def arrives(desk: Any) -> list[str]:
    """The verdicts of what arrives, in order."""
    verdicts = []
    while sent := desk.sent():
        verdicts += [said(item)["data"]["verdict"] for item in sent]
        desk.answer(sent[0])
    return verdicts


def given_up_and_taken_back(desk: Any) -> str:
    """An edit could not be told, and what takes it back could; the id of the edit."""
    desk.edited("Sechs Tote.", minutes=30)
    (edit,) = desk.sent()
    desk.answer(edit, ok=False)
    take_back(desk)
    assert arrives(desk) == ["misread"]
    return str(edit.event_uid)


def test_an_edit_that_was_taken_back_since_is_left_out_and_counted(desk: Any) -> None:
    edit = given_up_and_taken_back(desk)
    assert again(desk, dead=True) == Again("desk", "active", (), 0, 0, overtaken=1)
    assert arrives(desk) == []
    assert desk.states() == ["withheld", "delivered"]
    assert again(desk, event=edit).events == (edit, "evt_back"), "whoever names it gets it after all"


def test_by_its_id_it_is_sent_and_what_takes_it_back_after_it(desk: Any) -> None:
    edit = given_up_and_taken_back(desk)
    for _ in range(2):
        assert again(desk, event=edit).events == (edit, "evt_back")
        assert arrives(desk)[-1] == "misread"


def test_what_is_sent_again_with_what_takes_it_back_is_told_in_order(desk: Any) -> None:
    edit = given_up_and_taken_back(desk)
    assert again(desk, endpoint="desk", since=START).events == (edit, "evt_back")
    assert arrives(desk)[-1] == "misread"


def test_that_an_article_is_gone_is_left_out_where_it_returned_since(desk: Any) -> None:
    for _ in range(2):
        desk.world.wait(minutes=20).look(status=404)
    desk.answer(desk.sent()[0], ok=False)
    desk.world.wait(minutes=20).look(**OLD)
    assert arrives(desk) == ["returned"]
    assert again(desk, dead=True).overtaken == 1
    assert arrives(desk) == []


def test_that_it_returned_is_left_out_where_it_is_gone_again(desk: Any) -> None:
    for _ in range(2):
        desk.world.wait(minutes=20).look(status=404)
    desk.world.wait(minutes=20).look(**OLD)
    for _ in range(2):
        desk.answer(desk.sent()[0], ok=False)
    for _ in range(2):
        desk.world.wait(minutes=20).look(status=404)
    assert arrives(desk) == ["removed"]
    assert again(desk, dead=True).overtaken == 2
    assert arrives(desk) == []


def test_what_it_was_not_told_when_it_was_taken_back_is_left_out(desk: Any) -> None:
    """Its receiver had said 410: nothing new was kept for it, and what takes back what it never heard neither."""
    desk.edited("Fünf Tote. Mehr.", minutes=30)
    desk.edited("Sechs Tote.", minutes=30)
    gone = DeliveryResult(desk.sent()[0].id, desk.world.now, False, 410, "gone", None, disable=True)
    desk.world.store.call(record_deliveries, [gone])
    desk.world.store.call(lambda con: con.execute("UPDATE deliveries SET last_attempt_at = NULL, handed_out = 0"))
    take_back(desk)
    assert desk.sent() == []
    found = again(desk, dead=True, endpoint="desk")
    assert (len(found.events), found.overtaken) == (1, 1)
    assert desk.states() == ["withheld", "pending"]


def test_a_digest_goes_again_by_its_id_without_what_was_taken_back(desk: Any) -> None:
    desk.configure(f'{ALL}digest = "hourly"\n')
    desk.edited("Sechs Tote.")
    for number in range(2):
        values = {"name": "Zeitung", "failures": 3}
        desk.world.store.call(operations, "source_recovered", desk.world.now, f"https://{number}.example/", values)
    desk.sent()
    desk.world.wait(hours=1)
    (digest,) = desk.sent()
    desk.answer(digest, ok=False)
    desk.configure(ALL)
    take_back(desk)
    assert arrives(desk) == ["misread"]
    found = again(desk, dead=True)
    assert (len(found.events), found.overtaken) == (2, 1)
    (item,) = desk.sent()
    assert item.event_uid == digest.event_uid
    assert [event["type"] for event in said(item)["data"]["events"]] == ["operations.source_recovered"] * 2
    desk.answer(item, again=timedelta())
    assert desk.states() == ["withheld", "delivered", "delivered", "delivered"]


@pytest.mark.parametrize("taken", [True, False])
def test_nothing_is_sent_again_of_what_was_taken_down(desk: Any, taken: bool) -> None:
    desk.edited("Sechs Tote.", minutes=30)
    (edit,) = desk.sent()
    desk.answer(edit, ok=taken)
    desk.world.store.call(take_down, URL, desk.world.now)
    assert again(desk, event=edit.event_uid) == Again("desk", "active", (), 0, 0, taken_down=1)
    assert arrives(desk) == []
    assert desk.states() == ["delivered" if taken else "withheld"]
