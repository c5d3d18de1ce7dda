"""Bodies of webhooks: small enough for every receiver, and never with an address or an id that was cut."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from changes.tags import TAG_KINDS
from db.rows import json_of
from db.store.events import Telling
from schedules.message import MOST_BYTES, webhook_body
from scraper.urls import MAX_LENGTH

# As the store can hold them: no lone surrogates.
CHARACTERS = st.characters(exclude_categories=["Cs"])
# Text of which there is too much, of one character or of many: the widest in UTF-8 and in JSON among them.
TEXT = st.one_of(
    st.text(CHARACTERS, max_size=400),
    st.builds(lambda char, count: char * count, st.sampled_from(["a", "ü", "😀", '"', "\x01", "\\"]),
              st.integers(0, 60_000)),
)  # fmt: skip
ADDRESS = st.builds(lambda count: "https://tagblatt.example/" + "x" * count, st.integers(0, MAX_LENGTH - 25))
SHORT = st.none() | st.integers(0, 10**9)
DRAWN: dict[str, Any] = {
    "id": st.just("evt_" + "0" * 32),
    "url": ADDRESS,
    "source": TEXT,
    "headline": TEXT,
    "verdict": st.just("removed_before_expected"),
    "not_before": st.just("2026-03-02T08:00:00.000000+00:00"),
    "not_after": st.just("2026-03-02T08:00:00.000000+00:00"),
    "stand_before": st.none() | TEXT,
    "stand_after": st.none() | TEXT,
    "words_added": st.integers(0, 10**9),
    "words_removed": st.integers(0, 10**9),
    "excerpt": TEXT,
    "severity": st.just("trivial"),
    "tags": st.lists(st.sampled_from(TAG_KINDS), unique=True),
    "supersedes": st.just("evt_" + "1" * 32),
    "replaces": st.just("unmarked_headline"),
    "absence": st.just("front_page"),
    "absent_seconds": SHORT,
    "successor": st.none() | ADDRESS,
    "in_common": SHORT,
    "movement": st.just("reopened"),
    "published": st.just("2026-03-02T08:00:00.000000+00:00"),
    "kept_until": st.just("2026-03-02T08:00:00.000000+00:00"),
    "cite": SHORT,
    "link": st.just("https://watch.example/-/article/123456789#r123456789"),
}
OPERATIONS = st.fixed_dictionaries(
    {"id": st.just("evt_1"), "url": ADDRESS, "verdict": st.just(""), "message": TEXT}
)  # fmt: skip
MAY_BE_CUT = {"source", "headline", "stand_before", "stand_after", "excerpt", "message"}


def test_every_key_of_an_event_is_tried() -> None:
    told = {field.name for field in fields(Telling)} - {"revision_id", "ruling_id"}
    assert {"id", "url", "source", "headline", "link"} | told == set(DRAWN)


@given(st.fixed_dictionaries(DRAWN) | OPERATIONS)
def test_no_body_is_too_large_and_what_leads_somewhere_is_whole(data: dict[str, Any]) -> None:
    body = json_of({"type": "article.succeeded", "timestamp": "2026-03-02T08:41:00.000000+00:00", "data": data})
    sent = webhook_body(body)
    assert len(sent.encode()) <= MOST_BYTES
    if len(body.encode()) <= MOST_BYTES:
        assert sent == body
    told = json.loads(sent)["data"]
    assert list(told) == list(data)
    for key, value in data.items():
        if key in MAY_BE_CUT and value != told[key]:
            assert told[key].endswith("…")
            assert value.startswith(told[key][:-1])
        else:
            assert told[key] == value
