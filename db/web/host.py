"""How we treat one host: what we ask it, how often, what it asks of us, and what was kept of that.

Made to be sent to whoever runs it, so it claims nothing that was not counted at the door.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rows import text_of
from db.store.following import SPEAKER, WANTED
from db.store.validators import one_in_full
from scraper.ledger import SUMS
from scraper.pace import LONGEST_SECONDS
from scraper.politeness import MAX_DELAY, allowed, crawl_delay, rules_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

# More days than a month, and more articles than that, are not counted one by one.
_DAYS = 31
_MANY = 1_000
_HOST = "SELECT * FROM hosts WHERE host = ?"
_OF_DAYS = "SELECT * FROM host_days WHERE host = ? ORDER BY day DESC LIMIT ?"
_SAID = "SELECT key, value FROM meta WHERE key IN ('user_agent', 'gap', 'per_host', 'looks', 'watch_days', 'per_day')"
_LISTS = """
SELECT id, name, kind, every_seconds FROM sources WHERE host = ? AND state = 'active' AND kind != 'hand'
ORDER BY name LIMIT 50
"""
_ARTICLES = f"""
SELECT s.revisit_seconds AS seconds, s.cron AS cron, count(*) AS articles
FROM (SELECT {SPEAKER} AS speaks FROM articles a WHERE a.host = ? AND a.next_visit_at IS NOT NULL AND {WANTED}
      ORDER BY a.next_visit_at DESC LIMIT ?) f
JOIN sources s ON s.id = f.speaks GROUP BY 1, 2 ORDER BY articles DESC
"""
# Their addresses lead here from other hosts. Identities are canonical, and so lie together in the index.
_LED_HERE = f"""
SELECT count(*) FROM (SELECT 1 FROM articles a
    WHERE (a.url >= :https AND a.url < :https || char(0x10ffff) OR a.url >= :http AND a.url < :http || char(0x10ffff))
      AND a.host != :host AND a.next_visit_at IS NOT NULL AND {WANTED} LIMIT :limit)
"""


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt says, as it was last fetched.

    Attributes:
        status: of the answer; 0: the host could not be reached.
        allows: the front page, at least, may be asked by us.
        delay: seconds between two requests that it asks for, at most an hour; 0: for none.
    """

    status: int
    fetched_at: str
    allows: bool
    delay: float
    body: str

    @property
    def cut(self) -> bool:
        """It may ask for more than we keep."""
        return self.delay >= MAX_DELAY.total_seconds()


@dataclass(frozen=True, slots=True)
class Treated:
    """All that the page shows.

    Attributes:
        agent: as whom we ask; empty where no daemon has run since this is counted.
        gap: seconds between two requests that we keep; `why`: "robots", "host" (it has one of its own), or "" as for
            all.
        articles: that are looked at, at most a thousand; `more`: there are more.
        led_here: others, a thousand and one at most, that are asked for at other hosts, which redirect here.
        times: of the articles, how many (`articles`) are looked at every so many `seconds`, or at the times of a line
            of `cron`; with neither they are planned.
        looks: how many an article gets at most that is planned, on the mean, in its first so many days; None: not
            known. `per_day`: all of them in 24 hours, first looks apart; None: no such bound.
        by_age: nothing is planned, articles are looked at after a share of their age.
        in_full: one look in so many asks for the whole page; 1: all of them, as of `edits` it hid so many (`hidden`).
        days: the last on which it was asked, the newest first; `total`: their sums, by column; `closest`, `busiest`: of
            all of them.
        rests: until when it is left alone, as it asked ("asked"), or fails ("failing"); else None.
    """

    host: str
    agent: str
    per_host: int
    gap: float
    why: str
    quiet: str
    lists: tuple[sqlite3.Row, ...]
    articles: int
    more: bool
    led_here: int
    times: tuple[sqlite3.Row, ...]
    looks: tuple[float, float] | None
    per_day: int | None
    by_age: bool
    in_full: int
    hidden: int
    edits: int
    robots: Robots | None
    days: tuple[sqlite3.Row, ...]
    total: Mapping[str, float]
    closest: float | None
    busiest: int
    rests: tuple[str, str] | None
    failures: int
    failing_since: str | None

    @property
    def reachable(self) -> bool:
        """The name by which we ask holds an address to write to, or that of a page."""
        return "@" in self.agent or "://" in self.agent

    @property
    def closer(self) -> bool:
        """Requests of one look may lie closer together than the gap."""
        return self.why == "robots" and self.gap > LONGEST_SECONDS

    @property
    def requests(self) -> int:
        """Of all these days."""
        return requests(self.total)


