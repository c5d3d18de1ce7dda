"""Outlets with their habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
# The outlet whose own rule says how long it keeps articles, those under /wetter/ for a shorter time.
KEEPS, SHORTLY = timedelta(days=365), timedelta(days=2)
# From the first to the second our own clock is ahead by the third.
OUR_CLOCK = (START + timedelta(hours=26), START + timedelta(hours=31), timedelta(minutes=4))


@dataclass(frozen=True, slots=True)
class Outlet:
    """The habits of an outlet.

    Attributes:
        honest: the share of its edits with which the Stand moves.
        machines: with which edits the date for machines moves: all, stamped, or "none" if there is no such date.
        told: of the edits without a Stand, the share that moves the date for machines all the same (of "stamped").
        stamps: the share of all that it does that is a new Stand and nothing else.
        removes: the share of its articles that it takes away, for good or for a while, here or to another address.
        rule: it says for how long it keeps articles.
        comments: readers' comments and their number stand under the text.
        stale: how long its caches keep a copy; honest_age: whether they say so.
        bypass: a request past all caches gets the newest copy.
        late: how long after the text the Stand moves, where it does.
        zone: in which zone the Stand is printed, rightly or not.
        day_only: the Stand has no time of day.
        skew: the server's clock minus the true time.
        broken_at: for an hour from then on, after the start, every page of it is "not found".
        size: how many articles it has for one of another's.
    """

    name: str
    honest: float
    machines: str = "all"
    told: float = 0.0
    stamps: float = 0.12
    removes: float = 0.06
    rule: bool = False
    comments: bool = False
    stale: timedelta = timedelta()
    honest_age: bool = True
    bypass: bool = True
    late: timedelta = timedelta()
    zone: ZoneInfo = BERLIN
    day_only: bool = False
    skew: timedelta = timedelta()
    broken_at: timedelta | None = None
    size: int = 1

    @property
    def host(self) -> str:
        return f"www.{self.name}.example"


OUTLETS = (
    Outlet("anzeiger", 0.95, stamps=0.35),
    Outlet("bote", 0.3, "stamped", comments=True),
    Outlet("chronik", 0.4, "none", broken_at=timedelta(hours=20)),
    Outlet("depesche", 0.5, stale=timedelta(minutes=4)),
    Outlet("echo", 0.5, "stamped", stale=timedelta(minutes=9), honest_age=False),
    Outlet("fama", 0.5, "none", stale=timedelta(minutes=2), honest_age=False, bypass=False, late=timedelta(seconds=90)),
    Outlet("gazette", 0.4, late=timedelta(minutes=20)),
    Outlet("herold", 0.4, "none", zone=ZoneInfo("UTC")),
    Outlet("inserat", 0.4, zone=ZoneInfo("Europe/Kyiv")),
    Outlet("journal", 0.4, day_only=True),
    Outlet("kurier", 0.4, skew=timedelta(minutes=3), comments=True),
    Outlet("landpost", 0.65, "stamped", told=0.5, size=3),
    Outlet("merkur", 0.65, "stamped", told=0.55, stale=timedelta(minutes=4), comments=True, size=2),
    Outlet("nordfunk", 0.8, "stamped", stamps=0.15, removes=0.8, rule=True, size=3),
)
