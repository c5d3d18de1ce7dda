"""The clock of a running daemon leaps: an hour, a day, to 1970, to 2099, and back each time.

The clock is injected, the loop and the sockets are real. Each leap comes while an alert waits that the receiver has
just answered with 503. After it an edit of every story must be stored soon, and all be told; the daemon must not take
most of a processor, nor ask more often than it is to. What a leap does to stamps in the gap and the fold of Berlin is
the suite dates-dst-berlin, whose oracle is zdump.

`--with-fault`: nothing minds the clock, and no wait that was too long is ended; or none of an alert.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.hostile.report import examine
from tests.product import SECRET, until
from tests.receiver import Receiver
from tests.trials import truth
from tests.trials.inside import Clock
from tests.trials.trial import NotTested
from tests.verbs import unmeasured

if TYPE_CHECKING:
    from tests.product import Product
    from tests.site import Site
    from tests.trials.trial import Trial

ALONE = True
PROMISE = "A clock that leaps makes nothing busy and leaves no source and no alert stuck."
FAULT = {
    "nothing minds the clock": """
from schedules import daemon
async def never(*_): pass
daemon._mind_the_clock = never
daemon.end_odd_waits = lambda *_: None
""",
    "what failed waits on": """
from db.store import clock
left = {("deliveries", "next_attempt_at"), ("endpoints", "rests_until")}
clock._DUE, clock._WAITS = ([wait for wait in waits if wait not in left] for waits in (clock._DUE, clock._WAITS))
""",
}
HOUR, DAY = 3_600, 86_400
LEAPS = {"+1 h": HOUR, "-1 h": -HOUR, "+1 day": DAY, "-1 day": -DAY}
# The least within which edits are to be stored and told; what it may take at most, and ask for, each second: four
# stories and a feed are due every second.
_SOON, _BUSY, _ASKED = 120.0, 0.8, 20.0


def run(trial: Trial) -> None:
    """Leap, look, leap back, look."""
    clock, slowest = Clock(trial.folder / "clock"), 0.0
    now = datetime.now(UTC).timestamp()
    leaps = trial.sized({"+1 day": DAY}, LEAPS, LEAPS) | {"to 1970": HOUR - now}
    if trial.size != "short":
        leaps["to 2099"] = datetime(2099, 6, 1, tzinfo=UTC).timestamp() - now
    with truth.newspaper(4) as site, Receiver(SECRET, clock.now) as receiver, unmeasured():
        product = trial.product("daemon", inside={"clock": trial.folder / "clock"}, Tagblatt=site.feed)
        product.tell(receiver.url)
        product.start()
        truth.at_work(product, site)
        for name, seconds in leaps.items():
            for way, ahead in ((name, seconds), (f"back from {name}", 0.0)):
                _fail(product, site, receiver)
                clock.ahead = ahead
                slowest = max(slowest, _looked(trial, way, product, site))
                if trial.fault and trial.broken:
                    return  # it would wait for long
        trial.wrong(*truth.settled(product, site))
        trial.expect(product.stop() == 0, "the daemon did not end well")
        trial.wrong(*truth.history(product, site), *truth.alerts(product, receiver))
    trial.done(
        f"{2 * len(leaps)} leaps ({', '.join(leaps)}, each and back): the slowest edit was stored and told after "
        f"{slowest:.1f} s"
    )
    _stamps(trial)


def _fail(product: Product, site: Site, receiver: Receiver) -> None:
    """Let an alert wait for its next attempt."""
    receiver.plan([503])
    site.edit(1)
    until(lambda: truth.rows(product, _FAILED) == [(1,)], truth.PATIENCE)


_FAILED = "SELECT count(*) FROM deliveries WHERE state = 'pending' AND attempts > 0 AND status = 503"


def _looked(trial: Trial, way: str, product: Product, site: Site) -> float:
    """What a leap came to: the seconds until edits of all stories are stored and told."""
    busy, asked = _measured(product, site)
    trial.expect(busy < _BUSY, f"{way}: {busy:.2f} s of processor time a second")
    trial.expect(asked < _ASKED, f"{way}: {asked:.1f} requests a second")
    began = time.monotonic()
    for number in site.stories:
        site.edit(number)
    try:
        until(lambda: truth.caught_up(product, site), _SOON)
        until(lambda: not truth.waiting(product), _SOON)
    except AssertionError:
        trial.wrong(f"{way}: stuck for {_SOON:g} s: {truth.waiting(product)} alerts wait, {asked:.1f} requests/s")
    seconds = time.monotonic() - began
    trial.say(f"{way}: {busy:.2f} s of processor time and {asked:.1f} requests a second; told after {seconds:.1f} s")
    return seconds


def _measured(product: Product, site: Site, seconds: float = 4.0) -> tuple[float, float]:
    """Processor time and requests, per second."""
    used, asked = used_time(product), site.requests
    time.sleep(seconds)
    return (used_time(product) - used) / seconds, (site.requests - asked) / seconds


def used_time(product: Product) -> float:
    """Seconds of processor time that the daemon has used, its children apart."""
    assert product.daemon is not None
    fields = Path(f"/proc/{product.daemon.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _stamps(trial: Trial) -> None:
    try:
        folder = trial.shared() / "hostile" / "dates-dst-berlin"
    except NotTested as missing:
        trial.skip(f"stamps in the gap and the fold of Berlin: {missing}")
        return
    report = examine(folder)
    trial.wrong(*report.faults())
    trial.done(
        f"dates-dst-berlin: {report.counts['expected']} of {sum(report.counts.values())} stamps as zdump has them"
    )
