"""Who is told of which event, and when."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from changes.routing import News, Rules, unmet
from db.work_alerts import DueEvent, Recipient, Routing
from schedules.endpoints import Endpoint
from schedules.route import Wishes, route
from tests.articles import article

NOW = datetime(2026, 3, 2, 9, 10, tzinfo=UTC)
CASES = tomllib.loads((Path(__file__).parent / "data" / "routing.toml").read_text("utf-8"))["case"]
ALL = Wishes(Rules(("article.*",)))
NONE = Wishes(Rules(("article.moved",)))


def wishes(**given: object) -> Wishes:
    return Endpoint.model_validate({"name": "desk", "url": "https://desk.example/", **given}).wishes


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_rules(case: dict[str, Any]) -> None:
    given = {"type": "article.changed", **case["event"]}
    given["tags"] = tuple(given.get("tags", ()))
    readings = {key: article(**case[key]) if key in case else None for key in ("was", "is")}
    news = News(**given, before=readings["was"], after=readings["is"])
    rules = wishes(**{"events": ["article.*"], **case["rules"]}).rules
    assert unmet(news, rules) == case.get("why", "")
    assert rules.looks_at_texts == bool({"headline", "text", "changed", "sentences"} & case["rules"].keys())


def due(**given: Any) -> DueEvent:
    return DueEvent(7, News("article.ruled"), **{"active": ("zebra", "ape", "other"), **given})


def test_those_are_told_whose_rules_hold_in_the_order_of_the_endpoints() -> None:
    found = route(due(), {"ape": ALL, "nobody": ALL, "other": NONE, "zebra": ALL}, NOW)
    assert found == Routing(7, NOW, (Recipient("zebra"), Recipient("ape")))


def test_whoever_was_told_of_the_edit_is_told_what_is_said_of_it_now_whatever_the_rules() -> None:
    heard = {"other": False, "removed from the configuration": False}
    assert [who.endpoint for who in route(due(heard=heard), {"other": NONE, "ape": NONE}, NOW).recipients] == ["other"]


NIGHT = {"quiet": "08:00-11:00"}
WHEN: dict[str, tuple[dict[str, object], str | None]] = {
    "at once": ({}, None),
    "in quiet hours": (NIGHT, "2026-03-02T11:00+00:00"),
    "outside quiet hours": ({"quiet": "22:00-06:00"}, None),
    "hourly": ({"digest": "hourly"}, "2026-03-02T10:00+00:00"),
    "daily": ({"digest": "daily"}, "2026-03-03T06:00+00:00"),
    "by cron": ({"digest": "30 7 * * 1-5 Europe/Berlin"}, "2026-03-03T06:30+00:00"),
    "a digest of quiet hours": ({"digest": "hourly", **NIGHT}, "2026-03-02T11:00+00:00"),
}


@pytest.mark.parametrize("name", WHEN)
def test_when_it_is_told(name: str) -> None:
    given, until = WHEN[name]
    (who,) = route(due(active=("ape",)), {"ape": wishes(events=["article.*"], **given)}, NOW).recipients
    assert who.held_until == (datetime.fromisoformat(until) if until else None)


def test_what_is_taken_back_waits_for_nothing_where_it_was_told() -> None:
    asleep = {"ape": wishes(events=["article.*"], per_hour=1, **NIGHT)}
    held = Recipient("ape", NOW.replace(hour=11, minute=0), 1)

    def told(**given: object) -> tuple[Recipient, ...]:
        return route(due(active=("ape",), **given), asleep, NOW).recipients

    assert told(heard={"ape": True}) == (Recipient("ape", at_once=True),)
    assert told(heard={"ape": False}) == (held,)  # both are told in the morning, or it said nothing yet
    assert told() == (held,)


def test_a_limit_goes_along_for_the_store_to_count() -> None:
    (who,) = route(due(active=("ape",)), {"ape": wishes(events=["article.*"], per_hour=5)}, NOW).recipients
    assert who == Recipient("ape", None, 5)
