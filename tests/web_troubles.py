"""What a coverage page has to tell: late looks, walls, robots.txt, drifts, gaps, hubs; hostile where texts can be.

`python -m tests.web_troubles FILE` adds them to a sample as of now, for looking at the page in a browser.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta

from db.rows import text_of
from db.web.coverage import moment
from tests.web_sample import insert

ATTACK = "<img src=x onerror=\"document.title='pwned'\">"
# Host, code, error, how many articles, hours since they were last seen.
FAILING = (
    ("abendblatt.example", "paywall", "sells a subscription in place of the article", 7, 50.0),
    ("abendblatt.example", "bot_wall", "asks for proof that we are human", 2, 3.0),
    ("closed.example", "robots", "https://closed.example/robots.txt does not allow 'nachtrag' to fetch it", 3, 400.0),
    ("slow.example", "timeout", f"no answer within 30 s {ATTACK}", 130, 9.0),
    ("slow.example", "http_503", "answered 503", 1, 2.0),
)


class Troubles:
    """Adds rows to a database, with times relative to `now`."""

    def __init__(self, con: sqlite3.Connection, now: datetime) -> None:
        self.con, self.now = con, now

    def ago(self, hours: float) -> str:
        """An instant that was so many hours before now."""
        return text_of(self.now - timedelta(hours=hours))

    def host(self, name: str, **row: object) -> None:
        """A host that we ask."""
        insert(self.con, "hosts", host=name, **row)

    def article(self, host: str, due: float, visited: float | None, **row: object) -> int:
        """An article that was due, and looked at, so many hours ago."""
        number = int(self.con.execute("SELECT max(id) + 1 FROM articles").fetchone()[0])
        url = f"https://{host}/{number}"
        values = {
            "url": url, "fetch_url": url, "host": host, "source_id": 2, "first_seen_at": self.ago(600),
            "next_visit_at": self.ago(due), "last_visited_at": None if visited is None else self.ago(visited),
        }  # fmt: skip
        insert(self.con, "articles", id=number, **{**values, **row})
        insert(
            self.con, "listings", source_id=2, article_id=number, title="", first_listed_at=self.ago(600),
            last_listed_at=self.ago(1),
        )  # fmt: skip
        return number

    def all(self) -> None:
        """Some of everything; whatever the sample has is looked at in time."""
        self.con.execute(
            "UPDATE articles SET next_visit_at = ?, last_visited_at = ?, last_read_at = ?",
            [self.ago(-2), self.ago(1), self.ago(1)],
        )
        self.con.execute("UPDATE sources SET last_polled_at = ?, last_ok_at = ?", [self.ago(0.05), self.ago(0.05)])
        for host in sorted({host for host, *_rest in FAILING}):
            self.host(host)
        for host, code, error, number, seen in FAILING:
            for _each in range(number):
                self.article(
                    host, -5, 1, failures=4, error_code=code, error=error, last_read_at=self.ago(seen),
                )  # fmt: skip
        self.late()
        self.rest()

    def late(self) -> None:
        """Looks that are due and were not made, one host at rest; and some that are due but need not be made."""
        self.host("late.example")
        self.host("resting.example", free_at=self.ago(-3))
        for number in range(3):
            self.article("late.example", 5 - number, 30 + number)
        self.article("resting.example", 2, 26)
        self.article("late.example", 0.1, 1)  # due a moment ago
        self.article("late.example", 90, 200, paused=1)

    def rest(self) -> None:
        """Sources, gaps, hubs, drifts, robots.txt."""
        feed = {"kind": "feed", "host": "slow.example", "every_seconds": 300, "added_at": self.ago(900)}
        for name, row in {
            f"Slow {ATTACK}": {"failures": 6, "error_code": "http_503", "error": f"answered 503 {ATTACK}",
                     "last_ok_at": self.ago(30), "next_poll_at": self.ago(-1)},
            "Paused": {"state": "paused"},
            "Pushed": {"websub": 1, "hub": f"https://hub.example/{ATTACK}"},
        }.items():  # fmt: skip
            insert(self.con, "sources", name=name, url=f"https://slow.example/{name}", **{**feed, **row})
        pushed = self.con.execute("SELECT id FROM sources WHERE name = 'Pushed'").fetchone()[0]
        insert(
            self.con, "subscriptions", id=pushed, hub="https://hub.example/", topic="t", asked_at=self.ago(4),
            renew_at=self.ago(-1), failures=2, error=f"the hub denies the subscription: {ATTACK}",
        )  # fmt: skip
        for number in range(104):
            insert(self.con, "gaps", source_id=2, from_at=self.ago(number + 2.5), to_at=self.ago(number + 2))
        drift = {"host": "redesign.example", "lost": "text on 6 of 7", "odd": 6, "looked": 7, "holds": 1}
        insert(self.con, "drifts", from_at=self.ago(7), at=self.ago(6), **drift)
        insert(self.con, "drifts", from_at=self.ago(99), at=self.ago(98), to_at=self.ago(90), **drift)
        for number in range(1, 5):
            insert(
                self.con, "doubts", article_id=number, host="redesign.example", since=self.ago(7), at=self.ago(6),
                lost="page" if number == 1 else "text", held=int(number > 1),
            )  # fmt: skip
        self.host("down.example", robots_status=503, robots_fetched_at=self.ago(2), robots_body=ATTACK)
        self.host("unreachable.example", robots_status=0, robots_fetched_at=self.ago(3))


def main() -> None:
    """Add them."""
    with closing(sqlite3.connect(sys.argv[1])) as con, con:
        Troubles(con, moment(con)).all()


if __name__ == "__main__":
    main()
