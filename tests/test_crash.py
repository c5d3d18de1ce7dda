"""After a crash: hosts of which something was in hand rest before they are asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from db.rows import text_of
from db.store import hosts
from db.work import RobotsCopy
from schedules.config import load
from schedules.daemon import take_over
from tests.world import new_store

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
HOST = "zeitung.example"
SLOW = "User-agent: *\nCrawl-delay: 10"
RESTS = [
    pytest.param("0s", SLOW, "", True, 10, id="crawl-delay"),
    pytest.param("2s", "", "", True, 2, id="gap of all"),
    pytest.param("2s", "", "gap_seconds = 4", True, 4, id="gap of its own"),
    pytest.param("2s", SLOW, "free_at = '2026-11-26T12:00:40.000000+00:00'", True, 40, id="longer pause"),
    pytest.param("0s", "", "", True, None, id="no pause wanted"),
    pytest.param("2s", SLOW, "", False, None, id="nothing in hand"),
]


def lease(con: sqlite3.Connection, robots: str, change: str, until: datetime | None) -> None:
    """A source in somebody's hand, or in nobody's."""
    hosts.keep_robots(con, [RobotsCopy(HOST, 200, robots, NOON)])
    con.execute(
        """INSERT INTO sources (name, kind, url, host, every_seconds, added_at, leased_until)
           VALUES ('Zeitung', 'feed', 'https://zeitung.example/feed', ?, 600, ?, ?)""",
        [HOST, text_of(NOON), until and text_of(until)],
    )
    if change:
        con.execute(f"UPDATE hosts SET {change}")


@pytest.mark.parametrize(("gap", "robots", "change", "in_hand", "seconds"), RESTS)
async def test_a_host_rests_when_who_asked_it_is_dead(
    tmp_path: Path, gap: str, robots: str, change: str, in_hand: bool, seconds: int | None
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[fetch]\ngap = "{gap}"\n', "utf-8")
    config = load(path)
    with new_store(config.database) as store:
        store.call(lease, robots, change, NOON + timedelta(minutes=5) if in_hand else None)
        await take_over(store, config, NOON, alone=True)
        sql = "SELECT free_at, leased_until FROM hosts JOIN sources USING (host)"
        found = store.read(lambda con: tuple(con.execute(sql).fetchone()))
    assert found == (None if seconds is None else text_of(NOON + timedelta(seconds=seconds)), None)
