"""What is not told at once is held, and told together: quiet hours, digests, so many an hour."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from changes.case import Patience
from db.store import people
from db.store.deliveries import Wanted, configure, due_deliveries, record_deliveries
from db.store.events import Telling, operations, tell
from db.store.routings import due_events, record_routings
from db.store.takedown import take_down
from db.work_alerts import DeliveryResult
from schedules.config import load
from schedules.route import route
from tests.world import START, URL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.work_alerts import DueDelivery
    from schedules.config import Config

OLD = {"text": "Fünf Tote.", "clocks": {"stand": "08:00"}}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Desk:
    """A world with one endpoint as config.toml has it."""

    def __init__(self, folder: Path, given: str, patience: Patience | None = None) -> None:
        self.world = World(folder / "n.db", patience)
        self.folder = folder
        self.configure(given)
        self.world.poll(URL)
        self.world.look(**OLD)

    def configure(self, given: str) -> None:
        text = (
            f'[[endpoints]]\nname = "desk"\nurl = "https://desk.example/"\nsecret_env = "NACHTRAG_TEST_DESK"\n{given}'
        )
        (self.folder / "config.toml").write_text(text, "utf-8")
        self.config: Config = load(self.folder / "config.toml")
        (item,) = self.config.endpoints
        wanted = Wanted(item.name, item.kind, item.shown_url, item.url, item.events)
        self.world.store.call(configure, [wanted], self.world.now)

    def edited(self, text: str, minutes: float = 1, **given: Any) -> None:
        self.world.wait(minutes=minutes).look(**{**OLD, "text": text, **given})

    def sent(self) -> list[DueDelivery]:
        """Route what there is, and hand out what is due."""
        store, now = self.world.store, self.world.now
        wishes = {item.name: item.wishes for item in self.config.endpoints}
        while due := store.call(due_events, 100, with_texts=True):
            store.call(record_routings, [route(item, wishes, now) for item in due])
        return store.call(due_deliveries, now, 100)

    def answer(self, item: DueDelivery, *, ok: bool = True, again: timedelta | None = None) -> None:
        at = None if again is None else self.world.now + again
        result = DeliveryResult(item.id, self.world.now, ok, 200 if ok else 500, "" if ok else "HTTP 500", at)
        self.world.store.call(record_deliveries, [result])

    def states(self) -> list[str]:
        return [str(row["state"]) for row in self.world.rows("SELECT state FROM deliveries ORDER BY id")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("NACHTRAG_TEST_DESK", SECRET)
    made: list[Desk] = []

    def with_rules(given: str, patience: Patience | None = None) -> Desk:
        made.append(Desk(tmp_path, given, patience or Patience(timedelta(), timedelta(), 1)))
        return made[-1]

    yield with_rules
    for item in made:
        item.world.store.close()


def said(item: DueDelivery) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(item.body)
    return body


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


def test_a_digest_says_no_more_of_what_was_taken_down(desk: Any) -> None:
    desk = desk('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    desk.edited("Sieben Tote.")
    desk.sent()
    desk.world.store.call(take_down, URL, desk.world.now)
    desk.world.wait(hours=1)
    (digest,) = desk.sent()
    assert words(digest) == ["", ""]
    assert "Tote" not in digest.body


def test_of_too_many_the_heaviest_are_told_and_the_others_counted(desk: Any) -> None:
    desk = desk('events = ["operations.*"]\ndigest = "hourly"\n')
    for number in range(60):
        desk.world.store.call(operations, "source_failing", desk.world.now, f"https://{number}.example/", "x" * 600)
    desk.sent()
    desk.world.wait(hours=1)
    (digest,) = desk.sent()
    data = said(digest)["data"]
    assert len(digest.body) < 20_000
    assert (data["count"], len(data["events"]) + data["more"]) == (60, 60)
    assert 0 < data["more"] < 60
    urls = [event["url"] for event in data["events"]]
    assert urls == [f"https://{number}.example/" for number in range(len(urls))]


def test_an_endpoint_that_was_disabled_is_told_nothing_that_was_held(desk: Any) -> None:
    desk = desk('events = ["article.changed", "article.discovered"]\n')
    (first,) = desk.sent()
    desk.configure('events = ["article.changed"]\ndigest = "hourly"\n')
    desk.edited("Sechs Tote.")
    desk.sent()
    gone = DeliveryResult(first.id, desk.world.now, False, 410, "gone", None, disable=True)
    desk.world.store.call(record_deliveries, [gone])
    assert desk.states() == ["dead", "dead"]
