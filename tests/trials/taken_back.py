"""What takes back something that was told is told at once, whatever hours, limits and digests its receivers have.

The clock is injected and goes on by leaps; daemon, file and sockets are real. Three endpoints are told that an article
is gone, and that another was edited and does not say so. Then, in the quiet hours of one, with the limit of another
spent, and long before the next digest of the third, the article comes back, and `nachtrag rejudge`, by a configuration
that waits for more, takes the ruling back. Each of the three must be told both within minutes, each in a message of
its own, while what else was recorded meanwhile is still held.

`--with-fault`: what takes something back waits for the digest, for the morning, or for room within the limit; rulings
that are taken back wait.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.product import SECRET, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.inside import Clock
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.product import Product
    from tests.site import Site
    from tests.trials.trial import Trial

MINUTES = 3
PROMISE = "What takes back something that was told is told at once, in quiet hours and beyond limits, too."
_LATER = """
from dataclasses import replace
from schedules import queues
route = queues.route
def later(due, wishes, now):
    at_once = {{name: told and not ({}) for name, told in due.heard.items()}}
    return route(replace(due, heard=at_once), wishes, now)
queues.route = later
"""
FAULT = {
    "it waits for the digest": _LATER.format("name in wishes and wishes[name].digest"),
    "it waits for the morning": _LATER.format("name in wishes and wishes[name].quiet"),
    "it waits for room within the limit": _LATER.format("name in wishes and wishes[name].per_hour"),
    "rulings that are taken back wait": _LATER.format("due.news.type == 'article.ruled'"),
}
_STORIES, _FEW = 6, 3
_RULES = {
    "hourly": 'events = ["article.changed", "article.gone"]\ndigest = "hourly"',
    "few": f'events = ["article.*"]\nper_hour = {_FEW}',
    "night": 'events = ["article.*"]\nquiet = "20:00-06:00"',
}
_GONE, _EDITED = 1, 2


@dataclass
class _Desk:
    """All that the steps of the trial need."""

    trial: Trial
    product: Product
    site: Site
    clock: Clock
    told: dict[str, Receiver]

    def counts(self) -> dict[str, int]:
        """How many messages each took so far."""
        return {name: len(receiver.accepted) for name, receiver in self.told.items()}

    def go_to(self, hour: int, minute: int) -> None:
        """The next time that it is so late, by steps after which nobody takes the daemon for one that was off."""
        while (now := self.clock.now()).hour != hour or now.minute < minute:
            self.clock.ahead += min(540.0, 60.0 * ((60 * (hour - now.hour) + minute - now.minute) % 1440 or 1))
            time.sleep(0.1)


def run(trial: Trial) -> None:
    """So many times."""
    clock, times = Clock(trial.folder / "clock"), trial.sized(1, 2, 20)
    with ExitStack() as stack:
        site = stack.enter_context(truth.newspaper(_STORIES))
        site.clock = clock.now
        told = {name: stack.enter_context(Receiver(SECRET, clock.now, timedelta(days=1))) for name in _RULES}
        stack.enter_context(unmeasured())
        product = trial.product("daemon", inside={"clock": trial.folder / "clock"}, Tagblatt=site.feed)
        for name, rules in _RULES.items():
            product.tell(told[name].url, name=name, rules=rules)
        desk = _Desk(trial, product, site, clock, told)
        product.start()
        truth.at_work(product, site)
        for _ in range(times):
            _told(desk)
            _taken_back(desk)
            if trial.fault and trial.broken:
                return
        trial.expect(product.stop() == 0, "the daemon did not end well")
        trial.wrong(*truth.history(product, site))
    trial.done(f"{times} times an article came back and a ruling was taken back: {len(_RULES)} were told both at once")


def _told(desk: _Desk) -> None:
    """By day, each that an article is gone and that another was edited."""
    desk.go_to(12, 0)
    after = desk.counts()
    desk.site.stories[_GONE].missing = True
    desk.site.edit(_EDITED, stamp=False)
    end = time.monotonic() + truth.PATIENCE
    while missing := _missing(desk, (("article.gone", _GONE), ("article.changed", _EDITED)), after):
        assert time.monotonic() < end, f"never told: {missing}"
        desk.clock.ahead += 60
        time.sleep(0.3)


def _taken_back(desk: _Desk) -> None:
    """By night, with the limit spent, half an hour before the digest: the clock runs on as ours does."""
    desk.go_to(20, 30)
    for number in range(_EDITED + 1, _STORIES + 1):
        desk.site.edit(number)
    until(lambda: {name for (name,) in truth.rows(desk.product, _HELD)} == set(_RULES), truth.PATIENCE)
    after = desk.counts()
    desk.site.stories[_GONE].missing = False
    desk.product.run("rejudge", "--config", str(_stricter(desk.product.config)))
    backs = (("article.returned", _GONE), ("article.ruled", _EDITED))
    with suppress(AssertionError):
        until(lambda: not _missing(desk, backs, after), 60 if desk.trial.fault else truth.PATIENCE)
    desk.trial.wrong(*(f"not at once: {what}" for what in _missing(desk, backs, after)))
    digests = [
        name for name, told in desk.told.items() if any(got.type == "digest" for got in told.accepted[after[name] :])
    ]
    desk.trial.expect(not digests, f"what was held was told, too, before its time: {digests}")


def _stricter(config: Path) -> Path:
    """The same that would still wait for time to pass."""
    file = config.with_name("stricter.toml")
    file.write_text(config.read_text("utf-8").replace('settle = "0s"', 'settle = "1d"'), "utf-8")
    return file


def _missing(desk: _Desk, wanted: Sequence[tuple[str, int]], after: dict[str, int]) -> list[str]:
    """Which of the events, by type and article, have not come since, and to whom."""
    come = {
        (name, event["type"], event["url"])
        for name, receiver in desk.told.items()
        for got in receiver.accepted[after[name] :]
        for event in truth.events_in(got)
    }
    every = ((name, kind, f"{desk.site.url}/artikel/{number}.html") for name in _RULES for kind, number in wanted)
    return [f"{kind} of {url} to {name}" for name, kind, url in every if (name, kind, url) not in come]


_HELD = "SELECT DISTINCT endpoint FROM deliveries WHERE state = 'held'"
