"""What a look must be worth, so that spending meets the budget: the one price, steered by what was spent. Pure."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# The price follows the spending slowly, by so much an hour, and by how full the purse is: all looks are worth the same
# only while it stays. At twice this pace two to three versions of a hundred were lost in the recorded worlds.
_PACE, _AT_MOST, _BY_LEVEL, _CHEAPEST, _DEAREST = 0.08, 0.5, 0.5, 1e-7, 50.0
_DAY, _AT_LEAST = 24, 6
# Any 24 hours lie in the present one and so many before it, for it has only begun.
_HOURS = _DAY + 1
# How exactly, and for how long at most, it is worked out when the next look can be paid for: a day forgets all debts.
_STEP, _LONGEST = 1 / 60, 48.0
# So full is the purse to be, in what a day brings; and of `per_day` so much is kept for later at most: else a time off
# would be made up for at once, and the hours that follow would have nothing left.
_LEVEL, _KEPT = 0.5, 0.25
# Where looks wait longer for their host than so many hours, they become dearer there, by so much an hour, until they no
# longer do; then cheaper again.
_LONG, _DEARER, _EASED, _MOST = 0.1, 1.08, 0.96, 30.0
# An article's share of the budget is spread over its time as edits are: an hour at an age of t hours weighs 1/(t + 2).
_SPREAD = 2.0


@dataclass(slots=True)
class Purse:
    """What may be spent now. It holds at most what the last day brought, and with `per_day` a quarter of that bound.

    Attributes:
        looks: an article may cost on the whole.
        watch: hours over which it may.
        per_day: at most in any 24 hours, whatever the articles bring; None: no such bound. First looks at new articles
            are taken all the same, and what they leave of it is spread over the hours: nothing where they are more.
        price: of one look, in versions that it catches.
        saved: looks that were granted and not taken; see `left`.
        spent, granted: looks in each of the last hours, the present one last: of a day, or with `per_day` of one more.
        arrivals: articles first seen in each of the last hours, the present one last.
        dearer: by how many times a look is dearer than that at hosts that cannot be asked as often as would pay.
    """

    looks: float
    watch: float
    per_day: float | None = None
    price: float = 0.01
    saved: float = 0.0
    spent: list[float] = field(default_factory=lambda: [0.0])
    granted: list[float] = field(default_factory=lambda: [0.0])
    arrivals: list[int] = field(default_factory=lambda: [0])
    dearer: dict[str, float] = field(default_factory=dict)
    _hourly: float = 0.0

    @property
    def left(self) -> float:
        """Looks that may be taken now."""
        return self.saved if self.per_day is None else min(self.saved, self.per_day - sum(self.spent))

    def arrive(self, cost: float) -> None:
        """A new article, and what it cost: of its share that of the first hour is there at once, the rest comes in by
        and by.
        """
        self.arrivals[-1] += 1
        if self.per_day is None:
            self.pay(cost)
        else:  # nobody asks whether there is anything left for it
            self.spent[-1] += cost
            self.granted[-1] += cost
        self._grant(self.looks * self._share(0))

    def pay(self, cost: float) -> None:
        self.saved = self._bounded(self.saved - cost)
        self.spent[-1] += cost

    def fill(self, hours: float) -> None:
        """So much time has passed, less than an hour. A look an hour may always be taken: old articles bring none."""
        if self.per_day is not None:
            self._grant(hours * max(self.hourly, 1.0))
            return
        self._grant(hours * self.hourly)
        if self.saved < 1:
            self.saved = min(1.0, self.saved + hours)

    @property
    def hourly(self) -> float:
        """What an hour brings, new articles apart."""
        return self._hourly

    def wait(self, over: float) -> float:
        """Hours until a look can be paid for, if nobody takes one meanwhile and nothing new arrives.

        Args:
            over: how much of the present hour is.
        """
        if self.left >= 1:
            return 0.0
        later, waited = deepcopy(self), 0.0
        while later.left < 1 and waited < _LONGEST:
            later.fill(_STEP)
            waited, over = waited + _STEP, over + _STEP
            if over >= 1:
                over -= 1
                later.hour_over(idle=True)
        return waited

    def hour_over(self, *, idle: bool = False) -> None:
        """Set the price, and begin another hour. An hour in which nobody could spend says nothing about the price."""
        granted = sum(self.granted)
        if not idle and granted > 0 and len(self.spent) >= _AT_LEAST:
            level = _LEVEL if self.per_day is None else _KEPT / 2
            error = max(-_AT_MOST, min(_AT_MOST, sum(self.spent) / granted - 1))
            error += _BY_LEVEL * (level - self.saved / granted)
            self.price = min(_DEAREST, max(_CHEAPEST, self.price * math.exp(_PACE * error)))
        before = (_DAY if self.per_day is None else _HOURS) - 1
        self.spent = [*self.spent[-before:], 0.0]
        self.granted = [*self.granted[-before:], 0.0]
        self.arrivals = [*self.arrivals[-math.ceil(self.watch) :], 0]
        self.resume()

    def forget(self) -> None:
        """All that arrived has had its time."""
        self.spent, self.granted, self.arrivals = [0.0], [0.0], [0]
        self.resume()

    def resume(self) -> None:
        """Work out what an hour brings."""
        ages = enumerate(reversed(self.arrivals))
        self._hourly = self.looks * sum(count * self._share(age) for age, count in ages if count and age)

    def price_at(self, host: str) -> float:
        """Of a look at an article of that host."""
        return self.price * self.dearer.get(host, 1.0)

    def weigh(self, waits: Mapping[str, float]) -> None:
        """An hour is over in which the looks that were due at each host waited so many hours on the mean. Where nothing
        could be spent it was the purse that they waited for, and nothing is known of their hosts.
        """
        if self.left < 1:
            return
        hosts = {host: self.dearer.get(host, 1.0) * _DEARER for host, wait in waits.items() if wait > _LONG}
        eased = {host: times * _EASED for host, times in self.dearer.items() if host not in hosts}
        self.dearer = {host: min(times, _MOST) for host, times in (hosts | eased).items() if times > 1}

    def _share(self, age: int) -> float:
        """Which part of an article's budget falls into the hour that begins at that age."""
        return math.log((age + 1 + _SPREAD) / (age + _SPREAD)) / math.log((self.watch + _SPREAD) / _SPREAD)

    def _grant(self, looks: float) -> None:
        if self.per_day is not None:
            known = self.granted[-1] - self.arrivals[-1]
            looks = max(0.0, min(looks, (self.per_day - sum(self.arrivals[-_HOURS:])) / _HOURS - known))
        self.granted[-1] += looks
        self.saved = self._bounded(min(max(sum(self.granted), 1.0), self.saved + looks))

    def _bounded(self, saved: float) -> float:
        """With `per_day` neither a debt nor much that was saved goes over from one day to the next, and nothing is
        saved while nothing may be spent.
        """
        if self.per_day is None:
            return saved
        return max(0.0, min(saved, max(_KEPT * self.per_day, 1.0), self.per_day - sum(self.spent)))
