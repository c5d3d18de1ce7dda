"""A world with one endpoint that is told by its rules: for tests of what is held, and of what takes back."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from changes.case import Patience
from db.store.deliveries import Wanted, configure, due_deliveries, record_deliveries
from db.store.routings import due_events, record_routings
from db.work_alerts import DeliveryResult
from schedules.config import load
from schedules.route import route
from tests.world import URL, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

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
        self.wanted = Wanted(item.name, item.kind, item.shown_url, item.url, item.events)
        self.world.store.call(configure, [self.wanted], self.world.now)

    def edited(self, text: str, minutes: float = 1, **given: Any) -> None:
        self.world.wait(minutes=minutes).look(**{**OLD, "text": text, **given})

    def sent(self) -> list[DueDelivery]:
        """Route what there is, and hand out what is due."""
        store, now = self.world.store, self.world.now
        wishes = {item.name: item.wishes for item in self.config.endpoints}
        while due := store.call(due_events, 100, with_texts=True):
            store.call(record_routings, [route(item, wishes, now) for item in due])
        quiet = [name for name, wished in wishes.items() if wished.is_quiet(now)]
        return store.call(lambda con: due_deliveries(con, now, 100, quiet=quiet))

    def answer(self, item: DueDelivery, *, ok: bool = True, again: timedelta | None = None) -> None:
        at = None if again is None else self.world.now + again
        result = DeliveryResult(item.id, self.world.now, ok, 200 if ok else 500, "" if ok else "HTTP 500", at)
        self.world.store.call(record_deliveries, [result])

    def states(self) -> list[str]:
        return [str(row["state"]) for row in self.world.rows("SELECT state FROM deliveries ORDER BY id")]


@contextmanager
def desks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Desk]]:
    """Makes a desk of the rules it is given, and closes it."""
    monkeypatch.setenv("NACHTRAG_TEST_DESK", SECRET)
    made: list[Desk] = []

    def with_rules(given: str, patience: Patience | None = None) -> Desk:
        made.append(Desk(folder, given, patience or Patience(timedelta(), timedelta(), 1)))
        return made[-1]

    yield with_rules
    for item in made:
        item.world.store.close()


def said(item: DueDelivery) -> dict[str, Any]:
    """What is sent."""
    body: dict[str, Any] = json.loads(item.body)
    return body
