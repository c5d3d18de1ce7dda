"""How the hosts of the sample were treated: one as any other, one that has its own wishes and fails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.store.manners import HostWish, configure, keep_manners
from scraper.ledger import Day, Health, Taken

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

AGENT = "Nachtrag/0.1 (+https://nachtrag.example/about)"
ELBE, HARBOUR = "www.elbkurier.example", "harbourpost.example"
ROBOTS = "User-agent: *\nCrawl-delay: 5\nDisallow: /intern/\n# <img src=x onerror=\"document.title='pwned'\">\n"


def treat(con: sqlite3.Connection, start: datetime) -> None:
    """Add it, as of the days before `start` and that day."""
    asking = {"user_agent": AGENT, "gap": "2", "per_host": "2"}
    configure(con, [HostWish(HARBOUR, timedelta(seconds=4), "22:00-06:00 Europe/Berlin")], asking)
    con.execute("UPDATE hosts SET robots_status = 200, robots_body = ? WHERE host = ?", [ROBOTS, HARBOUR])
    for ago in range(3):
        day = f"{start - timedelta(days=ago):%F}"
        quiet = Day(full=40 + ago, unchanged=960, other=3, received=2_400_000, robots=1, closest=2.0, busiest=24 - ago)
        rough = Day(
            full=9, unchanged=0, failed=12, received=70_512, robots=1, refused=2, pauses=2, paused=240.0,
            closest=5.04, busiest=9,
        )  # fmt: skip
        days = {(ELBE, day): quiet, (HARBOUR, day): rough}
        keep_manners(con, Taken(start, days, {}, {}))
    keep_manners(con, Taken(start, {}, {}, {HARBOUR: Health(answered=False, failed=6)}))
