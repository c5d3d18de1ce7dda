"""The published schema of events: sound, in step with the code, and true of every event there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from changes.change import Verdict
from changes.comment_series import WORDS
from changes.meaning import Severity
from changes.tags import TAG_KINDS
from db.store.events import operations
from db.words.codes import ABSENCES
from schedules.cli.alerting import TYPES
from schedules.endpoints import OPERATIONS
from schedules.samples import sample
from tests.event_schema import FILE, SCHEMA, faults
from tests.test_alerting import NOW
from tests.test_event_docs import EVENTS, EXAMPLES, KEYS
from tests.web_sample import build
from tests.web_server import serving
from tests.world import AT_ONCE, MARKED, OLD, SILENT, URL, World

ARTICLE = SCHEMA["$defs"]["article"]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_names_every_key_type_and_value_there_is() -> None:
    assert ARTICLE["required"] == KEYS
    assert set(ARTICLE["properties"]) == {*KEYS, "sample", "taken_down_at"}
    assert tuple(SCHEMA["properties"]["type"]["examples"]) == TYPES
    known = {name: part.get("examples") for name, part in ARTICLE["properties"].items()}
    assert set(known["verdict"]) == set(known["replaces"]) == set(get_args(Verdict))
    assert tuple(ARTICLE["properties"]["tags"]["items"]["examples"]) == TAG_KINDS
    assert ARTICLE["properties"]["severity"]["enum"] == [*get_args(Severity), None]
    assert known["absence"] == list(ABSENCES)
    assert known["movement"] == list(WORDS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["type"])
def test_the_documented_examples(example: dict[str, Any]) -> None:
    assert faults(example) == []


@pytest.mark.parametrize("event_type", TYPES)
def test_samples(event_type: str) -> None:
    assert faults(json.loads(sample(event_type, "evt_test_1", "https://watch.example", NOW))) == []


def test_the_values_of_operations_are_those_that_are_documented() -> None:
    part = EVENTS.partition("\n## Values of operations\n")[2].partition("\n## ")[0]
    rows = [[re.findall(r"`([a-z_.]+)`", cell) for cell in line.split("|")[1:3]] for line in part.splitlines()
            if line.startswith("| `")]  # fmt: skip
    listed = {kind: names for kinds, names in rows for kind in kinds if kind in OPERATIONS}
    made = {kind: json.loads(sample(kind, "evt_test_1", "", NOW))["data"]["values"] for kind in OPERATIONS}
    assert listed == {kind: list(values) for kind, values in made.items()}
    explained = [kinds[0] for kinds, _ in rows if kinds[0] not in OPERATIONS]
    assert explained == list(SCHEMA["$defs"]["values"]["properties"])
    assert {name for names in listed.values() for name in names} == set(explained)


def test_all_events_of_a_history(tmp_path: Path) -> None:
    world = World(tmp_path / "n.db", AT_ONCE)
    world.poll(URL)
    world.look(**OLD)
    world.wait(minutes=30).look(**SILENT)
    world.wait(minutes=30).look(**{**SILENT, "comment_count": 4})
    world.wait(minutes=30).look(404)
    world.wait(minutes=30).look(404)
    world.wait(minutes=30).look(**MARKED)
    world.wait(minutes=30).look(**MARKED, lives_at=f"{URL}/neu")
    world.store.call(operations, "clock_right", world.now, "clock", {"offset_seconds": 0.5, "hosts": 3})
    told = {kind for kind, _verdict in world.told()}
    world.store.close()
    never = {"article.ruled", "article.succeeded", "digest", *OPERATIONS}
    assert told == set(TYPES) - never | {"operations.clock_right"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("id", "dig_1"), ("url", "tagblatt.example"), ("not_after", "2026-03-02"), ("words_added", -1), ("tags", "number"),
     ("severity", "grave"), ("in_common", 101), ("surprise", 1)],
)  # fmt: skip
def test_it_can_say_no(key: str, value: object) -> None:
    event = json.loads(json.dumps(EXAMPLES[1]))
    event["data"][key] = value
    assert len(faults(event)) == 1


async def test_it_is_published(tmp_path: Path) -> None:
    build(tmp_path / "n.db")
    with serving(tmp_path / "n.db") as datasette:
        answer = await datasette.client.get("/-/static-plugins/nachtrag/event.schema.json")
    assert answer.status_code == 200
    assert answer.content == FILE.read_bytes()
    documented = (Path(__file__).parent.parent / "docs/events.md").read_text("utf-8")
    assert re.search(r"`/-/static-plugins/nachtrag/event\.schema\.json`", documented)
