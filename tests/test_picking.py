"""What is due is found without asking every article, and alike whether little or much of it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.store import articles
from tests.world import World

if TYPE_CHECKING:
    from pathlib import Path

# That many are due of the host that rests.
LITTLE, MUCH = 3, 600


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "n.db")


@pytest.mark.parametrize("due", [LITTLE, MUCH])
@pytest.mark.parametrize(
    ("per_host", "handed_out"),
    [(1, ["d.example/0"]), (2, ["c.example/1", "d.example/0", "d.example/1"])],
)
def test_hosts_take_turns(world: World, due: int, per_host: int, handed_out: list[str]) -> None:
    """One host rests, of one nothing is due, and of one an article is in somebody's hand."""
    world.poll(*(f"https://a.example/{number}" for number in range(due)))
    world.poll(*(f"https://{host}.example/{number}" for host in "bcd" for number in range(3)))
    world.wait(minutes=1)
    later = text_of(world.now.replace(year=world.now.year + 1))
    for change in (
        "UPDATE hosts SET free_at = ? WHERE host = 'a.example'",
        "UPDATE articles SET next_visit_at = ? WHERE host = 'b.example'",
        "UPDATE articles SET leased_until = ? WHERE url = 'https://c.example/0'",
    ):
        world.store.call(lambda con, change=change: con.execute(change, [later]))
    found = world.store.call(articles.due_articles, world.now, 10, per_host)
    assert sorted(item.url.removeprefix("https://") for item in found) == handed_out


@pytest.mark.parametrize("which", ["", *articles._UNPAID])
def test_no_table_is_read_whole(world: World, which: str) -> None:
    values = {"now": text_of(world.now), "since": None, "per_host": 1, "limit": 1, "few": 1, "hosts": "[]",
              "fixed": "[]"}  # fmt: skip
    asked = [articles._FEW_DUE.format(new=which)]
    asked += [articles._FREE_HOSTS.format(new=which, among=among) for among in (articles._ALL, articles._THESE)]
    steps = [
        world.store.call(lambda con, sql=sql: con.execute("EXPLAIN QUERY PLAN " + sql, values).fetchall())
        for sql in asked
    ]
    scans = {row["detail"] for plan in steps for row in plan}
    allowed = ("SCAN h USING INDEX hosts_free", "SCAN these VIRTUAL TABLE", "SCAN json_each VIRTUAL TABLE")
    assert [scan for scan in scans if scan.startswith("SCAN") and not scan.startswith(allowed)] == []
