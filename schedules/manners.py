"""Who is asked when, beyond the pace of the door: quiet hours, what is late after a time off, and the ledger kept."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeVar

from db.store.manners import keep_manners, put_off, spread_late
from db.work import DueArticle, DueSource
from scraper.ledger import Day
from scraper.pace import LONGEST_SECONDS
from scraper.urls import host_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from db.store.connection import Store
    from schedules.times import QuietHours
    from scraper.http import Door
    from scraper.ledger import Taken

log = logging.getLogger("nachtrag")

T = TypeVar("T")
D = TypeVar("D", DueSource, DueArticle)

# So long a host that an article leads to is waited for.
_SHORT = timedelta(seconds=LONGEST_SECONDS)
# Who has not handed out anything for so long was off, or asleep.
_AWAY = timedelta(minutes=10)


class Manners:
    """Stands between the queues and the store.

    Attributes:
        asked: what was asked of all hosts together, as far as it is written down.
        polled: hosts that were asked last for a source. Where as much is due as the host lets us ask, looks are to take
            turns with polls, whose queue is asked first.

    Args:
        door: that the queues ask through.
    """

    def __init__(self, store: Store, door: Door, clock: Callable[[], datetime], quiet: QuietHours) -> None:
        self._store, self._door, self._clock, self._quiet = store, door, clock, quiet
        self._ledger = door.ledger
        self._last_turn: datetime | None = None
        self.asked = Day()
        self.polled: set[str] = set()

    async def keep(self, record: Callable[..., T], *args: object) -> T:
        """Record results, and in the same transaction what the door did for them."""
        taken = self._ledger.take(self._clock())
        try:
            rests, kept = await self._store.run(_with_manners, taken, record, *args)
        except asyncio.CancelledError:  # nobody knows whether it was kept
            raise
        except BaseException:
            self._ledger.put_back(taken)
            raise
        self._ledger.let_rest(rests)
        for day in taken.days.values():
            self.asked.add(day)
        return kept

    async def keep_all(self) -> None:
        """Record what the door did and nobody has recorded yet."""
        await self._store.run(keep_manners, self._ledger.take(self._clock(), at_once=True))

    async def awake(self, table: Literal["sources", "articles"], items: Sequence[D]) -> Sequence[D]:
        """Those of the items that may be asked now; the others are put off to when their quiet hours are over, or the
        host that they lead to need not be left alone any longer."""
        now = self._clock()
        ends = {item.id: end for item in items if (end := self._quiet_until(item, now)) is not None}
        if ends:
            await self._store.run(put_off, table, ends)
        awake = [item for item in items if item.id not in ends] if ends else items
        asked = {item.host for item in awake}
        self.polled = self.polled | asked if table == "sources" else self.polled - asked
        return awake

    async def catch_up(self) -> None:
        """After a time in which nobody looked much is late: let it come by and by."""
        last, self._last_turn = self._last_turn, self._clock()
        if last is not None and self._last_turn - last <= _AWAY:
            return
        if late := await self._store.run(spread_late, self._last_turn):
            log.info("%d looks are late; they are spread over the next hour", late)

    def _quiet_until(self, item: DueSource | DueArticle, now: datetime) -> datetime | None:
        if isinstance(item, DueSource):
            return self._quiet.until(item.name, item.host, now)
        end = self._quiet.until(item.source, item.host, now)
        if item.url == item.fetch_url:
            return end
        # The address that is asked leads to where the article lives: most often to another host of the same site.
        there = self._door.left_alone(host_key(item.url))
        return max((at for at in (end, there if there > now + _SHORT else None) if at), default=None)


def _with_manners(
    con: sqlite3.Connection, taken: Taken, record: Callable[..., T], *args: object
) -> tuple[dict[str, datetime], T]:
    return keep_manners(con, taken), record(con, *args)
