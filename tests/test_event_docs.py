"""docs/events.md and docs/rulings.md say what the program does: no type, verdict, key or row is missing."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from changes.case import Patience
from changes.change import Verdict
from changes.ruling import ROWS
from changes.wording import WORDS
from db.store import digests
from db.store.events import Telling
from schedules.alert import Style, alert
from schedules.deliver import SCHEDULE
from schedules.endpoints import EVENT_TYPES, Endpoint
from schedules.message import slack_text
from schedules.signing import secret_bytes, signed

ROOT = Path(__file__).parent.parent
EVENTS = (ROOT / "docs/events.md").read_text("utf-8")
RULINGS = (ROOT / "docs/rulings.md").read_text("utf-8")
*EXAMPLES, DIGEST = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", EVENTS, re.DOTALL)]
KEYS = ["id", "url", "source", "headline"] + [
    field.name for field in fields(Telling) if field.name not in ("revision_id", "ruling_id")
] + ["link"]  # fmt: skip
NOW = datetime.fromisoformat(EXAMPLES[2]["timestamp"])
# Rows that no function of the table decides: they come before there are two readings to compare.
BEFORE_THE_TABLE = {2, 3, 7}


def table(text: str, heading: str) -> dict[str, list[str]]:
    """The rows of the first table under a heading, by their first cell."""
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return {row[0].strip("`"): row[1:] for row in rows[2:]}


def test_every_type_has_a_row_and_an_example() -> None:
    assert tuple(table(EVENTS, "Types")) == EVENT_TYPES
    assert tuple(example["type"] for example in EXAMPLES) == EVENT_TYPES


def test_types_are_those_that_the_store_makes() -> None:
    made = {
        name
        for path in (ROOT / "db/store").glob("*.py")
        for name in re.findall(r'"(article\.[a-z]+)"', path.read_text("utf-8"))
    }
    assert made == set(EVENT_TYPES)


def test_types_that_an_endpoint_gets_unasked() -> None:
    [listed] = re.findall(r"^events = (\[.*?\])", EVENTS, re.MULTILINE)
    assert tuple(json.loads(listed)) == Endpoint.model_fields["events"].default


@pytest.mark.parametrize("example", EXAMPLES, ids=EVENT_TYPES)
def test_an_example_is_what_is_sent(example: dict[str, Any]) -> None:
    assert list(example) == ["type", "timestamp", "data"]
    data = example["data"]
    assert list(data) == KEYS
    assert data["verdict"] in WORDS
    for key in ("not_before", "not_after"):
        assert data[key] is None or datetime.fromisoformat(data[key]).tzinfo is UTC
    assert WORDS[data["verdict"]][1:] in json.loads(slack_text(json.dumps(example), Style(), NOW))["text"]


def test_the_texts_for_people_are_those_that_are_sent() -> None:
    shown = re.findall(r"```text\n(.*?)```", EVENTS, re.DOTALL)
    for text, style in zip(shown, (Style(), Style("de", ZoneInfo("Europe/Berlin"))), strict=True):
        told = alert(json.dumps(EXAMPLES[2]), style, 3_000, NOW)
        assert f"{told.what}\n{told.text}\n".replace("\u2060", "") == text


def test_every_key_is_explained() -> None:
    row = r"^\| `([a-z_]+)` \| (?:text|instant|number|list)(?: or null)? \|"
    assert re.findall(row, EVENTS.partition("\n## Types\n")[0], re.MULTILINE) == KEYS


def test_the_example_of_a_digest_is_what_is_sent() -> None:
    con = sqlite3.connect(":memory:")
    con.row_factory = sqlite3.Row
    con.executescript(
        """CREATE TABLE deliveries (id, event_id, carried_by, endpoint); CREATE TABLE meta (key, value);
        CREATE TABLE events (id, uid, type, at, url, ruling_id, data);
        INSERT INTO deliveries VALUES (1, 1, NULL, 'desk'), (2, 2, 1, 'desk');"""
    )
    for number, event in enumerate(DIGEST["data"]["events"], 1):
        data = {key: value for key, value in event.items() if key not in ("type", "timestamp")}
        con.execute(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, NULL, ?)",
            [number, event["id"], event["type"], event["timestamp"], event["url"], json.dumps(data)],
        )
    con.execute("INSERT INTO meta VALUES ('base_url', 'https://watch.example')")
    assert json.loads(digests.body(con, 1, DIGEST["data"]["id"])) == DIGEST


@pytest.mark.parametrize(("text", "heading"), [(EVENTS, "Verdicts"), (RULINGS, "The words")], ids=["events", "rulings"])
def test_every_verdict_is_listed_with_its_words(text: str, heading: str) -> None:
    assert {verdict: cells[0] for verdict, cells in table(text, heading).items()} == WORDS
    assert set(WORDS) == set(get_args(Verdict))


def test_the_retries_are_the_documented_ones() -> None:
    text = " ".join(EVENTS.split())
    written = re.search(r"follows after (.*?), each up to", text)
    assert written
    units = {"s": "seconds", "min": "minutes", "h": "hours"}
    spans = [timedelta(**{units[unit]: int(n)}) for n, unit in re.findall(r"(\d+) (s|min|h)", written[1])]
    assert (timedelta(0), *spans) == SCHEDULE


def test_the_snippet_verifies_what_we_sign() -> None:
    [code] = re.findall(r"```python\n(.*?)```", EVENTS, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # the documentation is code: try it
    secret = "whsec_" + base64.b64encode(b"k" * 32).decode()
    body = json.dumps(EXAMPLES[1])
    headers = signed(body, "evt_1", [secret_bytes(secret)], datetime.now(UTC))
    receive = names["receive"]
    assert [receive(secret, headers, body.encode()) for _ in range(2)] == [204, 204]
    assert names["seen"] == {"evt_1"}
    assert receive(secret, headers, body.encode() + b" ") == 401


def test_every_row_of_the_table_is_listed() -> None:
    listed = [int(number) for number in table(RULINGS, "The table")]
    assert listed == sorted({number for number, _ in ROWS} | BEFORE_THE_TABLE) == list(range(1, 23))


def test_the_quantities_are_the_defaults() -> None:
    listed = table(RULINGS, "Quantities")
    patience = Patience()
    assert [listed[key][0] for key in ("settle", "cache_allowance", "looks")] == [
        f"{patience.settle // timedelta(minutes=1)} min",
        f"{patience.cache_allowance // timedelta(minutes=1)} min",
        str(patience.looks),
    ]


@pytest.mark.parametrize("text", [EVENTS, RULINGS], ids=["events", "rulings"])
def test_nothing_accuses(text: str) -> None:
    assert not re.search(r"secretly|silently|stealth|sneak", text, re.IGNORECASE)
