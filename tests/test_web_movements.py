"""The list of changes, narrowed to what the numbers of comments came to."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.web.entries import presence_sql, values_of
from db.web.wanted import Wanted
from tests.web_sample import insert, minute
from tests.web_server import html, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from datasette.app import Datasette

# (minute, article, what it came to, in words): articles 1 and 2 are of the sources 2 and 3.
TOLD = (
    (370, 2, "closed", "70 → none"), (380, 1, "dropped", "50 → 20"), (390, 1, None, "20 → 19"),
    (400, 1, "closed", "40 → none"),
)  # fmt: skip


@pytest.fixture
def moved(other: Path) -> Iterator[Datasette]:
    """The sample with events of comments, one of which cannot be read."""
    with closing(sqlite3.connect(other)) as con, con:
        for at, article, movement, said in TOLD:
            data = json.dumps({"movement": movement, "excerpt": said})
            insert(con, "events", uid=f"evt_m{at}", type="article.comments", at=minute(at), article_id=article, url="",
                   verdict="comments", data=data)  # fmt: skip
        insert(
            con, "events", uid="evt_x", type="article.comments", at=minute(999), url="", verdict="comments", data="{"
        )
    with serving(other) as web:
        yield web


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("movement=closed", ["40 → none", "70 → none"]),
        ("movement=dropped", ["50 → 20"]),
        ("movement=reopened", []),
        ("movement=closed&source=2", ["40 → none"]),
        ("movement=closed&article=2", ["70 → none"]),
        ("movement=closed&verdict=comments", ["40 → none", "70 → none"]),
        ("movement=closed&verdict=removed", []),
        ("movement=closed&tag=number", []),
        ("movement=closed&until=2026-11-23", []),
    ],
)
async def test_the_list_is_narrowed(moved: Datasette, asked: str, listed: list[str]) -> None:
    entries = (await moved.client.get(f"/-/changes.json?{asked}")).json()["changes"]
    assert ["".join(text for _mark, text in entry["excerpt"]) for entry in entries] == listed
    assert {entry["movement"] for entry in entries} <= {asked.partition("&")[0].partition("=")[2]}
    page = await html(moved, f"/?{asked}")
    assert page.count('<article class="entry">') == len(listed)
    assert ("Nothing here" in page) == (not listed)
    assert f'<option value="{asked.partition("&")[0].partition("=")[2]}" selected>' in page
    feed = await html(moved, f"/-/changes.atom?{asked}")
    assert feed.count("<entry>") == len(listed)
    assert "comments: " in feed.partition("</title>")[0]


async def test_a_list_goes_on_where_it_says(moved: Datasette) -> None:
    first, second = (await moved.client.get("/-/changes.json?movement=closed")).json()["changes"]
    asked = {"movement": "closed", "before": f"{first['at']}~presence~{first['event_id']}"}
    assert (await moved.client.get("/-/changes.json", params=asked)).json()["changes"] == [second]


def test_no_other_events_are_read(path: Path) -> None:
    asked = Wanted(movement="closed")
    with closing(sqlite3.connect(path)) as con:
        values = {**values_of(asked, "presence"), "from_at": ""}
        plan = [str(step[3]) for step in con.execute(f"EXPLAIN QUERY PLAN {presence_sql(asked)}", values)]
    assert plan[0].startswith("SEARCH e USING INDEX events_movement (<expr>=? AND ")
    assert not [step for step in plan if "B-TREE" in step]
