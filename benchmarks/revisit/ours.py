"""The product's own policy in the loop."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from db.work_planning import Pulse
from schedules import policy as product
from schedules.purse import Purse
from schedules.tariff import Tariff

if TYPE_CHECKING:
    from benchmarks.revisit.play import Watched


class Ours:
    """`schedules.policy` with its tariff and its purse."""

    def __init__(self, looks: float, watch: float, patience: float = math.inf, *, hints: bool = False) -> None:
        self.tariff, self.purse, self.patience = Tariff(), Purse(looks, watch), patience
        self.hints, self.hours, self.filled = hints, 0, 0.0
        self.hinted_at: dict[int, bool] = {}

    def begin(self, watched: Watched) -> None:
        watched.state = Pulse()
        self.purse.arrive(0)

    def affordable(self, now: float) -> float:
        """Hours until a look may be taken."""
        self.purse.fill(now - self.filled)
        self.filled = now
        return max(0.0, (1 - self.purse.saved) / self.purse.hourly) if self.purse.hourly else 1.0

    def looked(self, watched: Watched, now: float, *, changed: bool, stand: float | None) -> None:
        article, pulse = watched.article, watched.state
        rates, counted = self.tariff.rates(article.source), self.tariff.of(article.source)
        hinted = self.hinted_at.pop(watched.number, False)
        heeded = hinted and counted.is_heeded(self.purse.price)
        if hinted:
            counted.kept, counted.broken = counted.kept + changed, counted.broken + (not changed)
        if self.hints and changed:
            counted.found, counted.hinted = counted.found + 1, counted.hinted + heeded
        if not changed:
            watched.state, lesson = product.unchanged(pulse, rates, article.born, watched.last, now)
        elif stand is not None and stand >= watched.last - 1 / 60:
            watched.state, lesson = product.edited(pulse, rates, article.born, max(stand, watched.last), now)
        else:
            watched.state, lesson = product.edited_sometime(pulse, rates, article.born, watched.last, now)
        self.tariff.learn(article.source, lesson)
        self.purse.pay(1)

    def due(self, watched: Watched, now: float) -> float | None:
        article, counted = watched.article, self.tariff.of(watched.article.source)
        heeds = counted.is_heeded(self.purse.price)
        if heeds and self.hinted_at.get(watched.number):
            return now
        rates = self.tariff.rates(article.source)
        if self.hints and heeds and now < article.listed_until:
            rates = replace(rates, ages=tuple(rate * counted.unhinted for rate in rates.ages))
        aim = product.Aim(self.purse.price, self.patience, article.end)
        return product.next_look(watched.state, rates, article.born, watched.last, aim)

    def hinted(self, watched: Watched, now: float) -> bool:  # noqa: ARG002 -- the form of a policy
        if self.hints:
            self.hinted_at[watched.number] = True
        return self.hints

    def tick(self, now: float) -> bool:
        self.affordable(now)
        self.hours += 1
        self.purse.hour_over()
        if self.hours % 6 == 0:
            self.tariff.refresh()
        return self.hours % 6 == 0