def requests(day: Mapping[str, float] | sqlite3.Row) -> int:
    """How many there were, whatever came of them."""
    return int(day["full"] + day["unchanged"] + day["other"] + day["failed"])


def treated(con: sqlite3.Connection, host: str, now: datetime) -> Treated | None:
    """Read it; None where the host is not known."""
    row = con.execute(_HOST, [host]).fetchone()
    if row is None or not host:
        return None
    said = dict(con.execute(_SAID).fetchall())
    robots = _robots(row, said.get("user_agent", ""))
    gap, why = _gap(row, robots, float(said.get("gap", 0)))
    days = con.execute(_OF_DAYS, [host, _DAYS]).fetchall()
    times = con.execute(_ARTICLES, [host, _MANY + 1]).fetchall()
    articles = sum(row["articles"] for row in times)
    return Treated(
        host=host,
        agent=said.get("user_agent", ""),
        per_host=int(said.get("per_host", 1)),
        gap=gap,
        why=why,
        quiet=row["quiet"],
        lists=tuple(con.execute(_LISTS, [host])),
        articles=min(articles, _MANY),
        more=articles > _MANY,
        led_here=_led_here(con, host),
        times=tuple(times),
        looks=(float(said["looks"]), float(said["watch_days"])) if said.get("looks") else None,
        per_day=int(said["per_day"]) if said.get("per_day") else None,
        by_age=said.get("looks") == "",
        in_full=one_in_full(row),
        hidden=row["edits_hidden"],
        edits=row["edits_hidden"] + row["edits_validated"],
        robots=robots,
        days=tuple(days),
        total=_total(days),
        closest=min((day["closest"] for day in days if day["closest"] is not None), default=None),
        busiest=max((day["busiest"] for day in days), default=0),
        rests=_rests(row, text_of(now)),
        failures=row["failures"],
        failing_since=row["failing_since"],
    )


def _led_here(con: sqlite3.Connection, host: str) -> int:
    values = {"https": f"https://{host}/", "http": f"http://{host}/", "host": host, "limit": _MANY + 1}
    return int(con.execute(_LED_HERE, values).fetchone()[0])


def _robots(row: sqlite3.Row, agent: str) -> Robots | None:
    if row["robots_fetched_at"] is None:
        return None
    rules = rules_from(row["robots_status"], row["robots_body"])
    delay = crawl_delay(rules, agent)
    return Robots(
        row["robots_status"],
        row["robots_fetched_at"],
        allowed(rules, f"https://{row['host']}/", agent),
        delay.total_seconds() if delay else 0.0,
        row["robots_body"] if 200 <= row["robots_status"] < 300 else "",
    )


def _gap(row: sqlite3.Row, robots: Robots | None, general: float) -> tuple[float, str]:
    """The longest of the three pauses that are kept, and where it comes from."""
    wanted = [(general, ""), (row["gap_seconds"] or 0.0, "host"), (robots.delay if robots else 0.0, "robots")]
    return max(wanted, key=lambda gap: gap[0])


def _rests(row: sqlite3.Row, now: str) -> tuple[str, str] | None:
    for why, until in (("asked", row["asked_until"]), ("failing", row["rests_until"])):
        if until is not None and until > now:
            return why, until
    return None


def _total(days: Sequence[sqlite3.Row]) -> Mapping[str, float]:
    total: Counter[str] = Counter()
    for day in days:
        total.update({name: day[name] for name in (*SUMS, "rests")})
    return total
