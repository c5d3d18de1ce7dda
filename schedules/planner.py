"""Plans looks with what was learned, and learns from what they show. Lives in memory and is kept with the looks."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from db.rows import text_of
from db.work import Outcome
from schedules import policy
from schedules.purse import Purse
from schedules.tariff import Tariff
from scraper.errors import NOT_ASKED
from scraper.urls import host_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.work import Sighting
    from db.work_planning import Planned, Pulse

_HOUR = timedelta(hours=1)
_PATIENCE = {"early": 24.0, "balanced": 96.0, "all": math.inf}
# What was learned since is lost if the process dies: it matters little.
_KEEP_EVERY = timedelta(seconds=30)
# How often what was learned is let count.
_REFRESH = 6
# An answer that says that nothing is new costs the site next to nothing.
_COST_OF_304 = 0.25
# After the close watch: removals long after (docs/running.md).
_LATE = (timedelta(days=30), timedelta(days=90), timedelta(days=365))
# The panel is looked at at these hours, then daily.
_LADDER = (0.25, 0.5, 1, 2, 4, 8, 16, 24)
# Comments are looked at when the article is half as old again as it was, or twice as old if none came.
_COMMENTS_MOVE, _COMMENTS_REST = 0.5, 1.0
_FOUND = (Outcome.CHANGED, Outcome.RETURNED)
_SAW = (*_FOUND, Outcome.SAME, Outcome.REREAD)


@dataclass(frozen=True, slots=True)
class Budget:
    """What the configuration says about spending (`[budget]`)."""

    looks: float = 30.0
    per_day: float | None = None
    prefer: Literal["early", "balanced", "all"] = "balanced"
    watch: timedelta = timedelta(days=30)
    panel: float = 0.0


@dataclass(frozen=True, slots=True)
class NextLook:
    """When an article is looked at again, and why then: because its source said that it was edited, because the look is
    worth its price, because of its comments, as one of the panel, or long after, to see whether it is still there.
    """

    at: datetime
    why: Literal["hint", "worth", "comments", "panel", "late"]


class Planner:
    """Says when to look at an article again.

    Args:
        kept: what `to_keep` gave, of an earlier process.

    Attributes:
        leapt: the clock went back or far ahead; who arrived when is not known before the next `take_over`.
    """

    def __init__(self, budget: Budget, kept: Mapping[str, str], now: datetime) -> None:
        self.budget, self.patience = budget, _PATIENCE[budget.prefer]
        self.purse = Purse(budget.looks, budget.watch / _HOUR, budget.per_day)
        self.tariff = Tariff()
        self.leapt = False
        self._begun: set[int] = set()
        self._hour = math.floor(hours_of(now))
        self._filled = hours_of(now)
        self._kept, self._kept_at = dict(kept), now - _KEEP_EVERY
        if kept:
            self._remember(kept)

    def take_over(self, found: Mapping[int, int], now: datetime) -> None:
        """Let the articles that are followed bring what is left of their shares, and no others, whatever was counted
        before: a clock that was wrong for a moment, or a time before there was a budget, would cost them theirs. What
        others brought while they were followed was spent on them, or is forgotten within a day like all that is saved.

        Args:
            found: how many, by hours since the one in which they were first read.
        """
        self._pass_time(now)
        self.leapt = False
        self.purse.arrivals = [found.get(age, 0) for age in range(math.ceil(self.purse.watch), -1, -1)]
        self.purse.resume()

    def affordable(self, now: datetime) -> int:
        """How many more looks may be taken now: those that were begun may all turn out to cost a whole one."""
        self._pass_time(now)
        return max(0, math.floor(self.purse.left) - len(self._begun))

    @property
    def spent_until(self) -> datetime | None:
        """About when the next look can be paid for; None: at once, or nothing is paid from it. As of the last moment
        that it was told of."""
        if not any(self.purse.arrivals) and not any(self.purse.spent):
            return None
        wait = self.purse.wait(self._filled - self._hour)
        return instant_at(self._filled + wait) if wait else None

    def begin(self, articles: Iterable[int]) -> None:
        """Looks at these articles were handed out, and will have to be paid for."""
        self._begun.update(articles)

    def end(self, article: int) -> None:
        """That look is over: if it cost something, it is paid for."""
        self._begun.discard(article)

    def after(self, item: Planned, seen: Sighting, now: datetime, *, paid: bool = True) -> Planned:
        """The article after a look at it, of which its source is to learn.

        Args:
            paid: from the budget; what has an interval of its own neither brings nor costs anything.
        """
        is_new = seen.outcome == Outcome.NEW
        cost = _cost(seen)
        # What was never read brings no share that could pay for it, and may be a wall or a video for ever; `per_day`
        # counts all that is asked.
        if paid and not is_new and (item.was_read or self.budget.per_day is not None):
            self.purse.pay(cost)
        if is_new:
            born = _born(seen, item.first_seen_at)
            if paid:
                self.purse.arrive(cost)
                item = replace(item, panel=(in_panel(item.url, self.budget.panel), self.budget.panel))
            return replace(item, born_at=born, last_visited_at=now)
        if seen.outcome not in _SAW or item.last_visited_at is None:
            return replace(item, last_visited_at=now)
        self.tariff.of(item.source_id).pay(cost)
        edited = seen.outcome in _FOUND and seen.change is not None and seen.change.text_changed
        pulse = self._learned(item, min(item.last_visited_at, now), seen, now, edited=edited)
        comments = item.comments
        if seen.comment_count is not None:
            comments = "none" if seen.comment_count[1] is None else "moved"
        elif comments == "moved":
            comments = "rest"
        return replace(item, pulse=pulse, hinted=False, last_visited_at=now, comments=comments)

    def _learned(self, item: Planned, last: datetime, seen: Sighting, now: datetime, *, edited: bool) -> Pulse:
        counted = self.tariff.of(item.source_id)
        # Before this look counts: what led to it. A hint that nobody heeds leads to no edit, but may prove true.
        heeded = item.hinted and self.heeds(item.source_id, host_key(item.url))
        if item.hinted:
            counted.kept, counted.broken = counted.kept + edited, counted.broken + (not edited)
        if edited and item.listed:
            counted.found, counted.hinted = counted.found + 1, counted.hinted + heeded
        if now - last > self.budget.watch:
            # A clock that leapt, or a time off: what nobody saw for so long says nothing about what is watched.
            return item.pulse
        rates, born = self.tariff.rates(item.source_id), hours_of(item.born_at)
        before, at = hours_of(last), hours_of(now)
        stamp = _stamp(seen, last, now) if edited else None
        if stamp is not None:
            pulse, lesson = policy.edited(item.pulse, rates, born, hours_of(stamp), at)
        else:
            learn = policy.edited_sometime if edited else policy.unchanged
            pulse, lesson = learn(item.pulse, rates, born, before, at)
        self.tariff.learn(item.source_id, lesson)
        return pulse

    def next_look(self, item: Planned, now: datetime) -> NextLook:
        """When the article is to be looked at again, if nothing is wrong with it and no ruling waits."""
        end = item.first_seen_at + self.budget.watch
        if now >= end:
            return NextLook(_long_after(item, now + _HOUR), "late")
        if item.panel[0] if item.panel else in_panel(item.url, self.budget.panel):
            return NextLook(_rung(item.first_seen_at, now), "panel")
        if item.hinted and self.heeds(item.source_id, host_key(item.url)):
            return NextLook(now, "hint")
        # A look that lies ahead was written down by a clock that was; of what such a clock looked at nothing is known.
        last = min(item.last_visited_at or item.first_seen_at, now)
        at = policy.next_look(item.pulse, self.rates(item), hours_of(item.born_at), hours_of(last), self.aim(item))
        worth = NextLook(_long_after(item, end), "late") if at is None else NextLook(max(instant_at(at), now), "worth")
        return min((worth, *_for_comments(item, last, now)), key=lambda look: look.at)

    def heeds(self, source_id: int, host: str = "") -> bool:
        """Whether a look is worth its price because that source, mostly rightly, says that the article was edited."""
        return self.tariff.of(source_id).is_heeded(self.purse.price_at(host))

    def weigh_hosts(self, waits: Mapping[str, timedelta]) -> None:
        """Once an hour: how long the looks that are due wait for their hosts on the mean."""
        self.purse.weigh({host: wait / _HOUR for host, wait in waits.items()})

    def rates(self, item: Planned) -> policy.Rates:
        """How its source is edited; hinted edits apart while it still lists the article and hints are heeded, for those
        are seen anyway.
        """
        rates = self.tariff.rates(item.source_id)
        if not item.listed or not self.heeds(item.source_id, host_key(item.url)):
            return rates
        share = self.tariff.of(item.source_id).unhinted
        return replace(rates, ages=tuple(rate * share for rate in rates.ages))

    def aim(self, item: Planned) -> policy.Aim:
        """What a look at it must be worth now: more where its host is asked as often as it may be, less where most
        looks are answered in few bytes that nothing is new.
        """
        price = self.purse.price_at(host_key(item.url)) * self.tariff.of(item.source_id).cost
        return policy.Aim(price, self.patience, hours_of(item.first_seen_at + self.budget.watch))

    def to_keep(self, now: datetime, *, at_once: bool = False) -> dict[str, str]:
        """What changed since it was last asked for, by name, as JSON; now and then only, for it is much."""
        if not at_once and abs(now - self._kept_at) < _KEEP_EVERY:
            return {}
        self._kept_at = now
        until = self.spent_until
        values = {**self._values(), "spent_until": text_of(until) if until else ""}
        all_ = {name: json.dumps(value, separators=(",", ":")) for name, value in values.items()}
        new = {name: value for name, value in all_.items() if self._kept.get(name) != value}
        self._kept.update(new)
        return new

    def _values(self) -> dict[str, object]:
        purse, tariff = self.purse, self.tariff
        values: dict[str, object] = {
            "hour": self._hour, "filled": self._filled, "price": purse.price, "saved": purse.saved,
            "spent": purse.spent, "granted": purse.granted, "arrivals": purse.arrivals, "dearer": purse.dearer,
            "likelihoods": tariff.likelihoods,
            "gaps": [tariff.gaps.edits, tariff.gaps.chances], "hours": [tariff.hours.edits, tariff.hours.chances],
        }  # fmt: skip
        for number, counted in tariff.sources.items():
            hints = [counted.kept, counted.broken, counted.hinted, counted.found, counted.cost]
            values[f"source {number}"] = [counted.ages.edits, counted.ages.chances, hints]
        return values

    def _remember(self, kept: Mapping[str, str]) -> None:
        values = {name: json.loads(value) for name, value in kept.items()}
        purse, tariff = self.purse, self.tariff
        self._hour = values["hour"]
        # Until that was kept there was only the hour.
        self._filled = values.get("filled", float(self._hour))
        purse.price, purse.saved, purse.spent = values["price"], values["saved"], values["spent"]
        purse.granted, purse.arrivals = values["granted"], values["arrivals"]
        purse.dearer = values.get("dearer", {})
        tariff.likelihoods = values["likelihoods"]
        tariff.gaps.edits, tariff.gaps.chances = values["gaps"]
        tariff.hours.edits, tariff.hours.chances = values["hours"]
        for name, value in values.items():
            if name.startswith("source "):
                counted = tariff.of(int(name.removeprefix("source ")))
                counted.ages.edits, counted.ages.chances, hints = value
                # Until there was a cost there were four.
                counted.kept, counted.broken, counted.hinted, counted.found, counted.cost = (*hints, 1.0)[:5]
        purse.resume()
        tariff.refresh()

    def _pass_time(self, now: datetime) -> None:
        """Fill the purse: also with what a time off would have brought, of which it holds a day's. A clock that was put
        back brings nothing.
        """
        at = hours_of(now)
        passed = max(at - self._filled, 0.0)
        self.purse.fill(min(passed, 1.0))
        off, self._filled = passed - 1, at
        self.leapt |= passed > 1 or at < self._hour
        if at < self._hour:
            self._hour = math.floor(at)
        # What came before cannot matter any more; after a clock that stood in 1970 it were half a million hours.
        if self._hour < (oldest := math.floor(at - self.purse.watch) - 1):
            self._hour = oldest
            self.purse.forget()
        while self._hour + 1 <= at:
            self._hour += 1
            self.purse.hour_over(idle=passed > 1)
            self.purse.fill(min(max(off, 0.0), 1.0))
            off -= 1
            if self._hour % _REFRESH == 0:
                self.tariff.refresh()


def hours_of(instant: datetime) -> float:
    """Hours since 1970."""
    return instant.timestamp() / 3600


def instant_at(hours: float) -> datetime:
    """What `hours_of` was given."""
    return datetime.fromtimestamp(hours * 3600, UTC)


def _cost(seen: Sighting) -> float:
    """Nothing, where robots.txt or our own rules let nothing go out."""
    if seen.failure is not None and seen.failure.code in (*NOT_ASKED, "robots"):
        return 0.0
    return _COST_OF_304 if seen.status == 304 else 1.0


def in_panel(url: str, share: float) -> bool:
    """Whether an article that is new belongs to the share that is looked at at fixed times: by its address."""
    return int.from_bytes(sha256(url.encode()).digest()[:6]) < share * (1 << 48)


def _for_comments(item: Planned, last: datetime, now: datetime) -> tuple[NextLook, ...]:
    """From the last look on, however often it is planned anew meanwhile."""
    if item.comments == "none":
        return ()
    share = _COMMENTS_MOVE if item.comments == "moved" else _COMMENTS_REST
    return (NextLook(max(last + max(_HOUR, share * (last - item.first_seen_at)), now), "comments"),)


def _rung(first_seen: datetime, now: datetime) -> datetime:
    age = (now - first_seen) / _HOUR
    hours = next((rung for rung in _LADDER if rung > age), (age // 24 + 1) * 24)
    return first_seen + hours * _HOUR


def slow_look(age: timedelta) -> timedelta:
    """How old an article is at the first of its looks after the close watch that comes no sooner than at that age."""
    return next((late for late in _LATE if late >= age), math.ceil(age / _LATE[-1]) * _LATE[-1])


def _long_after(item: Planned, not_before: datetime) -> datetime:
    return item.first_seen_at + slow_look(not_before - item.first_seen_at)


def _born(seen: Sighting, first_seen: datetime) -> datetime:
    """When the page says that it was published, as far as that can be."""
    clocks = seen.article.clocks if seen.article else ()
    starts = [clock.covers.start for clock in clocks if clock.kind.startswith("published") and clock.covers is not None]
    return min([first_seen, *starts])


def _stamp(seen: Sighting, last: datetime, now: datetime) -> datetime | None:
    """When the page says that it was edited, if that lies between the last look and this one."""
    if seen.article is None:
        return None
    starts = [
        clock.covers.start
        for clock in seen.article.clocks
        if (clock.kind == "stand" or clock.kind.startswith("modified")) and clock.covers is not None
        and clock.covers.end - clock.covers.start <= _HOUR
    ]  # fmt: skip
    return max((start for start in starts if last <= start <= now), default=None)
